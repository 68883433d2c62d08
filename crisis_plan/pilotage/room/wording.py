"""What the logbook writes when a crisis opens or changes, and what the page says of its hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from crisis_plan.clock import HasTimeZone
from crisis_plan.organisations import communes
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.web.formats import counted, moment

ALERT_FIELDS = (
    ("nature", "Nature"),
    ("place", "Lieu"),
    ("communes", "Communes"),
    ("hazards", "Dangers"),
    ("access", "Accès"),
    ("people", "Personnes concernées"),
    ("services", "Services engagés"),
    ("asked", "Demandé à la CPTS"),
    ("asked_until", "Jusqu’à"),
    ("wanted_back", "Retour attendu par l’ARS"),
)
"""What is told of an alert beside who gave it, in the order of M/ETHANE (domain, section 8)."""
SENDER_FIELDS = (
    ("sender", "De qui"),
    ("body", "Organisme"),
    ("callback", "Numéro de rappel"),
    ("is_callback_checked", "Numéro de rappel"),
    ("taken_by", "Prise par"),
)
"""Who gave the alert, and who took it."""
TO_COMPLETE = "Le détail de l’alerte reste à compléter."
NO_PLAN = "Aucune version du plan n’est publiée."


def alert_text(title: str, alert: Mapping[str, Any]) -> str:
    """« Alerte : feu de forêt. Lieu : … », or what is still to be told."""
    told = alert_lines(alert)
    return "\n".join([f"Alerte\u00a0: {title}", *(told or [TO_COMPLETE])])


def alert_lines(alert: Mapping[str, Any]) -> list[str]:
    """One line for each thing known of an alert."""
    said = [(label, in_words(name, alert.get(name))) for name, label in ALERT_FIELDS]
    return [f"{label}\u00a0: {words}" for label, words in said if words]


def completed_text(changed: Mapping[str, Any], place: HasTimeZone) -> str:
    """What was added to the alert or said otherwise, field by field, and nothing else."""
    told = ["Alerte complétée"]
    if "received_at" in changed:
        told.append(f"Reçue le {moment(changed['received_at'], place) or 'non dit'}")
    for name, label in (*SENDER_FIELDS, *ALERT_FIELDS):
        if name in changed:
            told.append(f"{label}\u00a0: {in_words(name, changed[name]) or 'retiré'}")
    return "\n".join(told)


def in_words(name: str, value: Any) -> str:
    """What an alert says in one of its fields; communes by their names."""
    if name == "communes":
        return ", ".join(one.name for one in communes.communes(value or ()))
    if name == "is_callback_checked":
        return "vérifié" if value else "à vérifier"
    return str(value or "")


def sender(alert: Mapping[str, Any]) -> str:
    """« Dr Roux, ARS, rappel 04 65 71 00 00 (vérifié) »."""
    callback = str(alert.get("callback") or "")
    checked = " (vérifié)" if alert.get("is_callback_checked") else " (à vérifier)"
    called = f"rappel {callback}{checked}" if callback else ""
    return ", ".join(part for part in (alert.get("sender"), alert.get("body"), called) if part)


def activation_text(crisis: Crisis, publication_name: str, sha256: str) -> str:
    """What was activated, at which level, with which plan."""
    plan = f"Plan en vigueur\u00a0: {publication_name}." if publication_name else NO_PLAN
    return "\n".join(
        (
            f"{crisis.name} «\u00a0{crisis.title}\u00a0»\u00a0: plan activé.",
            f"Type\u00a0: {crisis.crisis_type.label}. Niveau\u00a0: {crisis.level_name}.",
            plan,
            f"Annuaire, cellule et stock figés, empreinte SHA-256 {sha256}.",
        )
    )


def mails_text(written_to: int, to_call: Sequence[str]) -> str:
    """« Courriel d’ouverture à 4 personnes ; 2 sans adresse, à appeler : Ada LUNE, Luc MARS. »."""
    sent = f"Courriel d’ouverture à {counted(written_to, 'personne')}" if written_to else "Aucun courriel d’ouverture"
    if not to_call:
        return f"{sent}."
    whom = "sans adresse, à appeler" if written_to else "à appeler"
    return f"{sent}\u00a0; {len(to_call)} {whom}\u00a0: {', '.join(to_call)}."


def level_text(before: str, after: str) -> str:
    return f"Niveau\u00a0: {before} → {after}."


def pen_text(before: str, after: str) -> str:
    """The handover of the pen, naming both."""
    return f"La plume passe de {before} à {after}." if before else f"{after} prend la plume."


def next_point_text(before: str, after: str) -> str:
    if not after:
        return f"Prochain point annulé (il était fixé au {before})." if before else "Aucun prochain point n’est fixé."
    return f"Prochain point fixé au {after}" + (f" (auparavant\u00a0: {before})." if before else ".")


def tasks_added(made: int) -> str:
    """What is said once the steps of the cards are tasks."""
    return (
        f"{counted(made, 'tâche ajoutée', 'tâches ajoutées')}." if made else "Toutes les étapes sont déjà des tâches."
    )


def span(length: timedelta) -> str:
    """« 3 min », « 1 h 05 », « 2 jours »: a length as one says it."""
    minutes = int(abs(length).total_seconds() // 60)
    if minutes < 60:
        return f"{minutes}\u00a0min"
    if minutes < 48 * 60:
        hours, rest = divmod(minutes, 60)
        return f"{hours}\u00a0h\u00a0{rest:02d}" if rest else f"{hours}\u00a0h"
    return counted(minutes // (24 * 60), "jour")


def ago(at: datetime, now: datetime) -> str:
    """« à l’instant », « il y a 3 min »."""
    return f"il y a {span(now - at)}" if now - at >= timedelta(minutes=1) else "à l’instant"


def countdown(at: datetime | None, now: datetime) -> str:
    """« dans 25 min », « en retard de 10 min »; empty where no point is set."""
    if at is None:
        return ""
    if abs(at - now) < timedelta(minutes=1):
        return "maintenant"
    return f"dans {span(at - now)}" if at > now else f"en retard de {span(now - at)}"
