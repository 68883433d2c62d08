"""What the day asks of those who keep a plan alive, as sentences with a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crisis_plan.adaptation.responses.rules import numbers_to_find_in_words, unread_in_words
from crisis_plan.anticipation.directory.overview import Overview
from crisis_plan.anticipation.directory.rules import Freshness
from crisis_plan.anticipation.exercises.rules import Standing
from crisis_plan.anticipation.exercises.tasks import Planned, pace_tasks, untold_tasks
from crisis_plan.anticipation.referents import presence
from crisis_plan.anticipation.referents.presence import Cover
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.stock.rules import CountState, StockState
from crisis_plan.evaluation.follow_up.sentences import Asked
from crisis_plan.opinions.rules import Standing as OpinionStanding
from crisis_plan.publication.deadlines import Due
from crisis_plan.web.formats import counted, long_date, number


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
COUNT_TASKS = (
    (CountState.DUE, "article est à recompter", "articles sont à recompter"),
    (CountState.NEVER, "article n’a jamais été compté", "articles n’ont jamais été comptés"),
)


def update(due: Due | None, today: date) -> Iterator[Task]:
    """The yearly update, once it is near."""
    if due is None or not due.is_near(today):
        return
    said = "est en retard : elle était attendue" if due.is_past(today) else "est à publier"
    sentence = f"La mise à jour du plan {said} avant le {long_date(due.on)} ({due.reason})."
    yield Task(sentence, "Ouvrir le plan", "cpts.plan.show")


def referents(on_duty: Mapping[Rank, Any], days: Iterable[Cover], today: date) -> Iterator[Task]:
    """Those whom the ARS might not reach today, and the coming days without anyone to call."""
    for held in on_duty.values():
        if said := presence.doubt(held.duty, today):
            yield Task(said, "Ouvrir sa fiche", "cpts.directory.show", {"contact_id": held.contact.id})
    for said in presence.nobody_in_words(days):
        yield Task(said, "Ouvrir les référents", "cpts.referents.index")


def directory(known: Overview) -> Iterator[Task]:
    """The contacts to verify, as a share."""
    if stale := known.total - known.verified:
        sentence = (
            f"{counted(stale, 'contact')} à vérifier sur {number(known.total)} : "
            f"{known.verified_share}\u00a0% ont été vérifiés depuis moins de 12 mois."
        )
        yield Task(sentence, "Ouvrir l’annuaire", "cpts.directory.index", {"verification": Freshness.STALE.value})


def stock(counts: Mapping[StockState, int]) -> Iterator[Task]:
    """What is expired, about to be, or short."""
    for state, one, several in STOCK_TASKS:
        if count := counts.get(state):
            yield Task(f"{counted(count, one, several)}.", "Ouvrir le stock", "cpts.stock.index", {"etat": state.value})


def counts(to_do: Mapping[CountState, int]) -> Iterator[Task]:
    """What was never counted, and what is to be counted again."""
    for state, one, several in COUNT_TASKS:
        if count := to_do.get(state):
            yield Task(f"{counted(count, one, several)}.", "Compter", "cpts.stock.index", {"etat": state.value})


def corrections(waiting: int) -> Iterator[Task]:
    """What people wrote of themselves, and that nobody has read yet."""
    if waiting:
        said = counted(waiting, "correction proposée attend", "corrections proposées attendent")
        yield Task(f"{said} votre décision.", "Lire les corrections", "cpts.campaigns.corrections")


def places(said: str) -> Iterator[Task]:
    """The places that nobody went to see for a year."""
    if said:
        yield Task(said, "Ouvrir les lieux", "cpts.places.index")


def risks(said: str) -> Iterator[Task]:
    """The risks that nobody has judged, or read again for a year."""
    if said:
        yield Task(said, "Ouvrir les risques", "cpts.risks.index")


def cards(unread: int, to_find: int) -> Iterator[Task]:
    """The cards that nobody of the CPTS has read again, and the numbers that they miss."""
    if said := unread_in_words(unread):
        yield Task(said, "Relire les fiches", "cpts.responses.index")
    if said := numbers_to_find_in_words(to_find):
        yield Task(said, "Ouvrir les fiches", "cpts.responses.index")


def messages(said: str) -> Iterator[Task]:
    """The prepared messages that nobody of the CPTS has read again."""
    if said:
        yield Task(said, "Relire les messages", "cpts.communication.index")


def neighbours(said: str) -> Iterator[Task]:
    """The plans of others that are to be looked at again."""
    if said:
        yield Task(said, "Ouvrir les plans voisins", "cpts.neighbours.index", {"a-verifier": 1})


def opinions(waiting: int) -> Iterator[Task]:
    """What readers said of a version, and that nobody has answered."""
    if waiting:
        said = counted(waiting, "avis attend", "avis attendent")
        yield Task(
            f"{said} une réponse de la CPTS.",
            "Lire les avis",
            "cpts.opinions.index",
            {"etat": OpinionStanding.OPEN.value},
        )


def lessons(asked: Iterable[Asked]) -> Iterator[Task]:
    """What a debrief awaits, and the improvements that are late or near."""
    for one in asked:
        yield Task(one.sentence, one.action, one.endpoint, one.values)


def exercises(standings: Iterable[Standing], untold: Iterable[Planned]) -> Iterator[Task]:
    """Exercises of which nobody said whether they took place, then what the chosen pace asks."""
    for one in untold_tasks(untold):
        yield Task(one.sentence, "Ouvrir sa fiche", "cpts.exercises.show", {"exercise_id": one.exercise_id})
    for one in pace_tasks(standings):
        yield Task(one.sentence, "Ouvrir le programme", "cpts.exercises.index")


def all_of(*found: Iterable[Task]) -> list[Task]:
    return [task for tasks in found for task in tasks]
