"""The logbook as the database holds it, whatever became of it: read raw, so that a damaged value is told, not met."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from crisis_plan.db import db
from crisis_plan.pilotage.logbook.integrity import Stored, StoredDocument, StoredErasure
from crisis_plan.pilotage.logbook.models import EntryErasure, LogbookAttachment, LogbookEntry
from crisis_plan.pilotage.logbook.raw_values import identity, moment, or_as_is, whole, words
from crisis_plan.pilotage.logbook.rules import EntryKind, Part
from crisis_plan.pilotage.logbook.seals import Header

AT_A_TIME = 100
"""Rows held in memory; documents are read one by one."""
ENTRY, DOCUMENT, ERASURE, TELLING = "entry", "document", "erasure", "telling"
TOLD = "kind", "entered_at", "author_id", "author_name", "content"
UNREADABLE = {
    "id": "son identité",
    "crisis_id": "sa crise",
    "part": "sa partie du journal",
    "number": "son numéro",
    "kind": "sa nature",
    "happened_at": "l’heure du fait",
    "entered_at": "l’heure de saisie",
    "device_at": "l’heure de l’appareil",
    "author_id": "son auteur",
    "author_name": "le nom de son auteur",
    "corrects": "l’entrée qu’elle corrige",
    "client_key": "sa clé",
}
"""What of the header cannot be read, in words."""

Row = Mapping[str, Any]


class Unreadable(Exception):
    """A value of an entry is not even of its type."""

    def __init__(self, number: object, column: str) -> None:
        super().__init__(f"{UNREADABLE.get(column, 'une de ses valeurs')} ne se lit pas")
        self.number = number


def entries(crisis_id: UUID, part: Part) -> Iterator[Stored | Unreadable]:
    """The entries of a part in the order of their numbers, each with its documents and its erasure."""
    document, erasure, telling, told_erasure = (
        LogbookAttachment,
        EntryErasure,
        aliased(LogbookEntry),
        aliased(EntryErasure),
    )
    columns = [
        *_raw(LogbookEntry, ENTRY),
        *_raw(document, DOCUMENT, without=("content",)),
        *_raw(erasure, ERASURE),
        *_raw(telling, TELLING, only=TOLD),
        sa.type_coerce(told_erasure.id, sa.types.NULLTYPE).label("has_erased"),
    ]
    query = (
        sa.select(*columns)
        .select_from(LogbookEntry)
        .outerjoin(document, document.entry_id == LogbookEntry.id)
        .outerjoin(erasure, erasure.entry_id == LogbookEntry.id)
        .outerjoin(telling, sa.and_(telling.client_key == erasure.id, telling.crisis_id == LogbookEntry.crisis_id))
        .outerjoin(told_erasure, told_erasure.id == LogbookEntry.client_key)
        .where(LogbookEntry.crisis_id == crisis_id, LogbookEntry.part == part)
        .order_by(LogbookEntry.number, LogbookEntry.id, document.position, document.id)
        .execution_options(yield_per=AT_A_TIME)
    )
    with closing(db.session.execute(query)) as rows:
        for _, found in groupby(rows.mappings(), key=lambda row: row["entry.id"]):
            yield _stored([dict(row) for row in found])


def _raw(entity: Any, name: str, *, only: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> list[Any]:
    """Columns as the driver gives them, under `name.column`."""
    mapper = sa.inspect(entity).mapper
    wanted = [one.key for one in mapper.columns if one.key not in without and (not only or one.key in only)]
    return [sa.type_coerce(getattr(entity, key), sa.types.NULLTYPE).label(f"{name}.{key}") for key in wanted]


def _of(row: Row, name: str) -> dict[str, Any]:
    return {key.removeprefix(f"{name}."): value for key, value in row.items() if key.startswith(f"{name}.")}


def _stored(rows: Sequence[Row]) -> Stored | Unreadable:
    """One entry; its row is repeated with each of its documents."""
    entry = _of(rows[0], ENTRY)
    try:
        header = _header(entry)
    except Unreadable as refused:
        return refused
    return Stored(
        header=header,
        **{name: entry[name] for name in ("salt", "content", "search_text", "content_digest", "previous_seal", "seal")},
        documents=[_document(_of(row, DOCUMENT)) for row in rows if row["document.id"] is not None],
        erasure=_erasure(_of(rows[0], ERASURE), _of(rows[0], TELLING)),
        has_erased_another=rows[0]["has_erased"] is not None,
    )


def _header(entry: Row) -> Header:
    def read(column: str, as_type: Callable[[Any], Any], *, may_miss: bool = False) -> Any:
        if may_miss and entry[column] is None:
            return None
        try:
            return as_type(entry[column])
        except (TypeError, ValueError, AttributeError):
            raise Unreadable(entry["number"], column) from None

    return Header(
        id=read("id", identity),
        crisis_id=read("crisis_id", identity),
        part=read("part", Part),
        number=read("number", whole),
        kind=read("kind", EntryKind),
        happened_at=read("happened_at", moment),
        entered_at=read("entered_at", moment),
        device_at=read("device_at", moment, may_miss=True),
        author_id=read("author_id", identity),
        author_name=read("author_name", words),
        corrects=read("corrects", whole, may_miss=True),
        client_key=read("client_key", identity),
    )


def _document(document: Row) -> StoredDocument:
    weighed, found = _weighed(document["id"])
    return StoredDocument(
        id=or_as_is(identity, document["id"]),
        **{name: document[name] for name in ("position", "file_name", "media_type", "size", "sha256")},
        added_at=or_as_is(moment, document["added_at"]),
        added_by_id=or_as_is(identity, document["added_by_id"]),
        bytes_size=weighed,
        bytes_sha256=found,
    )


def _weighed(raw_id: Any) -> tuple[int | None, str]:
    """Size and hash of the bytes of a document: the only ones in memory at this moment."""
    raw = sa.types.NULLTYPE
    query = sa.select(sa.type_coerce(LogbookAttachment.content, raw)).where(
        sa.type_coerce(LogbookAttachment.id, raw) == raw_id
    )
    content = db.session.scalar(query)
    if content is None:
        return None, ""
    found = content.encode() if isinstance(content, str) else bytes(content)
    return len(found), hashlib.sha256(found).hexdigest()


def _erasure(erasure: Row, telling: Row) -> StoredErasure | None:
    if erasure["id"] is None:
        return None
    return StoredErasure(
        ordered_by=erasure["ordered_by"],
        erased_at=or_as_is(moment, erasure["erased_at"]),
        erased_by_id=or_as_is(identity, erasure["erased_by_id"]),
        erased_by_name=erasure["erased_by_name"],
        kind=telling["kind"],
        entered_at=or_as_is(moment, telling["entered_at"]),
        author_id=or_as_is(identity, telling["author_id"]),
        author_name=telling["author_name"],
        content=telling["content"],
    )
