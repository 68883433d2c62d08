"""What others load of a contact through the attribute of their own rows."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, raiseload
from sqlalchemy.sql.base import ExecutableOption

from crisis_plan.adaptation.places.models import Place
from crisis_plan.anticipation.directory import loading
from crisis_plan.anticipation.directory.models import ContactEmail, ContactPhone, ContactPlace
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls.models import CallLine
from tests.factories import TODAY, ContactFactory
from tests.pilotage.calls.factories import call_list, person


@pytest.mark.parametrize(
    ("option", "parts"),
    [
        (loading.with_phones(CallLine.contact), {"phones"}),
        (loading.reachable(CallLine.contact), {"phones", "emails"}),
        (loading.whole(CallLine.contact), {"phones", "emails", "places"}),
    ],
)
def test_what_is_named_is_loaded_and_nothing_else_is_asked_later(
    cpts: Cpts, option: ExecutableOption, parts: set[str]
) -> None:
    ada = ContactFactory(
        cpts_id=cpts.id,
        phones=[ContactPhone(position=0, number="+33611223344")],
        emails=[ContactEmail(position=0, address="ada@exemple.fr")],
        places=[ContactPlace(position=0, commune="Uzès")],
    )
    call_list(cpts, [ada])
    db.session.expunge_all()
    line = db.session.scalars(sa.select(CallLine).options(option, raiseload("*"))).unique().one()
    assert line.contact is not None
    assert {name: len(getattr(line.contact, name)) for name in parts} == dict.fromkeys(parts, 1)


def test_rows_are_told_apart_by_whether_their_contact_has_a_telephone(cpts: Cpts) -> None:
    call_list(cpts, [person(cpts, "Ada"), person(cpts, "Bea", phone="", email="bea@exemple.fr")])
    found = db.session.scalars(sa.select(CallLine).where(loading.has_phone(CallLine.contact))).all()
    assert [line.name for line in found] == ["Camille ADA"]
    assert db.session.scalars(sa.select(Place).where(loading.has_phone(Place.contact))).all() == []


def test_rows_follow_the_directory_s_order_and_its_verifications_once_the_contact_is_joined(cpts: Cpts) -> None:
    people = [person(cpts, name) for name in ("Zoé", "Ada")]
    people[0].verified_on = TODAY
    call_list(cpts, people)
    joined = (
        sa.select(CallLine).join(CallLine.contact).options(contains_eager(CallLine.contact).options(loading.PHONES))
    )
    by_name = db.session.scalars(joined.order_by(loading.BY_NAME)).all()
    assert [line.name for line in by_name] == ["Camille ADA", "Camille ZOÉ"]
    verified = db.session.scalars(joined.where(loading.VERIFIED_ON >= TODAY)).all()
    assert [line.name for line in verified] == ["Camille ZOÉ"]
