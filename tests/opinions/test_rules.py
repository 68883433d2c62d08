"""Where a conversation stands, what may be spoken of, and what looks like a patient."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.opinions.rules import OF_A_READER, WAITING, MessageKind, Standing, looks_like_nir, standing
from crisis_plan.opinions.sections import WHOLE_PLAN, FrozenSection, section_of, sections
from crisis_plan.organisations.models import Cpts
from tests.opinions.factories import document

KINDS = st.lists(st.sampled_from(MessageKind), min_size=1)


@given(before=st.lists(st.sampled_from(MessageKind)), last=st.sampled_from(MessageKind))
def test_the_last_word_alone_says_where_a_conversation_stands(before: list[MessageKind], last: MessageKind) -> None:
    assert standing([*before, last]) is standing([last])


@given(KINDS)
def test_a_conversation_waits_exactly_when_its_last_word_asks_for_one(kinds: list[MessageKind]) -> None:
    assert (standing(kinds) is Standing.OPEN) == (kinds[-1] in WAITING)
    assert (standing(kinds) is Standing.ANSWERED) == (kinds[-1] is MessageKind.ANSWER)
    assert (standing(kinds) is Standing.AGREED) == (kinds[-1] is MessageKind.AGREED)


@given(KINDS)
def test_whatever_was_said_an_answer_ends_the_waiting_and_a_question_begins_it_again(
    kinds: list[MessageKind],
) -> None:
    assert standing([*kinds, MessageKind.ANSWER]) is Standing.ANSWERED
    assert standing([*kinds, MessageKind.ANSWER, MessageKind.QUESTION]) is Standing.OPEN


def test_a_reader_says_everything_but_the_answer_of_the_cpts() -> None:
    assert set(MessageKind) - set(OF_A_READER) == {MessageKind.ANSWER}


def test_the_sections_are_those_that_the_version_froze(cpts: Cpts) -> None:
    found = sections(document(cpts))
    assert found == (
        WHOLE_PLAN,
        FrozenSection("circuits", "Circuits de prise en charge", "Adaptation"),
        FrozenSection("orsan", "Articulation avec le dispositif ORSAN", "Adaptation"),
        FrozenSection("reponse", "Réponses et fiches actions", "Adaptation"),
    )
    assert section_of(found, "") is WHOLE_PLAN
    assert section_of(found, "inconnue") is None


@pytest.mark.parametrize(
    "text",
    [
        "2 84 05 30 123 456 78",
        "Le patient 284053012345678 habite Uzès.",
        "1.99.12.2A.004.117.35",
        "1\u00a070\u00a006\u00a02b\u00a0033\u00a0018\u00a042",
    ],
)
def test_what_looks_like_a_social_security_number(text: str) -> None:
    assert looks_like_nir(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SIRET 123 456 782 00010",
        "Appelez le 04 65 71 00 00 ou le 06 39 98 00 01.",
        "FINESS 300780038 et RPPS 10003456789",
        "Le 12/11/2026 à 10:00, 105 452 habitants",
        "99284053012345678",
    ],
)
def test_what_does_not(text: str) -> None:
    assert not looks_like_nir(text)


@given(st.text(alphabet=st.characters(exclude_categories=["N"])))
def test_a_text_without_a_figure_never_looks_like_one(text: str) -> None:
    assert not looks_like_nir(text)
