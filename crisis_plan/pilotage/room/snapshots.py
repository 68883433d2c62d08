"""What is frozen when a crisis opens: the directory, the cell and the stock as they stand (domain, section 7)."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import TYPE_CHECKING

from crisis_plan.anticipation.directory import chapter as directory
from crisis_plan.anticipation.stock import chapter as stock
from crisis_plan.db import db
from crisis_plan.document import serial
from crisis_plan.document.blocks import Chapter, Document, Facts, Heading, Part
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import paper
from crisis_plan.pilotage.crises.models import Crisis, CrisisSnapshot
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.crisis_cell import chapter as crisis_cell
from crisis_plan.web.formats import moment

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLE = "Annuaire, cellule et stock à l’ouverture"
KEPT = (
    "Cet état fait preuve\u00a0: il ne change plus, même quand l’annuaire, la cellule ou le stock changent. Il est gardé "
    "avec le dossier de la crise, coordonnées des personnes comprises\u00a0; ne le diffusez pas hors de la cellule."
)


def freeze(cpts: Cpts, mode: Mode, *, today: date, at: datetime) -> Document:
    """What stands now, as a document; reads only."""
    return Document(
        title=f"{mode.prefix}{TITLE}",
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version="",
        dated_on=today,
        status=f"Figé le {moment(at, cpts)}",
        author="",
        cover=Facts(()),
        chapters=(directory.annex(cpts, today), _cell(cpts, today), stock.annex(cpts, today)),
        address="",
        watermark=paper.WATERMARK if mode is Mode.EXERCISE else "",
    )


def _cell(cpts: Cpts, today: date) -> Chapter:
    blocks = (*crisis_cell.functions(cpts, today), Heading("Lieu de la cellule", 2), *crisis_cell.place(cpts))
    return Chapter("annexe-cellule", "Cellule de crise", blocks, Part.ANNEX)


def digest(document: Document) -> str:
    """The fingerprint of a frozen document."""
    return hashlib.sha256(serial.canonical_bytes(document)).hexdigest()


def keep(crisis: Crisis, document: Document, *, at: datetime) -> CrisisSnapshot:
    """Store it with the crisis; nothing changes it afterwards."""
    found = CrisisSnapshot(crisis_id=crisis.id, frozen_at=at, content=serial.to_json(document), sha256=digest(document))
    db.session.add(found)
    db.session.flush()
    return found


def frozen(snapshot: CrisisSnapshot) -> Document:
    """The document as it was frozen."""
    return serial.from_json(snapshot.content)


def chapter_of(document: Document, key: str) -> Chapter | None:
    """One chapter of what was frozen; none when there is none of this name."""
    found: Sequence[Chapter] = document.chapters
    return next((one for one in found if one.key == key), None)


def printed(cpts: Cpts, crisis: Crisis, snapshot: CrisisSnapshot) -> Document:
    """What was frozen as a paper of its crisis: its fingerprint on each page."""
    document = frozen(snapshot)
    return paper.document(
        cpts, crisis, document.chapters, at=snapshot.frozen_at, title=TITLE,
        author=crisis.opened_by_name, witness=f"Empreinte SHA-256 {snapshot.sha256}",
    )  # fmt: skip
