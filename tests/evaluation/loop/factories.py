"""Debriefs with what was found and decided, to arrange a test with."""

from __future__ import annotations

from datetime import datetime

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs import findings
from crisis_plan.evaluation.debriefs.findings import Point
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.operations import Decided, Owner, Target
from tests.evaluation.improvements.factories import DUE
from tests.factories import NOON

CELL = Target(section_key="cellule", title="Cellule de crise\u00a0: composition, fonctions")


def found(
    debrief: Debrief, by: Account, *, text: str = "Nommer un second secrétariat", target: Target = CELL
) -> Improvement:
    """A weak point of this debrief, and the improvement that was decided of it; committed."""
    weak = findings.add(debrief, "Le secrétariat était seul.", Point(FindingKind.WEAK, target), by=by, at=NOON)
    made = findings.decide(debrief, weak, Decided(text, Owner(by.id, by.name), DUE, target), by=by, at=NOON)
    db.session.commit()
    return made


def refused(debrief: Debrief, by: Account) -> Improvement:
    """A weak point of which nothing is made; committed."""
    weak = findings.add(debrief, "Il pleuvait.", Point(FindingKind.WEAK), by=by, at=NOON)
    made = findings.refuse(debrief, weak, "Nous n’y pouvons rien.", by=by, at=NOON)
    db.session.commit()
    return made


def validated(debrief: Debrief, by: Account, at: datetime = NOON) -> Debrief:
    """The same, as the database knows a validated one; committed."""
    debrief.validated_at, debrief.validated_by_id, debrief.validated_by_name = at, by.id, by.name
    db.session.commit()
    return debrief
