"""Two states of a run of blocks as one: sections by their anchor, blocks by what they are, then what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crisis_plan.document.blocks import (
    Block,
    BulletList,
    CheckItem,
    CheckList,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Table,
    TimeLine,
    words,
)
from crisis_plan.document.comparison_order import Sketch, matching, paired, ranked, steps
from crisis_plan.document.comparison_tables import merged_facts, merged_table
from crisis_plan.document.comparison_text import merged_text, sketched
from crisis_plan.document.revisions import Revision
from crisis_plan.document.sections import lines

Item = tuple[Block, ...]

COUNTED = re.compile(r"[\d\s\u202f\u00a0]+")
"""What may differ between two captions of one table: « Contacts (701) »."""


def merged_sections(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Block]:
    """The blocks of a chapter: a section that stays is compared inside, whatever moved around it."""
    before, after = _cut(old), _cut(new)
    keys = [ranked([section.key for section in side]) for side in (before, after)]
    for was, now in steps(before, after, matching(*keys)):
        if was and now:
            yield from merged_blocks(was.heading, now.heading)
            yield from merged_blocks(was.blocks, now.blocks)
        elif was:
            yield from _all((*was.heading, *was.blocks), Revision.REMOVED)
        elif now:
            yield from _all((*now.heading, *now.blocks), Revision.ADDED)


def merged_blocks(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Block]:
    for was, now in paired(old, new, _sketch):
        both = merged(was, now) if was and now else None
        if both is not None:
            yield both
            continue
        yield from _all([was] if was else [], Revision.REMOVED)
        yield from _all([now] if now else [], Revision.ADDED)


def merged(old: Block, new: Block) -> Block | None:
    """One block that holds both; none where they are two."""
    if old == new:
        return new
    if old.restricted != new.restricted:
        return None
    match old, new:
        case Heading(), Heading():
            return replace(new, formerly=old)
        case Table(), Table():
            return merged_table(old, new)
        case Facts(), Facts():
            return merged_facts(old, new)
        case TimeLine(), TimeLine():
            return _merged_time_line(old, new)
        case CheckList(), CheckList():
            return replace(new, items=tuple(_check_items(old.items, new.items)))
        case BulletList(), BulletList():
            return _merged_list(old, new)
        case (Paragraph(), Paragraph()) | (Notice(), Notice()):
            return _merged_text(old, new)
        case _:
            return None


@dataclass(frozen=True, slots=True)
class _Section:
    """What stands under one heading of level 2; before the first one, under none."""

    heading: tuple[Heading, ...]
    blocks: tuple[Block, ...]

    @property
    def key(self) -> str:
        return next((heading.anchor or heading.text for heading in self.heading), "")


def _cut(blocks: Iterable[Block]) -> list[_Section]:
    found = [_Section((), ())]
    for block in blocks:
        if isinstance(block, Heading) and block.level <= 2:
            found.append(_Section((block,), ()))
        else:
            found[-1] = replace(found[-1], blocks=(*found[-1].blocks, block))
    return found


def _all(blocks: Iterable[Block], mark: Revision) -> Iterator[Block]:
    return (replace(block, mark=mark) for block in blocks)


def _sketch(block: Block) -> Sketch:
    """What makes it worth comparing inside: captions of tables, wording of texts."""
    shape: tuple[object, ...] = (block.kind, block.restricted)
    match block:
        case Heading():
            return sketched((*shape, block.level, block.anchor or block.text), ())
        case Table():
            headings = [] if block.caption else [column.heading for column in block.columns]
            return sketched((*shape, COUNTED.sub("", block.caption)), headings)
        case TimeLine():
            return sketched((*shape, block.caption), ())
        case Facts():
            return sketched(shape, [fact.label for fact in block.facts])
        case Notice():
            return sketched((*shape, block.tone, block.title), [words(block.text)])
        case BulletList():
            return sketched((*shape, block.ordered, block.start), lines((block,)))
        case Paragraph() | CheckList():
            return sketched(shape, lines((block,)))


def _merged_text(old: Block, new: Block) -> Block | None:
    if not isinstance(old, Paragraph | Notice) or not isinstance(new, Paragraph | Notice):
        return None
    text = merged_text(old.text, new.text)
    return replace(new, text=text) if text is not None and replace(old, text=new.text) == new else None


def _merged_time_line(old: TimeLine, new: TimeLine) -> TimeLine | None:
    """Two drawings cannot be woven: where they differ, both are shown."""
    table = merged_table(old.table, new.table) if replace(old, table=new.table) == new else None
    return replace(new, table=table) if table else None


def _merged_list(old: BulletList, new: BulletList) -> BulletList | None:
    """Item by item; an item without anything in it could not bear a mark."""
    if replace(old, items=new.items) != new or not all((*old.items, *new.items)):
        return None
    items: list[Item] = []
    for was, now in paired(old.items, new.items, lambda item: sketched("item", lines(item))):
        if was and now:
            items.append(tuple(merged_blocks(was, now)))
        elif was:
            items.append(tuple(_all(was, Revision.REMOVED)))
        elif now:
            items.append(tuple(_all(now, Revision.ADDED)))
    return replace(new, items=tuple(items))


def _check_items(old: Sequence[CheckItem], new: Sequence[CheckItem]) -> Iterator[CheckItem]:
    for was, now in paired(old, new, _sketch_of_step):
        text = merged_text(was.text, now.text) if was and now else None
        if now and text is not None:
            yield replace(now, text=text)
            continue
        yield from (replace(one, mark=Revision.REMOVED) for one in (was,) if one)
        yield from (replace(one, mark=Revision.ADDED) for one in (now,) if one)


def _sketch_of_step(item: CheckItem) -> Sketch:
    """A step that another does, or at another time, is another step: it is read whole."""
    return sketched((item.when, item.who, item.proof, item.restricted), [words(item.text)])
