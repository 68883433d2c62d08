"""The PDFs of a debrief: printed while it is written, stored as they are once it is validated."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from crisis_plan.db import db
from crisis_plan.document import leaflet, serial
from crisis_plan.document.blocks import Document, Edition, Heading
from crisis_plan.document.editions import for_edition
from crisis_plan.errors import RuleBroken
from crisis_plan.evaluation.debriefs.models import DebriefFile
from crisis_plan.evaluation.room.material import gather
from crisis_plan.evaluation.room.paper import debrief_paper
from crisis_plan.evaluation.room.paper_front import Validation
from crisis_plan.publication.rules import is_whole_pdf

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief

ITSELF = 0
"""The debrief; its addenda are numbered from 1."""


class PrintFailed(RuleBroken):
    status = 500

    def __str__(self) -> str:
        return "Le PDF n’a pas pu être produit en entier. Rien n’a été enregistré."


def printed(document: Document, edition: Edition) -> bytes:
    """The PDF of one edition. Raises `PrintFailed`."""
    content = leaflet.render(running_on(for_edition(document, edition)), edition)
    if not is_whole_pdf(content):
        raise PrintFailed
    return content


def running_on(document: Document) -> Document:
    """The same, its chapters one under the other as sections of the first: no sheet ends half empty."""
    first, *others = document.chapters
    sections = (block for one in others for block in (Heading(one.title), *one.blocks))
    return replace(document, chapters=(replace(first, blocks=(*first.blocks, *sections)),))


def both_editions(document: Document) -> dict[Edition, bytes]:
    """The PDFs that are stored together. Raises `PrintFailed`."""
    return {edition: printed(document, edition) for edition in Edition}


def keep(debrief: Debrief, files: Mapping[Edition, bytes], *, addendum: int = ITSELF) -> None:
    """Store these bytes: they are what is downloaded from now on."""
    db.session.add_all(
        DebriefFile(
            debrief_id=debrief.id,
            addendum_number=addendum,
            edition=edition,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
        )
        for edition, content in files.items()
    )
    db.session.flush()


def stored(debrief: Debrief, edition: Edition, *, addendum: int = ITSELF) -> DebriefFile | None:
    """The bytes of an edition, where they were stored and not erased since; one statement."""
    query = sa.select(DebriefFile).where(
        DebriefFile.debrief_id == debrief.id,
        DebriefFile.addendum_number == addendum,
        DebriefFile.edition == edition,
        DebriefFile.content.is_not(None),
    )
    return db.session.scalars(query.options(undefer(DebriefFile.content))).one_or_none()


def document_of(debrief: Debrief, at: datetime) -> Document:
    """What is read of a debrief: its frozen document once validated, else the draft as it stands.

    Where an erasure took the frozen document away, it is made again from what is left, and says so.
    """
    if debrief.content is not None:
        return serial.from_json(debrief.content)
    validated_at = debrief.validated_at
    validation = Validation(debrief.validated_by_name, validated_at, is_remade=True) if validated_at else None
    return debrief_paper(gather(debrief, at), at=at, validation=validation)
