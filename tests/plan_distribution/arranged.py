"""A published plan and the people to whom it goes, arranged in a few lines."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask

from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory.models import Contact, ContactEmail
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.db import db
from crisis_plan.distribution import mails, sending
from crisis_plan.distribution.models import Delivery
from crisis_plan.distribution.sending import Recipients
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.publication.models import Publication, PublicationFile
from crisis_plan.publication.rules import FileKind, PublicationKind
from tests.factories import NOON, AccountFactory, ContactFactory

PUBLISHED_ON = date(2026, 10, 1)
SERVER = "smtp://courriel.exemple.fr"


def version(cpts: Cpts, number: int = 1, *, dated_on: date = PUBLISHED_ON) -> Publication:
    """A published version whose two files tell the number and the edition."""
    made = Publication(
        cpts_id=cpts.id,
        kind=PublicationKind.PUBLISHED,
        number=number,
        dated_on=dated_on,
        published_at=NOON,
        author_id=AccountFactory().id,
        author_name="Jeanne",
    )
    for kind in (FileKind.RESTRICTED, FileKind.PUBLIC):
        content = bytes_of(number, kind)
        digest = hashlib.sha256(content).hexdigest()
        made.files.append(PublicationFile(kind=kind, content=content, sha256=digest, size=len(content)))
    db.session.add(made)
    db.session.commit()
    return made


def bytes_of(number: int, kind: FileKind) -> bytes:
    return f"%PDF-1.7 version {number} {kind.value}".encode()


def recipient(cpts: Cpts, name: str, kind: ContactKind, category: str = "", *, email: str | None = None) -> Contact:
    """A service of the directory, by default with an e-mail of its own."""
    address = f"{folded(name).replace(' ', '-')}@exemple.fr" if email is None else email
    values: dict[str, Any] = {"given_name": "", "profession": "", "joined_on": None, "is_service": True}
    if kind is ContactKind.ADHERENT:
        values = {"given_name": "Zoé", "is_service": False}
    made: Contact = ContactFactory(
        cpts_id=cpts.id,
        kind=kind,
        family_name=name,
        category=category,
        sort_name=folded(name),
        emails=[ContactEmail(position=0, address=address)] if address else [],
        **values,
    )
    return made


def everyone(cpts: Cpts) -> dict[str, Contact]:
    """One recipient of each group."""
    kinds = ContactKind
    made = {
        "ars": recipient(cpts, "ARS Occitanie", kinds.INSTITUTION, "ARS Occitanie"),
        "cpam": recipient(cpts, "CPAM du Gard", kinds.INSTITUTION, "CPAM"),
        "msa": recipient(cpts, "MSA du Languedoc", kinds.INSTITUTION, "MSA"),
        "other": recipient(cpts, "Préfecture du Gard", kinds.INSTITUTION, "Préfecture"),
        "adherent": recipient(cpts, "Barthélemy", kinds.ADHERENT),
        "partner": recipient(cpts, "Mairie d’Uzès", kinds.PARTNER, "Mairie"),
        "establishment": recipient(cpts, "EHPAD des Oliviers", kinds.ESTABLISHMENT, "EHPAD"),
    }
    db.session.commit()
    return made


def sent(
    app: Flask, cpts: Cpts, publication: Publication, *contacts: Contact, at: datetime = NOON, **values: Any
) -> list[Delivery]:
    """The version sent to these contacts, committed; the mail server has taken no message yet."""
    with app.test_request_context():
        to = Recipients([one.id for one in contacts], values.pop("restricted", ()))
        by: Account = values.pop("by", None) or AccountFactory()
        made = sending.send(cpts, publication, to, by=by, at=at)
        db.session.commit()
    return list(made)


def left(*deliveries: Delivery, at: datetime = NOON) -> None:
    """The mail server took the last message of each."""
    ids = [one.message_id for one in deliveries]
    db.session.execute(sa.update(OutboxMessage).where(OutboxMessage.id.in_(ids)).values(sent_at=at, attempts=1))
    db.session.commit()


def refused(*deliveries: Delivery) -> None:
    """The mail server refused the last message of each."""
    ids = [one.message_id for one in deliveries]
    db.session.execute(sa.update(OutboxMessage).where(OutboxMessage.id.in_(ids)).values(last_error="SMTP: 550"))
    db.session.commit()


def link_of(app: Flask, delivery: Delivery) -> str:
    """The path of this recipient's own page."""
    with app.test_request_context():
        return f"/d/{mails.token_of(delivery.id)}"
