"""What a prepared message would say today, ready to be copied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from crisis_plan.pilotage.communication.blanks import filled, left_to_fill, unknown_blanks
from crisis_plan.pilotage.communication.sms import SmsLength, sms_length, with_plain_signs


class Prepared(Protocol):
    """The texts of a message."""

    @property
    def subject(self) -> str: ...
    @property
    def email_text(self) -> str: ...
    @property
    def short_text(self) -> str: ...


@dataclass(frozen=True)
class Preview:
    """The texts with the blanks that are known filled, and what is left to write."""

    subject: str
    email_text: str
    short_text: str
    length: SmsLength
    left: tuple[str, ...]
    unknown: tuple[str, ...]


def preview(prepared: Prepared, values: Mapping[str, str]) -> Preview:
    """The texts, their blanks filled by `values`; the short one in signs that a telephone sends cheaply."""
    subject, email_text = filled(prepared.subject, values), filled(prepared.email_text, values)
    short_text = with_plain_signs(filled(prepared.short_text, values))
    return Preview(
        subject,
        email_text,
        short_text,
        sms_length(short_text),
        left_to_fill(subject, email_text, short_text),
        unknown_blanks(prepared.subject, prepared.email_text, prepared.short_text),
    )
