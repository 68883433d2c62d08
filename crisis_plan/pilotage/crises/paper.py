"""What every paper of a crisis has in common: its name, its number, the stripes of an exercise."""

from __future__ import annotations

from datetime import datetime

from crisis_plan import clock
from crisis_plan.document.blocks import Chapter, Document, Facts
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.web.formats import moment

WATERMARK = "EXERCICE"


def document(
    cpts: Cpts,
    crisis: Crisis,
    chapters: tuple[Chapter, ...],
    *,
    at: datetime,
    title: str,
    author: str = "",
    witness: str = "",
    address: str = "",
) -> Document:
    """These sheets as a paper of this crisis. `witness`: the number and the seal that each page bears."""
    return Document(
        title=f"{crisis.mode.prefix}{title}",
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version=f"{crisis.name}\u00a0: {crisis.title}",
        dated_on=clock.local(at, cpts).date(),
        status=f"{crisis.stage.label}, imprimé le {moment(at, cpts)}",
        author=author,
        cover=Facts(()),
        chapters=chapters,
        address=address,
        watermark=WATERMARK if crisis.is_exercise else "",
        witness=witness,
    )


def file_name(cpts: Cpts, crisis: Crisis, what: str, extension: str) -> str:
    """« journal_crise-3_uzege_2026-08-12.pdf »: what, which crisis, of whom, when it opened."""
    which = f"{folded(crisis.mode.label)}-{crisis.number}"
    return f"{what}_{which}_{cpts.slug}_{clock.local(crisis.opened_at, cpts):%Y-%m-%d}.{extension}"
