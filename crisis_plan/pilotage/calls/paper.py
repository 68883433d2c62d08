"""A call list on paper: the sheets to call from without network, and how every paper of a list is named (`proof`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.document.blocks import (
    Chapter,
    Column,
    Document,
    Facts,
    Paragraph,
    Part,
    Row,
    Table,
    plain,
)
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls.rules import NOT_TRIED, Outcome, Purpose
from crisis_plan.web.formats import telephone

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import ContactPhone
    from crisis_plan.pilotage.calls.models import CallLine, CallList

SHEET = (
    Column("Nom", 2.2),
    Column("Téléphones", 1.9),
    Column("Joint\u00a0?", 1.1),
    Column("Vient\u00a0?", 1.1),
    Column("À partir de", 1.1),
    Column("Appelé par, à", 1.2),
)
OR_NOT = "oui / non"


def call_sheet(cpts: Cpts, call_list: CallList, lines: Sequence[CallLine], *, at: datetime) -> Document:
    """Names, numbers, and room to write: what callers take along when there is no network."""
    rows = tuple(Row((_who(line), _numbers(line), OR_NOT, OR_NOT, "…………", "………………")) for line in lines)
    blocks = (
        Paragraph(plain(f"{call_list.purpose.prefix}{call_list.message}")),
        Table("", SHEET, rows),
    )
    sheet = Chapter("appels", f"Feuille d’appel – {call_list.title}", blocks, Part.ANNEX)
    return document(cpts, call_list, (sheet,), at)


def document(cpts: Cpts, call_list: CallList, chapters: tuple[Chapter, ...], at: datetime) -> Document:
    """These sheets, named and dated as the list is."""
    return Document(
        title=chapters[0].title,
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version=call_list.purpose.label,
        dated_on=clock.local(call_list.closed_at or at, cpts).date(),
        status="Close" if call_list.closed_at else "En cours",
        author=call_list.opened_by.name,
        cover=Facts(()),
        chapters=chapters,
        address="",
        watermark="EXERCICE" if call_list.purpose is Purpose.EXERCISE else "",
    )


def outcome_in_words(line: CallLine) -> str:
    """« Joint, vient », « Pas de réponse », « À appeler »."""
    if line.outcome is None:
        return NOT_TRIED
    if line.outcome is not Outcome.REACHED or line.comes is None:
        return line.outcome.label
    return f"{line.outcome.label}, {'vient' if line.comes else 'ne vient pas'}"


def _with_privacy(phone: ContactPhone) -> str:
    """« 06 11 22 33 44 (privé) »: a number that its owner gave for crises alone."""
    return f"{telephone(phone.number)}{' (privé)' if phone.is_private else ''}"


def _who(line: CallLine) -> str:
    return f"{line.name}\n{line.what}" if line.what else line.name


def _numbers(line: CallLine) -> str:
    if line.contact is None:
        return "n’est plus dans l’annuaire"
    return "\n".join(_with_privacy(phone) for phone in line.contact.phones_direct_first) or "sans téléphone"
