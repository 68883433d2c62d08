"""When the titular referent of the fictional CPTS is away, the deputy being there."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crisis_plan.anticipation.referents import absences
from crisis_plan.anticipation.referents import queries as referents
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.demo.people import People
from crisis_plan.organisations.models import Cpts

BEGINS_IN, LASTS = timedelta(days=30), timedelta(days=8)


def tell_absences(cpts: Cpts, people: People, *, today: date) -> None:
    """Holidays of the titular in a month, covered by the deputy: every day keeps someone to call."""
    titular = referents.on_duty(cpts, today).get(Rank.TITULAR)
    if titular is None:
        return
    at = datetime.combine(today - timedelta(days=3), time(9, 30), tzinfo=ZoneInfo("Europe/Paris"))
    leave = absences.Leave(titular.contact, today + BEGINS_IN, today + BEGINS_IN + LASTS)
    absences.add(cpts, leave, today=today, by=people.referent, at=at)
