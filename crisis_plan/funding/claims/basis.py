"""What a claim rests on, said before its amount: the crisis and its pieces by number, the size, the year of the mission."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.document.blocks import Block, Fact, Facts, Heading
from crisis_plan.funding.lines import FundingLine
from crisis_plan.organisations.queries import territory
from crisis_plan.organisations.rules import SizeReason
from crisis_plan.pilotage.facts import queries as facts
from crisis_plan.pilotage.facts.rules import FactKind
from crisis_plan.pilotage.mobilisation.board import board
from crisis_plan.publication import queries as publication
from crisis_plan.publication.deadlines import mission_year
from crisis_plan.web.formats import local_date, long_date, number

if TYPE_CHECKING:
    from crisis_plan.funding.claims.pieces import Evidence
    from crisis_plan.funding.computations import Computation
    from crisis_plan.funding.models import Claim
    from crisis_plan.organisations.models import Cpts
    from crisis_plan.pilotage.crises.models import Crisis

HEADING = "Sur quoi repose la demande"
INHABITANTS = {
    SizeReason.STATED_INHABITANTS: "inscrits au contrat",
    SizeReason.COMMUNES: "d’après la population des communes",
}


def basis(claim: Claim, evidence: Evidence, found: Computation | None, now: datetime) -> tuple[Block, ...]:
    """The facts before the amount; nothing where there is none."""
    told = tuple(Fact(label, value) for label, value in _told(claim, evidence, found, now) if value)
    return (Heading(HEADING), Facts(told)) if told else ()


def _told(claim: Claim, evidence: Evidence, found: Computation | None, now: datetime) -> Iterator[tuple[str, str]]:
    if claim.line is FundingLine.CRISIS and claim.crisis:
        yield from _crisis(claim.cpts, claim.crisis, evidence, now)
    if found is None or found.size is None:
        return
    yield found.size.label, size_told(claim.cpts)
    if claim.line is not FundingLine.PROVISION_2021:
        yield "Début de la mission", _mission(claim)


def _crisis(cpts: Cpts, crisis: Crisis, evidence: Evidence, now: datetime) -> Iterator[tuple[str, str]]:
    """Recognised by whom, from when to when, with which plan, and the two counts."""
    for one in facts.strip(crisis):
        for said in reversed(one.stands if one.kind is FactKind.RECOGNITION else ()):
            holder = one.acts.get(said.id)
            documents = holder.entry.said.attachments if holder else ()
            where = _cited(evidence, *(f"acte-{each['id']}" for each in documents))
            yield "Crise reconnue", f"par {said.body}, le {local_date(said.happened_at, cpts)}{where}"
    lifted = f"levée le {local_date(crisis.stood_down_at, cpts)}" if crisis.stood_down_at else "pas encore levée"
    yield "Dates de la crise", f"ouverte le {local_date(crisis.opened_at, cpts)} – {lifted}"
    yield "Plan en vigueur à l’ouverture", _plan(cpts, crisis, evidence)
    totals = board(crisis, now).totals
    yield "Comptes", f"professionnels\u00a0: {totals.professionals} · actions\u00a0: {totals.actions}"


def _plan(cpts: Cpts, crisis: Crisis, evidence: Evidence) -> str:
    version = publication.with_id(cpts, crisis.publication_id) if crisis.publication_id else None
    if version is None:
        return "aucun"
    where = _cited(evidence, f"plan-{version.kind}-{version.number}")
    return f"{version.name.lower()} du {long_date(version.dated_on)}{where}"


def _cited(evidence: Evidence, *keys: str) -> str:
    """« (pièce 1) », « (pièces 1 et 2) »; nothing where none is joined."""
    numbers = [str(known[0]) for key in keys if (known := evidence.with_key(key))]
    if not numbers:
        return ""
    word = "pièce" if len(numbers) == 1 else "pièces"
    return f" ({word}\u00a0{' et '.join(numbers)})"


def size_told(cpts: Cpts) -> str:
    """« 105 452 habitants inscrits au contrat (de 80 000 à 175 000 habitants) »."""
    known = territory(cpts)
    standing = known.size
    if standing.size is None:
        return ""
    if standing.reason is SizeReason.STATED:
        told = standing.reason.label
    else:
        inhabitants = known.stated_inhabitants or known.inhabitants
        told = f"{number(inhabitants)} habitants {INHABITANTS[standing.reason]}"
    return f"{told} ({standing.size.description})"


def _mission(claim: Claim) -> str:
    """Its first day; of a later year, or of a crisis, the year of the mission that it falls in."""
    started_on = claim.cpts.mission_started_on
    if started_on is None:
        return ""
    year = claim.mission_year
    if claim.line is FundingLine.CRISIS and claim.crisis:
        opened_on = clock.local(claim.crisis.opened_at, claim.cpts).date()
        year = mission_year(started_on, opened_on) if opened_on >= started_on else None
        return long_date(started_on) + (f" (crise ouverte pendant l’année {year})" if year else "")
    return long_date(started_on) + (f" (demande de l’année {year})" if year else "")
