"""Writing a section: guided, never lost, also when two people write at once."""

import pytest

from crisis_plan.access.policy import Role
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser, Page
from tests.conftest import browser_of

RISKS = {"theme": "anticipation", "rubrique": "risques"}


def write(browser: Browser, text: str, **more: str) -> Page:
    return browser.submit(browser.get("cpts.plan.edit", **RISKS), fields={"text": text, **more})


def test_what_is_written_is_read_on_the_theme(referent: Browser) -> None:
    saved = write(referent, "### Inondation\n\nLe **Gardon** monte vite.")
    assert saved.status == 303
    page = saved.follow()
    assert "Inondation" in page.texts("main h3")
    assert page.texts("main strong") == ["Gardon"]


def test_a_coordinator_writes_and_a_cell_member_only_reads(coordinator: Browser, cell_member: Browser) -> None:
    assert write(coordinator, "Feux de forêt.").status == 303
    assert "Feux de forêt." in cell_member.get("cpts.plan.show_theme", theme="anticipation").text
    assert cell_member.get("cpts.plan.edit", **RISKS).status == 403
    assert cell_member.post("cpts.plan.save", {"text": "non"}, **RISKS).status == 403


def test_a_stranger_sees_and_writes_nothing(referent: Browser, stranger: Browser) -> None:
    write(referent, "Secret de la maison.")
    assert stranger.get("cpts.plan.show_theme", theme="anticipation").status == 404
    assert stranger.post("cpts.plan.save", {"text": "non"}, **RISKS).status == 404


def test_sans_objet_wants_its_reason_and_keeps_the_text(referent: Browser) -> None:
    refused = write(referent, "Un texte.", is_waived="y")
    assert refused.status == 422
    assert refused.html.select_one("textarea[name=text]").get_text().strip() == "Un texte."
    saved = write(referent, "Un texte.", is_waived="y", waiver="Couvert par la CPTS voisine.")
    assert "Sans objet : Couvert par la CPTS voisine." in saved.follow().text
    assert (
        referent.get("cpts.plan.edit", **RISKS).html.select_one("textarea[name=text]").get_text().strip() == "Un texte."
    )


def test_a_requirement_that_is_always_asked_offers_no_waiver(referent: Browser) -> None:
    page = referent.get("cpts.plan.edit", theme="adaptation", rubrique="continuite")
    assert page.html.select_one("[name=is_waived]") is None


def test_two_people_on_the_same_section_lose_nothing(referent: Browser, app: object, cpts: Cpts) -> None:
    other = browser_of(referent.app, cpts, Role.COORDINATOR)
    mine, theirs = referent.get("cpts.plan.edit", **RISKS), other.get("cpts.plan.edit", **RISKS)
    other.submit(theirs, fields={"text": "Le texte de l’autre."})
    conflict = referent.submit(mine, fields={"text": "Mon texte."})
    assert conflict.status == 409
    assert "Le texte de l’autre." in conflict.text
    assert conflict.html.select_one("textarea[name=text]").get_text().strip() == "Mon texte."
    assert referent.submit(conflict).status == 303
    assert "Mon texte." in referent.get("cpts.plan.show_theme", theme="anticipation").text
    history = referent.get("cpts.plan.states", **RISKS).text
    assert "Le texte de l’autre." in history
    assert "Mon texte." in history


@pytest.mark.parametrize(
    "text",
    [
        "é" * 60_001,
        "nul\x00",
        "<script>alert(1)</script>",
        "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    ],
)
def test_odd_texts_are_refused_or_shown_as_they_are(referent: Browser, text: str) -> None:
    answer = write(referent, text)
    assert answer.status in (303, 422)
    if answer.status == 303:
        assert answer.follow().html.select("main script") == []


@pytest.mark.parametrize(
    "address", ["plan/inconnu/", "plan/pilotage/risques/modifier", "plan/anticipation/inconnue/modifier"]
)
def test_an_address_that_names_nothing_is_not_found(referent: Browser, address: str) -> None:
    assert referent.open(f"/cpts/uzege/{address}").status == 404


def test_the_dashboard_links_to_what_is_missing(referent: Browser) -> None:
    def asked() -> list[str]:
        links = referent.get("cpts.dashboard.show").links("main li a")
        return [address for words, address in links.items() if "Risques et menaces du territoire" in words]

    assert asked() == ["/cpts/uzege/plan/anticipation/#risques"]
    write(referent, "Inondation.")
    assert asked() == []


def test_an_adherent_is_sent_to_their_own_cards(adherent: Browser) -> None:
    assert adherent.get("cpts.dashboard.show").location == "/cpts/uzege/mes-fiches/"
