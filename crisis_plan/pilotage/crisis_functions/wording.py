"""What the logbook says of functions: who took which, from whom, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.clock import HasTimeZone
from crisis_plan.folding import folded
from crisis_plan.pilotage.crisis_functions.duty import named
from crisis_plan.web.formats import d_apostrophe, moment

if TYPE_CHECKING:
    from crisis_plan.pilotage.crisis_functions.models import CrisisFunction, Shift

NOBODY = "personne"


@dataclass(frozen=True)
class Filled:
    """A function as the cell filled it: whom it names, and as what; nobody: empty."""

    function: CrisisFunction
    name: str
    rank: str


def is_same_name(one: str, other: str) -> bool:
    """Whether a person would take these two names for one."""
    return folded(one) == folded(other)


def added(name: str) -> str:
    return f"Fonction ajoutée\u00a0: {name}. Personne ne la tient encore."


def filled(found: Sequence[Filled], asked: Sequence[tuple[str, str]]) -> str:
    """« Fonctions reprises de la cellule : Direction – Anne Petit (titulaire), à confirmer… »; empty: nothing to say."""
    lines = []
    if found:
        lines = ["Fonctions reprises de la cellule du plan\u00a0:", *(f"– {_filled(one)}" for one in found)]
    if asked:
        lines += ["Le niveau appelle maintenant\u00a0:", *(f"– {name}\u00a0: {who or NOBODY}" for name, who in asked)]
    return "\n".join(lines)


def begun(
    shift: Shift, relieved: Sequence[Shift], beside: Sequence[Shift], note: str, place: HasTimeZone, at: datetime
) -> str:
    """« Relève : Direction. Paul Roux à la suite d’Anne Petit. » Whom the plan only named was never there to relieve."""
    name, is_planned = shift.function.name, shift.starts_at > at
    served = [one for one in relieved if is_planned or one.confirmed_at]
    never_seen = [one for one in relieved if one not in served]
    until = f" jusqu’au {moment(shift.ends_at, place)}" if shift.ends_at else ""
    what = "Relève prévue" if is_planned else "Relève" if served else "Prise de fonction"
    text = f"{what}\u00a0: {name}. {shift.name}"
    if is_planned:
        text += f" à partir du {moment(shift.starts_at, place)}"
    text += until
    if served:
        text += f", à la suite {d_apostrophe(named(served))}"
    if never_seen:
        text += f", à la place {d_apostrophe(named(never_seen))} (présence jamais confirmée)"
    if beside:
        text += f", avec {named(beside)}"
    told = "" if shift.confirmed_at or is_planned else " Présence à confirmer."
    return _with_word(f"{text}.{told}", note, "Consignes")


def confirmed(shift: Shift) -> str:
    return f"À son poste\u00a0: {shift.function.name}, {shift.name}."


def ended(shift: Shift, left: Sequence[Shift], word: str) -> str:
    """Who stops, and who is left: nobody is said."""
    remains = f"{named(left)} continue." if left else "Personne ne tient plus cette fonction."
    return _with_word(f"Fin de service\u00a0: {shift.function.name}, {shift.name}. {remains}", word, "Mot")


def called_off(shift: Shift, place: HasTimeZone) -> str:
    return f"Relève annulée\u00a0: {shift.function.name}, {shift.name} le {moment(shift.starts_at, place)}."


def _filled(one: Filled) -> str:
    who = f"{one.name} ({one.rank}), à confirmer" if one.name else NOBODY
    return f"{one.function.name}\u00a0: {who}{'' if one.function.is_called_for else ' (pas demandée par le niveau)'}"


def _with_word(text: str, word: str, label: str) -> str:
    return f"{text}\n{label}\u00a0: {word}" if word else text
