"""Everyone to whom a version goes: those who have it, and those of the directory who are still to be given it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.distribution.proofs import State, Trace, handings
from crisis_plan.distribution.rules import PARTNERS, REQUIRED, Circulated, Group, edition_today, group_of
from crisis_plan.document.blocks import Edition
from crisis_plan.folding import folded

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact
    from crisis_plan.distribution.models import Delivery, DeliveryDocument

NOTHING_YET = Trace()


class Asked(StrEnum):
    """What the register is asked to show."""

    TO_GIVE = "a-envoyer"
    GIVEN = "envoye"
    OPENED = "ouvert"
    ACKNOWLEDGED = "accuse"
    SILENT = "non-ouvert"
    LOST = "non-parti"
    REVOKED = "retire"

    @property
    def label(self) -> str:
        return {
            "a-envoyer": "À envoyer ou à remettre",
            "envoye": "Envoyé ou remis",
            "ouvert": "Ouvert",
            "accuse": "Accusé de réception",
            "non-ouvert": "Envoyé, pas ouvert",
            "non-parti": "Courriel non parti",
            "retire": "Lien retiré",
        }[self.value]


@dataclass(frozen=True)
class Line:
    """One recipient of one version."""

    group: Group
    name: str
    organisation: str
    edition: Edition
    contact: Contact | None
    """As the directory knows them today; none once they have left it."""
    delivery: Delivery | None = None
    trace: Trace = NOTHING_YET
    opened_by_link_of: str = ""
    """The version whose link opened this one; none where its own did."""

    @property
    def email(self) -> str:
        """Where a link would go today."""
        return self.contact.emails[0].address if self.contact and self.contact.emails else ""

    @property
    def state(self) -> State:
        if self.is_to_give:
            return State.TO_SEND if self.email else State.TO_HAND
        return self.trace.state

    @property
    def has_left(self) -> bool:
        return self.contact is None

    @property
    def is_marked(self) -> bool:
        """The CPTS gave them more than their group reads."""
        return self.delivery is not None and self.delivery.is_marked

    @property
    def group_today(self) -> Group | None:
        """Where the directory has them today; none for who is no recipient, or has left."""
        return group_of(self.contact.kind, self.contact.category) if self.contact else None

    @property
    def edition_today(self) -> Edition | None:
        """What their link gives today; none when it gives nothing."""
        return edition_today(self.edition, self.group_today, is_marked=self.is_marked) if self.contact else None

    @property
    def is_to_give(self) -> bool:
        """Nothing was ever written to them nor, as far as it counts, handed over."""
        if self.delivery is None:
            return not self.trace.was_read
        trace = self.trace
        return self.edition_today is not None and not (trace.is_given or trace.is_revoked or trace.written_at)

    def answers(self, asked: Asked | None) -> bool:
        """Whether the register shows them."""
        trace = self.trace
        return (
            asked is None
            or {
                Asked.TO_GIVE: self.is_to_give,
                Asked.GIVEN: trace.is_given,
                Asked.OPENED: trace.opened_at is not None,
                Asked.ACKNOWLEDGED: trace.acknowledged_at is not None,
                Asked.SILENT: self.state is State.SENT,
                Asked.LOST: self.state is State.LOST,
                Asked.REVOKED: trace.is_revoked,
            }[asked]
        )

    def given_on(self, place: clock.HasTimeZone) -> date | None:
        """The first day on which they were given it, by the clocks of the CPTS."""
        if not self.trace.is_given:
            return None
        moments = (self.trace.left_at, self.trace.opened_at, self.trace.acknowledged_at)
        days = [clock.local(moment, place).date() for moment in moments if moment]
        return min([*days, *([self.trace.handed_on] if self.trace.handed_on else [])])


@dataclass(frozen=True)
class Register:
    """Every recipient of one version, by group and name."""

    place: clock.HasTimeZone
    lines: Sequence[Line]
    in_directory: frozenset[Group] = frozenset()
    """The groups of which the directory has someone today."""
    has_had_msa: bool = False
    """Some version of the plan was given to an MSA."""

    @property
    def circulation(self) -> Mapping[Group, Circulated]:
        """How far the version went, in every group."""
        return {group: self._circulated([one for one in self.lines if one.group is group]) for group in Group}

    @property
    def missing(self) -> tuple[Group, ...]:
        """The groups that must have the version and of which nobody has."""
        given = {one.group for one in self.lines if one.trace.is_given}
        if given & PARTNERS:
            given.add(Group.PARTNER)
        return tuple(group for group in self.required if group not in given)

    @property
    def required(self) -> tuple[Group, ...]:
        """Those who must have it: the MSA only where the directory has one."""
        has_msa = Group.MSA in self.in_directory or self.has_had_msa
        return (*REQUIRED[:2], Group.MSA, *REQUIRED[2:]) if has_msa else REQUIRED

    def kept(self, group: Group | None, asked: Asked | None) -> list[Line]:
        """What the filters keep."""
        return [one for one in self.lines if (group is None or one.group is group) and one.answers(asked)]

    def chosen(self, group: Group | None, contact_ids: Collection[uuid.UUID]) -> list[Line]:
        """Those of a group, or those who are named; only who is in the directory."""
        return [
            one
            for one in self.lines
            if one.contact and (one.contact.id in contact_ids if contact_ids else one.group is group)
        ]

    @property
    def to_mail(self) -> frozenset[Group]:
        """The groups of which someone is still to be given it, and has an e-mail."""
        return frozenset(one.group for one in self.lines if one.contact and one.is_to_give and one.email)

    @property
    def sheets(self) -> list[tuple[DeliveryDocument, int]]:
        """The attendance sheets and receipts of this version, and how many handings each proves."""
        proofs = [proof for one in self.lines if one.delivery for proof in handings(one.delivery.events)]
        kept = {proof.document.id: proof.document for proof in proofs if proof.document}
        return [(one, sum(proof.document_id == one.id for proof in proofs)) for one in kept.values()]

    def to_remind(self, now: datetime) -> list[Line]:
        """Who did not open it for a week since they were last written to, and can be written to."""
        return [one for one in self.lines if one.email and one.edition_today and one.trace.may_be_reminded(now)]

    def _circulated(self, lines: Sequence[Line]) -> Circulated:
        return Circulated(
            recipients=len(lines),
            given=sum(one.trace.is_given for one in lines),
            opened=sum(one.trace.is_given and one.trace.opened_at is not None for one in lines),
            acknowledged=sum(one.trace.is_given and one.trace.acknowledged_at is not None for one in lines),
            first_on=min((day for one in lines if (day := one.given_on(self.place))), default=None),
        )


def in_order(lines: Sequence[Line]) -> list[Line]:
    """By group, then by name."""
    ranks = {group: rank for rank, group in enumerate(Group)}
    return sorted(lines, key=lambda one: (ranks[one.group], folded(one.name)))
