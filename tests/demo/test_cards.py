"""The cards of the demonstration: every type is covered, and each card is the CPTS's own."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.levels import operations as levels
from crisis_plan.adaptation.places import operations as places
from crisis_plan.adaptation.places.descriptions import PlaceDescription
from crisis_plan.adaptation.responses import queries
from crisis_plan.adaptation.responses.drafts import Draft
from crisis_plan.anticipation.stock import operations as stock
from crisis_plan.anticipation.stock.descriptions import ItemDescription
from crisis_plan.db import db
from crisis_plan.demo.cards import tell_cards, tell_first_cards
from crisis_plan.demo.own_cards import OWN_CARDS
from crisis_plan.demo.people import People
from crisis_plan.document.typography import french
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import operations as crisis_cell
from tests.factories import NOON, AccountFactory

DAY = date(2026, 4, 12)


@pytest.fixture
def told(cpts: Cpts) -> Cpts:
    by = AccountFactory()
    crisis_cell.take_proposed_functions(cpts, by=by, at=NOON)
    levels.take_proposed(cpts, by=by, at=NOON)
    stock.add_item(cpts, ItemDescription("Masques FFP2"), by=by, at=NOON)
    gymnasium = PlaceDescription("Gymnase", crisis_types=tuple(CrisisType))
    places.add(cpts, gymnasium, today=NOON.date(), by=by, at=NOON)
    people = People(by, by, by, by)
    tell_first_cards(cpts, people, today=DAY - timedelta(days=300))
    tell_cards(cpts, people, today=DAY)
    db.session.commit()
    db.session.expire_all()
    return cpts


def test_eight_cards_cover_every_type_and_all_were_read_again(told: Cpts) -> None:
    cards = queries.cards(told)
    assert len(cards) == 8
    assert all(one.is_covered for one in queries.coverage(told))
    assert queries.unread(told) == 0
    assert all(card.reread_on and card.reread_on < DAY for card in cards)


def test_each_card_says_at_which_level_and_where(told: Cpts) -> None:
    for card in queries.whole_cards(told):
        assert {level.name for level in card.levels} >= {"Activation partielle", "Activation totale"}
        assert [place.name for place in card.places] == (["Gymnase"] if card.crisis_types else [])
        assert all(material.quantity == 10 for material in card.materials)


def test_each_card_has_all_its_parts_and_a_function_to_call_for_those_that_are_several(told: Cpts) -> None:
    cards = queries.whole_cards(told)
    assert all(card.steps and card.contacts and card.messages for card in cards)
    by_label = {one.label: one.function.key for card in cards for one in card.contacts if one.function}
    assert by_label["Pharmacies"] == "logistics"


@pytest.mark.parametrize("draft", OWN_CARDS, ids=lambda draft: draft.title)
def test_the_cards_that_it_wrote_are_set_in_good_french(draft: Draft) -> None:
    steps = (step.text for _, found in draft.phases for step in found)
    for text in (draft.title, draft.trigger, draft.protection, draft.material, draft.stop, *steps):
        assert text == french(text).replace("\u202f", "\u00a0")


@pytest.mark.parametrize("draft", OWN_CARDS, ids=lambda draft: draft.title)
def test_a_number_to_call_says_nowhere_where_the_stock_is(draft: Draft) -> None:
    """Labels are printed in the public edition too (domain, section 12)."""
    kept = re.compile(r"\bqui garde\b|\bstock|\bclés?\b|\bréserve|\bgroupe\b")
    assert [contact.label for contact in draft.contacts if kept.search(contact.label)] == []
