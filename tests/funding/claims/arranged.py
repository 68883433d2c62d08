"""A CPTS of size 1 with versions of its plan, ready to claim."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa
from pypdf import PdfReader

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.distribution.models import Delivery, DeliveryEvent
from crisis_plan.distribution.rules import Channel, EventKind, Group
from crisis_plan.document import serial
from crisis_plan.document.blocks import Chapter, Document, Edition, Facts, Paragraph, plain
from crisis_plan.funding.models import Claim
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import Size
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.facts import operations as facts
from crisis_plan.pilotage.facts.operations import Told
from crisis_plan.pilotage.facts.rules import FactKind
from crisis_plan.pilotage.mobilisation.models import ActionCarriedOut, ActionPerson, TimeSpent
from crisis_plan.publication.models import Publication, PublicationFile
from crisis_plan.publication.rules import FileKind, PublicationKind
from crisis_plan.web.attachments import Attachment
from tests.browser import Browser, Page
from tests.factories import NOON

STARTED_ON = date(2025, 3, 1)
"""The mission: 22/11/2026 is in its second year."""
YEAR_1, YEAR_2 = date(2025, 6, 1), date(2026, 6, 1)
PDF = b"%PDF-1.4\n%%EOF\n"
ACT = Attachment("arrete.pdf", "application/pdf", b"%PDF-1.4\nArrete\n%%EOF\n")
EVERY_GROUP = (Group.ARS, Group.CPAM, Group.ADHERENT, Group.PARTNER)


def settle(cpts: Cpts) -> None:
    """Its size is stated and its mission begun."""
    cpts.stated_size, cpts.mission_started_on, cpts.cpam_name = Size.T1, STARTED_ON, "CPAM du Gard"
    db.session.flush()


def a_version(
    cpts: Cpts, by: Account, number: int = 1, on: date = YEAR_1, kind: PublicationKind = PublicationKind.PUBLISHED
) -> Publication:
    """A version with one sentence of its own, and its PDF."""
    chapter = Chapter("plan", "Plan", (Paragraph(plain(f"Ce que dit la version {number}.")),))
    document = Document(
        "Plan",
        cpts.name,
        cpts.legal_name,
        f"Version {number}",
        on,
        "Version publiée",
        by.name,
        Facts(()),
        (chapter,),
        "",
    )
    content = PDF.replace(b"\n%%EOF", f"\n{kind} {number}\n%%EOF".encode())
    is_earlier = kind is PublicationKind.EARLIER
    version = Publication(
        cpts_id=cpts.id,
        kind=kind,
        number=number,
        dated_on=on,
        published_at=datetime.combine(on, time(9), tzinfo=UTC),
        author_id=by.id,
        author_name=by.name,
        content=None if is_earlier else serial.to_json(document),
        content_sha256="" if is_earlier else hashlib.sha256(serial.canonical_bytes(document)).hexdigest(),
        files=[
            PublicationFile(
                kind=FileKind.EARLIER if is_earlier else FileKind.RESTRICTED,
                content=content,
                sha256=hashlib.sha256(content).hexdigest(),
                size=len(content),
            )
        ],
    )
    db.session.add(version)
    db.session.flush()
    return version


def circulate(cpts: Cpts, by: Account, version: Publication, groups: tuple[Group, ...] = EVERY_GROUP) -> None:
    """One recipient of each of these groups was handed the version."""
    for group in groups:
        given = Delivery(
            cpts_id=cpts.id,
            publication_id=version.id,
            group=group,
            name=f"Destinataire {group.label}",
            edition=Edition.RESTRICTED,
            created_at=NOON,
            created_by_id=by.id,
            created_by_name=by.name,
        )
        given.events = [
            DeliveryEvent(
                kind=EventKind.HANDED,
                happened_at=NOON,
                handed_on=version.dated_on,
                channel=Channel.PAPER,
                by_name=by.name,
            )
        ]
        db.session.add(given)
    db.session.flush()


def recognise(crisis: Crisis, by: Account, *, at: datetime = NOON, act: Attachment | None = ACT) -> None:
    """The ARS recognises the crisis; its act is joined unless told otherwise."""
    told = Told(at, "ARS Occitanie", text="Crise sanitaire grave reconnue")
    facts.record(crisis, FactKind.RECOGNITION, told, by=by, at=at, attachments=[act] if act else [])


def work(crisis: Crisis, by: Account, names: tuple[str, ...] = ("Anne Petit", "Luc Brun")) -> None:
    """These people worked two hours and carried out one action together."""
    for name in names:
        db.session.add(
            TimeSpent(
                crisis_id=crisis.id,
                person_key=f"name:{name.lower()}",
                name=name,
                profession="Infirmier",
                starts_at=crisis.opened_at,
                ends_at=crisis.opened_at + timedelta(hours=2),
                recorded_at=crisis.opened_at,
                recorded_by_name=by.name,
            )
        )
    action = ActionCarriedOut(
        crisis_id=crisis.id,
        action_key="label:ouvrir un point de soins",
        label="Ouvrir un point de soins",
        happened_at=crisis.opened_at,
        recorded_at=crisis.opened_at,
        recorded_by_name=by.name,
    )
    action.people = [
        ActionPerson(person_key=f"name:{name.lower()}", name=name, profession="Infirmier") for name in names
    ]
    db.session.add(action)
    db.session.flush()


def the_claim(number: int = 1) -> Claim:
    return db.session.scalars(sa.select(Claim).where(Claim.number == number)).one()


def begin(browser: Browser, subject: str) -> Claim:
    """Open the claim of a line, as the money room does."""
    answer = browser.post("cpts.claims.open", {"subject": subject})
    assert answer.status == 303, answer.text
    return db.session.scalars(sa.select(Claim).where(Claim.subject == subject, Claim.state != "abandoned")).one()


def submit(browser: Browser, claim: Claim, **fields: object) -> Page:
    """Read again and submit, from the page."""
    page = browser.get("cpts.claims.prepare_submission", claim_id=claim.id)
    return browser.submit(page, fields=dict(fields))


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
