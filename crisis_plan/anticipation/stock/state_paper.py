"""The state of the stock for the ARS: one page, what calls for attention first, what is well in few words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from crisis_plan.anticipation.stock.chapter import in_words
from crisis_plan.anticipation.stock.models import OtherMeans, StockItem
from crisis_plan.anticipation.stock.papers import paper
from crisis_plan.anticipation.stock.queries import HeldItem, counts_to_do
from crisis_plan.anticipation.stock.rules import CountState, StockState
from crisis_plan.document import leaflet
from crisis_plan.document.blocks import Block, Chapter, Column, Edition, Fact, Facts, Part, Row, Table
from crisis_plan.document.paper.chapters import Label, chapter_sheets
from crisis_plan.document.paper.fonts import faces
from crisis_plan.document.paper.styles import styles
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import counted, long_date, number, short_date

TITLE = "État du stock"
NEXT_PAGE = "État du stock (suite)"
AIRY = 20
"""Up to so many items, the lines keep their usual height."""
DENSE = 0.6
"""Points above and below each line, beyond."""
BESIDE = 3
"""Items that are well on each line."""
CALLING_COLUMNS = (
    Column("Désignation", 2.6),
    Column("Utilisable", 0.8, numeric=True),
    Column("Seuil", 0.7, numeric=True),
    Column("Périmés", 0.7, numeric=True),
    Column("Péremption", 0.9),
    Column("Compté le", 0.9),
    Column("État", 2.3),
)
WELL_COLUMNS = (Column("Désignation", 2.4), Column("Utilisable", 0.9, numeric=True)) * BESIDE
MEANS_COLUMNS = (
    Column("Moyen", 2.2),
    Column("Nature", 1.2),
    Column("Capacité", 1.2),
    Column("Disponible", 1.4),
    Column("Vérifié le", 0.9),
)


def state(cpts: Cpts, held: Sequence[HeldItem], means: Sequence[OtherMeans], today: date) -> bytes:
    """What may be used, what is expired, what other means there are; no place is said.

    When all of it cannot stand on one page, a second one takes what is well and the other means, and says so.
    """
    facts = Facts(tuple(_facts(cpts, held, means, today)))
    calling, *rest = _tables(held, means)
    padding = None if len(held) <= AIRY else DENSE
    chapters = [_chapter(TITLE, facts, calling, *rest)]
    if not _fits(chapters[0], padding):
        chapters = [_chapter(TITLE, facts, calling), _chapter(NEXT_PAGE, *rest)]
    return leaflet.render(paper(cpts, TITLE, today, *chapters), Edition.PUBLIC, padding=padding)


def _chapter(title: str, *blocks: Block) -> Chapter:
    return Chapter("stock", title, blocks, Part.ANNEX)


def _fits(chapter: Chapter, padding: float | None) -> bool:
    """Whether it stands on one page, in the smallest words of a leaflet."""
    faces()
    looks = styles(leaflet.SCALES[-1])
    if padding is not None:
        looks = replace(looks, padding=padding)
    return len(chapter_sheets(chapter, Label(), "state", looks)) == 1


def _facts(cpts: Cpts, held: Sequence[HeldItem], means: Sequence[OtherMeans], today: date) -> Iterable[Fact]:
    short = sum(StockState.SHORT in one.holding.states for one in held)
    to_count = counts_to_do(held)
    said = [f"{counted(len(held), 'article')}, dont {number(short)} sous le seuil"]
    if never := to_count[CountState.NEVER]:
        said.append(f"{counted(never, 'jamais compté', 'jamais comptés')}")
    if due := to_count[CountState.DUE]:
        said.append(f"{number(due)} à recompter")
    yield Fact("CPTS", cpts.name)
    yield Fact("Au", long_date(today))
    yield Fact("En bref", f"{', '.join(said)}\u00a0; {counted(len(means), 'autre moyen', 'autres moyens')}")


def _tables(held: Sequence[HeldItem], means: Sequence[OtherMeans]) -> tuple[Table, ...]:
    """What calls for attention, what is well, the other means; the first always, the others where there are some."""
    well = [one for one in held if one.holding.states == (StockState.SUFFICIENT,)]
    calling = sorted((one for one in held if one not in well), key=_urgency)
    nothing = "Tous les articles sont en quantité suffisante." if held else "Aucun article en stock."
    first = Table("Articles qui appellent l’attention", CALLING_COLUMNS, tuple(map(_calling, calling)), empty=nothing)
    beside = tuple(_beside(well))
    rest = (Table("Articles en quantité suffisante", WELL_COLUMNS, beside),) if beside else ()
    others = Table("Autres moyens", MEANS_COLUMNS, tuple(map(_means, means)), empty="Aucun autre moyen.")
    return (first, *rest, others)


def _urgency(held: HeldItem) -> int:
    return min(list(StockState).index(state) for state in held.holding.states)


def _calling(held: HeldItem) -> Row:
    item, amount = held.item, held.holding
    figures = (number(amount.usable), number(item.threshold), number(amount.expired) if amount.expired else "")
    days = (short_date(amount.next_expiry), held.counted_in_words)
    return Row((_named(item), *figures, *days, in_words(amount)), key=str(item.id))


def _beside(well: Sequence[HeldItem]) -> Iterable[Row]:
    """The names go down each column, as they are read."""
    tall = -(-len(well) // BESIDE)
    for line in range(tall):
        there = well[line::tall]
        cells = [cell for one in there for cell in (_named(one.item), number(one.holding.usable))]
        blank = [""] * (len(WELL_COLUMNS) - len(cells))
        yield Row((*cells, *blank), key=str(there[0].item.id))


def _named(item: StockItem) -> str:
    return f"{item.name} ({item.unit})" if item.unit else item.name


def _means(one: OtherMeans) -> Row:
    checked = short_date(one.checked_on) or "jamais"
    return Row((one.name, one.kind.label, one.capacity, one.available, checked), key=str(one.id))
