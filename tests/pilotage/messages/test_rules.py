"""What a message of a crisis says of itself."""

from __future__ import annotations

import pytest

from crisis_plan.pilotage.messages.rules import each_once, prefixed, reason


@pytest.mark.parametrize("typed", ["Bonjour", "[EXERCICE] Bonjour", "[EXERCICE]Bonjour"])
def test_an_exercise_is_said_once(typed: str) -> None:
    assert prefixed("[EXERCICE] ", typed) == "[EXERCICE] Bonjour"


def test_a_crisis_changes_no_text() -> None:
    assert prefixed("", "[EXERCICE] Bonjour") == "[EXERCICE] Bonjour"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("", ""),
        ("SMTPRecipientsRefused: {}", "le serveur de courriel refuse ce message ou cette adresse"),
        ("ConnectionRefusedError: [Errno 111]", "le serveur de courriel ne répond pas"),
        ("TimeoutError: timed out", "le serveur de courriel ne répond pas"),
        ("SMTPAuthenticationError: (535, b'no')", "le serveur de courriel n’a pas pris ce message"),
    ],
)
def test_why_a_message_did_not_leave_is_said_in_french(error: str, said: str) -> None:
    assert reason(error) == said


def test_an_address_that_two_share_counts_once() -> None:
    assert each_once(["a@b.fr", "", "A@b.fr", "c@d.fr"]) == ("A@b.fr", "c@d.fr")
