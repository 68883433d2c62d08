from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import vobject

from crisis_plan import clock
from crisis_plan.access.models import Membership
from crisis_plan.access.policy import Role
from crisis_plan.anticipation.exercises.rules import ExerciseKind
from crisis_plan.anticipation.referents.models import ReferentDuty
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.stock import operations as stock
from crisis_plan.anticipation.stock.descriptions import BatchDescription, ItemDescription
from crisis_plan.calendars import rules
from crisis_plan.calendars.contributors import all_dates
from crisis_plan.calendars.models import CalendarFeed
from crisis_plan.calendars.rules import CalendarDate, DateKind
from crisis_plan.db import db
from crisis_plan.organisations import operations as organisations
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import MissionSource
from crisis_plan.publication.models import Publication
from crisis_plan.publication.rules import PublicationKind
from crisis_plan.web.links import token_for
from tests.anticipation.exercises.factories import exercise
from tests.browser import Browser, Page
from tests.factories import NOON, TODAY, AccountFactory, ContactFactory, CptsFactory
from tests.statements import counted_statements


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def fill(cpts: Cpts) -> None:
    """A date of each kind that a room gives, and what must not be seen."""
    exercise(cpts, "Canicule", date(2026, 12, 10))
    exercise(cpts, "Fini", date(2026, 6, 1), held_on=date(2026, 6, 2), kind=ExerciseKind.COMMUNICATIONS_TEST)
    exercise(cpts, "Abandonné", date(2026, 12, 11), cancelled_on=TODAY)
    by = AccountFactory()
    stock.add_item(
        cpts,
        ItemDescription("Gants", unit="boîte"),
        batch=BatchDescription(40, expires_on=date(2027, 1, 31)),
        by=by,
        at=NOON,
    )
    holder = ContactFactory(cpts_id=cpts.id, family_name="Vidal")
    db.session.add(
        ReferentDuty(
            cpts_id=cpts.id,
            contact=holder,
            rank=Rank.TITULAR,
            starts_on=date(2026, 1, 1),
            ends_on=date(2027, 3, 31),
            created_at=NOON,
        )
    )
    db.session.add(
        Publication(
            cpts_id=cpts.id,
            kind=PublicationKind.PUBLISHED,
            number=1,
            dated_on=date(2026, 8, 1),
            published_at=NOON,
            author=by,
            author_name="Claire Vidal",
        )
    )
    db.session.commit()


def listed(page: Page) -> list[str]:
    return [said.replace("\u00a0", " ") for said in page.texts("main .rows li a")]


def test_the_year_to_come_is_one_list(cell_member: Browser, cpts: Cpts) -> None:
    fill(cpts)
    fill(CptsFactory())
    page = cell_member.get("cpts.calendars.show")
    assert listed(page) == [
        "Test de communication : à refaire avant cette date (rythme indicatif)",
        "Exercice sur table : Canicule",
        "Péremption : Gants (40 × boîte)",
        "Dernier jour du référent de crise titulaire",
        "Mise à jour du plan à publier (12 mois après la dernière publication)",
    ]
    assert page.texts("main h2") == ["Décembre 2026", "Janvier 2027", "Mars 2027", "Août 2027"]
    assert [page.browser.open(address).status for address in page.links("main .rows a").values()] == [200] * 5
    only = cell_member.get("cpts.calendars.show", nature="expiry")
    assert listed(only) == ["Péremption : Gants (40 × boîte)"]


def test_without_dates_the_page_says_where_they_come_from(cell_member: Browser) -> None:
    page = cell_member.get("cpts.calendars.show")
    assert "Aucune date à venir" in page.text
    assert "Ouvrir les exercices" in page.links()


def feed_of(browser: Browser) -> str:
    """Create the private address by the page, and read it there."""
    page = browser.get("cpts.calendars.my_feed")
    if page.html.select('form[action$="mon-agenda"]'):
        page = browser.submit(page, 'main form[action$="mon-agenda"]').follow()
    return str(page.html.select_one("#address")["value"])  # type: ignore[index]


def path(address: str) -> str:
    return address.removeprefix("http://localhost")


def test_a_feed_is_read_without_an_account(cell_member: Browser, visitor: Browser, cpts: Cpts) -> None:
    fill(cpts)
    fill(CptsFactory())
    answer = visitor.open(path(feed_of(cell_member))).response
    assert answer.mimetype == "text/calendar"
    content = answer.get_data(as_text=True)
    read = vobject.readOne(content)
    assert read.x_wr_calname.value == "Plan de crise – Uzège"
    found = {event.summary.value.replace("\u00a0", " "): event.dtstart.value for event in read.vevent_list}
    assert found == {
        "Un référent de crise titulaire prend ses fonctions": date(2026, 1, 1),
        "Test de communication : Fini": date(2026, 6, 2),
        "Test de communication : à refaire avant cette date (rythme indicatif)": date(2026, 12, 2),
        "Exercice sur table : Canicule": date(2026, 12, 10),
        "Péremption : Gants (40 × boîte)": date(2027, 1, 31),
        "Dernier jour du référent de crise titulaire": date(2027, 3, 31),
        "Mise à jour du plan à publier (12 mois après la dernière publication)": date(2027, 8, 1),
    }
    assert "Vidal" not in content


def test_a_feed_reads_the_same_twice_and_says_when_nothing_changed(
    cell_member: Browser, visitor: Browser, cpts: Cpts
) -> None:
    fill(cpts)
    address = path(feed_of(cell_member))
    first, second = visitor.open(address), visitor.open(address)
    assert first.content == second.content
    again = visitor.open(address, headers={"If-None-Match": first.response.headers["ETag"]})
    assert (again.status, again.content) == (304, b"")
    exercise(cpts, "Neige", date(2026, 12, 20))
    assert visitor.open(address).content != first.content


def test_a_feed_is_one_for_an_account_and_its_address_stays(cell_member: Browser, coordinator: Browser) -> None:
    mine = feed_of(cell_member)
    cell_member.post("cpts.calendars.create_feed")
    assert feed_of(cell_member) == mine
    assert feed_of(coordinator) != mine
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CalendarFeed)) == 2


def test_a_revoked_feed_answers_no_more_and_another_can_be_made(
    cell_member: Browser, coordinator: Browser, visitor: Browser, cpts: Cpts
) -> None:
    fill(cpts)
    mine, theirs = feed_of(cell_member), feed_of(coordinator)
    page = cell_member.get("cpts.calendars.my_feed")
    cell_member.submit(page, 'main form[action$="retirer"]')
    answer = visitor.open(path(mine))
    assert answer.status == 410
    assert b"BEGIN:VCALENDAR" not in answer.content
    again = feed_of(cell_member)
    assert again != mine
    assert [visitor.open(path(one)).status for one in (mine, again, theirs)] == [410, 200, 200]


@pytest.mark.parametrize("change", ["removed", "adherent"])
def test_who_lost_access_reads_nothing_more(cell_member: Browser, visitor: Browser, cpts: Cpts, change: str) -> None:
    fill(cpts)
    address = path(feed_of(cell_member))
    membership = db.session.scalars(sa.select(Membership).where(Membership.account == cell_member.account)).one()
    if change == "removed":
        db.session.delete(membership)
    else:
        membership.role = Role.ADHERENT
    db.session.commit()
    answer = visitor.open(address)
    assert answer.status == 410
    assert b"BEGIN:VCALENDAR" not in answer.content


def test_an_account_that_is_gone_takes_its_feed_with_it(cell_member: Browser, visitor: Browser) -> None:
    address = path(feed_of(cell_member))
    db.session.delete(db.session.get(type(cell_member.account), cell_member.account.id))  # type: ignore[union-attr]
    db.session.commit()
    assert visitor.open(address).status == 404


def test_an_address_that_was_not_signed_for_this_is_unknown(
    app: object, cell_member: Browser, visitor: Browser
) -> None:
    address = path(feed_of(cell_member))
    feed = db.session.scalars(sa.select(CalendarFeed)).one()
    others = (
        "inconnu",
        str(feed.id),
        token_for("answer", feed.id),
        token_for("calendar", uuid.uuid4()),
        address.removeprefix("/calendrier/").removesuffix(".ics")[:-1],
    )
    assert [visitor.open(f"/calendrier/{token}.ics").status for token in others] == [404] * len(others)


def test_reading_a_feed_writes_nothing_and_costs_little(cell_member: Browser, visitor: Browser, cpts: Cpts) -> None:
    fill(cpts)
    address = path(feed_of(cell_member))
    counts = []
    for number in range(2):
        with counted_statements() as sent:
            assert visitor.open(address).status == 200
        assert not [one for one in sent if one.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]
        counts.append(len(sent))
        exercise(cpts, f"Autre {number}", date(2026, 12, 20))
        exercise(cpts, f"Encore {number}", date(2026, 12, 21))
    assert counts[0] == counts[1]


def test_who_only_reads_the_plan_has_no_feed(adherent: Browser) -> None:
    assert adherent.get("cpts.calendars.show").status == 403
    assert adherent.post("cpts.calendars.create_feed").status == 403
    assert db.session.scalars(sa.select(CalendarFeed)).all() == []


def test_one_exercise_and_all_of_them_go_into_a_calendar(cell_member: Browser, cpts: Cpts) -> None:
    one = exercise(cpts, "Canicule", date(2026, 12, 10))
    exercise(cpts, "Abandonné", date(2026, 12, 11), cancelled_on=TODAY)
    exercise(CptsFactory(), "Ailleurs", date(2026, 12, 11))
    alone = vobject.readOne(cell_member.get("cpts.exercises.as_calendar", exercise_id=one.id).content.decode())
    assert [event.dtstart.value for event in alone.vevent_list] == [date(2026, 12, 10)]
    every = vobject.readOne(cell_member.get("cpts.exercises.all_as_calendar").content.decode())
    assert [(event.summary.value.partition("\u00a0: ")[2], event.status.value) for event in every.vevent_list] == [
        ("Canicule", "CONFIRMED"),
        ("Abandonné", "CANCELLED"),
    ]
    assert every.vevent_list[0].uid.value == alone.vevent.uid.value
    assert str(one.id) in alone.vevent.url.value


def test_the_same_exercise_is_the_same_event_in_the_feed_and_in_its_file(
    cell_member: Browser, visitor: Browser, cpts: Cpts
) -> None:
    one = exercise(cpts, "Canicule", date(2026, 12, 10))
    alone = vobject.readOne(cell_member.get("cpts.exercises.as_calendar", exercise_id=one.id).content.decode())
    feed = vobject.readOne(visitor.open(path(feed_of(cell_member))).content.decode())
    assert [event.uid.value for event in feed.vevent_list] == [alone.vevent.uid.value]


def test_a_title_that_begins_with_the_kind_does_not_say_it_twice(cpts: Cpts) -> None:
    kind = ExerciseKind.COMMUNICATIONS_TEST
    assert exercise(cpts, "Test de communication d’hiver", kind=kind).name == "Test de communication d’hiver"
    assert exercise(cpts, "Hiver", kind=kind).name == "Test de communication\u00a0: Hiver"


def test_every_date_has_an_identity_of_its_own(cpts: Cpts) -> None:
    fill(cpts)
    keys = [one.key for one in all_dates(cpts, TODAY)]
    assert len(keys) == len(set(keys)) == 7


def on(day: date) -> CalendarDate:
    return CalendarDate(DateKind.EXERCISE, f"exercise-{day}", day, "Un exercice", NOON, "cpts.exercises.index")


def test_a_list_begins_today_and_a_feed_a_year_ago() -> None:
    days = [TODAY + timedelta(days=shift) for shift in (-366, -365, -1, 0, 365, 366)]
    dates = list(map(on, reversed(days)))
    assert [one.day for one in rules.coming(dates, TODAY)] == days[3:5]
    assert [one.day for one in rules.within_reach(dates, TODAY)] == days[1:5]


def test_twelve_months_are_drawn_even_those_without_a_date() -> None:
    found = rules.counts_by_month([on(date(2027, 1, 31)), on(date(2027, 1, 1)), on(TODAY)], TODAY)
    assert [count for _, count in found] == [1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert [rules.month_name(month) for month, _ in found[:3]] == ["novembre 2026", "décembre 2026", "janvier 2027"]


def test_a_pace_stays_in_the_calendar_while_what_is_planned_comes_too_late(cell_member: Browser, cpts: Cpts) -> None:
    exercise(cpts, "Printemps", date(2026, 6, 2), held_on=date(2026, 6, 2), kind=ExerciseKind.COMMUNICATIONS_TEST)
    following = exercise(cpts, "Hiver", date(2027, 2, 1), kind=ExerciseKind.COMMUNICATIONS_TEST)
    pace = "Test de communication : à refaire avant cette date (rythme indicatif)"
    assert listed(cell_member.get("cpts.calendars.show")) == [pace, "Test de communication : Hiver"]
    following.planned_on = date(2026, 12, 2)
    db.session.commit()
    assert listed(cell_member.get("cpts.calendars.show")) == ["Test de communication : Hiver"]


def test_what_is_late_and_still_to_do_comes_first(cell_member: Browser, cpts: Cpts) -> None:
    stock.add_item(
        cpts,
        ItemDescription("Masques"),
        batch=BatchDescription(40, expires_on=TODAY - timedelta(days=9)),
        by=AccountFactory(),
        at=NOON,
    )
    exercise(cpts, "Fini", TODAY - timedelta(days=30), held_on=TODAY - timedelta(days=30))
    page = cell_member.get("cpts.calendars.show")
    (late,) = page.texts("section[aria-labelledby=late]")
    assert "Masques" in late
    assert "Fini" not in late


def test_a_plan_that_should_be_written_is_late_and_the_end_of_a_year_never_is(cell_member: Browser, cpts: Cpts) -> None:
    cpts.deadlines_from, cpts.contract_signed_on = MissionSource.CONTRACT, TODAY - timedelta(days=400)
    cpts.mission_started_on = TODAY - timedelta(days=380)
    db.session.commit()
    (late,) = cell_member.get("cpts.calendars.show").texts("section[aria-labelledby=late]")
    assert "Démarrage" in late
    assert "année" not in late


def test_the_update_moves_with_the_contract_the_same_in_both_calendars(
    referent: Browser, visitor: Browser, cpts: Cpts
) -> None:
    fill(cpts)
    before = update_events(referent, visitor)
    account, later = referent.account, NOON + timedelta(days=1)
    organisations.change_cpts(
        cpts, seen_version=cpts.version, by=account, at=later, mission_started_on=TODAY - timedelta(days=300)
    )
    db.session.commit()
    after = update_events(referent, visitor)
    assert len(before) == len(after) == 1
    ((uid, _url, stamp, sequence),), ((uid_after, url, stamp_after, sequence_after),) = before, after
    assert uid == uid_after
    assert url.endswith("/mise-a-jour/")
    assert int(sequence_after) == int(sequence) + 1
    assert stamp_after > stamp


def update_events(browser: Browser, visitor: Browser) -> set[tuple[str, str, str, str]]:
    """The event of the update, as the feed and the file of the deadlines say it."""
    texts = [
        visitor.open(path(feed_of(browser))).response.get_data(as_text=True),
        browser.get("cpts.deadlines.calendar").response.get_data(as_text=True),
    ]
    events = [event for text in texts for event in vobject.readOne(text).vevent_list]
    found = [one for one in events if one.uid.value.startswith("update-")]
    assert len(found) == 2
    return {(one.uid.value, one.url.value, str(one.dtstamp.value), one.sequence.value) for one in found}
