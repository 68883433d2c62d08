"""Every form works where scripts do not: an old telephone, a filtering proxy, a page half loaded."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ARS, COORDINATOR, OPERATOR, REFERENT, UZEGE, sign_in

OpenAs = Callable[..., Page]


@dataclass(frozen=True)
class Task:
    """What a person types on a page, and what the next page says then."""

    person: str
    address: str
    button: str
    typed: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    ticked: tuple[str, ...] = ()
    then: str = ""


TASKS = {
    "write a section": Task(
        COORDINATOR,
        f"{UZEGE}/plan/pilotage/journal/modifier",
        "Enregistrer la rubrique",
        typed={"Texte de la rubrique": "Le journal est tenu à la main si le réseau tombe."},
        then="Le journal est tenu à la main si le réseau tombe.",
    ),
    "add a contact": Task(
        COORDINATOR,
        f"{UZEGE}/annuaire/ajouter",
        "Ajouter le contact",
        typed={"Nom": "Pharmacie du Duché", "Téléphone 1": "04 66 22 20 20"},
        chosen={"Type de contact": "Partenaire"},
        ticked=("Un service (mairie, EHPAD, SAMU…)",),
        then="04 66 22 20 20",
    ),
    "add to the stock": Task(
        COORDINATOR,
        f"{UZEGE}/stock/ajouter",
        "Ajouter l’article",
        typed={"Désignation": "Couvertures de survie", "Quantité": "1 200"},
        then="1 200",
    ),
    "add a function to the crisis cell": Task(
        COORDINATOR,
        f"{UZEGE}/cellule/fonctions/ajouter",
        "Ajouter la fonction",
        typed={"Nom de la fonction": "Accueil des renforts"},
        then="Accueil des renforts",
    ),
    "invite someone": Task(
        REFERENT,
        f"{UZEGE}/acces/inviter",
        "Envoyer l’invitation",
        typed={"Nom": "Sofia Blanc", "Adresse e-mail": "sofia.blanc@exemple.fr"},
        ticked=("Adhérent",),
        then="sofia.blanc@exemple.fr",
    ),
    "change the parameters": Task(
        COORDINATOR,
        f"{UZEGE}/parametres/modifier",
        "Enregistrer l’identité",
        typed={"Présidente ou président": "Dr Jeanne Rouvière-Mas"},
        then="Dr Jeanne Rouvière-Mas",
    ),
    "find a CPTS of the region": Task(
        ARS, "/region/", "Chercher", typed={"Chercher": "sommieres"}, then="CPTS Vallée du Vidourle"
    ),
    "find a CPTS of the installation": Task(
        OPERATOR, "/installation/", "Chercher", typed={"Chercher une CPTS": "vidourle"}, then="CPTS Vallée du Vidourle"
    ),
    "show a provisional version": Task(
        COORDINATOR,
        f"{UZEGE}/versions/provisoire",
        "Montrer la version provisoire",
        typed={"Ce que vous demandez aux lecteurs": "Votre avis sur les circuits."},
        then="Votre avis sur les circuits.",
    ),
}


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS.keys())
def test_a_form_is_sent_without_any_script(open_as: OpenAs, task: Task) -> None:
    page = open_as(task.person, javascript=False)
    page.goto(task.address)
    for label, choice in task.chosen.items():
        page.get_by_label(label, exact=True).select_option(label=choice)
    for label in task.ticked:
        page.get_by_label(label, exact=False).first.check()
    for label, words in task.typed.items():
        field_named(page, label).fill(words)
    page.locator("main").get_by_role("button", name=task.button).first.click()
    expect(page.locator("main .error-summary")).to_have_count(0)
    expect(page.locator("main").get_by_text(task.then).first).to_be_visible()


def field_named(page: Page, label: str):
    """The field with this label, whatever « facultatif » follows it."""
    return page.get_by_label(re.compile(rf"^{re.escape(label)}(\s*\(facultatif\))?$")).first


def test_a_person_signs_in_reads_their_account_and_signs_out_without_any_script(open_as: OpenAs) -> None:
    page = open_as(javascript=False)
    sign_in(page, COORDINATOR)
    page.locator("details.account summary").click()
    page.get_by_role("link", name="Mon compte").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.locator("details.account summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
    page.goto(f"{UZEGE}/annuaire/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")


def test_a_referent_is_appointed_without_any_script(open_as: OpenAs) -> None:
    page = open_as(COORDINATOR, javascript=False)
    page.goto(f"{UZEGE}/referents/ajouter")
    page.get_by_label("Chercher dans l’annuaire").fill("infirmier")
    page.get_by_role("button", name="Chercher").click()
    proposed = page.locator("#contact-choices .choice").nth(2)
    name = proposed.locator("label").inner_text().split(" – ")[0]
    proposed.locator("input").check()
    page.get_by_label("Suppléant", exact=False).first.check()
    page.get_by_label("Premier jour").fill("2020-01-01")
    page.get_by_label("Dernier jour").fill("2020-06-30")
    page.get_by_role("button", name="Désigner cette personne").click()
    expect(page.locator("main .error-summary")).to_have_count(0)
    expect(page.locator("main").get_by_text(name).first).to_be_visible()
