"""A time line says the same drawn, in its table, on the page and on paper."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from pathlib import Path

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.document.blocks import Column, Document, Edition, Row, Span, Table, TimeLine
from crisis_plan.document.changes import changes
from crisis_plan.document.drawings import Drawing
from crisis_plan.document.editions import for_edition
from crisis_plan.document.lanes import Band, Curve, Lane, Mark, Shape, Tick
from crisis_plan.document.serial import from_json, to_json
from tests.document.documents import chapter, document, paragraph
from tests.document.reader import page_texts, printed, words_of
from tests.document.strategies import time_lines
from tests.document.test_page_blocks import html_of

WIDTHS = (344.0, 690.0, 880.0)
STORED = Path(__file__).parent / "stored_before_time_lines.json"


def table(*rows: Row) -> Table:
    columns = (Column("Moment"), Column("Nature"), Column("Quoi"))
    return Table("Ce que dit la frise", columns, rows or (Row(("14:10", "Décision", "Prise")),))


def fire(**fields: object) -> TimeLine:
    """A crisis of a day: a fact, two levels, decisions of which one lacks its reason, a silence, nurses at work."""
    line = TimeLine(
        caption="Frise de la crise",
        starts="ven. 7 août 2026, 13:50",
        ends="sam. 8 août 2026, 8:00",
        ticks=(Tick(0.1, "16 h"), Tick(0.55, "sam. 8", is_major=True), Tick(0.9, "6 h")),
        lanes=(
            Lane("Faits datés", Shape.FLAG, (Mark(0.02, "13:58, n° 7", "CPTS sollicitée, 13:58"),)),
            Lane("Niveaux", bands=(Band(0, 0.6, "Alerte", "Alerte"), Band(0.6, 1, "Veille", "Veille"))),
            Lane("Décisions", Shape.DISC, (Mark(0.1, "7 décisions entre 14 h et 15 h", count=7), Mark(0.5, "n° 20"))),
            Lane("dont sans raison écrite", Shape.RING, (Mark(0.5, "n° 20"),)),
            Lane("Messages", Shape.SQUARE, empty="Aucun message."),
            Lane("Silences", bands=(Band(0.3, 0.5, "2 h 10 sans saisie", "2 h 10"),), is_gap=True),
        ),
        curve=Curve("Professionnels engagés", ((0, 0), (0.1, 4), (0.4, 9), (0.7, 2)), "au plus en même temps"),
        table=table(),
    )
    return replace(line, **fields)  # type: ignore[arg-type]


def of(line: TimeLine) -> Document:
    return document(chapter("Description", paragraph("Ce qui s’est passé."), line))


def drawn_counts(drawing: Drawing) -> int:
    """How many things the marks stand for: the number in them, one where there is none."""
    numbers = [label.text for label in drawing.labels if label.look in ("on-dark", "on-light")]
    told = [int(text) for text in numbers if text.isdecimal()]
    return sum(told) + len(drawing.dots) - len(told)


@given(time_lines, st.sampled_from(WIDTHS))
def test_whatever_is_drawn_stays_on_the_drawing(line: TimeLine, width: float) -> None:
    drawing = line.drawing(width)
    assert all(0 <= dot.x <= width and 0 < dot.y < drawing.height for dot in drawing.dots)
    assert all(bar.x >= 0 and bar.x + bar.width <= width + 2 for bar in drawing.bars)
    assert all(0 <= x <= width and 0 <= y <= drawing.height for x, y in drawing.area)
    assert all(0 < label.y <= drawing.height for label in drawing.labels)


@given(time_lines, st.sampled_from(WIDTHS))
def test_every_band_is_drawn_and_no_mark_is_lost_when_they_are_put_together(line: TimeLine, width: float) -> None:
    plain = replace(
        line,
        curve=None,
        lanes=tuple(
            replace(lane, name="", empty="", marks=tuple(replace(mark, word="") for mark in lane.marks), bands=())
            for lane in line.lanes
        ),
    )
    assert drawn_counts(plain.drawing(width)) == sum(mark.count for lane in line.lanes for mark in lane.marks)
    assert len(line.drawing(width).bars) == sum(len(lane.bands) for lane in line.lanes)


@given(st.lists(st.floats(0, 1, allow_nan=False), max_size=40), st.sampled_from(WIDTHS))
def test_marks_of_a_lane_never_cover_one_another(positions: list[float], width: float) -> None:
    lane = Lane("Décisions", Shape.DISC, tuple(Mark(at, "") for at in positions))
    dots = sorted(fire(lanes=(lane,)).drawing(width).dots)
    assert all(one.x + one.radius <= other.x - other.radius + 0.5 for one, other in itertools.pairwise(dots))


def test_what_is_stored_comes_back_equal() -> None:
    line = of(fire())
    assert from_json(json.loads(json.dumps(to_json(line)))) == line


def test_a_document_stored_before_there_were_time_lines_still_reads() -> None:
    read = from_json(json.loads(STORED.read_text()))
    assert (read.version, [one.kind for one in read.chapters[0].blocks]) == ("Version 3", ["paragraph", "table"])


def test_the_page_draws_it_twice_and_says_it_in_a_table() -> None:
    page = BeautifulSoup(html_of(fire()), "html5lib")
    wide, narrow = page.select("figure.time-line > svg")
    assert (wide["class"], narrow["class"]) == (["is-wide"], ["is-narrow"])
    assert {(one["role"], one.title.text) for one in (wide, narrow)} == {("img", "Frise de la crise")}
    assert "Silences : 1. Le tableau qui suit dit la même chose." in wide.desc.text.replace("\xa0", " ")
    words = [text.text for text in wide.find_all("text")]
    for said in ("CPTS sollicitée, 13:58", "7", "Aucun message.", "2 h 10", "9 au plus en même temps", "sam. 8"):
        assert said in words
    assert [cell.text for cell in page.select("details td")] == ["Décision", "Prise"]


def test_the_page_needs_no_style_and_no_script_of_its_own() -> None:
    page = BeautifulSoup(html_of(fire(caption="<script>")), "html5lib")
    assert not page.select("script, style, [style], [onclick], [id]")


def test_a_shape_tells_what_a_colour_would() -> None:
    page = BeautifulSoup(html_of(fire()), "html5lib").select_one("svg.is-wide")
    assert [len(page.select(found)) for found in (".tl-dot.is-hollow circle", ".tl-hatch", ".tl-dot polygon")] == [
        1,
        1,
        1,
    ]


def test_the_paper_says_every_word_of_the_drawing_and_of_the_table() -> None:
    found = words_of(printed(of(fire())))
    for said in ("Frise de la crise", "Du ven. 7 août 2026, 13:50 au sam. 8 août 2026, 8:00", "CPTS sollicitée, 13:58",
                 "Faits datés", "Alerte", "Veille", "dont sans raison", "Aucun message.", "2 h 10",
                 "9 au plus en même temps", "Ce que dit la frise", "14:10 Décision Prise"):  # fmt: skip
        assert said in found


def test_the_paper_never_cuts_the_drawing() -> None:
    before = [paragraph("Une ligne de plus.") for _ in range(24)]
    pages = page_texts(printed(document(chapter("Description", *before, fire()))))
    assert [("Faits datés" in page, "Professionnels" in page) for page in pages if "Frise" in page] == [(True, True)]


@given(time_lines)
def test_any_time_line_can_be_printed(line: TimeLine) -> None:
    assert len(printed(of(line)).pages) >= 3


def test_the_public_edition_keeps_the_drawing_without_what_its_table_restricts() -> None:
    rows = (
        Row((("14:10"), "Décision", (Span("Prise"), Span(" par Mme Petit", restricted=True)))),
        Row(("Clé",), restricted=True),
    )
    public = for_edition(of(fire(table=table(*rows))), Edition.PUBLIC)
    assert "Petit" not in str(public)
    assert "Clé" not in str(public)
    assert public.chapters[0].blocks[1] == fire(table=table(Row(("14:10", "Décision", (Span("Prise"),)))))


def test_a_restricted_time_line_is_not_in_the_public_edition() -> None:
    assert "Faits datés" not in words_of(printed(of(fire(restricted=True)), Edition.PUBLIC))


def test_two_versions_are_compared_by_their_tables() -> None:
    more = table(Row(("14:10", "Décision", "Prise")), Row(("15:00", "Message", "Envoyé")))
    (change,) = changes(of(fire()), of(fire(table=more)))
    assert (change.sentence, change.restricted) == ("Ce que dit la frise\xa0: 1 ligne ajoutée\xa0: 15:00.", False)
    (hidden,) = changes(of(fire(restricted=True)), of(fire(table=more, restricted=True)))
    assert hidden.restricted


def test_a_drawing_that_moved_alone_is_not_a_change() -> None:
    assert not changes(of(fire()), of(fire(ticks=())))


def test_what_is_typed_is_never_html() -> None:
    html = html_of(fire(lanes=(Lane("<b>"),), ticks=(Tick(0.5, "<i>"),)))
    assert not re.search(r"<[bi]>", html)
