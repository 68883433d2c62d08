"""What people write of the edition that they saw, and the document of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask_wtf.file import FileField, FileRequired
from wtforms import StringField

from crisis_plan.orsan.neighbours.descriptions import NeighbourRefused
from crisis_plan.orsan.neighbours.forms import Rows
from crisis_plan.orsan.neighbours.operations import Sight
from crisis_plan.orsan.neighbours.rules import proposed_check
from crisis_plan.web import attachments, uploads
from crisis_plan.web.fields import CreateForm, EditForm, FrenchDateField, at_most, required
from crisis_plan.web.formats import short_date

if TYPE_CHECKING:
    from crisis_plan.orsan.neighbours.models import NeighbouringPlan


class SightForm(EditForm):
    """The edition that was seen today."""

    edition = StringField(
        "Édition vue",
        [required("Écrivez le nom de l’édition, ou sa date."), at_most(160)],
        description="Comme elle se nomme\u00a0: «\u00a0Édition 2025, révision B\u00a0».",
    )
    next_check_on = FrenchDateField(
        "Prochaine vérification", description="Proposée dans un an\u00a0: changez-la s’il le faut."
    )

    @classmethod
    def of(cls, plan: NeighbouringPlan, today: date) -> SightForm:
        return cls(formdata=None, edition=plan.edition, next_check_on=proposed_check(today), seen_version=plan.version)

    def sight(self) -> Sight:
        """What the accepted form says."""
        return Sight(self.edition.data or "", self.next_check_on.data)

    def refuse(self, refusal: NeighbourRefused) -> None:
        """Put the refusal beside the field that it is about."""
        self[refusal.field].errors = [str(refusal)]

    def beside(self, plan: NeighbouringPlan) -> Rows:
        """Field by field, what is stored and what was typed."""
        return [
            ("edition", plan.edition, self.edition.data),
            ("next_check_on", short_date(plan.next_check_on), short_date(self.next_check_on.data)),
        ]


class FileForm(CreateForm):
    """The document of the edition that was seen."""

    document = FileField(
        "Document (10 Mo au plus)",
        [FileRequired("Choisissez le fichier du plan.")],
        description=f"{attachments.ACCEPTED}. Un seul est gardé\u00a0: le nouveau prend la place de l’ancien.",
        render_kw=uploads.AT_MOST,
    )
