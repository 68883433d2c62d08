"""What the day asks of those who keep a plan alive, as sentences with a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crisis_plan.anticipation.directory.rules import Overview, is_stale
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.stock.rules import StockState
from crisis_plan.publication.deadlines import Due
from crisis_plan.web.formats import counted, d_apostrophe, long_date, number


@dataclass(frozen=True)
class Task:
    """One thing to do: what, and where it is done."""

    sentence: str
    action: str
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)


STOCK_TASKS = (
    (StockState.EXPIRED, "article a un lot périmé à retirer", "articles ont un lot périmé à retirer"),
    (StockState.EXPIRES_IN_30_DAYS, "article expire dans les 30 jours", "articles expirent dans les 30 jours"),
    (StockState.EXPIRES_IN_90_DAYS, "article expire dans les 90 jours", "articles expirent dans les 90 jours"),
    (StockState.SHORT, "article est sous le seuil d’alerte", "articles sont sous le seuil d’alerte"),
)


def update(due: Due | None, today: date) -> Iterator[Task]:
    """The yearly update, once it is near."""
    if due is None or not due.is_near(today):
        return
    said = "est en retard : elle était attendue" if due.is_past(today) else "est à publier"
    sentence = f"La mise à jour du plan {said} avant le {long_date(due.on)} ({due.reason})."
    yield Task(sentence, "Publier le plan", "cpts.publication.prepare")


def referents(on_duty: Mapping[Rank, Any], today: date) -> Iterator[Task]:
    """Those whom the ARS would call by a number that nobody checked for a year."""
    for rank, duty in on_duty.items():
        if is_stale(duty.contact.verified_on, today):
            yield Task(
                f"Les coordonnées {d_apostrophe(duty.contact.name)}, référent {rank.label.lower()}, "
                "n’ont pas été vérifiées depuis 12 mois.",
                "Vérifier sa fiche",
                "cpts.directory.show",
                {"contact_id": duty.contact.id},
            )


def directory(known: Overview) -> Iterator[Task]:
    """The contacts to verify, as a share."""
    if stale := known.total - known.verified:
        sentence = (
            f"{counted(stale, 'contact')} à vérifier sur {number(known.total)} : "
            f"{known.verified_share}\u00a0% ont été vérifiés depuis moins de 12 mois."
        )
        yield Task(sentence, "Ouvrir l’annuaire", "cpts.directory.index")


def stock(counts: Mapping[StockState, int]) -> Iterator[Task]:
    """What is expired, about to be, or short."""
    for state, one, several in STOCK_TASKS:
        if count := counts.get(state):
            yield Task(f"{counted(count, one, several)}.", "Ouvrir le stock", "cpts.stock.index", {"etat": state.value})


def all_of(*found: Iterable[Task]) -> list[Task]:
    return [task for tasks in found for task in tasks]
