"""A document as it might stand a year later: a word changed, a line gone, two swapped, one repeated."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from random import Random
from typing import Any

LEFT_ALONE = frozenset({"mark", "formerly", "lanes", "ticks", "curve", "weight", "part", "tone", "level", "start"})
SAID = ("", "Le CHU", "appeler le 15", "06 12 34 56 78", "l’été : 40 °C", "\n", "🌊", " ")


def altered(thing: Any, chance: Random) -> Any:
    """The same thing, or nearly."""
    if isinstance(thing, tuple):
        return _altered_sequence(thing, chance)
    if is_dataclass(thing) and not isinstance(thing, type):
        told = {
            field.name: altered(getattr(thing, field.name), chance)
            for field in fields(thing)
            if field.name not in LEFT_ALONE
        }
        return replace(thing, **told)
    if isinstance(thing, bool):
        return thing ^ (chance.random() < 0.05)
    if type(thing) is str and chance.random() < 0.3:
        place = chance.randint(0, len(thing))
        return thing[:place] + chance.choice(SAID) + thing[place + chance.randint(0, 3) :]
    return date(2027, 2, 28) if isinstance(thing, date) else thing


def _altered_sequence(things: tuple[Any, ...], chance: Random) -> tuple[Any, ...]:
    if things and all(isinstance(thing, str) for thing in things):
        return things  # whom a card concerns
    kept = [altered(thing, chance) if chance.random() < 0.5 else thing for thing in things if chance.random() < 0.9]
    if kept and chance.random() < 0.3:
        kept.append(chance.choice(kept))
    if chance.random() < 0.2:
        chance.shuffle(kept)
    return tuple(kept)
