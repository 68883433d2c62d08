"""What the fictional CPTS says of its situation, what its CPAM answered, and a line of before that it was paid on paper."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crisis_plan.db import commit
from crisis_plan.demo.fictional_acts import paper
from crisis_plan.demo.people import People
from crisis_plan.funding import answers, outside, situations
from crisis_plan.funding.lines import ClaimState, Doubt, FundingLine
from crisis_plan.funding.subjects import ELSEWHERE, named_elsewhere
from crisis_plan.organisations.models import Cpts

ANSWER = (
    "Pour ce contrat, une demande peut être faite pour chaque crise reconnue. Le montant est étudié au vu des actions "
    "menées\u00a0: rien n’est dit d’un prorata."
)
FLOOD = "Crue du Gardon, dossier papier"
FLOOD_NOTE = "Demandée par courrier avant l’arrivée de l’outil\u00a0; le dossier est au siège."


def tell_funding(cpts: Cpts, people: People, *, today: date) -> None:
    """Before the first claim: members counted, one doubt answered by letter, a crisis paid outside the tool."""
    told = situations.Told(
        member_professionals=86,
        member_structures=6,
        members_counted_on=today - timedelta(days=120),
        has_early_contract=False,
        joined_on=cpts.contract_signed_on,
        actions_of_2021=None,
    )
    situations.say(cpts, told, seen_version=0, today=today, by=people.coordinator, at=_morning(cpts, today, 120))
    _answered(cpts, people, today=today)
    _paid_outside(cpts, people, today=today)
    commit()


def _answered(cpts: Cpts, people: People, *, today: date) -> None:
    day = today - timedelta(days=95)
    letter = paper("Ligne de crise", "Courrier de la CPAM (fictif)", "courrier-cpam.pdf", ANSWER, signed_on=day)
    given = answers.Given(
        Doubt.CRISIS_ONCE, day, "CPAM du Gard, courrier du service des relations avec les professionnels", ANSWER,
        settles=True, document=letter,
    )  # fmt: skip
    answers.record(cpts, given, today=today, by=people.coordinator, at=_morning(cpts, today, 90))


def _paid_outside(cpts: Cpts, people: People, *, today: date) -> None:
    crisis = named_elsewhere(outside.Subject(ELSEWHERE, FundingLine.CRISIS, ""), FLOOD, "crue")
    recorded = outside.Recorded(ClaimState.PAID, today - timedelta(days=500), 1_850_000, FLOOD_NOTE)
    outside.record(cpts, crisis, recorded, today=today, by=people.coordinator, at=_morning(cpts, today, 480))


def _morning(cpts: Cpts, today: date, days_ago: int) -> datetime:
    return datetime.combine(today - timedelta(days=days_ago), time(10), ZoneInfo(cpts.time_zone))
