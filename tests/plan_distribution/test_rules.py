"""Who receives the plan, in which edition, and what proofs amount to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.distribution.proofs import MailState, State, mail_state, trace
from crisis_plan.distribution.rules import EventKind, Group, group_of, visitor_network
from crisis_plan.document.blocks import Edition
from tests.factories import NOON


@dataclass(frozen=True)
class Proof:
    kind: EventKind
    happened_at: datetime = NOON
    handed_on: date | None = None
    by_name: str = ""
    id: UUID = field(default_factory=uuid4)
    withdraws_id: UUID | None = None


@dataclass(frozen=True)
class Message:
    sent_at: datetime | None = None
    created_at: datetime = NOON
    last_error: str = ""


@pytest.mark.parametrize(
    ("kind", "category", "group"),
    [
        (ContactKind.INSTITUTION, "ARS", Group.ARS),
        (ContactKind.INSTITUTION, "ars Occitanie", Group.ARS),
        (ContactKind.INSTITUTION, "CPAM du Gard", Group.CPAM),
        (ContactKind.INSTITUTION, "MSA", Group.MSA),
        (ContactKind.INSTITUTION, "Préfecture", Group.OTHER),
        (ContactKind.INSTITUTION, "Marsan agglomération", Group.OTHER),
        (ContactKind.PARTNER, "ARS", Group.PARTNER),
        (ContactKind.ESTABLISHMENT, "EHPAD", Group.ESTABLISHMENT),
        (ContactKind.ADHERENT, "", Group.ADHERENT),
        (ContactKind.PROFESSIONAL, "", None),
    ],
)
def test_a_contact_belongs_to_the_group_that_the_directory_says(kind, category, group):
    assert group_of(kind, category) is group


def test_only_the_authorities_and_the_members_read_the_restricted_edition():
    entitled = {group for group in Group if group.edition is Edition.RESTRICTED}
    assert entitled == {Group.ARS, Group.CPAM, Group.MSA, Group.ADHERENT}


@pytest.mark.parametrize(
    ("message", "was_written", "state"),
    [
        (None, False, MailState.NONE),
        (None, True, MailState.LOST),
        (Message(sent_at=NOON), True, MailState.LEFT),
        (Message(), True, MailState.WAITING),
        (Message(last_error="SMTP: 550"), True, MailState.LOST),
        (Message(created_at=NOON - timedelta(days=3)), True, MailState.LOST),
    ],
)
def test_whether_a_message_left_is_the_outbox_s_to_say(message, was_written, state):
    assert mail_state(message, was_written=was_written, stale_before=NOON - timedelta(days=2)) is state


def test_where_nothing_is_ever_sent_an_old_message_still_waits():
    old = Message(created_at=NOON - timedelta(days=300))
    assert mail_state(old, was_written=True, stale_before=None) is MailState.WAITING


SENT = Proof(EventKind.SENT)
OPENED = Proof(EventKind.OPENED)
HANDED = Proof(EventKind.HANDED, handed_on=NOON.date())
WITHDRAWN = Proof(EventKind.HANDING_WITHDRAWN, withdraws_id=HANDED.id)
LATER = NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    ("proofs", "mail", "left_at", "revoked_at", "state", "is_given"),
    [
        ([SENT], MailState.WAITING, None, None, State.WAITING, False),
        ([SENT], MailState.LOST, None, None, State.LOST, False),
        ([SENT], MailState.LEFT, NOON, None, State.SENT, True),
        ([SENT, SENT], MailState.LOST, NOON, None, State.LOST, True),
        ([SENT, OPENED], MailState.LEFT, NOON, None, State.OPENED, True),
        ([SENT, OPENED], MailState.LEFT, NOON, LATER, State.REVOKED, True),
        ([SENT], MailState.LEFT, LATER, NOON, State.REVOKED, False),
        ([SENT, HANDED], MailState.LEFT, LATER, NOON, State.HANDED, True),
        ([HANDED, WITHDRAWN], MailState.NONE, None, None, State.NOTHING, False),
        (
            [HANDED, WITHDRAWN, Proof(EventKind.HANDED, handed_on=NOON.date())],
            MailState.NONE,
            None,
            None,
            State.HANDED,
            True,
        ),
        ([SENT, OPENED, Proof(EventKind.ACKNOWLEDGED)], MailState.LEFT, NOON, None, State.ACKNOWLEDGED, True),
        ([Proof(EventKind.HANDED, handed_on=NOON.date())], MailState.NONE, None, None, State.HANDED, True),
        ([SENT, Proof(EventKind.HANDED, handed_on=NOON.date())], MailState.LOST, None, None, State.HANDED, True),
    ],
)
def test_proofs_read_together(proofs, mail, left_at, revoked_at, state, is_given):
    found = trace(proofs, mail, left_at=left_at, revoked_at=revoked_at)
    assert (found.state, found.is_given) == (state, is_given)


@pytest.mark.parametrize(
    ("proofs", "days", "may"),
    [
        ([SENT], 6, False),
        ([SENT], 7, True),
        ([SENT, Proof(EventKind.REMINDED, NOON + timedelta(days=8))], 14, False),
        ([SENT, Proof(EventKind.REMINDED, NOON + timedelta(days=8))], 15, True),
        ([SENT, OPENED], 30, False),
        ([SENT, Proof(EventKind.HANDED, handed_on=NOON.date())], 30, False),
    ],
)
def test_nobody_is_reminded_more_than_once_a_week_nor_after_reading(proofs, days, may):
    found = trace(proofs, MailState.LEFT, left_at=NOON, revoked_at=None)
    assert found.may_be_reminded(NOON + timedelta(days=days)) is may


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.17", "192.0.2.0/24"),
        ("192.0.2.250", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("inconnue", "inconnue"),
    ],
)
def test_a_network_is_a_24_or_a_64(address, network):
    assert visitor_network(address) == network
