"""What was said of the plan, printed: each version, its sections, who said what and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from crisis_plan.document.blocks import Block, Chapter, Document, Facts, Heading, Paragraph, Part, Span, plain
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import counted, long_date, moment

if TYPE_CHECKING:
    from crisis_plan.opinions.models import Opinion, OpinionMessage

TITLE = "Avis sur le plan"
NOBODY_YET = "Aucun avis ne répond à cette demande."


def history(cpts: Cpts, opinions: Sequence[Opinion], today: date) -> Document:
    """The conversations of each version, the latest version first, in the order in which they began."""
    told = sorted(opinions, key=lambda one: one.opened_at)
    told.sort(key=lambda one: (one.publication.published_at, str(one.publication_id)), reverse=True)
    chapters = tuple(_chapter(cpts, list(found)) for _, found in groupby(told, lambda one: one.publication_id))
    return Document(
        title=TITLE,
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version=TITLE,
        dated_on=today,
        status="À jour de ce jour",
        author="",
        cover=Facts(()),
        chapters=chapters or (Chapter("avis", TITLE, (Paragraph(plain(NOBODY_YET)),), Part.ANNEX),),
        address="",
    )


def _chapter(cpts: Cpts, opinions: Sequence[Opinion]) -> Chapter:
    version = opinions[0].publication
    title = f"Avis sur la {version.name.lower()} du {long_date(version.dated_on)}"
    blocks = (
        Paragraph(plain(f"{cpts.name}\u00a0: {counted(len(opinions), 'avis', 'avis')}.")),
        *(block for opinion in opinions for block in _conversation(cpts, opinion)),
    )
    return Chapter(f"avis-{version.kind}-{version.number}", title, blocks, Part.ANNEX)


def _conversation(cpts: Cpts, opinion: Opinion) -> Iterator[Block]:
    yield Heading(f"{opinion.section_title} – {opinion.standing.label}", level=2)
    for message in opinion.messages:
        yield Paragraph(_said(cpts, message))


def _said(cpts: Cpts, message: OpinionMessage) -> tuple[Span, ...]:
    who = f"{message.kind.label}, {message.author_name} ({message.body}), le {moment(message.written_at, cpts)}"
    if not message.text:
        return (Span(f"{who}.", bold=True),)
    return (Span(f"{who}\u00a0:", bold=True), Span(f"\n{message.text}"))
