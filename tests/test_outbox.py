"""Mail that waits: what cannot be sent is counted, and stops nobody else's."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan import clock, outbox
from crisis_plan.db import db
from crisis_plan.outbox import Mail, OutboxMessage
from tests.factories import NOON

POISON = "Test\nBcc: x@exemple.fr"


class Postman(socketserver.StreamRequestHandler):
    """A mail server that accepts everything, and remembers to whom."""

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"RCPT":
                self.server.received.append(line.decode().partition("<")[2].partition(">")[0])  # type: ignore[attr-defined]
            if verb == b"DATA":
                self.wfile.write(b"354 go\r\n")
                while self.rfile.readline() != b".\r\n":
                    pass
            self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
            if verb == b"QUIT":
                return


@pytest.fixture
def received(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Addresses that a mail server was given a message for."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postman) as server:
        server.received = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setitem(app.config, "SMTP_URL", f"smtp://127.0.0.1:{server.server_address[1]}")
        monkeypatch.setattr(clock, "now", lambda: NOON)
        yield server.received  # type: ignore[attr-defined]
        server.shutdown()


def messages() -> dict[str, OutboxMessage]:
    db.session.expire_all()
    return {one.recipient: one for one in db.session.scalars(sa.select(OutboxMessage))}


def test_a_row_that_is_no_mail_is_counted_and_the_others_leave(app: Flask, received: list[str]) -> None:
    rows = [("poison@exemple.fr", POISON), ("a@exemple.fr", "Rappel"), ("b@exemple.fr", "Rappel")]
    db.session.add_all(
        OutboxMessage(recipient=to, subject=subject, body="Bonjour", created_at=NOON) for to, subject in rows
    )
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["send-outbox"])
    assert result.exit_code == 0, result.output
    assert sorted(received) == ["a@exemple.fr", "b@exemple.fr"]
    kept = messages()
    assert {to for to, one in kept.items() if one.sent_at} == {"a@exemple.fr", "b@exemple.fr"}
    poison = kept["poison@exemple.fr"]
    assert (poison.attempts, poison.claimed_at, poison.last_error.partition(":")[0]) == (1, None, "ValueError")


def test_a_title_on_two_lines_is_a_subject_on_one(app: Flask, received: list[str]) -> None:
    outbox.post(to="a@exemple.fr", subject=POISON, body="Bonjour", at=NOON)
    outbox.post_many([Mail("b@exemple.fr", "Objet\u00a0: l’été\r\n\x1d2026 ", "Bonjour")], at=NOON)
    db.session.commit()
    assert {to: one.subject for to, one in messages().items()} == {
        "a@exemple.fr": "Test Bcc: x@exemple.fr",
        "b@exemple.fr": "Objet\u00a0: l’été 2026",
    }
    assert outbox.posted_since("a@exemple.fr", POISON, NOON.replace(year=2025))
    assert app.test_cli_runner().invoke(args=["send-outbox"]).exit_code == 0
    assert all(one.sent_at for one in messages().values())
    assert sorted(received) == ["a@exemple.fr", "b@exemple.fr"]
