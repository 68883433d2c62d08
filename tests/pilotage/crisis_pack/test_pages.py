"""The page of the pack, each of its papers alone, and the blank sheets of the logbook."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from pypdf import PdfReader

from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_pack import log_sheets
from tests.browser import Browser, Page
from tests.factories import TODAY, AccountFactory
from tests.pilotage.crisis_pack.unzipped import publish, words_of
from tests.publication.arranged import write_everything

SHEETS = "cpts.crisis_pack.blank_log_sheets"


def rows(page: Page) -> dict[str, str]:
    """Each document of the list, and what it is said to be for."""
    return {
        " ".join(row.th.get_text(" ").split()): " ".join(row.td.get_text(" ").split())
        for row in page.html.select("main tbody tr")
        if row.th and row.td
    }


def test_the_page_tells_what_the_pack_would_hold_now(app: Flask, cell_member: Browser, cpts: Cpts) -> None:
    publish(app, cpts)
    page = cell_member.get("cpts.crisis_pack.show")
    listed = rows(page)
    assert list(listed)[:3] == ["En cas d’alerte", "Annuaire", "Cellule de crise"]
    assert listed["Fiches actions"].startswith("1\u00a0fiche, ") or listed["Fiches actions"].startswith("1 fiche, ")
    assert listed["Plan publié"] == "Version 1 du 22 novembre 2026, telle qu’elle est publiée."
    assert page.links()["Télécharger le kit (ZIP)"] == "/cpts/uzege/kit-de-crise.zip"


def test_what_does_not_exist_yet_is_said_and_offers_no_link(referent: Browser) -> None:
    page = referent.get("cpts.crisis_pack.show")
    assert rows(page)["Fiches actions"] == "Aucune fiche action n’est encore écrite."
    assert rows(page)["Plan publié"] == "Aucune version du plan n’est encore publiée."
    links = page.links().values()
    assert not any("courante.pdf" in link or "livret" in link for link in links)


def test_every_paper_that_the_page_offers_is_there(referent: Browser, cpts: Cpts) -> None:
    write_everything(cpts, referent.account or AccountFactory())
    db.session.commit()
    for said, address in referent.get("cpts.crisis_pack.show").links("main tbody a").items():
        found = referent.open(address)
        assert found.status == 200, said
        assert found.response.mimetype in ("application/pdf", "text/csv", "text/vcard"), said


def test_a_paper_alone_is_kept_by_no_cache_and_named(referent: Browser) -> None:
    found = referent.get("cpts.crisis_pack.piece", key="formulaire-alerte-recue")
    assert found.response.headers["Cache-Control"] == "no-store"
    assert "formulaire-alerte-recue_uzege_" in found.response.headers["Content-Disposition"]
    said = words_of(found.content)
    for asked in ("Numéro vérifié ?", "Services engagés", "Plan ORSAN déclenché ?", "Crise reconnue ?", "Page 1 / 1"):
        assert asked in said, asked


def test_a_paper_that_is_not_of_the_pack_is_not_found(referent: Browser) -> None:
    assert referent.get("cpts.crisis_pack.piece", key="secret").status == 404


def test_each_form_to_fill_by_hand_stands_on_one_page(referent: Browser) -> None:
    for key in ("formulaire-alerte-recue", "formulaire-premiere-heure", "formulaire-levee"):
        assert len(PdfReader(io.BytesIO(referent.get("cpts.crisis_pack.piece", key=key).content)).pages) == 1, key


def test_the_adherents_who_see_no_working_data_see_no_pack(adherent: Browser) -> None:
    assert adherent.get("cpts.crisis_pack.show").status == 403
    assert adherent.get("cpts.crisis_pack.download").status == 403


def test_blank_sheets_are_numbered_from_the_number_asked_for(referent: Browser) -> None:
    found = referent.get(SHEETS, premier="41", feuilles="3")
    assert found.response.mimetype == "application/pdf"
    texts = pages(found.content)
    assert len(texts) == 3
    assert "N° 41 à 55" in texts[0]
    assert "N° 71 à 85" in texts[2]
    assert "Page 3 / 3" in texts[2]
    for heading in ("Heure du fait", "Heure de saisie", "Nature", "De / à", "Fait, ou décision et sa raison", "Par"):
        assert heading in texts[1], heading
    assert "Crise ou exercice :" in texts[1]
    assert "Uzège" in texts[1]
    assert [number for number in range(56, 71) if str(number) not in texts[1].split()] == []


def pages(content: bytes) -> list[str]:
    return [
        " ".join(page.extract_text().replace("\u00a0", " ").split()) for page in PdfReader(io.BytesIO(content)).pages
    ]


def test_without_a_number_five_sheets_start_at_one(referent: Browser) -> None:
    texts = pages(referent.get(SHEETS).content)
    assert len(texts) == 5
    assert "N° 1 à 15" in texts[0]


def test_the_form_of_the_page_leads_to_the_sheets(referent: Browser) -> None:
    form = referent.get("cpts.crisis_pack.show")
    found = referent.submit(form, "#journal form", {"premier": "1 200", "feuilles": "1"})
    assert "N° 1200 à 1214" in pages(found.content)[0]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"feuilles": "51"}, "De 1 à 50 feuilles à la fois."),
        ({"feuilles": "0"}, "De 1 à 50 feuilles à la fois."),
        ({"feuilles": ""}, "Écrivez un nombre de feuilles, de 1 à 50."),
        ({"feuilles": "cinq"}, "Écrivez un nombre entier, comme 1 200."),
        ({"premier": "-3"}, "Le premier numéro va de 1 à 99\u202f000."),
        ({"premier": "99001"}, "Le premier numéro va de 1 à 99\u202f000."),
        ({"premier": ""}, "Écrivez le premier numéro\u00a0: 1 pour un nouveau journal."),
    ],
)
def test_what_cannot_be_printed_is_refused_in_words_beside_what_was_typed(
    referent: Browser, asked: dict[str, str], message: str
) -> None:
    page = referent.get(SHEETS, **asked)
    assert page.status == 422
    (name,) = asked
    assert (
        any(message in said for said in page.texts(f"#{name}-error"))
        or message in page.html.select_one(f"#{name}-error").get_text()
    )
    assert page.html.select_one(f"#{name}")["value"] == asked[name]
    assert page.html.select(".error-summary a[href='#" + name + "']")


def test_the_same_sheets_are_the_same_bytes(cpts: Cpts) -> None:
    first, second = (log_sheets.blank_sheets(cpts, title="", first=1, sheets=2, day=TODAY) for _ in range(2))
    assert first == second


def test_a_title_too_long_for_its_line_is_cut_where_one_sees_it(cpts: Cpts) -> None:
    title = "Feux de forêt de la vallée, " * 12
    (said,) = pages(log_sheets.blank_sheets(cpts, title=title, first=1, sheets=1, day=TODAY))
    line, _, rest = said.partition("…")
    assert "Feux de forêt de la vallée, Feux" in line
    assert line.count("Feux de forêt") < 12
    assert rest.split()[:2] == ["Jour", ":"]
