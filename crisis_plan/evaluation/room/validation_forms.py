"""What people send once a debrief is written: that it is validated, with whom it is shared, what is added to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wtforms import BooleanField, TextAreaField

from crisis_plan.evaluation.debriefs.rules import LONGEST_TEXT
from crisis_plan.web.fields import CreateForm, EditForm, at_most, required
from crisis_plan.web.nobody import NobodyNamed

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief


class ValidateForm(CreateForm):
    """Nothing to type: what is written is validated."""


class ShareForm(EditForm):
    """Two boxes: nobody outside reads a debrief unless the CPTS says so."""

    with_ars = BooleanField("Les lecteurs de l’ARS")
    with_cpam = BooleanField("Les lecteurs de la CPAM et de la MSA")

    @classmethod
    def of(cls, debrief: Debrief) -> ShareForm:
        return cls(
            formdata=None,
            with_ars=debrief.is_shared_with_ars,
            with_cpam=debrief.is_shared_with_cpam,
            seen_version=debrief.version,
        )


class AddendumForm(NobodyNamed, CreateForm):
    """A dated part, in light Markdown."""

    text = TextAreaField(
        "Texte de l’additif",
        [required("Écrivez ce que l’additif ajoute au bilan."), at_most(LONGEST_TEXT)],
        description="Ce que l’on a appris depuis. Des faits, des comptes, jamais le nom d’un patient.",
    )
