"""A chapter on its sheets: its title, its numbered headings, its blocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TypeGuard

from crisis_plan.document.blocks import Block, Cell, Chapter, Heading, Part, Table
from crisis_plan.document.comparison_words import marked
from crisis_plan.document.editions import is_blank
from crisis_plan.document.paper.flow import Flow, put
from crisis_plan.document.paper.fonts import width as width_of
from crisis_plan.document.paper.lines import broken
from crisis_plan.document.paper.prose_blocks import heading_words, set_blocks
from crisis_plan.document.paper.sheet import Box, Entry, Sheet
from crisis_plan.document.paper.styles import (
    ACCENT,
    FRAME,
    MANY_COLUMNS,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    WHITE,
    WIDE,
    Frame,
    Style,
    Styles,
    styles,
)
from crisis_plan.document.revisions import Revision

EMPTY_CHAPTER = "Ce chapitre n’a pas de contenu dans cette édition."
GONE = "Supprimé depuis la version précédente"
EMPTY_SECTION = "Cette rubrique n’a pas de contenu dans cette édition."


@dataclass(frozen=True, slots=True)
class Label:
    """How a chapter is called: « Chapitre 1 », « Annexe A », or nothing."""

    number: str = ""
    kicker: str = ""


def labels(chapters: tuple[Chapter, ...]) -> list[Label]:
    """Body chapters are numbered, cards too on their own, annexes lettered, the others named.

    What is only in the older version of a consolidated document has no number: the newer version keeps its own.
    """
    counts = dict.fromkeys(Part, 0)
    found: list[Label] = []
    for chapter in chapters:
        if chapter.mark is Revision.REMOVED:
            found.append(Label("", GONE))
            continue
        counts[chapter.part] += 1
        label = _label(chapter.part, counts[chapter.part])
        found.append(replace(label, kicker=f"{label.kicker}{_became(chapter)}".removeprefix(" – ")))
    return found


def _label(part: Part, rank: int) -> Label:
    match part:
        case Part.BODY:
            return Label(str(rank), f"Chapitre {rank}")
        case Part.CARD:
            return card_label(rank)
        case Part.ANNEX:
            return Label(_letter(rank), f"Annexe {_letter(rank)}")
        case _:
            return Label()


def _became(chapter: Chapter) -> str:
    """What the comparison of two versions says of a whole chapter."""
    if chapter.mark:
        return f" – {chapter.mark.noun}"
    if chapter.formerly and chapter.formerly.title != chapter.title:
        return f" – s’appelait «\u00a0{chapter.formerly.title}\u00a0»"
    return ""


def card_label(number: int) -> Label:
    return Label(f"F{number}", f"Fiche action {number}")


def chapter_sheets(chapter: Chapter, label: Label, anchor: str, looks: Styles | None = None) -> list[Sheet]:
    flow = Flow(looks or styles(), _frame(chapter))
    flow.sheet.entries.append(Entry(0, label.number, _listed(chapter.title, chapter.mark), anchor, flow.y))
    _set_title(flow, _chapter_words(chapter), label.kicker)
    _set_content(flow, chapter, label.number, anchor)
    return flow.sheets


def _chapter_words(chapter: Chapter) -> Cell:
    mark = Revision.KEPT if chapter.mark is Revision.MOVED_HERE else chapter.mark
    return marked(chapter.title, mark, chapter.formerly.title if chapter.formerly else "")


def _listed(title: str, mark: Revision) -> str:
    """What contents and bookmarks say: of two versions, which has it."""
    return f"{title} ({mark.noun})" if mark else title


def alert_sheets(chapter: Chapter, anchor: str) -> list[Sheet]:
    """The page to be read in a hurry: as large as fits on one page, without becoming small print."""
    for scale in (1.16, 1.08, 1.0, 0.93, 0.86):
        flow = Flow(styles(scale, in_a_hurry=True))
        flow.sheet.entries.append(Entry(0, "", chapter.title, anchor, flow.y))
        _set_banner(flow.sheet, chapter.title)
        _set_content(flow, chapter, "", anchor)
        if len(flow.sheets) == 1:
            break
    return flow.sheets


def joined(sheets: list[Sheet], more: list[Sheet], at_most: float) -> list[Sheet]:
    """The sheets one after the other; a short last piece stays on the page above it when it fits."""
    gap = 34.0
    if sheets and len(more) == 1 and more[0].frame == sheets[-1].frame:
        last, tall = sheets[-1], FRAME.top - more[0].end
        if tall <= at_most and tall + gap <= last.end - FRAME.bottom:
            last.absorb(more[0], FRAME.top - last.end + gap)
            return sheets
    return sheets + more


def _frame(chapter: Chapter) -> Frame:
    is_wide = any(isinstance(block, Table) and len(block.columns) >= MANY_COLUMNS for block in chapter.blocks)
    return WIDE if is_wide and chapter.part is Part.ANNEX else FRAME


def _set_title(flow: Flow, title: Cell, kicker: str) -> None:
    looks = flow.styles
    if kicker:
        flow.set_lines(broken(kicker, looks.kicker, flow.frame.width), looks.kicker, flow.frame.left)
    flow.set_lines(broken(title, looks.title, flow.frame.width), looks.title, flow.frame.left)
    flow.down(9)
    flow.rule(flow.frame.left, flow.frame.left + 54, 2.6, ACCENT)
    flow.down(20)


def _set_banner(sheet: Sheet, title: str) -> None:
    """White on dark across the sheet: found at once when leafing through."""
    style = Style(27, 31, bold=True, colour=WHITE)
    lines = broken(title, style, FRAME.width)
    tall = len(lines) * style.leading + 26
    top = PAGE_HEIGHT - 62
    sheet.boxes.append(Box(0, top - tall, PAGE_WIDTH, tall, ACCENT))
    for rank, line in enumerate(lines):
        put(sheet, line, style, FRAME.left, top - 13 - style.leading * (rank + 1) + 7.5)
    sheet.end = top - tall - 20


def _said_once(blocks: list[Block]) -> list[Block]:
    """A table right under a heading of its own name does not repeat it."""
    return [
        replace(block, caption="")
        if isinstance(block, Table) and isinstance(before, Heading) and block.caption == before.text
        else block
        for before, block in zip([None, *blocks], blocks, strict=False)
    ]


def _set_content(flow: Flow, chapter: Chapter, number: str, anchor: str) -> None:
    rank = count = 0
    blocks = _said_once([block for block in chapter.blocks if not is_blank(block)])
    if not blocks:
        _set_sentence(flow, EMPTY_CHAPTER)
    for block, following in zip_longest(blocks, blocks[1:]):
        if _starts_section(block):
            rank += 1
            is_there = block.mark is not Revision.REMOVED
            count += is_there
            _set_section_heading(flow, block, f"{number}.{count}" if number and is_there else "", f"{anchor}-{rank}")
            if is_there and (following is None or _starts_section(following)):
                _set_sentence(flow, EMPTY_SECTION)
        else:
            set_blocks(flow, (block,), flow.frame.left, flow.frame.width)


def _starts_section(block: Block) -> TypeGuard[Heading]:
    return isinstance(block, Heading) and block.level <= 2


def _set_sentence(flow: Flow, sentence: str) -> None:
    flow.set_lines(broken(sentence, flow.styles.empty, flow.frame.width), flow.styles.empty, flow.frame.left)
    flow.down(flow.styles.empty.after)


def _set_section_heading(flow: Flow, heading: Heading, number: str, anchor: str) -> None:
    style = flow.styles.headings[2]
    indent = width_of(number, style.face(), style.size) + 10 if number else 0.0
    lines = broken(heading_words(heading), style, flow.frame.width - indent)
    if heading.on_new_page and not flow.is_at_top and flow.sheet.words:
        flow.turn()
    flow.need(style.before + len(lines) * style.leading + style.after + 5 * flow.styles.body.leading)
    flow.down(style.before if flow.y < FRAME.top - 120 else style.before / 3)
    flow.sheet.entries.append(Entry(1, number, _listed(heading.text, heading.mark), anchor, flow.y))
    if number:
        put(flow.sheet, broken(number, style, flow.frame.width)[0], style, flow.frame.left, flow.baseline(style))
    flow.set_lines(lines, style, flow.frame.left + indent)
    flow.down(style.after)


def _letter(rank: int) -> str:
    """A, B… Z, AA, AB…"""
    letters = ""
    while rank:
        rank, rest = divmod(rank - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
