from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.orsan.catalogue import EXPECTED_KINDS, NeighbourKind
from crisis_plan.orsan.neighbours.descriptions import NeighbourDescription, Unnamed
from crisis_plan.orsan.neighbours.rules import (
    CheckState,
    check_state,
    checks_due,
    kind_in_words,
    unknown_kinds,
    web_address,
)

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Seen:
    edition_seen_on: date | None = None
    next_check_on: date | None = None


@pytest.mark.parametrize(
    ("seen_on", "next_check_on", "state"),
    [
        (None, None, CheckState.NEVER),
        (None, TODAY + 90 * DAY, CheckState.NEVER),
        (TODAY, TODAY + 365 * DAY, CheckState.FINE),
        (TODAY, TODAY + 31 * DAY, CheckState.FINE),
        (TODAY, TODAY + 30 * DAY, CheckState.SOON),
        (TODAY - DAY, TODAY + DAY, CheckState.SOON),
        (TODAY - DAY, TODAY, CheckState.DUE),
        (date(2020, 1, 1), TODAY - DAY, CheckState.DUE),
        (date(2025, 11, 22), None, CheckState.DUE),
        (date(2025, 11, 23), None, CheckState.SOON),
        (date(2025, 12, 23), None, CheckState.FINE),
    ],
)
def test_the_day_of_the_next_check_decides(seen_on: date | None, next_check_on: date | None, state: CheckState) -> None:
    assert check_state(Seen(seen_on, next_check_on), TODAY) is state


@pytest.mark.parametrize(
    ("plans", "said"),
    [
        ([], ""),
        ([Seen(TODAY, TODAY + 99 * DAY), Seen(TODAY, TODAY + DAY)], ""),
        ([Seen()], "1 plan voisin n’a jamais été vu."),
        ([Seen(TODAY - DAY, TODAY)] * 2, "2 plans voisins sont à vérifier."),
        (
            [Seen(), Seen(), Seen(TODAY - DAY, TODAY)],
            "2 plans voisins n’ont jamais été vus, 1 plan voisin est à vérifier.",
        ),
    ],
)
def test_what_is_to_be_checked_is_a_sentence(plans: list[Seen], said: str) -> None:
    assert checks_due(plans, TODAY).replace("\u00a0", " ") == said


@given(st.lists(st.sampled_from(list(NeighbourKind))))
def test_a_kind_is_a_gap_when_no_plan_is_of_it(kinds: list[NeighbourKind]) -> None:
    assert set(unknown_kinds(kinds)) == set(EXPECTED_KINDS) - set(kinds)
    assert NeighbourKind.OTHER not in unknown_kinds(kinds)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_plan_that_was_seen_has_a_next_check_within_the_year(seen_on: date) -> None:
    stored = NeighbourDescription("Plan bleu", NeighbourKind.PLAN_BLEU, edition_seen_on=seen_on).stored
    assert 365 <= (stored["next_check_on"] - seen_on).days + (seen_on.month == 2 and seen_on.day == 29) <= 366


def test_a_next_check_that_was_chosen_stays() -> None:
    described = NeighbourDescription(
        "Plan bleu", NeighbourKind.PLAN_BLEU, edition_seen_on=TODAY, next_check_on=TODAY + DAY
    )
    assert described.stored["next_check_on"] == TODAY + DAY


@pytest.mark.parametrize("name", ["…", "!!!", ""])
def test_a_name_has_letters(name: str) -> None:
    with pytest.raises(Unnamed):
        _ = NeighbourDescription(name, NeighbourKind.PCS).stored


@pytest.mark.parametrize(
    ("kind", "own_kind", "said"),
    [
        (NeighbourKind.PCS, "", "PCS, PICS"),
        (NeighbourKind.PCS, "intercommunal", "PCS, PICS – intercommunal"),
        (NeighbourKind.OTHER, "CUMP", "CUMP"),
    ],
)
def test_a_kind_reads_in_words(kind: NeighbourKind, own_kind: str, said: str) -> None:
    assert kind_in_words(kind, own_kind) == said


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://www.gard.gouv.fr/plan?id=3#p", "https://www.gard.gouv.fr/plan?id=3#p"),
        ("http://exemple.fr:8080/a", "http://exemple.fr:8080/a"),
        ("www.exemple.fr/plan", "https://www.exemple.fr/plan"),
        ("https://mairie-uzès.fr/", "https://mairie-uzès.fr/"),
        ("HTTPS://exemple.fr", "HTTPS://exemple.fr"),
    ],
)
def test_an_address_of_the_web_is_kept(typed: str, kept: str) -> None:
    assert web_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "ftp://exemple.fr", "file:///etc/passwd"),
        *("https://", "https:///a", "https://localhost", "https://a b.fr", "https://[::1", "https://x@exemple.fr"),
        *("https://exemple.fr\\@autre.fr", 'https://exemple.fr/"onclick', "mailto:a@exemple.fr", "en mairie"),
        *("https://exemple.fr:99999/", "//", ".", "https://..fr"),
    ],
)
def test_anything_else_is_no_address(typed: str) -> None:
    assert web_address(typed) is None


@given(st.text(max_size=60))
def test_what_is_kept_is_always_an_address_that_may_be_followed(typed: str) -> None:
    kept = web_address(typed)
    assert kept is None or kept.lower().startswith(("http://", "https://"))
