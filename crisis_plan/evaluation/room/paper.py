"""A debrief as a paper: what is frozen once it is validated, and printed in both editions. Source: domain, section 8."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.document import prose
from crisis_plan.document.blocks import (
    Block,
    Chapter,
    Document,
    Edition,
    Facts,
    Heading,
)
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.evaluation.debriefs.rules import Heading as Rubric
from crisis_plan.evaluation.room import paper_findings
from crisis_plan.evaluation.room.paper_decisions import decisions_table
from crisis_plan.evaluation.room.paper_extract import extract_chapter
from crisis_plan.evaluation.room.paper_figures import TITLE, figures_table
from crisis_plan.evaluation.room.paper_front import SUB, Validation, first_page
from crisis_plan.evaluation.room.paper_time_line import by_day
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.paper import WATERMARK
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.logbook import wording
from crisis_plan.web.formats import moment

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief
    from crisis_plan.evaluation.room.material import Material

DRAFT = "PROJET"


def debrief_paper(material: Material, *, at: datetime, validation: Validation | None = None) -> Document:
    """The whole debrief as it stands at this moment; a draft unless it is validated.

    What names somebody, and the extract of the log, are left out of the public edition.
    """
    debrief = material.debrief
    chapters = [
        Chapter("bilan", titled(debrief, debrief.name), tuple(first_page(material, validation))),
        *(_chapter(material, rubric) for rubric in Rubric),
    ]
    if debrief.crisis:
        chapters.append(extract_chapter(material, debrief.crisis))
    status = f"Validé le {moment(validation.at, material.cpts)}" if validation else ""
    return dressed(
        debrief,
        tuple(chapters),
        at=at,
        title=debrief.name,
        status=status or f"Projet imprimé le {moment(at, material.cpts)}",
        witness=wording.witness(material.entries[-1]) if material.entries else "",
        is_draft=validation is None,
    )


def dressed(
    debrief: Debrief,
    chapters: tuple[Chapter, ...],
    *,
    at: datetime,
    title: str,
    status: str,
    witness: str = "",
    is_draft: bool = False,
) -> Document:
    """These sheets as a paper of this debrief: an exercise and a draft are told on each of them."""
    cpts = debrief.cpts
    marks = [mark for mark, is_so in ((WATERMARK, debrief.is_exercise), (DRAFT, is_draft)) if is_so]
    return Document(
        title=titled(debrief, title),
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version=f"{debrief.subject}\u00a0: {debrief.title}" if debrief.crisis_id else debrief.subject,
        dated_on=clock.local(at, cpts).date(),
        status=status,
        author="",
        cover=Facts(()),
        chapters=chapters,
        address="",
        watermark=" – ".join(marks),
        witness=witness,
    )


def titled(debrief: Debrief, title: str) -> str:
    """The title of a paper of this debrief; that of an exercise says so first."""
    return f"{Mode.EXERCISE.prefix if debrief.is_exercise else ''}{title}"


def file_name(cpts: Cpts, debrief: Debrief, edition: Edition, *, addendum: int = 0) -> str:
    """« bilan_crise-1_uzege_2026-08-14.pdf », « bilan-additif-1_crise-1_uzege_publique_2026-08-14.pdf »."""
    which = "-".join(folded(debrief.subject).replace("°", " ").split()) or "exercice"
    crisis = debrief.crisis
    if crisis:
        which = f"{folded(crisis.mode.label)}-{crisis.number}"
    what = f"bilan-additif-{addendum}" if addendum else "bilan"
    suffix = "_publique" if edition is Edition.PUBLIC else ""
    return f"{what}_{which}_{cpts.slug}{suffix}_{debrief.over_on:%Y-%m-%d}.pdf"


def _chapter(material: Material, rubric: Rubric) -> Chapter:
    """One of the four headings of the trame."""
    number = list(Rubric).index(rubric) + 1
    blocks: dict[Rubric, Iterable[Block]] = {
        Rubric.DESCRIPTION: _description(material),
        Rubric.STRONG: [paper_findings.strong_table(material.of_kind(FindingKind.STRONG))],
        Rubric.WEAK: _weak(material),
        Rubric.LESSONS: _lessons(material),
    }
    return Chapter(rubric.value, f"{number}. {rubric.label}", tuple(blocks[rubric]))


def _description(material: Material) -> Iterable[Block]:
    yield from prose.blocks(material.description)
    if material.figures:
        yield Heading(TITLE, level=SUB)
        yield figures_table(material.figures, material.comments)
    if material.time_line:
        yield by_day(material.time_line)
    if material.debrief.crisis_id:
        yield Heading("Décisions", level=SUB)
        yield decisions_table(material)


def _weak(material: Material) -> Iterable[Block]:
    yield paper_findings.weak_table(material.of_kind(FindingKind.WEAK))
    if material.withdrawn:
        yield Heading("Constats retirés", level=SUB, restricted=True)
        yield paper_findings.withdrawn_table(material.withdrawn, material.cpts)


def _lessons(material: Material) -> Iterable[Block]:
    yield from prose.blocks(material.debrief.lessons)
    yield Heading("Améliorations, à la date de ce bilan", level=SUB)
    yield paper_findings.improvements_table(material.findings)
