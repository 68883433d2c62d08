"""A signature: given once, taken back by who gave it, and kept by the version that prints it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent, Verb
from crisis_plan.organisations.models import Cpts
from crisis_plan.plan import operations as plan
from crisis_plan.plan.requirements import requirement
from crisis_plan.plan.rules import Answer
from crisis_plan.publication.models import Publication
from crisis_plan.yearly_update.room import queries as room
from crisis_plan.yearly_update.signatures import operations, queries
from crisis_plan.yearly_update.signatures.models import Signature
from crisis_plan.yearly_update.signatures.operations import ChangedMeanwhile, PrintedAlready, SignedByAnother
from crisis_plan.yearly_update.signatures.rules import Progress
from tests.factories import NOON, TODAY, member
from tests.yearly_update.factories import published, signed

ALERT, STOCK = "section:alerte", "stock:stock"


def progress(cpts: Cpts) -> Progress:
    update = room.update_of(cpts, TODAY)
    assert update
    return update.progress


def the_signature() -> Signature:
    return db.session.scalars(sa.select(Signature)).one()


def test_what_is_signed_keeps_who_when_and_the_name_of_that_day(
    cpts: Cpts, base: Publication, account: Account
) -> None:
    (one,) = signed(cpts, account, [ALERT], note="Relu avec l’ARS.").made
    assert (one.publication_id, one.kind, one.key, one.label) == (
        base.id, "section", "alerte", requirement("alerte").label,
    )  # fmt: skip
    assert (one.signed_by_name, one.signed_on, one.signed_at, one.note) == (
        account.name,
        TODAY,
        NOON,
        "Relu avec l’ARS.",
    )
    events = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.subject == "update_signature")).all()
    assert [(event.verb, event.subject_id, event.actor_id) for event in events] == [
        (Verb.CREATED, str(one.id), account.id)
    ]
    assert progress(cpts) == Progress(changed=0, signed=1, to_do=23)


def test_a_thing_that_is_signed_stays_signed_by_who_did_it_first(
    cpts: Cpts, base: Publication, account: Account
) -> None:
    other = member(cpts, Role.COORDINATOR)
    db.session.commit()
    signed(cpts, account, [ALERT])
    again = signed(cpts, other, [ALERT, STOCK])
    assert [one.label for one in again.made] == ["Stock de matériel et autres moyens"]
    assert [one.signed_by_id for one in again.already] == [account.id]


def test_a_thing_that_changed_is_not_signed_and_neither_is_what_comes_with_it(
    cpts: Cpts, base: Publication, account: Account
) -> None:
    plan.edit_section(cpts, requirement("alerte"), Answer("Autre."), seen_version=1, by=account, at=NOON)
    db.session.commit()
    with pytest.raises(ChangedMeanwhile, match="a changé depuis"):
        signed(cpts, account, [ALERT, STOCK])
    assert db.session.scalars(sa.select(Signature)).all() == []


def test_a_change_counts_more_than_the_signature_before_it(cpts: Cpts, base: Publication, account: Account) -> None:
    signed(cpts, account, [ALERT])
    plan.edit_section(cpts, requirement("alerte"), Answer("Autre."), seen_version=1, by=account, at=NOON)
    db.session.commit()
    assert progress(cpts) == Progress(changed=1, signed=0, to_do=23)
    version = published(cpts, account)
    assert the_signature().printed_in_id is None
    assert queries.printed_in(version) == []


def test_a_signature_is_taken_back_by_who_gave_it_alone(cpts: Cpts, base: Publication, account: Account) -> None:
    (one,) = signed(cpts, account, [ALERT]).made
    with pytest.raises(SignedByAnother):
        operations.withdraw(cpts, one, by=member(cpts, Role.REFERENT), at=NOON)
    operations.withdraw(cpts, one, by=account, at=NOON)
    operations.withdraw(cpts, one, by=account, at=NOON)
    db.session.commit()
    assert (the_signature().withdrawn_at, the_signature().withdrawn_by_name) == (NOON, account.name)
    assert progress(cpts) == Progress(changed=0, signed=0, to_do=24)
    signed(cpts, account, [ALERT])
    assert (progress(cpts).signed, queries.count_standing(base)) == (1, 1)


def test_what_a_version_printed_stays(cpts: Cpts, base: Publication, account: Account) -> None:
    (one,) = signed(cpts, account, [ALERT]).made
    version = published(cpts, account)
    assert [found.id for found in queries.printed_in(version)] == [one.id]
    with pytest.raises(PrintedAlready):
        operations.withdraw(cpts, the_signature(), by=account, at=NOON)
    with pytest.raises(DatabaseError, match="update_signatures refuses UPDATE"):
        db.session.execute(sa.text("UPDATE update_signatures SET withdrawn_at = signed_at"))
    db.session.rollback()


def test_a_new_version_asks_for_everything_again(cpts: Cpts, base: Publication, account: Account) -> None:
    signed(cpts, account)
    assert progress(cpts) == Progress(changed=0, signed=24, to_do=0)
    published(cpts, account)
    assert progress(cpts) == Progress(changed=0, signed=0, to_do=24)
