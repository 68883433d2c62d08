"""What an ARS officer reads about what changed."""

from dataclasses import replace

from crisis_plan.document.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Document,
    Edition,
    Fact,
    Facts,
    Heading,
    Notice,
    Part,
    Row,
    Span,
    Table,
    Tone,
    plain,
    words,
)
from crisis_plan.document.changes import ChangeKind, changes, summary_chapter
from crisis_plan.document.editions import for_edition
from tests.document.documents import chapter, contacts, document, paragraph


def sentences(before: Document, after: Document) -> list[str]:
    return [change.sentence for change in changes(before, after)]


def directory(*rows: Row, caption: str = "Contacts") -> Document:
    columns = (Column("Nom"), Column("Commune"), Column("Téléphone", restricted=True))
    return document(chapter("Annuaire", Table(caption, columns, rows), part=Part.ANNEX))


MARTIN = Row(("Martin", "Ganges", "06 11"), key="1")
FAURE = Row(("Faure", "Sauve", "06 22"), key="2")


def test_a_first_version_has_no_changes() -> None:
    assert changes(None, directory(MARTIN)) == ()


def test_the_same_document_has_no_changes() -> None:
    assert changes(directory(MARTIN), directory(MARTIN)) == ()


def test_a_text_that_changed_is_named_by_its_chapter_and_heading() -> None:
    before = document(
        chapter("Pilotage", Heading("Alerte"), paragraph("Avant."), Heading("Journal"), paragraph("Pareil."))
    )
    after = document(
        chapter("Pilotage", Heading("Alerte"), paragraph("Après."), Heading("Journal"), paragraph("Pareil."))
    )
    (change,) = changes(before, after)
    assert (change.kind, change.place, change.heading, change.sentence) == (
        ChangeKind.CHANGED, "Pilotage", "Alerte", "Texte modifié.",
    )  # fmt: skip
    assert (change.before, change.after) == (("Avant.",), ("Après.",))


def test_a_section_may_come_and_go() -> None:
    with_it = document(chapter("Pilotage", Heading("Alerte"), paragraph("a"), Heading("Journal"), paragraph("b")))
    without = document(chapter("Pilotage", Heading("Alerte"), paragraph("a")))
    assert sentences(without, with_it) == ["Rubrique ajoutée."]
    assert sentences(with_it, without) == ["Rubrique retirée."]


def test_a_chapter_may_come_and_go() -> None:
    one, two = chapter("Pilotage", paragraph("a")), chapter("Stock", Heading("x"), paragraph("b"))
    assert sentences(document(one), document(one, two)) == ["Chapitre ajouté."]
    assert sentences(document(one, two), document(one)) == ["Chapitre retiré."]


def test_few_rows_are_named() -> None:
    assert sentences(directory(), directory(MARTIN, FAURE)) == [
        "Contacts\u00a0: 2 lignes ajoutées\u00a0: Martin, Faure."
    ]
    assert sentences(directory(MARTIN), directory()) == ["Contacts\u00a0: 1 ligne retirée\u00a0: Martin."]


def test_seven_hundred_rows_are_counted() -> None:
    before, after = document(chapter("Annuaire", contacts(22))), document(chapter("Annuaire", contacts(1724)))
    assert sentences(before, after) == ["Contacts\u00a0: 1\u202f702 lignes ajoutées."]


def test_a_row_is_the_same_row_when_it_moves_and_when_its_name_changes() -> None:
    renamed = replace(MARTIN, cells=("Martin-Roux", "Ganges", "06 11"))
    assert sentences(directory(MARTIN, FAURE), directory(FAURE, renamed)) == [
        "Contacts\u00a0: 1 ligne modifiée\u00a0: Martin-Roux (nom)."
    ]


def test_rows_that_share_a_name_are_counted_apart() -> None:
    twin = Row(("Martin", "Ganges", ""))
    assert sentences(directory(twin), directory(twin, twin)) == ["Contacts\u00a0: 1 ligne ajoutée\u00a0: Martin."]


def test_a_fact_that_changed_is_named() -> None:
    before = document(chapter("Pilotage", Facts((Fact("Lieu", "Mairie"),))))
    after = document(chapter("Pilotage", Facts((Fact("Lieu", "Salle"), Fact("Repli", "École")))))
    assert sentences(before, after) == [
        "«\u00a0Lieu\u00a0»\u00a0: Salle au lieu de Mairie.",
        "«\u00a0Repli\u00a0»\u00a0: ajouté.",
    ]


def test_a_value_that_is_long_or_not_for_everyone_is_not_said() -> None:
    def with_place(value: Cell) -> Document:
        return document(chapter("Pilotage", Facts((Fact("Lieu", value),))))

    assert sentences(with_place("a" * 70), with_place("b" * 70)) == ["«\u00a0Lieu\u00a0»\u00a0: modifié."]
    secret = (Span("Salle"), Span(", code 1234", restricted=True))
    assert sentences(with_place("Salle"), with_place(secret)) == ["«\u00a0Lieu\u00a0»\u00a0: modifié."]


def test_a_column_that_changes_by_mere_upkeep_is_passed_over() -> None:
    columns = (Column("Nom"), Column("Vérifié le", passing=True))

    def verified(day: str) -> Document:
        return document(chapter("Annuaire", Table("Contacts", columns, (Row(("Roux", day)),))))

    assert sentences(verified("01/01/2026"), verified("02/02/2026")) == []


def test_a_column_that_comes_is_told() -> None:
    before = document(chapter("Stock", Table("Matériel", (Column("Article"),), (Row(("Gants",)),))))
    after = document(
        chapter("Stock", Table("Matériel", (Column("Article"), Column("Lieu")), (Row(("Gants", "Vigan")),)))
    )
    assert "Matériel\u00a0: colonnes modifiées." in sentences(before, after)


def test_what_only_the_restricted_edition_shows_is_not_told_to_the_public() -> None:
    moved = replace(MARTIN, cells=("Martin", "Ganges", "06 99"))
    secret = Row(("Code du portail", "", "4712"), key="9", restricted=True)
    found = changes(directory(MARTIN), directory(moved, secret, FAURE))
    assert {change.sentence: change.restricted for change in found} == {
        "Contacts\u00a0: 1 ligne ajoutée\u00a0: Faure.": False,
        "Contacts\u00a0: 1 ligne ajoutée\u00a0: Code du portail.": True,
        "Contacts\u00a0: 1 ligne modifiée\u00a0: Martin (téléphone).": True,
    }
    printed = for_edition(document(summary_chapter(found, since="1")), Edition.PUBLIC)
    assert rows_of(printed.chapters[0]) == ["Contacts\u00a0: 1 ligne ajoutée\u00a0: Faure."]


def rows_of(summary: Chapter) -> list[str]:
    table = summary.blocks[-1]
    assert isinstance(table, Table)
    return [words(row.cells[-1]) for row in table.rows]


def test_the_first_version_says_so() -> None:
    assert summary_chapter((), since=None).blocks == (paragraph("Première version publiée."),)


def test_a_version_that_changes_nothing_says_so() -> None:
    assert summary_chapter((), since="version 2").blocks == (paragraph("Aucune modification depuis la version 2."),)


def test_the_change_list_is_not_itself_a_change() -> None:
    one = chapter("Pilotage", paragraph("a"))
    assert changes(document(one), document(summary_chapter((), since="1"), one)) == ()


def test_an_acronym_keeps_its_capitals_inside_a_sentence() -> None:
    def listed(*cells: str) -> Document:
        columns = (Column("Nom"), Column("RPPS"), Column("Téléphones"))
        return document(chapter("Annuaire", Table("Contacts", columns, (Row(("Martin", *cells), key="1"),))))

    (said,) = sentences(listed("1", "15"), listed("2", "18"))
    assert said.endswith("(RPPS, téléphones).")


def test_a_change_says_which_section_and_which_rows_it_is_about() -> None:
    moved = replace(FAURE, cells=("Faure", "Ganges", "06 33"))
    lost = Row(("Roux", "Uzès", ""), key="3")
    after = directory(MARTIN, moved)
    found = changes(directory(FAURE, lost), after)
    assert {(one.chapter_key, one.anchor) for one in found} == {(after.chapters[0].key, "")}
    assert {(row.key, row.kind, row.headings) for one in found for row in one.rows} == {
        ("1", ChangeKind.ADDED, ()),
        ("3", ChangeKind.REMOVED, ()),
        ("2", ChangeKind.CHANGED, ("Commune", "Téléphone")),
    }


def test_the_anchor_of_a_heading_identifies_its_section() -> None:
    def written(text: str) -> Document:
        return document(chapter("Pilotage", Heading("Alerte", anchor="alerte"), paragraph(text)))

    (change,) = changes(written("Avant."), written("Après."))
    assert (change.anchor, change.is_passing) == ("alerte", False)


def test_what_comes_with_its_whole_section_or_chapter_is_among_the_rows() -> None:
    table = Table("Lieux", (Column("Lieu"),), (Row(("Salle",), key="7"),))
    alone = chapter("Pilotage", paragraph("a"))
    (section,) = changes(document(alone), document(replace(alone, blocks=(*alone.blocks, Heading("Lieux"), table))))
    (whole,) = changes(document(alone), document(alone, chapter("Lieux", table)))
    for change in (section, whole):
        assert [(row.key, row.kind) for row in change.rows] == [("7", ChangeKind.ADDED)]


def test_a_fact_that_changes_by_mere_upkeep_is_passed_over_even_before_it_was_marked() -> None:
    def told(value: str, *, passing: bool) -> Document:
        return document(chapter("Annuaire", Facts((Fact("Vérifiés", value, passing=passing),))))

    assert sentences(told("10 %", passing=True), told("20 %", passing=True)) == []
    assert sentences(told("10 %", passing=False), told("20 %", passing=True)) == []
    assert sentences(told("10 %", passing=False), told("20 %", passing=False)) != []


def test_a_warning_that_comes_alone_is_passing_and_what_people_write_is_not() -> None:
    def told(*blocks: Block) -> Document:
        return document(chapter("Adaptation", paragraph("Nos lieux."), *blocks))

    warned = Notice(plain("2 lieux sont à vérifier."), Tone.WARNING)
    waived = Notice(plain("Aucun lieu."), title="Sans objet")
    assert [one.is_passing for one in changes(told(), told(warned))] == [True]
    assert sentences(told(), told(warned)) == ["Avertissement ajouté."]
    assert sentences(told(warned), told()) == ["Avertissement retiré."]
    assert [one.is_passing for one in changes(told(), told(waived))] == [False]
    assert [one.is_passing for one in changes(told(), told(warned, paragraph("Et un gymnase.")))] == [False]


def test_a_chapter_that_is_called_otherwise_is_a_change() -> None:
    before, after = document(chapter("Plan blanc", key="fiche-1")), document(chapter("Canicule", key="fiche-1"))
    (change,) = changes(before, after)
    assert (change.sentence, change.place, change.chapter_key) == ("Titre modifié.", "Canicule", "fiche-1")
    assert (change.before, change.after, change.restricted) == (("Plan blanc",), ("Canicule",), False)
    assert [one.sentence for one in changes(after, after)] == []


def test_the_title_of_a_restricted_chapter_is_for_its_readers() -> None:
    before, after = (document(chapter(title, key="a", restricted=True)) for title in ("Clés", "Clés et codes"))
    assert [(one.sentence, one.restricted) for one in changes(before, after)] == [("Titre modifié.", True)]


def test_a_chapter_that_enters_or_leaves_the_public_edition_says_so_and_no_more() -> None:
    told = Facts((Fact("Code", "1234"),)), Facts((Fact("Code", "5678"),))
    public = document(chapter("Lieux", told[0], key="lieux"))
    hidden = document(chapter("Lieux et codes", told[1], key="lieux", restricted=True))
    gone, back = changes(public, hidden), changes(hidden, public)
    assert (gone[0].sentence, gone[0].place) == ("Chapitre désormais réservé à l’édition restreinte.", "Lieux")
    assert (back[0].sentence, back[0].place) == ("Chapitre désormais dans l’édition publique aussi.", "Lieux")
    for found in (gone, back):
        assert not found[0].restricted
        assert len(found) > 1
        assert all(one.restricted for one in found[1:])


def test_a_heading_worded_otherwise_in_the_same_place_is_a_change() -> None:
    before, after = (
        document(chapter("Fiche", Heading(said, anchor="ensuite"), paragraph("Pareil.")))
        for said in ("Ensuite, par\u00a0: le pilote", "Ensuite, par\u00a0: le secrétariat")
    )
    (change,) = changes(before, after)
    assert (change.sentence, change.anchor) == ("Intitulé modifié.", "ensuite")
    assert change.heading == "Ensuite, par\u00a0: le secrétariat"


def covered(*facts: Fact, **fields: object) -> Document:
    return document(cover=Facts(facts), **fields)


def test_what_the_cover_says_is_compared_as_a_chapter() -> None:
    before, after = covered(Fact("Président", "Ali Martin")), covered(Fact("Président", "Zoé Faure"))
    (change,) = changes(before, after)
    assert (change.place, change.chapter_key) == ("Couverture", "couverture")
    assert change.sentence == "«\u00a0Président\u00a0»\u00a0: Zoé Faure au lieu de Ali Martin."
    assert not change.restricted


def test_a_fact_of_the_cover_that_is_not_for_everyone_is_not_said_to_everyone() -> None:
    before, after = (covered(Fact("Astreinte", said, restricted=True)) for said in ("06 11", "06 22"))
    (change,) = changes(before, after)
    assert (change.sentence, change.restricted) == ("«\u00a0Astreinte\u00a0»\u00a0: modifié.", True)


def test_what_the_cover_says_by_mere_upkeep_or_of_its_own_version_is_passed_over() -> None:
    frozen_first = covered(Fact("Contacts vérifiés depuis moins de 12 mois", "55 %"), author="Hélène Faure")
    since = covered(
        Fact("Contacts vérifiés depuis moins de 12 mois", "70 %", passing=True),
        version="Version 4",
        author="Ali Martin",
    )
    assert changes(frozen_first, since) == ()
    assert changes(frozen_first, covered(Fact("Contacts vérifiés depuis moins de 12 mois", "56 %"))) == ()
