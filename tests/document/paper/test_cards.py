"""Action cards on paper: one page each, as large as it allows, listed together."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from crisis_plan.document import leaflet
from crisis_plan.document.blocks import (
    Chapter,
    CheckItem,
    CheckList,
    Edition,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Part,
    Span,
    plain,
)
from crisis_plan.document.paper.cards import SCALES, card_sheets
from crisis_plan.document.paper.chapters import card_label
from crisis_plan.document.paper.fonts import faces
from crisis_plan.document.paper.sheet import Sheet
from crisis_plan.document.paper.styles import card_styles
from tests.document.documents import PRIVATE_NUMBER, chapter, document, paragraph
from tests.document.reader import bookmarks, page_texts, printed, words_of


def steps(count: int) -> CheckList:
    said = "Noter l’heure de l’appel et rappeler par un numéro déjà connu avant toute décision."
    return CheckList(tuple(CheckItem(plain(said), f"T+{5 * n} min", "Secrétariat") for n in range(1, count + 1)))


def card(title: str = "Blessés", count: int = 6) -> Chapter:
    return chapter(title, Heading("Première heure"), steps(count), part=Part.CARD)


def whole_card(first: int, then: int, facts: int) -> Chapter:
    means = Facts(
        tuple(Fact(f"Moyen {n}", "Gants, masques et pansements du local de la maison de santé.") for n in range(facts))
    )
    return chapter(
        "Blessés",
        *(Heading("Première heure"), steps(first)),
        *(Heading("Ensuite"), steps(then)),
        *(Heading("Avec quoi"), means),
        part=Part.CARD,
    )


def body_size(sheets: list[Sheet]) -> float:
    """The size of the words of the steps."""
    return max(words.size for sheet in sheets for words in sheet.words if "Noter" in words.text)


def test_a_short_card_is_printed_large() -> None:
    faces()
    sheets = card_sheets(card(count=4), card_label(1), "fiche-1")
    assert len(sheets) == 1
    assert body_size(sheets) == card_styles(SCALES[0]).body.size


def test_a_longer_card_is_made_smaller_to_stay_on_its_page() -> None:
    faces()
    sheets = card_sheets(card(count=30), card_label(1), "fiche-1")
    assert len(sheets) == 1
    assert card_styles(SCALES[-1]).body.size <= body_size(sheets) < card_styles(SCALES[0]).body.size


def test_a_card_too_long_takes_a_second_page_and_stays_readable() -> None:
    faces()
    sheets = card_sheets(card(count=50), card_label(1), "fiche-1")
    assert len(sheets) == 2
    assert body_size(sheets) >= 10


def test_what_follows_the_first_hour_stands_in_two_columns() -> None:
    faces()
    (sheet,) = card_sheets(whole_card(first=6, then=5, facts=4), card_label(1), "fiche-1")
    at = {words.text: (words.x, words.y) for words in sheet.words}
    then, means = at["Ensuite"], at["Avec quoi"]
    assert then[0] < means[0]
    assert abs(then[1] - means[1]) < 1
    assert at["Première heure"][1] > then[1]


def test_columns_that_do_not_fit_go_to_the_second_page_together() -> None:
    faces()
    first, second = card_sheets(whole_card(first=22, then=12, facts=10), card_label(1), "fiche-1")
    assert "Première heure" in {words.text for words in first.words}
    assert {"Ensuite", "Avec quoi"} <= {words.text for words in second.words}


def test_each_step_has_a_box_to_tick() -> None:
    faces()
    (sheet,) = card_sheets(card(count=5), card_label(1), "fiche-1")
    assert sum(1 for box in sheet.boxes if box.outline and box.width == box.height) == 5


def test_cards_stand_between_themes_and_annexes_and_are_listed_under_one_name() -> None:
    plan = document(
        chapter("Adaptation", paragraph("Texte.")),
        card("Blessés"),
        card("Malades"),
        chapter("Annuaire", paragraph("Ligne."), part=Part.ANNEX),
    )
    assert [title for _, title, _ in bookmarks(printed(plan))][-5:] == [
        "1 Adaptation",
        "Fiches actions",
        "F1 Blessés",
        "F2 Malades",
        "A Annuaire",
    ]
    assert [depth for depth, title, _ in bookmarks(printed(plan)) if title.startswith("F")] == [0, 1, 1]


def test_a_card_of_the_plan_has_a_page_of_its_own() -> None:
    pages = page_texts(printed(document(card("Blessés"), card("Malades"))))
    assert [page.count("Fiche action") for page in pages[-2:]] == [1, 1]


def test_one_card_alone_keeps_its_number() -> None:
    pdf = PdfReader(BytesIO(leaflet.card_pages(document(card()), Edition.RESTRICTED, first=3)))
    assert len(pdf.pages) == 1
    assert "Fiche action 3" in words_of(pdf)


def test_the_public_edition_of_a_card_has_no_private_number() -> None:
    contact = Paragraph((Span("Pilote "), Span(PRIVATE_NUMBER, restricted=True)))
    secret = CheckList(
        (CheckItem(plain("Prendre la clé chez le gardien."), restricted=True), CheckItem(plain("Ouvrir.")))
    )
    shown = document(chapter("Lieu", Heading("Première heure"), secret, contact, part=Part.CARD))
    restricted, public = (
        words_of(PdfReader(BytesIO(leaflet.card_pages(shown, edition))))
        for edition in (Edition.RESTRICTED, Edition.PUBLIC)
    )
    assert [word in restricted for word in (PRIVATE_NUMBER, "gardien", "Ouvrir.")] == [True, True, True]
    assert [word in public for word in (PRIVATE_NUMBER, "gardien", "Ouvrir.")] == [False, False, True]
