"""A crisis of three of anything asks the database as often as a crisis of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls.choices import Audience, Choice
from crisis_plan.pilotage.calls.rules import Channel
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_calls import operations as crisis_calls
from crisis_plan.pilotage.messages import operations as messages
from crisis_plan.pilotage.messages.models import MessageChannel
from crisis_plan.pilotage.messages.operations import Outgoing
from crisis_plan.pilotage.needs import operations as needs
from crisis_plan.pilotage.needs.operations import Need
from crisis_plan.pilotage.needs.rules import NeedKind
from crisis_plan.pilotage.stock_out import operations as stock_out
from tests.anticipation.stock.factories import batch_of
from tests.browser import Browser
from tests.crawl import visit
from tests.factories import NOON, member
from tests.pilotage.calls.factories import person
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.crisis_functions.factories import a_function, a_shift
from tests.pilotage.logbook.factories import an_entry
from tests.pilotage.mobilisation import factories as mobilisation
from tests.pilotage.situation_reports.factories import an_issued_report
from tests.pilotage.tasks.factories import a_task
from tests.statements import most_statements


@dataclass(frozen=True)
class Row:
    """Where the n-th row of a list is added, and by whom."""

    cpts: Cpts
    crisis: Crisis
    by: Account
    number: int


def entry(row: Row) -> None:
    an_entry(row.crisis, row.by, f"Fait {row.number}", at=NOON)


def task(row: Row) -> None:
    a_task(row.crisis, f"Tâche {row.number}", function=a_function(row.crisis, f"Fonction {row.number}"))


def shift(row: Row) -> None:
    a_shift(a_function(row.crisis, f"Fonction {row.number}"), f"Personne {row.number}")


def need(row: Row) -> None:
    told = Need("", f"Commune {row.number}", NeedKind.CARE, "Une tournée")
    needs.note(row.crisis, told, by=row.by, at=NOON)


def material(row: Row) -> None:
    batch = batch_of(row.cpts, f"Article {row.number}", 10, by=row.by)
    stock_out.hand_out(row.cpts, row.crisis, {batch.id: 2}, given_to="Gymnase", by=row.by, at=NOON)


def message(row: Row) -> None:
    reached = [person(row.cpts, f"Roux{row.number}", email=f"roux{row.number}@exemple.fr")]
    said = Outgoing(MessageChannel.TEXT, "Adhérents", f"Message {row.number}", contacts=reached)
    messages.send(row.crisis, said, by=row.by, at=NOON)


def call_list(row: Row) -> None:
    crisis_calls.open_for(
        row.cpts,
        row.crisis,
        chosen=Choice(Audience.EVERYONE),
        contacts=[person(row.cpts, f"Roux{row.number}")],
        channel=Channel.TELEPHONE,
        title=f"Liste {row.number}",
        message="Pouvez-vous venir ?",
        by=row.by,
        at=NOON,
    )


def time_spent(row: Row) -> None:
    someone = mobilisation.known(row.cpts, f"Petit{row.number}")
    mobilisation.worked(row.crisis, row.by, NOON - timedelta(hours=2), NOON, someone)


def report(row: Row) -> None:
    an_issued_report(row.cpts, row.crisis, row.by, at=NOON + timedelta(hours=row.number))


def crisis(row: Row) -> None:
    a_crisis(row.cpts, row.by, title=f"Crise {row.number}")


LISTS: dict[str, Callable[[Row], None]] = {
    "cpts.logbook.index": entry,
    "cpts.crisis_tasks.index": task,
    "cpts.crisis_functions.index": shift,
    "cpts.needs.index": need,
    "cpts.stock_out.index": material,
    "cpts.crisis_messages.index": message,
    "cpts.crisis_calls.index": call_list,
    "cpts.mobilisation.index": time_spent,
    "cpts.situation_reports.index": report,
    "cpts.room.index": crisis,
    "cpts.room.show": entry,
    "cpts.closing.show": task,
}


@pytest.mark.parametrize(("endpoint", "add"), LISTS.items(), ids=LISTS.keys())
def test_a_longer_list_of_a_crisis_asks_the_database_no_more_often(
    app: Flask, cpts: Cpts, endpoint: str, add: Callable[[Row], None]
) -> None:
    account = member(cpts, Role.REFERENT)
    opened = a_crisis(cpts, account)
    db.session.commit()
    browser = Browser(app, account, cpts)
    named = {} if endpoint == "cpts.room.index" else {"crisis_id": opened.id}
    asked = []
    for numbers in ((0,), (1, 2)):
        with app.test_request_context():
            for number in numbers:
                add(Row(cpts, opened, account, number))
            db.session.commit()
        seen = visit(browser, browser.address(endpoint, **named))
        assert seen.page.status == 200
        asked.append(seen.statements)
    one, three = asked
    assert len(one) == len(three), "\n".join(sorted(set(three) - set(one)) or three)
    assert len(three) <= most_statements(endpoint), "\n".join(three)
