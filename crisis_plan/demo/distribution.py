"""To whom the fictional CPTS gave each version, and what came back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from crisis_plan import outbox
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.demo.fictional_acts import paper
from crisis_plan.demo.people import People
from crisis_plan.distribution import handing, queries, receiving, sending
from crisis_plan.distribution.handing import Handing
from crisis_plan.distribution.listing import Line
from crisis_plan.distribution.models import Delivery
from crisis_plan.distribution.rules import Channel, Group
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.web.attachments import Attachment
from crisis_plan.web.formats import counted, long_date

if TYPE_CHECKING:
    from crisis_plan.publication.models import Publication

MEETING = timedelta(days=21)
"""How long after a version the members met."""
SHEET = (
    "Étaient présents et ont reçu le plan imprimé\u00a0: {people}. Parmi eux {some}. "
    "La liste nominative signée est en annexe de cette feuille."
)
RECEIPT = "Reçu ce jour un exemplaire imprimé du plan, édition publique."
READERS = {Group.ARS: "Cellule de veille de l’ARS", Group.CPAM: "Service des soins de ville", Group.MSA: "Pôle santé"}


def tell_distribution(cpts: Cpts, people: People, *, number: int, today: date, whole: bool) -> None:
    """Version `number`, which is in force, given from `today` on.

    `whole`: everyone received it, and a meeting proves it; else the MSA and most partners have nothing, and a mail was lost.
    """
    version = queries.version_or_404(cpts, number)
    by, at = people.coordinator, _morning(today + timedelta(days=2))
    groups = set(Group) if whole else {Group.ARS, Group.CPAM, Group.ADHERENT}
    sent = _sent(cpts, version, groups, by=by, at=at)
    lost = [] if whole else [one for one in sent if one.group is Group.ADHERENT][:1]
    _left([one for one in sent if one not in lost], at + timedelta(minutes=1))
    _refused(lost)
    _read(version, sent, lost, at=at, whole=whole)
    if whole:
        _meeting(cpts, version, by=by, day=today + MEETING)
    else:
        _one_partner(cpts, version, by=by, day=today + MEETING)


def _lines(cpts: Cpts, version: Publication, groups: Iterable[Group], at: datetime) -> list[Line]:
    wanted = set(groups)
    return [one for one in queries.whole_register(cpts, version, at).lines if one.group in wanted and one.contact]


def _sent(
    cpts: Cpts, version: Publication, groups: Iterable[Group], *, by: Account, at: datetime
) -> Sequence[Delivery]:
    """A link for each who has an e-mail; nobody where this installation keeps no mail."""
    if not outbox.keeps_mail():
        return ()
    ids = [one.contact.id for one in _lines(cpts, version, groups, at) if one.contact and one.email]
    return sending.send(cpts, version, sending.Recipients(ids), by=by, at=at) if ids else ()


def _left(deliveries: Iterable[Delivery], at: datetime) -> None:
    """In the story every message left at once: the demonstration itself sends none."""
    ids = [one.message_id for one in deliveries]
    db.session.execute(sa.update(OutboxMessage).where(OutboxMessage.id.in_(ids)).values(sent_at=at, attempts=1))


def _refused(deliveries: Iterable[Delivery]) -> None:
    ids = [one.message_id for one in deliveries]
    refusal = {"attempts": outbox.MOST_ATTEMPTS, "last_error": "SMTPRecipientsRefused: 550"}
    db.session.execute(sa.update(OutboxMessage).where(OutboxMessage.id.in_(ids)).values(**refusal))


def _read(
    version: Publication, sent: Iterable[Delivery], lost: Sequence[Delivery], *, at: datetime, whole: bool
) -> None:
    """Institutions open it and say so; of the others two in three open it, some say so."""
    for rank, delivery in enumerate(one for one in sent if one not in lost):
        opened_at = at + timedelta(days=1 + rank % 9, hours=rank % 6)
        reader = READERS.get(delivery.group)
        if reader:
            receiving.download(delivery, version, at=opened_at)
            receiving.acknowledge(delivery, reader, at=opened_at + timedelta(minutes=20))
        elif not reader and rank % 3:
            receiving.download(delivery, version, at=opened_at)
            if rank % 3 == 1 and whole:
                receiving.acknowledge(delivery, delivery.name[:160], at=opened_at + timedelta(minutes=5))


def _meeting(cpts: Cpts, version: Publication, *, by: Account, day: date) -> None:
    """Everyone who could not be written to was handed a printed copy: members in a meeting, the others by hand."""
    lines = [one for one in _lines(cpts, version, set(Group), _morning(day)) if not one.delivery]
    members = [one for one in lines if one.group is Group.ADHERENT]
    sheet = paper(
        f"Assemblée générale du {long_date(day)}", "Feuille de présence (fictive)", "Presence assemblee generale.pdf",
        SHEET.format(people=counted(len(members), "adhérent"), some=", ".join(one.name for one in members[:4])),
        signed_on=day,
    )  # fmt: skip
    _hand(cpts, version, members, Channel.MEETING, by=by, day=day, note="Assemblée générale", sheet=sheet)
    others = [one for one in lines if one.group is not Group.ADHERENT]
    _hand(cpts, version, others, Channel.PAPER, by=by, day=day + timedelta(days=2), note="Déposé à l’accueil")


def _one_partner(cpts: Cpts, version: Publication, *, by: Account, day: date) -> None:
    """One partner took a copy along; the others are still to be given the version."""
    partners = [one for one in _lines(cpts, version, {Group.PARTNER}, _morning(day)) if not one.delivery][:1]
    receipt = paper("Remise du plan", "Reçu (fictif)", "recu-partenaire.pdf", RECEIPT, signed_on=day)
    _hand(cpts, version, partners, Channel.PAPER, by=by, day=day, note="Remis lors d’une visite", sheet=receipt)


def _hand(
    cpts: Cpts,
    version: Publication,
    lines: Sequence[Line],
    channel: Channel,
    *,
    by: Account,
    day: date,
    note: str,
    sheet: Attachment | None = None,
) -> None:
    ids = [one.contact.id for one in lines if one.contact]
    if ids:
        given = Handing(ids, channel, day, note, sheet)
        handing.hand_over(cpts, version, given, by=by, at=_morning(day))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), tzinfo=ZoneInfo("Europe/Paris"))
