"""What the day asks of those who keep a plan alive, room by room, as sentences with a link and a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from crisis_plan.adaptation.responses.rules import numbers_to_find_in_words, unread_in_words
from crisis_plan.anticipation.directory.overview import Overview
from crisis_plan.anticipation.directory.rules import Freshness
from crisis_plan.anticipation.exercises.rules import Standing
from crisis_plan.anticipation.exercises.tasks import Planned, pace_tasks, untold_tasks
from crisis_plan.anticipation.referents import presence
from crisis_plan.anticipation.referents.presence import Cover
from crisis_plan.anticipation.referents.rules import Rank as DutyRank
from crisis_plan.anticipation.stock.rules import CountState, StockState
from crisis_plan.due import Due, Rank, Said
from crisis_plan.opinions.rules import Standing as OpinionStanding
from crisis_plan.plan.rules import Assessment
from crisis_plan.web.formats import counted, number

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


def sections(missing: Iterable[Assessment], due_on: date | None = None) -> Iterator[Due]:
    """What still stops a publication, in the order of the trame; before the first one, by when it is due."""
    for one in missing:
        asked = one.requirement
        address = {"theme": asked.theme.value, "_anchor": asked.key}
        said = f"Rubrique «\u00a0{asked.label}\u00a0» à compléter. {' '.join(one.missing)}".rstrip()
        yield Due(said, "Compléter la rubrique", "cpts.plan.show_theme", address, due_on, Rank.BLOCKS_PUBLICATION)


def first_publication(*, is_ready: bool) -> Iterator[Due]:
    """A plan that nothing stops any more, and that nobody outside reads yet."""
    if is_ready:
        said = "Le plan est rempli\u00a0: il ne reste qu’à le publier, et l’ARS et la CPAM pourront le télécharger."
        yield Due(said, "Publier le plan", "cpts.publication.prepare", rank=Rank.BLOCKS_PUBLICATION)


def referents(on_duty: Mapping[DutyRank, Any], days: Iterable[Cover], today: date) -> Iterator[Due]:
    """Those whom the ARS might not reach today, and the coming days without anyone to call."""
    for held in on_duty.values():
        if said := presence.doubt(held.duty, today):
            sheet = {"contact_id": held.contact.id}
            yield Due(said, "Ouvrir sa fiche", "cpts.directory.show", sheet, due_on=today, rank=Rank.REACHED)
    for gap in presence.days_without_anyone(days):
        said = presence.nobody_on(gap)
        yield Due(said, "Ouvrir les référents", "cpts.referents.index", due_on=gap.starts_on, rank=Rank.REACHED)


def directory(known: Overview) -> Iterator[Due]:
    """The contacts to verify, as a share."""
    if stale := known.total - known.verified:
        sentence = (
            f"{counted(stale, 'contact')} à vérifier sur {number(known.total)}\u00a0: "
            f"{known.verified_share}\u00a0% ont été vérifiés depuis moins de 12 mois."
        )
        yield Due(sentence, "Ouvrir l’annuaire", "cpts.directory.index", {"verification": Freshness.STALE.value})


def stock(
    counts: Mapping[StockState, int], to_count: Mapping[CountState, int], first: Mapping[StockState | CountState, date]
) -> Iterator[Due]:
    """What is expired, about to be, or short, then what is to be counted; each under the day of the first one."""
    for state, one, several in STOCK_TASKS:
        if count := counts.get(state):
            yield _of_stock(state, f"{counted(count, one, several)}.", "Ouvrir le stock", first)
    for state_of_count, one, several in COUNT_TASKS:
        if count := to_count.get(state_of_count):
            yield _of_stock(state_of_count, f"{counted(count, one, several)}.", "Compter", first)


def _of_stock(
    state: StockState | CountState, said: str, action: str, first: Mapping[StockState | CountState, date]
) -> Due:
    return Due(said, action, "cpts.stock.index", {"etat": state.value}, due_on=first.get(state))


def corrections(waiting: int) -> Iterator[Due]:
    """What people wrote of themselves, and that nobody has read yet."""
    if waiting:
        said = counted(waiting, "correction proposée attend", "corrections proposées attendent")
        sentence = f"{said} votre décision."
        yield Due(sentence, "Lire les corrections", "cpts.campaigns.corrections", rank=Rank.AWAITED)


def places(said: Said) -> Iterator[Due]:
    """The places that nobody went to see for a year."""
    if said.sentence:
        yield Due(said.sentence, "Ouvrir les lieux", "cpts.places.index", due_on=said.due_on)


def risks(said: str, first_review: date | None) -> Iterator[Due]:
    """The risks that nobody has judged, or read again for a year."""
    if said:
        yield Due(said, "Ouvrir les risques", "cpts.risks.index", due_on=first_review)


def cards(unread: int, to_find: int) -> Iterator[Due]:
    """The cards that nobody of the CPTS has read again, and the numbers that they miss."""
    if said := unread_in_words(unread):
        yield Due(said, "Relire les fiches", "cpts.responses.index")
    if said := numbers_to_find_in_words(to_find):
        yield Due(said, "Ouvrir les fiches", "cpts.responses.index")


def messages(said: str) -> Iterator[Due]:
    """The prepared messages that nobody of the CPTS has read again."""
    if said:
        yield Due(said, "Relire les messages", "cpts.communication.index")


def neighbours(said: Said) -> Iterator[Due]:
    """The plans of others that are to be looked at again."""
    if said.sentence:
        address = {"a-verifier": 1}
        yield Due(said.sentence, "Ouvrir les plans voisins", "cpts.neighbours.index", address, due_on=said.due_on)


def opinions(waiting: int) -> Iterator[Due]:
    """What readers said of a version, and that nobody has answered."""
    if waiting:
        said = f"{counted(waiting, 'avis attend', 'avis attendent')} une réponse de la CPTS."
        open_ones = {"etat": OpinionStanding.OPEN.value}
        yield Due(said, "Lire les avis", "cpts.opinions.index", open_ones, rank=Rank.AWAITED)


def exercises(standings: Iterable[Standing], untold: Iterable[Planned]) -> Iterator[Due]:
    """Exercises of which nobody said whether they took place, then what the chosen pace asks."""
    for one in untold_tasks(untold):
        sheet = {"exercise_id": one.exercise_id}
        yield Due(one.sentence, "Ouvrir sa fiche", "cpts.exercises.show", sheet, due_on=one.due_on)
    for one in pace_tasks(standings):
        yield Due(one.sentence, "Ouvrir le programme", "cpts.exercises.index", due_on=one.due_on)
