from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.anticipation.directory.models import ContactPhone
from crisis_plan.anticipation.referents import absences, operations, queries
from crisis_plan.anticipation.referents.absences import Leave
from crisis_plan.anticipation.referents.models import ReferentAbsence, ReferentDuty
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.referents.tenure import Appointment
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, ContactFactory, CptsFactory
from tests.statements import counted_statements


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def today_of(browser: Browser) -> date:
    return clock.today(cpts_of(browser))


def appointed(cpts: Cpts, name: str, rank: Rank, since: date = TODAY, until: date | None = None) -> ReferentDuty:
    person = ContactFactory(
        cpts_id=cpts.id,
        family_name=name,
        verified_on=since,
        phones=[ContactPhone(position=0, number="+33465710001")],
    )
    duty = operations.appoint(cpts, Appointment(person, rank, since, until), by=AccountFactory(), at=NOON)
    db.session.commit()
    return duty


def away(duty: ReferentDuty, first: date, last: date, *, today: date = TODAY) -> ReferentAbsence:
    cpts = db.session.get(Cpts, duty.cpts_id)
    assert cpts
    made = absences.add(cpts, Leave(duty.contact, first, last), today=today, by=AccountFactory(), at=NOON)
    db.session.commit()
    return made


def both(cpts: Cpts, today: date) -> tuple[ReferentDuty, ReferentDuty]:
    return appointed(cpts, "Dupuy", Rank.TITULAR, today), appointed(cpts, "Nadal", Rank.DEPUTY, today)


def test_while_the_titular_is_away_the_deputy_is_called_first(coordinator: Browser) -> None:
    cpts, today = cpts_of(coordinator), today_of(coordinator)
    titular, _ = both(cpts, today)
    assert list(queries.on_duty(cpts, today)) == [Rank.TITULAR, Rank.DEPUTY]
    form = coordinator.get("cpts.referents.add_absence", qui=titular.contact_id)
    fields = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=2)).isoformat()}
    page = coordinator.submit(form, fields=fields).follow()
    assert page.texts(".cards h3") == ["Suppléant", "Titulaire"]
    assert page.texts("#titular .badge") == ["Absent aujourd’hui"]
    assert page.texts("#deputy .badge") == []
    answers = page.texts("#ahead ~ .table-scroll tbody .badge")
    assert answers == ["Suppléant seul", "Titulaire"]
    held = queries.on_duty(cpts, today)
    assert list(held) == [Rank.DEPUTY, Rank.TITULAR]
    assert held[Rank.TITULAR].absence.startswith("Absent jusqu’au ")
    assert (held[Rank.DEPUTY].absence, held[Rank.DEPUTY].said) == ("", "À appeler d’abord")
    assert list(queries.on_duty(cpts, today + timedelta(days=3))) == [Rank.TITULAR, Rank.DEPUTY]


def test_days_without_anyone_to_call_are_named_and_drawn(coordinator: Browser) -> None:
    cpts, today = cpts_of(coordinator), today_of(coordinator)
    titular, deputy = both(cpts, today)
    away(titular, today + timedelta(days=10), today + timedelta(days=14), today=today)
    away(deputy, today + timedelta(days=12), today + timedelta(days=20), today=today)
    page = coordinator.get("cpts.referents.index")
    (said,) = page.texts("#nobody li")
    assert said.startswith("Aucun référent joignable du ")
    marks = "".join(page.texts(".strip .strip-mark"))
    assert marks == "T" * 10 + "SS" + "!!!" + "T" * 45
    assert len(page.html.select(".strip rect")) == 60


def test_everyone_reads_the_same_days_in_the_table_as_in_the_drawing(coordinator: Browser) -> None:
    cpts, today = cpts_of(coordinator), today_of(coordinator)
    appointed(cpts, "Dupuy", Rank.TITULAR, today, today + timedelta(days=4))
    page = coordinator.get("cpts.referents.index")
    assert [title.get_text().split("\u00a0: ")[1] for title in page.html.select(".strip title")] == (
        ["titulaire"] * 5 + ["personne"] * 55
    )
    assert page.texts("#ahead ~ .table-scroll tbody .badge") == ["Titulaire", "Personne"]


def test_a_referent_not_verified_for_six_months_may_not_be_reached(coordinator: Browser) -> None:
    cpts, today = cpts_of(coordinator), today_of(coordinator)
    appointed(cpts, "Dupuy", Rank.TITULAR, today - timedelta(days=200))
    appointed(cpts, "Nadal", Rank.DEPUTY, today)
    page = coordinator.get("cpts.referents.index")
    assert page.texts("#doubts li") == [
        "Les coordonnées de Camille DUPUY, référent titulaire, n’ont pas été vérifiées depuis 6 mois."
    ]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("contact", "", "Dites qui est absent"),
        ("contact", "pas-un-identifiant", "n’est plus référente"),
        ("starts_on", "", "Indiquez le premier jour"),
        ("ends_on", "31/02/2030", "n’existe pas"),
        ("ends_on", "01/01/2020", "avant le premier"),
    ],
)
def test_what_is_typed_wrong_is_refused_beside_its_field(
    coordinator: Browser, field: str, value: str, said: str
) -> None:
    today = today_of(coordinator)
    titular, _ = both(cpts_of(coordinator), today)
    typed = {"contact": str(titular.contact_id), "starts_on": today.isoformat(), "ends_on": today.isoformat()}
    page = coordinator.post("cpts.referents.create_absence", {**typed, field: value})
    assert page.status == 422
    assert said in " ".join(page.texts(f"#{field}-error"))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ReferentAbsence)) == 0


def test_an_absence_that_is_over_or_known_already_is_refused_in_words(coordinator: Browser) -> None:
    today = today_of(coordinator)
    titular, _ = both(cpts_of(coordinator), today)
    away(titular, today, today + timedelta(days=3), today=today)

    def said(first: int, last: int) -> str:
        typed = {
            "contact": str(titular.contact_id),
            "starts_on": (today + timedelta(days=first)).isoformat(),
            "ends_on": (today + timedelta(days=last)).isoformat(),
        }
        page = coordinator.post("cpts.referents.create_absence", typed)
        return " ".join(page.texts(".error-summary li")) or str(page.status)

    assert "déjà passée" in said(-5, -2)
    assert "Camille DUPUY est déjà absent du" in said(3, 5)
    assert said(4, 5) == "303"


def test_the_form_sent_twice_notes_one_absence(coordinator: Browser) -> None:
    today = today_of(coordinator)
    titular, _ = both(cpts_of(coordinator), today)
    form = coordinator.get("cpts.referents.add_absence", qui=titular.contact_id)
    fields = {"starts_on": today.isoformat(), "ends_on": today.isoformat()}
    assert [coordinator.submit(form, fields=fields).status for _ in range(2)] == [303, 303]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ReferentAbsence)) == 1


def test_a_stale_change_shows_both_and_sending_again_keeps_the_typed(referent: Browser, coordinator: Browser) -> None:
    today = today_of(coordinator)
    titular, _ = both(cpts_of(coordinator), today)
    absence = away(titular, today, today + timedelta(days=3), today=today)
    mine = referent.get("cpts.referents.edit_absence", absence_id=absence.id)
    theirs = coordinator.get("cpts.referents.edit_absence", absence_id=absence.id)
    coordinator.submit(theirs, fields={"ends_on": (today + timedelta(days=5)).isoformat()})
    refused = referent.submit(mine, fields={"ends_on": (today + timedelta(days=7)).isoformat()})
    assert refused.status == 409
    assert f"{today + timedelta(days=5):%d/%m/%Y}" in refused.text
    assert referent.submit(refused).status == 303
    db.session.refresh(absence)
    assert absence.ends_on == today + timedelta(days=7)


def test_an_absence_is_taken_back_after_a_confirmation(coordinator: Browser) -> None:
    today = today_of(coordinator)
    titular, _ = both(cpts_of(coordinator), today)
    absence = away(titular, today, today, today=today)
    page = coordinator.get("cpts.referents.confirm_absence_removal", absence_id=absence.id)
    assert "Camille DUPUY" in page.text
    assert coordinator.submit(page).status == 303
    assert queries.absences(cpts_of(coordinator), today) == []


def test_an_absence_is_forgotten_once_it_is_over(cpts: Cpts) -> None:
    titular, deputy = both(cpts, TODAY)
    away(titular, TODAY, TODAY + timedelta(days=1))
    later = TODAY + timedelta(days=2)
    assert queries.absences(cpts, later) == []
    kept = away(deputy, later, later, today=later)
    assert db.session.scalars(sa.select(ReferentAbsence)).all() == [kept]
    assert {
        event.verb
        for event in db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.subject == "referent_absence"))
    } == {"created"}


def test_a_cell_member_reads_and_notes_nothing(cell_member: Browser) -> None:
    today = today_of(cell_member)
    titular, _ = both(cpts_of(cell_member), today)
    absence = away(titular, today, today, today=today)
    page = cell_member.get("cpts.referents.index")
    assert "Camille DUPUY" in page.texts("#absences + ul li")[0]
    assert "Noter une absence" not in page.links()
    assert cell_member.post("cpts.referents.remove_absence", absence_id=absence.id).status == 403


def test_absences_of_another_cpts_are_not_found(coordinator: Browser) -> None:
    elsewhere: Cpts = CptsFactory()
    titular, _ = both(elsewhere, TODAY)
    absence = away(titular, TODAY, TODAY + timedelta(days=300))
    for endpoint in ("edit_absence", "confirm_absence_removal"):
        assert coordinator.get(f"cpts.referents.{endpoint}", absence_id=absence.id).status == 404
    for endpoint in ("save_absence", "remove_absence"):
        assert coordinator.post(f"cpts.referents.{endpoint}", absence_id=absence.id).status == 404
    typed = {"contact": str(titular.contact_id), "starts_on": "01/01/2035", "ends_on": "02/01/2035"}
    assert coordinator.post("cpts.referents.create_absence", typed).status == 422


def test_whom_to_call_everywhere_is_one_statement_with_absences(cpts: Cpts) -> None:
    many = [cpts, CptsFactory()]
    for one in many:
        titular, _ = both(one, TODAY)
        away(titular, TODAY, TODAY)
    ids = [one.id for one in many]
    db.session.commit()
    with counted_statements() as sent:
        found = queries.on_duty_everywhere(ids, TODAY)
        names = [[held.contact.name for held in found[one].values() if held.contact.phones] for one in ids]
    assert names == [["Camille NADAL", "Camille DUPUY"]] * 2
    assert len([one for one in sent if one.lstrip().upper().startswith("SELECT")]) == 1
