from __future__ import annotations

import uuid
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses.around import around
from crisis_plan.adaptation.responses.coverage import (
    NONE_ANSWERED,
    Cover,
    TypeCoverage,
    coverage,
    lacks,
    left_uncovered,
)
from crisis_plan.adaptation.responses.descriptions import CardDescription, Untitled
from crisis_plan.adaptation.responses.models import ActionCard, UncoveredType
from crisis_plan.adaptation.responses.rules import (
    LONGEST_TITLE,
    title_of_copy,
    unread_in_words,
    whom_for,
    whom_in_short,
)
from crisis_plan.orsan.catalogue import OrsanPlan

some_types = st.lists(st.sampled_from(CrisisType), unique=True)


def card(*types: CrisisType) -> ActionCard:
    return ActionCard(title="Fiche", crisis_types=[one.value for one in types])


def waived(crisis_type: CrisisType, reason: str = "L’hôpital voisin s’en charge.") -> UncoveredType:
    return UncoveredType(crisis_type=crisis_type, reason=reason)


def of(found: Sequence[TypeCoverage], crisis_type: CrisisType) -> TypeCoverage:
    return next(one for one in found if one.crisis_type is crisis_type)


@given(st.lists(some_types, max_size=6), some_types)
def test_a_type_is_covered_exactly_when_a_card_names_it(named: list[list[CrisisType]], said: list[CrisisType]) -> None:
    found = coverage([card(*types) for types in named], map(waived, said))
    assert [one.crisis_type for one in found] == list(CrisisType)
    for one in found:
        numbers = [rank for rank, types in enumerate(named, start=1) if one.crisis_type in types]
        assert [number for number, _card in one.cards] == numbers
        assert one.is_covered == any(one.crisis_type in types for types in named)
        assert one.is_answered == (one.is_covered or one.crisis_type in said)
        assert one.is_reason_idle == (one.is_covered and one.crisis_type in said)


@given(st.lists(some_types, max_size=6), some_types)
def test_what_lacks_is_said_of_each_type_without_answer(named: list[list[CrisisType]], said: list[CrisisType]) -> None:
    answered = {one for types in named for one in types} | set(said)
    sentences = lacks(coverage([card(*types) for types in named], map(waived, said)))
    if answered:
        silent = [one for one in CrisisType if one not in answered]
        assert len(sentences) == len(silent)
        assert all(f"Type {one.number}, " in told for one, told in zip(silent, sentences, strict=True))
    else:
        assert sentences == (NONE_ANSWERED,)


def test_a_type_is_covered_not_covered_or_to_answer() -> None:
    found = coverage([card(CrisisType.ILL)], [waived(CrisisType.NRC)])
    assert of(found, CrisisType.ILL).cover is Cover.COVERED
    assert of(found, CrisisType.NRC).cover is Cover.WAIVED
    assert of(found, CrisisType.INJURED).cover is Cover.TO_ANSWER


def test_a_card_without_type_covers_none() -> None:
    assert not any(one.is_covered for one in coverage([card()], []))


@given(st.lists(some_types, min_size=1, max_size=5), st.data())
def test_what_a_card_alone_covers_is_what_is_lost_without_it(
    named: list[list[CrisisType]], data: st.DataObject
) -> None:
    cards = [card(*types) for types in named]
    leaving = data.draw(st.sampled_from(cards))
    left = {one.crisis_type for one in left_uncovered(coverage(cards, []), leaving)}
    before = {one.crisis_type for one in coverage(cards, []) if one.is_covered}
    after = {one.crisis_type for one in coverage([one for one in cards if one is not leaving], []) if one.is_covered}
    assert left == before - after


@pytest.mark.parametrize("title", ["", "   ", "…", "!?"])
def test_a_card_without_a_title_in_letters_cannot_be_described(title: str) -> None:
    with pytest.raises(Untitled):
        CardDescription(title)


def test_lists_are_stored_in_the_order_of_the_domain() -> None:
    description = CardDescription(
        "Fiche",
        crisis_types=(CrisisType.NRC, CrisisType.INJURED),
        orsan_plans=(OrsanPlan.NRC, OrsanPlan.AMAVI),
        professions=("Psychologue", "Ébéniste", "Infirmier"),
    )
    assert description.stored["crisis_types"] == ["injured", "nrc"]
    assert description.stored["orsan_plans"] == ["amavi", "nrc"]
    assert description.stored["professions"] == ["Ébéniste", "Infirmier", "Psychologue"]


@given(st.text(max_size=LONGEST_TITLE))
def test_the_title_of_a_copy_always_fits(title: str) -> None:
    named = title_of_copy(title)
    assert len(named) <= LONGEST_TITLE
    assert named.startswith("Copie de ")


def test_whom_a_card_is_for() -> None:
    assert whom_for([], []) == ("Tout le monde",)
    assert whom_for(["Secrétariat"], ["Médecin", "Infirmier"]) == ("Secrétariat", "Infirmier", "Médecin")
    assert whom_in_short(["Secrétariat"], ["Médecin"]) == ("Secrétariat", "Médecin")
    assert whom_in_short(["Secrétariat", "Liaison"], ["Médecin"]) == ("2\u00a0fonctions de la cellule", "Médecin")
    assert whom_in_short([], []) == ("Tout le monde",)


@pytest.mark.parametrize(
    ("unread", "said"),
    [
        (0, ""),
        (1, "1\u00a0fiche action n’a jamais été relue."),
        (3, "3\u00a0fiches actions n’ont jamais été relues."),
    ],
)
def test_cards_never_read_again_are_said_in_a_sentence(unread: int, said: str) -> None:
    assert unread_in_words(unread) == said


def test_a_card_knows_its_neighbours() -> None:
    first, middle, last = ((uuid.uuid4(), title) for title in ("Un", "Deux", "Trois"))
    here = around([first, middle, last], middle[0])
    assert (here.number, here.total) == (2, 3)
    assert here.previous is not None
    assert (here.previous.number, here.previous.title) == (1, "Un")
    assert here.next is not None
    assert (here.next.number, here.next.title) == (3, "Trois")
    assert around([first, middle, last], first[0]).previous is None
    assert around([first, middle, last], last[0]).next is None
