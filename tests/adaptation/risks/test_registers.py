from __future__ import annotations

import sqlalchemy as sa

from crisis_plan.adaptation.risks import chapter, queries, registers
from crisis_plan.adaptation.risks.models import CommuneRegister
from crisis_plan.adaptation.risks.registers import Line
from crisis_plan.db import db
from crisis_plan.document.blocks import Notice, Paragraph, Table, words
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.communes import of_departement
from crisis_plan.organisations.models import Cpts, CptsCommune
from tests.browser import Browser
from tests.factories import NOON, AccountFactory, CptsFactory
from tests.statements import MOST_OF_A_PAGE, counted_statements

UZES, REMOULINS, SERNHAC = "30334", "30212", "30317"
CODES = (UZES, REMOULINS, SERNHAC)


def territory(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    for code in CODES[1:]:
        browser.cpts.communes.append(CptsCommune(code=code))
    db.session.commit()
    return browser.cpts


def tell(cpts: Cpts, **told: str) -> None:
    lines = {code.removeprefix("c"): Line("", text) for code, text in told.items()}
    registers.write(cpts, lines, by=AccountFactory(), at=NOON)
    db.session.commit()


def stored() -> dict[str, str]:
    return {register.commune_code: register.held_by for register in db.session.scalars(sa.select(CommuneRegister))}


def test_each_commune_has_its_line_and_the_answers_are_kept(coordinator: Browser) -> None:
    territory(coordinator)
    page = coordinator.get("cpts.risks.edit_registers")
    assert page.texts("main form .field label")[1:] == ["Remoulins", "Sernhac", "Uzès"]
    page = coordinator.submit(page, fields={f"held_by_{UZES}": "CCAS", f"held_by_{SERNHAC}": "Mairie"}).follow()
    assert stored() == {UZES: "CCAS", SERNHAC: "Mairie"}
    assert page.texts("main tbody td") == ["À demander à la mairie", "Mairie", "CCAS"]
    assert "2 réponses enregistrées" in page.html.get_text().replace("\u00a0", " ")


def test_one_answer_for_all_fills_only_what_is_empty(coordinator: Browser) -> None:
    tell(territory(coordinator), c30334="CCAS")
    page = coordinator.get("cpts.risks.edit_registers")
    coordinator.submit(page, fields={"for_all": "En mairie", f"held_by_{SERNHAC}": "Élu"})
    assert stored() == {UZES: "CCAS", REMOULINS: "En mairie", SERNHAC: "Élu"}


def test_an_emptied_line_is_forgotten_and_history_names_the_communes_that_changed(coordinator: Browser) -> None:
    tell(territory(coordinator), c30334="CCAS", c30212="Mairie")
    page = coordinator.get("cpts.risks.edit_registers")
    coordinator.submit(page, fields={f"held_by_{UZES}": ""})
    assert stored() == {REMOULINS: "Mairie"}
    said = db.session.scalars(sa.select(HistoryEvent.fields).where(HistoryEvent.subject == "commune_register")).all()
    assert sorted(said) == [[REMOULINS, UZES], [UZES]]


def test_sent_without_a_change_nothing_is_recorded(coordinator: Browser) -> None:
    tell(territory(coordinator), c30334="CCAS")
    before = db.session.scalar(sa.select(sa.func.count()).select_from(HistoryEvent))
    assert coordinator.submit(coordinator.get("cpts.risks.edit_registers")).status == 303
    assert coordinator.post("cpts.risks.save_registers").status == 303
    assert stored() == {UZES: "CCAS"}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(HistoryEvent)) == before


def test_two_who_answer_for_different_communes_both_stay(referent: Browser, coordinator: Browser) -> None:
    tell(territory(referent), c30334="CCAS")
    mine, theirs = (one.get("cpts.risks.edit_registers") for one in (referent, coordinator))
    coordinator.submit(theirs, fields={f"held_by_{UZES}": "CCAS, élu la nuit"})
    assert referent.submit(mine, fields={f"held_by_{REMOULINS}": "Mairie"}).status == 303
    assert stored() == {UZES: "CCAS, élu la nuit", REMOULINS: "Mairie"}


def test_two_who_answer_for_the_same_commune_are_shown_both_and_nothing_is_lost(
    referent: Browser, coordinator: Browser
) -> None:
    territory(referent)
    mine, theirs = (one.get("cpts.risks.edit_registers") for one in (referent, coordinator))
    coordinator.submit(theirs, fields={f"held_by_{UZES}": "Leur réponse"})
    refused = referent.submit(mine, fields={f"held_by_{UZES}": "Ma réponse", f"held_by_{SERNHAC}": "Mairie"})
    assert refused.status == 409
    assert refused.texts(".conflict ~ .table-scroll th[scope=row]") == ["Uzès"]
    assert refused.texts(".typed") == ["Ma réponse", "Leur réponse"]
    assert stored() == {UZES: "Leur réponse"}
    assert referent.submit(refused).status == 303
    assert stored() == {UZES: "Ma réponse", SERNHAC: "Mairie"}


def test_a_person_is_asked_about_beside_the_commune_and_all_that_was_typed_is_kept(coordinator: Browser) -> None:
    territory(coordinator)
    typed = {f"held_by_{UZES}": "Mme Martin 1 38 05 30 189 123 45", f"held_by_{SERNHAC}": "Mairie"}
    page = coordinator.submit(coordinator.get("cpts.risks.edit_registers"), fields=typed)
    assert page.status == 422
    assert "numéro de sécurité sociale" in page.texts(f"#held_by_{UZES}-error")[0]
    assert page.html.select_one(f"#held_by_{SERNHAC}")["value"] == "Mairie"  # type: ignore[index]
    assert coordinator.post("cpts.risks.save_registers", {"for_all": "Paul, né le 3/4/1940"}).status == 422
    assert coordinator.post("cpts.risks.save_registers", {f"held_by_{UZES}": "x" * 301}).status == 422
    assert stored() == {}
    assert coordinator.submit(page, fields={"is_nobody": "y"}).status == 303
    assert stored() == {UZES: typed[f"held_by_{UZES}"], SERNHAC: "Mairie"}


def test_a_commune_of_elsewhere_is_not_written(coordinator: Browser) -> None:
    territory(coordinator)
    assert coordinator.post("cpts.risks.save_registers", {"held_by_75056": "Hôtel de ville"}).status == 303
    assert stored() == {}


def test_a_register_of_another_cpts_is_not_seen(referent: Browser) -> None:
    territory(referent)
    tell(CptsFactory(), c30334="Réponse voisine")
    assert "Réponse voisine" not in referent.get("cpts.risks.registers").text
    assert [one.held_by for one in queries.registers(referent.cpts)] == ["", "", ""]  # type: ignore[arg-type]


def test_a_cell_member_reads_where_the_registers_are(cell_member: Browser) -> None:
    tell(territory(cell_member), c30334="CCAS")
    page = cell_member.get("cpts.risks.registers")
    assert page.texts("main tbody td") == ["À demander à la mairie", "À demander à la mairie", "CCAS"]
    assert "Modifier les réponses" not in page.links()
    assert cell_member.post("cpts.risks.save_registers").status == 403


def test_a_territory_without_commune_is_told_what_to_do_first(referent: Browser) -> None:
    assert referent.cpts is not None
    referent.cpts.communes.clear()
    db.session.commit()
    page = referent.get("cpts.risks.registers")
    assert page.texts("main h2") == ["Le territoire n’a pas encore de commune"]
    assert referent.get("cpts.risks.edit_registers").status == 200


def test_a_hundred_communes_cost_the_statements_of_one(referent: Browser) -> None:
    assert referent.cpts is not None
    for one in of_departement("30")[:100]:
        if one.code != UZES:
            referent.cpts.communes.append(CptsCommune(code=one.code))
    db.session.commit()
    with counted_statements() as sent:
        page = referent.get("cpts.risks.edit_registers")
    assert len(page.html.select("main form .field")) > 100
    assert len([one for one in sent if one.lstrip().upper().startswith("SELECT")]) <= MOST_OF_A_PAGE
    assert referent.submit(page, fields={"for_all": "En mairie"}).status == 303
    assert len(stored()) >= 100


def test_the_plan_prints_where_registers_are_and_which_to_ask(referent: Browser) -> None:
    cpts = territory(referent)
    (notice,) = chapter.registers(cpts)
    assert isinstance(notice, Notice)
    tell(cpts, c30334="CCAS")
    table, asked = chapter.registers(cpts)
    assert isinstance(table, Table)
    assert isinstance(asked, Paragraph)
    assert [words(cell) for row in table.rows for cell in row.cells] == ["CCAS", "Uzès"]
    assert words(asked.text).replace("\u00a0", " ") == "À demander à 2 communes : Remoulins, Sernhac."
    tell(cpts, c30212="Mairie", c30317="Mairie")
    (table,) = chapter.registers(cpts)
    assert isinstance(table, Table)
    assert [[words(cell) for cell in row.cells] for row in table.rows] == [
        ["Mairie", "Remoulins, Sernhac"],
        ["CCAS", "Uzès"],
    ]
