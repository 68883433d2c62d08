from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.adaptation.risks.descriptions import HalfJudged, NameOfAnotherKind, RiskDescription, Unnamed
from crisis_plan.adaptation.risks.drawing import draw
from crisis_plan.adaptation.risks.ranking import matrix, numbered
from crisis_plan.adaptation.risks.register_rules import Merge, merge
from crisis_plan.adaptation.risks.rules import (
    NAMED_BY_S004,
    Likelihood,
    Priority,
    RiskKind,
    Severity,
    Standing,
    missing,
    priority,
    reviews_due,
    standing,
)

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Told:
    """A risk, without a database."""

    kind: RiskKind = RiskKind.OWN
    folded_name: str = "crue"
    likelihood: int | None = 2
    severity: int | None = 3
    set_aside: str = ""
    reviewed_on: date | None = TODAY


LISTS = st.lists(
    st.builds(
        Told,
        kind=st.sampled_from(RiskKind),
        folded_name=st.text(max_size=5),
        likelihood=st.none() | st.integers(1, 4),
        severity=st.none() | st.integers(1, 4),
        set_aside=st.sampled_from(["", "Sans objet ici."]),
    ),
    max_size=60,
)


@given(LISTS)
def test_the_matrix_holds_each_risk_of_the_list_once_and_nothing_else(risks: list[Told]) -> None:
    listed = numbered(risks)
    retained = [risk for risk in risks if standing(risk) is Standing.RETAINED]
    assert sorted(map(id, retained)) == sorted(id(one.risk) for one in listed)
    assert [one.number for one in listed] == list(range(1, len(listed) + 1))
    in_cells = [
        (one.number, serious, likely)
        for serious, line in matrix(listed)
        for likely, cell in zip(Likelihood, line, strict=True)
        for one in cell
    ]
    assert sorted(in_cells) == [(one.number, one.risk.severity, one.risk.likelihood) for one in listed]


@given(LISTS)
def test_the_list_goes_from_the_most_serious_then_from_the_most_likely(risks: list[Told]) -> None:
    listed = numbered(risks)
    for before, after in pairwise(listed):
        assert (before.severity, before.likelihood) >= (after.severity, after.likelihood)


@given(LISTS)
def test_the_drawing_shows_every_number_once_in_its_own_cell_and_none_over_another(risks: list[Told]) -> None:
    listed = numbered(risks)
    drawing = draw(listed)
    assert sorted(mark.number for mark in drawing.marks) == [one.number for one in listed]
    where = {(serious, likely): cell for (serious, likely), cell in zip(places(), drawing.cells, strict=True)}
    for mark in drawing.marks:
        one = listed[mark.number - 1]
        cell = where[one.severity, one.likelihood]
        assert cell.x <= mark.x - 10
        assert mark.x + 10 <= cell.x + cell.width <= drawing.width
        assert cell.y <= mark.y - 10
        assert mark.y + 10 <= cell.y + cell.height <= drawing.height
        assert mark.priority is cell.priority is one.priority
    spots = [(mark.x, mark.y) for mark in drawing.marks]
    assert all(abs(a - x) >= 22 or abs(b - y) >= 22 for n, (a, b) in enumerate(spots) for x, y in spots[:n])


def places() -> list[tuple[Severity, Likelihood]]:
    return [(serious, likely) for serious in reversed(Severity) for likely in Likelihood]


def test_what_is_prepared_first_is_serious_and_likely_together() -> None:
    assert priority(Likelihood.RARE, Severity.LIMITED) is Priority.FOLLOWED
    assert priority(Likelihood.RARE, Severity.MAJOR) is Priority.NEXT
    assert priority(Likelihood.VERY_LIKELY, Severity.LIMITED) is Priority.NEXT
    assert priority(Likelihood.LIKELY, Severity.GRAVE) is Priority.FIRST


def every_kind(**told: object) -> list[Told]:
    return [Told(kind=kind, **told) for kind in NAMED_BY_S004]  # type: ignore[arg-type]


def test_each_kind_of_the_national_list_is_judged_or_set_aside() -> None:
    assert missing([]) == [
        "Aucun risque de la liste de la commission paritaire régionale du 19 janvier 2023 n’est encore jugé ni écarté."
    ]
    assert missing([Told()]) == missing([])
    assert missing(every_kind()) == []
    assert missing([*every_kind()[1:], Told(RiskKind.NATURAL, set_aside="Sans objet.", severity=None)]) == []
    unjudged = [*every_kind()[2:], Told(RiskKind.NATURAL, severity=None)]
    assert missing(unjudged) == [
        "À juger ou à écarter, avec la raison\u00a0: Risques naturels\u00a0; Risques industriels et technologiques."
    ]


def test_at_least_one_risk_is_retained() -> None:
    assert missing(every_kind(set_aside="Non.")) == [
        "Tous les risques sont écartés\u00a0: le plan en retient au moins un."
    ]
    assert missing([*every_kind(set_aside="Non."), Told()]) == []


def test_what_is_to_review_is_told_in_sentences() -> None:
    assert reviews_due([], TODAY) == ""
    assert reviews_due([Told(), Told(reviewed_on=date(2025, 11, 22))], TODAY) == ""
    old = Told(reviewed_on=date(2025, 11, 21), set_aside="Non.")
    said = reviews_due([old, Told(reviewed_on=None), Told(severity=None, reviewed_on=None)], TODAY)
    assert said.replace("\u00a0", " ") == ("1 risque reste à juger. 2 risques n’ont pas été revus depuis 12 mois.")


@given(st.integers(0, 364))
def test_what_was_reviewed_within_the_year_is_not_due(days: int) -> None:
    assert reviews_due([Told(reviewed_on=TODAY - timedelta(days=days))], TODAY) == ""


def test_a_name_of_the_national_list_stays_with_its_kind() -> None:
    with pytest.raises(NameOfAnotherKind):
        _ = RiskDescription("CYBERATTAQUES", RiskKind.OWN).stored
    assert RiskDescription("Cyberattaques", RiskKind.CYBER).stored["folded_name"] == "cyberattaques"
    with pytest.raises(Unnamed):
        _ = RiskDescription("…").stored


@pytest.mark.parametrize(
    ("likelihood", "severity", "field"),
    [(Likelihood.RARE, None, "severity"), (None, Severity.MAJOR, "likelihood")],
)
def test_a_risk_judged_by_half_is_refused_beside_the_other_half(
    likelihood: Likelihood | None, severity: Severity | None, field: str
) -> None:
    with pytest.raises(HalfJudged) as refusal:
        _ = RiskDescription("Crue", likelihood=likelihood, severity=severity).stored
    assert refusal.value.field == field


TEXTS = st.sampled_from(["", "CCAS", "En mairie", "Élu"])


@given(TEXTS, TEXTS, TEXTS)
def test_two_who_write_at_once_lose_nothing(seen: str, typed: str, stored: str) -> None:
    result = merge(seen=seen, typed=typed, stored=stored)
    if result is Merge.WRITE:
        assert stored == seen != typed
    elif result is Merge.KEEP:
        assert typed in (seen, stored)
    else:
        assert len({seen, typed, stored}) == 3
