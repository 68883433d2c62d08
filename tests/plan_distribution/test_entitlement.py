"""What a link gives once the directory knows its recipient otherwise than on the day when it was sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.db import db
from crisis_plan.distribution import queries, sending
from crisis_plan.distribution.models import DeliveryEvent
from crisis_plan.distribution.refusals import NotARecipient
from crisis_plan.distribution.rules import EventKind, Group, edition_today
from crisis_plan.document.blocks import Edition
from crisis_plan.outbox import OutboxMessage
from crisis_plan.publication.rules import FileKind
from tests.factories import NOON, AccountFactory
from tests.plan_distribution.arranged import bytes_of, everyone, left, link_of, sent, version

LATER = NOON + timedelta(days=8)


@pytest.fixture
def people(app, cpts):
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    yield everyone(cpts)
    app.config["SMTP_URL"] = ""


def becomes(contact, kind):
    """The directory is told that they are something else now."""
    contact.kind = kind
    contact.joined_on = None
    db.session.commit()


def written_again(app, cpts, delivery):
    with app.test_request_context():
        sending.send_again(cpts, delivery, by=AccountFactory(), at=LATER)
        db.session.commit()


@pytest.mark.parametrize(
    ("edition", "group", "is_marked", "gives"),
    [
        (Edition.RESTRICTED, Group.ADHERENT, False, Edition.RESTRICTED),
        (Edition.RESTRICTED, Group.PARTNER, False, Edition.PUBLIC),
        (Edition.RESTRICTED, None, False, None),
        (Edition.RESTRICTED, Group.PARTNER, True, Edition.RESTRICTED),
        (Edition.RESTRICTED, None, True, Edition.RESTRICTED),
        (Edition.PUBLIC, Group.ADHERENT, False, Edition.PUBLIC),
        (Edition.PUBLIC, None, False, None),
    ],
)
def test_a_link_gives_no_more_than_the_group_of_today(edition, group, is_marked, gives):
    assert edition_today(edition, group, is_marked=is_marked) is gives


@pytest.mark.parametrize("place", ["plan.pdf", "en-vigueur.pdf"])
def test_who_left_the_association_for_a_partner_gets_the_public_edition(app, cpts, people, visitor, place):
    (delivery,) = sent(app, cpts, version(cpts), people["adherent"])
    version(cpts, 2)
    address = link_of(app, delivery)
    assert visitor.send(f"{address}/{place}", {}).content.endswith(FileKind.RESTRICTED.value.encode())
    becomes(people["adherent"], ContactKind.PARTNER)
    page = visitor.open(address)
    assert "Édition publique" in page.text
    assert "numéros privés" not in page.text
    assert visitor.send(f"{address}/{place}", {}).content.endswith(FileKind.PUBLIC.value.encode())


def test_who_is_no_recipient_any_more_has_no_link(app, cpts, people, visitor, referent):
    (delivery,) = sent(app, cpts, version(cpts), people["adherent"])
    becomes(people["adherent"], ContactKind.PROFESSIONAL)
    address = link_of(app, delivery)
    assert visitor.open(address).status == 410
    for one in ("plan.pdf", "en-vigueur.pdf", "accuser-reception"):
        assert visitor.send(f"{address}/{one}", {"name": "Inès"}).status == 410
    with app.test_request_context(), pytest.raises(NotARecipient):
        sending.send_again(cpts, delivery, by=AccountFactory(), at=LATER)
    page = referent.get("cpts.distribution.show", delivery_id=delivery.id)
    assert "n’est plus un destinataire" in page.text
    assert not page.html.select("form[action$='renvoyer']")
    assert "n’est plus destinataire" in referent.get("cpts.distribution.index").text


def test_who_was_marked_by_hand_keeps_what_was_chosen(app, cpts, people, visitor):
    (delivery,) = sent(app, cpts, version(cpts), people["partner"], restricted=[people["partner"].id])
    becomes(people["partner"], ContactKind.PROFESSIONAL)
    assert visitor.send(f"{link_of(app, delivery)}/plan.pdf", {}).content == bytes_of(1, FileKind.RESTRICTED)


def test_sent_again_it_is_the_edition_of_today_and_what_was_given_stays_told(app, cpts, people):
    (delivery,) = sent(app, cpts, version(cpts), people["adherent"])
    becomes(people["adherent"], ContactKind.PARTNER)
    written_again(app, cpts, delivery)
    query = sa.select(DeliveryEvent.edition).where(DeliveryEvent.kind == EventKind.SENT)
    assert db.session.scalars(query.order_by(DeliveryEvent.happened_at)).all() == [Edition.RESTRICTED, Edition.PUBLIC]
    said = db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.created_at.desc())).first().body
    assert "édition publique" in said
    assert "téléphones privés" not in said


def test_who_is_no_recipient_any_more_is_not_reminded(app, cpts, people):
    made = version(cpts)
    left(*sent(app, cpts, made, people["adherent"], people["ars"]))
    becomes(people["adherent"], ContactKind.PROFESSIONAL)
    assert [one.name for one in queries.whole_register(cpts, made, LATER).to_remind(LATER)] == ["ARS Occitanie"]
