"""The lines that may be recorded as claimed outside the tool: those that nobody claimed yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from crisis_plan.funding.lines import FundingLine
from crisis_plan.funding.offers import PROVISION, Offer, update_subject
from crisis_plan.funding.outside import Subject
from crisis_plan.organisations.models import Cpts
from crisis_plan.yearly_update.deadlines.rules import mission_years

ELSEWHERE = "crisis-elsewhere"
FIVE = 5
"""Years of a contract, where the start of the mission is not known."""


def outside_subjects(cpts: Cpts, offers: Sequence[Offer], today: date) -> tuple[Subject, ...]:
    """What was possibly claimed elsewhere: every line without a claim, whether the tool would offer it or not."""
    claimed = {offer.subject for offer in offers if offer.claim}
    return tuple(one for one in _every_subject(cpts, offers, today) if one.key not in claimed)


def named_elsewhere(subject: Subject, name: str, key: str) -> Subject:
    """A crisis that this tool does not know, by its name; `key` tells it from another."""
    return replace(subject, key=f"{ELSEWHERE}-{key}", title=f"Crise hors de l’outil\u00a0: {name}")


def _every_subject(cpts: Cpts, offers: Sequence[Offer], today: date) -> Iterator[Subject]:
    known = mission_years(cpts.mission_started_on, today)
    years = [one.number for one in known if one.starts_on <= today] if known else range(1, FIVE + 1)
    yield from (_of_offer(one) for one in offers if one.line is FundingLine.FIRST_WRITING)
    for year in list(years)[1:]:
        yield Subject(update_subject(year), FundingLine.UPDATE, f"Mise à jour, année {year} de la mission", year)
    yield from (_of_offer(one) for one in offers if one.line is FundingLine.CRISIS)
    yield Subject(ELSEWHERE, FundingLine.CRISIS, "Une crise qui n’est pas dans cet outil")
    yield Subject(PROVISION, FundingLine.PROVISION_2021, FundingLine.PROVISION_2021.label)


def _of_offer(offer: Offer) -> Subject:
    crisis_id = offer.crisis.id if offer.crisis else None
    return Subject(offer.subject, offer.line, offer.title, offer.mission_year, crisis_id)
