"""The parts of blocks as JSON and back: lines of a list, facts, columns, rows, cells, runs of text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from crisis_plan.document.blocks import Cell, CheckItem, Column, Fact, Row, Span, Text
from crisis_plan.document.revisions import Revision

Json = dict[str, Any]


def write_check(item: CheckItem) -> Json:
    looks = differing(when=item.when, who=item.who, proof=item.proof, restricted=item.restricted, mark=item.mark.value)
    return {"text": write_text(item.text)} | looks


def read_check(content: Json) -> CheckItem:
    when, who, proof = (content.get(name, "") for name in ("when", "who", "proof"))
    return CheckItem(read_text(content["text"]), when, who, proof, content.get("restricted", False), read_mark(content))


def write_fact(fact: Fact) -> Json:
    looks = differing(restricted=fact.restricted, passing=fact.passing, mark=fact.mark.value)
    return {"label": fact.label, "value": write_cell(fact.value)} | looks


def read_fact(content: Json) -> Fact:
    restricted, passing = (content.get(name, False) for name in ("restricted", "passing"))
    return Fact(content["label"], read_cell(content["value"]), restricted, passing, read_mark(content))


def write_column(column: Column) -> Json:
    return {"heading": column.heading, "weight": column.weight} | differing(
        numeric=column.numeric,
        restricted=column.restricted,
        drawn=column.drawn,
        passing=column.passing,
        mark=column.mark.value,
        formerly=column.formerly and write_column(column.formerly),
    )


def read_column(content: Json) -> Column:
    looks = (content.get(name, False) for name in ("numeric", "restricted", "drawn", "passing"))
    column = Column(content["heading"], content["weight"], *looks)
    formerly = read_column(content["formerly"]) if "formerly" in content else None
    return replace(column, mark=read_mark(content), formerly=formerly) if formerly or "mark" in content else column


def write_row(row: Row) -> Json:
    looks = differing(key=row.key, restricted=row.restricted, mark=row.mark.value)
    return {"cells": [write_cell(cell) for cell in row.cells]} | looks


def read_row(content: Json) -> Row:
    cells = tuple(read_cell(cell) for cell in content["cells"])
    return Row(cells, content.get("key", ""), content.get("restricted", False), read_mark(content))


def write_cell(cell: Cell) -> Any:
    return cell if isinstance(cell, str) else write_text(cell)


def read_cell(content: Any) -> Cell:
    return content if isinstance(content, str) else read_text(content)


def write_text(text: Text) -> list[Any]:
    return [write_span(span) for span in text]


def read_text(content: Iterable[Any]) -> Text:
    return tuple(Span(span) if isinstance(span, str) else Span(**span | {"mark": read_mark(span)}) for span in content)


def write_span(span: Span) -> Any:
    look = differing(
        bold=span.bold, italic=span.italic, href=span.href, restricted=span.restricted, mark=span.mark.value
    )
    return {"text": span.text} | look if look else span.text


def read_mark(content: Json) -> Revision:
    """What became of it, in a consolidated document."""
    return Revision(content.get("mark", ""))


def differing(**values: Any) -> Json:
    """Only what differs from its default, which is always empty, false or none."""
    return {name: value for name, value in values.items() if value}
