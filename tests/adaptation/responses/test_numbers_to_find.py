"""Lines to call that lead to no number are counted, and told."""

from __future__ import annotations

from datetime import timedelta

from crisis_plan.adaptation.responses import queries
from crisis_plan.adaptation.responses.part_models import CardContact
from crisis_plan.adaptation.responses.rules import numbers_to_find_in_words
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.adaptation.responses.whole_card import card, function, nurse, service
from tests.browser import Browser
from tests.factories import TODAY, CptsFactory
from tests.statements import counted_statements


def card_with_gaps(cpts: Cpts) -> None:
    """Two numbers are known, four are to find."""
    held = function(cpts, "Liaison", held_by=nurse(cpts))
    silent = function(cpts, "Logistique", held_by=service(cpts, "Sans téléphone"))
    card(cpts).contacts = [
        CardContact(label="Mairie", function=held),
        CardContact(label="SAMU", contact=service(cpts, "SAMU 30", "15")),
        CardContact(label="Pharmacies", function=silent),
        CardContact(label="Dialyse", function=function(cpts, "Soins")),
        CardContact(label="CUMP", contact=service(cpts, "CUMP du Gard")),
        CardContact(label="Astreinte de l’EHPAD"),
    ]
    db.session.commit()


def test_what_leads_to_no_number_is_counted_in_two_statements(cpts: Cpts) -> None:
    card_with_gaps(cpts)
    card(CptsFactory()).contacts = [CardContact(label="Ailleurs")]
    db.session.commit()
    assert cpts.id
    with counted_statements() as sent:
        assert queries.numbers_to_find(cpts, TODAY) == 4
    assert len(sent) == 2
    assert queries.numbers_to_find(cpts, TODAY - timedelta(days=1)) == 5


def test_without_any_function_to_call_the_cell_is_not_asked(cpts: Cpts) -> None:
    assert queries.numbers_to_find(cpts, TODAY) == 0


def test_the_booklet_tells_how_many_are_to_find(coordinator: Browser) -> None:
    assert coordinator.cpts is not None
    assert "à trouver" not in coordinator.get("cpts.responses.index").text
    card(coordinator.cpts).contacts = [CardContact(label="Astreinte")]
    db.session.commit()
    assert "1 numéro reste à trouver" in coordinator.get("cpts.responses.index").texts(".notice")[0]


def test_the_sentence_counts() -> None:
    assert numbers_to_find_in_words(0) == ""
    assert numbers_to_find_in_words(3).startswith("3\u00a0numéros restent à trouver")
