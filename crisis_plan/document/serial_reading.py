"""A stored document read again from its JSON, exactly as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import cast

from crisis_plan.document.blocks import (
    Block,
    BulletList,
    Chapter,
    CheckList,
    Document,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Part,
    Table,
    TimeLine,
    Tone,
)
from crisis_plan.document.lane_serial import read_curve, read_lane, read_tick
from crisis_plan.document.serial_parts import Json, read_check, read_column, read_fact, read_mark, read_row, read_text

FORMAT = 1
"""Raised when the shape below changes; `from_json` keeps reading the older ones."""


class UnknownFormat(ValueError):
    """A stored document that this version of the software cannot read."""


def from_json(content: Json) -> Document:
    """The document that was stored; raises `UnknownFormat`."""
    if content.get("format") != FORMAT:
        raise UnknownFormat(f"format {content.get('format')!r}")
    return Document(
        title=content["title"],
        organisation=content["organisation"],
        legal_name=content["legal_name"],
        version=content["version"],
        dated_on=date.fromisoformat(content["dated_on"]),
        status=content["status"],
        author=content["author"],
        cover=cast(Facts, _read_block(content["cover"])),
        chapters=tuple(_read_chapter(chapter) for chapter in content["chapters"]),
        address=content["address"],
        watermark=content["watermark"],
        witness=content.get("witness", ""),
        formerly=from_json(content["formerly"]) if "formerly" in content else None,
    )


def _read_chapter(content: Json) -> Chapter:
    return Chapter(
        key=content["key"],
        title=content["title"],
        part=Part(content["part"]),
        blocks=_read_blocks(content["blocks"]),
        restricted=content.get("restricted", False),
        concerns=tuple(content.get("concerns", ())),
        functions=tuple(content.get("functions", ())),
        mark=read_mark(content),
        formerly=_read_chapter(content["formerly"]) if "formerly" in content else None,
    )


def _read_blocks(content: Iterable[Json]) -> tuple[Block, ...]:
    return tuple(_read_block(block) for block in content)


def _read_block(content: Json) -> Block:
    block = _READERS[content["kind"]](content, content.get("restricted", False))
    if "mark" in content:
        block = replace(block, mark=read_mark(content))
    if isinstance(block, Heading) and "formerly" in content:
        return replace(block, formerly=cast(Heading, _read_block(content["formerly"])))
    if isinstance(block, Table) and "formerly" in content:
        return replace(block, formerly=cast(Table, _read_block(content["formerly"])))
    return block


def _read_heading(content: Json, restricted: bool) -> Heading:
    return Heading(
        content["text"], content["level"], content.get("anchor", ""), restricted, content.get("on_new_page", False)
    )


def _read_paragraph(content: Json, restricted: bool) -> Paragraph:
    return Paragraph(read_text(content["text"]), restricted)


def _read_list(content: Json, restricted: bool) -> BulletList:
    items = tuple(_read_blocks(item) for item in content["items"])
    return BulletList(items, content.get("ordered", False), content["start"], restricted)


def _read_facts(content: Json, restricted: bool) -> Facts:
    return Facts(tuple(read_fact(fact) for fact in content["facts"]), restricted)


def _read_table(content: Json, restricted: bool) -> Table:
    return Table(
        content["caption"],
        tuple(read_column(column) for column in content["columns"]),
        tuple(read_row(row) for row in content["rows"]),
        content["empty"],
        restricted,
        content.get("whole", False),
    )


def _read_notice(content: Json, restricted: bool) -> Notice:
    return Notice(read_text(content["text"]), Tone(content["tone"]), content.get("title", ""), restricted)


def _read_checklist(content: Json, restricted: bool) -> CheckList:
    return CheckList(tuple(read_check(item) for item in content["items"]), restricted)


def _read_time_line(content: Json, restricted: bool) -> TimeLine:
    return TimeLine(
        content["caption"],
        content["starts"],
        content["ends"],
        tuple(map(read_tick, content["ticks"])),
        tuple(map(read_lane, content["lanes"])),
        read_curve(content.get("curve")),
        cast(Table, _read_block(content["table"])),
        restricted,
    )


_READERS: dict[str, Callable[[Json, bool], Block]] = {
    Heading.kind: _read_heading,
    Paragraph.kind: _read_paragraph,
    BulletList.kind: _read_list,
    Facts.kind: _read_facts,
    Table.kind: _read_table,
    Notice.kind: _read_notice,
    CheckList.kind: _read_checklist,
    TimeLine.kind: _read_time_line,
}
