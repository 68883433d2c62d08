"""A document as JSON and back, exactly: what a publication stores, and what is hashed.

Compact on purpose, for a directory has hundreds of rows: a default value is left out, plain text stays a string.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

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
    Table,
    TimeLine,
)
from crisis_plan.document.lane_serial import written_parts
from crisis_plan.document.serial_parts import (
    Json,
    differing,
    write_check,
    write_column,
    write_fact,
    write_row,
    write_text,
)
from crisis_plan.document.serial_reading import FORMAT, UnknownFormat, from_json

__all__ = ["FORMAT", "UnknownFormat", "canonical_bytes", "from_json", "to_json"]


def canonical_bytes(document: Document) -> bytes:
    """The one spelling of a document: equal documents have equal bytes."""
    text = json.dumps(to_json(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def to_json(document: Document) -> Json:
    return {
        "format": FORMAT,
        "title": document.title,
        "organisation": document.organisation,
        "legal_name": document.legal_name,
        "version": document.version,
        "dated_on": document.dated_on.isoformat(),
        "status": document.status,
        "author": document.author,
        "cover": _write_block(document.cover),
        "chapters": [_write_chapter(chapter) for chapter in document.chapters],
        "address": document.address,
        "watermark": document.watermark,
    } | differing(witness=document.witness, formerly=document.formerly and to_json(document.formerly))


def _write_chapter(chapter: Chapter) -> Json:
    return {
        "key": chapter.key,
        "title": chapter.title,
        "part": chapter.part.value,
        "blocks": _write_blocks(chapter.blocks),
    } | differing(
        restricted=chapter.restricted,
        concerns=list(chapter.concerns),
        functions=list(chapter.functions),
        mark=chapter.mark.value,
        formerly=chapter.formerly and _write_chapter(chapter.formerly),
    )


def _write_blocks(blocks: Iterable[Block]) -> list[Json]:
    return [_write_block(block) for block in blocks]


def _write_block(block: Block) -> Json:
    looks = differing(restricted=block.restricted, mark=block.mark.value)
    if isinstance(block, Heading | Table) and block.formerly:
        looks["formerly"] = _write_block(block.formerly)
    return {"kind": block.kind} | _written_parts(block) | looks


def _written_parts(block: Block) -> Json:
    match block:
        case Heading():
            return {"text": block.text, "level": block.level} | differing(
                anchor=block.anchor, on_new_page=block.on_new_page
            )
        case Paragraph():
            return {"text": write_text(block.text)}
        case BulletList():
            return {"items": [_write_blocks(item) for item in block.items], "start": block.start} | differing(
                ordered=block.ordered
            )
        case Facts():
            return {"facts": [write_fact(fact) for fact in block.facts]}
        case Table():
            return {
                "caption": block.caption,
                "columns": [write_column(column) for column in block.columns],
                "rows": [write_row(row) for row in block.rows],
                "empty": block.empty,
            } | differing(whole=block.whole)
        case Notice():
            return {"text": write_text(block.text), "tone": block.tone.value} | differing(title=block.title)
        case CheckList():
            return {"items": [write_check(item) for item in block.items]}
        case TimeLine():
            return written_parts(block) | {"table": _write_block(block.table)}
