"""A large plan is grown by the operations that people use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from benchmarks import demo, large_plan, search
from crisis_plan import clock
from crisis_plan.access import operations as access
from crisis_plan.access.policy import Role
from crisis_plan.access.queries import account_by_email, cpts_by_slug
from crisis_plan.adaptation.responses.draft_texts import DRAFTS
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.queries import whole_cards
from crisis_plan.adaptation.responses.taking import take_drafts
from crisis_plan.anticipation.directory import bulk
from crisis_plan.db import commit
from crisis_plan.demo import story
from crisis_plan.organisations import operations as organisations
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.catalogue import NeighbourKind
from crisis_plan.orsan.neighbours.queries import plans

CARDS, NEIGHBOURS = 3, 12


@pytest.fixture(scope="module")
def grown() -> Iterator[Flask]:
    """A CPTS of three communes, one proposed card and one contact, then grown."""
    with demo.empty_installation() as app:
        demo.accounts_only(app)
        with app.test_request_context():
            _begin()
            large_plan.grow(cards=CARDS, neighbours=NEIGHBOURS)
        yield app


def test_copies_of_a_card_have_a_title_and_steps_of_their_own(grown: Flask) -> None:
    with grown.app_context():
        cards = whole_cards(_cpts())
        assert len({card.title for card in cards}) == CARDS
        assert len({tuple(step.text for step in card.steps) for card in cards}) == CARDS
        assert {_outline(card) for card in cards} == {_outline(cards[0])}


def test_plans_are_of_every_kind_and_each_has_a_contact(grown: Flask) -> None:
    with grown.app_context():
        found = plans(_cpts())
        assert len(found) == NEIGHBOURS
        assert {plan.kind for plan in found} == set(NeighbourKind)
        assert all(plan.contact_id for plan in found)
        assert {bool(plan.edition_seen_on) for plan in found} == {True, False}


def test_only_the_rooms_of_cards_and_of_plans_are_measured(grown: Flask) -> None:
    endpoints = {rule.endpoint for rule in grown.url_map.iter_rules()}
    measured = {one for one in endpoints if large_plan.is_in_a_room(one)}
    assert {one.split(".")[1] for one in measured} == large_plan.ROOMS
    assert {"cpts.responses.show", "cpts.publication.card", "cpts.dashboard.show"} <= measured
    assert large_plan.ON_PAPER | {"cpts.directory.index"} <= endpoints - measured


def _begin() -> None:
    operator, referent = (account_by_email(f"{name}@demo.example") for name in ("operateur", "referent"))
    assert referent is not None
    at = clock.now()
    identity = organisations.Identity(name="CPTS d’essai", region="76", departements=("30",))
    cpts = organisations.create_cpts(slug=story.SLUG, identity=identity, by=operator, at=at)
    communes = ("30001", "30012", "30013")
    organisations.choose_communes(cpts, communes, departement="30", seen_version=cpts.version, by=referent, at=at)
    access.give_role(referent, cpts, Role.REFERENT, by=operator, at=at)
    bulk.insert(cpts, list(search.drafts(1, seed=0)), at=at, source="essai")
    take_drafts(cpts, [DRAFTS[0].key], by=referent, at=at)
    commit()


def _cpts() -> Cpts:
    found = cpts_by_slug(story.SLUG)
    assert found is not None
    return found


def _outline(card: ActionCard) -> tuple[object, ...]:
    """What a copy says like the card it was made of."""
    return card.trigger, tuple(card.crisis_types), tuple(step.delay_minutes for step in card.steps)
