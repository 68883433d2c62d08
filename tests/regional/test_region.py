"""What a reader sees of the area: whom to call first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crisis_plan import clock
from crisis_plan.access.models import Readership
from crisis_plan.anticipation.directory.models import ContactPhone
from crisis_plan.anticipation.referents.models import ReferentAbsence, ReferentDuty
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.db import db
from crisis_plan.organisations.models import CptsCommune, InstitutionKind
from crisis_plan.publication.models import Publication
from crisis_plan.publication.rules import PublicationKind
from tests.browser import Browser
from tests.factories import NOON, AccountFactory, ContactFactory, CptsFactory, InstitutionFactory, reader
from tests.statements import counted_statements


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def on_duty(cpts, rank, *, starts_on=date(2026, 1, 1), ends_on=None, number="+33639980001", **contact):
    phones = [ContactPhone(position=0, number=number)] if number else []
    person = ContactFactory(cpts_id=cpts.id, phones=phones, **contact)
    duty = ReferentDuty(
        cpts_id=cpts.id, contact_id=person.id, rank=rank, starts_on=starts_on, ends_on=ends_on, created_at=NOON
    )
    db.session.add(duty)
    db.session.commit()
    return person


def publish(cpts, dated_on, *, number=1, kind=PublicationKind.PUBLISHED):
    db.session.add(
        Publication(
            cpts_id=cpts.id,
            kind=kind,
            number=number,
            dated_on=dated_on,
            published_at=NOON,
            author_id=AccountFactory().id,
            author_name="Camille",
        )
    )
    db.session.commit()


def names(page):
    return page.texts("tbody th a")


def test_the_reader_sees_whom_to_call_today(ars_reader):
    on_duty(ars_reader.cpts, Rank.TITULAR, given_name="Sofiane", family_name="Dupuy", verified_on=date(2026, 10, 12))
    on_duty(ars_reader.cpts, Rank.DEPUTY, given_name="Anne", family_name="Roux", number="+33465710001")
    page = ars_reader.get("regional.index")
    assert names(page) == ["Uzège"]
    assert page.texts("tbody strong") == ["Sofiane DUPUY", "Anne ROUX"]
    assert [link["href"] for link in page.html.select("a[href^='tel:']")] == ["tel:+33639980001", "tel:+33465710001"]
    assert "Vérifié le 12/10/2026" in page.text
    assert "Jamais vérifié" in page.text


def test_who_was_or_will_be_on_duty_is_not_to_be_called(ars_reader):
    on_duty(ars_reader.cpts, Rank.TITULAR, family_name="Hier", ends_on=date(2026, 11, 21))
    on_duty(ars_reader.cpts, Rank.DEPUTY, family_name="Demain", starts_on=date(2026, 11, 23))
    page = ars_reader.get("regional.index")
    assert "HIER" not in page.text
    assert "DEMAIN" not in page.text
    assert page.texts("tbody .badge")[:2] == ["Personne aujourd’hui", "Personne aujourd’hui"]


def test_a_titular_who_is_away_is_said_to_be_and_the_deputy_is_called_first(ars_reader):
    away = on_duty(ars_reader.cpts, Rank.TITULAR, given_name="Sofiane", family_name="Dupuy")
    on_duty(ars_reader.cpts, Rank.DEPUTY, given_name="Anne", family_name="Roux")
    absence = ReferentAbsence(
        cpts_id=ars_reader.cpts.id,
        contact_id=away.id,
        starts_on=date(2026, 11, 20),
        ends_on=date(2026, 11, 22),
        created_at=NOON,
    )
    db.session.add(absence)
    db.session.commit()
    page = ars_reader.get("regional.index")
    assert page.texts("tbody .badge")[:3:2] == ["Absent jusqu’au 22 novembre 2026", "À appeler d’abord"]
    sheet = ars_reader.get("regional.as_csv").content.decode("utf-8-sig")
    assert ";Sofiane DUPUY (absent jusqu’au 22 novembre 2026);" in sheet


def test_someone_without_a_telephone_is_said_to_have_none(ars_reader):
    on_duty(ars_reader.cpts, Rank.TITULAR, number="")
    assert "Aucun téléphone" in ars_reader.get("regional.index").texts("tbody .badge")


def test_today_is_the_day_that_it_is_there(app, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON.replace(hour=22))
    reunion = CptsFactory(name="Ouest", region="04", departements=["974"], time_zone="Indian/Reunion")
    on_duty(reunion, Rank.TITULAR, family_name="Lundi", starts_on=date(2026, 11, 23))
    account = reader(InstitutionKind.ARS, region="04")
    db.session.commit()
    assert "LUNDI" in Browser(app, account).get("regional.index").text


@pytest.mark.parametrize(
    ("dated_on", "state"),
    [
        (date(2026, 6, 1), "À jour"),
        (date(2026, 1, 10), "À échéance"),
        (date(2025, 11, 21), "En retard"),
    ],
)
def test_the_state_of_a_plan_follows_its_last_publication(ars_reader, dated_on, state):
    publish(ars_reader.cpts, dated_on - timedelta(days=400))
    publish(ars_reader.cpts, dated_on, number=2)
    publish(ars_reader.cpts, date(2026, 11, 20), kind=PublicationKind.PROVISIONAL)
    page = ars_reader.get("regional.index")
    assert page.texts("tbody .badge")[-1] == state
    assert page.links()[f"Version 2 du {dated_on:%d/%m/%Y} (PDF) de Uzège"] == "/cpts/uzege/versions/courante.pdf"


def test_the_due_date_is_shown_with_its_reason(ars_reader):
    ars_reader.cpts.mission_started_on = date(2025, 1, 10)
    publish(ars_reader.cpts, date(2026, 6, 1))
    assert "au plus tard le 09/01/2027 (fin de l’année 2 de la mission)" in ars_reader.get("regional.index").text


def test_a_provisional_version_does_not_count(ars_reader):
    publish(ars_reader.cpts, date(2026, 11, 1), kind=PublicationKind.PROVISIONAL)
    assert ars_reader.get("regional.index").texts("tbody .badge")[-1] == "Non publié"


def test_an_earlier_version_is_named_as_such(ars_reader):
    publish(ars_reader.cpts, date(2024, 5, 5), kind=PublicationKind.EARLIER)
    page = ars_reader.get("regional.index")
    assert page.texts("tbody .badge")[-2:] == ["Version antérieure seulement", "En retard"]
    assert "Datée du 05/05/2024" in page.text


def test_another_area_is_not_seen(cpam_reader):
    hidden = CptsFactory(name="Montpellier", departements=["34"], communes=[CptsCommune(code="34172")])
    on_duty(hidden, Rank.TITULAR, family_name="Secret", number="+33600000099")
    publish(hidden, date(2026, 6, 1))
    for asked in ({}, {"q": "montpellier"}, {"q": "34172"}, {"etat": "a-jour"}):
        page = cpam_reader.get("regional.index", **asked)
        assert "Montpellier" not in page.texts("tbody th a")
        assert "SECRET" not in page.text
    assert "SECRET" not in cpam_reader.get("regional.as_csv").content.decode()
    assert names(cpam_reader.get("regional.index")) == ["Uzège"]


def test_another_region_is_not_seen(ars_reader):
    CptsFactory(name="Ailleurs", region="93", departements=["13"])
    db.session.commit()
    assert names(ars_reader.get("regional.index")) == ["Uzège"]


def test_two_institutions_show_a_cpts_once(app, ars_reader):
    second = InstitutionFactory(kind=InstitutionKind.CPAM, departements=["30"])
    db.session.add(Readership(account_id=ars_reader.account.id, institution_id=second.id, added_at=NOON))
    db.session.commit()
    assert names(ars_reader.get("regional.index")) == ["Uzège"]


def test_a_commune_leads_to_its_cpts(ars_reader):
    CptsFactory(name="Grand Alès", communes=[CptsCommune(code="30007")])
    db.session.commit()
    assert names(ars_reader.get("regional.index", q="alès")) == ["Grand Alès"]
    assert names(ars_reader.get("regional.index", q="30700")) == ["Uzège"]
    assert names(ars_reader.get("regional.index", q="gard")) == ["Grand Alès", "Uzège"]


def test_a_state_narrows_the_list_and_is_counted(ars_reader):
    late = CptsFactory(name="Grand Alès")
    publish(late, date(2024, 1, 1))
    page = ars_reader.get("regional.index", etat="en-retard")
    assert names(page) == ["Grand Alès"]
    assert page.texts("nav[aria-label='État des plans'] li") == ["Toutes (2)", "En retard (1)", "Non publié (1)"]
    assert ars_reader.get("regional.index", etat="perdu").status == 404


def test_nothing_found_offers_everything(ars_reader):
    page = ars_reader.get("regional.index", q="zzz")
    assert page.links(".empty a") == {"Voir toutes les CPTS": "/region/"}


def test_an_area_without_any_cpts_says_who_creates_them(app, cpts):
    account = reader(InstitutionKind.ARS, region="94")
    db.session.commit()
    page = Browser(app, account).get("regional.index")
    assert page.texts(".empty h2") == ["Aucune CPTS sur ce territoire"]
    assert "Uzège" not in page.text


def test_pages_hold_fifty(ars_reader):
    for _ in range(51):
        CptsFactory()
    db.session.commit()
    assert len(names(ars_reader.get("regional.index"))) == 50
    assert len(names(ars_reader.get("regional.index", page=2))) == 2


def test_the_list_costs_the_same_for_one_cpts_and_for_three(ars_reader):
    def arranged(cpts):
        on_duty(cpts, Rank.TITULAR)
        on_duty(cpts, Rank.DEPUTY)
        publish(cpts, date(2026, 6, 1))

    arranged(ars_reader.cpts)
    with counted_statements() as one:
        ars_reader.get("regional.index", q="gard")
    for _ in range(2):
        arranged(CptsFactory())
    with counted_statements() as three:
        assert len(names(ars_reader.get("regional.index", q="gard"))) == 3
    assert len(one) == len(three) <= 12
    with counted_statements() as exported:
        ars_reader.get("regional.as_csv")
    assert len(exported) <= 12


def test_the_export_opens_in_french_excel_and_neutralises_formulas(ars_reader):
    ars_reader.cpts.name = "=cmd|' /C calc'!A0"
    on_duty(ars_reader.cpts, Rank.TITULAR, given_name="Sofiane", family_name="Dupuy")
    publish(ars_reader.cpts, date(2026, 6, 1))
    answer = ars_reader.get("regional.as_csv")
    assert answer.response.headers["Content-Disposition"] == "attachment; filename=cpts_2026-11-22.csv"
    lines = answer.content.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("CPTS;Départements;Référent titulaire;")
    assert lines[1].startswith(
        "'=cmd|' /C calc'!A0;Gard (30);Sofiane DUPUY;06\xa039\xa098\xa000\xa001;;;;;À jour;Version 1;"
    )
    assert lines[1].endswith(";http://localhost/cpts/uzege/versions/courante.pdf")


def test_htmx_gets_the_list_alone(ars_reader):
    fragment = ars_reader.fragment("regional.index", q="uzège")
    assert fragment.html.select("h1") == []
    assert names(fragment) == ["Uzège"]


def test_only_readers_see_the_region(referent, coordinator, operator, stranger):
    for browser in (referent, coordinator, operator, stranger):
        assert browser.get("regional.index").status == 404
        assert browser.get("regional.as_csv").status == 404
