"""Once a crisis is closed, the database refuses any change of its rows; what they only point at may go."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.db import Base, db
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.pilotage.crises.models import Crisis, CrisisAlert
from crisis_plan.pilotage.crisis_functions.models import CrisisFunction, Shift
from crisis_plan.pilotage.logbook.models import EntryErasure
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.messages.models import CrisisMessage, MessageChannel, MessageRecipient
from crisis_plan.pilotage.mobilisation.models import ActionCarriedOut, ActionPerson, TimeSpent
from crisis_plan.pilotage.needs.models import CommuneNeed
from crisis_plan.pilotage.needs.rules import NeedKind
from crisis_plan.pilotage.tasks.models import CrisisTask
from tests.factories import NOON, ContactFactory, member
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.logbook.factories import an_entry
from tests.pilotage.logbook_integrity.logs import close, other_value
from tests.pilotage.logbook_integrity.test_refusals import refused

TABLES = (
    "commune_needs", "crisis_action_people", "crisis_actions", "crisis_alerts", "crisis_functions",
    "crisis_message_recipients", "crisis_shifts", "crisis_tasks", "crisis_times",
)  # fmt: skip
FREE = {
    "crisis_action_people": {"contact_id"},
    "crisis_actions": {"card_id"},
    "crisis_functions": {"cell_function_id"},
    "crisis_message_recipients": {"contact_id", "outbox_id"},
    "crisis_shifts": {"contact_id"},
    "crisis_tasks": {"card_id"},
    "crisis_times": {"contact_id"},
}
"""What a row points at and does without."""


def columns() -> list[Any]:
    return [
        pytest.param(name, column.name, id=f"{name}.{column.name}")
        for name in TABLES
        for column in Base.metadata.tables[name].columns
        if column.name not in FREE.get(name, ())
    ]


@pytest.fixture
def by(cpts: Cpts) -> Account:
    return member(cpts, Role.REFERENT)


@pytest.fixture
def contact(cpts: Cpts) -> Contact:
    made: Contact = ContactFactory(cpts_id=cpts.id)
    return made


@pytest.fixture
def filled(cpts: Cpts, by: Account, contact: Contact) -> Crisis:
    """Open, with a row in each table."""
    crisis = a_crisis(cpts, by)
    told = an_entry(crisis, by, "Message parti", at=NOON, kind=EntryKind.MESSAGE)
    function = CrisisFunction(crisis_id=crisis.id, position=1, name="Pilote")
    action = ActionCarriedOut(crisis_id=crisis.id, action_key="a", label="Ouvrir", happened_at=NOON, recorded_at=NOON,
                              recorded_by_name="Ana")  # fmt: skip
    message = CrisisMessage(crisis_id=crisis.id, number=1, channel=MessageChannel.EMAIL, audience="Tous", text="Venez",
                            entry_id=told.id, sent_at=NOON, sent_by_id=by.id, sent_by_name=by.name)  # fmt: skip
    copy = OutboxMessage(recipient="a@a.fr", subject="Venez", body="Venez", created_at=NOON)
    db.session.add_all([function, action, message, copy])
    db.session.flush()
    who = {"contact_id": contact.id, "name": "Ana", "person_key": "ana"}
    db.session.add_all([
        CommuneNeed(crisis_id=crisis.id, commune="Uzès", kind=NeedKind.CARE, text="Lits", entry_number=1, created_at=NOON,
                    updated_at=NOON, updated_by_name="Ana"),
        CrisisAlert(crisis_id=crisis.id, nature="Feu", updated_at=NOON),
        CrisisTask(crisis_id=crisis.id, position=1, text="Appeler", changed_at=NOON, changed_by_name="Ana", entry_number=1),
        TimeSpent(crisis_id=crisis.id, starts_at=NOON, recorded_at=NOON, recorded_by_name="Ana", **who),
        ActionPerson(action_id=action.id, **who),
        Shift(function_id=function.id, contact_id=contact.id, name="Ana", starts_at=NOON),
        MessageRecipient(message_id=message.id, position=1, contact_id=contact.id, name="Ana", outbox_id=copy.id),
    ])  # fmt: skip
    db.session.commit()
    return crisis


@pytest.fixture
def closed(filled: Crisis, by: Account) -> Crisis:
    close(filled, by)
    return filled


def the_row(name: str) -> dict[str, Any]:
    db.session.rollback()
    return dict(db.session.execute(sa.select(Base.metadata.tables[name])).mappings().one())


@pytest.mark.parametrize(("name", "column"), columns())
def test_no_column_of_a_row_of_a_closed_crisis_changes(closed: Crisis, name: str, column: str) -> None:
    table = Base.metadata.tables[name]
    refused(sa.update(table).values({column: changed(table.c[column], the_row(name)[column])}))


def changed(column: sa.Column[Any], value: Any) -> Any:
    """Another value, where an empty text, no list or no kind may stand."""
    match column.type:
        case sa.JSON():
            return ["30334"]
        case sa.Boolean():
            return not value
        case sa.Enum():
            return next(one for one in column.type.python_type if one is not value)
        case sa.String():
            return f"{value}x"[:5]
        case _:
            return other_value(column, value)


@pytest.mark.parametrize("name", TABLES)
def test_no_row_of_a_closed_crisis_goes_comes_or_is_replaced(
    closed: Crisis, cpts: Cpts, by: Account, name: str
) -> None:
    table, row = Base.metadata.tables[name], the_row(name)
    refused(sa.delete(table))
    if "id" in row:
        refused(sa.insert(table).values({**row, "id": uuid.uuid4()}))
    if db.engine.dialect.name == "sqlite":
        refused(sa.insert(table).prefix_with("OR REPLACE").values(row))
        if "crisis_id" in row and "id" in row:
            elsewhere = a_crisis(cpts, by).id
            db.session.commit()
            refused(sa.insert(table).prefix_with("OR REPLACE").values({**row, "crisis_id": elsewhere}))


@pytest.mark.parametrize("name", TABLES)
def test_rows_of_an_open_crisis_change_and_go(filled: Crisis, name: str) -> None:
    table = Base.metadata.tables[name]
    column = next(one for one in table.columns if isinstance(one.type, sa.String) and not isinstance(one.type, sa.Enum))
    db.session.execute(sa.update(table).values({column.name: "x"}))
    assert the_row_now(table)[column.name] == "x"
    if name not in ("crisis_functions", "crisis_actions"):
        db.session.execute(sa.delete(table))
        assert db.session.scalar(sa.select(sa.func.count()).select_from(table)) == 0


def the_row_now(table: sa.Table) -> Any:
    return db.session.execute(sa.select(table)).mappings().one()


def test_who_left_the_directory_is_no_longer_pointed_at(closed: Crisis, contact: Contact) -> None:
    """By the foreign keys themselves, and by a merge; names stay."""
    other: Contact = ContactFactory(cpts_id=contact.cpts_id)
    db.session.commit()
    naming = [name for name in TABLES if "contact_id" in FREE.get(name, ())]
    for name in naming:
        db.session.execute(sa.update(Base.metadata.tables[name]).values(contact_id=other.id))
    db.session.execute(sa.delete(Contact).where(Contact.id == other.id))
    db.session.execute(sa.delete(OutboxMessage))
    db.session.commit()
    for name in naming:
        assert (the_row(name)["contact_id"], the_row(name)["name"]) == (None, "Ana")
    assert the_row("crisis_message_recipients")["outbox_id"] is None


def test_an_erasure_opens_the_words_of_what_its_entry_tells_and_nothing_else(closed: Crisis, by: Account) -> None:
    need, task, message = (Base.metadata.tables[name] for name in ("commune_needs", "crisis_tasks", "crisis_messages"))
    gone = {"text": "(contenu effacé)"}
    for table in (need, task, message):
        refused(sa.update(table).values(gone))
    told = db.session.scalar(sa.select(message.c.entry_id))
    db.session.add(EntryErasure(entry_id=told, ordered_by="Tribunal", erased_at=NOON, erased_by_id=by.id,
                                erased_by_name=by.name))  # fmt: skip
    db.session.commit()
    for table in (need, task, message):
        refused(sa.update(table).values(text="autre chose"))
        refused(sa.update(table).values({**gone, "id": uuid.uuid4()}))
    refused(sa.update(need).values({**gone, "commune": "Nîmes"}))
    refused(sa.update(task).values({**gone, "changed_by_name": "Nîmes"}))
    refused(sa.update(message).values({**gone, "sent_by_name": "Nîmes"}))
    for table in (need, task, message):
        db.session.execute(sa.update(table).values(gone))
    db.session.commit()
    assert [the_row(table.name)["text"] for table in (need, task, message)] == ["(contenu effacé)"] * 3
