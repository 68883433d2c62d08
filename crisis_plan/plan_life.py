"""What the plan, its versions, those who read them and its money wait for; each room asked once, the versions for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from crisis_plan import clock, to_do
from crisis_plan.access.policy import Permission
from crisis_plan.distribution import queries as distribution
from crisis_plan.distribution.listing import Register
from crisis_plan.distribution.rules import PARTNERS
from crisis_plan.distribution.sentences import distribution_tasks, standing_of
from crisis_plan.due import Due
from crisis_plan.funding import queries as funding
from crisis_plan.funding.claims.sentences import claim_tasks
from crisis_plan.funding.sentences import funding_tasks
from crisis_plan.opinions import queries as opinions
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.rules import PublicationKind
from crisis_plan.yearly_update.deadlines.rules import Achieved, Deadline, DeadlineKind, deadlines
from crisis_plan.yearly_update.deadlines.sentences import deadline_tasks
from crisis_plan.yearly_update.room import queries as yearly_update
from crisis_plan.yearly_update.room.sentences import update_asked
from crisis_plan.yearly_update.signatures import queries as signatures

if TYPE_CHECKING:
    from crisis_plan.plan.rules import Overview
    from crisis_plan.publication.models import Publication


@dataclass(frozen=True)
class Life:
    """A plan and its versions, for one person at one moment."""

    cpts: Cpts
    now: datetime
    plan: Overview
    versions: Sequence[Publication]
    """Published here or earlier elsewhere, by their dates."""
    can: Callable[[Permission], bool]

    @property
    def today(self) -> date:
        return clock.local(self.now, self.cpts).date()

    @property
    def current(self) -> Publication | None:
        return in_force(self.versions)


def in_force(versions: Sequence[Publication]) -> Publication | None:
    """The last one published, of these."""
    published = [one for one in versions if one.kind is PublicationKind.PUBLISHED]
    return max(published, key=lambda one: one.number, default=None)


def asked(life: Life) -> Iterator[Due]:
    """What stops a publication, then what the contract, the readers and the money want."""
    missing, current = life.plan.missing, life.current
    is_ready = not missing and current is None and life.can(Permission.PUBLISH_PLAN)
    known = distribution.whole_register(life.cpts, current, life.now) if current else None
    found = _deadlines(life, known)
    yield from to_do.sections(missing, _first_due(found))
    yield from to_do.first_publication(is_ready=is_ready)
    yield from _deadline_tasks(life, found)
    if current and known:
        yield from _update(life, current)
        yield from distribution_tasks(standing_of(current, known, life.now))
    if life.can(Permission.PREPARE_CLAIM):
        claims = funding.live_claims(life.cpts)
        yield from claim_tasks(claims)
        yield from funding_tasks(life.cpts, life.today, claims=claims, versions=life.versions)
    yield from to_do.opinions(opinions.waiting(life.cpts) if life.can(Permission.READ_PROVISIONAL) else 0)


def _deadlines(life: Life, known: Register | None) -> Sequence[Deadline]:
    """What the contract wants of the plan, given its versions."""
    earlier = [one.dated_on for one in life.versions if one.kind is PublicationKind.EARLIER]
    achieved = Achieved(
        written_on=life.versions[0].dated_on if life.versions else None,
        published_on=life.current.dated_on if life.current else None,
        communicated_on=_communicated_on(life, known),
        earlier_on=max(earlier, default=None),
    )
    return deadlines(life.cpts, achieved, life.today)


def _first_due(found: Sequence[Deadline]) -> date | None:
    """By when the plan is to be written, while it is not."""
    return next((one.on for one in found if one.kind is DeadlineKind.START and not one.done_on), None)


def _deadline_tasks(life: Life, found: Sequence[Deadline]) -> Iterator[Due]:
    """Each of them; the update of a version in force apart, which has its own sentence."""
    wanted = [one for one in found if one.kind is not DeadlineKind.UPDATE or life.current is None]
    yield from deadline_tasks(wanted, life.cpts, life.today, edits=life.can(Permission.EDIT_PLAN))


def _communicated_on(life: Life, known: Register | None) -> date | None:
    """A day on which partners had the plan: of the version in force where they have it, else of an earlier one."""
    if known is None:
        return None
    days = (one.first_on for group, one in known.circulation.items() if group in PARTNERS)
    return min(filter(None, days), default=None) or distribution.communicated_to_partners_on(life.cpts)


def _update(life: Life, current: Publication) -> Iterator[Due]:
    """The update of the version in force, once it is near."""
    due = yearly_update.due_of(life.cpts, current, life.today)
    if due.is_near(life.today):
        said = update_asked(due, signatures.count_standing(current), current.name, life.today)
        yield from (said,) if said else ()
