"""What the logbook says of time and actions: one entry a form, everybody in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from crisis_plan import clock
from crisis_plan.clock import HasTimeZone
from crisis_plan.pilotage.mobilisation.models import ActionCarriedOut, TimeSpent
from crisis_plan.pilotage.mobilisation.rules import in_hours, minutes_in
from crisis_plan.pilotage.mobilisation.who import Who
from crisis_plan.web.formats import d_apostrophe, moment

PURPOSE = (
    "Ces deux comptes sont ceux que demande l’Assurance Maladie pour la part variable d’une crise sanitaire grave\u00a0: "
    "le nombre de professionnels mobilisés et le nombre d’actions du plan réalisées."
)
PURPOSE_OF_EXERCISE = (
    "C’est un exercice\u00a0: ces comptes servent à son bilan, jamais à une demande de paiement ni à une statistique."
)


def span(starts_at: datetime, ends_at: datetime | None, place: HasTimeZone) -> str:
    """« le 22/11/2026 de 08:00 à 12:30 », « depuis le 22/11/2026 à 08:00 », from one day to another in full."""
    if ends_at is None:
        return f"depuis le {moment(starts_at, place)}"
    begin, end = clock.local(starts_at, place), clock.local(ends_at, place)
    if begin.date() == end.date():
        return f"le {begin:%d/%m/%Y} de {begin:%H:%M} à {end:%H:%M}"
    return f"du {moment(starts_at, place)} au {moment(ends_at, place)}"


def noted(people: Iterable[Who], starts_at: datetime, ends_at: datetime | None, what: str, place: HasTimeZone) -> str:
    """« Temps de travail le 22/11/2026 de 08:00 à 12:30 : Anne PETIT (Infirmier), Paul Roux. Vaccination. »"""
    who = ", ".join(one.label for one in people)
    return _with(f"Temps de travail {span(starts_at, ends_at, place)}\u00a0: {who}.", what)


def begun(who: Who) -> str:
    return f"Commence à travailler pour la crise\u00a0: {who.label}."


def finished(times: Iterable[TimeSpent], ends_at: datetime, place: HasTimeZone) -> str:
    """« Fin de travail le 22/11/2026 à 12:30 : Anne PETIT (4 h 30). »"""
    who = ", ".join(f"{one.name} ({in_hours(minutes_in([(one.starts_at, ends_at)]))})" for one in times)
    return f"Fin de travail le {moment(ends_at, place)}\u00a0: {who}."


def carried_out(action: ActionCarriedOut, people: Iterable[Who], place: HasTimeZone) -> str:
    """« Action du plan faite le 22/11/2026 à 12:30 : fiche « Canicule ». Par Anne PETIT. »"""
    named = f"fiche «\u00a0{action.label}\u00a0»" if action.card_id else action.label
    who = ", ".join(one.label for one in people)
    by = f" Par {who}." if who else ""
    return _with(f"Action du plan faite le {moment(action.happened_at, place)}\u00a0: {named}.{by}", action.what)


def withdrawn(row: TimeSpent | ActionCarriedOut, place: HasTimeZone) -> str:
    """« Retiré du compte (entrée n° 12) : temps d’Anne PETIT, le 22/11/2026 de 08:00 à 12:30. »"""
    where = f" (entrée n°\u00a0{row.entry_number})" if row.entry_number else ""
    return f"Retiré du compte{where}\u00a0: {said_of(row, place)}."


def said_of(row: TimeSpent | ActionCarriedOut, place: HasTimeZone) -> str:
    """« temps d’Anne PETIT, le 22/11/2026 de 08:00 à 12:30 », « action « Canicule », le 22/11/2026 à 12:30 »."""
    if isinstance(row, ActionCarriedOut):
        return f"action «\u00a0{row.label}\u00a0», le {moment(row.happened_at, place)}"
    return f"temps {d_apostrophe(row.name)}, {span(row.starts_at, row.ends_at, place)}"


def joined(kept: str, other: str) -> str:
    return f"Une seule personne, comptée une fois\u00a0: {kept} et {other}."


def _with(text: str, what: str) -> str:
    return f"{text}\n{what}" if what else text
