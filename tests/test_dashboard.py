"""The first page of a CPTS, read in a hurry or on a quiet day."""

from __future__ import annotations

from datetime import timedelta

from crisis_plan import clock
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.exercises.rules import ExerciseKind
from crisis_plan.anticipation.referents import absences
from crisis_plan.anticipation.referents import queries as referents
from crisis_plan.anticipation.referents.absences import Leave
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.stock.kinds import MovementKind
from crisis_plan.anticipation.stock.models import StockBatch, StockMovement
from crisis_plan.db import db
from crisis_plan.distribution.handing import Handing, hand_over
from crisis_plan.distribution.rules import Channel
from crisis_plan.months import add_months
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import MissionSource
from crisis_plan.publication import queries as publication
from crisis_plan.publication.rules import PublicationKind
from crisis_plan.web.formats import long_date
from tests.anticipation.exercises.factories import exercise
from tests.browser import Browser
from tests.factories import NOON, TODAY
from tests.publication.arranged import write_everything
from tests.statements import counted_statements, most_statements


def publish(browser: Browser, kind: PublicationKind) -> None:
    endpoint = "publish" if kind is PublicationKind.PUBLISHED else "publish_provisional"
    assert browser.post(f"cpts.publication.{endpoint}").status == 303


def hrefs(page, selector: str) -> list[str]:
    return [str(a["href"]) for a in page.html.select(selector)]


def say_everything_of_the_contract(cpts: Cpts) -> None:
    """Signed a month ago, for a mission that begins in a month: nothing is due of it yet."""
    day = clock.today(cpts)
    cpts.deadlines_from, cpts.contract_signed_on = MissionSource.CONTRACT, day - timedelta(days=30)
    cpts.mission_started_on = day + timedelta(days=30)


def hand_to_everybody(browser: Browser) -> None:
    """The version in force, on paper, to each person of the directory."""
    current = publication.current_or_404(browser.cpts)
    everybody = [contact.id for contact in db.session.query(Contact)]
    handing = Handing(everybody, Channel.PAPER, current.dated_on)
    hand_over(browser.cpts, current, handing, by=browser.account, at=clock.now())


def test_in_an_alert_everything_to_press_is_there(referent: Browser) -> None:
    write_everything(referent.cpts, referent.account)
    page = referent.get("cpts.dashboard.show")
    said = page.texts("section[aria-labelledby=alert]")[0]
    assert all(word in said for word in ("Maison de santé", "Salle des fêtes", "1 rue de l’Exemple"))
    assert "/aide#alerte" in hrefs(page, "section[aria-labelledby=alert] a")
    assert "tel:+33465710000" in hrefs(page, "section[aria-labelledby=alert] a")
    publish(referent, PublicationKind.PUBLISHED)
    page = referent.get("cpts.dashboard.show")
    assert "/cpts/uzege/versions/1#chapitre-alerte-immediate" in hrefs(page, "section[aria-labelledby=alert] a")


def test_who_sees_a_provisional_version_is_said(referent: Browser, ars_reader: Browser) -> None:
    assert "ne voient encore rien" in referent.get("cpts.dashboard.show").text
    publish(referent, PublicationKind.PROVISIONAL)
    page = referent.get("cpts.dashboard.show")
    assert "ne voient encore rien" not in page.text
    assert "version provisoire 1 du" in page.text
    area = ars_reader.get("regional.index")
    assert "/cpts/uzege/versions/provisoires/1" in hrefs(area, "main td a")


def test_nothing_to_do_is_said_only_when_it_is_true(referent: Browser) -> None:
    write_everything(referent.cpts, referent.account)
    publish(referent, PublicationKind.PUBLISHED)
    page = referent.get("cpts.dashboard.show")
    assert "Rien à faire aujourd’hui" not in page.text
    assert "contacts à vérifier" in page.text
    for contact in db.session.query(Contact):
        contact.verified_on = TODAY
    for batch in db.session.query(StockBatch):
        batch.movements.append(StockMovement(kind=MovementKind.COUNT, change=0, happened_on=TODAY, recorded_at=NOON))
    for kind in ExerciseKind:
        exercise(referent.cpts, kind.label, TODAY, kind=kind, held_on=TODAY)
    say_everything_of_the_contract(referent.cpts)
    hand_to_everybody(referent)
    db.session.commit()
    page = referent.get("cpts.dashboard.show")
    assert page.texts("#tasks li") == []
    assert "Rien à faire aujourd’hui" in page.text


def test_who_is_away_is_called_last_and_that_is_said(referent: Browser) -> None:
    write_everything(referent.cpts, referent.account)
    titular = referents.on_duty(referent.cpts, TODAY)[Rank.TITULAR].contact
    day = clock.today(referent.cpts)
    absences.add(referent.cpts, Leave(titular, day, day), today=day, by=referent.account, at=NOON)
    db.session.commit()
    page = referent.get("cpts.dashboard.show")
    assert page.texts("section[aria-labelledby=alert] dt")[:2] == ["Suppléant", "Titulaire"]
    said = page.texts("section[aria-labelledby=alert] dd")
    assert "À appeler d’abord" in said[0]
    assert "Absent jusqu’au" in said[1]


def test_what_is_due_is_one_list_under_its_days_with_one_gesture_each(referent: Browser) -> None:
    write_everything(referent.cpts, referent.account)
    publish(referent, PublicationKind.PUBLISHED)
    day = clock.today(referent.cpts)
    exercise(referent.cpts, "Canicule", day - timedelta(days=9))
    db.session.query(StockBatch).one().expires_on = day + timedelta(days=20)
    db.session.commit()
    page = referent.get("cpts.dashboard.show")
    shown = ["En retard", "D’ici une semaine", "D’ici un mois", "Quand vous pourrez"]
    assert list(dict.fromkeys(page.texts("#tasks h3"))) == shown
    asked = page.html.select("#tasks li")
    assert [len(one.select("a, button")) for one in asked] == [1] * len(asked)
    said = page.texts("#tasks li")
    assert "Canicule" in said[0]
    (expiry,) = (one for one in said if one.startswith("1 article expire dans les 30 jours."))
    assert "Échéance :" in expiry


def test_the_sections_to_complete_are_in_the_same_list_and_a_long_list_is_folded(referent: Browser) -> None:
    page = referent.get("cpts.dashboard.show")
    shown = [one for one in page.html.select("#tasks li") if not one.find_parent("details")]
    folded = page.html.select("#tasks details li")
    beyond = {str(one.select("a")[0]["href"]) for one in shown[12:]}
    assert beyond == {"/cpts/uzege/mise-a-jour/echeances/contrat"}  # what a payment hangs on is never folded
    assert page.texts("#tasks summary") == [f"Voir les {len(folded)} autres"]
    sections = [one for one in shown if "Rubrique «" in one.get_text()]
    assert len(sections) == 11
    address = str(sections[0].select("a")[0]["href"])
    assert "#" in address
    assert referent.open(address.partition("#")[0]).status == 200


def test_every_thing_to_do_opens_for_whoever_reads_it(
    referent: Browser, coordinator: Browser, cell_member: Browser
) -> None:
    """Nothing said of the contract, then everything; before a first version, then after it."""
    for browser in (referent, coordinator, cell_member):
        everything_opens(browser)
    write_everything(referent.cpts, referent.account)
    publish(referent, PublicationKind.PUBLISHED)
    for browser in (referent, coordinator, cell_member):
        everything_opens(browser)
    say_everything_of_the_contract(referent.cpts)
    db.session.commit()
    for browser in (referent, coordinator, cell_member):
        everything_opens(browser)


def everything_opens(browser: Browser) -> None:
    found = hrefs(browser.get("cpts.dashboard.show"), "#tasks a")
    addresses = {address.partition("#")[0] for address in found}
    assert addresses
    assert dict.fromkeys(addresses, 200) == {one: browser.open(one).status for one in addresses}


def test_before_the_first_version_sections_are_due_when_the_plan_is(referent: Browser) -> None:
    day = clock.today(referent.cpts)
    referent.cpts.deadlines_from = MissionSource.CONTRACT
    referent.cpts.contract_signed_on = add_months(day, -5)
    db.session.commit()
    said = [one for one in referent.get("cpts.dashboard.show").texts("#tasks li") if "Rubrique «" in one]
    due = long_date(add_months(referent.cpts.contract_signed_on, 6))
    assert said
    assert all(f"Échéance : {due}." in one.replace("\u00a0", " ") for one in said)


def test_the_update_is_asked_without_the_plan_being_frozen(referent: Browser) -> None:
    write_everything(referent.cpts, referent.account)
    publish(referent, PublicationKind.PUBLISHED)
    day = clock.today(referent.cpts)
    referent.cpts.mission_started_on = day - timedelta(days=330)
    db.session.commit()
    said = " ".join(referent.get("cpts.dashboard.show").texts("#tasks li"))
    assert "Mise à jour annuelle, à publier au plus tard le" in said


def test_a_plan_that_is_ready_is_to_be_published_by_who_may(referent: Browser, coordinator: Browser) -> None:
    write_everything(referent.cpts, referent.account)
    db.session.commit()
    assert "Publier le plan : Le plan est rempli" in " ".join(referent.get("cpts.dashboard.show").texts("#tasks a"))
    assert "Publier le plan" not in coordinator.get("cpts.dashboard.show").text


def test_a_cell_member_reads_who_does_it_and_nothing_of_the_money(referent: Browser, cell_member: Browser) -> None:
    page = cell_member.get("cpts.dashboard.show")
    assert "Par la coordination et les référents de crise." in page.text
    assert "Par la coordination et les référents de crise." not in referent.get("cpts.dashboard.show").text
    assert not [href for href in hrefs(page, "#tasks a") if "/financements" in href]


def test_the_first_page_costs_the_same_however_much_is_due(referent: Browser) -> None:
    write_everything(referent.cpts, referent.account)
    publish(referent, PublicationKind.PUBLISHED)
    exercise(referent.cpts, "Canicule", TODAY)
    db.session.commit()
    with counted_statements() as one:
        referent.get("cpts.dashboard.show")
    for number in range(3):
        exercise(referent.cpts, f"Exercice {number}", TODAY)
    db.session.commit()
    with counted_statements() as four:
        referent.get("cpts.dashboard.show")
    assert len(one) == len(four) <= most_statements("cpts.dashboard.show")
