"""The draft: filled from every room, edited by several, never overwritten in silence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.anticipation.stock.kinds import MovementKind
from crisis_plan.anticipation.stock.models import StockBatch, StockItem, StockMovement
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis, CrisisAlert
from crisis_plan.pilotage.crises.operations import CrisisClosed
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.needs import operations as needs
from crisis_plan.pilotage.needs.operations import Need
from crisis_plan.pilotage.needs.rules import NeedKind
from crisis_plan.pilotage.situation_reports import operations
from crisis_plan.pilotage.situation_reports.models import SituationReport
from crisis_plan.pilotage.situation_reports.rules import Heading
from crisis_plan.pilotage.tasks.rules import TaskState
from tests.browser import Browser, filled
from tests.factories import NOON, TODAY, AccountFactory
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.crisis_functions.factories import a_function, a_shift
from tests.pilotage.logbook.factories import an_entry
from tests.pilotage.situation_reports.factories import a_draft, an_issued_report
from tests.pilotage.tasks.factories import a_task

MINUTE = timedelta(minutes=1)


@pytest.fixture
def account(cpts: Cpts) -> Account:
    made: Account = AccountFactory(name="Nadia Benali")
    return made


@pytest.fixture
def crisis(cpts: Cpts, account: Account) -> Crisis:
    made = a_crisis(cpts, account)
    db.session.commit()
    return made


def said(report: SituationReport, heading: Heading) -> list[str]:
    return [line for line in report.said[heading.value].split("\n") if line]


def test_the_situation_is_the_alert_and_the_last_decisions_as_they_stand(
    cpts: Cpts, crisis: Crisis, account: Account
) -> None:
    db.session.add(CrisisAlert(crisis_id=crisis.id, nature="Feu de garrigue", communes=["30334"], updated_at=NOON))
    an_entry(crisis, account, "Gymnase ouvert", at=NOON, kind=EntryKind.DECISION)
    wrong = an_entry(crisis, account, "Deux infirmières", at=NOON, kind=EntryKind.DECISION)
    an_entry(crisis, account, "Trois infirmières", at=NOON, kind=EntryKind.CORRECTION, corrects=wrong.number)
    an_entry(crisis, account, "Un fait qui n’est pas une décision", at=NOON)
    assert said(a_draft(cpts, crisis, account, at=NOON), Heading.SITUATION) == [
        "- Événement\u00a0: Feu de garrigue",
        "- Communes touchées\u00a0: Uzès",
        "Dernières décisions\u00a0:",
        "- 22/11 13:00\u00a0: Gymnase ouvert",
        "- 22/11 13:00\u00a0: Trois infirmières (corrigé)",
    ]


def test_the_level_says_since_when_and_why(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    an_entry(crisis, account, "Plan activé", at=NOON, kind=EntryKind.ACTIVATION, reason="Demande de l’ARS")
    assert said(a_draft(cpts, crisis, account, at=NOON + 5 * MINUTE), Heading.LEVEL) == [
        "Activation partielle, depuis le 22/11/2026 à 13:00.",
        "Raison\u00a0: Demande de l’ARS",
    ]


def test_needs_and_care_are_counted_by_commune_and_by_kind(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    dialysis = Need("30334", "Uzès", NeedKind.CONTINUITY, "Transport vers Nîmes", CareKind.DIALYSIS, 4)
    needs.note(crisis, dialysis, by=account, at=NOON)
    a_task(crisis, "Appeler le centre", care=CareKind.DIALYSIS)
    report = a_draft(cpts, crisis, account, at=NOON)
    assert said(report, Heading.NEEDS) == ["- Uzès\u00a0: Dialyse, 4\u00a0personnes – Transport vers Nîmes (à couvrir)"]
    assert said(report, Heading.CARE) == [
        "- Dialyse\u00a0: 4\u00a0personnes en attente, 1\u00a0commune, 1\u00a0tâche ouverte"
    ]


def test_actions_tell_what_is_done_under_way_and_overdue(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    a_task(crisis, "Appeler la mairie", state=TaskState.DONE)
    a_task(crisis, "Ouvrir le gymnase", state=TaskState.STARTED)
    a_task(crisis, "Prévenir le SAMU", due_at=NOON - MINUTE)
    assert said(a_draft(cpts, crisis, account, at=NOON), Heading.ACTIONS) == [
        "1\u00a0tâche faite, 1 en cours, 1 à faire, 1 en retard.",
        "Fait\u00a0:",
        "- Appeler la mairie",
        "En cours\u00a0:",
        "- Ouvrir le gymnase",
        "En retard\u00a0:",
        "- Prévenir le SAMU",
    ]


def test_long_lists_are_cut_and_counted(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    for rank in range(15):
        a_task(crisis, f"Tâche {rank}", state=TaskState.STARTED)
    lines = said(a_draft(cpts, crisis, account, at=NOON), Heading.ACTIONS)
    assert (len(lines), lines[-1]) == (11, "- … et 7\u00a0autres")


def test_means_tell_the_functions_without_anyone(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    a_shift(a_function(crisis, "Direction"))
    a_function(crisis, "Logistique")
    lines = said(a_draft(cpts, crisis, account, at=NOON), Heading.MEANS)
    assert lines[-2:] == [
        "- Cellule de crise\u00a0: 1\u00a0fonction tenue sur 2.",
        "- Fonctions sans personne\u00a0: Logistique.",
    ]


def test_stock_tells_what_is_under_its_threshold(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    for name, threshold in (("Masques FFP2", 200), ("Gants", 10)):
        item = StockItem(
            cpts_id=cpts.id, name=name, folded_name=name.lower(), threshold=threshold, unit="boîte",
            created_at=NOON, updated_at=NOON,
        )  # fmt: skip
        opening = StockMovement(kind=MovementKind.OPENING, change=40, happened_on=TODAY, recorded_at=NOON)
        item.batches = [StockBatch(position=0, movements=[opening])]
        db.session.add(item)
    assert said(a_draft(cpts, crisis, account, at=NOON), Heading.STOCK) == [
        "Sous le seuil\u00a0:",
        "- Masques FFP2\u00a0: 40 × boîte, seuil 200",
    ]


def test_a_second_report_tells_what_is_new_and_takes_over_what_nothing_calculates(
    cpts: Cpts, crisis: Crisis, account: Account
) -> None:
    an_entry(crisis, account, "Première consigne", at=NOON, kind=EntryKind.MESSAGE, recipient="Adhérents")
    first = a_draft(cpts, crisis, account, at=NOON)
    operations.save(
        crisis, first, {Heading.EVOLUTION: "Le vent tourne"}, next_point_at=None, seen_version=first.version
    )
    db.session.commit()
    operations.issue(cpts, crisis, first, seen_version=first.version, known_entry=1, by=account, at=NOON)
    db.session.commit()
    an_entry(crisis, account, "Seconde consigne", at=NOON, kind=EntryKind.MESSAGE, recipient="Mairies", channel="SMS")
    second = a_draft(cpts, crisis, account, at=NOON + MINUTE)
    assert said(first, Heading.COMMUNICATION) == ["- 22/11 13:00\u00a0: Adhérents – Première consigne"]
    assert said(second, Heading.COMMUNICATION) == ["- 22/11 13:00\u00a0: Mairies, sms – Seconde consigne"]
    assert said(second, Heading.EVOLUTION) == ["Le vent tourne"]


def test_there_is_one_draft_and_whoever_comes_second_joins_it(
    cpts: Cpts, crisis: Crisis, cell_member: Browser, referent: Browser
) -> None:
    first = cell_member.post("cpts.situation_reports.prepare", crisis_id=crisis.id)
    second = referent.post("cpts.situation_reports.prepare", crisis_id=crisis.id)
    assert first.location == second.location
    assert "Continuer le brouillon" in referent.get("cpts.situation_reports.index", crisis_id=crisis.id).links()


def test_a_closed_crisis_takes_no_draft(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    crisis.closed_at = NOON
    db.session.flush()
    with pytest.raises(CrisisClosed):
        operations.prepare(cpts, crisis, by=account, at=NOON)


def test_what_is_written_is_kept_and_the_button_says_where_to_go(
    cpts: Cpts, crisis: Crisis, account: Account, cell_member: Browser
) -> None:
    report = a_draft(cpts, crisis, account, at=NOON)
    page = cell_member.get("cpts.situation_reports.draft", crisis_id=crisis.id, report_id=report.id)
    answer = cell_member.submit(page, fields={"evolution": "Accalmie ce soir", "ensuite": "relire"})
    assert answer.location.endswith("/relire")
    assert "Accalmie ce soir" in answer.follow().text
    db.session.refresh(report)
    assert (report.said["evolution"], report.version) == ("Accalmie ce soir", 2)


def test_two_who_write_at_once_see_both_texts(
    cpts: Cpts, crisis: Crisis, account: Account, cell_member: Browser, referent: Browser
) -> None:
    report = a_draft(cpts, crisis, account, at=NOON)
    where = {"crisis_id": crisis.id, "report_id": report.id}
    mine = referent.get("cpts.situation_reports.draft", **where)
    cell_member.submit(cell_member.get("cpts.situation_reports.draft", **where), fields={"demandes": "Renfort de nuit"})
    refused = referent.submit(mine, fields={"demandes": "Ambulances"})
    assert refused.status == 409
    assert refused.texts(".table td .typed") == ["Ambulances", "Renfort de nuit"]
    assert referent.submit(refused).status == 303
    db.session.refresh(report)
    assert report.said["demandes"] == "Ambulances"


def test_what_was_typed_while_it_was_issued_is_shown_and_changes_nothing(
    cpts: Cpts, crisis: Crisis, account: Account, referent: Browser
) -> None:
    report = a_draft(cpts, crisis, account, at=NOON)
    mine = referent.get("cpts.situation_reports.draft", crisis_id=crisis.id, report_id=report.id)
    operations.issue(cpts, crisis, report, seen_version=report.version, known_entry=0, by=account, at=NOON)
    db.session.commit()
    refused = referent.submit(mine, fields={"demandes": "Ambulances"})
    assert refused.status == 409
    assert filled(refused.html.select_one("main form"))["demandes"].strip() == "Ambulances"
    assert "a été émis entre-temps par Nadia Benali" in refused.text
    db.session.refresh(report)
    assert report.said["demandes"] == ""


def test_taking_again_shows_both_and_replaces_only_when_asked(
    cpts: Cpts, crisis: Crisis, account: Account, cell_member: Browser
) -> None:
    report = a_draft(cpts, crisis, account, at=NOON)
    where = {"crisis_id": crisis.id, "report_id": report.id}
    page = cell_member.get("cpts.situation_reports.draft", **where)
    needs.note(crisis, Need("30334", "Uzès", NeedKind.SHELTER, "Lits", None, 46), by=account, at=NOON)
    db.session.commit()
    saved = cell_member.submit(page, fields={"besoins": "Écrit à la main", "ensuite": "besoins"})
    both = saved.follow()
    assert both.texts(".card .typed") == ["Écrit à la main"]
    calculated = filled(both.html.select_one("main form"))["text"].strip()
    assert calculated == "- Uzès\u00a0: Accueil et hébergement, 46\u00a0personnes – Lits (à couvrir)"
    db.session.refresh(report)
    assert report.said["besoins"] == "Écrit à la main"
    cell_member.submit(both, fields={"how": "ajouter"})
    db.session.refresh(report)
    assert report.said["besoins"] == f"Écrit à la main\n\n{calculated}"


def test_a_heading_changed_meanwhile_is_not_overwritten_by_what_is_calculated(
    cpts: Cpts, crisis: Crisis, account: Account, cell_member: Browser
) -> None:
    report = a_draft(cpts, crisis, account, at=NOON)
    both = cell_member.get(
        "cpts.situation_reports.calculated", crisis_id=crisis.id, report_id=report.id, heading="besoins"
    )
    operations.save(crisis, report, {Heading.NEEDS: "Entre-temps"}, next_point_at=None, seen_version=1)
    db.session.commit()
    refused = cell_member.submit(both)
    assert (refused.status, refused.texts(".card .typed")) == (409, ["Entre-temps"])
    db.session.refresh(report)
    assert report.said["besoins"] == "Entre-temps"


def test_what_looks_like_a_patient_is_asked_about_once(
    cpts: Cpts, crisis: Crisis, account: Account, cell_member: Browser
) -> None:
    report = a_draft(cpts, crisis, account, at=NOON)
    page = cell_member.get("cpts.situation_reports.draft", crisis_id=crisis.id, report_id=report.id)
    refused = cell_member.submit(page, fields={"soins": "Né le 12/03/1951, Martin, dialyse"})
    assert refused.status == 422
    assert cell_member.submit(refused, fields={"is_nobody": "y"}).status == 303


def test_the_index_says_that_a_point_is_awaited_once_it_is(crisis: Crisis, cell_member: Browser) -> None:
    now = clock.now()
    awaited = []
    for minutes in (20, -20):
        crisis.next_point_at = now + minutes * MINUTE
        db.session.commit()
        awaited += cell_member.get("cpts.situation_reports.index", crisis_id=crisis.id).texts(".notice")
    (notice,) = awaited
    assert notice.startswith("Point de situation attendu ")
    assert notice.endswith("en retard de 20 min.")


def test_a_draft_that_was_issued_leads_to_the_report(
    cpts: Cpts, crisis: Crisis, account: Account, cell_member: Browser
) -> None:
    report = an_issued_report(cpts, crisis, account, at=NOON)
    where = {"crisis_id": crisis.id, "report_id": report.id}
    for endpoint in ("draft", "review"):
        assert cell_member.get(f"cpts.situation_reports.{endpoint}", **where).location.endswith("/1")
