"""Refusing to be in the directory: out at once, never brought back, and no name is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
import sqlalchemy as sa

from crisis_plan.anticipation.directory import oppositions
from crisis_plan.anticipation.directory.drafts import ContactDraft, PlaceDraft
from crisis_plan.anticipation.directory.models import Contact, ContactOpposition, ContactPlace
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.referents.models import ReferentDuty
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent
from tests.factories import NOON, TODAY, ContactFactory, CptsFactory

RPPS, OTHER_RPPS = "810000105121", "810100000007"
ZOE = ContactDraft(
    kind=ContactKind.PROFESSIONAL, family_name="Barthélemy", given_name="Zoé", places=(PlaceDraft(commune="Uzès"),)
)


def known(cpts, **values):
    """Zoé Barthélemy, of Uzès."""
    values = {"family_name": "Barthélemy", "given_name": "Zoé", "national_id": RPPS, **values}
    made = ContactFactory(cpts_id=cpts.id, **values)
    db.session.commit()
    return made


def opposed(referent, made):
    page = referent.get("cpts.directory.confirm_opposition", contact_id=made.id)
    answer = referent.submit(page, "main form")
    assert answer.status == 303, answer.text
    return answer.follow()


@pytest.mark.parametrize(
    ("draft", "is_refused"),
    [
        (replace(ZOE, national_id=RPPS, family_name="Martin", places=()), True),
        (ZOE, True),
        (replace(ZOE, family_name="BARTHELEMY", given_name="zoe", places=(PlaceDraft(commune="UZES"),)), True),
        (replace(ZOE, places=()), True),
        (replace(ZOE, places=(PlaceDraft(commune="Nîmes"),)), False),
        (replace(ZOE, national_id=OTHER_RPPS), False),
        (replace(ZOE, given_name="Anne"), False),
    ],
    ids=["number", "name and commune", "other accents", "no commune", "elsewhere", "other number", "other name"],
)
def test_an_import_recognises_who_opposed(referent, draft, is_refused):
    opposed(referent, known(referent.cpts))
    assert oppositions.opposed(referent.cpts).refuses(draft) is is_refused


def test_who_had_no_number_and_no_commune_is_recognised_by_name_anywhere(referent):
    opposed(referent, known(referent.cpts, national_id=None, places=[]))
    kept = oppositions.opposed(referent.cpts)
    assert kept.refuses(replace(ZOE, national_id=OTHER_RPPS, places=(PlaceDraft(commune="Nîmes"),)))
    assert not kept.refuses(replace(ZOE, given_name="Anne"))


def test_each_commune_of_who_opposed_is_recognised(referent):
    places = [ContactPlace(position=0, commune="Uzès"), ContactPlace(position=1, commune="Nîmes")]
    opposed(referent, known(referent.cpts, places=places))
    assert oppositions.opposed(referent.cpts).refuses(replace(ZOE, places=(PlaceDraft(commune="Nîmes"),)))


def test_an_opposition_is_that_of_one_cpts(referent):
    other = CptsFactory()
    db.session.commit()
    opposed(referent, known(referent.cpts))
    assert not oppositions.opposed(other).refuses(ZOE)


def test_the_line_disappears_and_no_name_is_kept(referent):
    made = known(referent.cpts)
    page = opposed(referent, made)
    assert "1 personne a refusé d’être dans l’annuaire" in page.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Contact)) == 0
    kept = db.session.scalars(sa.select(ContactOpposition)).all()
    assert {len(one.digest) for one in kept} == {64}
    assert len({one.opposition_id for one in kept}) == 1
    events = db.session.scalars(sa.select(HistoryEvent)).all()
    assert sorted((one.verb, one.subject) for one in events) == [("created", "opposition"), ("removed", "contact")]


def test_who_is_on_duty_cannot_oppose_yet_and_nothing_is_kept(referent):
    made = known(referent.cpts)
    period = {"starts_on": date(2026, 1, 1), "ends_on": None, "created_at": NOON}
    db.session.add(ReferentDuty(cpts_id=referent.cpts.id, contact_id=made.id, rank=Rank.TITULAR, **period))
    db.session.commit()
    page = referent.post("cpts.directory.oppose", contact_id=made.id)
    assert page.status == 409
    assert "terminez sa période" in page.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ContactOpposition)) == 0
    assert db.session.get(Contact, made.id) is not None


def test_an_opposition_is_lifted_by_name_with_all_its_digests(referent):
    opposed(referent, known(referent.cpts))
    page = referent.get("cpts.directory.kept_oppositions")
    said = {"family_name": "BARTHELEMY", "given_name": "Zoé", "commune": "uzes"}
    answer = referent.submit(page, "main form[method=post]", said)
    assert "Personne n’a refusé" in answer.follow().text
    assert oppositions.opposed(referent.cpts).digests == frozenset()


def test_a_name_that_nobody_opposed_under_lifts_nothing_and_stays_typed(referent):
    opposed(referent, known(referent.cpts))
    page = referent.get("cpts.directory.kept_oppositions")
    answer = referent.submit(page, "main form[method=post]", {"family_name": "Martin", "rpps": "10000105121"[:5]})
    assert answer.status == 422
    answer = referent.submit(page, "main form[method=post]", {"family_name": "Martin"})
    assert answer.status == 422
    assert "Aucune opposition ne correspond" in answer.text
    assert answer.html.select_one("[name=family_name]")["value"] == "Martin"
    assert oppositions.opposed(referent.cpts).refuses(ZOE)


def test_the_opposition_of_a_namesake_stays_when_one_is_lifted(referent):
    opposed(referent, known(referent.cpts, places=[ContactPlace(position=0, commune="Uzès")]))
    opposed(referent, known(referent.cpts, national_id=OTHER_RPPS, places=[ContactPlace(position=0, commune="Nîmes")]))
    referent.post(
        "cpts.directory.lift_opposition", {"family_name": "Barthélemy", "given_name": "Zoé", "commune": "Uzès"}
    )
    assert oppositions.kept(referent.cpts) == oppositions.Kept(1, oppositions.kept(referent.cpts).last_on)
    assert oppositions.opposed(referent.cpts).refuses(replace(ZOE, places=(PlaceDraft(commune="Nîmes"),)))


def test_oppositions_are_counted_by_person_and_dated(referent):
    assert oppositions.kept(referent.cpts) == oppositions.Kept(0, None)
    oppositions.keep(known(referent.cpts), on=TODAY)
    assert oppositions.kept(referent.cpts) == oppositions.Kept(1, TODAY)


def test_without_the_key_of_the_installation_no_digest_is_found_again(referent, app, monkeypatch):
    opposed(referent, known(referent.cpts))
    kept = set(db.session.scalars(sa.select(ContactOpposition.digest)))
    plain = {sha256("\n".join((str(referent.cpts.id), "number", RPPS)).encode()).hexdigest()}
    assert kept.isdisjoint(plain)
    assert oppositions.opposed(referent.cpts).refuses(ZOE)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key, of another installation")
    assert not oppositions.opposed(referent.cpts).refuses(ZOE)
