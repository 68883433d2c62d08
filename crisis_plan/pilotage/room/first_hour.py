"""What the first hour asks for: some of it the tool sees by itself, the rest is ticked. Source: domain, section 8."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crisis_plan.pilotage.crisis_functions.attendance import Attendance


class ByHand(StrEnum):
    """What no data shows: somebody says that it is done, which is an entry of the logbook."""

    REFERENT = "referent"
    SAFETY = "safety"
    ARS = "ars"
    SAMU = "samu"
    MAIRIES = "mairies"
    HOSPITAL = "hospital"
    EHPAD = "ehpad"
    MSP = "msp"
    PHARMACIES = "pharmacies"

    @property
    def label(self) -> str:
        return {
            "referent": "Joindre le référent de crise ou son suppléant",
            "safety": "Dire les consignes de sécurité des professionnels (protections, accès, zones de danger)",
            "ars": "Confirmer le contact avec l’ARS",
            "samu": "Confirmer le contact avec le SAMU, le SAS",
            "mairies": "Confirmer le contact avec les mairies",
            "hospital": "Confirmer le contact avec l’hôpital",
            "ehpad": "Confirmer le contact avec les EHPAD",
            "msp": "Confirmer le contact avec les maisons de santé",
            "pharmacies": "Confirmer le contact avec les pharmacies",
        }[self.value]

    @property
    def done(self) -> str:
        """What its entry says."""
        return {
            "referent": "référent de crise ou suppléant joint.",
            "safety": "consignes de sécurité données aux professionnels.",
            "ars": "contact confirmé avec l’ARS.",
            "samu": "contact confirmé avec le SAMU, le SAS.",
            "mairies": "contact confirmé avec les mairies.",
            "hospital": "contact confirmé avec l’hôpital.",
            "ehpad": "contact confirmé avec les EHPAD.",
            "msp": "contact confirmé avec les maisons de santé.",
            "pharmacies": "contact confirmé avec les pharmacies.",
        }[self.value]


@dataclass(frozen=True)
class Seen:
    """What the tool knows of a crisis, for the lines that it ticks by itself."""

    has_reason: bool
    pen_name: str
    has_plan: bool
    attendance: Attendance
    place: str
    is_told: bool
    """Whether a first message left."""
    has_next_point: bool
    ticked: Mapping[ByHand, int]


@dataclass(frozen=True)
class Line:
    """One line of the first hour; `by_hand` when somebody ticks it."""

    label: str
    is_done: bool
    said: str = ""
    by_hand: ByHand | None = None
    entry_number: int | None = None
    place: str = ""
    """The page where it is done: « niveau », « lieu », « fonctions », « messages », « point »."""


def lines(seen: Seen) -> tuple[Line, ...]:
    """The first hour in the order of the domain page."""
    cell = seen.attendance
    return (
        _by_hand(seen, ByHand.REFERENT),
        Line("Noter le niveau et sa raison", seen.has_reason, place="niveau"),
        Line("Ouvrir le journal et nommer qui le tient", bool(seen.pen_name), seen.pen_name, place="plume"),
        Line("Figer le plan, l’annuaire et le stock", True, "" if seen.has_plan else "aucun plan publié", place="fige"),
        Line("Remplir les fonctions de la cellule", cell.is_full, cell.words, place="fonctions"),
        Line("Dire où siège la cellule", bool(seen.place), seen.place, place="lieu"),
        _by_hand(seen, ByHand.SAFETY),
        Line("Envoyer un premier message aux membres", seen.is_told, place="messages"),
        *(_by_hand(seen, one) for one in list(ByHand)[2:]),
        Line("Fixer le prochain point de situation", seen.has_next_point, place="point"),
    )


def _by_hand(seen: Seen, line: ByHand) -> Line:
    number = seen.ticked.get(line)
    said = f"entrée n°\u00a0{number}" if number else ""
    return Line(line.label, number is not None, said, by_hand=line, entry_number=number)


def ticked(written: str) -> dict[ByHand, int]:
    """What a crisis keeps: each line ticked, and the number of its entry."""
    pairs = (one.partition(":") for one in written.split())
    return {ByHand(key): int(number) for key, _, number in pairs if key in list(ByHand)}


def stored(known: Mapping[ByHand, int]) -> str:
    return " ".join(f"{line.value}:{number}" for line, number in known.items())
