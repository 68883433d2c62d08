"""What is asked for an Annuaire Santé extraction: where, who, and then what to decide of the differences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectChoice, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan.anticipation.directory.annuaire_people import OTHERS
from crisis_plan.anticipation.directory.professions import PROPOSED
from crisis_plan.imports.rules import ImportLine, Outcome
from crisis_plan.web import uploads
from crisis_plan.web.fields import CreateForm, Form, required

EVERY_PROFESSION = (*PROPOSED, OTHERS)
MOST_TICKED = 300
"""Proposals shown at once; the others are proposed again by the next import."""


def ticks(label: str, validators: Sequence[Any] = (), **kwargs: Any) -> SelectMultipleField:
    return SelectMultipleField(
        label, validators, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False), **kwargs
    )


class ExtractionForm(CreateForm):
    """A file of the Annuaire Santé, with the communes and the professions that are kept of it."""

    file = FileField(
        "Extraction de l’Annuaire Santé",
        [FileRequired("Choisissez un fichier.")],
        description="Un fichier texte « PS_LibreAcces_Personne_activite », 50 Mo au plus : celui de votre département.",
        render_kw={"accept": ".txt,.csv,text/plain", **uploads.at_most(uploads.EXTRACTION_LIMIT)},
    )
    communes = ticks("Communes", [required("Cochez au moins une commune.")])
    professions = ticks("Professions", [required("Cochez au moins une profession.")])

    def __init__(self, communes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        choices = [SelectChoice(code, name) for code, name in communes]
        self.communes.choices = choices
        self.professions.choices = [SelectChoice(label, label) for label in EVERY_PROFESSION]
        if not self.is_submitted():
            self.communes.data = [choice.value for choice in choices]
            self.professions.data = list(EVERY_PROFESSION)

    @property
    def file_name(self) -> str:
        return str(self.file.data.filename or "extraction.txt").replace("\x00", "")


class TakeForm(Form):
    """« Mettre à jour l’annuaire », with the differences to take and the people to remove: none unless ticked."""

    differences = ticks("Prendre la valeur de l’Annuaire Santé pour")
    gone = ticks("Retirer de l’annuaire")

    def __init__(self, lines: Sequence[ImportLine], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.differences.choices = [
            SelectChoice(key, f"{line.label} – {sentence}") for line in lines for key, sentence in line.proposals
        ][:MOST_TICKED]
        left = [line for line in lines if line.outcome is Outcome.GONE and line.values]
        self.gone.choices = [SelectChoice(line.values["contact_id"], line.label) for line in left][:MOST_TICKED]
