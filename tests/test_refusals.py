"""A rule that refuses a whole form gives back what was typed in it."""

from __future__ import annotations

from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.factories import NOON
from tests.pilotage.crises.factories import a_crisis


def test_what_was_typed_for_a_closed_crisis_is_shown_again(cell_member: Browser, cpts: Cpts) -> None:
    assert cell_member.account is not None
    crisis = a_crisis(cpts, cell_member.account)
    db.session.commit()
    crisis.closed_at = NOON
    db.session.commit()
    typed = {"commune_code": "", "kind": "care", "text": "Deux tournées à reprendre & vite"}
    refused = cell_member.post("cpts.needs.note", typed, crisis_id=crisis.id)
    assert refused.status == 409
    assert refused.texts(".typed") == ["Deux tournées à reprendre & vite"]
