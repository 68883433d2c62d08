"""What the ARS finds missing in the version in force, says beside it, and reads the answer to."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ARS, REFERENT, UZEGE

OpenAs = Callable[..., Page]
RUBRIC = "Articulation avec ORSAN et les plans du territoire"
GAP = "Aucun plan canicule recensé."


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_gap_is_found_told_and_answered(open_as: OpenAs, javascript: bool) -> None:
    how = "avec script" if javascript else "sans script"
    remark, answer = f"Le plan canicule de la préfecture manque ({how}).", f"Il sera recensé avant l’été ({how})."
    reader, referent = (open_as(person, javascript=javascript) for person in (ARS, REFERENT))
    find_the_gap(reader)
    tell(reader, remark)
    be_told(referent, remark)
    reply(referent, remark, answer)

    reader.goto("/")
    reader.get_by_role("link", name=re.compile(r"réponses? de la CPTS CPTS Uzège")).click()
    line = reader.get_by_role("region", name="Avis").locator("tbody tr").filter(has_text=remark)
    expect(line).to_contain_text("La CPTS a répondu")
    line.get_by_role("link").click()
    expect(reader.locator("main article").last).to_contain_text(answer)


def find_the_gap(reader: Page) -> None:
    """From the region to the version in force, and to what its ORSAN rubric lacks."""
    reader.goto("/")
    reader.get_by_role("link", name="CPTS Uzège – Pont du Gard", exact=True).click()
    in_force = reader.locator("article").filter(has_text="En vigueur")
    in_force.get_by_role("link", name=re.compile("^Lire à l’écran")).click()
    expect(reader.locator("#orsan")).to_contain_text(RUBRIC)
    gap = reader.locator("#orsan ~ ul").filter(has_text=GAP)
    gap.scroll_into_view_if_needed()
    expect(gap).to_be_visible()


def tell(reader: Page, remark: str) -> None:
    """Leave a remark on the rubric where the gap is."""
    reader.get_by_role("link", name=f"Donner un avis sur « {RUBRIC} »").click()
    expect(reader.get_by_label("Rubrique")).to_have_value("orsan")
    reader.get_by_role("radio", name=re.compile("^Remarque")).check()
    reader.get_by_label("Votre texte").fill(remark)
    reader.get_by_role("button", name="Envoyer l’avis").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(RUBRIC)
    expect(reader.locator("main .badge").first).to_have_text("Attend la CPTS")


def be_told(referent: Page, remark: str) -> None:
    """In « À faire », then beside the form of the rubric."""
    referent.goto(f"{UZEGE}/")
    referent.locator("#tasks li").filter(has_text="une réponse de la CPTS").get_by_role("link").click()
    line = referent.get_by_role("region", name="Avis").locator("tbody tr").filter(has_text=remark)
    line.get_by_role("link").click()
    referent.get_by_role("link", name="Ouvrir la rubrique à modifier").click()
    expect(referent.locator("main .notice").filter(has_text=remark)).to_be_visible()
    referent.goto(f"{UZEGE}/plan/adaptation/orsan/modifier")
    expect(referent.get_by_label("Texte de la rubrique")).to_be_visible()


def reply(referent: Page, remark: str, answer: str) -> None:
    """From beside the form to the conversation, and answer there."""
    waiting = referent.locator("main .notice li").filter(has_text=remark)
    waiting.get_by_role("link", name=re.compile("^Répondre")).click()
    referent.get_by_label("Réponse de la CPTS").fill(answer)
    referent.get_by_role("button", name="Envoyer la réponse").click()
    expect(referent.locator("main article").last).to_contain_text(answer)
    referent.goto(f"{UZEGE}/plan/adaptation/orsan/modifier")
    expect(referent.locator("main").get_by_text(remark)).to_have_count(0)
