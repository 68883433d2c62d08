"""Members' time and actions of the demonstration: a fire that many worked on, an exercise that some are playing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from crisis_plan.access.models import Account
from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.mobilisation import acting, amending, operations
from crisis_plan.pilotage.mobilisation.acting import Done
from crisis_plan.pilotage.mobilisation.who import Who, from_directory, in_words, oneself

Script = Sequence[tuple[int, Callable[[datetime], object]]]


def time_of_the_fire(cpts: Cpts, crisis: Crisis, by: Account) -> Script:
    """Two days of work: visits, consultations in the gymnasium, a mistake that was withdrawn."""
    nurses, doctors = some(cpts, "Infirmier", 4), some(cpts, "Médecin", 3)
    pharmacists, outside = some(cpts, "Pharmacien", 1), in_words("Luc Arnal", "psychologue")
    team = partial(team_of, crisis, by)

    def twice(now: datetime) -> None:
        """The same shift noted twice: the second is withdrawn."""
        (wrong,) = operations.note_time(
            crisis, doctors[:1], starts_at=now - timedelta(hours=3), ends_at=now, by=by, at=now
        )
        amending.withdraw(crisis, wrong, "Déjà noté avec l’équipe du gymnase.", by=by, at=now)

    return [
        (225, team([*nurses[:3], *pharmacists], 195, "Visites des patients sous oxygène")),
        (230, carried_out(cpts, crisis, by, nurses[:3], 60, card_served(cpts, crisis, 0))),
        (560, team([*doctors[:2], nurses[3], outside], 370, "Consultation avancée au gymnase")),
        (565, carried_out(cpts, crisis, by, doctors[:2], 180, card_served(cpts, crisis, 1))),
        (566, twice),
        (1560, team([*doctors[2:], *nurses[:2]], 240, "Retour des habitants, visites à domicile")),
        (
            1570,
            carried_out(cpts, crisis, by, nurses[:2], 45, Done(crisis.opened_at, label="Appels aux personnes isolées")),
        ),
    ]


def time_of_the_night(cpts: Cpts, crisis: Crisis, by: Account) -> Script:
    """Who plays the exercise began a while ago; one of them is noted by name, and is also in the directory."""
    nurses = some(cpts, "Infirmier", 2)
    namesake = in_words(nurses[0].name, "")
    return [
        (6, lambda now: operations.begin(crisis, oneself(cpts, by), by=by, at=now)),
        (19, lambda now: operations.note_time(crisis, nurses, starts_at=now, ends_at=None, by=by, at=now)),
        (22, carried_out(cpts, crisis, by, nurses, 3, card_served(cpts, crisis, 0))),
        (24, team_of(crisis, by, [namesake], 10, "Appel des patients dialysés")),
    ]


def some(cpts: Cpts, profession: str, count: int, *, after: int = 0) -> list[Who]:
    """The first people of a profession, by name; the first ones after so many."""
    found = directory.contacts(cpts, directory.Filters(profession=profession))
    return from_directory(cpts, [one.id for one in found if not one.is_service][after : after + count])


def card_served(cpts: Cpts, crisis: Crisis, rank: int) -> Done:
    """One of the cards that serve in this type of crisis."""
    serving = [one for one in responses.cards(cpts) if not one.crisis_types or crisis.crisis_type in one.crisis_types]
    return Done(crisis.opened_at, serving[rank % len(serving)].id)


def team_of(
    crisis: Crisis, by: Account, people: Sequence[Who], minutes: int, what: str
) -> Callable[[datetime], object]:
    """These people worked so long until now."""
    return lambda now: operations.note_time(
        crisis, people, starts_at=now - timedelta(minutes=minutes), ends_at=now, what=what, by=by, at=now
    )


def carried_out(
    cpts: Cpts, crisis: Crisis, by: Account, people: Sequence[Who], ago: int, done: Done
) -> Callable[[datetime], object]:
    """These people carried this out so many minutes ago."""

    def record(now: datetime) -> None:
        then = Done(now - timedelta(minutes=ago), done.card_id, done.label)
        acting.record(cpts, crisis, then, people, by=by, at=now)

    return record
