"""Light Markdown, as people type it in a section, to blocks: from tokens, never through HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from crisis_plan.document.blocks import (
    Block,
    BulletList,
    Cell,
    Column,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Row,
    Table,
    plain,
    words,
)
from crisis_plan.document.inline import spans
from crisis_plan.document.typography import french

DEEPEST = 20
"""Nesting beyond which a text is no longer read as Markdown: nobody writes it on purpose."""

LONGEST_MARKED_UP = 100_000
"""Characters beyond which a text is kept as plain paragraphs, so that a pasted book cannot hold a request."""

LONGEST_REMEMBERED = 8_000
"""Characters up to which the blocks of a text are kept: a plan is read far more often than it is written."""

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST * 2 + 6}).enable("table")
_MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]  # links are filtered by `inline.safe_href`

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANK_LINES = re.compile(r"\n\s*\n")


def blocks(markdown: str) -> tuple[Block, ...]:
    """What was typed, as blocks that page, PDF and comparison print."""
    return _remembered(markdown) if len(markdown) <= LONGEST_REMEMBERED else _read(markdown)


def _read(markdown: str) -> tuple[Block, ...]:
    """The blocks of a text; the same text always has the same."""
    source = _CONTROL.sub("", markdown.replace("\r\n", "\n").replace("\r", "\n"))
    if len(source) > LONGEST_MARKED_UP:
        return _as_plain_paragraphs(source)
    tokens = _MARKDOWN.parse(source)
    if _is_too_deep(tokens):
        return _as_plain_paragraphs(source)
    return _raised(tuple(_blocks(SyntaxTreeNode(tokens).children)))


_remembered = lru_cache(256)(_read)


def _is_too_deep(tokens: Iterable[Token]) -> bool:
    return any(token.level > DEEPEST or _is_too_deep(token.children or ()) for token in tokens)


def _as_plain_paragraphs(source: str) -> tuple[Block, ...]:
    return tuple(Paragraph(plain(french(part.strip()))) for part in _BLANK_LINES.split(source) if part.strip())


def _raised(read: tuple[Block, ...]) -> tuple[Block, ...]:
    """Headings as they fit in a section: the highest that was typed is of level 3, all others of level 4."""
    highest = min((block.level for block in read if isinstance(block, Heading)), default=1)
    return tuple(
        replace(block, level=3 if block.level == highest else 4) if isinstance(block, Heading) else block
        for block in read
    )


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> Iterable[Block]:
    for node in nodes:
        yield from _block(node)


def _block(node: SyntaxTreeNode) -> Iterable[Block]:
    match node.type:
        case "paragraph":
            text = spans(node.children)
            return [Paragraph(text)] if text else []
        case "heading":
            text = spans(node.children)
            return [Heading(words(text), level=int(node.tag[1]))] if text else []
        case "bullet_list" | "ordered_list":
            return [_list(node)]
        case "table":
            return [_table(node)]
        case "blockquote":
            return _quotation(node)
        case "fence" | "code_block":
            return [Paragraph(plain(node.content.rstrip("\n")))] if node.content.strip() else []
        case "html_block":
            return [Paragraph(plain(french(node.content.strip())))]
        case _:
            return []


def _list(node: SyntaxTreeNode) -> BulletList:
    items = tuple(tuple(_blocks(item.children)) for item in node.children)
    return BulletList(items, ordered=node.type == "ordered_list", start=int(node.attrs.get("start", 1)))


def _quotation(node: SyntaxTreeNode) -> Iterable[Block]:
    for block in _blocks(node.children):
        yield Notice(block.text) if isinstance(block, Paragraph) else block


def _table(node: SyntaxTreeNode) -> Table:
    heading, *bodies = node.children
    columns = tuple(
        Column(words(spans(cell.children)), numeric="right" in str(cell.attrs.get("style", "")))
        for cell in heading.children[0].children
    )
    rows = tuple(Row(tuple(_cell(cell) for cell in row.children)) for body in bodies for row in body.children)
    return Table("", columns, rows)


def _cell(node: SyntaxTreeNode) -> Cell:
    text = spans(node.children)
    if len(text) == 1 and not (text[0].bold or text[0].italic or text[0].href):
        return text[0].text
    return text or ""


def _said(content: Iterable[Block]) -> Iterable[str]:
    for block in content:
        match block:
            case Heading():
                yield block.text
            case Paragraph() | Notice():
                yield words(block.text)
            case BulletList():
                for item in block.items:
                    yield from _said(item)
            case Table():
                yield from (words(cell) for row in block.rows for cell in row.cells)
            case Facts():
                yield from (f"{fact.label}{chr(0xA0)}: {words(fact.value)}" for fact in block.facts)
