"""The directory is searched in people's own words, and by telephone."""

from __future__ import annotations

import pytest

from crisis_plan.anticipation.directory import queries
from crisis_plan.anticipation.directory.filters import Filters
from crisis_plan.anticipation.directory.models import ContactPhone
from crisis_plan.db import db
from crisis_plan.folding import folded
from tests.factories import ContactFactory


def known(cpts, name, said, *, number="+33499000000"):
    ContactFactory(
        cpts_id=cpts.id,
        family_name=name,
        search_text=folded(f"{name} {said}"),
        phones=[ContactPhone(position=0, number=number)],
    )
    db.session.commit()


def found(cpts, words):
    return {one.family_name for one in queries.contacts(cpts, Filters(q=words))}


@pytest.fixture
def directory(referent):
    known(referent.cpts, "Zoé", "Infirmier Uzès 30700", number="+33465710100")
    known(referent.cpts, "Anne", "Médecin Uzès")
    known(referent.cpts, "Tilleuls", "EHPAD Nîmes")
    known(referent.cpts, "Paul", "Masseur-Kinésithérapeute")
    known(referent.cpts, "Lise", "Pharmacien")
    known(referent.cpts, "Luc", "Chirurgien-Dentiste", number="+262262010203")
    known(referent.cpts, "Rose", "Directrice de structure")
    return referent.cpts


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("infirmière", {"Zoé"}),
        ("Infirmieres uzes", {"Zoé"}),
        ("infirmière Nîmes", set()),
        ("IDEL", {"Zoé"}),
        ("médecin généraliste", {"Anne"}),
        ("médecins", {"Anne"}),
        ("généraliste Uzès", {"Anne"}),
        ("maison de retraite", {"Tilleuls"}),
        ("maison de retraite nimes", {"Tilleuls"}),
        ("kiné", {"Paul"}),
        ("pharmacienne", {"Lise"}),
        ("dentiste", {"Luc"}),
        ("directeur", {"Rose"}),
        ("04 65 71 01 00", {"Zoé"}),
        ("0465710100", {"Zoé"}),
        ("+33 4 65 71 01 00", {"Zoé"}),
        ("0033465710100", {"Zoé"}),
        ("04 65", {"Zoé"}),
        ("zoe 7101", {"Zoé"}),
        ("0262 01 02 03", {"Luc"}),
        ("30700", {"Zoé"}),
        ("465", set()),
        ("06 39 98 00 01", set()),
    ],
)
def test_people_find_with_their_own_words(directory, words, names):
    assert found(directory, words) == names


def test_the_word_that_finds_nothing_is_named(directory, referent):
    page = referent.get("cpts.directory.index", q="infirmière xylophone")
    said = page.text.replace("\xa0", " ")
    assert "Rien dans l’annuaire ne répond à « xylophone »" in said
    page = referent.get("cpts.directory.index", q="zoe nimes")
    assert "Essayez avec moins de mots" in page.text
