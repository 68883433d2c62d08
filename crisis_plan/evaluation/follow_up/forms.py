"""What people write to decide an improvement, and to say what becomes of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from wtforms import Field, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan import clock
from crisis_plan.evaluation.follow_up.fields import OwnerFields, TargetFields
from crisis_plan.evaluation.improvements.operations import Decided
from crisis_plan.evaluation.improvements.rules import LONGEST_TEXT, LONGEST_WORD
from crisis_plan.web.fields import CreateForm, Form, FrenchDateField, at_most, required
from crisis_plan.web.nobody import NobodyNamed

if TYPE_CHECKING:
    from crisis_plan.organisations.models import Cpts

__all__ = ["ImprovementFields", "ImprovementForm", "OwnerFields", "RefusalForm", "TargetFields"]


class WantedFields(Form):
    """What will be done."""

    text = TextAreaField(
        "Ce qui sera fait",
        [required("Dites ce qui sera fait, en commençant par un verbe."), at_most(LONGEST_TEXT)],
        description="Une phrase qui commence par un verbe\u00a0: «\u00a0Ajouter les horaires d’été à la fiche\u00a0».",
    )


class ImprovementFields(WantedFields, OwnerFields, TargetFields, NobodyNamed):
    """What, who, by when, where in the plan. A day that is over is refused, unless it is the one that was stored."""

    due_on = FrenchDateField(
        "Échéance",
        [required("Indiquez pour quand, comme 31/12/2026.")],
        description="Le jour où ce doit être fait.",
    )

    def __init__(self, cpts: Cpts, *, stored_day: date | None = None, **kwargs: Any) -> None:
        super().__init__(cpts, **kwargs)
        self.today, self.stored_day = clock.today(cpts), stored_day

    def validate_due_on(self, field: Field) -> None:
        if field.data and field.data < self.today and field.data != self.stored_day:
            raise ValidationError("Ce jour est déjà passé\u00a0: choisissez aujourd’hui ou un jour à venir.")

    def decided(self) -> Decided:
        """What the accepted form says."""
        return Decided(self.text.data or "", self.owner(), self.due_on.day, self.target())


class ImprovementForm(ImprovementFields, CreateForm):
    """A new improvement: `ImprovementForm(cpts)`, empty or prefilled `ImprovementForm(cpts, formdata=None, text=…)`."""


class RefusalForm(NobodyNamed, CreateForm):
    """Why nothing will be made of a weak point."""

    reason = TextAreaField(
        "Pourquoi ce n’est pas retenu",
        [required("Dites en une phrase pourquoi ce n’est pas retenu."), at_most(LONGEST_WORD)],
        description="Le bilan citera cette raison.",
    )
