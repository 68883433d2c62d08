"""What the day asks."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from crisis_plan import to_do
from crisis_plan.anticipation.directory.overview import Overview
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.referents.presence import Cover
from crisis_plan.anticipation.referents.rules import Rank as DutyRank
from crisis_plan.anticipation.stock.rules import CountState, StockState
from crisis_plan.due import Rank, Said
from crisis_plan.plan.requirements import requirement
from crisis_plan.plan.rules import Assessment, Standing
from crisis_plan.web.formats import d_apostrophe

TODAY = date(2026, 11, 22)


def sentences(*found):
    return [task.sentence for tasks in found for task in tasks]


def test_a_section_to_complete_leads_to_itself_and_stops_a_publication():
    asked = requirement("retex")
    (task,) = to_do.sections([Assessment(asked, Standing.MISSING, ("Le texte de la rubrique reste à écrire.",))])
    assert task.sentence == f"Rubrique «\u00a0{asked.label}\u00a0» à compléter. Le texte de la rubrique reste à écrire."
    assert task.values == {"theme": asked.theme.value, "_anchor": "retex"}
    assert task.rank is Rank.BLOCKS_PUBLICATION


def test_a_plan_that_is_ready_asks_to_be_published():
    assert sentences(to_do.first_publication(is_ready=False)) == []
    (task,) = to_do.first_publication(is_ready=True)
    assert task.endpoint == "cpts.publication.prepare"


def holder(rank, name, verified_on, phones=("+33465710000",)):
    contact = SimpleNamespace(id=rank.value, name=name, verified_on=verified_on, phones=phones)
    return SimpleNamespace(duty=SimpleNamespace(contact=contact, rank=rank), contact=contact)


def test_a_referent_who_may_not_be_reached_is_named():
    on_duty = {
        DutyRank.TITULAR: holder(DutyRank.TITULAR, "Anne ROUX", date(2026, 5, 1)),
        DutyRank.DEPUTY: holder(DutyRank.DEPUTY, "Camille DUPUY", date(2026, 11, 1)),
    }
    (task,) = to_do.referents(on_duty, (), TODAY)
    assert (task.due_on, task.rank) == (TODAY, Rank.REACHED)
    assert task.sentence == "Les coordonnées d’Anne ROUX, référent titulaire, n’ont pas été vérifiées depuis 6 mois."


def test_coming_days_without_anyone_to_call_are_named():
    days = [Cover(TODAY, TODAY, None, None)]
    (task,) = to_do.referents({}, days, TODAY)
    assert (task.sentence, task.due_on) == ("Aucun référent joignable le 22 novembre 2026.", TODAY)


def test_counts_corrections_and_places_are_said_when_there_is_something_to_do():
    assert sentences(to_do.stock({}, {}, {}), to_do.corrections(0), to_do.places(Said("", None))) == []
    assert sentences(
        to_do.stock({}, {CountState.NEVER: 1, CountState.DUE: 2}, {}),
        to_do.corrections(3),
        to_do.places(Said("1 lieu à vérifier.", TODAY)),
    ) == [
        "2\u00a0articles sont à recompter.",
        "1\u00a0article n’a jamais été compté.",
        "3\u00a0corrections proposées attendent votre décision.",
        "1 lieu à vérifier.",
    ]


def test_an_exercise_that_nobody_told_of_leads_to_its_page():
    untold = SimpleNamespace(id="id", title="Canicule", planned_on=date(2026, 11, 16), tested_on=None)
    (task,) = to_do.exercises((), [untold])
    assert task.sentence == "«\u00a0Canicule\u00a0» était prévu le 16 novembre 2026\u00a0: dites s’il a eu lieu."
    assert task.values == {"exercise_id": "id"}
    assert task.due_on == date(2026, 11, 16)


def test_stock_is_said_state_by_state_in_the_plural_or_not():
    since = date(2026, 10, 1)
    counts = {StockState.EXPIRED: 2, StockState.SHORT: 1, StockState.SUFFICIENT: 9}
    found = list(to_do.stock(counts, {}, {StockState.EXPIRED: since}))
    assert [task.due_on for task in found] == [since, None]
    assert [task.sentence for task in found] == [
        "2\u00a0articles ont un lot périmé à retirer.",
        "1\u00a0article est sous le seuil d’alerte.",
    ]
    assert [task.values["etat"] for task in found] == ["expired", "short"]


def test_contacts_to_verify_are_a_share():
    known = Overview({ContactKind.ADHERENT: 8}, verified=6)
    assert sentences(to_do.directory(known)) == [
        "2\u00a0contacts à vérifier sur 8\u00a0: 75\u00a0% ont été vérifiés depuis moins de 12 mois."
    ]
    assert sentences(to_do.directory(Overview({ContactKind.ADHERENT: 8}, verified=8))) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Anne", "d’Anne"), ("Inès ROCA", "d’Inès ROCA"), ("Élodie", "d’Élodie"), ("Hélène", "d’Hélène"),
        ("Camille", "de Camille"), ("Hassan", "de Hassan"), ("Œuvre", "d’Œuvre"),
        ("Yann", "de Yann"), ("Yolande", "de Yolande"), ("Yves", "d’Yves"),
    ],
)  # fmt: skip
def test_a_name_that_begins_with_a_vowel_is_elided(name, said):
    assert d_apostrophe(name) == said
