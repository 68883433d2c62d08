"""What a person gives to an import: a file, then which duplicates come in all the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectChoice, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from crisis_plan.imports import spreadsheet
from crisis_plan.imports.rules import ImportLine, Outcome
from crisis_plan.imports.sheets import Sheet
from crisis_plan.web import uploads
from crisis_plan.web.fields import CreateForm, Form

MOST_TICKED = 100
"""Duplicates proposed one by one; beyond, the file is most likely the same as last time."""


class UploadForm(CreateForm):
    """A file to read; nothing of it is saved before the preview is accepted."""

    file = FileField(
        "Fichier CSV",
        [FileRequired("Choisissez un fichier.")],
        description="10 Mo et 20\u202f000 lignes au plus. La première ligne porte les titres des colonnes.",
        render_kw={"accept": ".csv,.txt,text/csv,text/plain", **uploads.AT_MOST},
    )

    @property
    def file_name(self) -> str:
        return str(self.file.data.filename or "fichier.csv").replace("\x00", "")

    def sheet(self) -> Sheet:
        """The table in the file. Raises `UploadRefused`."""
        content = uploads.read(self.file.data, limit=uploads.SPREADSHEET_LIMIT)
        self.file.data.stream.seek(0)  # `creates_once` reads it again
        return spreadsheet.read(content, self.file_name)


class ApplyForm(Form):
    """« Importer », with the duplicates that come in all the same: none unless ticked."""

    forced = SelectMultipleField(
        "Doublons à importer quand même",
        coerce=int,
        validate_choice=True,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description="Cochez seulement une ligne qui désigne vraiment quelqu’un, ou quelque chose, d’autre.",
    )

    def __init__(self, lines: Iterable[ImportLine], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        duplicates = [line for line in lines if line.outcome is Outcome.DUPLICATE and line.may_be_forced]
        self.hints = {line.number: " ".join(line.reasons) for line in duplicates[:MOST_TICKED]}
        self.forced.choices = [
            SelectChoice(line.number, f"Ligne {line.number} : {line.label}") for line in duplicates[:MOST_TICKED]
        ]
