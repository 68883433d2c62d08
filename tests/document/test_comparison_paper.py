"""Two versions on one sheet: read in black and white, and heard on a page."""

from crisis_plan.document.blocks import Column, Edition, Paragraph, Part, Span, Table
from crisis_plan.document.comparison import consolidated
from crisis_plan.document.comparison_reading import shown
from crisis_plan.document.comparison_words import in_words
from crisis_plan.document.paper.booklet import compose
from crisis_plan.document.revisions import Revision
from tests.document.documents import chapter, document, paragraph
from tests.document.reader import page_texts, printed
from tests.document.test_page_blocks import html_of

BOTH = shown(
    consolidated(
        document(chapter("Risques", paragraph("Appeler le CHU avant 8 h.")), chapter("Levée", paragraph("Fin."))),
        document(chapter("Risques", paragraph("Appeler le SAMU avant 8 h."))),
    )
)


def test_words_gone_are_struck_words_come_are_underlined_and_the_margin_says_which() -> None:
    sheets = compose(in_words(BOTH), Edition.RESTRICTED)
    first = next(sheet for sheet in sheets if sheet.signs)
    assert {sign.mark for sign in first.signs} == {Revision.ADDED, Revision.REMOVED}
    assert "±" in [words.text for words in first.words]


def test_no_link_is_underlined_where_an_underline_says_what_was_added() -> None:
    call = Paragraph((Span("04 66 00 00 00", href="tel:+33466000000"),))
    old, new = document(chapter("Risques", call)), document(chapter("Risques", call, paragraph("Prévenir le SAMU.")))
    alone = compose(old, Edition.RESTRICTED)
    both = compose(in_words(shown(consolidated(old, new))), Edition.RESTRICTED)
    assert [bool([one for sheet in sheets for one in sheet.underlines]) for sheets in (alone, both)] == [True, False]
    assert any(link.target.startswith("tel:") for sheet in both for link in sheet.links)


def test_the_words_of_an_empty_table_that_is_gone_are_struck_with_its_caption() -> None:
    empty = Table("Lieux", (Column("Nom"),), (), empty="Aucun lieu.")
    both = consolidated(document(chapter("Risques", empty)), document(chapter("Risques", paragraph("Autre chose."))))
    sheets = compose(in_words(shown(both)), Edition.RESTRICTED)
    gone = [(sign, sheet) for sheet in sheets for sign in sheet.signs if sign.mark is Revision.REMOVED]
    struck = {words.text for sign, sheet in gone for words in sheet.words if words.y == sign.y}
    assert {"Aucun lieu.", "Lieux"} <= struck


def test_a_chapter_that_is_gone_is_printed_without_a_number() -> None:
    pages = page_texts(printed(in_words(BOTH)))
    assert any("Supprimé depuis la version précédente" in page for page in pages)
    assert not any("Chapitre 2" in page for page in pages)


def test_the_page_says_aloud_what_is_gone_and_what_came() -> None:
    (block,) = next(one for one in BOTH.chapters if one.part is Part.BODY).blocks
    assert html_of(block).replace('<span class="visually-hidden">', "").replace("</span>", "") == (
        '<p>Appeler le <del class="revision">Supprimé : CHU</del><ins class="revision">Ajouté : SAMU</ins> avant 8 h.</p>'
    )
