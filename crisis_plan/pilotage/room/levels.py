"""The levels among which a crisis has one: the CPTS's own ladder, or the default names where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from crisis_plan.adaptation.levels import queries as levels
from crisis_plan.adaptation.levels.rules import PROPOSED, ProposedLevel
from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_cell.functions import MUST_BE_HELD
from crisis_plan.pilotage.room.openings import ChosenLevel

if TYPE_CHECKING:
    from crisis_plan.adaptation.crisis_types import CrisisType
    from crisis_plan.adaptation.levels.models import Level
    from crisis_plan.adaptation.responses.models import ActionCard
    from crisis_plan.pilotage.crisis_cell.models import CellFunction


def choosable(cpts: Cpts) -> list[ChosenLevel]:
    """What may be chosen, from the lightest, without what each asks for."""
    return [_own(level) for level in levels.levels(cpts)] or [_default(level) for level in PROPOSED]


def chosen(cpts: Cpts, key: str) -> ChosenLevel | None:
    """The level of this key with the functions that it asks for; none when there is no such level."""
    ladder = [_own(level, level.functions) for level in levels.ladder(cpts)]
    found = ladder or [_default(level) for level in PROPOSED]
    return next((level for level in found if level.key == key), None)


def named(cpts: Cpts, name: str) -> ChosenLevel:
    """The level of this name, with the functions that it asks for. Raises `StopIteration` when there is none."""
    key = next(level.key for level in choosable(cpts) if level.name == name)
    found = chosen(cpts, key)
    return found if found else next(level for level in choosable(cpts) if level.key == key)


def called_for(level: ChosenLevel, functions: Iterable[CellFunction]) -> set[UUID]:
    """The functions that it asks for; the pilot and the logbook always, once a crisis is open."""
    keys = level.function_keys | set(MUST_BE_HELD)
    return {one.id for one in functions if one.id in level.function_ids or one.key in keys}


def cards_for(cpts: Cpts, crisis_type: CrisisType, level_id: UUID | None) -> list[ActionCard]:
    """The action cards to launch: those of this type or of every crisis, at this level or at all of them."""
    return [card for card in responses.whole_cards(cpts) if serves(card, crisis_type, level_id)]


def serves(card: ActionCard, crisis_type: CrisisType, level_id: UUID | None) -> bool:
    """Whether a card is launched in such a crisis; at a level that is not of the ladder, whatever its levels."""
    is_of_type = not card.crisis_types or crisis_type.value in card.crisis_types
    is_of_level = not card.levels or level_id is None or any(level.id == level_id for level in card.levels)
    return is_of_type and is_of_level


def of_crisis(crisis: Crisis, known: Sequence[ChosenLevel]) -> ChosenLevel | None:
    """Where the crisis is on the ladder; none when the ladder has lost its level since."""
    return next((one for one in known if one.level_id == crisis.level_id and one.name == crisis.level_name), None)


def _own(level: Level, functions: Iterable[CellFunction] = ()) -> ChosenLevel:
    return ChosenLevel(
        key=str(level.id),
        name=level.name,
        level_id=level.id,
        criteria=level.criteria,
        silence_minutes=level.silence_reminder_minutes,
        report_every_minutes=level.report_every_minutes,
        function_ids=frozenset(one.id for one in functions),
    )


def _default(level: ProposedLevel) -> ChosenLevel:
    return ChosenLevel(
        key=level.name,
        name=level.name,
        criteria=level.criteria,
        silence_minutes=level.silence_reminder_minutes,
        report_every_minutes=level.report_every_minutes,
        function_keys=frozenset(level.function_keys),
    )
