"""A sheet of paper, copied line by line."""

from __future__ import annotations

from typing import Any

from crisis_plan import clock
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook import queries
from crisis_plan.pilotage.logbook.rules import Part
from tests.browser import Browser, Page


def lines(*rows: tuple[str, str], **more: Any) -> dict[str, Any]:
    typed: dict[str, Any] = {"day": "20/11/2026", "late_reason": "tenue sur papier", **more}
    for rank, (hour, text) in enumerate(rows):
        typed |= {f"rows-{rank}-time": hour, f"rows-{rank}-text": text}
    return typed


def copy(browser: Browser, crisis: Crisis, typed: dict[str, Any]) -> tuple[Page, Page]:
    page = browser.get("cpts.logbook.sheet", crisis_id=crisis.id)
    return page, browser.submit(page, "main form", typed)


def noted(crisis: Crisis) -> list[str]:
    return [one.said.text for one in queries.whole(crisis, Part.MAIN)]


def test_each_line_becomes_an_entry_in_the_order_of_the_sheet(cpts: Cpts, crisis: Crisis, cell_member: Browser) -> None:
    _, answer = copy(
        cell_member, crisis,
        lines(("14h30", "Appel de la mairie"), ("", ""), ("1412", "Feu au nord"), **{
            "rows-0-kind": "request", "rows-0-origin": "Mairie", "rows-0-written_by": "Dr Roux",
        }),
    )  # fmt: skip
    assert answer.status == 303
    assert "2 lignes notées dans le journal." in answer.follow().text
    first, second = queries.whole(crisis, Part.MAIN)
    assert (first.said.text, first.kind.label, first.said.origin) == ("Appel de la mairie", "Demande reçue", "Mairie")
    assert f"{clock.local(first.happened_at, cpts):%d/%m/%Y %H:%M}" == "20/11/2026 14:30"
    assert (first.said.late_reason, second.said.late_reason) == ("tenue sur papier par Dr Roux", "tenue sur papier")
    assert (second.said.text, f"{clock.local(second.happened_at, cpts):%H:%M}") == ("Feu au nord", "14:12")


def test_sent_twice_it_is_noted_once(crisis: Crisis, cell_member: Browser) -> None:
    typed = lines(("10:00", "Un"), ("10:05", "Deux"))
    page, _ = copy(cell_member, crisis, typed)
    assert cell_member.submit(page, "main form", typed).status == 303
    assert noted(crisis) == ["Un", "Deux"]


def test_a_line_that_lacks_something_stays_and_the_others_are_noted(crisis: Crisis, cell_member: Browser) -> None:
    _, answer = copy(cell_member, crisis, lines(("10:00", "Un"), ("25:00", "Deux"), ("", "Trois"), ("11:00", "Quatre")))
    assert answer.status == 200
    assert noted(crisis) == ["Un", "Quatre"]
    assert "2 lignes notées dans le journal." in answer.text
    kept = [one["value"] for one in answer.html.select("[name$='-text'][value]") if one["value"]]
    assert kept == ["Deux", "Trois"]
    assert answer.html.select_one("[name=rows-0-time]")["value"] == "25:00"
    assert answer.texts("#rows-1-time-error") == ["Écrivez l’heure de cette ligne."]
    mended = cell_member.submit(answer, "main form", {"rows-0-time": "10:20", "rows-1-time": "10:40"})
    assert mended.status == 303
    assert noted(crisis) == ["Un", "Quatre", "Deux", "Trois"]


def test_a_sheet_without_a_reason_or_a_day_notes_nothing(crisis: Crisis, cell_member: Browser) -> None:
    _, answer = copy(cell_member, crisis, lines(("10:00", "Un"), day="", late_reason=" "))
    assert answer.status == 422
    assert len(answer.texts(".error-summary li")) == 2
    assert answer.html.select_one("[name=rows-0-text]")["value"] == "Un"
    assert noted(crisis) == []


def test_an_empty_sheet_says_what_to_fill(crisis: Crisis, cell_member: Browser) -> None:
    _, answer = copy(cell_member, crisis, lines())
    assert answer.status == 422
    assert "Aucune ligne n’est remplie" in answer.text


def test_a_line_of_the_future_stays(crisis: Crisis, cell_member: Browser) -> None:
    _, answer = copy(cell_member, crisis, lines(("10:00", "Demain"), day="01/01/2200"))
    assert answer.status == 422
    assert answer.texts("#rows-0-time-error") == ["Cette heure est dans l’avenir : le journal note ce qui est arrivé."]


def test_lines_are_added_without_losing_what_is_typed(crisis: Crisis, cell_member: Browser) -> None:
    _, answer = copy(cell_member, crisis, lines(("10:00", "Un"), ajouter="1"))
    assert (answer.status, len(answer.html.select("tbody tr"))) == (200, 20)
    assert answer.html.select_one("[name=rows-0-text]")["value"] == "Un"
    assert noted(crisis) == []


def test_a_line_that_names_someone_is_asked_about_once(crisis: Crisis, cell_member: Browser) -> None:
    _, answer = copy(cell_member, crisis, lines(("10:00", "Mme Durand née le 12/03/1948"), ("10:05", "Pont coupé")))
    assert noted(crisis) == ["Pont coupé"]
    assert cell_member.submit(answer, "main form", {"is_nobody": "y"}).status == 303
    assert noted(crisis) == ["Pont coupé", "Mme Durand née le 12/03/1948"]
