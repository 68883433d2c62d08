"""A message of a crisis: its prefix, and what becomes of each copy."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Delivery(StrEnum):
    """What became of a message for one person."""

    NO_ADDRESS = "no_address"
    FAILED = "failed"
    WAITING = "waiting"
    SENT = "sent"
    ERASED = "erased"
    BY_HAND = "by_hand"

    @property
    def label(self) -> str:
        return {
            "no_address": "Sans adresse, à appeler",
            "failed": "Échec",
            "waiting": "En attente",
            "sent": "Parti",
            "erased": "Trace effacée",
            "by_hand": "Envoyé à la main",
        }[self.value]

    @property
    def tone(self) -> str:
        return {
            "no_address": "warning",
            "failed": "urgent",
            "waiting": "info",
            "sent": "ok",
            "erased": "neutral",
            "by_hand": "ok",
        }[self.value]


TO_CALL = (Delivery.NO_ADDRESS, Delivery.FAILED)
"""Whom the message did not reach."""


def prefixed(prefix: str, text: str) -> str:
    """The text under its prefix, once: « [EXERCICE] » typed by hand is not said twice."""
    mark = prefix.strip()
    if not mark:
        return text
    return f"{mark} {text.removeprefix(mark).lstrip()}"


REFUSED = (
    "RecipientsRefused",
    "SenderRefused",
    "DataError",
    "ValueError",
    "LookupError",
    "MessageError",
    "HeaderParse",
)
UNREACHED = ("Connection", "Timeout", "gaierror", "OSError", "Disconnected", "ConnectError", "SSL")


def reason(last_error: str) -> str:
    """Why a message did not leave, in words; empty while nothing went wrong."""
    kind = last_error.partition(":")[0]
    if not kind:
        return ""
    if any(word in kind for word in REFUSED):
        return "le serveur de courriel refuse ce message ou cette adresse"
    if any(word in kind for word in UNREACHED):
        return "le serveur de courriel ne répond pas"
    return "le serveur de courriel n’a pas pris ce message"


def each_once(addresses: Iterable[str]) -> tuple[str, ...]:
    """These addresses, each once, whatever their case."""
    return tuple({address.lower(): address for address in addresses if address}.values())
