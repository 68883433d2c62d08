from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.orsan.catalogue import EXPECTED_KINDS, PROPOSED_LINKS, NeighbourKind, OrsanPlan
from crisis_plan.orsan.matrix.gaps import NO_NEIGHBOUR, NOT_CHOSEN, GapKind, gaps, lacks, remedy
from crisis_plan.orsan.matrix.rules import Card, CellState, Link, Neighbour, matrix
from crisis_plan.orsan.matrix.stances import PROPOSED, Stance

TYPES, PLANS = st.sampled_from(list(CrisisType)), st.sampled_from(list(OrsanPlan))
LINKS = st.frozensets(st.tuples(TYPES, PLANS))
CARDS = st.lists(st.tuples(st.frozensets(TYPES), st.frozensets(PLANS), st.none(), st.booleans()), max_size=8).map(
    lambda told: [Card(rank, f"Fiche {rank}", *one) for rank, one in enumerate(told, start=1)]
)
NEIGHBOURS = st.lists(
    st.tuples(
        st.sampled_from(list(NeighbourKind)),
        st.frozensets(TYPES),
        st.frozensets(PLANS),
        st.none(),
        st.booleans(),
        st.booleans(),
    ),
    max_size=8,
).map(lambda told: [Neighbour(f"Plan {rank}", *one) for rank, one in enumerate(told, start=1)])
REASONS = st.dictionaries(TYPES, st.sampled_from(["", "Aucun à lui seul."]))


def pairs(one: Card | Neighbour) -> set[Link]:
    return {(crisis_type, plan) for crisis_type in one.crisis_types for plan in one.orsan_plans}


@given(LINKS, CARDS, NEIGHBOURS)
def test_the_matrix_always_equals_what_it_was_given(
    links: frozenset[Link], cards: list[Card], neighbours: list[Neighbour]
) -> None:
    made = matrix(links, cards, neighbours)
    assert set(made.cells) == {(one, plan) for one in CrisisType for plan in OrsanPlan}
    assert {where for where, cell in made.cells.items() if cell.is_linked} == links
    for card in cards:
        assert {where for where, cell in made.cells.items() if card in cell.cards} == pairs(card)
    for one in neighbours:
        assert {where for where, cell in made.cells.items() if one in cell.neighbours} == pairs(one)
        served = {(t, kind) for t in CrisisType for kind in NeighbourKind if one in made.serving(t, kind)}
        assert served == {(t, one.kind) for t in one.crisis_types}
    assert all((cell.crisis_type, cell.plan) == where for where, cell in made.cells.items())


@given(LINKS, CARDS)
def test_the_state_of_a_cell_is_read_from_links_and_cards(links: frozenset[Link], cards: list[Card]) -> None:
    carded = {where for card in cards for where in pairs(card)}
    expected = {
        (True, True): CellState.COVERED,
        (True, False): CellState.UNCOVERED,
        (False, True): CellState.UNDECLARED,
        (False, False): CellState.NONE,
    }
    for where, cell in matrix(links, cards, ()).cells.items():
        assert cell.state is expected[where in links, where in carded]
        assert cell.codes == ", ".join(card.told for card in cards if where in pairs(card))


@given(LINKS, CARDS, NEIGHBOURS, REASONS)
def test_every_gap_that_is_listed_is_one_and_every_one_is_listed(
    links: frozenset[Link], cards: list[Card], neighbours: list[Neighbour], reasons: dict[CrisisType, str]
) -> None:
    found = gaps(matrix(links, cards, neighbours, reasons))
    carded = {where for card in cards for where in pairs(card)}
    accompanied = {where for one in neighbours for where in pairs(one)}
    served = {crisis_type for one in neighbours for crisis_type in one.crisis_types}

    def cells(kind: GapKind) -> list[tuple[CrisisType | None, OrsanPlan | None]]:
        return [(gap.crisis_type, gap.plan) for gap in found if gap.kind is kind]

    def exactly(kind: GapKind, expected: set[Link]) -> None:
        assert sorted(cells(kind)) == sorted(expected)  # type: ignore[type-var]

    exactly(GapKind.LINK_WITHOUT_CARD, set(links - carded))
    exactly(GapKind.CARD_WITHOUT_LINK, carded - links)
    reviewed = {where for card in cards if card.is_reviewed for where in pairs(card)}
    exactly(GapKind.LINK_WITHOUT_REVIEW, (links & carded) - reviewed)
    exactly(GapKind.LINK_WITHOUT_NEIGHBOUR, set(links - accompanied))
    linked = {crisis_type for crisis_type, _plan in links}
    explained = {crisis_type for crisis_type, reason in reasons.items() if reason}
    types = [gap.crisis_type for gap in found if gap.kind is GapKind.TYPE_WITHOUT_PLAN]
    assert types == [one for one in CrisisType if one not in linked | explained]
    types = [gap.crisis_type for gap in found if gap.kind is GapKind.TYPE_WITHOUT_NEIGHBOUR]
    assert types == [one for one in CrisisType if one not in served]
    kinds = [gap.neighbour_kind for gap in found if gap.kind is GapKind.KIND_WITHOUT_NEIGHBOUR]
    assert kinds == [kind for kind in EXPECTED_KINDS if kind not in {one.kind for one in neighbours}]
    for kind, lacking in (
        (GapKind.NEIGHBOUR_WITHOUT_TYPE, [one for one in neighbours if not one.crisis_types]),
        (GapKind.NEIGHBOUR_WITHOUT_CONTACT, [one for one in neighbours if not one.has_contact]),
        (GapKind.NEIGHBOUR_NEVER_SEEN, [one for one in neighbours if not one.is_seen]),
    ):
        assert [gap.neighbour for gap in found if gap.kind is kind] == lacking


@given(LINKS, REASONS, st.booleans())
def test_what_the_section_lacks_of_its_types_is_what_the_gaps_say(
    links: frozenset[Link], reasons: dict[CrisisType, str], has_neighbour: bool
) -> None:
    found = [gap.sentence for gap in gaps(matrix(links, [], [], reasons)) if gap.kind is GapKind.TYPE_WITHOUT_PLAN]
    assert list(lacks(Stance(links, reasons), has_neighbour=has_neighbour)) == [
        *found,
        *([] if has_neighbour else [NO_NEIGHBOUR]),
    ]
    assert lacks(None, has_neighbour=True) == (NOT_CHOSEN,)


@given(LINKS, CARDS, NEIGHBOURS)
def test_every_gap_is_a_french_sentence_with_a_page_where_it_is_filled(
    links: frozenset[Link], cards: list[Card], neighbours: list[Neighbour]
) -> None:
    for gap in gaps(matrix(links, cards, neighbours)):
        assert gap.sentence.endswith(".")
        assert len(gap.sentence) > 10
        assert remedy(gap).endpoint.startswith("cpts.")


def test_a_gap_says_what_and_where() -> None:
    card = Card(3, "Chimique", frozenset({CrisisType.NRC}), frozenset({OrsanPlan.NRC}))
    said = [gap.sentence.replace("\u00a0", " ") for gap in gaps(matrix(PROPOSED.links, [card], [], PROPOSED.reasons))]
    assert "Type 3, agent infectieux émergent : lié à REB, sans fiche action." in said
    assert "Aucun plan bleu recensé." in said
    assert "Type 5, altération de l’offre de soins : aucun plan voisin." in said
    assert not [one for one in said if "Type 4" in one and "fiche action" in one]
    undeclared = [gap.sentence.replace("\u00a0", " ") for gap in gaps(matrix([], [card], []))]
    assert "Type 4, agent nucléaire, radiologique ou chimique : F3 répond à NRC, sans lien déclaré." in undeclared


def test_a_card_without_a_type_covers_none() -> None:
    card = Card(1, "Première heure", frozenset(), frozenset(OrsanPlan))
    assert not any(cell.cards for cell in matrix([], [card], []).cells.values())


def test_what_is_proposed_links_or_explains_every_type() -> None:
    assert {one for one, _plan in PROPOSED.links} | set(PROPOSED.reasons) == set(CrisisType)
    assert (CrisisType.ILL, OrsanPlan.EPI_CLIM) in PROPOSED.links
    assert not PROPOSED_LINKS[CrisisType.CARE_DISRUPTED]
