"""The referents, as the plan prints them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from crisis_plan.anticipation.referents import queries
from crisis_plan.anticipation.referents.models import ReferentDuty
from crisis_plan.anticipation.referents.presence import doubt
from crisis_plan.anticipation.referents.rules import Rank, is_on_duty, is_past, is_to_come
from crisis_plan.anticipation.referents.wording import gaps_in_words, period_in_words
from crisis_plan.document.blocks import Block, Column, Notice, Row, Span, Table, Text, Tone, plain
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import short_date, telephone

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

COLUMNS = (
    Column("Rang"),
    Column("Nom", 1.6),
    Column("Fonction", 1.6),
    Column("Téléphones", 1.4),
    Column("Période", 1.6),
    Column("Vérifié le", 0.9, passing=True),
)
RANKS = list(Rank)
NO_PHONE = "Aucun téléphone"


def summary(cpts: Cpts, today: date) -> tuple[Block, ...]:
    """Who is referent and who will be, and the days that nobody covers."""
    duties = [duty for duty in reversed(queries.duties(cpts)) if not is_past(duty, today)]
    rows = tuple(
        _row(duty, today) for duty in sorted(duties, key=lambda duty: (is_to_come(duty, today), RANKS.index(duty.rank)))
    )
    table = Table("Référents de crise", COLUMNS, rows, empty="Aucun référent n’est désigné.")
    doubts = (doubt(duty, today) for duty in duties if is_on_duty(duty, today))
    warnings = (*filter(None, doubts), *gaps_in_words(duties, today))
    return (table, *(Notice(plain(said), Tone.WARNING) for said in warnings))


def _row(duty: ReferentDuty, today: date) -> Row:
    return Row(
        (
            duty.rank.label,
            duty.contact.name,
            duty.contact.what,
            telephones(duty.contact),
            period_in_words(duty, today).capitalize(),
            short_date(duty.contact.verified_on) or "jamais",
        ),
        key=f"referent-{duty.id}" if is_to_come(duty, today) else f"referent-{duty.rank.value}",
    )


def reached(contact: Contact, *, after_name: str = "\n", between: str = "\n") -> Text:
    """A name, then the numbers that reach this very person."""
    only_private = bool(contact.phones) and all(phone.is_private for phone in contact.phones)
    return (
        Span(contact.name, bold=True),
        Span(after_name, restricted=only_private),
        *telephones(contact, between=between),
    )


def telephones(contact: Contact, *, between: str = "\n") -> Text:
    """Numbers that a reader may press, those that answer at night first; private ones only in the restricted edition."""
    if not contact.phones:
        return plain(NO_PHONE)
    spans: list[Span] = []
    is_public_begun = False
    for phone in contact.phones_direct_first:
        if spans:
            spans.append(Span(between, restricted=phone.is_private or not is_public_begun))
        spans.append(Span(telephone(phone.number), href=f"tel:{phone.number}", restricted=phone.is_private))
        is_public_begun = is_public_begun or not phone.is_private
    return tuple(spans)
