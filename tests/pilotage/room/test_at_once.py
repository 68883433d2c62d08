"""A crisis opens while somebody is changing the directory: what is frozen is what stands once it is open."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context

import sqlalchemy as sa

from crisis_plan.anticipation.directory.models import ContactPhone
from crisis_plan.db import db, hold, writing
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import CrisisSnapshot
from tests.browser import Browser
from tests.factories import ContactFactory

THREE = {"title": "Feu de forêt", "crisis_type": "ill", "level": "Activation partielle", "mode": "real"}
BEFORE, AFTER = "+33466110000", "+33466220000"
LONG_ENOUGH_TO_READ = 2.0
"""Seconds that whoever opens has, to read the directory as it was."""


def test_a_number_changed_just_before_the_opening_is_the_one_that_is_frozen(referent: Browser, cpts: Cpts) -> None:
    ContactFactory(cpts_id=cpts.id, phones=[ContactPhone(position=0, number=BEFORE)])
    db.session.commit()
    address, typed = referent.address("cpts.room.open"), {"csrf_token": referent.csrf_token(), **THREE}
    own = {"Sec-Fetch-Site": "same-origin"}
    with ThreadPoolExecutor(1) as elsewhere:
        with writing():
            hold(cpts)
            phone = db.session.scalars(sa.select(ContactPhone).where(ContactPhone.number == BEFORE)).one()
            opened = elsewhere.submit(Context().run, referent.client.post, address, data=typed, headers=own)
            time.sleep(LONG_ENOUGH_TO_READ)
            phone.number = AFTER
            db.session.commit()
        assert opened.result(timeout=60).status_code == 303
    frozen = json.dumps(db.session.scalars(sa.select(CrisisSnapshot.content)).one(), ensure_ascii=False)
    said = "".join(frozen.split())
    assert ("0466220000" in said, "0466110000" in said) == (True, False)
