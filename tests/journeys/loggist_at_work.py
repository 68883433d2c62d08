"""The loggist of the whole crisis, by keyboard only: ten entries, a late one, a correction, a mark."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.journeys.cell import (
    Cell,
    accessible,
    entry_of,
    in_paris,
    press,
    seen,
    skip_to_content,
    text,
    typing_meanwhile,
)
from tests.journeys.test_keyboard import tab_to

OpenAs = Callable[..., Page]


LINES = {
    "?La mairie de Collias demande un médecin au gymnase": "Demande reçue",
    "*L’ARS veut un point toutes les deux heures": "Consigne reçue",
    "+Deux infirmières partent au gymnase": "Action engagée",
    "=Gymnase ouvert": "Action faite",
    "#Il manque des couvertures": "Besoin ou moyen",
    "@Le SAMU est prévenu": "Message envoyé",
    "$Arrêté municipal reçu": "Document émis",
    "Deux hameaux sont coupés du monde": "Information",
}
"""What the loggist types, the key of the kind first; the decision and the late fact have their own steps."""


def loggist_writes_ten_entries(cell: Cell) -> None:
    """By the keyboard alone: each kind by its key, Enter sends, and the field is never left."""
    loggist, keyboard = cell.loggist, cell.loggist.keyboard
    tab_to(loggist, "Que se passe-t-il", "textarea")
    with typing_meanwhile(text(cell.referent), text(cell.member)):
        for typed, kind in LINES.items():
            keyboard.type(typed)
            keyboard.press("Enter")
            expect(entry_of(loggist, typed.lstrip("?*+=#@$")).locator(".entry-kind")).to_have_text(kind)
            expect(text(loggist)).to_be_focused()
            expect(text(loggist)).to_have_value("")
        keyboard.type("!Doubler les tournées des infirmiers")
        tab_to(loggist, "Raison de la décision", "textarea")
        keyboard.type("Onze personnes n’ont plus de passage à domicile.")
        tab_to(loggist, "Noter", "button")
        keyboard.press("Enter")
        expect(entry_of(loggist, "Doubler les tournées")).to_contain_text("Onze personnes")
        late_fact(loggist)
        for words in (
            "Arrêté municipal reçu",
            "Onze personnes n’ont plus de passage",
            "saisie tardive : téléphone coupé",
        ):
            seen(words, cell.referent, cell.member)


def late_fact(loggist: Page) -> None:
    """A fact of 40 minutes ago, whose reason Alt and R open."""
    keyboard = loggist.keyboard
    text(loggist).focus()
    keyboard.type("La crue a passé le pont")
    keyboard.press("Alt+r")
    expect(loggist.get_by_label("Pourquoi noter ce fait maintenant")).to_be_focused()
    keyboard.type("téléphone coupé")
    while loggist.evaluate("document.activeElement.id") != "entree-jour":
        keyboard.press("Shift+Tab")
    tab_to(loggist, "Heure du fait", "input")
    keyboard.type(f"{in_paris(-timedelta(minutes=40)):%H%M}")
    keyboard.press("Enter")
    expect(entry_of(loggist, "La crue a passé le pont")).to_contain_text("saisie tardive")


def loggist_corrects_and_marks(cell: Cell) -> None:
    """By the keyboard alone too: what was wrong stays readable, on every screen at once."""
    loggist, keyboard = cell.loggist, cell.loggist.keyboard
    entry = entry_of(loggist, "Deux hameaux").locator(".entry-number").inner_text()
    name = " ".join(entry.removeprefix("Entrée").split())
    with typing_meanwhile(text(cell.referent), text(cell.member)):
        press(loggist, f"Entrée {name}", f"Entrée {name}")
        skip_to_content(loggist)
        press(loggist, "Corriger", f"Corriger l’entrée {name}")
        skip_to_content(loggist)
        tab_to(loggist, "Texte corrigé")
        keyboard.press("ControlOrMeta+a")
        keyboard.type("Trois hameaux sont coupés du monde")
        tab_to(loggist, "Pourquoi cette correction")
        keyboard.type("chiffre mal entendu au téléphone")
        press(loggist, "Noter la correction", re.compile(r"Entrée n°\s\d+"))
        for page in (cell.referent, cell.member):
            seen("Trois hameaux sont coupés du monde", page)
            expect(page.locator(".entry.is-corrected")).to_contain_text("Deux hameaux sont coupés du monde")
    skip_to_content(loggist)
    tab_to(loggist, "Pourquoi y revenir")
    keyboard.type("à reprendre au retour à chaud")
    tab_to(loggist, "Marquer à revoir")
    keyboard.press("Enter")
    expect(loggist.get_by_role("main")).to_contain_text("Marquée par Nadia Benali")
    accessible(loggist, "an entry to look at again")
    press(loggist, "Journal", "Journal de bord")
    expect(loggist.locator("#entrees .entry").first).to_contain_text("À revoir")
    accessible(loggist, "log")
    accessible(cell.referent, "room busy")
    accessible(cell.member, "room busy on a telephone")
