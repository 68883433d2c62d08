"""A lesson, from the closing of a crisis to the change list of the next version; on a telephone and without scripts too."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from crisis_plan import clock
from tests.journeys.cell import TITLE, accessible
from tests.journeys.cell_at_the_end import words
from tests.journeys.conftest import ARS, CELL_MEMBER, REFERENT, TELEPHONE, UZEGE
from tests.journeys.test_full_crisis import opened_in_four_gestures

OpenAs = Callable[..., Page]

WEAK = "Personne ne savait qui prévenir quand le standard ne répond plus."
AGREED = "La chaîne d’alerte ne dit pas qui prévenir quand le standard ne répond plus."
TO_DO = "Écrire un second numéro d’alerte, et qui le décroche la nuit."


def test_a_lesson_of_a_crisis_is_named_by_the_next_version(open_as: OpenAs) -> None:
    page = open_as(REFERENT)
    opened_in_four_gestures(page)
    closed_at_once(page)
    to_its_debrief(page)
    a_meeting_was_held(page)
    a_weak_point_is_noted(page)
    validation_is_refused_until_it_is_decided(page)
    validated(page)
    address = page.url
    the_ars_reads_it_once_it_is_shared(page, open_as(ARS), address)
    the_section_shows_it_and_answers_it(page)
    the_next_version_names_it(page)


def closed_at_once(page: Page) -> None:
    go(page, "Levée et clôture")
    page.get_by_label("Qui décide la levée").fill("Direction (pilote), Claire Vidal")
    page.get_by_label("Pourquoi maintenant").fill("Fausse alerte.")
    page.get_by_role("button", name="Prononcer la levée").click()
    page.get_by_label("Pourquoi clore quand même").fill("Rien n’a été engagé.")
    page.get_by_role("button", name="Clore et sceller le journal").click()
    expect(page.get_by_role("heading", name="Le sceau du journal")).to_be_visible()


def to_its_debrief(page: Page) -> None:
    """It is there the second the crisis closes, one press away, and already tells it."""
    main(page).get_by_role("link", name=re.compile("bilan", re.IGNORECASE)).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(main(page)).to_contain_text("sert à apprendre")
    expect(main(page)).to_contain_text("Fausse alerte.")
    expect(page.locator("main svg[role=img]").first).to_be_visible()
    accessible(page, "debrief just opened")


def a_meeting_was_held(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Dire qu’il a eu lieu.*retour à chaud")).click()
    page.get_by_label("Tenu le").fill(clock.today(clock.PARIS).isoformat())
    page.get_by_label("Animé par").fill("Luc Fabre")
    page.get_by_label("Participants").fill("Claire Vidal, direction\nNadia Benali, journal")
    page.get_by_role("button", name="Enregistrer ce retour").click()
    expect(main(page)).to_contain_text("2 participants")


def a_weak_point_is_noted(page: Page) -> None:
    page.get_by_role("link", name="Noter un point faible").first.click()
    expect(page.get_by_label("Point faible")).to_be_checked()
    page.get_by_label("Ce qui a été dit").fill(WEAK)
    page.get_by_label("Entrées du journal").fill("1, 999")
    page.locator("select[name=place]").select_option(label="Chaîne d’alerte et de déclenchement")
    page.get_by_role("button", name="Noter ce constat").click()
    expect(page.get_by_role("alert").first).to_contain_text("999")
    expect(page.get_by_label("Ce qui a été dit")).to_have_value(WEAK)
    accessible(page, "finding refused")
    page.get_by_label("Entrées du journal").fill("1")
    page.get_by_role("button", name="Noter ce constat").click()
    point = page.locator("#constat-1")
    expect(point).to_contain_text(WEAK)
    point.get_by_role("link", name="Modifier").click()
    page.get_by_label("Texte validé").fill(AGREED)
    page.get_by_role("button", name=re.compile("Enregistrer")).click()
    expect(page.locator("#constat-1")).to_contain_text(AGREED)
    expect(page.locator("#constat-1")).to_contain_text(WEAK)


def validation_is_refused_until_it_is_decided(page: Page) -> None:
    expect(page.get_by_role("link", name="Valider le bilan")).to_have_count(0)
    page.goto(f"{page.url.partition('#')[0]}/validation")
    expect(page.get_by_role("button", name="Valider le bilan")).to_have_count(0)
    page.get_by_role("link", name=re.compile(r"Point faible n°\s1")).click()
    accessible(page, "deciding")
    page.get_by_label("Ce qui sera fait").fill(TO_DO)
    page.get_by_label("Responsable").select_option(label="Claire Vidal")
    page.get_by_role("button", name="Décider de cette amélioration").click()
    expect(page.locator("#constat-1")).to_contain_text(TO_DO)


def validated(page: Page) -> None:
    page.get_by_role("link", name="Valider le bilan").click()
    accessible(page, "before validation")
    page.get_by_role("button", name="Valider le bilan").click()
    expect(main(page)).to_contain_text("Validé")
    expect(main(page)).to_contain_text(AGREED)
    expect(page.locator("main svg[role=img]").first).to_be_visible()
    accessible(page, "validated debrief")
    paper = words(page, page.get_by_role("link", name=re.compile("PDF")).first.get_attribute("href"))
    assert AGREED in paper
    assert TO_DO in paper


def the_ars_reads_it_once_it_is_shared(page: Page, ars: Page, address: str) -> None:
    assert ars.goto(address).status == 404  # type: ignore[union-attr]
    page.get_by_role("link", name=re.compile("[Pp]artage")).click()
    page.get_by_label(re.compile("ARS")).check()
    page.get_by_role("button", name="Enregistrer le partage").click()
    assert ars.goto(address).status == 200  # type: ignore[union-attr]
    expect(main(ars)).to_contain_text(AGREED)
    accessible(ars, "debrief read by the ARS")


def the_section_shows_it_and_answers_it(page: Page) -> None:
    page.goto(f"{UZEGE}/plan/pilotage/alerte/modifier")
    expect(main(page)).to_contain_text(TO_DO)
    page.get_by_label(re.compile("second numéro d’alerte")).check()
    page.get_by_role("button", name="Enregistrer la rubrique").click()
    expect(page.get_by_role("alert").first).to_contain_text("Rien n’a changé")
    expect(page.get_by_label(re.compile("second numéro d’alerte"))).to_be_checked()
    text = page.get_by_label("Texte de la rubrique")
    text.fill(f"{text.input_value()}\n\nSecond numéro d’alerte : celui du suppléant, jour et nuit.")
    accessible(page, "section with an improvement")
    page.get_by_role("button", name="Enregistrer la rubrique").click()
    expect(page.locator("[data-flash=success]")).to_contain_text("est enregistrée")


def the_next_version_names_it(page: Page) -> None:
    page.goto(f"{UZEGE}/versions/publier")
    expect(main(page)).to_contain_text(TO_DO)
    page.get_by_label("Pourquoi cette version").fill("Leçons de la dernière crise.")
    page.get_by_role("button", name=re.compile("Publier la version")).click()
    expect(page.locator("[data-flash=success]")).to_contain_text("les deux PDF sont prêts")
    paper = words(page, f"{UZEGE}/versions/courante.pdf")
    assert "Améliorations auxquelles cette version répond" in paper
    assert TO_DO in paper
    page.goto(f"{UZEGE}/ameliorations/")
    line = page.get_by_role("row").filter(has_text=TO_DO)
    expect(line).to_contain_text("Réalisée")
    expect(line).to_contain_text("Version 3")
    accessible(page, "improvements")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_member_of_the_cell_notes_a_strong_point_on_a_telephone(open_as: OpenAs, javascript: bool) -> None:
    page = open_as(CELL_MEMBER, width=TELEPHONE, javascript=javascript)
    page.goto(f"{UZEGE}/bilans/")
    page.get_by_role("link", name=re.compile("Laboratoires fermés")).click()
    page.get_by_role("link", name="Noter un point fort").first.click()
    said = f"Le tableau des laboratoires a servi ({javascript})."
    page.get_by_label("Ce qui a été dit").fill(said)
    page.get_by_role("button", name="Noter ce constat").click()
    expect(main(page)).to_contain_text(said)
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def go(page: Page, room: str) -> None:
    page.get_by_role("navigation", name="Salle de crise").get_by_role("link", name=room, exact=True).click()
