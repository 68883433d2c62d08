"""Action cards on paper and on a telephone, as people get them."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.adaptation.responses.whole_card import card, whole_card
from tests.browser import Browser, Page
from tests.crawl import visit
from tests.factories import CptsFactory
from tests.statements import MOST_OF_A_PAGE

PRIVATE, WORK = "06 12 34 56 78", "04 66 22 00 00"


def pages(page: Page) -> list[str]:
    """What each sheet says, with single spaces."""
    assert page.response.mimetype == "application/pdf"
    return [" ".join(sheet.extract_text().split()) for sheet in PdfReader(BytesIO(page.content)).pages]


def file_name(page: Page) -> str:
    return page.response.headers["Content-Disposition"]


def test_a_card_is_one_page_and_says_everything(cpts: Cpts, cell_member: Browser) -> None:
    made = whole_card(cpts)
    page = cell_member.get("cpts.responses.as_pdf", card_id=made.id)
    [sheet] = pages(page)
    for said in ("Épisode de canicule", "Vigilance orange", "T+15 min", "Oxygène", "Solutés", "Fin de la vigilance"):
        assert said in sheet
    assert PRIVATE in sheet
    assert WORK in sheet
    assert "fiche-action-1_uzege_20" in file_name(page)
    assert page.response.headers["Cache-Control"] == "no-store"


def test_the_public_edition_of_a_card_has_no_private_number(cpts: Cpts, cell_member: Browser) -> None:
    made = whole_card(cpts)
    page = cell_member.get("cpts.responses.public_pdf", card_id=made.id)
    [sheet] = pages(page)
    assert WORK in sheet
    assert PRIVATE not in sheet
    assert "_publique.pdf" in file_name(page)


def test_a_card_on_paper_bears_its_number(cpts: Cpts, cell_member: Browser) -> None:
    card(cpts, "Alerte", position=1)
    second = card(cpts, "Inondation", position=2, trigger="Vigilance rouge")
    db.session.commit()
    page = cell_member.get("cpts.responses.as_pdf", card_id=second.id)
    assert "Fiche action 2" in pages(page)[0]
    assert "fiche-action-2_" in file_name(page)


def test_the_booklet_has_a_page_for_each_card(cpts: Cpts, cell_member: Browser) -> None:
    whole_card(cpts)
    card(cpts, "Inondation", position=2, trigger="Vigilance rouge")
    db.session.commit()
    page = cell_member.get("cpts.responses.booklet")
    first, second = pages(page)
    assert "canicule" in first
    assert PRIVATE in first
    assert "Inondation" in second
    assert "fiches-actions_uzege_20" in file_name(page)


def test_the_public_booklet_has_no_private_number(cpts: Cpts, cell_member: Browser) -> None:
    whole_card(cpts)
    [sheet] = pages(cell_member.get("cpts.responses.public_booklet"))
    assert WORK in sheet
    assert PRIVATE not in sheet


def test_there_is_no_booklet_without_a_card(cpts: Cpts, cell_member: Browser) -> None:
    assert cell_member.get("cpts.responses.booklet").status == 404


def test_the_telephone_shows_steps_to_tick_and_numbers_to_press(cpts: Cpts, cell_member: Browser) -> None:
    made = whole_card(cpts)
    page = cell_member.get("cpts.responses.phone", card_id=made.id)
    assert page.texts("h1") == ["Épisode de canicule"]
    assert page.texts(".phone-steps li label")[:2] == [
        "T+15 min · Secrétariat Ouvrir le journal de bord Preuve : heure notée",
        "T+30 min · Référent Appeler les mairies",
    ]
    assert [link["href"] for link in page.html.select(".phone-calls a")] == [
        "tel:+33612345678",
        "tel:+33466220000",
        "tel:15",
    ]
    assert page.texts(".phone-calls strong") == ["Salle des fêtes", "Anne REY", "SAMU 30", "Numéro à trouver"]
    ids = {found["id"] for found in page.html.select("section[id]")}
    assert page.texts(".card-bar a") == ["1re heure", "Ensuite", "Continuité", "Appeler"]
    assert {str(link["href"]).removeprefix("#") for link in page.html.select(".card-bar a")} == ids


def test_what_is_ticked_on_the_telephone_is_sent_nowhere(cpts: Cpts, cell_member: Browser) -> None:
    made = whole_card(cpts)
    page = cell_member.get("cpts.responses.phone", card_id=made.id)
    assert len(page.html.select("main input")) == 4
    assert page.html.select("main input[name], main form") == []


def test_the_page_of_the_telephone_is_light(cpts: Cpts, cell_member: Browser) -> None:
    made = whole_card(cpts)
    seen = visit(cell_member, cell_member.address("cpts.responses.phone", card_id=made.id))
    assert len(seen.statements) <= MOST_OF_A_PAGE
    main = seen.page.html.select_one("main")
    assert len(str(main).encode()) < 10_000


def test_the_cards_of_another_cpts_are_not_found(cpts: Cpts, cell_member: Browser) -> None:
    theirs = card(CptsFactory(slug="ailleurs"))
    db.session.commit()
    for endpoint in ("as_pdf", "public_pdf", "phone"):
        assert cell_member.get(f"cpts.responses.{endpoint}", card_id=theirs.id).status == 404


def test_an_adherent_gets_no_working_paper(cpts: Cpts, adherent: Browser) -> None:
    made = whole_card(cpts)
    for endpoint in ("as_pdf", "public_pdf", "phone"):
        assert adherent.get(f"cpts.responses.{endpoint}", card_id=made.id).status == 403
