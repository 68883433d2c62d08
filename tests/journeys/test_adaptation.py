"""A CPTS that has written nothing yet fills the rooms of adaptation: risks, levels, cards, plans of its neighbours."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from crisis_plan import clock
from crisis_plan.access import operations as access
from crisis_plan.access.policy import Role
from crisis_plan.access.queries import account_by_email
from crisis_plan.access.routes import DEMO_PASSWORD
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.levels.rules import PROPOSED
from crisis_plan.db import db
from crisis_plan.organisations import operations as organisations

OpenAs = Callable[..., Page]
WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
PDF = {"name": "plan canicule.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}


@pytest.fixture(scope="module")
def newcomer(site: Flask) -> str:
    """The address of someone who is to be the referent of blank plans."""
    email = f"nouvelle-{uuid4().hex[:8]}@exemple.fr"
    with site.app_context():
        access.open_account(email=email, name="Anne Le Goff", password=DEMO_PASSWORD, at=clock.now())
        db.session.commit()
    return email


@pytest.fixture
def blank(site: Flask, newcomer: str) -> str:
    """Where a CPTS is that has written nothing, far from the region whose readers other journeys follow."""
    slug = f"debut-{uuid4().hex[:8]}"
    with site.app_context():
        at, referent = clock.now(), account_by_email(newcomer)
        assert referent
        identity = organisations.Identity(name="CPTS du Début", region="53", departements=("35",))
        cpts = organisations.create_cpts(slug=slug, identity=identity, by=referent, at=at)
        access.give_role(referent, cpts, Role.REFERENT, by=referent, at=at)
        db.session.commit()
    return f"/cpts/{slug}"


@WITH_AND_WITHOUT
def test_proposed_cards_cover_the_crisis_types(open_as: OpenAs, newcomer: str, blank: str, javascript: bool) -> None:
    page = open_as(newcomer, javascript=javascript)
    page.goto(f"{blank}/fiches-actions/")
    types = page.get_by_role("region", name="Types de crise").locator("tbody tr")
    expect(types.filter(has_text="À traiter")).to_have_count(len(CrisisType))
    page.get_by_role("link", name="Voir les fiches proposées").click()
    for draft in page.locator("main form .choice input").all():
        draft.check()
    page.get_by_role("button", name="Prendre ces fiches").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fiches actions")
    expect(types).to_have_count(len(CrisisType))
    for rank in range(len(CrisisType)):
        expect(types.nth(rank)).to_contain_text("Couvert")
        expect(types.nth(rank).get_by_role("link", name=re.compile("^Fiche [1-6]"))).to_have_count(1)
    expect(page.get_by_role("region", name="Fiches actions").locator("tbody tr")).to_have_count(6)


@WITH_AND_WITHOUT
def test_a_judged_risk_stands_in_the_matrix_and_in_its_table(
    open_as: OpenAs, newcomer: str, blank: str, javascript: bool
) -> None:
    page = open_as(newcomer, javascript=javascript)
    page.goto(f"{blank}/risques/")
    page.get_by_role("button", name="Prendre la liste de la commission paritaire régionale").click()
    expect(page.locator(".risk-matrix")).to_have_count(0)
    judge(page, "Cyberattaques", likelihood="Probable", severity="Majeure")
    judge(page, "Risques naturels", likelihood="Très probable", severity="Limitée")
    lines = page.get_by_role("region", name="Risques retenus").locator("tbody tr")
    expect(lines.nth(0)).to_have_text(re.compile(r"1\s*Cyberattaques\s*Majeure\s*Probable\s*À préparer d’abord"))
    expect(lines.nth(1)).to_have_text(re.compile(r"2\s*Risques naturels\s*Limitée\s*Très probable\s*À préparer"))
    drawn = page.locator(".risk-matrix")
    expect(drawn.locator(".risk-number")).to_have_text(["1", "2"])
    expect(drawn.locator(".risk-number.first")).to_have_text(["1"])
    first, second = (drawn.locator(".risk-number").nth(rank).bounding_box() for rank in range(2))
    assert first["y"] < second["y"], "the more serious stands higher"
    assert first["x"] < second["x"], "the more likely stands further right"
    expect(page.get_by_role("link", name=re.compile("^Juger"))).to_have_count(6)


def judge(page: Page, risk: str, *, likelihood: str, severity: str) -> None:
    """From the list and back to it."""
    page.get_by_role("link", name=re.compile(f"^Juger.*{risk}")).click()
    for scale, chosen in (("Probabilité", likelihood), ("Gravité", severity)):
        page.get_by_role("group", name=re.compile(scale)).get_by_role("radio", name=re.compile(f"^{chosen}")).check()
    page.get_by_role("button", name="Enregistrer le risque").click()
    expect(page.locator("main .badge").first).to_have_text("Retenu")
    page.get_by_role("link", name="Risques du territoire").click()


@WITH_AND_WITHOUT
def test_the_proposed_ladder_is_taken_moved_and_edited(
    open_as: OpenAs, newcomer: str, blank: str, javascript: bool
) -> None:
    page = open_as(newcomer, javascript=javascript)
    page.goto(f"{blank}/niveaux/")
    page.get_by_role("button", name="Reprendre l’échelle proposée").click()
    levels = page.locator(".stairs strong")
    names = [level.name for level in PROPOSED]
    expect(levels).to_have_text([f"{rank}. {name}" for rank, name in enumerate(names, start=1)])

    page.get_by_role("link", name="Changer l’ordre").click()
    page.get_by_role("button", name=re.compile(f"^Descendre.*{names[1]}")).click()
    names[1], names[2] = names[2], names[1]
    expect(page.locator("main ol.rows li > span")).to_have_text(names)
    page.get_by_role("link", name="Revenir à l’échelle").click()
    expect(levels).to_have_text([f"{rank}. {name}" for rank, name in enumerate(names, start=1)])

    page.get_by_role("link", name=re.compile(f"^Modifier.*{names[0]}")).click()
    page.get_by_label("Nom du niveau").fill("Vigilance")
    page.get_by_label("Un point de situation toutes les…").fill("1 h 30")
    page.get_by_role("button", name="Enregistrer le niveau").click()
    expect(levels.first).to_have_text("1. Vigilance")
    expect(page.locator(".card").first).to_contain_text(re.compile(r"Toutes les 1\sh\s30"))


@WITH_AND_WITHOUT
def test_a_neighbouring_plan_is_kept_with_its_document_and_its_check(
    open_as: OpenAs, newcomer: str, blank: str, javascript: bool
) -> None:
    page = open_as(newcomer, javascript=javascript)
    today = clock.now().date()
    page.goto(f"{blank}/orsan/plans-voisins/")
    page.get_by_role("link", name=re.compile("^Ajouter.*Canicule")).click()
    expect(page.get_by_label("Quel plan")).to_have_value("heatwave")
    page.get_by_label("Nom", exact=True).fill("Plan canicule de l’Exemple")
    page.get_by_label("Vue le").fill((today - timedelta(days=400)).isoformat())
    page.get_by_label("Prochaine vérification").fill((today - timedelta(days=35)).isoformat())
    page.get_by_label(CrisisType.ILL.label).check()
    page.get_by_role("button", name="Ajouter le plan voisin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan canicule de l’Exemple")
    expect(page.locator("main .badge").first).to_have_text("À vérifier")

    page.get_by_role("link", name="Joindre le document").click()
    page.get_by_label("Document").set_input_files(PDF)
    page.get_by_role("button", name="Garder ce document").click()
    kept = page.get_by_role("link", name="plan canicule.pdf")
    with page.expect_download() as offered:
        kept.click()
    assert offered.value.path().read_bytes() == PDF["buffer"]
    page.get_by_role("link", name="Voir les liens avec ORSAN").click()
    served = page.get_by_role("region", name="Types de crise et plans voisins").locator("tbody tr")
    expect(served.nth(CrisisType.ILL.number - 1)).to_contain_text("Plan canicule de l’Exemple")
    expect(served.filter(has_text="Plan canicule de l’Exemple")).to_have_count(1)

    page.goto(f"{blank}/")
    task = page.locator("#tasks li").filter(has_text="plan voisin")
    task.get_by_role("link").click()
    page.get_by_role("link", name="Plan canicule de l’Exemple").click()
    page.get_by_role("link", name="Vu aujourd’hui").click()
    page.get_by_label("Édition vue").fill("Édition 2026")
    page.get_by_role("button", name="Noter qu’il est vu").click()
    expect(page.locator("main .badge").first).to_have_text("À jour")
