"""The plans of the demonstration are complete, well set, and safe to print in both editions."""

import re
from pathlib import Path

import pytest

from crisis_plan import demo
from crisis_plan.adaptation.responses.draft_texts import FIRST_HOUR
from crisis_plan.document.blocks import Heading
from crisis_plan.document.prose import blocks
from crisis_plan.document.typography import french
from crisis_plan.plan.requirements import REQUIREMENTS, MetBy

TEXTS = sorted((Path(next(iter(demo.__path__))) / "texts").glob("*/*.md"))
NEEDING_TEXT = {asked.key for asked in REQUIREMENTS if asked.met_by is not MetBy.DATA}

every_text = pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.stem}")


def keys_of(folder: str) -> set[str]:
    return {path.stem for path in TEXTS if path.parent.name == folder}


def test_the_first_cpts_answers_every_written_heading():
    assert keys_of("uzege") == NEEDING_TEXT


def test_its_first_version_and_the_second_cpts_answer_only_some():
    assert keys_of("uzege-v1") < NEEDING_TEXT
    assert keys_of("vidourle") < NEEDING_TEXT


def test_its_first_version_reads_otherwise_than_the_second():
    now = {path.stem: path.read_text("utf-8") for path in TEXTS if path.parent.name == "uzege"}
    before = {path.stem: path.read_text("utf-8") for path in TEXTS if path.parent.name == "uzege-v1"}
    assert before
    assert all(now[key] != text for key, text in before.items())


@every_text
def test_a_text_is_neither_a_stub_nor_a_treatise(path):
    assert 90 <= len(re.findall(r"\w+", path.read_text("utf-8"))) <= 520


@every_text
def test_a_text_is_set_in_french_typography(path):
    text = path.read_text("utf-8")
    assert french(text) == text
    assert "—" not in text


@every_text
def test_a_text_gives_no_telephone_since_both_editions_print_it(path):
    assert not re.search(r"\b0\d([\s.]?\d\d){4}\b", path.read_text("utf-8"))


@every_text
def test_every_line_of_a_table_has_the_same_cells(path):
    for table in re.findall(r"(?:^\|.*\n?)+", path.read_text("utf-8"), flags=re.MULTILINE):
        assert len({line.count("|") for line in table.splitlines()}) == 1


@every_text
def test_the_headings_of_a_text_stand_below_the_heading_of_the_trame(path):
    assert {block.level for block in blocks(path.read_text("utf-8")) if isinstance(block, Heading)} <= {3, 4}


def test_the_level_and_the_stand_down_are_decided_by_one_rule_in_every_place():
    """As page 2, the proposed ladder and the card of the first hour: the referent or the deputy, who informs the ARS."""
    told = {path: path.read_text("utf-8") for path in TEXTS if path.stem in {"alerte", "gravite"}}
    assert len(told) == 5
    assert all(
        re.search("le référent( de crise)?,? ou (à défaut le|son) suppléant", text, re.I) for text in told.values()
    )
    assert all("informe" in text for text in told.values())
    assert not any(re.search("après échange avec|accord (avec|de) l’ARS", text) for text in told.values())
    down = [text.split("### La levée")[1] for path, text in told.items() if "### La levée" in text]
    assert len(down) == 2
    assert all("ou son suppléant la décide, puis en informe l’ARS" in text for text in down)


def test_the_first_hour_of_the_text_keeps_the_delays_of_its_card():
    text = next(path for path in TEXTS if path.parts[-2:] == ("uzege", "alerte.md")).read_text("utf-8")
    lines = dict(re.findall(r"\*\*(?:Dans les|À) (\d+)\s+?minutes\*\*(.+)", text))
    said = {
        "Joindre le référent": "référent ou suppléant joint",
        "Décider l’activation": "niveau décidé par le référent ou son suppléant",
        "Ouvrir le journal": "journal ouvert",
        "Réunir la cellule": "cellule réunie",
        "Envoyer le premier message": "premier message",
        "Confirmer le contact": "contact confirmé",
    }
    for step, words in said.items():
        delay = next(one.delay for one in FIRST_HOUR.first_hour if one.text.startswith(step))
        assert [when for when, line in lines.items() if words in line] == [str(delay)]
