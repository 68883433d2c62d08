"""The first page of a CPTS, read in a hurry or on a quiet day."""

from __future__ import annotations

from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.db import db
from crisis_plan.publication.rules import PublicationKind
from tests.browser import Browser
from tests.factories import TODAY
from tests.publication.arranged import write_everything
from tests.statements import counted_statements


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
    db.session.commit()
    page = referent.get("cpts.dashboard.show")
    assert page.texts("#tasks li") == []
    assert "Rien à faire aujourd’hui" in page.text


def test_the_dashboard_asks_the_database_at_most_twelve_times(referent: Browser) -> None:
    write_everything(referent.cpts, referent.account)
    address = referent.address("cpts.dashboard.show")
    with counted_statements() as sent:
        assert referent.open(address).status == 200
    assert len(sent) <= 12, sent
