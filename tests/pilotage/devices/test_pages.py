"""What a device keeps: the list that it reads, the directory in a pocket, the worker and the page without network."""

from __future__ import annotations

import gzip
from datetime import date

import pytest
from flask import Flask

from crisis_plan.anticipation.directory.models import ContactPhone, ContactPlace
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction
from tests.browser import Browser
from tests.factories import NOON, ContactFactory
from tests.pilotage.crises.factories import a_crisis
from tests.statements import MOST_OF_A_PAGE, counted_statements

MOST_BYTES = 100_000
"""Compressed, for a directory of 700 (brief of the crisis room)."""


@pytest.fixture
def crisis(cpts: Cpts, referent: Browser) -> Crisis:
    assert referent.account
    found = a_crisis(cpts, referent.account)
    db.session.commit()
    return found


def test_the_worker_speaks_for_every_page_and_is_asked_again_each_time(visitor: Browser) -> None:
    answer = visitor.open("/service-worker.js").response
    assert answer.status_code == 200
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]


def test_the_page_without_network_bears_nobody_s_name(visitor: Browser, referent: Browser) -> None:
    page = visitor.open("/hors-connexion")
    assert page.texts("h1") == ["Cette page n’est pas gardée sur cet appareil"]
    assert page.html.body is not None
    assert not page.html.body.has_attr("data-account")
    assert referent.account
    assert referent.account.name not in page.source


def test_a_device_reads_what_to_keep_and_for_how_long(crisis: Crisis, referent: Browser) -> None:
    page = referent.get("cpts.devices.index", crisis_id=crisis.id)
    kept = {
        link.get_text(): (str(link["href"]), int(str(link["data-keep"]))) for link in page.html.select("a[data-keep]")
    }
    room, pocket = f"/cpts/uzege/crises/{crisis.id}", f"/cpts/uzege/crises/{crisis.id}/appareils/annuaire-de-poche"
    assert kept["Salle de crise"] == (f"{room}/", 60)
    assert kept["Journal"] == (f"{room}/journal/", 60)
    assert kept["Annuaire de poche"] == (pocket, 21_600)
    assert kept["Cellule de crise"] == ("/cpts/uzege/cellule/", 21_600)
    for address, _ in kept.values():
        assert referent.open(address).status == 200, address


def test_the_worker_can_read_every_link_of_the_list(crisis: Crisis, referent: Browser) -> None:
    """It looks for `<a href="…" data-keep="…"`, in this order: a browser's reading is not given to it."""
    page = referent.get("cpts.devices.index", crisis_id=crisis.id)
    assert page.source.count('data-keep="6') + page.source.count('data-keep="2') == len(
        page.html.select("a[data-keep]")
    )
    for link in page.html.select("a[data-keep]"):
        assert f'<a href="{link["href"]}" data-keep="{link["data-keep"]}"' in page.source


def test_the_pocket_directory_holds_everyone_the_cell_first(cpts: Cpts, crisis: Crisis, referent: Browser) -> None:
    lead = ContactFactory(cpts_id=cpts.id, family_name="Roux", given_name="Anne")
    lead.phones.append(ContactPhone(position=1, number="+33611223344", is_private=True))
    ContactFactory(
        cpts_id=cpts.id,
        kind=ContactKind.INSTITUTION,
        is_service=True,
        family_name="ARS Occitanie",
        profession="",
        category="ARS",
        phones=[ContactPhone(position=0, number="+33466760000")],
    )
    ContactFactory(cpts_id=cpts.id, family_name="Muet", phones=[])
    function = CellFunction(cpts_id=cpts.id, position=1, name="Direction")
    function.duties = [CellDuty(contact_id=lead.id, rank=Rank.TITULAR, starts_on=date(2025, 1, 1), created_at=NOON)]
    db.session.add(function)
    db.session.commit()
    page = referent.get("cpts.devices.pocket", crisis_id=crisis.id)
    assert page.texts("main h2") == ["Cellule de crise", "Institutions", "Adhérents"]
    assert page.texts("#cellule + ul li") == ["Anne ROUX Direction, titulaire 06 11 22 33 44 privé 04 65 71 00 00"]
    assert "ARS Occitanie ARS Uzès 04 66 76 00 00" in page.texts(".pocket li")
    assert "Camille MUET Infirmier Uzès sans téléphone" in page.texts(".pocket li")
    assert page.html.select_one("a[href='tel:+33466760000']") is not None


def test_the_directory_of_another_cpts_stays_there(crisis: Crisis, referent: Browser) -> None:
    ContactFactory(family_name="Ailleurs")
    db.session.commit()
    page = referent.get("cpts.devices.pocket", crisis_id=crisis.id)
    assert "AILLEURS" not in page.source
    assert "ne contient encore personne" in page.text


def test_seven_hundred_contacts_fit_in_a_pocket(app: Flask, cpts: Cpts, crisis: Crisis, referent: Browser) -> None:
    for rank in range(700):
        ContactFactory(
            cpts_id=cpts.id,
            family_name=f"Nom{rank * 7919 % 9973}",
            given_name=f"Prénom{rank * 104729 % 997}",
            profession=("Infirmier", "Médecin généraliste", "Pharmacien", "Sage-femme")[rank % 4],
            phones=[ContactPhone(position=n, number=f"+3346{rank * 7 + n:07d}") for n in range(2)],
            places=[ContactPlace(position=0, commune=f"Commune {rank % 60}")],
        )
    db.session.commit()
    page = referent.get("cpts.devices.pocket", crisis_id=crisis.id)
    assert len(page.html.select(".pocket li")) == 700
    assert len(gzip.compress(page.source.encode(), 6)) < MOST_BYTES


def test_a_pocket_of_three_costs_what_a_pocket_of_one_does(cpts: Cpts, crisis: Crisis, referent: Browser) -> None:
    costs = []
    for _ in range(2):
        ContactFactory(cpts_id=cpts.id)
        db.session.commit()
        with counted_statements() as sent:
            assert referent.get("cpts.devices.pocket", crisis_id=crisis.id).status == 200
        costs.append(len([one for one in sent if one.startswith("SELECT")]))
    assert costs[0] == costs[1] <= MOST_OF_A_PAGE


def test_a_member_reads_no_pocket_directory(crisis: Crisis, adherent: Browser, stranger: Browser) -> None:
    assert adherent.get("cpts.devices.pocket", crisis_id=crisis.id).status == 403
    assert stranger.get("cpts.devices.pocket", crisis_id=crisis.id).status == 404
