"""Two versions as one document: both can be told again from it, and nothing restricted comes out of it."""

import json
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisis_plan.document.blocks import (
    Block,
    BulletList,
    Chapter,
    CheckItem,
    CheckList,
    Column,
    Document,
    Edition,
    Fact,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Part,
    Row,
    Span,
    Table,
    plain,
)
from crisis_plan.document.comparison import after_of, before_of, compared, consolidated
from crisis_plan.document.editions import for_edition
from crisis_plan.document.revisions import Revision
from crisis_plan.document.sections import lines
from crisis_plan.document.serial import canonical_bytes, from_json, to_json
from tests.document.altered import altered
from tests.document.documents import chapter, contacts, document, paragraph, plan
from tests.document.strategies import documents

ADDED, REMOVED, KEPT = Revision.ADDED, Revision.REMOVED, Revision.KEPT
chances = st.randoms(use_true_random=False)


def both(old: Block, new: Block) -> tuple[Block, ...]:
    """What the page of one chapter holds when this became that."""
    plans = (document(chapter("Anticipation", block)) for block in (old, new))
    return consolidated(*plans).chapters[0].blocks


def woven(old: str, new: str) -> list[tuple[str, Revision]]:
    (block,) = both(paragraph(old), paragraph(new))
    assert isinstance(block, Paragraph)
    return [(span.text, span.mark) for span in block.text]


@settings(max_examples=120, deadline=None)
@given(documents, chances)
def test_what_was_and_what_is_are_told_again_exactly(before: Document, chance: Random) -> None:
    after = altered(before, chance)
    told = consolidated(before, after)
    assert before_of(told) == compared(before)
    assert after_of(told) == compared(after)


@settings(max_examples=60, deadline=None)
@given(documents, documents)
def test_even_of_two_documents_that_have_nothing_in_common(before: Document, after: Document) -> None:
    told = consolidated(before, after)
    assert (before_of(told), after_of(told)) == (compared(before), compared(after))


@settings(max_examples=60, deadline=None)
@given(documents)
def test_a_document_and_itself_have_no_mark(same: Document) -> None:
    assert replace(consolidated(same, same), formerly=None) == compared(same)


@settings(max_examples=60, deadline=None)
@given(documents, chances)
def test_a_consolidated_document_comes_back_equal_from_its_json(before: Document, chance: Random) -> None:
    told = consolidated(before, altered(before, chance))
    assert from_json(json.loads(json.dumps(to_json(told)))) == told


@settings(max_examples=80, deadline=None)
@given(documents, chances)
def test_the_public_edition_says_nothing_that_neither_public_edition_says(before: Document, chance: Random) -> None:
    after = altered(before, chance)
    shown = for_edition(consolidated(before, after), Edition.PUBLIC)
    for told, version in ((before_of(shown), before), (after_of(shown), after)):
        assert said(told) == said(for_edition(compared(version), Edition.PUBLIC))


def said(told: Document) -> list[str]:
    """Every line with words, of the cover too."""
    found = lines([told.cover, *(block for one in told.chapters for block in one.blocks)])
    return [line for line in found if line.strip(" ·–\xa0:")]


def test_a_plan_that_compares_nothing_stores_no_mark() -> None:
    assert b'"mark"' not in canonical_bytes(plan(40))
    assert b'"formerly"' not in canonical_bytes(plan(40))


def test_words_are_woven_into_the_sentence_that_they_change() -> None:
    assert woven("Appeler le CHU avant 8 h.", "Appeler la clinique avant 8 h.") == [
        ("Appeler ", KEPT),
        ("le CHU", REMOVED),
        ("la clinique", ADDED),
        (" avant 8 h.", KEPT),
    ]


def test_a_telephone_is_one_word() -> None:
    assert woven("Joindre le 06 12 34 56 78 la nuit", "Joindre le 06 12 34 56 79 la nuit") == [
        ("Joindre le ", KEPT),
        ("06 12 34 56 78", REMOVED),
        ("06 12 34 56 79", ADDED),
        (" la nuit", KEPT),
    ]


def test_two_sentences_without_a_word_in_common_are_not_woven() -> None:
    blocks = both(paragraph("Le feu prend."), paragraph("La rivière monte vite"))
    assert [(block.mark, *lines((block,))) for block in blocks] == [
        (REMOVED, "Le feu prend."),
        (ADDED, "La rivière monte vite"),
    ]


def test_a_paragraph_slipped_before_a_reworded_one_is_not_taken_for_it() -> None:
    old = chapter("Anticipation", paragraph("Les soins à domicile sont maintenus chaque jour."))
    new = chapter(
        "Anticipation", paragraph("Le feu prend."), paragraph("Les soins à domicile sont maintenus chaque nuit.")
    )
    first, second = consolidated(document(old), document(new)).chapters[0].blocks
    assert (first.mark, second.mark) == (ADDED, KEPT)


def test_rows_are_added_removed_or_changed_where_they_stand() -> None:
    columns = (Column("Nom"), Column("Téléphone"))
    old = Table("Contacts", columns, (Row(("Abel", "15"), "1"), Row(("Béa", "18"), "2"), Row(("Cléo", "112"), "3")))
    new = Table("Contacts", columns, (Row(("Abel", "17"), "1"), Row(("Dan", "114"), "4"), Row(("Cléo", "112"), "3")))
    (table,) = both(old, new)
    assert isinstance(table, Table)
    assert [row.mark for row in table.rows] == [KEPT, REMOVED, ADDED, KEPT]
    assert table.rows[0].cells == ("Abel", (Span("15", mark=REMOVED), Span("17", mark=ADDED)))
    assert table.rows[3] == new.rows[2]


def test_a_row_that_moved_is_compared_with_itself() -> None:
    columns = (Column("Nom"), Column("Téléphone"))
    old = Table("", columns, (Row(("Abel", "15"), "1"), Row(("Béa", "18"), "2"), Row(("Cléo", "112"), "3")))
    new = Table("", columns, (Row(("Béa", "18"), "2"), Row(("Cléo", "112"), "3"), Row(("Zabel", "15"), "1")))
    (table,) = both(old, new)
    assert isinstance(table, Table)
    assert [row.mark for row in table.rows] == [Revision.MOVED_AWAY, KEPT, KEPT, Revision.MOVED_HERE]
    assert table.rows[3].cells == ((Span("Abel", mark=REMOVED), Span("Zabel", mark=ADDED)), "15")


def test_a_column_that_came_leaves_an_empty_cell_in_the_rows_that_are_gone() -> None:
    old = Table("", (Column("Nom"),), (Row(("Abel",)), Row(("Béa",))))
    new = Table("", (Column("Nom"), Column("Ville")), (Row(("Béa", "Uzès")),))
    (table,) = both(old, new)
    assert isinstance(table, Table)
    assert [column.mark for column in table.columns] == [KEPT, ADDED]
    assert [(row.cells, row.mark) for row in table.rows] == [(("Abel", ""), REMOVED), (("Béa", "Uzès"), KEPT)]


def test_a_caption_that_counts_does_not_make_another_table() -> None:
    old, new = (replace(contacts(3), caption=f"Contacts ({count})") for count in (3, 4))
    (table,) = both(old, new)
    assert isinstance(table, Table)
    assert table.formerly == replace(old, columns=(), rows=())


def test_facts_lists_steps_and_notices_are_compared_inside() -> None:
    (facts,) = both(Facts((Fact("Lieu", "Mairie d’Uzès"),)), Facts((Fact("Lieu", "Salle d’Uzès"),)))
    (steps,) = both(
        CheckList((CheckItem(plain("Ouvrir le journal de crise."), "T+5 min"),)),
        CheckList((CheckItem(plain("Ouvrir le journal de bord."), "T+5 min"), CheckItem(plain("Aérer.")))),
    )
    (notice,) = both(Notice(plain("Appeler le 15 sans tarder")), Notice(plain("Appeler le 18 sans tarder")))
    (items,) = both(
        BulletList(((paragraph("un"),), (paragraph("deux"),))),
        BulletList(((paragraph("un"),), (paragraph("deux"),), (paragraph("trois"),))),
    )
    assert isinstance(facts, Facts)
    assert isinstance(steps, CheckList)
    assert isinstance(notice, Notice)
    assert isinstance(items, BulletList)
    assert [span.mark for span in facts.facts[0].value] == [REMOVED, ADDED, KEPT]  # type: ignore[union-attr]
    assert [item.mark for item in steps.items] == [KEPT, ADDED]
    assert [span.text for span in notice.text if span.mark] == ["15", "18"]
    assert [item[0].mark for item in items.items] == [KEPT, KEPT, ADDED]


def test_chapters_come_go_move_and_change_their_name() -> None:
    old = document(chapter("Stock"), chapter("Cellule", paragraph("Cinq fonctions.")), chapter("Risques"))
    new = document(
        chapter("Cellule de crise", paragraph("Six fonctions."), key="cellule"), chapter("Stock"), chapter("Écoles")
    )
    told = consolidated(old, new).chapters
    assert [(one.key, one.mark) for one in told] == [
        ("stock", Revision.MOVED_AWAY),
        ("cellule", KEPT),
        ("risques", REMOVED),
        ("stock", Revision.MOVED_HERE),
        ("écoles", ADDED),
    ]
    assert told[1].formerly is not None
    assert told[1].formerly.title == "Cellule"


def test_the_change_list_of_each_version_is_not_compared() -> None:
    told = consolidated(plan(), plan())
    assert not [one for one in told.chapters if one.part is Part.CHANGES]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (Paragraph((Span("La clé sous le pot", restricted=True),)), paragraph("La boîte sous le pot")),
        (paragraph("Sous le pot"), Paragraph((Span("Sous le pot"), Span(" de la clé", restricted=True)))),
        (Facts((Fact("Clé", "sous le pot de la clé", restricted=True),)), Facts((Fact("Clé", "à demander"),))),
        (
            Table("A", (Column("Nom"), Column("Mobile", restricted=True)), (Row(("Abel", "clé"), "1"),)),
            Table("A", (Column("Nom"), Column("Mobile")), (Row(("Abel", "15"), "1"),)),
        ),
        (
            Table("A", (Column("Nom"),), (Row(("clé",), "1", restricted=True),)),
            Table("A", (Column("Nom"),), (Row(("Abel",), "1"),)),
        ),
        (CheckList((CheckItem(plain("Prendre la clé"), restricted=True),)), CheckList((CheckItem(plain("Aérer")),))),
        (Heading("Où est la clé", anchor="a", restricted=True), Heading("Accès", anchor="a")),
    ],
)
def test_what_was_restricted_stays_so_when_it_is_gone(old: Block, new: Block) -> None:
    shown = for_edition(consolidated(document(chapter("A", old)), document(chapter("A", new))), Edition.PUBLIC)
    written = canonical_bytes(shown).decode()
    assert "clé" in canonical_bytes(consolidated(document(chapter("A", old)), document(chapter("A", new)))).decode()
    assert "clé" not in written


def test_the_older_cover_keeps_its_secrets() -> None:
    old = document(cover=Facts((Fact("Clé", "sous le pot", restricted=True),)))
    shown = for_edition(consolidated(old, document()), Edition.PUBLIC)
    assert "sous le pot" not in canonical_bytes(shown).decode()


def test_a_card_that_moves_from_a_restricted_chapter_is_two_chapters() -> None:
    old, new = (document(Chapter("a", "A", (paragraph("clé"),), restricted=hidden)) for hidden in (True, False))
    assert [one.mark for one in consolidated(old, new).chapters] == [REMOVED, ADDED]
