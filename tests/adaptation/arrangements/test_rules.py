from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.adaptation.arrangements.proposals import PROPOSED
from crisis_plan.adaptation.arrangements.rules import ArrangementKind, care_without_line, gap_in_words, lacks
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.folding import folded
from crisis_plan.pilotage.crisis_cell import functions


@dataclass(frozen=True)
class Written:
    answer: str = "Oui"
    who: str = "Infirmiers"
    function_id: str | None = None
    care: CareKind | None = None


@pytest.mark.parametrize("kind", list(ArrangementKind))
def test_a_list_lacks_lines_then_answers_then_people(kind: ArrangementKind) -> None:
    assert lacks(kind, []) == (
        f"La liste «\u00a0{kind.label}\u00a0» est vide\u00a0: ajoutez une ligne, ou écrivez un texte.",
    )
    assert lacks(kind, [Written(), Written(who="", function_id="7")]) == ()
    assert [sentence.replace("\u00a0", " ") for sentence in lacks(kind, [Written(answer=""), Written("", "")])] == [
        f"2 lignes de la liste « {kind.label} » n’ont pas de réponse.",
        f"1 ligne de la liste « {kind.label} » ne dit pas qui s’en charge.",
    ]


@given(st.lists(st.one_of(st.none(), st.sampled_from(CareKind))))
def test_every_kind_of_care_has_a_line_or_is_a_gap(cares: list[CareKind | None]) -> None:
    gaps = care_without_line([Written(care=care) for care in cares])
    assert set(gaps) | {care for care in cares if care} == set(CareKind)
    assert not set(gaps) & set(cares)
    assert bool(gap_in_words(gaps)) == bool(gaps)
    assert all(care.label.lower() in gap_in_words(gaps) for care in gaps)


@pytest.mark.parametrize("kind", list(ArrangementKind))
def test_proposed_lines_are_whole_and_distinct(kind: ArrangementKind) -> None:
    lines = PROPOSED[kind]
    known = {function.key for function in functions.PROPOSED}
    assert all(line.what and line.answer and line.who and line.function_key in known for line in lines)
    assert len({folded(line.what) for line in lines}) == len(lines)
    assert [line.care for line in lines] == (list(CareKind) if kind.asks_care else [None] * len(lines))


def test_a_proposed_line_adds_to_its_kind_of_care() -> None:
    """Both are printed one above the other."""
    told = [(line.care, line.what) for lines in PROPOSED.values() for line in lines if line.care]
    assert len(told) == len(CareKind)
    assert [what for care, what in told if set(folded(care.label).split()) & set(folded(what).split())] == []


def test_a_proposed_line_relays_those_who_order_and_gives_no_figure() -> None:
    lines = [line for found in PROPOSED.values() for line in found]
    exposed = next(line for line in lines if line.what == "Personnes exposées à un produit dangereux")
    assert exposed.answer.startswith("Recevoir selon la consigne de la préfecture et du SAMU")
    contagious = next(line for line in lines if line.what == "Patients contagieux à part des autres")
    assert "selon les consignes d’hygiène" in contagious.answer
    assert [
        line.answer for line in lines if re.search(r"\d|\bdeux\b|décontamination|fin de tournée", line.answer)
    ] == []
