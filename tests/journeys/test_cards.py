"""A card is written without a mouse, and found with one thumb when it is needed."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from crisis_plan.adaptation.crisis_types import CrisisType
from tests.journeys.conftest import ADHERENT, COORDINATOR, TELEPHONE, UZEGE, People, sign_in
from tests.journeys.test_keyboard import tab_to

OpenAs = Callable[..., Page]
THUMB = 44
TITLE = "Épisode neigeux, sans souris"
FIRST_HOUR, THEN = "#etapes-1", "#etapes-2"


def test_a_card_is_written_by_the_keyboard_alone(open_as: OpenAs) -> None:
    page = open_as(COORDINATOR)
    page.goto(f"{UZEGE}/")
    follow(page, "Fiches actions")
    follow(page, "Ajouter une fiche")
    write(page, "Titre", TITLE)
    write(page, "Quand la sortir", "Météo-France annonce la neige, les routes ferment.")
    for one in (CrisisType.ILL, CrisisType.CARE_DISRUPTED):
        tab_to(page, one.label)
        page.keyboard.press("Space")
    press(page, "Ajouter la fiche")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)

    follow(page, "Écrire les étapes")
    tab_to(page, "Quoi faire")
    add_step(page, FIRST_HOUR, "Compter les tournées coupées.", "Secrétariat et main courante", "30 min")
    add_step(page, FIRST_HOUR, "Appeler les mairies.", "Liaison", "15 min")
    tab_to(page, "Quoi faire")
    add_step(page, THEN, "Partager les tournées par secteur.", "Soins et continuité", "2 h")
    expect(page.locator(".written-steps li")).to_have_count(3)

    tab_to(page, "Descendre", "button")
    move(page, "Étape 2 sur 2", "Monter")
    move(page, "Étape 1 sur 2", "Descendre")
    move(page, "Étape 2 sur 2", "Monter")
    follow(page, "Revenir à la fiche")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(steps_under(page, "Première heure")).to_have_text(
        [
            re.compile(r"^T\+15\smin Liaison\s: Appeler les mairies\.$"),
            re.compile(r"^T\+30\smin Secrétariat et main courante\s: Compter les tournées coupées\.$"),
        ]
    )
    expect(steps_under(page, "Ensuite")).to_have_text(
        [re.compile(r"^T\+2\sh Soins et continuité\s: Partager les tournées par secteur\.$")]
    )
    for one in CrisisType:
        covers = page.locator("main .facts").get_by_text(one.label)
        expect(covers).to_have_count(1 if one in (CrisisType.ILL, CrisisType.CARE_DISRUPTED) else 0)


def follow(page: Page, words: str) -> None:
    """Reach this link by Tab and open it."""
    tab_to(page, words, "a")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press(page: Page, words: str) -> None:
    tab_to(page, words, "button")
    page.keyboard.press("Enter")


def write(page: Page, label: str, words: str) -> None:
    tab_to(page, label)
    page.keyboard.type(words)


def add_step(page: Page, section: str, text: str, who: str, delay: str) -> None:
    """From the empty field of what to do, back to it once the step is in the list."""
    page.keyboard.type(text)
    write(page, "Qui", who)
    write(page, "Délai depuis l’activation", delay)
    press(page, "Ajouter l’étape")
    expect(page.locator(f"{section} .written-steps li").last).to_contain_text(text)
    expect(page.locator("#announcer")).to_contain_text(text)
    field = page.locator(section).get_by_label("Quoi faire")
    expect(field).to_be_focused()
    expect(field).to_have_value("")


def move(page: Page, announced: str, next_button: str) -> None:
    """Press the button that has the focus: the step is told its place, and the focus stays among its buttons."""
    step = page.locator(".written-steps li").filter(has=page.locator(":focus")).get_attribute("id")
    page.keyboard.press("Enter")
    expect(page.locator("#announcer")).to_contain_text(announced)
    expect(page.locator(f"#{step} button").filter(has_text=next_button)).to_be_focused()


def steps_under(page: Page, phase: str) -> Locator:
    return page.get_by_role("region", name=phase).locator("ol.checklist li")


def test_an_adherent_finds_their_card_in_two_gestures_on_a_telephone(people: People) -> None:
    page = on_a_telephone(people)
    sign_in(page, ADHERENT)
    mine = page.get_by_role("heading", name="Pour vous").locator("xpath=..").locator(".card-link")
    title = mine.first.inner_text()
    mine.first.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("heading", name="Première heure")).to_be_visible()
    page.get_by_role("navigation", name="Aller à une partie de la fiche").get_by_role("link", name="Appeler").tap()
    numbers = page.locator(".phone-card a[href^='tel:']")
    expect(numbers.first).to_be_in_viewport(ratio=1)
    for number in numbers.all():
        assert number.bounding_box()["height"] >= THUMB, number.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE


def on_a_telephone(people: People) -> Page:
    """A page that is touched, of a browser where nobody is signed in."""
    context = people.chromium.new_context(
        base_url=people.address,
        viewport={"width": TELEPHONE, "height": 740},
        has_touch=True,
        is_mobile=True,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
    )
    people.contexts.append(context)
    return context.new_page()
