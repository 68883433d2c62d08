"""What people write to decide an improvement, and to say what becomes of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask_wtf.file import FileField
from wtforms import Field, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan import clock
from crisis_plan.evaluation.follow_up.fields import (
    OUTSIDE,
    OwnerFields,
    StateFields,
    TargetFields,
    WantedFields,
)
from crisis_plan.evaluation.improvements.operations import Charge, Decided, NobodyInCharge, WordNeeded
from crisis_plan.evaluation.improvements.rules import LONGEST_WORD, ImprovementState
from crisis_plan.web.attachments import ACCEPTED, Attachment, read_attachment
from crisis_plan.web.fields import CreateForm, EditForm, Form, FrenchDateField, at_most, required
from crisis_plan.web.formats import short_date
from crisis_plan.web.nobody import NobodyNamed
from crisis_plan.web.uploads import AT_MOST

if TYPE_CHECKING:
    from crisis_plan.errors import RuleBroken
    from crisis_plan.evaluation.improvements.models import Improvement
    from crisis_plan.organisations.models import Cpts

__all__ = ["ImprovementFields", "ImprovementForm", "OwnerFields", "RefusalForm", "TargetFields"]


WHEN = "Indiquez pour quand, comme 31/12/2026."
DUE = "Le jour où ce doit être fait."
OVER = "Ce jour est déjà passé\u00a0: choisissez aujourd’hui ou un jour à venir."


class ImprovementFields(WantedFields, OwnerFields, TargetFields, NobodyNamed):
    """What, who, by when, where in the plan. A day that is over is refused, unless it is the one that was stored."""

    due_on = FrenchDateField("Échéance", [required(WHEN)], description=DUE)

    def __init__(self, cpts: Cpts, *, stored_day: date | None = None, **kwargs: Any) -> None:
        super().__init__(cpts, **kwargs)
        self.today, self.stored_day = clock.today(cpts), stored_day

    def validate_due_on(self, field: Field) -> None:
        if field.data and field.data < self.today and field.data != self.stored_day:
            raise ValidationError(OVER)

    def decided(self) -> Decided:
        """What the accepted form says."""
        return Decided(self.text.data or "", self.owner(), self.due_on.day, self.target())


class ImprovementForm(ImprovementFields, CreateForm):
    """A new improvement: `ImprovementForm(cpts)`, empty or prefilled `ImprovementForm(cpts, formdata=None, text=…)`."""


class EditImprovementForm(ImprovementFields, EditForm):
    """An improvement as it stands."""

    @classmethod
    def of(cls, cpts: Cpts, improvement: Improvement) -> EditImprovementForm:
        stored = {**cls.stored_owner(improvement), **cls.stored_target(improvement)}
        plain = {"text": improvement.text, "due_on": improvement.due_on, "seen_version": improvement.version}
        return cls(cpts, stored_day=improvement.due_on, formdata=None, **plain, **stored)

    def beside(self, improvement: Improvement) -> list[tuple[str, str, str]]:
        """Field by field, what is stored and what was typed."""
        typed = self.decided()
        return [
            ("text", improvement.text, typed.text),
            ("owner_choice", improvement.owner_name, typed.owner.name),
            ("due_on", short_date(improvement.due_on), short_date(typed.due_on)),
            ("place", improvement.target or OUTSIDE, typed.target.title or OUTSIDE),
        ]


class ChargeDayField(Form):
    """By when whoever takes it up does it; asked after who does it."""

    due_on = FrenchDateField("Échéance", description=DUE)


class MoveForm(StateFields, NobodyNamed, EditForm):
    """How far an improvement is."""

    word = TextAreaField(
        "Ce qui le montre, la raison, ou l’avancement",
        [at_most(LONGEST_WORD)],
        description="Nécessaire pour «\u00a0Réalisée\u00a0» (sauf si un document le montre) et «\u00a0Non retenue\u00a0».",
    )
    document = FileField("Document qui le montre", description=f"{ACCEPTED}, 10 Mo au plus.", render_kw=AT_MOST)

    @classmethod
    def of(cls, improvement: Improvement) -> MoveForm:
        return cls(formdata=None, state=improvement.state.value, seen_version=improvement.version)

    @property
    def wanted(self) -> ImprovementState:
        return ImprovementState(self.state.data)

    def charge(self) -> Charge | None:
        """Who does it by when, where that is asked."""
        return None

    def attachments(self) -> list[Attachment]:
        """The document, if one was chosen. Raises `UploadRefused`."""
        chosen = self.document.data
        return [read_attachment(chosen)] if chosen and chosen.filename else []

    def refuse(self, refusal: RuleBroken) -> None:
        """Put the refusal beside the field that it is about."""
        name = {WordNeeded: "word", NobodyInCharge: "state"}.get(type(refusal), "document")
        self[name].errors = [str(refusal)]

    def beside(self, improvement: Improvement) -> list[tuple[str, str, str]]:
        """Field by field, what is stored and what was typed."""
        return [
            ("state", improvement.state.label, self.wanted.label),
            ("word", improvement.word, self.word.data or ""),
        ]


class TakeUpForm(OwnerFields, ChargeDayField, MoveForm):
    """The same, of one that nobody is in charge of: what takes it up says who does it and by when."""

    def __init__(self, cpts: Cpts, **kwargs: Any) -> None:
        super().__init__(cpts, **kwargs)
        self.today = clock.today(cpts)
        self.owner_choice.flags.required = False

    @classmethod
    def of_nobody(cls, cpts: Cpts, improvement: Improvement) -> TakeUpForm:
        return cls(cpts, formdata=None, state=improvement.state.value, seen_version=improvement.version)

    @property
    def is_charge_asked(self) -> bool:
        """What stays refused needs nobody; a day or a name that is given is given whole."""
        typed = (self.owner_choice.data, self.owner_name.data, self.due_on.data)
        return self.state.data != ImprovementState.REFUSED.value or any(typed)

    def validate_owner_choice(self, field: Field) -> None:
        if self.is_charge_asked:
            super().validate_owner_choice(field)

    def validate_due_on(self, field: Field) -> None:
        if self.is_charge_asked and not field.data and not field.errors:
            raise ValidationError(WHEN)
        if field.data and field.data < self.today:
            raise ValidationError(OVER)

    def charge(self) -> Charge | None:
        return Charge(self.owner(), self.due_on.day) if self.is_charge_asked else None

    def beside(self, improvement: Improvement) -> list[tuple[str, str, str]]:
        state, *others = super().beside(improvement)
        typed = self.charge()
        return [
            state,
            ("owner_choice", improvement.owner_name, typed.owner.name if typed else ""),
            ("due_on", short_date(improvement.due_on), short_date(typed.due_on if typed else None)),
            *others,
        ]


class RefusalForm(NobodyNamed, CreateForm):
    """Why nothing will be made of a weak point."""

    reason = TextAreaField(
        "Pourquoi ce n’est pas retenu",
        [required("Dites en une phrase pourquoi ce n’est pas retenu."), at_most(LONGEST_WORD)],
        description="Le bilan citera cette raison.",
    )
