"""Versions with frozen sections, and what readers say of them."""

from __future__ import annotations

from datetime import datetime

from flask import current_app

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.document import serial
from crisis_plan.document.blocks import Chapter, Document, Facts, Heading, Paragraph, Part, plain
from crisis_plan.opinions import operations
from crisis_plan.opinions.models import Opinion
from crisis_plan.opinions.rules import MessageKind, Words
from crisis_plan.opinions.sections import section_of, sections
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import queries as publication
from crisis_plan.publication.models import Publication
from crisis_plan.publication.rules import PublicationKind
from tests.factories import NOON, TODAY, AccountFactory

CHAPTERS = (
    Chapter("alerte-page", "Page d’alerte", (Heading("Qui appeler", anchor="ignoree"),), Part.ALERT),
    Chapter(
        "adaptation",
        "Adaptation",
        (
            Heading("Circuits de prise en charge", anchor="circuits"),
            Paragraph(plain("Les circuits du territoire.")),
            Heading("Articulation avec le dispositif ORSAN", anchor="orsan"),
            Heading("Un sous-titre", level=3, anchor="sous-titre"),
            Heading("Réponses et fiches actions", anchor="reponse"),
        ),
    ),
    Chapter("fiche-1", "Canicule", (Paragraph(plain("Une fiche.")),), Part.CARD),
)


def document(cpts: Cpts) -> Document:
    return Document(
        title="Plan",
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version="Version 1",
        dated_on=TODAY,
        status="Version publiée",
        author="Claire Vidal",
        cover=Facts(()),
        chapters=CHAPTERS,
        address="",
    )


def version(cpts: Cpts, number: int = 1, kind: PublicationKind = PublicationKind.PUBLISHED) -> Publication:
    """A version whose sections are frozen."""
    made = Publication(
        cpts_id=cpts.id,
        kind=kind,
        number=number,
        dated_on=TODAY,
        published_at=NOON,
        author=AccountFactory(),
        author_name="Claire Vidal",
        content=None if kind is PublicationKind.EARLIER else serial.to_json(document(cpts)),
    )
    db.session.add(made)
    db.session.commit()
    return made


def opinion(
    cpts: Cpts,
    of: Publication,
    by: Account,
    *,
    kind: MessageKind = MessageKind.QUESTION,
    text: str = "Qui ouvre la salle ?",
    key: str = "circuits",
    at: datetime = NOON,
) -> Opinion:
    """Somebody says something of a section."""
    found = section_of(sections(publication.frozen(of) or document(cpts)), key)
    assert found
    with current_app.test_request_context():
        made = operations.leave(cpts, of, found, Words(kind, text), by=by, at=at)
        db.session.commit()
    return made


def say(
    cpts: Cpts, opinion: Opinion, by: Account, kind: MessageKind, text: str = "Un message.", at: datetime = NOON
) -> None:
    """The next word of a conversation."""
    with current_app.test_request_context():
        operations.reply(cpts, opinion, Words(kind, text), seen=opinion.messages[-1].number, by=by, at=at)
        db.session.commit()
