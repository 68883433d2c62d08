"""The circulation of a version, read: what the pages, the claims, the deadlines and the to-do list ask."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import defer, joinedload, selectinload

from crisis_plan import clock
from crisis_plan.anticipation.directory import loading
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.db import already_held, db
from crisis_plan.distribution.lines import Opening, contact_to_give, line_for, opened_too, openings_of
from crisis_plan.distribution.listing import Line, Register, in_order
from crisis_plan.distribution.models import Delivery, DeliveryDocument, DeliveryEvent
from crisis_plan.distribution.rules import GROUP_OF_KIND, PARTNERS, Circulated, EventKind, Group, group_of
from crisis_plan.distribution.sentences import Standing, standing_of
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.publication import queries as publications
from crisis_plan.publication.models import Publication
from crisis_plan.publication.rules import PublicationKind

WITH_PROOFS = (
    selectinload(Delivery.events).joinedload(DeliveryEvent.document),
    joinedload(Delivery.message).options(defer(OutboxMessage.body)),
)


def register(cpts: Cpts, publication: Publication) -> Sequence[Delivery]:
    """Everyone to whom this version was sent or handed, with their proofs, by name."""
    return db.session.scalars(_deliveries(cpts).where(Delivery.publication_id == publication.id)).all()


def whole_register(cpts: Cpts, publication: Publication, now: datetime) -> Register:
    """Those who have the version, and, while it is in force, those of the directory who are still to be given it."""
    kinds = list(GROUP_OF_KIND)
    known = {contact.id: contact for contact in directory.contacts_of_kinds(cpts, kinds)}
    there = frozenset(group for one in known.values() if (group := group_of(one.kind, one.category)))
    has_had_msa = Group.MSA not in there and _was_ever_given(cpts, Group.MSA)
    deliveries, openings = _given_or_opened(cpts, publication)
    if changed := {one.contact_id for one in deliveries if one.contact_id} - known.keys():
        known |= {contact.id: contact for contact in directory.contacts_with_ids(cpts, changed)}
    given = [line_for(one, known.get(one.contact_id) if one.contact_id else None, now) for one in deliveries]
    current = publications.current(cpts)
    if current is None or current.id != publication.id:
        return Register(cpts, in_order([opened_too(one, openings) for one in given]), there, has_had_msa)
    held = {one.delivery.contact_id for one in given if one.delivery}
    waiting = [line for contact in known.values() if contact.id not in held for line in contact_to_give(contact)]
    everyone = [opened_too(one, openings) for one in (*given, *waiting)]
    return Register(cpts, in_order(everyone), there, has_had_msa)


def held_register(cpts: Cpts, publication: Publication, now: datetime) -> Register:
    """The same, every row of it read as it is now and kept so until the end of the transaction."""
    theirs = _deliveries(cpts).where(Delivery.publication_id == publication.id).order_by(None).order_by(Delivery.id)
    fresh = theirs.with_for_update(of=Delivery, key_share=True).execution_options(populate_existing=True)
    for one in db.session.scalars(fresh).all():
        already_held(one)
    return whole_register(cpts, publication, now)


def recipients(
    cpts: Cpts, publication: Publication, contact_ids: Collection[uuid.UUID], now: datetime
) -> Sequence[Line]:
    """These contacts, with what they have of the version; of any version, also one that is no longer in force."""
    lines = [line_for(one, one.contact, now) for one in _of_contacts(cpts, publication, contact_ids)]
    held = {one.contact.id for one in lines if one.contact}
    others = [one for one in directory.contacts_with_ids(cpts, contact_ids) if one.id not in held]
    return in_order([*lines, *(line for contact in others for line in contact_to_give(contact))])


def group_of_recipients(cpts: Cpts, publication: Publication, group: Group, now: datetime) -> Sequence[Line]:
    """The contacts of a group today, with what they have of the version."""
    kinds = [kind for kind, its_group in GROUP_OF_KIND.items() if its_group is group] or [ContactKind.INSTITUTION]
    known = directory.contacts_of_kinds(cpts, kinds)
    theirs = [one.id for one in known if group_of(one.kind, one.category) is group]
    return recipients(cpts, publication, theirs, now)


def line_of(cpts: Cpts, delivery: Delivery, now: datetime) -> Line:
    """One recipient, as the directory knows them today."""
    known = directory.contacts_with_ids(cpts, [delivery.contact_id]) if delivery.contact_id else ()
    line = line_for(delivery, next(iter(known), None), now)
    return opened_too(line, _opened_by_other_links(cpts, delivery))


def circulation(cpts: Cpts, publication: Publication) -> Mapping[Group, Circulated]:
    """By group: how many recipients, how many were given it, opened it, acknowledged it, and since when."""
    return whole_register(cpts, publication, clock.now()).circulation


def missing_groups(cpts: Cpts, publication: Publication) -> tuple[Group, ...]:
    """The groups that must receive the plan and of which nobody has; the MSA where the directory has one."""
    return whole_register(cpts, publication, clock.now()).missing


def standing(cpts: Cpts, now: datetime) -> Standing | None:
    """How far the version in force went, for the to-do list; none before a first publication."""
    current = publications.current(cpts)
    return standing_of(current, whole_register(cpts, current, now), now) if current else None


def communicated_to_partners_on(cpts: Cpts) -> date | None:
    """The first day on which a published version was given to a partner; none when none was."""
    found = _deliveries(cpts).join(Delivery.publication)
    to_partners = found.where(Delivery.group.in_(PARTNERS), Publication.kind == PublicationKind.PUBLISHED)
    now = clock.now()
    lines = [line_for(one, None, now) for one in db.session.scalars(to_partners)]
    return min((day for line in lines if (day := line.given_on(cpts))), default=None)


def delivery_or_404(cpts: Cpts, delivery_id: uuid.UUID) -> Delivery:
    """One recipient of one version, with every proof and the documents that they name."""
    opened = selectinload(Delivery.events).joinedload(DeliveryEvent.publication)
    query = _deliveries(cpts).where(Delivery.id == delivery_id).options(joinedload(Delivery.publication), opened)
    return db.session.scalars(query).one_or_none() or abort(404)


def delivery_with_id(delivery_id: uuid.UUID) -> Delivery | None:
    """Whose link this is: no account says which CPTS is meant."""
    whose = (
        joinedload(Delivery.cpts),
        joinedload(Delivery.publication),
        joinedload(Delivery.contact),
        selectinload(Delivery.events),
    )
    return db.session.scalars(sa.select(Delivery).where(Delivery.id == delivery_id).options(*whose)).one_or_none()


def version_or_404(cpts: Cpts, number: int | None) -> Publication:
    """The published version of this number; without one, the version in force."""
    if number is None:
        return publications.current_or_404(cpts)
    return publications.publication_or_404(cpts, PublicationKind.PUBLISHED, number)


def documents(cpts: Cpts) -> Sequence[DeliveryDocument]:
    """The attendance sheets and receipts, the latest first."""
    query = sa.select(DeliveryDocument).where(DeliveryDocument.cpts_id == cpts.id)
    return db.session.scalars(query.order_by(DeliveryDocument.added_at.desc(), DeliveryDocument.id)).all()


def document_or_404(cpts: Cpts, document_id: uuid.UUID) -> DeliveryDocument:
    query = sa.select(DeliveryDocument).where(DeliveryDocument.cpts_id == cpts.id, DeliveryDocument.id == document_id)
    return db.session.scalars(query).one_or_none() or abort(404)


def _deliveries(cpts: Cpts) -> sa.Select[Delivery]:
    return (
        sa.select(Delivery)
        .where(Delivery.cpts_id == cpts.id)
        .options(*WITH_PROOFS)
        .order_by(Delivery.name, Delivery.id)
    )


def _given_or_opened(cpts: Cpts, publication: Publication) -> tuple[list[Delivery], Mapping[uuid.UUID, Opening]]:
    """Those to whom this version was given; by contact, the first time that the link of another version opened it."""
    opened = Delivery.events.any(_is_opening_of(publication))
    found = _deliveries(cpts).where(sa.or_(Delivery.publication_id == publication.id, opened))
    number = joinedload(Delivery.publication).load_only(Publication.number)
    everyone = db.session.scalars(found.options(number)).all()
    others = [one for one in everyone if one.publication_id != publication.id]
    return [one for one in everyone if one.publication_id == publication.id], openings_of(publication, others)


def _opened_by_other_links(cpts: Cpts, delivery: Delivery) -> Mapping[uuid.UUID, Opening]:
    """The same for one recipient."""
    theirs = (Delivery.contact_id == delivery.contact_id, Delivery.publication_id != delivery.publication_id)
    found = _deliveries(cpts).where(*theirs, Delivery.events.any(_is_opening_of(delivery.publication)))
    number = joinedload(Delivery.publication).load_only(Publication.number)
    return openings_of(delivery.publication, db.session.scalars(found.options(number)).all())


def _is_opening_of(publication: Publication) -> sa.ColumnElement[bool]:
    return sa.and_(DeliveryEvent.kind == EventKind.OPENED, DeliveryEvent.publication_id == publication.id)


def _was_ever_given(cpts: Cpts, group: Group) -> bool:
    """Whether a row of any version is of this group: who left the directory since was a recipient."""
    theirs = sa.select(Delivery.id).where(Delivery.cpts_id == cpts.id, Delivery.group == group)
    return db.session.scalar(theirs.limit(1)) is not None


def _of_contacts(cpts: Cpts, publication: Publication, contact_ids: Collection[uuid.UUID]) -> Sequence[Delivery]:
    theirs = (Delivery.publication_id == publication.id, Delivery.contact_id.in_(contact_ids))
    return db.session.scalars(_deliveries(cpts).where(*theirs).options(loading.reachable(Delivery.contact))).all()
