"""What the cell does while a crisis lasts, each in a browser of their own: the steps of the whole crisis."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.journeys.cell import (
    AT_ONCE,
    Cell,
    accessible,
    go,
    in_paris,
    seen,
    text,
    typing_meanwhile,
)

OpenAs = Callable[..., Page]


ACT = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


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
