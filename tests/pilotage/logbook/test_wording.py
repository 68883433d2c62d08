"""What paper says of an entry."""

from __future__ import annotations

import pytest

from crisis_plan.access.models import Account
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.logbook.wording import sentences
from tests.factories import NOON, AccountFactory
from tests.pilotage.crises.factories import a_crisis


@pytest.mark.parametrize(
    ("kind", "reason", "said"),
    [
        (EntryKind.DECISION, "", ["On évacue", "Raison\u00a0: aucune n’a été écrite.", "Décidé par\u00a0: Pilote"]),
        (EntryKind.DECISION, "Le feu", ["On évacue", "Raison\u00a0: Le feu", "Décidé par\u00a0: Pilote"]),
        (EntryKind.INFORMATION, "", ["On évacue", "Décidé par\u00a0: Pilote"]),
    ],
)
def test_a_decision_without_a_reason_says_so(cpts: Cpts, kind: EntryKind, reason: str, said: list[str]) -> None:
    by: Account = AccountFactory()
    written = Written(kind, "On évacue", reason=reason, decided_by="Pilote")
    assert sentences(append_entry(a_crisis(cpts, by), written, by=by, at=NOON)) == said
