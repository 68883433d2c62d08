"""A whole crisis, played by three people at once in three browsers; and its essentials where scripts do not work."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from crisis_plan import clock
from tests.journeys.cell import (
    AT_ONCE,
    Cell,
    accessible,
    entry_of,
    go,
    last_of,
    mails_about,
    press,
    seen,
    skip_to_content,
    text,
    typing_meanwhile,
)
from tests.journeys.conftest import CELL_MEMBER, COORDINATOR, REFERENT, TELEPHONE, UZEGE
from tests.journeys.test_keyboard import tab_to
from tests.journeys.test_opening_a_crisis import MOST_GESTURES, Thumb

OpenAs = Callable[..., Page]
TITLE = "Épisode cévenol sur l’Uzège"
SMALL = 740
"""The height of the telephone of the cell member, 360 px wide."""
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
ACT = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


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


def facts_are_recorded(cell: Cell) -> None:
    """The request, then the recognition with the act that says it."""
    page = cell.referent
    with typing_meanwhile(text(cell.loggist), text(cell.member)):
        page.get_by_role("link", name="Consigner : CPTS sollicitée").click()
        page.get_by_label("Autorité").fill("ARS Occitanie")
        page.get_by_label("Ce qui est demandé").fill("Voir les personnes accueillies au gymnase.")
        page.get_by_role("button", name="Consigner").click()
        expect(page.get_by_role("main")).to_contain_text("C’est consigné")
        expect(cell.member.locator("#trois-faits")).to_contain_text("ARS Occitanie", timeout=AT_ONCE)
        seen("CPTS sollicitée", cell.loggist)
    with typing_meanwhile(text(cell.loggist), text(cell.member)):
        page.get_by_role("link", name="Consigner : Crise sanitaire grave reconnue").click()
        page.get_by_label("Autorité").fill("Préfet du Gard")
        act = {"name": "arrete.pdf", "mimeType": "application/pdf", "buffer": ACT}
        page.get_by_label("Document").set_input_files(act)
        page.get_by_role("button", name="Consigner").click()
        expect(page.get_by_role("main")).to_contain_text("Préfet du Gard")
        expect(cell.member.locator("#trois-faits")).to_contain_text("Préfet du Gard", timeout=AT_ONCE)
        seen("arrete.pdf", cell.loggist)


def level_is_changed(cell: Cell) -> None:
    page = cell.referent
    go(page, "Salle de crise")
    with typing_meanwhile(text(cell.loggist), text(cell.member)):
        page.get_by_role("link", name="Changer de niveau").click()
        page.get_by_label("Activation totale").check()
        page.get_by_label("Pourquoi").fill("Le préfet reconnaît la crise.")
        page.get_by_label("Décidé par").fill("Direction (pilote), Claire Vidal")
        page.get_by_role("button", name="Changer de niveau").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Fiches actions de ce niveau")
        expect(cell.member.locator("#niveaux")).to_contain_text("Activation totale", timeout=AT_ONCE)
        seen("Activation partielle → Activation totale", cell.loggist)


def cell_is_written_to(cell: Cell) -> None:
    """From a prepared message, which does not leave before its hour is written."""
    page = cell.referent
    go(page, "Messages")
    accessible(page, "no message yet")
    with typing_meanwhile(text(cell.loggist), text(cell.member)):
        page.get_by_role("main").get_by_role("link", name="Écrire un message").first.click()
        page.get_by_role("link", name="Réunir la cellule de crise").click()
        page.get_by_role("button", name="Envoyer par courriel").click()
        expect(page.get_by_role("alert")).to_contain_text("Il reste à écrire : [heure]")
        accessible(page, "message to complete")
        written = page.get_by_label("Texte du courriel")
        written.fill(written.input_value().replace("[heure]", "18 h"))
        page.get_by_role("button", name="Envoyer par courriel").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Message n° 1")
        seen("Message n° 1", cell.loggist, cell.member)
    accessible(page, "message sent")


def next_point_is_set(cell: Cell) -> None:
    page, point = cell.referent, in_paris(timedelta(hours=2))
    go(page, "Salle de crise")
    with typing_meanwhile(text(cell.loggist), text(cell.member)):
        page.get_by_role("link", name="Fixer le prochain point").click()
        page.get_by_label("Prochain point").fill(f"{point:%Y-%m-%dT%H:%M}")
        page.get_by_role("button", name="Fixer le prochain point").click()
        expect(cell.member.locator("#cadre")).to_contain_text(f"{point:%d/%m/%Y à %H:%M}", timeout=AT_ONCE)
        seen("Prochain point fixé", cell.loggist)


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


def member_takes_a_function_and_ticks(cell: Cell) -> None:
    member = cell.member
    go(member, "Fonctions")
    accessible(member, "functions")
    with typing_meanwhile(text(cell.referent), text(cell.loggist)):
        member.get_by_role("button", name="Je prends cette fonction : Soins et continuité").click()
        expect(member.locator(".function").filter(has_text="Soins et continuité")).to_contain_text("C’est vous.")
        expect(cell.referent.locator("#fonctions")).to_contain_text("Luc Fabre", timeout=AT_ONCE)
        seen("Soins et continuité. Luc Fabre", cell.loggist)
    go(member, "Tâches")
    accessible(member, "tasks")
    go(member, "Salle de crise")
    with typing_meanwhile(text(cell.referent), text(cell.loggist), text(member)):
        mine = member.locator("#taches .task")
        ticked = [mine.nth(rank).locator(".task-text").inner_text() for rank in range(2)]
        for task in ticked:
            mine.filter(has_text=task).get_by_role("button", name="Faite").click()
            expect(mine.filter(has_text=task)).to_have_count(0)
        for task in ticked:
            seen(f"Faite : {task.rstrip(' .')}", cell.referent, cell.loggist)
        text(member).focus()


def member_notes_a_need_and_hands_out(cell: Cell) -> None:
    """Meanwhile the referent is writing a need too, on the same page."""
    member = cell.member
    go(member, "Besoins")
    go(cell.referent, "Besoins")
    accessible(cell.referent, "no need yet")
    with typing_meanwhile(cell.referent.get_by_label("Ce qu’il faut"), text(cell.loggist)):
        member.get_by_label("Commune").select_option(label="Collias")
        member.get_by_label("Ce qu’il faut").fill("Oxygène pour la nuit")
        member.get_by_text("Préciser :").click()
        member.get_by_label("Combien de personnes").fill("6")
        member.get_by_role("button", name="Noter ce besoin").click()
        expect(cell.referent.locator("#besoins")).to_contain_text("Oxygène pour la nuit", timeout=AT_ONCE)
        seen("Oxygène pour la nuit", cell.loggist)
    accessible(member, "needs")
    go(member, "Matériel")
    with typing_meanwhile(cell.referent.get_by_label("Ce qu’il faut"), text(cell.loggist)):
        member.get_by_label("Remis à, où").fill("Gymnase de Collias")
        member.get_by_role("table").get_by_role("textbox").first.fill("2")
        member.get_by_role("button", name="Noter la sortie").click()
        expect(member.get_by_role("main")).to_contain_text("Gymnase de Collias")
        seen("Gymnase de Collias", cell.loggist)
    accessible(member, "stock handed out")


def time_and_actions(cell: Cell) -> None:
    referent, member = cell.referent, cell.member
    for page in (referent, member):
        go(page, "Temps et actions")
    with typing_meanwhile(text(cell.loggist)):
        member.get_by_role("button", name="Je commence").click()
        expect(member.get_by_role("button", name="Je termine")).to_be_visible()
        expect(referent.locator("#temps-et-actions")).to_contain_text("Luc Fabre", timeout=AT_ONCE)
        seen("Commence à travailler pour la crise : Luc Fabre", cell.loggist)
        referent.get_by_role("link", name="Noter une action").click()
        referent.get_by_label("Fiche action du plan").select_option(label="Malades nombreux, surtout âgés ou enfants")
        referent.get_by_label("Hors annuaire").fill("Rose Exemple, Infirmière")
        referent.get_by_role("button", name="Noter cette action").click()
        expect(member.locator("#temps-et-actions")).to_contain_text("Rose Exemple", timeout=AT_ONCE)
        seen("Rose Exemple", cell.loggist)
    accessible(member, "time and actions")


def report_is_issued(cell: Cell) -> None:
    page = cell.referent
    go(page, "Points de situation")
    go(cell.member, "Salle de crise")
    accessible(page, "no report yet")
    with typing_meanwhile(text(cell.loggist), text(cell.member)):
        page.get_by_role("button", name="Préparer le prochain point").click()
        expect(page.get_by_label("Besoins par commune")).to_have_value(re.compile("Oxygène pour la nuit"))
        accessible(page, "draft of a report")
        page.get_by_label("Évolution attendue").fill("La décrue est attendue demain matin.")
        page.get_by_role("button", name="Relire avant d’émettre").click()
        accessible(page, "report to read again")
        page.get_by_role("button", name="Émettre ce point").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Point de situation n° 1")
        seen("Point de situation n° 1", cell.loggist, cell.member)
    accessible(page, "report issued")
    assert "La décrue est attendue demain matin." in words(
        page, page.get_by_role("link", name="PDF émis").get_attribute("href")
    )


def handed_over(cell: Cell) -> None:
    page = cell.referent
    go(page, "Points de situation")
    paper = words(page, page.get_by_role("link", name="L’imprimer (PDF)").get_attribute("href"))
    assert "Oxygène pour la nuit" in paper
    assert "Luc Fabre" in paper
    page.get_by_role("link", name="Lire la feuille de passation").click()
    accessible(page, "handover sheet")


def stood_down_and_closed(cell: Cell) -> None:
    page = cell.referent
    go(page, "Levée et clôture")
    accessible(page, "before the stand-down")
    with typing_meanwhile(text(cell.loggist), text(cell.member)):
        page.get_by_label("Qui décide la levée").fill("Direction (pilote), Claire Vidal")
        page.get_by_label("Pourquoi maintenant").fill("L’eau est redescendue.")
        page.get_by_role("button", name="Prononcer la levée").click()
        expect(page.get_by_role("main")).to_contain_text("Levée prononcée le")
        seen("Levée prononcée.", cell.loggist, cell.member)
    accessible(page, "before closing")
    expect(page.get_by_role("main")).to_contain_text("tâches ouvertes sans un mot")
    page.get_by_role("button", name="Clore et sceller le journal").click()
    expect(page.get_by_role("main")).to_contain_text("dites pourquoi vous closez quand même")
    accessible(page, "closing refused")
    with typing_meanwhile(text(cell.loggist), text(cell.member)):
        page.get_by_label("Pourquoi clore quand même").fill("Les tâches qui restent n’ont plus d’objet.")
        page.get_by_role("button", name="Clore et sceller le journal").click()
        expect(page.get_by_role("heading", name="Le sceau du journal")).to_be_visible()
        seen("Journal clos.", cell.loggist, cell.member)
    accessible(page, "closed")


def nothing_can_be_written(cell: Cell) -> None:
    """Everyone is told; once a page is opened again, everything is only read."""
    for page in (cell.loggist, cell.member):
        expect(page.locator("#suivi")).to_contain_text("ne change plus", timeout=AT_ONCE)
    page = cell.member
    for link in page.get_by_role("navigation", name="Salle de crise").get_by_role("link").all_inner_texts():
        go(page, link)
        expect(page.locator("main form[method=post]")).to_have_count(0)
        expect(page.locator("[data-live]")).to_have_count(0)
    go(page, "Salle de crise")
    accessible(page, "closed room on a telephone")
    press(cell.loggist, "Salle de crise", "Salle de crise")
    accessible(cell.loggist, "closed room")
    press(cell.loggist, "Journal", "Journal de bord")
    accessible(cell.loggist, "closed log")


def sealed(site: Flask, page: Page) -> None:
    """The last number and its seal: on each page of the PDF, in the spreadsheet, in the mails, and read again."""
    last = last_of(site, TITLE)
    facts = page.get_by_role("main").locator(".facts")
    expect(facts).to_contain_text(last.name)
    expect(facts).to_contain_text(last.seal)
    for sheet in pdf(page, page.get_by_role("link", name="Journal (PDF)").get_attribute("href")).pages:
        printed = "".join(sheet.extract_text().split())
        assert last.seal in printed
        assert f"n°{last.number}–sceau" in printed
    answer = page.request.get(page.get_by_role("link", name="Journal (CSV").get_attribute("href") or "")
    *_, line = csv.reader(io.StringIO(answer.body().decode("utf-8-sig")), delimiter=";")
    assert (line[1], line[-1]) == (str(last.number), last.seal)
    told = [mail for mail in mails_about(site, "Journal clos") if TITLE in mail.body]
    assert {mail.recipient for mail in told} == {REFERENT, COORDINATOR}
    assert all(last.seal in mail.body for mail in told)
    arguments = ["verify-logbooks", "--crisis", str(last.crisis_id), "--expects", f"{last.number}:{last.seal}"]
    with site.app_context():
        found = site.test_cli_runner().invoke(args=arguments)
    assert found.exit_code == 0, found.output
    assert f"intact jusqu’à l’entrée {last.name}, sceau {last.seal}" in found.output


def in_paris(later: timedelta) -> datetime:
    return clock.now().astimezone(ZoneInfo("Europe/Paris")) + later


def pdf(page: Page, address: str | None) -> PdfReader:
    """A paper of the crisis, as this person downloads it."""
    answer = page.request.get(address or "")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.body()))


def words(page: Page, address: str | None) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in pdf(page, address).pages).split())


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
