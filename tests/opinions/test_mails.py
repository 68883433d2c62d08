"""Who is told by mail, how often, and what a mail never quotes."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan.access.models import Membership
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.opinions.rules import MessageKind
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.publication.rules import PublicationKind
from tests.browser import Browser
from tests.factories import NOON
from tests.opinions.factories import opinion, say, version


@pytest.fixture(autouse=True)
def mails_are_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the demonstration: what is written stays in the outbox."""
    monkeypatch.setitem(app.config, "DEMO", True)


def mails() -> list[OutboxMessage]:
    return list(db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.created_at)))


def recipients() -> list[str]:
    return sorted(mail.recipient for mail in mails())


def test_coordination_and_referents_are_told_and_nobody_else(
    cpts: Cpts, referent: Browser, coordinator: Browser, cell_member: Browser, ars_reader: Browser
) -> None:
    opinion(cpts, version(cpts), ars_reader.account, text="Un détail délicat.")
    assert recipients() == sorted([referent.account.email, coordinator.account.email])
    mail = mails()[0]
    assert mail.subject == "Un avis sur la version 1 du plan – Uzège"
    assert "http://localhost/cpts/uzege/avis/" in mail.body
    assert "ARS Occitanie" in mail.body
    assert "délicat" not in mail.body


def test_one_message_a_day_for_each_version(cpts: Cpts, referent: Browser, ars_reader: Browser) -> None:
    first, provisional = version(cpts), version(cpts, kind=PublicationKind.PROVISIONAL)
    for _ in range(3):
        begun = opinion(cpts, first, ars_reader.account)
    say(cpts, begun, ars_reader.account, MessageKind.REMARK, at=NOON + timedelta(hours=1))
    assert len(mails()) == 1
    opinion(cpts, provisional, ars_reader.account)
    assert len(mails()) == 2
    opinion(cpts, first, ars_reader.account, at=NOON + timedelta(days=1))
    assert [mail.subject for mail in mails()].count("Un avis sur la version 1 du plan – Uzège") == 2


def test_who_asked_is_told_of_the_answer(cpts: Cpts, referent: Browser, ars_reader: Browser) -> None:
    begun = opinion(cpts, version(cpts), ars_reader.account)
    say(cpts, begun, referent.account, MessageKind.ANSWER, "Le code est 1234.", at=NOON + timedelta(hours=1))
    mail = mails()[-1]
    assert (mail.recipient, mail.subject) == (ars_reader.account.email, "Réponse à votre avis – Uzège")
    assert f"http://localhost/cpts/uzege/avis/{begun.id}/" in mail.body
    assert "1234" not in mail.body


def test_who_no_longer_reads_the_plan_is_not_told(cpts: Cpts, referent: Browser, ars_reader: Browser) -> None:
    begun = opinion(cpts, version(cpts), ars_reader.account)
    db.session.delete(ars_reader.account.readerships[0])
    db.session.commit()
    say(cpts, begun, referent.account, MessageKind.ANSWER, at=NOON + timedelta(hours=1))
    assert ars_reader.account.email not in recipients()


def test_what_the_cpts_says_to_itself_is_not_mailed(cpts: Cpts, referent: Browser, coordinator: Browser) -> None:
    begun = opinion(cpts, version(cpts), referent.account)
    assert mails() == []
    say(cpts, begun, referent.account, MessageKind.ANSWER)
    assert mails() == []
    say(cpts, begun, coordinator.account, MessageKind.ANSWER)
    assert recipients() == [referent.account.email]


def test_without_anyone_to_write_to_the_opinion_is_still_there(
    cpts: Cpts, ars_reader: Browser, referent: Browser
) -> None:
    for membership in db.session.scalars(sa.select(Membership).where(Membership.cpts_id == cpts.id)):
        membership.role = Role.ADHERENT
    db.session.commit()
    opinion(cpts, version(cpts), ars_reader.account)
    assert mails() == []
    assert len(ars_reader.get("cpts.opinions.index").html.select("tbody tr")) == 1
