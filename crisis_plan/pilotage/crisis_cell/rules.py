"""What the trame asks of a crisis cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Protocol

from crisis_plan.anticipation.directory import telephones
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.folding import folded
from crisis_plan.pilotage.crisis_cell.functions import MUST_BE_HELD, proposed

NO_PLACE = "Le lieu où se réunit la cellule n’est pas indiqué."
NO_FALLBACK = "Le lieu de repli n’est pas indiqué."


class Whereabouts(Protocol):
    """Where the cell meets, falls back, or joins from afar."""

    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def video(self) -> str: ...
    @property
    def telephone_bridge(self) -> str: ...
    @property
    def fallback_name(self) -> str: ...
    @property
    def fallback_address(self) -> str: ...


class Direction(StrEnum):
    """Where a function goes in the list, one place at a time."""

    UP = "monter"
    DOWN = "descendre"

    @property
    def step(self) -> int:
        return -1 if self is Direction.UP else 1


def lacks(names: Mapping[str, str], held: Mapping[str, Iterable[Rank]]) -> tuple[str, ...]:
    """What the cell lacks: the pilot and the secretariat, each with a titular and a deputy.

    `names` and `held` are by key: what the CPTS calls the function, and the ranks held today.
    """
    sentences: list[str] = []
    for key in MUST_BE_HELD:
        if key not in names:
            sentences.append(f"La fonction «\u00a0{proposed(key).name}\u00a0» n’est pas dans la liste.")
            continue
        ranks = frozenset(held.get(key, ()))
        sentences += [
            f"La fonction «\u00a0{names[key]}\u00a0» n’a pas de {rank.label.lower()} à ce jour."
            for rank in Rank
            if rank not in ranks
        ]
    return tuple(sentences)


def bridge_href(bridge: str) -> str:
    """The address that calls a telephone bridge, written with or without a code after it; empty for no telephone."""
    written = re.match(r"[+0-9.()\s\u00a0\u202f\-]*", bridge)
    try:
        return f"tel:{telephones.parsed(written[0])}" if written and written[0].strip() else ""
    except ValueError:
        return ""


def lacks_of_place(place: Whereabouts | None) -> tuple[str, ...]:
    """What the place of the cell lacks: somewhere to go, or to call, for it and for its fallback."""
    if place is None:
        return (NO_PLACE, NO_FALLBACK)
    is_joined_from_afar = bool(place.video or place.telephone_bridge)
    sentences = []
    if not place.name:
        sentences.append(NO_PLACE)
    elif not (place.address or is_joined_from_afar):
        sentences.append("Le lieu de la cellule n’a ni adresse, ni visioconférence, ni pont téléphonique.")
    if not place.fallback_name:
        sentences.append(NO_FALLBACK)
    elif not (place.fallback_address or is_joined_from_afar):
        sentences.append("Le lieu de repli n’a pas d’adresse.")
    return tuple(sentences)


def is_same_name(one: str, other: str) -> bool:
    """Whether a person would take these two names for one."""
    return folded(one) == folded(other)
