"""A whole crisis, played by three people at once in three browsers; and its essentials where scripts do not work."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, expect

from tests.journeys.cell import (
    TITLE,
    Cell,
    accessible,
    entry_of,
    go,
    last_of,
    press,
    text,
)
from tests.journeys.cell_at_the_end import (
    handed_over,
    nothing_can_be_written,
    report_is_issued,
    sealed,
    stood_down_and_closed,
)
from tests.journeys.cell_at_work import (
    cell_is_written_to,
    facts_are_recorded,
    level_is_changed,
    member_notes_a_need_and_hands_out,
    member_takes_a_function_and_ticks,
    next_point_is_set,
    time_and_actions,
)
from tests.journeys.conftest import CELL_MEMBER, COORDINATOR, REFERENT, TELEPHONE, UZEGE
from tests.journeys.loggist_at_work import loggist_corrects_and_marks, loggist_writes_ten_entries
from tests.journeys.test_opening_a_crisis import MOST_GESTURES, Thumb

OpenAs = Callable[..., Page]

SMALL = 740


def test_a_whole_crisis_is_played_by_three_browsers_at_once(site: Flask, open_as: OpenAs) -> None:
    cell = Cell(open_as(REFERENT), open_as(COORDINATOR), open_as(CELL_MEMBER, width=TELEPHONE))
    cell.member.set_viewport_size({"width": TELEPHONE, "height": SMALL})
    opened_in_four_gestures(cell.referent)
    others_join(cell)
    facts_are_recorded(cell)
    level_is_changed(cell)
    cell_is_written_to(cell)
    next_point_is_set(cell)
    loggist_writes_ten_entries(cell)
    loggist_corrects_and_marks(cell)
    member_takes_a_function_and_ticks(cell)
    member_notes_a_need_and_hands_out(cell)
    time_and_actions(cell)
    report_is_issued(cell)
    handed_over(cell)
    stood_down_and_closed(cell)
    nothing_can_be_written(cell)
    sealed(site, cell.referent)


def opened_in_four_gestures(page: Page) -> None:
    page.goto(f"{UZEGE}/")
    thumb = Thumb()
    thumb.tap(page.locator(".context-act a"))
    thumb.type(page.get_by_label("Que se passe-t-il, en quelques mots"), TITLE)
    thumb.tap(page.get_by_label("Malades, notamment personnes âgées ou enfants"))
    thumb.tap(page.locator("button[name=level]").filter(has_text="Activation partielle"))
    expect(page.locator(".crisis-name")).to_contain_text(TITLE)
    assert thumb.gestures <= MOST_GESTURES
    accessible(page, "room just opened")


def others_join(cell: Cell) -> None:
    """By the banner that is on each of their pages."""
    cell.loggist.goto(f"{UZEGE}/")
    press(cell.loggist, f"Aller à la salle de crise : {TITLE}", "Salle de crise")
    press(cell.loggist, "Journal", "Journal de bord")
    cell.member.goto(f"{UZEGE}/")
    cell.member.get_by_role("link", name=f"Aller à la salle de crise : {TITLE}").click()
    accessible(cell.member, "room on a telephone")


def test_the_essentials_of_an_exercise_work_without_javascript(site: Flask, open_as: OpenAs) -> None:
    page = open_as(REFERENT, width=TELEPHONE, javascript=False)
    title = "Panne d’eau à l’EHPAD"
    page.goto(f"{UZEGE}/crises/nouvelle?exercice=1")
    page.get_by_label("Que se passe-t-il, en quelques mots").fill(title)
    page.get_by_label("Altération de l’offre de soins").check()
    page.locator("button[name=level]").filter(has_text="Pré-alerte").click()
    expect(page.locator(".crisis-exercise")).to_be_visible()
    for said in ("L’eau est coupée", "Deux citernes arrivent", "La mairie prévient les familles"):
        text(page).fill(said)
        page.get_by_role("button", name="Noter", exact=True).click()
        expect(entry_of(page, said)).to_be_visible()
    go(page, "Tâches")
    task = page.locator(".task").first
    what = task.locator(".task-text").inner_text().rstrip(" .")
    task.get_by_role("button", name="Faite").click()
    expect(page.locator(".task").filter(has_text=what)).to_contain_text("Faite")
    go(page, "Besoins")
    page.get_by_label("Commune").select_option(label="Collias")
    page.get_by_label("Ce qu’il faut").fill("Bouteilles d’eau")
    page.get_by_role("button", name="Noter ce besoin").click()
    expect(page.locator("#besoins")).to_contain_text("Bouteilles d’eau")
    go(page, "Levée et clôture")
    page.get_by_label("Qui décide la levée").fill("Direction (pilote)")
    page.get_by_label("Pourquoi maintenant").fill("L’eau est revenue.")
    page.get_by_role("button", name="Prononcer la levée").click()
    page.get_by_label("Pourquoi clore quand même").fill("Fin de l’exercice.")
    page.get_by_role("button", name="Clore et sceller le journal").click()
    last = last_of(site, title)
    expect(page.get_by_role("main").locator(".facts")).to_contain_text(last.seal)
    go(page, "Journal")
    for said in ("L’eau est coupée", what, "Bouteilles d’eau", "Journal clos."):
        expect(page.locator("#entrees")).to_contain_text(said)
    expect(page.locator("main form[method=post]")).to_have_count(0)
