"""Lines fit, and no word is lost on the way."""

from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.document.blocks import Span
from crisis_plan.document.paper.fonts import faces
from crisis_plan.document.paper.lines import Line, broken
from crisis_plan.document.paper.styles import Style

STYLE = Style(10, 14)


def said(lines: list[Line]) -> list[str]:
    return ["".join(piece.text for piece in line.pieces) for line in lines]


def setup_module() -> None:
    faces()


@given(st.text("abc -/@.é1’", max_size=200), st.floats(15, 200))
def test_no_line_is_wider_than_its_column_and_no_letter_is_lost(text: str, width: float) -> None:
    lines = broken(text, STYLE, width)
    assert all(line.width <= width + 0.02 for line in lines)
    assert "".join("".join(said(lines)).split()) == "".join(text.split())


def test_a_telephone_stays_on_one_line() -> None:
    assert said(broken("appeler le 06 12 34 56 78", STYLE, 90)) == ["appeler le", "06 12 34 56 78"]


def test_a_hyphenated_word_may_be_cut_at_its_hyphen() -> None:
    assert said(broken("Saint-Hippolyte-du-Fort", STYLE, 80)) == ["Saint-Hippolyte-", "du-Fort"]


def test_an_email_is_cut_after_its_at_sign() -> None:
    assert said(broken("jean-baptiste.martin@sante-cevennes.fr", STYLE, 120))[0] == "jean-baptiste.martin@"


def test_a_word_that_changes_look_in_its_middle_stays_whole() -> None:
    text = (Span("dans l’"), Span("eau", bold=True))
    assert said(broken(text, STYLE, 40)) == ["dans", "l’eau"]


def test_a_line_end_that_was_typed_is_kept() -> None:
    assert said(broken("a\n\nb", STYLE, 90)) == ["a", "", "b"]
