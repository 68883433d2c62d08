"""What people write of a finding: what was said, what it rests on, where in the plan it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import ValidationError

from crisis_plan.evaluation.debriefs.findings import Point
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.evaluation.figures.rules import Cited
from crisis_plan.evaluation.follow_up.fields import TargetFields
from crisis_plan.evaluation.room import citing
from crisis_plan.web.fields import CreateForm, EditForm, at_most, choices, required
from crisis_plan.web.nobody import NobodyNamed

if TYPE_CHECKING:
    from uuid import UUID

    from wtforms import Field

    from crisis_plan.evaluation.debriefs.models import Debrief, DebriefFinding
    from crisis_plan.organisations.models import Cpts
    from crisis_plan.pilotage.logbook.models import LogbookEntry

LONGEST_FINDING = 2_000


class FindingFields(TargetFields, NobodyNamed):
    """A strong or a weak point; the entries are those of the debrief's own logbook, where one was kept."""

    kind = RadioField("C’est", choices=choices(FindingKind), validate_choice=False)
    entries = StringField(
        "Entrées du journal",
        [at_most(300)],
        description="Leurs numéros, par exemple 12, 14\u00a0; annexe 2 pour ce qui est arrivé après la clôture.",
        render_kw={"autocomplete": "off"},
    )

    def __init__(self, cpts: Cpts, debrief: Debrief, **kwargs: Any) -> None:
        super().__init__(cpts, **kwargs)
        self.crisis_id: UUID | None = debrief.crisis_id
        self.cited: list[LogbookEntry] = []
        if self.crisis_id is None:
            del self.entries

    def validate_kind(self, field: Field) -> None:
        if field.data not in list(FindingKind):
            raise ValidationError("Dites si c’est un point fort ou un point faible.")

    def validate_entries(self, field: Field) -> None:
        if not (self.crisis_id and field.data):
            return
        try:
            self.cited = citing.found_entries(self.crisis_id, field.data)
        except citing.WrongCitation as refusal:
            raise ValidationError(str(refusal)) from None

    def point(self, as_validated: str = "") -> Point:
        """What the accepted form says, but the words of the meeting."""
        return Point(FindingKind(self.kind.data), self.target(), [one.id for one in self.cited], as_validated)


class NewFindingForm(FindingFields, CreateForm):
    """A finding, in the words of the meeting."""

    as_said = TextAreaField(
        "Ce qui a été dit",
        [required("Écrivez le constat en une ou deux phrases, comme il a été dit."), at_most(LONGEST_FINDING)],
        description="Dans les mots de la réunion\u00a0: ce texte ne changera plus. Ce qui s’est passé, pas qui l’a fait\u00a0; "
        "jamais le nom d’un patient. Sans texte validé, il paraîtra tel quel dans l’édition publique.",
    )

    @property
    def what(self) -> str:
        """« Noter un point faible », as one came to do; « Noter un constat » while nobody said which."""
        chosen = next((kind for kind in FindingKind if kind.value == self.kind.data), None)
        return f"Noter un {chosen.label.lower()}" if chosen else "Noter un constat"


class FindingForm(FindingFields, EditForm):
    """A finding as it is validated."""

    as_validated = TextAreaField(
        "Texte validé",
        [at_most(LONGEST_FINDING)],
        description="Comme le groupe l’écrit d’un commun accord. Vide\u00a0: comme il a été dit.",
    )

    @classmethod
    def of(cls, cpts: Cpts, debrief: Debrief, finding: DebriefFinding) -> FindingForm:
        known = {
            "kind": finding.kind.value,
            "as_validated": finding.as_validated,
            "entries": cited_in(finding),
            **cls.stored_target(finding),
        }
        return cls(cpts, debrief, formdata=None, seen_version=finding.version, **known)

    def beside(self, finding: DebriefFinding) -> list[tuple[str, str, str]]:
        """Field by field, what is stored and what was typed."""
        cited = [("entries", cited_in(finding), self.entries.data or "")] if self.crisis_id else []
        return [
            ("kind", finding.kind.label, FindingKind(self.kind.data).label),
            ("as_validated", finding.as_validated, self.as_validated.data or ""),
            *cited,
            ("place", finding.target, self.target().title),
        ]


class WithdrawForm(NobodyNamed, EditForm):
    """Why a finding is taken off."""

    reason = StringField(
        "Pourquoi le retirer", [required("Dites en quelques mots pourquoi ce constat est retiré."), at_most(300)]
    )

    @classmethod
    def of(cls, finding: DebriefFinding) -> WithdrawForm:
        return cls(formdata=None, seen_version=finding.version)


def cited_in(finding: DebriefFinding) -> str:
    """« 12, 14 »: the entries of a finding, as its form shows them."""
    return citing.as_typed(Cited(one.entry.part, one.entry.number) for one in finding.entries)
