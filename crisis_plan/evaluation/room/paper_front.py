"""The first page of a debrief on paper: whose it is, where it stands, who met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.document.blocks import (
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Row,
    Span,
    Table,
    Tone,
    plain,
)
from crisis_plan.evaluation.debriefs.rules import BLAME_FREE
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import counted, long_date, moment

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief, DebriefMeeting
    from crisis_plan.evaluation.room.material import Material

NOBODY_NAMED = "Ce bilan ne doit nommer aucun patient\u00a0: des nombres, jamais des noms."
SUB = 3
"""The level of what stands under one of the four headings."""
REMADE = (
    "Une autorité a ordonné d’effacer ce que disait une entrée du journal\u00a0: le document validé, qui pouvait la citer, a "
    "été effacé avec elle. Celui-ci est refait d’après ce qui reste\u00a0; les chiffres sont recalculés. Empreinte SHA-256 "
    "du contenu validé, qui reste connue\u00a0:"
)
NO_MEETING = "Ce retour ne se tiendra pas."
NOBODY_MET = (
    "Aucun retour ne s’est tenu\u00a0: ce bilan a été écrit sans que ceux qui étaient là se réunissent. Les notes "
    "ci-dessous disent pourquoi."
)
NOBODY_MET_YET = "Aucun retour ne s’est encore tenu."


@dataclass(frozen=True)
class Validation:
    """By whom and when a debrief is validated; `is_remade`: its papers went with an entry that was erased since."""

    by: str
    at: datetime
    is_remade: bool = False


def first_page(material: Material, validation: Validation | None) -> Iterable[Block]:
    """The reminder, the facts, the three meetings."""
    debrief, cpts = material.debrief, material.cpts
    yield Notice(plain(BLAME_FREE), title="Apprendre, jamais juger")
    if validation and validation.is_remade:
        yield Notice(plain(f"{REMADE} {debrief.content_sha256}"), Tone.WARNING, "Document refait")
    last = material.entries[-1].name if material.entries else ""
    facts = (
        Fact("Exercice" if debrief.is_exercise else "Crise", f"{debrief.subject}\u00a0: {debrief.title}"),
        Fact("Type de crise", debrief.crisis_type.label if debrief.crisis_type else ""),
        *_over(debrief),
        Fact("Responsable du bilan", debrief.owner_name, restricted=True),
        Fact("Validé", _validated(validation, cpts)),
        Fact("À valider pour le", "" if validation else long_date(debrief.report_on)),
        Fact("Établi d’après le journal", f"jusqu’à l’entrée {last}" if last else ""),
    )
    yield Facts(tuple(fact for fact in facts if fact.value))
    yield Heading("Retours", level=SUB)
    if not any(one.held_on for one in debrief.meetings):
        yield Notice(plain(NOBODY_MET if validation else NOBODY_MET_YET), Tone.WARNING, "Aucun retour")
    yield _meetings(debrief.meetings)
    yield Paragraph(plain(NOBODY_NAMED, italic=True))


MEETINGS = (
    Column("Retour", 1.6),
    Column("Qui", 2.6, restricted=True),
    Column("Notes", 2.2),
)


def _validated(validation: Validation | None, cpts: Cpts) -> Cell:
    if validation is None:
        return "pas encore\u00a0: ceci est un projet"
    return (Span(f"le {moment(validation.at, cpts)}"), Span(f" par {validation.by}", restricted=True))


def _over(debrief: Debrief) -> Iterable[Fact]:
    """When the crisis was stood down and its log closed; an exercise of the programme has its day."""
    crisis = debrief.crisis
    if crisis is None:
        yield Fact("Tenu le", long_date(debrief.over_on))
        return
    for label, at in (("Levée le", crisis.stood_down_at), ("Journal clos le", crisis.closed_at)):
        yield Fact(label, long_date(clock.local(at, debrief.cpts).date()) if at else "")


def _meetings(meetings: Sequence[DebriefMeeting]) -> Table:
    rows = (Row((_meeting(one), ", ".join(one.people), one.notes), key=one.meeting.value) for one in meetings)
    return Table("Retours", MEETINGS, tuple(rows))


def _meeting(one: DebriefMeeting) -> Cell:
    """Which one, when, how many came; who led it only for whom may read names."""
    spans = [Span(one.meeting.label, bold=True), Span(f"\n{_held(one)}")]
    if one.people:
        spans.append(Span(f", {counted(len(one.people), 'personne')}"))
    if one.facilitator:
        spans.append(Span(f"\nAnimé par {one.facilitator}", restricted=True))
    return tuple(spans)


def _held(meeting: DebriefMeeting) -> str:
    if meeting.held_on:
        return long_date(meeting.held_on)
    return f"prévu le {long_date(meeting.planned_on)}" if meeting.planned_on else NO_MEETING
