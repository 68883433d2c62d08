"""Two versions on one sheet: read in black and white, and heard on a page."""

from crisis_plan.document.blocks import Edition, Part
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


def test_a_chapter_that_is_gone_is_printed_without_a_number() -> None:
    pages = page_texts(printed(in_words(BOTH)))
    assert any("Supprimé depuis la version précédente" in page for page in pages)
    assert not any("Chapitre 2" in page for page in pages)


def test_the_page_says_aloud_what_is_gone_and_what_came() -> None:
    (block,) = next(one for one in BOTH.chapters if one.part is Part.BODY).blocks
    assert html_of(block).replace('<span class="visually-hidden">', "").replace("</span>", "") == (
        '<p>Appeler le <del class="revision">Supprimé : CHU</del><ins class="revision">Ajouté : SAMU</ins> avant 8 h.</p>'
    )
