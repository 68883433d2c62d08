"""What people type becomes blocks, whatever they type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisis_plan.document.blocks import BulletList, Column, Heading, Notice, Paragraph, Row, Span, Table, plain, words
from crisis_plan.document.prose import blocks
from tests.document.documents import paragraph


def spans_of(markdown: str) -> tuple[Span, ...]:
    (block,) = blocks(markdown)
    assert isinstance(block, Paragraph)
    return block.text


def test_two_paragraphs_are_two_blocks() -> None:
    assert blocks("Un.\n\nDeux.") == (paragraph("Un."), paragraph("Deux."))


def test_the_line_that_people_see_is_the_line_that_is_printed() -> None:
    assert spans_of("une\ndeux  \ntrois") == (Span("une\ndeux\ntrois"),)


def test_bold_and_italic_combine() -> None:
    assert spans_of("a **b *c***") == (Span("a "), Span("b ", bold=True), Span("c", bold=True, italic=True))


def test_the_highest_heading_typed_is_of_level_three_and_the_others_of_level_four() -> None:
    assert blocks("## A\n### B\n#### C") == (Heading("A", 3), Heading("B", 4), Heading("C", 4))


@pytest.mark.parametrize("address", ["https://a.fr", "http://a.fr/é", "mailto:a@b.fr", "tel:+33466000000"])
def test_a_link_that_may_be_followed_keeps_its_address(address: str) -> None:
    assert spans_of(f"[voir](<{address}>)")[0].href.startswith(address[:6])


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/plan", "//a.fr", "ftp://a"]
)
def test_any_other_link_is_only_its_words(address: str) -> None:
    assert spans_of(f"[voir]({address})") == (Span("voir"),)


def test_html_is_shown_not_obeyed() -> None:
    assert spans_of("a <b>b</b>") == (Span("a <b>b</b>"),)


def test_an_image_is_its_words() -> None:
    assert spans_of("![plan d'accès](a.png)") == (Span("plan d’accès"),)


def test_a_list_may_hold_a_list() -> None:
    inner = BulletList(((paragraph("deux"),),))
    assert blocks("3. un\n   - deux\n4. trois") == (
        BulletList(((paragraph("un"), inner), (paragraph("trois"),)), ordered=True, start=3),
    )


def test_a_table_keeps_its_right_aligned_columns() -> None:
    assert blocks("| A | B |\n|---|--:|\n| x | 1 200 |") == (
        Table("", (Column("A"), Column("B", numeric=True)), (Row(("x", "1\u202f200")),)),
    )


def test_a_quotation_is_set_apart() -> None:
    assert blocks("> Noter d'abord") == (Notice(plain("Noter d’abord")),)


def test_a_colon_after_bold_words_has_its_space() -> None:
    assert words(spans_of("**Lieu**: ici")) == "Lieu\u00a0: ici"


@pytest.mark.parametrize("opening", ["> ", "- ", "1. ", "**", "[", "![", "*", "<a "])
def test_nesting_without_end_keeps_every_word(opening: str) -> None:
    said = " ".join(str(block) for block in blocks(opening * 600 + "fin"))
    assert "fin" in said


def test_what_cannot_be_seen_is_not_kept() -> None:
    assert blocks("a\0b\x07c") == (paragraph("abc"),)


def test_a_pasted_book_is_kept_as_paragraphs() -> None:
    assert len(blocks("mot **gras** " * 20_000 + "\n\nfin")) == 2


@settings(max_examples=80, deadline=None)
@given(st.text("ab *_[]()<>!|#->`\n\\&;:1.", max_size=80))
def test_nothing_that_is_typed_is_refused(markdown: str) -> None:
    blocks(markdown)
