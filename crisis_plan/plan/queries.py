"""What is written, and what the plan still lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, partial

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from crisis_plan.adaptation.arrangements import queries as arrangements
from crisis_plan.adaptation.arrangements.rules import ArrangementKind
from crisis_plan.adaptation.levels import queries as levels
from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.adaptation.risks import queries as risks
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.exercises import queries as exercises
from crisis_plan.anticipation.referents import queries as referents
from crisis_plan.anticipation.stock import queries as stock
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs.reviewed import reviewed
from crisis_plan.organisations import queries as organisations
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.matrix import queries as orsan
from crisis_plan.pilotage.communication import queries as communication
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.plan import learning
from crisis_plan.plan.models import Section, SectionState
from crisis_plan.plan.requirements import Requirement, Theme, requirement
from crisis_plan.plan.rules import NOTHING_WRITTEN, Answer, Assessment, Lacking, Overview, asks_data, assess_all

Known = Mapping[str, Lacking]
"""What some requirements lack, where the page has read their data already."""
NOTHING_KNOWN: Known = {}


def sections(cpts: Cpts) -> dict[str, Section]:
    """The written sections, by the key of their requirement."""
    query = sa.select(Section).where(Section.cpts_id == cpts.id).options(joinedload(Section.edited_by))
    return {section.key: section for section in db.session.scalars(query)}


def section(cpts: Cpts, key: str) -> Section | None:
    return db.session.scalars(
        sa.select(Section).where(Section.cpts_id == cpts.id, Section.key == key).options(joinedload(Section.edited_by))
    ).one_or_none()


def states(written: Section) -> Sequence[SectionState]:
    """Every state of a section, the latest first."""
    return db.session.scalars(
        sa.select(SectionState)
        .where(SectionState.section_id == written.id)
        .options(joinedload(SectionState.edited_by))
        .order_by(SectionState.version.desc())
    ).all()


def answers(written: Mapping[str, Section]) -> dict[str, Answer]:
    """What the sections say, as the rules read it."""
    return {key: Answer(one.text, one.waiver) for key, one in written.items()}


def missing_data(
    cpts: Cpts, today: date, answered: Mapping[str, Answer], known: Known = NOTHING_KNOWN
) -> dict[str, Lacking]:
    """What the tool's data still lack, by requirement, as French sentences.

    Asked only where it makes a difference; what is known is not asked again.
    """
    listed = cache(partial(arrangements.missing, cpts))
    asked: dict[str, Callable[[], Lacking]] = {
        "territoire": lambda: organisations.missing_territory(cpts),
        "risques": lambda: risks.missing(cpts),
        "annuaire": lambda: directory.missing(cpts),
        "stock": lambda: stock.missing(cpts),
        "referent": lambda: referents.missing(cpts, today),
        "sensibilisation": lambda: exercises.missing(cpts, today),
        "gravite": lambda: levels.missing(cpts),
        "reponse": lambda: responses.missing(cpts),
        "orsan": lambda: orsan.missing(cpts),
        "cellule": lambda: crisis_cell.missing_functions(cpts, today),
        "lieu-cellule": lambda: crisis_cell.missing_place(cpts),
        "communication": lambda: communication.missing(cpts, today),
        "retex": lambda: learning.lacking(reviewed(cpts), exercises.rehearsed(cpts, today), today),
        **{kind.value: partial(_of_list, listed, kind) for kind in ArrangementKind},
    }
    return {
        key: known[key] if key in known else ask()
        for key, ask in asked.items()
        if asks_data(requirement(key), answered.get(key, NOTHING_WRITTEN))
    }


def _of_list(listed: Callable[[], Mapping[ArrangementKind, Sequence[str]]], kind: ArrangementKind) -> Sequence[str]:
    """What one of the three lists lacks, of what is read once for all three."""
    return listed()[kind]


def assessments(
    cpts: Cpts, written: Mapping[str, Section], today: date, known: Known = NOTHING_KNOWN
) -> dict[Theme, list[Assessment]]:
    """Where every requirement stands: computed each time it is read, so never out of date."""
    answered = answers(written)
    return assess_all(answered, missing_data(cpts, today, answered, known))


def overview(cpts: Cpts, today: date, known: Known = NOTHING_KNOWN) -> Overview:
    """The whole plan at a glance."""
    return Overview(assessments(cpts, sections(cpts), today, known))


def theme_or_404(name: str) -> Theme:
    try:
        return Theme(name)
    except ValueError:
        abort(404)


def requirement_or_404(theme_name: str, key: str) -> Requirement:
    """The requirement at this address: the theme in it must be its own."""
    theme = theme_or_404(theme_name)
    try:
        asked = requirement(key)
    except KeyError:
        abort(404)
    if asked.theme is not theme:
        abort(404)
    return asked
