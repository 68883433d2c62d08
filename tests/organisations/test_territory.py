"""The territory in operations, in what is missing, and in print."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.db import db
from crisis_plan.document.blocks import Facts, Table, words
from crisis_plan.errors import Stale
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations import chapter, operations, queries
from crisis_plan.organisations.models import CptsCommune
from crisis_plan.organisations.rules import Size
from tests.factories import NOON, AccountFactory, CptsFactory


def codes(cpts):
    return sorted(one.code for one in cpts.communes)


def choose(cpts, chosen, departement, seen_version=None):
    operations.choose_communes(
        cpts,
        chosen,
        departement=departement,
        seen_version=cpts.version if seen_version is None else seen_version,
        by=AccountFactory(),
        at=NOON,
    )


def test_choosing_in_a_departement_keeps_those_of_the_others(cpts):
    choose(cpts, {"07019"}, "07")
    assert codes(cpts) == ["07019", "30334"]
    choose(cpts, {"30189", "30334"}, "30")
    assert codes(cpts) == ["07019", "30189", "30334"]
    choose(cpts, (), "30")
    assert codes(cpts) == ["07019"]
    assert cpts.version == 4


def test_a_commune_of_elsewhere_is_refused(cpts):
    with pytest.raises(operations.UnknownCommune):
        choose(cpts, {"30334", "07019"}, "30")
    assert codes(cpts) == ["30334"]


def test_an_old_form_is_stale(cpts):
    choose(cpts, {"30189"}, "30")
    with pytest.raises(Stale):
        choose(cpts, {"30334"}, "30", seen_version=1)


def test_history_says_that_the_communes_changed_and_not_which(cpts):
    choose(cpts, {"30189"}, "30")
    event = db.session.scalars(sa.select(HistoryEvent)).one()
    assert (event.verb, event.subject, event.fields) == (history.Verb.CHANGED, "cpts", ["communes"])


def test_the_same_choice_changes_nothing(cpts):
    choose(cpts, {"30334"}, "30")
    assert cpts.version == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(HistoryEvent)) == 0


def test_a_territory_lacks_communes_then_nothing(app):
    assert queries.missing_territory(CptsFactory(communes=[])) == ("Les communes du territoire restent à choisir.",)
    assert queries.missing_territory(CptsFactory()) == ()
    (gone,) = queries.missing_territory(CptsFactory(communes=[CptsCommune(code="30999")]))
    assert "30999" in gone


def test_the_printed_territory_names_communes_and_says_where_the_size_comes_from(app):
    made = CptsFactory(stated_size=Size.T2, stated_inhabitants=9_000)
    facts, table = chapter.territory(made)
    assert isinstance(facts, Facts)
    assert isinstance(table, Table)
    assert [(fact.label, words(fact.value)) for fact in facts.facts] == [
        ("Départements", "Gard (30)"),
        ("Communes", "1"),
        ("Population des communes", "8\u202f519 habitants"),
        ("Population inscrite au contrat", "9\u202f000 habitants"),
        ("Taille", "Taille 2 (taille inscrite au contrat)"),
    ]
    assert [(row.key, row.cells) for row in table.rows] == [("30334", ("Uzès", "30700", "30334", "8\u202f519"))]


def test_a_territory_without_communes_prints_nothing(app):
    assert chapter.territory(CptsFactory(communes=[])) == ()


def test_a_whole_city_prints_its_postal_codes_as_a_range(app):
    _, table = chapter.territory(CptsFactory(communes=[CptsCommune(code="13055")]))
    assert table.rows[0].cells[1] == "13001 à 13016"
