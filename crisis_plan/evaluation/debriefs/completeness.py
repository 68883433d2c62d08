"""What stands against validating a debrief. Source: domain, section 3 (evaluation) and section 8 (review)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from crisis_plan.evaluation.debriefs.rules import FindingKind, Meeting
from crisis_plan.evaluation.improvements.rules import ImprovementState


class HeldMeeting(Protocol):
    """What tells whether a meeting was held, or will not be."""

    @property
    def meeting(self) -> Meeting: ...
    @property
    def planned_on(self) -> date | None: ...
    @property
    def held_on(self) -> date | None: ...
    @property
    def notes(self) -> str: ...


class FollowUp(Protocol):
    """What was decided of a weak point: an improvement, or a refusal with its reason."""

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def owner_name(self) -> str: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def state(self) -> ImprovementState: ...


class Found(Protocol):
    """A strong or a weak point, and what was decided of it."""

    @property
    def id(self) -> UUID: ...
    @property
    def number(self) -> int: ...
    @property
    def kind(self) -> FindingKind: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...
    @property
    def improvements(self) -> Sequence[FollowUp]: ...


class Place(StrEnum):
    """Where on the page of a debrief something is mended: the anchor of its heading."""

    MEETINGS = "retours"
    DESCRIPTION = "description"
    FINDINGS = "constats"


@dataclass(frozen=True)
class Missing:
    """What stands against validating, in one sentence, and where it is mended."""

    sentence: str
    place: Place
    finding_id: UUID | None = None
    improvement_id: UUID | None = None


def missing(meetings: Iterable[HeldMeeting], findings: Iterable[Found], description: str) -> tuple[Missing, ...]:
    """What stands against validating a debrief, in the order in which it is read.

    A weak point ends in an improvement, with who and when, or in a refusal (domain, section 8). That a meeting was held,
    or none for a reason, that there is a finding, and that there is something to read, are rules of our own.
    """
    told = [one for one in findings if one.withdrawn_at is None]
    return (
        *_of_meetings(list(meetings)),
        *(() if description.strip() else (Missing("La description est vide\u00a0: écrivez-la.", Place.DESCRIPTION),)),
        *(() if told else (Missing("Aucun constat\u00a0: notez au moins un point fort ou faible.", Place.FINDINGS),)),
        *(said for finding in told if finding.kind is FindingKind.WEAK for said in _of_weak_point(finding)),
    )


def _of_meetings(meetings: Sequence[HeldMeeting]) -> Iterable[Missing]:
    if not any(one.held_on for one in meetings) and any(one.planned_on for one in meetings):
        yield Missing(
            "Aucun retour n’a encore été tenu\u00a0: indiquez la date du premier, ou dites de chacun pourquoi il ne se "
            "tiendra pas.",
            Place.MEETINGS,
        )
    for one in meetings:
        if not (one.held_on or one.planned_on or one.notes.strip()):
            yield Missing(f"{one.meeting.label}\u00a0: dites pourquoi il ne se tiendra pas.", Place.MEETINGS)


def _of_weak_point(finding: Found) -> Iterable[Missing]:
    if not finding.improvements:
        yield Missing(
            f"Point faible n°\u00a0{finding.number}\u00a0: décidez d’une amélioration, ou dites pourquoi aucune n’est "
            "retenue.",
            Place.FINDINGS,
            finding_id=finding.id,
        )
    for one in finding.improvements:
        if one.state is ImprovementState.REFUSED:
            continue
        if not one.owner_name:
            yield Missing(f"{one.name}\u00a0: dites qui en est responsable.", Place.FINDINGS, finding.id, one.id)
        if one.due_on is None:
            yield Missing(f"{one.name}\u00a0: dites pour quand.", Place.FINDINGS, finding.id, one.id)
