"""The first page of a CPTS, read in a hurry or on a quiet day."""

from __future__ import annotations

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
from crisis_plan.publication.rules import PublicationKind
from tests.anticipation.exercises.factories import exercise
from tests.browser import Browser
from tests.factories import NOON, TODAY
from tests.publication.arranged import write_everything


def publish(browser: Browser, kind: PublicationKind) -> None:
    endpoint = "publish" if kind is PublicationKind.PUBLISHED else "publish_provisional"
    assert browser.post(f"cpts.publication.{endpoint}").status == 303


def hrefs(page, selector: str) -> list[str]:
    return [str(a["href"]) for a in page.html.select(selector)]


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
