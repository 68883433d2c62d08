from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.anticipation.directory.models import Contact, ContactPhone
from crisis_plan.anticipation.referents import chapter, operations, queries
from crisis_plan.anticipation.referents.models import ReferentDuty
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.referents.tenure import Appointment
from crisis_plan.db import db
from crisis_plan.document.blocks import Notice, Table, words
from crisis_plan.document.editions import public_blocks
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, ContactFactory, CptsFactory


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def today_of(browser: Browser) -> date:
    return clock.today(cpts_of(browser))


def contact(cpts: Cpts, name: str, *, phones: list[ContactPhone] | None = None) -> Contact:
    made: Contact = ContactFactory(
        cpts_id=cpts.id,
        family_name=name,
        given_name="Camille",
        phones=[ContactPhone(position=0, number="+33465710001")] if phones is None else phones,
    )
    db.session.commit()
    return made


def on_duty(cpts: Cpts, name: str, rank: Rank, starts_on: date, ends_on: date | None = None) -> ReferentDuty:
    appointment = Appointment(contact(cpts, name), rank, starts_on, ends_on)
    duty = operations.appoint(cpts, appointment, by=AccountFactory(), at=NOON)
    db.session.commit()
    return duty


def typed(person: Contact, rank: str, starts_on: date, ends_on: date | None = None) -> dict[str, str]:
    return {
        "contact": str(person.id),
        "rank": rank,
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat() if ends_on else "",
    }


def test_without_anyone_the_page_says_what_to_do_first(coordinator: Browser) -> None:
    page = coordinator.get("cpts.referents.index")
    assert page.texts("#titular .badge, #deputy .badge") == ["Personne", "Personne"]
    assert "Désigner un référent" in page.links()
    assert len(page.texts("#gaps li")) == 2


def test_who_is_on_duty_today_is_shown_with_telephones_to_press(coordinator: Browser) -> None:
    person, today = contact(cpts_of(coordinator), "Dupuy"), today_of(coordinator)
    answer = coordinator.post("cpts.referents.create", typed(person, "titular", today))
    page = answer.follow()
    assert page.texts("#titular strong") == ["Camille DUPUY"]
    assert [str(a["href"]) for a in page.html.select("#titular a[href^='tel:']")] == ["tel:+33465710001"]
    assert page.texts("#gaps li")[0].startswith("Aucun suppléant à partir du")


def test_a_cell_member_reads_and_cannot_change(coordinator: Browser, cell_member: Browser) -> None:
    person = contact(cpts_of(coordinator), "Dupuy")
    page = cell_member.get("cpts.referents.index")
    assert page.status == 200
    assert "Désigner un référent" not in page.links()
    assert cell_member.post("cpts.referents.create", typed(person, "titular", TODAY)).status == 403


def test_an_adherent_does_not_see_the_working_data(adherent: Browser) -> None:
    assert adherent.get("cpts.referents.index").status == 403


def test_a_stranger_sees_and_changes_nothing(referent: Browser, stranger: Browser) -> None:
    duty = on_duty(cpts_of(referent), "Dupuy", Rank.TITULAR, TODAY)
    for endpoint in ("edit", "end", "confirm_removal"):
        assert stranger.get(f"cpts.referents.{endpoint}", duty_id=duty.id).status == 404
    assert stranger.get("cpts.referents.index").status == 404
    assert stranger.post("cpts.referents.remove", duty_id=duty.id).status == 404


def test_a_duty_of_another_cpts_is_not_found_at_one_s_own_address(referent: Browser) -> None:
    elsewhere: Cpts = CptsFactory()
    duty = on_duty(elsewhere, "Dupuy", Rank.TITULAR, TODAY + timedelta(days=400))
    for endpoint in ("edit", "end", "confirm_removal"):
        assert referent.get(f"cpts.referents.{endpoint}", duty_id=duty.id).status == 404
    for endpoint in ("save", "save_end", "remove"):
        assert referent.post(f"cpts.referents.{endpoint}", duty_id=duty.id).status == 404
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ReferentDuty)) == 1


def test_a_contact_of_another_cpts_cannot_be_chosen(referent: Browser) -> None:
    outsider = contact(CptsFactory(), "Voisin")
    page = referent.post("cpts.referents.create", typed(outsider, "titular", TODAY))
    assert page.status == 422
    assert "n’est plus dans l’annuaire" in page.text
    assert "VOISIN" not in page.text


def test_a_second_titular_is_refused_with_the_name_of_the_first(referent: Browser) -> None:
    cpts, today = cpts_of(referent), today_of(referent)
    on_duty(cpts, "Dupuy", Rank.TITULAR, today)
    page = referent.post("cpts.referents.create", typed(contact(cpts, "Nadal"), "titular", today))
    assert page.status == 422
    assert "Camille DUPUY est déjà titulaire" in page.texts("#starts_on-error")[0]
    assert page.texts("input[name=contact][checked] + label") == ["Camille NADAL – Infirmier, Uzès"]


def test_the_titular_is_not_their_own_deputy(referent: Browser) -> None:
    cpts, today = cpts_of(referent), today_of(referent)
    duty = on_duty(cpts, "Dupuy", Rank.TITULAR, today)
    page = referent.post("cpts.referents.create", typed(duty.contact, "deputy", today))
    assert page.status == 422
    assert "quelqu’un d’autre comme suppléant" in page.texts("#contact-error")[0]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("contact", "", "Choisissez une personne"),
        ("contact", "pas-un-identifiant", "n’est plus dans l’annuaire"),
        ("contact", "x" * 100_000, "n’est plus dans l’annuaire"),
        ("rank", "chef", "Choisissez « Titulaire » ou « Suppléant »"),
        ("rank", "", "Dites si"),
        ("starts_on", "31/02/2027", "Cette date n’existe pas"),
        ("starts_on", "", "Indiquez le premier jour"),
        ("ends_on", "01/01/2020", "avant le premier"),
    ],
)
def test_what_is_typed_wrong_is_refused_beside_its_field(referent: Browser, field: str, value: str, said: str) -> None:
    person = contact(cpts_of(referent), "Dupuy")
    page = referent.post("cpts.referents.create", {**typed(person, "titular", TODAY), field: value})
    assert page.status == 422
    assert said in " ".join(page.texts(f"#{field}-error")).replace("\u00a0", " ")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ReferentDuty)) == 0


def test_the_form_sent_twice_appoints_once(referent: Browser) -> None:
    person = contact(cpts_of(referent), "Dupuy")
    form = referent.get("cpts.referents.add", rang="titular")
    fields = {"contact": str(person.id)}
    first, second = (referent.submit(form, "main form", fields) for _ in range(2))
    assert (first.status, second.status) == (303, 303)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ReferentDuty)) == 1


def test_someone_without_a_telephone_is_accepted_and_shown_as_missing(referent: Browser) -> None:
    cpts, today = cpts_of(referent), today_of(referent)
    person = contact(cpts, "Faure", phones=[])
    page = referent.post("cpts.referents.create", typed(person, "titular", today)).follow()
    assert page.texts("#titular .badge") == ["Aucun téléphone"]
    assert queries.missing(cpts, today) == (
        "Le référent de crise titulaire, Camille FAURE, n’a pas de téléphone dans l’annuaire.",
        "Aucun référent de crise suppléant n’est désigné à ce jour.",
    )


def test_nothing_is_missing_with_a_titular_and_a_deputy_who_can_be_reached(referent: Browser) -> None:
    cpts = cpts_of(referent)
    on_duty(cpts, "Dupuy", Rank.TITULAR, TODAY)
    on_duty(cpts, "Nadal", Rank.DEPUTY, TODAY)
    assert queries.missing(cpts, TODAY) == ()
    assert len(queries.missing(cpts, TODAY - timedelta(days=1))) == 2


def test_a_stale_change_shows_both_and_sending_again_keeps_the_typed(referent: Browser, coordinator: Browser) -> None:
    cpts, today = cpts_of(referent), today_of(referent)
    duty = on_duty(cpts, "Dupuy", Rank.TITULAR, today)
    opened = referent.get("cpts.referents.edit", duty_id=duty.id)
    other = coordinator.get("cpts.referents.edit", duty_id=duty.id)
    coordinator.submit(other, "main form", {"ends_on": (today + timedelta(days=10)).isoformat()})
    mine = (today + timedelta(days=20)).isoformat()
    refused = referent.submit(opened, "main form", {"ends_on": mine})
    assert refused.status == 409
    assert f"{today + timedelta(days=10):%d/%m/%Y}" in refused.text
    assert f"{today + timedelta(days=20):%d/%m/%Y}" in refused.text
    assert referent.submit(refused, "main form").status == 303
    db.session.refresh(duty)
    assert duty.ends_on == today + timedelta(days=20)


def test_ending_keeps_the_duty_in_history(referent: Browser) -> None:
    cpts, today = cpts_of(referent), today_of(referent)
    duty = on_duty(cpts, "Dupuy", Rank.TITULAR, today - timedelta(days=100))
    form = referent.get("cpts.referents.end", duty_id=duty.id)
    yesterday = (today - timedelta(days=1)).isoformat()
    page = referent.submit(form, "main form", {"ends_on": yesterday}).follow()
    assert page.texts("#past + .table-scroll tbody th strong") == ["Camille DUPUY"]
    assert page.texts("#titular .badge") == ["Personne"]
    assert referent.get("cpts.referents.edit", duty_id=duty.id).status == 409
    assert referent.get("cpts.referents.end", duty_id=duty.id).status == 409


def test_a_duty_that_began_is_never_erased(referent: Browser) -> None:
    duty = on_duty(cpts_of(referent), "Dupuy", Rank.TITULAR, today_of(referent))
    assert referent.get("cpts.referents.confirm_removal", duty_id=duty.id).status == 409
    assert referent.post("cpts.referents.remove", duty_id=duty.id).status == 409
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ReferentDuty)) == 1


def test_a_duty_to_come_is_removed_after_a_confirmation(referent: Browser) -> None:
    duty = on_duty(cpts_of(referent), "Dupuy", Rank.TITULAR, today_of(referent) + timedelta(days=3))
    confirmation = referent.get("cpts.referents.confirm_removal", duty_id=duty.id)
    assert "Camille DUPUY" in confirmation.text
    assert referent.submit(confirmation, "main form").status == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ReferentDuty)) == 0


def test_history_names_the_fields_and_never_the_values(referent: Browser) -> None:
    duty = on_duty(cpts_of(referent), "Dupuy", Rank.TITULAR, today_of(referent))
    form = referent.get("cpts.referents.end", duty_id=duty.id)
    referent.submit(form, "main form")
    events = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.subject == "referent")).all()
    assert sorted((event.verb, tuple(event.fields)) for event in events) == [("changed", ("ends_on",)), ("created", ())]


def test_who_to_call_in_a_thousand_cpts_is_one_statement(cpts: Cpts) -> None:
    many = [CptsFactory() for _ in range(5)]
    for cpts in many:
        on_duty(cpts, "Dupuy", Rank.TITULAR, TODAY)
        on_duty(cpts, "Nadal", Rank.DEPUTY, TODAY, TODAY)
    ids = [cpts.id for cpts in many]
    db.session.commit()
    seen: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", count)
    try:
        found = queries.on_duty_everywhere(ids, TODAY)
        names = {one.contact.name for held in found.values() for one in held.values() if one.contact.phones}
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", count)
    assert names == {"Camille DUPUY", "Camille NADAL"}
    assert set(found) == set(ids)
    assert len(seen) == 1
    assert set(queries.on_duty_everywhere(ids, TODAY + timedelta(days=1))[ids[0]]) == {Rank.TITULAR}


def test_the_plan_prints_who_is_and_will_be_referent_and_hides_private_numbers(cpts: Cpts) -> None:
    private = [
        ContactPhone(position=0, number="+33639980000", is_private=True),
        ContactPhone(position=1, number="+33465710009"),
    ]
    person = contact(cpts, "Dupuy", phones=private)
    by = AccountFactory()
    operations.appoint(cpts, Appointment(person, Rank.TITULAR, TODAY), by=by, at=NOON)
    on_duty(cpts, "Nadal", Rank.DEPUTY, TODAY + timedelta(days=10))
    on_duty(cpts, "Ancien", Rank.TITULAR, TODAY - timedelta(days=10), TODAY - timedelta(days=5))
    table, *notices = chapter.summary(cpts, TODAY)
    assert isinstance(table, Table)
    assert [words(row.cells[1]) for row in table.rows] == ["Camille DUPUY", "Camille NADAL"]
    assert "06" in words(table.rows[0].cells[3])
    (public,) = public_blocks([table])
    assert isinstance(public, Table)
    assert words(public.rows[0].cells[3]) == "04\u00a065\u00a071\u00a000\u00a009"
    assert [words(notice.text) for notice in notices if isinstance(notice, Notice)] == [
        "Les coordonnées de Camille DUPUY, référent titulaire, n’ont pas été vérifiées depuis 6 mois.",
        "Aucun suppléant du 22 novembre au 1er décembre 2026.",
    ]


def test_only_persons_are_proposed_as_referents(referent: Browser) -> None:
    cpts = cpts_of(referent)
    contact(cpts, "Dupuy")
    ContactFactory(cpts_id=cpts.id, family_name="Mairie Dupuy", given_name="", is_service=True)
    db.session.commit()
    page = referent.submit(referent.get("cpts.referents.add"), fields={"contact-q": "dupuy", "search": "contact"})
    assert page.texts("#contact-choices label") == ["Camille DUPUY – Infirmier, Uzès"]


def test_a_duty_is_not_prolonged_into_that_of_the_next_holder(referent: Browser) -> None:
    cpts, today = cpts_of(referent), today_of(referent)
    now = on_duty(cpts, "Première", Rank.TITULAR, today - timedelta(days=30), today + timedelta(days=10))
    on_duty(cpts, "Seconde", Rank.TITULAR, today + timedelta(days=11))
    db.session.commit()
    page = referent.get("cpts.referents.end", duty_id=now.id)
    refused = referent.submit(page, fields={"ends_on": (today + timedelta(days=20)).isoformat()})
    assert refused.status == 422
    assert "SECONDE" in " ".join(refused.texts("#ends_on-error"))
    assert referent.submit(page, fields={"ends_on": (today + timedelta(days=5)).isoformat()}).status == 303
