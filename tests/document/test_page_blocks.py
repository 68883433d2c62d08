"""The same blocks on the page of a version."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from crisis_plan.document.blocks import (
    Block,
    BulletList,
    Chapter,
    CheckItem,
    CheckList,
    Column,
    Fact,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Row,
    Span,
    Table,
    Tone,
    plain,
)
from tests.document.documents import chapter, contacts, paragraph

TEMPLATES = Path(__file__).parents[2] / "templates"
PAGES = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)


def page_of(shown: Chapter, number: str = "") -> BeautifulSoup:
    source = '{% from "ui/blocks.html" import chapter %}{{ chapter(shown, number) }}'
    return BeautifulSoup(PAGES.from_string(source).render(shown=shown, number=number), "html5lib")


def html_of(*blocks: Block) -> str:
    source = '{% from "ui/blocks.html" import blocks %}{{ blocks(shown) }}'
    return PAGES.from_string(source).render(shown=blocks)


def test_a_chapter_is_an_h2_and_its_headings_follow_without_a_gap() -> None:
    shown = chapter("Anticipation", Heading("Territoire"), Heading("Écoles", 3), Heading("Risques", anchor="risques"))
    headings = page_of(shown, "1").find_all(["h2", "h3", "h4"])
    assert [(heading.name, heading.text, heading["id"]) for heading in headings] == [
        ("h2", "1 Anticipation", "chapitre-anticipation-titre"),
        ("h3", "1.1 Territoire", "chapitre-anticipation-1"),
        ("h4", "Écoles", "chapitre-anticipation-2"),
        ("h3", "1.2 Risques", "risques"),
    ]


def test_spans_follow_each_other_without_added_space() -> None:
    block = Paragraph((Span("l’"), Span("eau", bold=True), Span(".\nIci", italic=True)))
    assert html_of(block) == "<p>l’<strong>eau</strong><em>.<br>Ici</em></p>"


def test_what_was_typed_is_never_html() -> None:
    block = Paragraph(
        (Span("<script>"), Span("x", href="javascript:alert(1)"), Span("y", href="https://a.fr/?a=1&b=2"))
    )
    assert html_of(block) == '<p>&lt;script&gt;x<a href="https://a.fr/?a=1&amp;b=2">y</a></p>'


def test_a_list_holds_its_list_and_starts_where_it_was_told() -> None:
    inner = BulletList(((paragraph("deux"),),))
    block = BulletList(((paragraph("un"), inner),), ordered=True, start=3)
    assert html_of(block) == '<ol start="3"><li><p>un</p><ul><li>deux</li></ul></li></ol>'


def test_a_narrow_table_can_be_scrolled_with_the_keyboard() -> None:
    scroll = BeautifulSoup(html_of(Table("Niveaux", (Column("A"),), (Row(("1",)),))), "html5lib").select_one(
        ".table-scroll"
    )
    assert (scroll["tabindex"], scroll["role"], scroll["aria-label"]) == ("0", "region", "Niveaux")


def test_a_wide_table_has_a_caption_scopes_and_becomes_cards_on_a_telephone() -> None:
    page = page_of(chapter("Annuaire", contacts(2)))
    assert "table-cards" in page.table["class"]
    assert [cell["data-label"] for cell in page.select("tbody tr:first-child td")] == [
        heading.text for heading in page.select("thead th")[1:]
    ]
    assert page.caption.text == "Contacts"
    assert [cell["scope"] for cell in page.find_all("th")] == ["col"] * 4 + ["row"] * 2


def test_a_short_row_is_completed() -> None:
    table = Table("", (Column("A"), Column("B", numeric=True)), (Row(("1",)),))
    assert len(BeautifulSoup(html_of(table), "html5lib").select("tbody tr > *")) == 2


def test_an_empty_table_says_so() -> None:
    assert "Aucun article." in html_of(Table("Stock", (Column("A"),), (), empty="Aucun article."))


def test_an_empty_chapter_says_so() -> None:
    assert "Ce chapitre n’a pas de contenu" in page_of(chapter("Stock")).text


def test_an_empty_section_says_so() -> None:
    page = page_of(chapter("Stock", Heading("Masques"), Heading("Gants"), paragraph("8 600")))
    assert page.text.count("Cette rubrique n’a pas de contenu") == 1


def test_a_fact_is_a_term_and_its_description() -> None:
    page = BeautifulSoup(html_of(Facts((Fact("Lieu", (Span("Mairie", bold=True),)),))), "html5lib")
    assert (page.dt.text, page.dd.text) == ("Lieu", "Mairie")


@pytest.mark.parametrize(("tone", "title"), [(Tone.WARNING, "Attention"), (Tone.URGENT, "Urgent")])
def test_a_tone_is_said_in_words(tone: Tone, title: str) -> None:
    assert title in html_of(Notice(plain("x"), tone))


def test_a_check_list_says_when_who_and_what_proves_it() -> None:
    block = CheckList((CheckItem(plain("Ouvrir le journal."), "T+10 min", "Secrétariat", "heure notée"),))
    (item,) = BeautifulSoup(html_of(block), "html5lib").select("ol.checklist li")
    assert " ".join(item.get_text().split()) == "T+10 min Secrétariat : Ouvrir le journal. Preuve : heure notée"
