"""Where a conversation stands and what may be spoken of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.opinions.rules import OF_A_READER, WAITING, MessageKind, Standing, standing
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
