"""The other crisis lines of the same year of the mission: per year or per crisis, the texts do not say (domain, section 10)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from crisis_plan.funding.lines import ClaimState, FundingLine
from crisis_plan.web.formats import euros
from crisis_plan.yearly_update.deadlines.rules import mission_years

if TYPE_CHECKING:
    from crisis_plan.funding.models import Claim
    from crisis_plan.funding.offers import Offer


def other_crises(claim: Claim, found: Sequence[Offer], today: date) -> Iterator[str]:
    """A sentence for each other crisis line that was claimed; of every year where the mission has no first day."""
    if claim.line is not FundingLine.CRISIS:
        return
    started_on = claim.cpts.mission_started_on
    mine = next((_year(one.on, started_on, today) for one in found if one.subject == claim.subject), None)
    for one in found:
        other = one.claim
        if one.line is not FundingLine.CRISIS or one.subject == claim.subject or other is None:
            continue
        year = _year(one.on, started_on, today)
        if other.state is not ClaimState.PREPARING and year == mine:
            of_year = f" de l’année {year}" if year else ""
            where = ", enregistrée hors de l’outil" if other.is_outside else ""
            yield f"Autre ligne de crise{of_year}\u00a0: n°\u00a0{other.number}{where}, {_amount(other)}."


def _year(on: date, started_on: date | None, today: date) -> int | None:
    """The year of the mission that holds this day; none before it began, or where its first day is not known."""
    return next((one.number for one in mission_years(started_on, today) if one.holds(on)), None)


def _amount(other: Claim) -> str:
    """How far it went, and the money."""
    if other.state is ClaimState.PAID:
        return f"{euros(other.paid_cents)} payés"
    if other.state is ClaimState.ACCEPTED:
        return f"{euros(other.agreed_cents)} acceptés"
    refused = "refusée, " if other.state is ClaimState.REFUSED else ""
    return f"{refused}{euros(other.asked_cents)} demandés"
