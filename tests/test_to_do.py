"""What the day asks."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from crisis_plan import to_do
from crisis_plan.anticipation.directory.rules import ContactKind, Overview
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.stock.rules import StockState
from crisis_plan.publication.deadlines import Due
from crisis_plan.web.formats import d_apostrophe

TODAY = date(2026, 11, 22)


def sentences(*found):
    return [task.sentence for task in to_do.all_of(*found)]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2027, 6, 1), []),
        (
            date(2027, 1, 1),
            ["La mise à jour du plan est à publier avant le 1er janvier 2027 (fin de l’année 2 de la mission)."],
        ),
        (
            date(2026, 1, 1),
            [
                "La mise à jour du plan est en retard\u00a0: elle était attendue avant le 1er janvier 2026 "
                "(fin de l’année 2 de la mission)."
            ],
        ),
    ],
)
def test_the_update_is_said_once_it_is_near(on, said):
    assert sentences(to_do.update(Due(on, "fin de l’année 2 de la mission"), TODAY)) == said


def test_nothing_is_due_before_a_first_version():
    assert sentences(to_do.update(None, TODAY)) == []


def test_a_referent_whose_numbers_nobody_checked_is_named():
    duties = {
        rank: SimpleNamespace(contact=SimpleNamespace(id=rank.value, name=name, verified_on=verified_on))
        for rank, name, verified_on in (
            (Rank.TITULAR, "Anne ROUX", date(2025, 1, 1)),
            (Rank.DEPUTY, "Camille DUPUY", date(2026, 11, 1)),
        )
    }
    (said,) = sentences(to_do.referents(duties, TODAY))
    assert said == "Les coordonnées d’Anne ROUX, référent titulaire, n’ont pas été vérifiées depuis 12 mois."


def test_stock_is_said_state_by_state_in_the_plural_or_not():
    found = to_do.all_of(to_do.stock({StockState.EXPIRED: 2, StockState.SHORT: 1, StockState.SUFFICIENT: 9}))
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
    ],
)  # fmt: skip
def test_a_name_that_begins_with_a_vowel_is_elided(name, said):
    assert d_apostrophe(name) == said
