"""Publishing: all or nothing. Freeze → render → check → hash → store the bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from flask import current_app, url_for

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold, writing
from crisis_plan.document import pdf, serial
from crisis_plan.document.blocks import Document, Edition
from crisis_plan.errors import RuleBroken
from crisis_plan.evaluation.improvements import operations as improvements
from crisis_plan.evaluation.improvements import queries as improved
from crisis_plan.evaluation.improvements.chapter import answered
from crisis_plan.evaluation.improvements.rules import ImprovementState
from crisis_plan.organisations.models import Cpts
from crisis_plan.plan import queries as plan
from crisis_plan.plan.rules import Assessment
from crisis_plan.publication import chapters, queries, reviews
from crisis_plan.publication.models import Publication, PublicationFile
from crisis_plan.publication.rules import FileKind, Issue, PublicationKind, is_whole_pdf
from crisis_plan.yearly_update.signatures import operations as signatures
from crisis_plan.yearly_update.signatures.rules import signed_ids

if TYPE_CHECKING:
    from crisis_plan.evaluation.improvements.models import Improvement

PRINTED = ((FileKind.RESTRICTED, Edition.RESTRICTED), (FileKind.PUBLIC, Edition.PUBLIC))


class PlanIncomplete(RuleBroken):
    """Something required is missing; `missing` says what."""

    status = 422

    def __init__(self, missing: Sequence[Assessment]) -> None:
        super().__init__()
        self.missing = missing

    def __str__(self) -> str:
        return "Le plan ne peut pas encore être publié : des rubriques obligatoires sont à compléter."


class PlanMoved(RuleBroken):
    def __str__(self) -> str:
        return "Le plan a été modifié pendant sa mise en page. Rien n’a été publié : relisez, puis publiez de nouveau."


class PrintFailed(RuleBroken):
    status = 500

    def __str__(self) -> str:
        return "Le PDF n’a pas pu être produit en entier. Rien n’a été publié."


def publish(
    cpts: Cpts,
    *,
    kind: PublicationKind,
    by: Account,
    at: datetime,
    today: date,
    adopted_by: str = "",
    adopted_on: date | None = None,
    adoption: bytes = b"",
    note: str = "",
) -> Publication:
    """Publish the plan as it stands, or show it as a provisional version.

    Prints first, outside any lock; then takes the lock and stores only if nothing moved meanwhile, neither the plan, nor
    the improvements that it answers, nor what was signed « revu sans changement ». Raises `PlanIncomplete` (a published version only), `PlanMoved` and `PrintFailed`.
    """
    if kind is PublicationKind.PUBLISHED and (missing := plan.overview(cpts, today).missing):
        raise PlanIncomplete(missing)
    issue = Issue(kind, queries.next_number(cpts, kind), today, by.name, adopted_by, adopted_on)
    current = queries.current(cpts)
    frozen = chapters.freeze(cpts, issue, address=_address_of(cpts, kind, current))
    named, lines = answered(improved.done_and_not_named(cpts)), reviews.lines(cpts, frozen, current)
    document = chapters.with_changes(frozen, queries.frozen(current), named, reviews.reviewed(lines, current))
    files = {file_kind: printed(document, edition) for file_kind, edition in PRINTED}
    if adoption:
        files[FileKind.ADOPTION] = adoption
    with writing():
        hold(cpts)
        done = _done_now(cpts)
        if queries.next_number(cpts, kind) != issue.number or answered(done) != named or _moved(cpts, issue, frozen):
            raise PlanMoved
        if reviews.lines(cpts, frozen, queries.current(cpts)) != lines:
            raise PlanMoved
        version = _store(cpts, issue, files, document=document, note=note, by=by, at=at)
        if kind is PublicationKind.PUBLISHED:
            improvements.name_in(done, version.id)
            signatures.print_in(cpts, signed_ids(lines), version.id)
        return version


def record_earlier(cpts: Cpts, *, content: bytes, dated_on: date, note: str, by: Account, at: datetime) -> Publication:
    """Keep a plan that was written elsewhere, as history: it counts as a written plan, never as the current one."""
    kind = PublicationKind.EARLIER
    hold(cpts)
    issue = Issue(kind, queries.next_number(cpts, kind), dated_on, by.name)
    return _store(cpts, issue, {FileKind.EARLIER: content}, document=None, note=note, by=by, at=at)


def current_address(cpts: Cpts) -> str:
    """Where the version in force is, whatever its number: the address that the QR code of every version bears."""
    return f"{current_app.config['PUBLIC_ADDRESS']}{url_for('cpts.publication.current_pdf', slug=cpts.slug)}"


def printed(document: Document, edition: Edition) -> bytes:
    """The PDF of one edition. Raises `PrintFailed`."""
    content = pdf.render(document, edition)
    if not is_whole_pdf(content):
        raise PrintFailed
    return content


def _address_of(cpts: Cpts, kind: PublicationKind, current: Publication | None) -> str:
    """What the QR code leads to; nothing while no version is published and this one will not be."""
    return current_address(cpts) if kind is PublicationKind.PUBLISHED or current else ""


def _done_now(cpts: Cpts) -> list[Improvement]:
    """What is done and not named yet, each held: nobody takes it up again before this version names it."""
    found = improved.done_and_not_named(cpts)
    for one in found:
        hold(one)
    return [one for one in found if one.state is ImprovementState.DONE and one.publication_id is None]


def _moved(cpts: Cpts, issue: Issue, frozen: Document) -> bool:
    """Whether the plan, frozen again under the lock, differs from what was printed."""
    now = chapters.freeze(cpts, issue, address=frozen.address)
    return serial.canonical_bytes(now) != serial.canonical_bytes(frozen)


def _store(
    cpts: Cpts,
    issue: Issue,
    files: dict[FileKind, bytes],
    *,
    document: Document | None,
    note: str,
    by: Account,
    at: datetime,
) -> Publication:
    publication = Publication(
        cpts_id=cpts.id,
        kind=issue.kind,
        number=issue.number,
        dated_on=issue.dated_on,
        published_at=at,
        author_id=by.id,
        author_name=by.name,
        adopted_by=issue.adopted_by,
        adopted_on=issue.adopted_on,
        note=note,
        content=serial.to_json(document) if document else None,
        content_sha256=hashlib.sha256(serial.canonical_bytes(document)).hexdigest() if document else "",
        files=[
            PublicationFile(kind=kind, content=content, sha256=hashlib.sha256(content).hexdigest(), size=len(content))
            for kind, content in files.items()
        ],
    )
    db.session.add(publication)
    db.session.flush()
    history.record(
        history.Verb.PUBLISHED, "publication", publication.id, cpts_id=cpts.id, by=by, at=at, fields=[issue.kind]
    )
    db.session.flush()
    return publication
