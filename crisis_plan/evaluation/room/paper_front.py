"""The first page of a debrief on paper: whose it is, where it stands, who met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.document.blocks import (
    Block,
    Column,
    Fact,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Row,
    Table,
    Tone,
    plain,
)
from crisis_plan.evaluation.debriefs.rules import BLAME_FREE
from crisis_plan.web.formats import counted, long_date, moment

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import DebriefMeeting
    from crisis_plan.evaluation.room.material import Material

NOBODY_NAMED = "Ce bilan ne nomme aucun patient\u00a0: des nombres, jamais des noms."
SUB = 3
"""The level of what stands under one of the four headings."""
REMADE = (
    "Une autorité a ordonné d’effacer ce que disait une entrée du journal\u00a0: le document validé, qui pouvait la citer, a "
    "été effacé avec elle. Celui-ci est refait d’après ce qui reste\u00a0; les chiffres sont recalculés. Empreinte SHA-256 "
    "du contenu validé, qui reste connue\u00a0:"
)
NO_MEETING = "Ce retour ne se tiendra pas."


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
        Fact("Journal clos le" if debrief.crisis_id else "Tenu le", long_date(debrief.over_on)),
        Fact("Responsable du bilan", debrief.owner_name, restricted=True),
        Fact("Validé", f"le {moment(validation.at, cpts)}" if validation else "pas encore\u00a0: ceci est un projet"),
        Fact("Validé par", validation.by if validation else "", restricted=True),
        Fact("À valider pour le", "" if validation else long_date(debrief.report_on)),
        Fact("Établi d’après le journal", f"jusqu’à l’entrée {last}" if last else ""),
    )
    yield Facts(tuple(fact for fact in facts if fact.value))
    yield Heading("Retours", level=SUB)
    yield _meetings(debrief.meetings)
    yield Paragraph(plain(NOBODY_NAMED, italic=True))


MEETINGS = (
    Column("Retour", 1.2),
    Column("Tenu le", 1.0),
    Column("Participants", 0.9),
    Column("Animé par", 1.2, restricted=True),
    Column("Qui", 2.2, restricted=True),
    Column("Notes", 2.0),
)


def _meetings(meetings: Sequence[DebriefMeeting]) -> Table:
    rows = (
        Row(
            (
                one.meeting.label,
                _held(one),
                counted(len(one.people), "personne") if one.people else "",
                one.facilitator,
                "\n".join(one.people),
                one.notes,
            ),
            key=one.meeting.value,
        )
        for one in meetings
    )
    return Table("Retours", MEETINGS, tuple(rows))


def _held(meeting: DebriefMeeting) -> str:
    if meeting.held_on:
        return long_date(meeting.held_on)
    return f"prévu le {long_date(meeting.planned_on)}" if meeting.planned_on else NO_MEETING
