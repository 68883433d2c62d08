"""The list of improvements, printed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from crisis_plan.document.blocks import Block, Chapter, Column, Document, Fact, Facts, Part, Row, Table
from crisis_plan.evaluation.follow_up import listing
from crisis_plan.evaluation.improvements.wording import origin_in_words
from crisis_plan.web.formats import counted, number, short_date

if TYPE_CHECKING:
    from crisis_plan.evaluation.follow_up.listing import Listed
    from crisis_plan.evaluation.improvements.models import Improvement
    from crisis_plan.organisations.models import Cpts

TITLE = "Améliorations"
EMPTY = "Aucune amélioration ne répond à cette demande."
COLUMNS = (
    Column("N°", 0.4),
    Column("Ce qui sera fait", 3),
    Column("Responsable", 1.2),
    Column("Échéance", 1),
    Column("État", 1.8),
)


def printed(cpts: Cpts, listed: Listed) -> Document:
    """What the filters keep, the most urgent first; what is only a part of them says so on every page."""
    kept, every = listed.kept, len(listed.every)
    shown = TITLE if len(kept) == every else f"{TITLE}\u00a0: {number(len(kept))} sur {number(every)}"
    return Document(
        title=TITLE,
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version=shown,
        dated_on=listed.today,
        status="À jour de ce jour",
        author="",
        cover=Facts(()),
        chapters=(Chapter("ameliorations", TITLE, (_head(listed), _body(kept, listed.today)), Part.ANNEX),),
        address="",
    )


def _head(listed: Listed) -> Block:
    """How many stand where, how many are late, and what the filters are."""
    states = ", ".join(f"{state.label.lower()}\u00a0: {number(count)}" for state, count in listing.counts(listed.every))
    asked = listed.filters.told(listing.places(listed.every))
    facts = (
        ("En tout", f"{counted(len(listed.every), 'amélioration')} ({states})"),
        ("En retard", number(listing.late(listed.every, listed.today))),
        *asked,
    )
    return Facts(tuple(Fact(label, value) for label, value in facts))


def _body(kept: Iterable[Improvement], today: date) -> Block:
    return Table("Les plus urgentes d’abord", COLUMNS, tuple(_row(one, today) for one in kept), empty=EMPTY)


def _row(one: Improvement, today: date) -> Row:
    what = (
        one.text,
        f"Dans le plan\u00a0: {one.target}" if one.target else "",
        f"Origine\u00a0: {origin_in_words(one)}",
    )
    standing = (
        "En retard" if one.is_overdue(today) else "",
        one.state.label,
        f"Citée par la {one.publication.name.lower()}" if one.publication else "",
        one.word,
    )
    return Row((number(one.number), _lines(what), one.owner_name, short_date(one.due_on), _lines(standing)))


def _lines(said: Iterable[str]) -> str:
    return "\n".join(one for one in said if one)
