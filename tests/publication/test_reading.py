"""An annex on screen: found by words, in pages of 50."""

from crisis_plan.document.blocks import Chapter, Column, Heading, Paragraph, Part, Row, Table, plain
from crisis_plan.publication.reading import annex_page


def table(name: str, count: int) -> Table:
    return Table(name, (Column("Nom"),), tuple(Row((f"{name} {rank}",)) for rank in range(count)))


ANNEX = Chapter(
    "annexe",
    "Annuaire",
    (
        Paragraph(plain("Au 22 novembre.")),
        Heading("Mairies"),
        table("Mairie d’Uzès", 30),
        Heading("Personnes"),
        table("Geneviève Béal", 90),
    ),
    Part.ANNEX,
)


def shown(number: int, asked: str = "") -> list[object]:
    return [
        block.text if isinstance(block, Heading) else len(block.rows) if isinstance(block, Table) else "…"
        for block in annex_page(ANNEX, asked=asked, number=number)[0].blocks
    ]


def test_each_line_is_on_one_page_and_only_one() -> None:
    assert shown(1) == ["…", "Mairies", 30, "Personnes", 20]
    assert shown(2) == ["Personnes", 50]
    assert shown(3) == ["Personnes", 20]


def test_beyond_the_last_page_is_the_last_page() -> None:
    page = annex_page(ANNEX, asked="", number=99)[1]
    assert (page.number, page.count, page.total, page.has_next, page.has_previous) == (3, 3, 120, False, True)


def test_words_are_found_in_any_order_and_without_accents() -> None:
    assert annex_page(ANNEX, asked="beal genevieve 7", number=1)[1].total == 18
    assert annex_page(ANNEX, asked="uzes", number=1)[1].total == 30


def test_nothing_found_shows_no_empty_part() -> None:
    assert shown(1, "introuvable") == ["…"]
