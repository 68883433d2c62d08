"""What an institution sees of its area: whom to call, and where each plan stands."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.anticipation.referents import queries as referents
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.opinions import queries as opinions
from crisis_plan.opinions.queries import Tally
from crisis_plan.organisations import communes
from crisis_plan.organisations import queries as organisations
from crisis_plan.organisations.models import Cpts, Institution, InstitutionKind
from crisis_plan.publication import queries as publication
from crisis_plan.publication.rules import PublicationKind
from crisis_plan.regional.rules import PlanState, Standing, plan_standing

if TYPE_CHECKING:
    from crisis_plan.publication.models import Publication

OnDuty = Mapping[Rank, referents.OnDuty]
"""Whom to call in one CPTS, in the order of the calls."""


@dataclass(frozen=True)
class Line:
    """A CPTS of the area, its plan, and what day it is there."""

    cpts: Cpts
    today: date
    standing: Standing
    published: Publication | None
    provisional: Publication | None
    """The last one shown for advice, unless a version was published since."""
    earlier_on: date | None

    @property
    def compared_to(self) -> int | None:
        """The number of the version that the one in force took the place of."""
        return self.published.number - 1 if self.published and self.published.number > 1 else None

    @property
    def wanted(self) -> str:
        """What is due: « Mise à jour », or the first plan."""
        return "Mise à jour" if self.published or self.earlier_on else "Premier plan"

    @property
    def departements(self) -> str:
        return communes.departement_names(self.cpts.departements)


CAISSES = (InstitutionKind.CPAM, InstitutionKind.MSA)


def institutions_of(account: Account) -> list[Institution]:
    """The institutions that this account reads for."""
    return [readership.institution for readership in account.readerships]


def ids_of_caisses(institutions: Sequence[Institution]) -> list[uuid.UUID]:
    """The CPTS whose claims these institutions read: those of their areas that pay."""
    paying = [institution for institution in institutions if institution.kind in CAISSES]
    return [cpts.id for cpts in organisations.cpts_of_area(paying)]


def lines(institutions: Sequence[Institution], asked: str, *, now: datetime) -> list[Line]:
    """The CPTS of these institutions' areas that match, by name."""
    found = organisations.matching(asked, organisations.cpts_of_area(institutions))
    ids = [cpts.id for cpts in found]
    published, earlier = publication.latest_everywhere(ids), publication.earlier_everywhere(ids)
    provisional = publication.latest_everywhere(ids, PublicationKind.PROVISIONAL)
    return [_line(cpts, published.get(cpts.id), provisional.get(cpts.id), earlier.get(cpts.id), now) for cpts in found]


def in_state(found: Sequence[Line], state: PlanState | None) -> list[Line]:
    return [line for line in found if state is None or line.standing.state is state]


def by_due_date(found: Sequence[Line]) -> list[Line]:
    """What is due in the area, the first day first; a plan of which no day is known is left out."""
    dated = [(line.standing.due.on, line) for line in found if line.standing.due]
    return [line for _, line in sorted(dated, key=lambda pair: (pair[0], pair[1].cpts.name))]


def state_counts(found: Sequence[Line]) -> list[tuple[PlanState, int]]:
    """How many plans are in each state, the most pressing first; states that nobody is in are left out."""
    counts = Counter(line.standing.state for line in found)
    return [(state, counts[state]) for state in PlanState if counts[state]]


def on_duty(found: Sequence[Line]) -> dict[uuid.UUID, OnDuty]:
    """Whom to call in each of these CPTS, on the day that it is there: a statement for each day, one nearly always."""
    answering: dict[uuid.UUID, OnDuty] = {}
    for day in sorted({line.today for line in found}):
        answering.update(referents.on_duty_everywhere([line.cpts.id for line in found if line.today == day], day))
    return answering


def opinion_tallies(found: Sequence[Line], institutions: Sequence[Institution]) -> dict[uuid.UUID, Tally]:
    """What each of these CPTS has to answer, and has answered to these institutions; one without opinions is absent."""
    return opinions.tallies([line.cpts.id for line in found], [institution.id for institution in institutions])


def _line(
    cpts: Cpts,
    published: Publication | None,
    provisional: Publication | None,
    earlier_on: date | None,
    now: datetime,
) -> Line:
    today = clock.local(now, cpts).date()
    published_on = published.dated_on if published else None
    standing = plan_standing(cpts, published_on=published_on, earlier_on=earlier_on, today=today)
    if published and provisional and provisional.published_at < published.published_at:
        provisional = None
    return Line(cpts, today, standing, published, provisional, earlier_on)
