"""A debrief that nothing keeps from being validated, of a crisis that was lived through; and one that is validated."""

from __future__ import annotations

from datetime import timedelta

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs import findings, meetings
from crisis_plan.evaluation.debriefs.comments import comment, mark_of_comment
from crisis_plan.evaluation.debriefs.findings import Point
from crisis_plan.evaluation.debriefs.meetings import Told
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefFinding, DebriefMeeting
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.evaluation.improvements.operations import Decided, Owner, Target
from crisis_plan.evaluation.room import validating
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.logbook.by_hand import mark
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.queries import whole
from crisis_plan.pilotage.logbook.rules import EntryKind, Part
from tests.evaluation.debriefs.factories import a_debrief
from tests.factories import NOON, TODAY
from tests.pilotage.logbook.factories import an_entry

DECIDER, FACILITATOR, PARTICIPANT, OWNER, SAID = (
    "Inès Decide", "Gil Facilite", "Paul Participe", "Odile Fera", "Jean a trop tardé",
)  # fmt: skip
"""Who is named, each in one place."""
NAMES = (DECIDER, FACILITATOR, PARTICIPANT, OWNER, SAID)
VALIDATED_AT = NOON + timedelta(days=20)
EXTRACTED_ONLY = "Le groupe électrogène ne démarre pas"
"""What only the extract of the log says."""


def a_complete_debrief(cpts: Cpts, by: Account, *, mode: Mode = Mode.REAL, title: str = "Feu de forêt") -> Debrief:
    """Committed: a held meeting, a strong point, a weak one that ends in an improvement, one that ends in a refusal."""

    def tell(crisis: Crisis) -> None:
        an_entry(crisis, by, "Les communes du nord sont coupées", at=NOON + timedelta(minutes=5))
        an_entry(crisis, by, "Ouvrir un point de soins à Uzès", at=NOON + timedelta(minutes=20), kind=EntryKind.DECISION,
                 reason="La route est coupée", decided_by=DECIDER)  # fmt: skip
        an_entry(crisis, by, "Rappeler tout le monde", at=NOON + timedelta(minutes=40), kind=EntryKind.DECISION)
        flagged = an_entry(crisis, by, EXTRACTED_ONLY, at=NOON + timedelta(minutes=50))
        mark(flagged, note="", by=by, at=NOON + timedelta(minutes=50))

    debrief = a_debrief(cpts, by, mode=mode, title=title, tell=tell)
    hold_the_first(debrief, by)
    add(debrief, FindingKind.STRONG, "Le point de soins a ouvert vite", by=by)
    late = add(
        debrief, FindingKind.WEAK, SAID, by=by, entry=entry(debrief, 1), as_validated="La liste d’appel était vieille"
    )
    findings.decide(debrief, late, an_improvement(), by=by, at=NOON)
    findings.refuse(debrief, add(debrief, FindingKind.WEAK, "Pas de radio", by=by), "Trop cher ici", by=by, at=NOON)
    comment(debrief, "decisions", "Deux décisions suffisaient", seen=mark_of_comment(None), by=by, at=NOON)
    db.session.commit()
    return debrief


def hold_the_first(debrief: Debrief, by: Account) -> None:
    told = Told(TODAY, TODAY, FACILITATOR, f"{PARTICIPANT}\nLes infirmiers", "Salle des fêtes")
    meetings.tell(debrief, debrief.meetings[0], told, seen_version=1, today=TODAY, by=by, at=NOON)


def an_improvement() -> Decided:
    return Decided(
        "Tenir la liste d’appel à jour", Owner(name=OWNER), TODAY + timedelta(days=60), Target(title="Annuaire")
    )


def add(
    debrief: Debrief,
    kind: FindingKind,
    text: str,
    *,
    by: Account,
    entry: LogbookEntry | None = None,
    as_validated: str = "",
) -> DebriefFinding:
    point = Point(kind, entry_ids=[entry.id] if entry else [], as_validated=as_validated)
    return findings.add(debrief, text, point, by=by, at=NOON)


def entry(debrief: Debrief, number: int) -> LogbookEntry:
    """An entry of its log."""
    assert debrief.crisis
    return whole(debrief.crisis, Part.MAIN)[number - 1]


def a_validated_debrief(cpts: Cpts, by: Account, *, mode: Mode = Mode.REAL) -> Debrief:
    debrief = a_complete_debrief(cpts, by, mode=mode)
    validating.validate(debrief, by=by, at=VALIDATED_AT)
    db.session.commit()
    return debrief


def not_to_be_held(debrief: Debrief, meeting: DebriefMeeting, by: Account) -> None:
    told = Told(None, notes="Personne ne pouvait venir")
    meetings.tell(debrief, meeting, told, seen_version=meeting.version, today=TODAY, by=by, at=NOON)
