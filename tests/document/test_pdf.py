"""The paper that an officer keeps."""

import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from crisis_plan.document.blocks import (
    Column,
    Document,
    Edition,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Part,
    Row,
    Span,
    Table,
)
from crisis_plan.document.pdf import render
from tests.document.documents import PRIVATE_NUMBER, chapter, contacts, document, paragraph, plan
from tests.document.reader import bookmarks, page_texts, printed, words_of
from tests.document.strategies import documents

BOTH = pytest.mark.parametrize("edition", list(Edition))


@BOTH
def test_qpdf_finds_nothing_to_say(edition: Edition, tmp_path: Path) -> None:
    assert shutil.which("qpdf"), "qpdf n’est pas installé : « make setup » ou « apt-get install qpdf »."
    file = tmp_path / "plan.pdf"
    file.write_bytes(render(plan(40, watermark="VERSION PROVISOIRE"), edition))
    check = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
    assert (check.returncode, check.stderr) == (0, "")


@BOTH
def test_the_same_document_gives_the_same_bytes(edition: Edition) -> None:
    assert render(plan(), edition) == render(plan(), edition)


def test_two_prints_at_the_same_time_do_not_mix() -> None:
    alone = [render(plan(n), edition) for n in (3, 60) for edition in Edition]
    with ThreadPoolExecutor(4) as pool:
        together = list(
            pool.map(render, *zip(*((plan(n), edition) for n in (3, 60) for edition in Edition), strict=True))
        )
    assert together == alone


def test_the_cover_says_whose_plan_it_is_and_which_version() -> None:
    cover = page_texts(printed(plan()))[0].replace("\u00a0", " ")
    for said in ("CPTS des Cévennes", "Plan de réponse aux crises", "Version 3 – 1er novembre 2026", "Version publiée",
                 "Édition restreinte", "Hélène Faure", "73 communes", "https://plans.exemple.fr/cpts"):  # fmt: skip
        assert said in cover


def test_the_second_page_is_the_one_to_read_in_an_alert() -> None:
    assert "En cas d’alerte" in page_texts(printed(plan()))[1]


def test_a_long_alert_is_made_smaller_to_stay_on_one_page() -> None:
    alert = chapter("En cas d’alerte", *(paragraph(f"Consigne {n}.") for n in range(30)), part=Part.ALERT)
    pages = page_texts(printed(document(alert)))
    assert "Consigne 0." in pages[1]
    assert "Consigne 29." in pages[1]


def test_an_alert_too_long_for_a_page_goes_on_rather_than_lose_a_word() -> None:
    alert = chapter("En cas d’alerte", *(paragraph(f"Consigne {n}.") for n in range(90)), part=Part.ALERT)
    assert "Consigne 89." in words_of(printed(document(alert)))


def test_accents_and_typographic_marks_are_read_back() -> None:
    words = words_of(printed(plan()))
    for mark in ("Été", "1\u202f200".replace("\u202f", " "), "« loin »", "–", "l’hiver"):
        assert mark in words.replace("\u202f", " ").replace("\u00a0", " ")


def test_bookmarks_lead_to_chapters_and_their_headings() -> None:
    pdf = printed(plan())
    assert [(depth, title) for depth, title, _ in bookmarks(pdf)] == [
        (0, "En cas d’alerte"),
        (0, "Modifications"),
        (0, "Sommaire"),
        (0, "1 Anticipation"),
        (1, "1.1 Territoire"),
        (1, "1.2 Risques"),
        (0, "2 Adaptation"),
        (1, "2.1 Besoins"),
        (0, "A Annuaire"),
        (0, "B Stock"),
    ]


def test_each_page_number_of_the_contents_is_true() -> None:
    def section(chapter_number: int, number: int) -> tuple[Heading, Paragraph]:
        return Heading(f"Rubrique {chapter_number}-{number}"), paragraph("mot " * 150 * chapter_number)

    chapters = [chapter(f"Chapitre n{n}", *sum((section(n, m) for m in range(6)), ())) for n in range(1, 6)]
    pages = page_texts(printed(document(*chapters, chapter("Annuaire", contacts(200), part=Part.ANNEX))))
    contents = next(page for page in pages if "Sommaire" in page)
    listed = re.findall(r"(Chapitre n\d|Rubrique \d-\d|Annuaire)\s+(\d+)", contents)
    assert len(listed) == 5 + 30 + 1
    for title, number in listed:
        assert title in pages[int(number) - 1]


def test_each_line_of_the_contents_can_be_clicked() -> None:
    pdf = printed(plan())
    contents = next(page for page in pdf.pages if "Sommaire" in page.extract_text())
    targets = [pdf.get_page_number(link.get_object()["/Dest"][0].get_object()) + 1 for link in contents["/Annots"]]
    assert targets == [page for _, title, page in bookmarks(pdf) if title != "Sommaire"]


def test_every_page_but_the_cover_carries_its_number_version_and_edition() -> None:
    pages = [page.replace("\u00a0", " ") for page in page_texts(printed(plan(60), Edition.PUBLIC))]
    for number, page in enumerate(pages[1:], start=2):
        for said in (
            f"Page {number} / {len(pages)}",
            "Version 3 – 1er novembre 2026",
            "CPTS des Cévennes",
            "Édition publique",
        ):
            assert said in page


def test_the_file_says_its_title_author_subject_and_language() -> None:
    pdf = printed(plan())
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Plan de réponse aux crises sanitaires – CPTS des Cévennes"
    assert pdf.metadata.author == "Hélène Faure"
    assert (
        str(pdf.metadata.subject)
        .replace("\u00a0", " ")
        .startswith("Version 3 du 1er novembre 2026 – Édition restreinte")
    )
    assert pdf.trailer["/Root"]["/Lang"] == "fr"


def test_all_fonts_are_embedded_subsets() -> None:
    bold = paragraph("x")
    bold = replace(bold, text=(Span("gras", bold=True), Span("italique", italic=True)))
    fonts = {}
    for page in printed(document(chapter("Un", bold))).pages:
        fonts |= page["/Resources"]["/Font"]
    descriptors = [font.get_object().get("/FontDescriptor") for font in fonts.values()]
    names = [str(descriptor["/FontName"]) for descriptor in descriptors if descriptor]
    assert {name.split("+")[1] for name in names} >= {"PlanSans-Regular", "PlanSans-Bold", "PlanSans-It"}
    assert all("/FontFile2" in descriptor for descriptor in descriptors if descriptor)


def test_a_link_in_the_text_can_be_followed() -> None:
    block = replace(
        paragraph("x"), text=(Span("l’agence", href="https://ars.exemple.fr/été"), Span("non", href="javascript:x"))
    )
    links = [
        link.get_object()["/A"]["/URI"]
        for page in printed(document(chapter("Un", block), address="")).pages
        for link in page.get("/Annots", [])
        if "/A" in link.get_object()
    ]
    assert links == ["https://ars.exemple.fr/%C3%A9t%C3%A9"]


def test_the_public_edition_never_shows_what_is_restricted() -> None:
    secret = "SECRET-4712"
    text = (Span("Visible "), Span(secret, restricted=True))
    whole = plan(
        80,
        cover=Facts((Fact("Astreinte", secret, restricted=True), Fact("Territoire", text))),
    )
    hidden = (
        chapter("Clés", paragraph(secret), restricted=True),
        chapter(
            "Lieux",
            replace(paragraph(secret), restricted=True),
            replace(paragraph("x"), text=text),
            Heading(secret, restricted=True),
            Table(
                "",
                contacts(1).columns,
                (Row((secret, secret, secret, secret), restricted=True), Row((text, "", "", ""))),
            ),
        ),
    )
    whole = replace(whole, chapters=(*whole.chapters, *hidden))
    public, restricted = (printed(whole, edition) for edition in (Edition.PUBLIC, Edition.RESTRICTED))
    assert secret in words_of(restricted)
    assert PRIVATE_NUMBER in words_of(restricted)
    for leak in (secret, PRIVATE_NUMBER):
        assert leak not in words_of(public)
        assert leak not in str(bookmarks(public))
        assert leak.encode() not in render(whole, Edition.PUBLIC)
    assert "Visible" in words_of(public)


def test_a_provisional_version_says_so_on_every_page() -> None:
    pages = page_texts(printed(plan(watermark="VERSION PROVISOIRE")))
    assert all("VERSION PROVISOIRE" in page for page in pages)
    assert "PROVISOIRE" not in words_of(printed(plan()))


def test_an_empty_table_and_an_empty_section_say_so() -> None:
    words = words_of(
        printed(document(chapter("Un", Heading("Vide"), Heading("Plein"), paragraph("a")), *plan().chapters))
    )
    assert "Aucun article." in words
    assert "Cette rubrique n’a pas de contenu" in words


def test_seven_hundred_contacts_are_all_there_under_a_heading_on_every_page() -> None:
    pages = page_texts(printed(document(chapter("Annuaire", contacts(724), part=Part.ANNEX))))
    annex = [page for page in pages if "NOM-" in page]
    names = re.findall(r"NOM-(\d+) Élodie", " ".join(annex))
    assert [int(name) for name in names] == list(range(1, 725))
    assert len(annex) > 10
    assert all("Profession" in page for page in annex)


def test_a_very_long_name_is_wrapped_not_lost() -> None:
    name = "DE-LA-" + "ROCHEFOUCAULD" * 12
    table = replace(contacts(0), rows=(Row((name, "x" * 300, "a b c", "é")),))
    assert name in "".join(words_of(printed(document(chapter("Annuaire", table)))).split())


def test_a_row_higher_than_a_page_is_cut_between_lines() -> None:
    table = replace(contacts(0), rows=(Row(("un", " ".join(f"mot{n}" for n in range(3000)), "a", "b")),))
    words = words_of(printed(document(chapter("Annuaire", table))))
    assert all(f"mot{n}" in words for n in range(0, 3000, 100))


def test_a_forty_thousand_character_paragraph_is_printed_whole() -> None:
    for text in ("mot " * 10_000, "x" * 40_000):
        words = "".join(words_of(printed(document(chapter("Un", paragraph(text))))).split())
        assert words.count(text[0]) >= len(text) / 4


def test_what_the_font_cannot_draw_is_seen_as_missing() -> None:
    words = words_of(printed(document(chapter("Un", paragraph("Alerte 😷 مرحبا Привет ☎ \ud83d fin\0al")))))
    assert "Alerte □ □□□□□ Привет tél. □ final" in words


def test_markup_in_a_text_is_only_text() -> None:
    words = words_of(printed(document(chapter("<b>Un", paragraph("<font color='red'> & </para> <a href=x>")))))
    assert "<font color='red'> & </para> <a href=x>" in words


@settings(max_examples=40, deadline=None)
@given(documents)
def test_any_document_can_be_printed(document: Document) -> None:
    for edition in Edition:
        assert render(document, edition).startswith(b"%PDF")


def test_a_table_to_keep_whole_goes_to_the_next_page_whole() -> None:
    lines = tuple(Row((f"Type {n}", "lié")) for n in range(6))
    matrix = Table("Matrice", (Column("Type"), Column("Lien")), lines, whole=True)
    filling = tuple(paragraph(f"Ligne {n}.") for n in range(23))
    texts = page_texts(printed(document(chapter("Adaptation", *filling, matrix))))
    (page,) = [text for text in texts if "Type 0" in text]
    assert "Type 5" in page
    cut = page_texts(printed(document(chapter("Adaptation", *filling, replace(matrix, whole=False)))))
    assert not any("Type 0" in text and "Type 5" in text for text in cut)


def test_a_heading_row_is_never_alone_at_the_foot_of_a_page() -> None:
    tall = Row(("\n".join(f"Commune {n}" for n in range(12)), "En mairie"))
    for filling in range(18, 32):
        lines = tuple(paragraph(f"Ligne {n}.") for n in range(filling))
        table = Table("Registres", (Column("Communes"), Column("Registre tenu")), (tall,))
        texts = page_texts(printed(document(chapter("Territoire", *lines, table))))
        (page,) = [text for text in texts if "Registre tenu" in text]
        assert "Commune 0" in page
