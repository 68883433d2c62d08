"""A silence is one by the level of the moment, and never while the crisis is stood down."""

from __future__ import annotations

from datetime import timedelta

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.evaluation.figures.queries import figures
from crisis_plan.evaluation.figures.rules import FigureKey
from crisis_plan.evaluation.figures.silences import Watch, limit_of, limits_in_words, of_watches
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.closing import operations as closing
from crisis_plan.pilotage.closing.operations import StandDown
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from tests.evaluation.debriefs.factories import a_debrief
from tests.factories import NOON

HOUR = timedelta(hours=1)


def test_each_stretch_is_judged_by_its_own_level() -> None:
    strict = Watch("Totale", NOON, NOON + 3 * HOUR, HOUR / 4)
    loose = Watch("Pré-alerte", NOON + 3 * HOUR, NOON + 9 * HOUR, 4 * HOUR)
    never = Watch("Veille", NOON + 9 * HOUR, NOON + 90 * HOUR, None)
    written = [(NOON + minutes * HOUR / 60, number) for number, minutes in enumerate((0, 49, 60, 180, 360, 540), 1)]
    found = of_watches(written, [strict, loose, never])
    assert [(one.after, one.before) for one in found] == [(1, 2), (3, 4)]
    assert limits_in_words([strict, loose, never]) == (
        "plus longs que le délai de rappel du niveau "
        "(Totale, 15\u00a0min\u00a0; Pré-alerte, 4\u00a0h\u00a0; Veille, sans rappel)"
    )


def test_a_level_that_left_the_ladder_reminds_as_the_domain_says() -> None:
    assert limit_of("Disparu", {"Veille": None}) == HOUR
    assert limit_of("Veille", {"Veille": None}) is None


def test_nothing_is_silent_between_a_stand_down_and_what_goes_on(cpts: Cpts, by: Account) -> None:
    def tell(crisis: Crisis) -> None:
        crisis.silence_minutes = 60
        db.session.flush()
        append_entry(crisis, Written(EntryKind.INFORMATION, "Calme"), by=by, at=NOON + HOUR / 2)
        closing.stand_down(crisis, StandDown("Pilote", "Plus rien"), by=by, at=NOON + HOUR)
        closing.resume(crisis, reason="Le vent tourne", by=by, at=NOON + 4 * HOUR)

    debrief = a_debrief(cpts, by, tell=tell)
    (figure,) = figures(debrief, NOON + 9 * HOUR, only=FigureKey.SILENCES)
    assert [line.value for line in figure.lines if line.value == "3\u00a0h"] == []
    assert "tant que la crise n’était pas levée" in figure.counted


def test_a_level_without_a_reminder_counts_no_silence(cpts: Cpts, by: Account) -> None:
    def tell(crisis: Crisis) -> None:
        crisis.silence_minutes = None
        db.session.flush()
        append_entry(crisis, Written(EntryKind.INFORMATION, "Calme"), by=by, at=NOON + 9 * HOUR)

    (figure,) = figures(a_debrief(cpts, by, tell=tell), NOON + 90 * HOUR, only=FigureKey.SILENCES)
    assert (figure.value, list(figure.lines)) == ("aucun", [])
    assert "sans rappel" in figure.counted
