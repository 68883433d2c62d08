"""Excel workbooks, as people send them and as nobody should."""

from __future__ import annotations

import io
import os
import time as stopwatch
import zipfile
from contextlib import suppress
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from crisis_plan.imports.sheets import MOST_COLUMNS, MOST_LINES
from crisis_plan.imports.spreadsheet import read
from crisis_plan.imports.weighing import MOST_PARTS
from crisis_plan.web.downloads import xlsx_file
from crisis_plan.web.uploads import MEGABYTE, UploadRefused

words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)


def xlsx(*rows: list[object], before: str = "") -> bytes:
    """A workbook of these rows; `before` is the name of an empty sheet that comes first."""
    made = Workbook()
    sheet = made.active
    if before:
        sheet.title = before
        sheet = made.create_sheet("Contacts")
    for row in rows:
        sheet.append(row)
    return saved(made)


def saved(made: Workbook) -> bytes:
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def zipped(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return content.getvalue()


def test_values_are_read_as_a_french_reader_sees_them():
    content = xlsx(
        ["Nom", "Téléphone", "Quantité", "Vérifié le", "Heure", "Prix", "Actif"],
        ["Léa", 465710000, 1200.0, datetime(2027, 12, 31), time(8, 30), 12.5, True],
    )
    assert read(content, "f.xlsx").lines[0].raw == (
        *("Léa", "465710000", "1200", "31/12/2027", "08:30", "12,5", "oui"),
    )


def test_a_date_without_its_day_is_a_month_and_a_format_of_zeros_is_kept():
    made = Workbook()
    made.active.append(["Article", "Péremption", "Code postal"])
    made.active.append(["Gants", date(2030, 1, 1), 1000])
    made.active["B2"].number_format = "[$-40C]mmm\\-yy"
    made.active["C2"].number_format = "00000"
    assert read(saved(made), "f.xlsx").lines[0].raw == ("Gants", "01/2030", "01000")


def test_the_first_sheet_that_holds_something_is_read_and_named():
    sheet = read(xlsx(["Nom"], ["Léa"], before="Vide"), "f.xlsx")
    assert (sheet.name, sheet.others, sheet.headings) == ("Contacts", 0, ("Nom",))


def test_other_sheets_that_hold_something_are_counted():
    made = Workbook()
    made.active.append(["Nom"])
    made.create_sheet("Autre").append(["Nom"])
    assert read(saved(made), "f.xlsx").others == 1


def test_lines_are_numbered_as_excel_does_and_blank_ones_are_left_out():
    made = Workbook()
    made.active["A1"], made.active["B1"], made.active["A4"], made.active["D9"] = "Nom", "Commune", "Léa", "trop"
    lines = read(saved(made), "f.xlsx").lines
    assert [(line.number, line.raw, line.overflows) for line in lines] == [
        (4, ("Léa", ""), False),
        (9, ("", ""), True),
    ]


def test_a_formula_gives_the_result_that_excel_kept_and_else_its_cell_is_refused_not_its_line():
    content = xlsx(["Nom", "Commune"], ["Léa", "=1+1"], ["Max", '=HYPERLINK("http://exemple.fr")'])
    kept = rewritten(content, b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    first, second = read(kept, "f.xlsx").lines
    assert (first.raw, first.unread) == (("Léa", "2"), ())
    assert second.raw == ("Max", "")
    assert second.unread == (
        "Cellule « Commune » laissée vide : elle contient une formule dont le résultat n’est pas enregistré.",
    )


def test_a_calculation_that_failed_is_no_value():
    made = Workbook()
    made.active.append(["Nom", "Commune"])
    made.active.append(["Léa", "#REF!"])
    made.active["B2"].data_type = "e"
    (line,) = read(saved(made), "f.xlsx").lines
    assert line.raw == ("Léa", "")
    assert "erreur de calcul" in line.unread[0]


def rewritten(content: bytes, old: bytes, new: bytes) -> bytes:
    """The same workbook, its sheet corrected."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            text = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                assert old in text, text
                text = text.replace(old, new)
            archive.writestr(part.filename, text)
    return target.getvalue()


def test_a_text_file_called_xlsx_and_a_workbook_called_csv_are_read_by_what_they_are():
    assert read(b"Nom;Commune\nLea;Uzes\n", "partenaires.xlsx").headings == ("Nom", "Commune")
    assert read(xlsx(["Nom"], ["Léa"]), "partenaires.csv").lines[0].raw == ("Léa",)


def bomb(megabytes: int) -> bytes:
    return zipped(xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=b"0" * megabytes * 1024 * 1024)


def million_of_parts() -> bytes:
    return zipped(**{"xl__workbook_xml": b"", **{f"xl/{n}": b"" for n in range(MOST_PARTS)}})


REFUSED = [
    (bomb(200), "trop de place"),
    (bomb(8), "trop de place"),
    (million_of_parts(), "trop de place"),
    (xlsx(["Nom"], ["Léa"])[:-300], "pas arrivé entier"),
    (xlsx(["Nom"], ["Léa"])[:100], "pas arrivé entier"),
    (zipped(word__document_xml=b"<w/>"), "pas un classeur Excel"),
    (zipped(xl__workbook_xml=b"<workbook"), "endommagé"),
    (zipped(xl__workbook_xml=b"<workbook/>"), "endommagé"),
    (xlsx(), "aucune ligne"),
    (xlsx([465710000, "lea@exemple.fr"]), "titres des colonnes"),
    (xlsx([f"T{n}" for n in range(MOST_COLUMNS + 1)], ["a"]), "colonnes"),
    (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "ancien Excel"),
    (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
]


@pytest.mark.parametrize(("content", "said"), REFUSED, ids=[said + str(n) for n, (_, said) in enumerate(REFUSED)])
def test_what_is_no_readable_workbook_is_refused_in_a_sentence(content, said):
    with pytest.raises(UploadRefused, match=said):
        read(content, "f.xlsx")


SHARED = (
    b'<Override PartName="/xl/sharedStrings.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)


def part_replaced(name: str, part: bytes) -> bytes:
    """A workbook of two rows, one of whose parts is this."""
    made, added = io.BytesIO(), SHARED if name == "xl/sharedStrings.xml" else b""
    with zipfile.ZipFile(io.BytesIO(xlsx(["Nom"], ["Léa"]))) as old, zipfile.ZipFile(made, "w", 8) as new:
        for each in old.namelist():
            new.writestr(each, part if each == name else old.read(each).replace(b"</Types>", added + b"</Types>"))
        if name not in old.namelist():
            new.writestr(name, part)
    return made.getvalue()


def spread(tag: str, megabytes: int) -> bytes:
    """Many times this tag, with numbers that pack as badly as text does."""
    count = megabytes * MEGABYTE // (len(tag) + 16)
    return "".join(tag.replace("#", os.urandom(8).hex()) for _ in range(count)).encode()


SHEET = "xl/worksheets/sheet1.xml"
HEADING = b'<row r="1"><c t="inlineStr"><is><t>Nom</t></is></c></row>'


def sheet_part(*rows: bytes) -> bytes:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<worksheet xmlns="' + main + b'"><sheetData>' + b"".join(rows) + b"</sheetData></worksheet>"


@pytest.mark.parametrize(
    ("name", "part", "said"),
    [
        (SHEET, sheet_part(HEADING, b'<row r="20000000"><c><v>1</v></c></row>'), "lignes vides"),
        (SHEET, sheet_part(b'<row r="20000000"><c><v>1</v></c></row>'), "lignes vides"),
        (SHEET, sheet_part(HEADING, b"<row>" + spread('<c s="#"/>', 8) + b"</row>"), "trop de place"),
        (SHEET, sheet_part(HEADING) + spread('<mergeCell ref="#"/>', 8), "trop de place"),
        ("xl/styles.xml", b"<styleSheet>" + spread('<font n="#"/>', 3) + b"</styleSheet>", "trop de place"),
        ("xl/theme/theme1.xml", b"<theme>" + spread('<a n="#"/>', 3) + b"</theme>", "trop de place"),
        ("xl/workbook.xml", b"<workbook>" + spread('<sheet n="#"/>', 3) + b"</workbook>", "trop de place"),
        ("xl/sharedStrings.xml", b"<sst>" + spread("<si><t>#</t></si>", 25) + b"</sst>", "trop de place"),
    ],
    ids=["row", "first-row", "cells", "after-rows", "styles", "theme", "workbook", "strings"],
)
def test_what_would_fill_the_memory_is_refused_at_once(name, part, said):
    content, began = part_replaced(name, part), stopwatch.process_time()
    with pytest.raises(UploadRefused, match=said):
        read(content, "f.xlsx")
    assert stopwatch.process_time() - began < 10


def test_blank_rows_among_the_lines_are_no_trouble():
    made = Workbook()
    made.active["A1"], made.active["A20000"] = "Nom", "Léa"
    assert [line.number for line in read(saved(made), "f.xlsx").lines] == [20_000]


def test_more_lines_than_can_be_read_are_refused():
    with pytest.raises(UploadRefused, match="dépasse 20"):
        read(xlsx(["Nom"], *[["a"]] * (MOST_LINES + 1)), "f.xlsx")


@given(st.lists(st.lists(words, min_size=2, max_size=3), max_size=6))
def test_what_the_application_writes_as_a_workbook_is_read_back(table):
    written = xlsx_file(["Nom", "Commune", "Note"], table, file_name="f.xlsx").get_data()
    assert [[*line.raw] for line in read(written, "f.xlsx").lines] == [[*row, *[""] * (3 - len(row))] for row in table]


@given(st.binary(max_size=300), st.integers(0, 2_000))
def test_a_workbook_with_damaged_bytes_is_read_or_refused_but_never_crashes(noise, at):
    content = xlsx(["Nom", "Commune"], ["Léa", "Uzès"])
    with suppress(UploadRefused):
        read(content[:at] + noise + content[at + len(noise) :], "f.xlsx")
