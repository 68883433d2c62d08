"""The public edition is the document without what was marked."""

from hypothesis import given, settings

from crisis_plan.document.blocks import BulletList, Column, Document, Edition, Paragraph, Row, Span, Table, plain
from crisis_plan.document.editions import for_edition
from tests.document.documents import PRIVATE_NUMBER, chapter, document, plan
from tests.document.strategies import documents


def test_a_restricted_column_goes_with_its_cells() -> None:
    table = Table("", (Column("Nom"), Column("Clé", restricted=True), Column("Lieu")), (Row(("a", "b", "c")),))
    shown = for_edition(document(chapter("x", table)), Edition.PUBLIC).chapters[0].blocks[0]
    assert isinstance(shown, Table)
    assert [row.cells for row in shown.rows] == [("a", "c")]


def test_a_row_shorter_than_its_headings_is_no_error() -> None:
    table = Table("", (Column("Nom"), Column("Lieu")), (Row(("a",)),))
    assert for_edition(document(chapter("x", table)), Edition.PUBLIC)


def test_the_restricted_edition_is_the_document() -> None:
    assert for_edition(plan(), Edition.RESTRICTED) == plan()


def test_a_restricted_span_leaves_the_words_around_it() -> None:
    text = (Span("Appeler "), Span(PRIVATE_NUMBER, restricted=True), Span(" ou le 15."))
    row = Row((text,))
    shown = for_edition(document(chapter("x", Table("", (Column("Quoi"),), (row,)))), Edition.PUBLIC)
    assert PRIVATE_NUMBER not in str(shown)
    assert " ou le 15." in str(shown)


def test_what_has_nothing_left_to_say_leaves_no_trace() -> None:
    hidden = Table("Clés", (Column("Clé", restricted=True),), (Row(("4712",)),))
    only_secret = Paragraph((Span("4712", restricted=True),))
    listed = BulletList(((only_secret,), (Paragraph(plain("Vu.")),)))
    shown = for_edition(document(chapter("x", hidden, only_secret, listed)), Edition.PUBLIC).chapters[0].blocks
    assert shown == (BulletList(((Paragraph(plain("Vu.")),),)),)


@settings(max_examples=30, deadline=None)
@given(documents)
def test_making_it_public_twice_removes_nothing_more(document: Document) -> None:
    public = for_edition(document, Edition.PUBLIC)
    assert for_edition(public, Edition.PUBLIC) == public
