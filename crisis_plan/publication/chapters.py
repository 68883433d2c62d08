"""The only list of who contributes to the printed plan, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from crisis_plan.adaptation.arrangements import chapter as arrangements
from crisis_plan.adaptation.levels import chapter as levels
from crisis_plan.adaptation.places import chapter as places
from crisis_plan.adaptation.responses import chapter as responses
from crisis_plan.adaptation.risks import chapter as risks
from crisis_plan.anticipation.directory import chapter as directory
from crisis_plan.anticipation.directory import queries as contacts
from crisis_plan.anticipation.directory import territory
from crisis_plan.anticipation.exercises import chapter as exercises
from crisis_plan.anticipation.referents import chapter as referents
from crisis_plan.anticipation.stock import chapter as stock
from crisis_plan.document.blocks import Block, Chapter, Document, Fact, Facts, Part
from crisis_plan.document.changes import FIRST, Change, changes, summary_chapter
from crisis_plan.document.cover import ADOPTED, VERIFIED
from crisis_plan.evaluation.debriefs import chapter as debriefs
from crisis_plan.evaluation.improvements import chapter as improvements
from crisis_plan.organisations import chapter as organisations
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.matrix import chapter as orsan
from crisis_plan.pilotage.communication import chapter as communication
from crisis_plan.pilotage.crisis_cell import chapter as crisis_cell
from crisis_plan.plan import chapter as plan
from crisis_plan.plan.chapter import Contribution
from crisis_plan.publication import alert, circulation
from crisis_plan.publication.rules import Issue
from crisis_plan.web.formats import long_date, number

CONTRIBUTIONS: Mapping[str, Contribution] = {
    "territoire": lambda cpts, _today: (
        *organisations.territory(cpts),
        *territory.counts(cpts),
        *risks.registers(cpts),
    ),
    "risques": risks.summary,
    "annuaire": directory.summary,
    "stock": stock.summary,
    "referent": referents.summary,
    "sensibilisation": exercises.summary,
    "besoins": arrangements.needs,
    "gravite": levels.summary,
    "circuits": lambda cpts, today: (*arrangements.circuits(cpts, today), *places.summary(cpts, today)),
    "reponse": responses.summary,
    "continuite": arrangements.continuity,
    "orsan": orsan.summary,
    "cellule": crisis_cell.functions,
    "lieu-cellule": lambda cpts, _today: crisis_cell.place(cpts),
    "communication": communication.summary,
    "retex": lambda cpts, today: (
        *debriefs.summary(cpts, today),
        *exercises.lessons(cpts, today),
        *improvements.summary(cpts, today),
    ),
}
"""What a feature's data print under a requirement."""

ANNEXES: tuple[Callable[[Cpts, date], Chapter], ...] = (
    directory.annex,
    stock.annex,
    places.annex,
    communication.annex,
    circulation.chapter,
)


NOTHING_TO_COMPARE = "Aucune version n’est encore publiée : il n’y a rien à comparer."

TITLE = "Plan de réponse aux crises sanitaires graves"


def freeze(cpts: Cpts, issue: Issue, *, address: str) -> Document:
    """The whole plan as it stands on the issue's day, without its change list."""
    today = issue.dated_on
    return Document(
        title=TITLE,
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version=issue.name,
        dated_on=today,
        status=issue.status,
        author=issue.author_name,
        cover=_cover(cpts, issue),
        chapters=(
            alert.chapter(cpts, today),
            *plan.chapters(cpts, today, CONTRIBUTIONS),
            *responses.pages(cpts, today),
            *(annex(cpts, today) for annex in ANNEXES),
        ),
        address=address,
        watermark=issue.watermark,
    )


def with_changes(
    document: Document,
    before: Document | None,
    answered: tuple[Block, ...] = (),
    reviewed: tuple[Block, ...] = (),
) -> Document:
    """The document with the improvements that this version answers, what changed since the one before it, and what was
    read again without a change."""
    since = f"{before.version.lower()} du {long_date(before.dated_on)}" if before else None
    first = NOTHING_TO_COMPARE if document.watermark else FIRST
    listed = summary_chapter(since_before(document, before), since=since, first=first)
    listed = replace(listed, blocks=(*answered, *listed.blocks, *reviewed))
    return replace(document, chapters=(*document.chapters, listed))


def since_before(document: Document, before: Document | None) -> tuple[Change, ...]:
    """All that differs between a frozen version and this document, but for their own change lists."""
    return changes(without_changes(before), document)


def without_changes(document: Document | None) -> Document | None:
    """The document without its own change list, which is not part of what is compared."""
    if document is None:
        return None
    return replace(document, chapters=tuple(one for one in document.chapters if one.part is not Part.CHANGES))


def _cover(cpts: Cpts, issue: Issue) -> Facts:
    known = contacts.overview(cpts, issue.dated_on)
    verified = f"{known.verified_share} % ({number(known.verified)} sur {number(known.total)})" if known.total else ""
    facts = [
        Fact("Président ou présidente", cpts.president),
        Fact("Adresse", cpts.address),
        Fact("Caisse de rattachement", cpts.cpam_name),
        Fact(ADOPTED, issue.adoption),
        Fact(VERIFIED, verified, passing=True),
    ]
    return Facts(tuple(fact for fact in facts if fact.value))
