"""Tables as French Excel writes them."""

from __future__ import annotations

import csv
import io
import tracemalloc
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan import demo
from crisis_plan.imports.sheets import MOST_COLUMNS, MOST_LINES
from crisis_plan.imports.spreadsheet import read
from crisis_plan.web.uploads import UploadRefused

SAMPLES = Path(demo.__file__).parent

cells = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30).map(str.strip)


def test_a_windows_1252_file_with_semicolons_is_read():
    sheet = read((SAMPLES / "partenaires_excel.csv").read_bytes(), "partenaires_excel.csv")
    assert sheet.headings[:3] == ("Nom", "Type", "Catégorie")
    assert [line.number for line in sheet.lines] == list(range(2, 25))
    assert sheet.lines[21].cells["nom"] == "CPTS voisine; Gardonnenque"


def test_a_file_with_a_byte_order_mark_is_read():
    sheet = read((SAMPLES / "stock_excel.csv").read_bytes(), "stock_excel.csv")
    assert sheet.headings[0] == "Désignation"
    assert len(sheet.lines) == 9


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_recognised(delimiter, line_end):
    content = line_end.join((f"Nom{delimiter}Commune", f"Léa{delimiter}Uzès", f'"A{delimiter}B"{delimiter}Aramon'))
    assert [line.raw for line in read(content.encode(), "f.csv").lines] == [
        ("Léa", "Uzès"),
        (f"A{delimiter}B", "Aramon"),
    ]


def test_line_numbers_are_those_of_excel_with_blank_lines_and_cells_on_two_lines():
    content = 'Nom;Note\n\nLéa;"sur\ndeux lignes"\n;\nMax;\n'
    assert [(line.number, line.cells["nom"]) for line in read(content.encode(), "f.csv").lines] == [
        (3, "Léa"),
        (5, "Max"),
    ]


def test_the_separator_line_of_some_spreadsheets_is_no_heading():
    assert read(b"sep=,\r\nNom,Commune\r\nLea,Uzes\r\n", "f.csv").lines[0].number == 2


def test_a_repeated_heading_is_numbered():
    assert read("Nom;Téléphone;Téléphone\nLéa;15;18".encode(), "f.csv").lines[0].cells == {
        "nom": "Léa",
        "telephone": "15",
        "telephone 2": "18",
    }


def test_a_line_with_more_cells_than_headings_says_so():
    lines = read("Nom;Commune\nLéa;Uzès;;\nMax;Uzès;en trop".encode(), "f.csv").lines
    assert [line.overflows for line in lines] == [False, True]


def test_headings_are_compared_without_accents_case_ligatures_or_punctuation():
    assert read("VÉRIFIÉ le :;Cœur\n".encode(), "f.csv").keys == ("verifie le", "coeur")


def test_more_columns_than_a_hundred_are_refused_before_the_lines_are_read():
    titles, line = ";".join(f"T{n}" for n in range(2_000)), ";".join(["1"] * 2_000)
    tracemalloc.start()
    with pytest.raises(UploadRefused, match="Ce fichier a 2000 colonnes, et 100 au plus"):
        read("\n".join([titles, *[line] * 1_000]).encode(), "f.csv")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40_000_000


def test_a_hundred_columns_of_blanks_cost_no_dictionary_a_line():
    titles, blanks = ";".join(f"T{n}" for n in range(MOST_COLUMNS)), ";" * (MOST_COLUMNS - 2)
    content = "\n".join([titles, *[f"a;{blanks}"] * 5_000]).encode()
    tracemalloc.start()
    sheet = read(content, "f.csv")
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(sheet.lines) == 5_000
    assert size < 8_000_000


def test_a_title_of_many_quoted_lines_is_refused_as_too_long():
    with pytest.raises(UploadRefused, match=r"Ligne 1.*trop longue"):
        read(b'Nom;"a\n' + b'b";"c\n' * 400_000, "f.csv")


def test_a_hundred_times_the_same_title_is_numbered():
    headings = read((";".join(["Nom"] * MOST_COLUMNS) + "\na").encode(), "f.csv").headings
    assert (headings[1], headings[99]) == ("Nom 2", "Nom 100")


@pytest.mark.parametrize("row", [b"a" * 131_073, b'"' + b"a" * 131_073 + b'"', b'"a\n' + b"a;b\n" * 40_000])
def test_a_cell_longer_than_any_text_is_refused_in_its_own_words(row):
    with pytest.raises(UploadRefused, match=r"Ligne 2.*une cellule dépasse 131\u202f072 caractères"):
        read(b"Nom\n" + row, "f.csv")


def test_a_title_longer_than_any_text_is_refused_in_its_own_words():
    with pytest.raises(UploadRefused, match=r"Ligne 1.*une cellule dépasse"):
        read(b"N" * 131_073 + b";Commune\na;b", "f.csv")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"  \r\n ", "vide"),
        (b"\xef\xbb\xbf\r\n", "aucune ligne"),
        (b"PK\x03\x04\x14\x00", "pas arrivé entier"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "classeur"),
        (b"Nom;Commune\nL\x00a;Uz", "tableau de texte"),
        ("Nom;Commune".encode("utf-16"), "tableau de texte"),
        (b"%PDF-1.7\n\x01\x02", "illisibles"),
        (b"\x81\x8d\x8f;\x90", "illisibles"),
        (b"0465710000;lea@exemple.fr\n", "titres des colonnes"),
        (b"12;34\n", "titres des colonnes"),
        (b'Nom;Commune\nL\xc3\xa9a;Uzes\n"Max;Uzes\n', "Ligne 3"),
        (b"Nom\n" + b"a\n" * (MOST_LINES + 1), "dépasse"),
        (b"Nom\n" + b"a" * (10 * 1024 * 1024), "dépasse 10"),
        (b"Nom\n" + b"a" * 200_000, "Ligne 2"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content, said):
    with pytest.raises(UploadRefused, match=said):
        read(content, "f.csv")


@given(st.lists(st.lists(cells, min_size=2, max_size=4), max_size=8))
def test_what_a_spreadsheet_writes_is_read_back(table):
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows([["Nom", "Commune", "Note", "Fin"], *table])
    sheet = read(written.getvalue().encode("utf-8-sig"), "f.csv")
    assert [[*line.raw] for line in sheet.lines] == [[*row, *[""] * (4 - len(row))] for row in table if any(row)]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_but_never_crash(content):
    with suppress(UploadRefused):
        read(content, "f.csv")
