"""Lines of a report: one for each thing, on one line, few of them, and entries as they stand once corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.web.formats import counted

if TYPE_CHECKING:
    from datetime import datetime

    from crisis_plan.clock import HasTimeZone
    from crisis_plan.pilotage.crisis_functions.hours import Hours
    from crisis_plan.pilotage.logbook.models import LogbookEntry

MOST_LINES = 8
"""Lines of one list: a report is read in two minutes, the rest is counted."""


def standing(entries: Iterable[LogbookEntry]) -> list[LogbookEntry]:
    """These entries, the oldest first, without those whose content was erased."""
    return sorted((entry for entry in entries if not entry.is_erased), key=lambda entry: entry.number)


def standing_text(entry: LogbookEntry) -> str:
    """What an entry says once it was corrected."""
    said = [one for one in entry.corrections if not one.is_erased]
    return f"{said[-1].said.text} (corrigé)" if said else entry.said.text


def one_line(text: str) -> str:
    """The same words on one line; no-break spaces stay."""
    return " ".join(line.strip(" ") for line in text.splitlines() if line.strip())


def at_hour(hours: Hours, at: datetime) -> str:
    """« à 14:05 », « hier à 13:00 », « le 22/11 à 13:00 »."""
    said = hours(at)
    return f"à\u00a0{said}" if said[:1].isdigit() else said


def hour(at: datetime, place: HasTimeZone) -> str:
    """« 23/11 14:05 »: a report is read the next day too."""
    return f"{clock.local(at, place):%d/%m %H:%M}"


def titled(title: str, lines: Sequence[str]) -> str:
    """Lines under what announces them; nothing where there is none."""
    return f"{title}\u00a0:\n{listed(lines)}" if lines else ""


def listed(lines: Sequence[str]) -> str:
    """One a line, each on one; what is beyond the most is counted."""
    shown = [f"- {one_line(line)}" for line in lines[:MOST_LINES]]
    left = len(lines) - len(shown)
    return "\n".join([*shown, *([f"- … et {counted(left, 'autre')}"] if left else [])])


def parts(*parts: str) -> str:
    """Paragraphs, those that say something."""
    return "\n\n".join(part for part in parts if part)
