"""The trame says what the regulation asks, in its order and in good French."""

import re
from collections.abc import Iterator

import pytest

from crisis_plan.document.typography import french
from crisis_plan.plan.requirements import (
    REQUIREMENTS,
    SOURCES,
    TRAME_NOTE,
    MetBy,
    Need,
    Requirement,
    Theme,
    of_theme,
    requirement,
)

ORDER = {
    Theme.ANTICIPATION: ["territoire", "risques", "annuaire", "stock", "referent", "sensibilisation"],
    Theme.ADAPTATION: ["besoins", "gravite", "circuits", "reponse", "continuite", "orsan"],
    Theme.PILOTAGE: ["cellule", "lieu-cellule", "alerte", "communication", "journal", "degrade"],
    Theme.EVALUATION: ["evaluation", "retex", "diffusion"],
}

every_requirement = pytest.mark.parametrize("asked", REQUIREMENTS, ids=lambda asked: asked.key)


def words_of(asked: Requirement) -> Iterator[str]:
    yield from (asked.label, asked.question, asked.guidance, *asked.expected, *asked.references)


def test_the_trame_has_its_headings_in_the_order_of_the_themes():
    assert {theme: [asked.key for asked in of_theme(theme)] for theme in Theme} == ORDER
    assert [asked.key for asked in REQUIREMENTS] == [key for keys in ORDER.values() for key in keys]


def test_a_heading_is_found_by_its_key_and_an_unknown_key_is_refused():
    assert requirement("lieu-cellule").theme is Theme.PILOTAGE
    with pytest.raises(KeyError):
        requirement("lieu_cellule")


def test_some_headings_cannot_be_waived():
    assert {asked.key for asked in REQUIREMENTS if asked.need is Need.REQUIRED_NO_WAIVER} == {
        "annuaire",
        "referent",
        "reponse",
        "continuite",
        "orsan",
        "cellule",
        "lieu-cellule",
    }


def test_the_debrief_is_asked_only_after_a_first_crisis_or_exercise():
    assert [asked.key for asked in REQUIREMENTS if asked.need is Need.AFTER_A_FIRST_ONE] == ["retex"]
    assert not requirement("retex").may_be_waived


def test_a_cpts_without_stock_may_say_so():
    assert requirement("stock").may_be_waived


def test_data_answer_what_the_tool_holds_and_text_the_rest():
    by = {met_by: {asked.key for asked in REQUIREMENTS if asked.met_by is met_by} for met_by in MetBy}
    assert by[MetBy.DATA] == {"annuaire", "stock", "referent", "reponse", "cellule", "lieu-cellule", "retex"}
    assert by[MetBy.DATA_AND_TEXT] == {"territoire"}
    assert by[MetBy.DATA_OR_TEXT] == {
        "risques",
        "sensibilisation",
        "besoins",
        "gravite",
        "circuits",
        "continuite",
        "orsan",
        "communication",
    }
    assert {asked.key for asked in REQUIREMENTS if asked.needs_text} == by[MetBy.TEXT] | {"territoire"}


def test_data_are_entered_on_the_screen_that_holds_them():
    assert {asked.key: [screen.address for screen in asked.screens] for asked in REQUIREMENTS if asked.screens} == {
        "territoire": ["parametres/territoire", "risques/registres"],
        "risques": ["risques"],
        "annuaire": ["annuaire"],
        "stock": ["stock", "stock/autres-moyens"],
        "referent": ["referents"],
        "sensibilisation": ["exercices"],
        "besoins": ["dispositions/besoins"],
        "gravite": ["niveaux"],
        "circuits": ["dispositions/circuits", "lieux"],
        "reponse": ["fiches-actions"],
        "continuite": ["dispositions/continuite"],
        "orsan": ["orsan", "orsan/plans-voisins"],
        "cellule": ["cellule"],
        "lieu-cellule": ["cellule"],
        "communication": ["communication"],
        "retex": ["bilans/", "ameliorations/"],
    }


@pytest.mark.parametrize("theme", Theme)
def test_a_theme_has_a_label_and_its_number(theme):
    assert (theme.number, theme.label) in [(1, "Anticipation"), (2, "Adaptation"), (3, "Pilotage"), (4, "Évaluation")]


@every_requirement
def test_a_key_is_kebab_case(asked):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", asked.key)


@every_requirement
def test_a_heading_says_what_it_asks_and_what_it_expects(asked):
    assert all(text.strip() for text in words_of(asked))
    assert asked.question.endswith("\u202f?")
    assert asked.question.count("?") == 1
    assert 3 <= len(asked.expected) <= 6
    assert 1 <= len(asked.guidance.split("\n\n")) <= 2


@every_requirement
def test_a_heading_cites_known_sources(asked):
    assert set(asked.source.split(", ")) <= set(SOURCES)


@every_requirement
def test_a_heading_is_set_in_french_typography(asked):
    assert [text for text in words_of(asked) if french(text) != text or "—" in text] == []


def test_the_labels_and_the_note_are_set_in_french_typography():
    labels = [member.label for kind in (Theme, Need, MetBy) for member in kind]
    assert [text for text in (TRAME_NOTE, *labels, *SOURCES.values()) if french(text) != text] == []


def test_the_note_says_that_the_wording_is_not_settled():
    assert "encore en discussion" in TRAME_NOTE
