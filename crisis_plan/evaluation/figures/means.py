"""For whom, with whom and with what: communes and needs, the two counts of the claim, the stock; without a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from crisis_plan.evaluation.figures.rules import Cited, Figure, FigureKey, Line
from crisis_plan.evaluation.figures.wording import cited, of_the_log, people
from crisis_plan.folding import folded
from crisis_plan.pilotage.mobilisation.counts import NOT_SAID, people_of, totals_of
from crisis_plan.pilotage.needs.rules import people_in_words
from crisis_plan.web.formats import counted, number

if TYPE_CHECKING:
    from crisis_plan.pilotage.mobilisation.counts import ActionLine, PersonLine
    from crisis_plan.pilotage.needs.rules import NeedKind, NeedState


class Need(Protocol):
    """What a commune needed, and what became of it."""

    @property
    def commune_code(self) -> str: ...
    @property
    def commune(self) -> str: ...
    @property
    def kind(self) -> NeedKind: ...
    @property
    def people_count(self) -> int | None: ...
    @property
    def state(self) -> NeedState: ...
    @property
    def entry_number(self) -> int | None: ...


class Taken(NamedTuple):
    """What left the stock for the crisis."""

    item: Any
    """Which item, whatever its name."""
    name: str
    unit: str
    quantity: int
    is_reversed: bool
    entry: Cited


def communes(touched: Sequence[str], needs: Sequence[Need], alert: Sequence[Cited]) -> Figure:
    """The communes of the alert and of the needs, and what became of each need. `touched`: names, of the alert."""
    names = sorted({*touched, *(one.commune for one in needs if one.commune_code)}, key=folded)
    whole = sorted({one.commune for one in needs if not one.commune_code}, key=folded)
    of_needs = of_the_log(one.entry_number for one in needs)
    value = counted(len(names), "commune") if names else "aucune commune"
    return Figure(
        FigureKey.COMMUNES,
        f"{value}, {counted(len(needs), 'besoin') if needs else 'aucun besoin'}",
        "Les communes de l’alerte et celles qui ont un besoin au tableau des besoins\u00a0; chaque besoin par son dernier "
        "état.",
        [_line_of(name, [one for one in needs if one.commune == name]) for name in [*names, *whole]],
        cited([*alert, *of_needs]),
    )


def _line_of(commune: str, needs: Sequence[Need]) -> Line:
    said = "\u00a0; ".join(_need_in_words(one) for one in needs)
    return Line(commune, said or "aucun besoin noté", of_the_log(one.entry_number for one in needs))


def _need_in_words(need: Need) -> str:
    """« Soins, 4 personnes : couvert »."""
    what = ", ".join(part for part in (need.kind.label, people_in_words(need.people_count)) if part)
    return f"{what}\u00a0: {need.state.label.lower()}"


def professionals(found: Sequence[PersonLine], until: datetime, purpose: str) -> Figure:
    """The first count of the claim: distinct people, with their hours by profession (domain, section 10)."""
    totals = totals_of(found, (), until)
    by_profession: dict[str, list[PersonLine]] = {}
    for one in found:
        by_profession.setdefault(folded(one.profession or NOT_SAID), []).append(one)
    lines = [
        Line(one.profession, f"{people(one.people)}, {one.hours}", _entries_of(by_profession[folded(one.profession)]))
        for one in totals.by_profession
    ]
    return Figure(
        FigureKey.PROFESSIONALS,
        f"{counted(totals.professionals, 'professionnel')}, {totals.hours}" if found else "aucun",
        f"Les personnes distinctes avec un temps noté ou une action menée, ce qui a été retiré mis à part\u00a0; deux temps qui "
        f"se recouvrent comptent une fois. {purpose}",
        lines,
        _entries_of(found),
    )


def _entries_of(found: Iterable[PersonLine]) -> tuple[Cited, ...]:
    times = (time.entry_number for one in found for time in one.times)
    return of_the_log([*times, *(action.entry_number for one in found for action in one.actions)])


def actions(found: Sequence[ActionLine], until: datetime, purpose: str) -> Figure:
    """The second count of the claim: distinct actions of the plan, each with who carried it out (domain, section 10)."""
    lines = [
        Line(
            one.label,
            _carried_out(one, until),
            of_the_log(time.entry_number for time in one.times),
            ", ".join(one.names),
        )
        for one in found
    ]
    return Figure(
        FigureKey.ACTIONS,
        number(len(found)) if found else "aucune",
        "Les actions distinctes du plan\u00a0: une fiche action, ou une action nommée à la main, compte une fois même menée "
        f"plusieurs fois. {purpose}",
        lines,
        cited(entry for line in lines for entry in line.entries),
    )


def _carried_out(action: ActionLine, until: datetime) -> str:
    """« 2 fois, par 3 personnes : Infirmier 2, Médecin 1 »."""
    who = totals_of(people_of((), action.times), (), until)
    times = f"{number(len(action.times))}\u00a0fois"
    if not who.professionals:
        return f"{times}, sans personne nommée"
    by = ", ".join(f"{one.profession} {number(one.people)}" for one in who.by_profession)
    return f"{times}, par {people(who.professionals)}\u00a0: {by}"


def stock(taken: Sequence[Taken], *, is_exercise: bool) -> Figure:
    """What left the stock and was not put back, by item."""
    by_item: dict[Any, list[Taken]] = {}
    for one in taken:
        if not one.is_reversed:
            by_item.setdefault(one.item, []).append(one)
    lines = list(_gone(by_item.values()))
    return Figure(
        FigureKey.STOCK,
        counted(len(lines), "article") if lines else "aucun",
        "Un exercice ne sort rien du stock\u00a0: ce qui en serait sorti se lit dans le journal."
        if is_exercise
        else "Les quantités sorties du stock pour cette crise, par article\u00a0; une sortie annulée dans le stock ne compte pas.",
        lines,
        cited(entry for line in lines for entry in line.entries),
    )


def _gone(items: Iterable[Sequence[Taken]]) -> Iterator[Line]:
    for of_one in sorted(items, key=lambda of_one: folded(of_one[0].name)):
        quantity, unit = number(sum(one.quantity for one in of_one)), of_one[0].unit
        amount = f"{quantity} × {unit}" if unit else quantity
        yield Line(of_one[0].name, amount, cited(one.entry for one in of_one))
