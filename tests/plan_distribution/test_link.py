"""A recipient’s personal link: what it shows, what it proves, and whom it never gives what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.anticipation.directory import operations as directory
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.db import db
from crisis_plan.distribution import mails, queries, sending
from crisis_plan.distribution.models import Delivery, DeliveryEvent, LinkVisits
from crisis_plan.distribution.rules import MOST_OF_ONE_LINK, MOST_UNKNOWN, EventKind, Group
from crisis_plan.history import HistoryEvent
from crisis_plan.outbox import OutboxMessage
from crisis_plan.publication.rules import FileKind
from crisis_plan.web.links import token_for
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, CptsFactory
from tests.plan_distribution.arranged import bytes_of, everyone, left, link_of, recipient, sent, version


@pytest.fixture
def people(app, cpts):
    app.config["SMTP_URL"] = "smtp://courriel.exemple.fr"
    yield everyone(cpts)
    app.config["SMTP_URL"] = ""


def kinds_of(delivery):
    query = sa.select(DeliveryEvent.kind).where(DeliveryEvent.delivery_id == delivery.id)
    return list(db.session.scalars(query.order_by(DeliveryEvent.happened_at)))


def given_to(app, cpts, contact, publication=None, **values):
    (delivery,) = sent(app, cpts, publication or version(cpts), contact, **values)
    return delivery


def rows_of_everything():
    tables = {table for table in db.metadata.sorted_tables if table.name != "link_visits"}
    return {table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table)) for table in tables}


def test_reading_the_page_proves_and_writes_nothing(app, cpts, people, visitor):
    delivery = given_to(app, cpts, people["ars"])
    before = rows_of_everything()
    for _ in range(3):
        page = visitor.open(link_of(app, delivery))
    assert page.status == 200
    assert rows_of_everything() == before
    assert kinds_of(delivery) == [EventKind.SENT]
    for said in ("Uzège", "ARS Occitanie", "Version 1", "1er octobre 2026", "Édition restreinte"):
        assert said in page.text.replace("\xa0", " "), said
    assert page.response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.response.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(("who", "edition"), [("ars", FileKind.RESTRICTED), ("partner", FileKind.PUBLIC)])
def test_the_button_gives_the_exact_bytes_of_the_edition_and_proves_the_opening_once(
    app, cpts, people, visitor, who, edition
):
    delivery = given_to(app, cpts, people[who])
    for _ in range(2):
        page = visitor.submit(visitor.open(link_of(app, delivery)), "main form[action$='plan.pdf']")
        assert page.content == bytes_of(1, edition)
        assert page.response.headers["Content-Disposition"].startswith("attachment")
        assert "private" in page.response.headers["Cache-Control"]
    assert kinds_of(delivery) == [EventKind.SENT, EventKind.OPENED]


def test_a_newer_version_is_offered_in_the_same_edition_and_never_in_another(app, cpts, people, visitor):
    delivery = given_to(app, cpts, people["partner"])
    second = version(cpts, 2)
    page = visitor.open(link_of(app, delivery))
    assert "Une version plus récente est en vigueur" in page.text
    newer = visitor.submit(page, "main form[action$='en-vigueur.pdf']")
    own = visitor.submit(page, "main form[action$='plan.pdf']")
    assert (newer.content, own.content) == (bytes_of(2, FileKind.PUBLIC), bytes_of(1, FileKind.PUBLIC))
    query = sa.select(DeliveryEvent.publication_id).where(DeliveryEvent.kind == EventKind.OPENED)
    assert set(db.session.scalars(query)) == {second.id, delivery.publication_id}


@pytest.mark.parametrize("typed", [{"edition": "restreinte"}, {"version": "2"}, {"kind": "restricted"}])
def test_nothing_that_is_typed_gives_a_partner_the_restricted_bytes(app, cpts, people, visitor, typed):
    delivery = given_to(app, cpts, people["partner"])
    version(cpts, 2)
    for place in ("plan.pdf", "en-vigueur.pdf"):
        page = visitor.send(f"{link_of(app, delivery)}/{place}", typed)
        assert page.status == 200
        assert b"restricted" not in page.content
    assert visitor.open(f"{link_of(app, delivery)}/plan.pdf").location == link_of(app, delivery)


def test_a_recipient_marked_by_hand_gets_the_restricted_edition(app, cpts, people, visitor):
    delivery = given_to(app, cpts, people["other"], restricted=[people["other"].id])
    page = visitor.send(f"{link_of(app, delivery)}/plan.pdf", {})
    assert page.content == bytes_of(1, FileKind.RESTRICTED)


def test_an_acknowledgement_is_kept_once_with_the_name_that_was_typed(app, cpts, people, visitor):
    delivery = given_to(app, cpts, people["ars"])
    page = visitor.open(link_of(app, delivery))
    assert page.html.select_one("input[name=name]")["value"] == ""
    after = visitor.submit(page, "main form[action$='accuser-reception']", {"name": "Inès Roca"}).follow()
    assert "Accusé de réception enregistré" in after.text
    assert "par Inès Roca" in after.text
    assert "Dites que vous avez reçu" not in after.text
    again = visitor.send(f"{link_of(app, delivery)}/accuser-reception", {"name": "Quelqu’un d’autre"}).follow()
    assert "par Inès Roca" in again.text
    assert kinds_of(delivery) == [EventKind.SENT, EventKind.ACKNOWLEDGED]


def test_the_page_names_its_version_and_thanks_without_forgetting_a_newer_one(app, cpts, people, visitor):
    address = link_of(app, given_to(app, cpts, people["ars"]))
    page = visitor.open(address)
    assert "version 1" in page.html.select_one("h1").text
    assert [one.text.strip() for one in page.html.select("main button")] == [
        "Télécharger la version 1 (PDF)",
        "J’accuse réception de la version 1",
    ]
    visitor.send(f"{address}/accuser-reception", {"name": "Inès Roca"})
    assert "pour la version 1. Merci, vous n’avez plus rien à faire" in visitor.open(address).text
    version(cpts, 2)
    waiting = visitor.open(address).text
    assert "plus rien à faire" not in waiting
    assert "Il vous reste à télécharger la version 2" in waiting
    visitor.send(f"{address}/en-vigueur.pdf", {})
    assert "plus rien à faire" in visitor.open(address).text


def test_an_acknowledgement_without_a_name_is_refused(app, cpts, people, visitor):
    delivery = given_to(app, cpts, people["ars"])
    page = visitor.send(f"{link_of(app, delivery)}/accuser-reception", {"name": " "})
    assert page.status == 422
    assert "Écrivez votre nom." in page.text
    assert kinds_of(delivery) == [EventKind.SENT]


def refused_everywhere(app, visitor, delivery, status):
    """The page and its three buttons say so, and none of them says whose link it was."""
    address = link_of(app, delivery)
    pages = [visitor.open(address)]
    pages += [visitor.send(f"{address}/{one}", {"name": "Inès"}) for one in BUTTONS]
    assert [page.status for page in pages] == [status] * 4
    for page in pages:
        for said in ("Uzège", "ARS Occitanie", "Version 1"):
            assert said not in page.source


BUTTONS = ("plan.pdf", "en-vigueur.pdf", "accuser-reception")


def test_a_withdrawn_link_is_gone_until_it_is_sent_again(app, cpts, people, visitor):
    delivery = given_to(app, cpts, people["ars"])
    by = AccountFactory()
    sending.revoke(delivery, by=by, at=NOON + timedelta(hours=1))
    db.session.commit()
    refused_everywhere(app, visitor, delivery, 410)
    with app.test_request_context():
        sending.send_again(cpts, delivery, by=by, at=NOON + timedelta(hours=2))
        db.session.commit()
    assert visitor.open(link_of(app, delivery)).status == 200
    assert kinds_of(delivery) == [EventKind.SENT, EventKind.REVOKED, EventKind.SENT]


def test_who_left_the_directory_has_no_link_and_no_address_and_stays_by_name(app, cpts, people, visitor):
    delivery = given_to(app, cpts, people["ars"])
    directory.remove(people["ars"], today=TODAY, by=AccountFactory(), at=NOON)
    db.session.commit()
    db.session.expire_all()
    kept = db.session.get(Delivery, delivery.id)
    assert (kept.contact_id, kept.email, kept.name) == (None, "", "ARS Occitanie")
    refused_everywhere(app, visitor, delivery, 410)
    assert db.session.scalars(sa.select(OutboxMessage.recipient)).all() == []


def test_the_addresses_of_others_stay_when_somebody_leaves(app, cpts, people):
    ars, cpam = sent(app, cpts, version(cpts), people["ars"], people["cpam"])
    directory.remove(people["ars"], today=TODAY, by=AccountFactory(), at=NOON)
    db.session.commit()
    assert dict(db.session.execute(sa.select(Delivery.id, Delivery.email)).all()) == {
        ars.id: "",
        cpam.id: "cpam-du-gard@exemple.fr",
    }


def test_an_address_that_was_never_given_is_not_found(app, cpts, people, visitor):
    delivery = given_to(app, cpts, people["ars"])
    with app.test_request_context():
        of_another_purpose = token_for("call", delivery.id)
        of_nobody = token_for(mails.PURPOSE, cpts.id)
    for token in ("inconnu", of_another_purpose, of_nobody):
        assert visitor.open(f"/d/{token}").status == 404
        assert [visitor.send(f"/d/{token}/{one}", {}).status for one in BUTTONS] == [404] * 3


def test_a_link_gives_the_plan_of_its_own_cpts_alone(app, cpts, people, visitor):
    delivery = given_to(app, cpts, people["ars"])
    version(CptsFactory(slug="ailleurs", name="Ailleurs"), 9)
    page = visitor.open(link_of(app, delivery))
    assert "plus récente" not in page.text
    assert visitor.send(f"{link_of(app, delivery)}/en-vigueur.pdf", {}).content == bytes_of(1, FileKind.RESTRICTED)


def asked_from(app, address, network, **options):
    return Browser(app).open(address, environ_base={"REMOTE_ADDR": network}, **options)


def test_who_guesses_is_refused_and_whoever_shares_the_network_is_not(app, cpts, people, monkeypatch):
    address = link_of(app, given_to(app, cpts, people["ars"]))
    monkeypatch.setattr(clock, "now", lambda: NOON)
    for rank in range(MOST_UNKNOWN):
        assert asked_from(app, f"/d/inconnu-{rank}", f"192.0.2.{rank % 250}").status == 404
    too_many = asked_from(app, "/d/inconnu", "192.0.2.8")
    assert too_many.status == 429
    assert too_many.response.headers["Retry-After"] == "60"
    assert "Réessayez dans 60 secondes" in too_many.text
    assert asked_from(app, address, "192.0.2.7").status == 200
    assert asked_from(app, "/d/inconnu", "198.51.100.7").status == 404
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(seconds=61))
    assert asked_from(app, "/d/inconnu", "192.0.2.8").status == 404


def test_a_hundred_recipients_of_one_network_make_their_whole_visit(app, cpts, people, visitor, monkeypatch):
    made = version(cpts)
    members = [recipient(cpts, f"Adhérent {rank}", ContactKind.ADHERENT) for rank in range(100)]
    db.session.commit()
    addresses = [link_of(app, one) for one in sent(app, cpts, made, *members)]
    monkeypatch.setattr(clock, "now", lambda: NOON)
    for address in addresses:
        statuses = [visitor.open(address).status, visitor.send(f"{address}/plan.pdf", {}).status]
        assert [*statuses, visitor.send(f"{address}/accuser-reception", {"name": "Inès"}).status] == [200, 200, 303]
    assert queries.circulation(cpts, made)[Group.ADHERENT].acknowledged == 100


def test_one_link_is_not_asked_for_without_end(app, cpts, people, monkeypatch):
    first, second = (link_of(app, one) for one in sent(app, cpts, version(cpts), people["ars"], people["cpam"]))
    monkeypatch.setattr(clock, "now", lambda: NOON)
    asked_from(app, first, "192.0.2.7")
    db.session.execute(sa.update(LinkVisits).values(visits=MOST_OF_ONE_LINK))
    db.session.commit()
    assert asked_from(app, first, "198.51.100.7").status == 429
    assert asked_from(app, second, "192.0.2.7").status == 200


def test_a_network_is_forgotten_within_the_day(app, cpts, people, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    asked_from(app, "/d/inconnu", "192.0.2.7")
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=2))
    asked_from(app, "/d/inconnu", "198.51.100.7")
    assert db.session.scalars(sa.select(LinkVisits.visitor)).all() == ["198.51.100.0/24"]


def test_a_refused_post_counts_too(app, cpts, people, visitor, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    for _ in range(3):
        visitor.send("/d/inconnu/plan.pdf", {})
    assert db.session.scalar(sa.select(LinkVisits.visits)) == 3


def test_what_a_recipient_did_stays_without_history_of_who_reads(app, cpts, people, visitor):
    delivery = given_to(app, cpts, people["ars"])
    left(delivery)
    before = db.session.scalar(sa.select(sa.func.count()).select_from(HistoryEvent))
    visitor.send(f"{link_of(app, delivery)}/plan.pdf", {})
    assert db.session.scalar(sa.select(sa.func.count()).select_from(HistoryEvent)) == before
    with pytest.raises(sa.exc.DatabaseError, match="refuses"):
        db.session.execute(sa.update(DeliveryEvent).values(happened_at=NOON - timedelta(days=99)))
    db.session.rollback()
    with pytest.raises(sa.exc.DatabaseError, match="refuses"):
        db.session.execute(sa.update(Delivery).values(name="Autre"))
    db.session.rollback()
    assert date(2026, 10, 1) == delivery.publication.dated_on


def test_the_page_speaks_to_its_reader_and_promises_no_telephone(app, cpts, people, visitor):
    cpts.address = "3 place aux Herbes, 30700 Uzès"
    made = version(cpts)
    partner, adherent = sent(app, cpts, made, people["partner"], people["adherent"])
    if partner.group is not Group.PARTNER:
        partner, adherent = adherent, partner
    assert "connu de ses partenaires" in visitor.open(link_of(app, partner)).text
    page = visitor.open(link_of(app, adherent))
    assert "connu de ses adhérents" in page.text
    assert "3 place aux Herbes" in page.text
    unknown = visitor.open("/d/inconnu")
    assert unknown.status == 404
    assert "recopiez-le en entier" in unknown.text
    assert "appelez" not in unknown.text
