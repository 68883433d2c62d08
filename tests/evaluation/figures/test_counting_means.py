"""Needs, people, actions, stock and the three facts: counted again one by one, in the plainest way."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.evaluation.figures import course, means
from crisis_plan.evaluation.figures.means import Taken
from crisis_plan.evaluation.figures.rules import Cited
from crisis_plan.pilotage.facts.rules import FactKind
from crisis_plan.pilotage.logbook.rules import Part
from crisis_plan.pilotage.mobilisation.counts import actions_of, people_of
from crisis_plan.pilotage.mobilisation.models import ActionCarriedOut, ActionPerson, TimeSpent
from crisis_plan.pilotage.needs.models import CommuneNeed
from crisis_plan.pilotage.needs.rules import NeedKind, NeedState
from crisis_plan.web.formats import counted
from tests.evaluation.figures.rows import MINUTE, NUMBERS, PARIS, cited, first_number, lines, main, marked
from tests.factories import NOON


@st.composite
def needs(draw: st.DrawFn) -> CommuneNeed:
    code, commune = draw(st.sampled_from([("30334", "Uzès"), ("30258", "Remoulins"), ("", "Tout le territoire")]))
    return CommuneNeed(
        commune_code=code,
        commune=commune,
        kind=draw(st.sampled_from(NeedKind)),
        people_count=draw(st.none() | st.integers(0, 9)),
        state=draw(st.sampled_from(NeedState)),
        entry_number=draw(NUMBERS),
    )


@given(st.lists(st.sampled_from(["Uzès", "Blauzac"]), unique=True), st.lists(needs(), max_size=10))
def test_every_need_is_told_under_its_commune_with_what_became_of_it(
    touched: list[str], found: list[CommuneNeed]
) -> None:
    figure = means.communes(touched, found, (Cited(Part.MAIN, 31),))
    names = {*touched, *(one.commune for one in found if one.commune_code)}
    assert figure.value.startswith(counted(len(names), "commune") if names else "aucune commune")
    assert figure.value.endswith(counted(len(found), "besoin") if found else "aucun besoin")
    assert set(figure.entries) == main(31, *(one.entry_number for one in found))
    for line in figure.lines:
        own = [one for one in found if one.commune == line.label]
        states = Counter(one.state.label.lower() for one in own)
        told = Counter(part.rpartition("\u00a0: ")[2] for part in line.value.split("\u00a0; ")) if own else Counter()
        assert told == states
        assert set(line.entries) == main(*(one.entry_number for one in own))
    assert {line.label for line in figure.lines} == names | {one.commune for one in found}


@st.composite
def worked(draw: st.DrawFn) -> TimeSpent:
    start = draw(st.integers(0, 60))
    who = draw(st.integers(0, 4))
    return TimeSpent(
        person_key=f"nom:{who}",
        contact_id=None,
        name=f"Personne {who}",
        profession=("Infirmier", "Médecin", "")[who % 3],
        starts_at=NOON + start * MINUTE,
        ends_at=draw(st.none() | st.integers(start, 90).map(lambda end: NOON + end * MINUTE)),
        entry_number=draw(NUMBERS),
    )


@given(st.lists(worked(), max_size=12))
def test_professionals_are_distinct_and_their_minutes_are_counted_one_by_one(times: list[TimeSpent]) -> None:
    until = NOON + 100 * MINUTE
    figure = means.professionals(people_of(times, ()), until, "")
    minutes: dict[str, set[int]] = {}
    for one in times:
        start, end = ((at - NOON) // MINUTE for at in (one.starts_at, one.ends_at or until))
        minutes.setdefault(one.person_key, set()).update(range(start, end))
    assert first_number(figure.value.replace("\u00a0", " ")) == len(minutes)
    assert sum(first_number(line.value.replace("\u00a0", " ")) for line in figure.lines) == len(minutes)
    told = [line.value.partition(", ")[2] for line in figure.lines]
    assert sum(in_minutes(one) for one in told) == sum(map(len, minutes.values()))
    assert set(figure.entries) == main(*(one.entry_number for one in times))
    for line in figure.lines:
        own = [one for one in times if (one.profession or "Profession non précisée") == line.label]
        assert set(line.entries) == main(*(one.entry_number for one in own))


def in_minutes(said: str) -> int:
    """« 1 h 05 » in minutes."""
    words = said.split("\u00a0")
    return int(words[0]) * 60 + int(words[2] if len(words) > 2 else 0) if "h" in words else int(words[0])


@given(st.lists(st.tuples(st.integers(0, 3), st.sets(st.integers(0, 3)), st.integers(1, 30)), max_size=10))
def test_actions_are_distinct_each_with_who_carried_it_out(found: list[tuple[int, set[int], int]]) -> None:
    carried_out = [
        ActionCarriedOut(
            action_key=f"action:{which}",
            label=f"Action {which}",
            happened_at=NOON + rank * MINUTE,
            entry_number=number,
            people=[
                ActionPerson(person_key=f"nom:{who}", contact_id=None, name=f"Personne {who}", profession="Infirmier")
                for who in sorted(whom)
            ],
        )
        for rank, (which, whom, number) in enumerate(found)
    ]
    figure = means.actions(actions_of(carried_out), NOON, "")
    assert first_number(figure.value) == len({which for which, _, _ in found}) == len(figure.lines)
    assert set(figure.entries) == main(*(number for _, _, number in found))
    for line in figure.lines:
        own = [one for one in found if f"Action {one[0]}" == line.label]
        whom = set().union(*(people for _, people, _ in own))
        by = f"par {counted(len(whom), 'personne')}\u00a0: Infirmier {len(whom)}" if whom else "sans personne nommée"
        assert line.value == f"{len(own)}\u00a0fois, {by}"
        assert line.who == ", ".join(f"Personne {who}" for who in sorted(whom))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 50), st.booleans(), st.integers(1, 30)), max_size=12))
def test_stock_is_summed_by_item_without_what_was_put_back(found: list[tuple[int, int, bool, int]]) -> None:
    taken = [
        Taken(item, f"Article {item}", "boîte", quantity, is_reversed, Cited(Part.MAIN, number))
        for item, quantity, is_reversed, number in found
    ]
    figure, left = means.stock(taken, is_exercise=False), Counter[int]()
    for item, quantity, is_reversed, _ in found:
        left[item] += 0 if is_reversed else quantity
    kept = {f"Article {item}": f"{quantity} × boîte" for item, quantity in left.items() if quantity}
    assert lines(figure) == kept
    assert first_number(figure.value.replace("\u00a0", " ")) == len(kept)
    assert set(figure.entries) == main(*(number for _, _, is_reversed, number in found if not is_reversed))


@dataclass
class Saying:
    """A saying about one of the three facts, as far as the figure goes."""

    id: uuid.UUID
    kind: FactKind
    corrects_id: uuid.UUID | None
    is_withdrawal: bool
    entry: object
    happened_at: datetime = NOON
    body: str = "ARS Occitanie"
    has_documents: bool = False


@given(st.lists(st.tuples(st.sampled_from(FactKind), st.booleans(), st.booleans()), max_size=9))
def test_a_fact_stands_while_nothing_corrects_or_withdraws_it(said: list[tuple[FactKind, bool, bool]]) -> None:
    """Told one after the other: each corrects or withdraws the last of its kind, or stands beside it."""
    sayings: list[Saying] = []
    stands: dict[FactKind, list[uuid.UUID]] = {kind: [] for kind in FactKind}
    for number, (kind, is_correction, is_withdrawal) in enumerate(said, start=1):
        corrected = stands[kind].pop() if is_correction and stands[kind] else None
        one = Saying(uuid.uuid4(), kind, corrected, is_withdrawal and corrected is not None, marked(number))
        sayings.append(one)
        stands[kind] += [] if one.is_withdrawal else [one.id]
    figure = course.facts(sayings, PARIS)
    assert figure.value == f"{sum(bool(found) for found in stands.values())} sur 3"
    assert set(figure.entries) == cited(one.entry for one in sayings)
    for line, kind in zip(figure.lines, FactKind, strict=True):
        assert line.value.count("ARS Occitanie") == len(stands[kind])
        assert line.value == kind.missing or stands[kind]
