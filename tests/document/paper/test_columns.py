"""Widths follow the weights, then what the words need."""

from crisis_plan.document.blocks import Column, Row, Table
from crisis_plan.document.paper.columns import GUTTER, widths
from crisis_plan.document.paper.fonts import faces, width
from crisis_plan.document.paper.styles import styles

LOOKS = styles()


def widths_of(table: Table, available: float = 400) -> list[float]:
    faces()
    return widths(table, available, LOOKS.column, LOOKS.cell)


def test_columns_fill_what_is_available() -> None:
    table = Table(
        "", (Column("A"), Column("B", 3), Column("C")), (Row(("mot " * 30, "x", "Anticonstitutionnellement")),)
    )
    assert abs(sum(widths_of(table)) + 2 * GUTTER - 400) < 0.1


def test_words_that_fit_leave_the_weights_alone() -> None:
    one, two = widths_of(Table("", (Column("A"), Column("B", 2)), (Row(("x", "y")),)))
    assert abs(two - 2 * one) < 0.1


def test_a_column_is_as_wide_as_its_longest_word() -> None:
    word = "pluriprofessionnelle"
    first, _ = widths_of(Table("", (Column("A", 0.1), Column("B", 9)), (Row((word, "mot " * 99)),)))
    assert first >= width(word, LOOKS.cell.face(), LOOKS.cell.size) - 0.1


def test_one_very_long_name_among_hundreds_does_not_narrow_the_others() -> None:
    def rows(first: str) -> tuple[Row, ...]:
        return (Row((first, "Sage-femme")), *(Row(("Martin", "Sage-femme")) for _ in range(300)))

    columns = (Column("Nom"), Column("Profession"))
    assert widths_of(Table("", columns, rows("Martin " * 30))) == widths_of(Table("", columns, rows("Martin")))


def test_columns_without_weight_share_alike() -> None:
    one, two = widths_of(Table("", (Column("A", 0), Column("B", 0)), ()))
    assert one == two
