"""The outbox: addresses and states; bodies in the demo only."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crisis_plan.db import db
from crisis_plan.installation.messages.rules import MessageState, message_state
from crisis_plan.outbox import OutboxMessage
from tests.factories import NOON
from tests.statements import counted_statements


def write(recipient="a@exemple.fr", **values):
    message = OutboxMessage(
        recipient=recipient, subject="Votre accès", body="secret-du-corps", created_at=NOON, **values
    )
    db.session.add(message)
    db.session.commit()
    return message


@pytest.mark.parametrize(
    ("sent_at", "attempts", "error", "state"),
    [
        (None, 0, "", MessageState.WAITING),
        (None, 1, "timeout", MessageState.FAILING),
        (None, 8, "timeout", MessageState.GIVEN_UP),
        (NOON, 8, "", MessageState.SENT),
    ],
)
def test_the_state_of_a_message(sent_at, attempts, error, state):
    assert message_state(sent_at=sent_at, attempts=attempts, most_attempts=8, last_error=error) is state


def test_the_list_shows_addresses_and_states_and_no_body(operator):
    write(sent_at=NOON + timedelta(minutes=1), attempts=1)
    write("b@exemple.fr", attempts=8, last_error="SMTPServerDisconnected: closed")
    page = operator.get("installation.messages.index")
    assert sorted(page.texts("tbody th")) == ["a@exemple.fr", "b@exemple.fr"]
    assert sorted(page.texts(".badge")) == ["Abandonné", "Envoyé"]
    assert "SMTPServerDisconnected: closed" in page.text
    assert "le 22/11/2026 à 13:01" in page.text
    assert b"secret-du-corps" not in page.content


def test_a_body_is_read_in_the_demo_only(app, operator, monkeypatch):
    message = write()
    assert operator.get("installation.messages.show", message_id=message.id).status == 404
    monkeypatch.setitem(app.config, "DEMO", True)
    assert "secret-du-corps" in operator.get("installation.messages.show", message_id=message.id).text


def test_even_in_the_demo_only_the_operator_reads_it(app, referent, monkeypatch):
    message = write()
    monkeypatch.setitem(app.config, "DEMO", True)
    assert referent.get("installation.messages.show", message_id=message.id).status == 404


def test_the_list_costs_the_same_for_one_row_and_for_three(operator):
    write()
    with counted_statements() as one:
        operator.get("installation.messages.index")
    write()
    write()
    with counted_statements() as three:
        operator.get("installation.messages.index")
    assert len(one) == len(three) <= 12


def test_an_empty_outbox_says_so(operator):
    assert operator.get("installation.messages.index").texts(".empty h2") == ["Aucun courriel pour l’instant"]
