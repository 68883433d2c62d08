"""What was said of the plan, printed: each version, its sections, who said what and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from crisis_plan.document.blocks import Block, Chapter, Document, Fact, Facts, Heading, Paragraph, Part, Span, plain
from crisis_plan.opinions import listing
from crisis_plan.opinions.listing import Filters
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import counted, long_date, moment, number

if TYPE_CHECKING:
    from crisis_plan.opinions.models import Opinion, OpinionMessage

TITLE = "Avis sur le plan"
ERASED = "Texte effacé sur décision d’une autorité."
NOBODY_YET = "Aucun avis ne répond à cette demande."


def history(cpts: Cpts, known: Sequence[Opinion], filters: Filters, today: date) -> Document:
    """The conversations of each version, the latest version first, in the order in which they began.

    What is only a part of them says so on every page.
    """
    told = sorted(listing.matching(known, filters), key=lambda one: one.opened_at)
    told.sort(key=lambda one: (one.publication.published_at, str(one.publication_id)), reverse=True)
    head, totals = _head(known, told, filters), Counter(one.publication_id for one in known)
    chapters = tuple(
        _chapter(cpts, head, list(found), totals[version])
        for version, found in groupby(told, lambda one: one.publication_id)
    )
    return Document(
        title=TITLE,
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version=TITLE if len(told) == len(known) else f"{TITLE}\u00a0: {_of(len(told), len(known))}",
        dated_on=today,
        status="À jour de ce jour",
        author="",
        cover=Facts(()),
        chapters=chapters or (Chapter("avis", TITLE, (*head, Paragraph(plain(NOBODY_YET))), Part.ANNEX),),
        address="",
    )


def _head(known: Sequence[Opinion], told: Sequence[Opinion], filters: Filters) -> tuple[Block, ...]:
    """What the filters are, and how much they keep; nothing without a filter."""
    asked = filters.told(listing.choices(known))
    if not asked:
        return ()
    facts = (("Avis imprimés", _of(len(told), len(known))), *asked)
    return (Facts(tuple(Fact(label, value) for label, value in facts)),)


def _chapter(cpts: Cpts, head: tuple[Block, ...], opinions: Sequence[Opinion], total: int) -> Chapter:
    version = opinions[0].publication
    title = f"Avis sur la {version.name.lower()} du {long_date(version.dated_on)}"
    blocks = (
        *head,
        Paragraph(plain(f"{cpts.name}\u00a0: {_of(len(opinions), total)} sur cette version.")),
        *(block for opinion in opinions for block in _conversation(cpts, opinion)),
    )
    return Chapter(f"avis-{version.kind}-{version.number}", title, blocks, Part.ANNEX)


def _of(kept: int, total: int) -> str:
    """« 7 avis », or « 2 sur 7 avis »."""
    every = counted(total, "avis", "avis")
    return every if kept == total else f"{number(kept)} sur {every}"


def _conversation(cpts: Cpts, opinion: Opinion) -> Iterator[Block]:
    yield Heading(f"{opinion.section_title} – {opinion.standing.label}", level=2)
    for message in opinion.messages:
        yield Paragraph(_said(cpts, message))


def _said(cpts: Cpts, message: OpinionMessage) -> tuple[Span, ...]:
    who = f"{message.kind.label}, {message.author_name} ({message.body}), le {moment(message.written_at, cpts)}"
    if message.is_erased:
        return Span(f"{who}\u00a0:", bold=True), Span(f"\n{ERASED}", italic=True)
    if not message.text:
        return (Span(f"{who}.", bold=True),)
    return (Span(f"{who}\u00a0:", bold=True), Span(f"\n{message.text}"))
