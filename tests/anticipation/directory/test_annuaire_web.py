"""The extraction of the Annuaire Santé, brought in from a page: read, previewed, applied once, compared the next time."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from crisis_plan import demo
from crisis_plan.anticipation.directory import annuaire_routes, oppositions, queries
from crisis_plan.anticipation.directory.annuaire_forms import EVERY_PROFESSION
from crisis_plan.anticipation.directory.models import Contact, ContactPhone
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent
from crisis_plan.imports.models import ImportReport
from crisis_plan.organisations.models import CptsCommune
from crisis_plan.web.uploads import EXTRACTION_LIMIT, MEGABYTE
from tests.browser import Browser, Page
from tests.factories import NOON, CptsFactory

SAMPLE = (Path(demo.__file__).parent / "annuaire-sante_extrait.txt").read_bytes()
COMMUNES = (
    *("30012", "30057", "30112", "30166", "30179", "30184", "30206"),
    *("30211", "30212", "30241", "30255", "30301", "30317", "30334"),
)
HEADINGS, *LINES = SAMPLE.decode().splitlines(keepends=True)
AURELIE = LINES[0]
"""A person of Sainte-Anastasie or near, whole."""


@pytest.fixture
def territory(referent: Browser) -> Browser:
    """The referent of a CPTS that has its communes."""
    assert referent.cpts is not None
    referent.cpts.communes = [CptsCommune(code=code) for code in COMMUNES]
    db.session.commit()
    return referent


def upload(browser: Browser, content: bytes, **fields: object) -> Page:
    page = browser.get("cpts.directory.annuaire_form")
    return browser.submit(page, "main form", {"file": (io.BytesIO(content), "extrait.txt"), **fields})


def only(*lines: str, change: Callable[[str], str] = lambda line: line) -> bytes:
    return (HEADINGS + "".join(map(change, lines))).encode()


def applied(browser: Browser, content: bytes, **ticked: object) -> Page:
    return browser.submit(upload(browser, content).follow(), "main form", ticked).follow()


def aurelie(browser: Browser) -> Contact:
    assert browser.cpts is not None
    return next(one for one in queries.contacts(browser.cpts) if one.given_name == "Aurélie")


def count() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Contact)) or 0


def test_the_sample_is_seen_through_to_its_702_professionals(territory):
    form = territory.get("cpts.directory.annuaire_form")
    assert len(form.html.select("input[name=communes][checked]")) == 14
    assert len(form.html.select("input[name=professions][checked]")) == len(EVERY_PROFESSION)
    preview = upload(territory, SAMPLE).follow()
    assert preview.texts(".cards .badge") == [
        "702 nouveaux",
        "0 mis à jour",
        "0 inchangé",
        "2 lignes refusées",
        "0 absent du fichier",
    ]
    assert "894 lignes d’autres communes" in preview.text
    assert "124 lignes réunies" in preview.text
    assert count() == 0
    report = territory.submit(preview, "main form").follow()
    assert "702 professionnels ajoutés" in report.text
    assert count() == 702
    territory.submit(preview, "main form")
    assert count() == 702


def test_the_same_file_again_changes_nothing(territory):
    applied(territory, SAMPLE)
    again = upload(territory, SAMPLE).follow()
    assert again.texts(".cards .badge")[:3] == ["0 nouveau", "0 mis à jour", "702 inchangés"]


def test_more_people_than_can_be_compared_are_refused_in_a_sentence(territory, monkeypatch):
    monkeypatch.setattr(annuaire_routes, "MOST_PEOPLE", 700)
    page = upload(territory, SAMPLE)
    assert page.status == 422
    assert "plus de 700 professionnels" in page.texts("#file-error")[0].replace("\u202f", " ")
    assert db.session.scalars(sa.select(ImportReport)).all() == []


def test_communes_and_professions_are_folded_under_the_file(territory):
    form = territory.get("cpts.directory.annuaire_form")
    assert form.texts("main details > summary") == ["Communes : toutes cochées", "Professions : toutes cochées"]


def test_only_the_communes_and_professions_that_are_ticked_come_in(territory):
    page = upload(territory, SAMPLE, communes=["30334"], professions=["Médecin"]).follow()
    territory.submit(page, "main form")
    found = queries.contacts(territory.cpts)
    assert {one.profession for one in found} == {"Médecin"}
    assert {place.commune_code for one in found for place in one.places} == {"30334"}
    assert "professions non cochées" in page.text


def test_nothing_ticked_is_refused(territory):
    page = upload(territory, SAMPLE, communes=[], professions=[])
    assert page.status == 422
    assert "Cochez au moins une commune." in page.text


def test_what_still_is_as_the_last_extraction_said_follows_the_new_one(territory):
    applied(territory, only(AURELIE))
    before = aurelie(territory)
    content = only(AURELIE, change=lambda line: line.replace(before.family_name, "NOUVEAUNOM"))
    preview = upload(territory, content).follow()
    assert preview.texts(".cards .badge")[1] == "1 mis à jour"
    territory.submit(preview, "main form")
    after = aurelie(territory)
    assert (after.family_name, after.sort_name, after.version) == ("NOUVEAUNOM", "nouveaunom aurelie", 2)
    said = db.session.scalars(sa.select(HistoryEvent.fields).where(HistoryEvent.subject_id == str(after.id))).all()
    assert said == [["family_name"]]


@pytest.mark.parametrize("is_ticked", [False, True])
def test_what_was_corrected_by_hand_is_left_unless_its_difference_is_ticked(territory, is_ticked):
    applied(territory, only(AURELIE))
    contact = aurelie(territory)
    was = contact.profession
    contact.profession = "Corrigée"
    db.session.commit()
    preview = upload(territory, only(AURELIE)).follow()
    (box,) = preview.html.select("input[name=differences]")
    assert not box.has_attr("checked")
    assert "« Corrigée » dans l’annuaire" in preview.text.replace("\u00a0", " ")
    territory.submit(preview, "main form", {"differences": [box["value"]] if is_ticked else []})
    assert aurelie(territory).profession == (was if is_ticked else "Corrigée")


def test_a_number_that_was_taken_off_stays_off_and_one_that_was_added_stays(territory):
    line = next(one for one in LINES if "|04657" in one and one.split("|")[36] in COMMUNES)
    applied(territory, only(line))
    (contact,) = queries.contacts(territory.cpts)
    contact.phones = [ContactPhone(position=0, number="+33639980001", is_private=True)]
    db.session.commit()
    preview = upload(territory, only(line)).follow()
    assert "toujours à l’Annuaire Santé" in preview.text
    territory.submit(preview, "main form")
    (contact,) = queries.contacts(territory.cpts)
    assert [phone.number for phone in contact.phones] == ["+33639980001"]


def test_a_contact_from_before_is_only_completed_and_the_rest_proposed(territory):
    applied(territory, only(AURELIE))
    contact = aurelie(territory)
    contact.official, contact.official_on, contact.profession = {}, None, ""
    contact.family_name = "Autrenom"
    db.session.commit()
    applied(territory, only(AURELIE))
    after = aurelie(territory)
    assert (after.family_name, bool(after.profession), bool(after.official)) == ("Autrenom", True, True)


def gone_after(territory: Browser) -> Page:
    """The preview of an extraction that no longer names Aurélie."""
    here = [line for line in LINES if line.count("|") == 56 and line.split("|")[36] in COMMUNES]
    applied(territory, only(AURELIE, here[1]))
    return upload(territory, only(here[1])).follow()


def test_who_is_gone_from_the_extraction_stays_unless_ticked(territory):
    preview = gone_after(territory)
    (box,) = preview.html.select("input[name=gone]")
    assert not box.has_attr("checked")
    territory.submit(preview, "main form")
    assert count() == 2
    report = territory.submit(upload(territory, only()).follow(), "main form", {"gone": [box["value"]]})
    assert "1 personne retirée" in report.follow().text
    assert count() == 1


def test_who_practises_where_the_file_was_not_read_for_is_not_gone(territory):
    preview = gone_after(territory)
    (box,) = preview.html.select("input[name=gone]")
    contact = db.session.get_one(Contact, UUID(str(box["value"])))
    contact.places[0].commune_code = "75056"
    db.session.commit()
    assert upload(territory, only()).follow().texts(".cards .badge")[4] == "1 absent du fichier"


def test_who_opposed_is_refused_and_not_named(territory):
    applied(territory, only(AURELIE))
    contact = aurelie(territory)
    oppositions.keep(contact, on=date(2026, 11, 1))
    db.session.delete(contact)
    db.session.commit()
    preview = upload(territory, only(AURELIE)).follow()
    assert "S’est opposé à figurer dans l’annuaire." in preview.text
    assert ("Rien à faire" in preview.text, preview.html.select("main form")) == (True, [])
    assert count() == 0
    assert "Aurélie" not in str(db.session.scalars(sa.select(ImportReport.lines)).all()[-1])


def test_the_report_is_a_file_and_keeps_no_name_once_applied(territory):
    report = applied(territory, only(AURELIE))
    found = territory.open(report.links()["Télécharger ce rapport (CSV)"])
    rows = list(csv.reader(io.StringIO(found.content.decode("utf-8-sig")), delimiter=";"))
    assert rows == [["Ligne", "Résultat", "Nom", "Motif"], ["2", "Acceptée", "", ""]]


def test_columns_that_this_edition_lacks_are_named(territory):
    content = only(AURELIE).replace("Libellé savoir-faire".encode(), b"Autre")
    assert "Libellé savoir-faire" in upload(territory, content).follow().texts(".notice")[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Colonnes manquantes"),
        (b"Nom;Prenom\nA;B\n", "pas une extraction"),
        (b"PK\x03\x04" + b"\x00" * 500, "pas une extraction"),
        (b"\x00" * 200_000, "pas une extraction"),
    ],
)
def test_a_file_that_is_no_extraction_is_refused_and_nothing_changes(territory, content, said):
    page = upload(territory, content)
    assert page.status == 422
    assert said in page.texts("#file-error")[0]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ImportReport)) == 0


def test_fifty_one_megabytes_are_refused_before_they_are_read_and_lead_back_to_the_form(territory):
    page = upload(territory, b"x" * (EXTRACTION_LIMIT + 2 * MEGABYTE))
    assert page.status == 413
    assert "50 Mo au plus" in page.text
    assert page.links()["Revenir au formulaire"] == "/cpts/uzege/annuaire/importer/annuaire-sante"


def test_a_file_heavier_than_a_spreadsheet_is_read_here(territory):
    page = upload(territory, only(AURELIE) + b"\n" * (12 * MEGABYTE))
    assert page.status == 303


def test_without_communes_the_page_says_what_to_do_first(referent):
    referent.cpts.communes = []
    db.session.commit()
    page = referent.get("cpts.directory.annuaire_form")
    assert "choisissez d’abord les communes du territoire" in page.text
    assert not page.html.select("main form")


def test_the_same_upload_sent_twice_is_one_preview(territory):
    page = territory.get("cpts.directory.annuaire_form")
    sent = [
        territory.submit(page, "main form", {"file": (io.BytesIO(only(AURELIE)), "a.txt")}).location for _ in range(2)
    ]
    assert sent[0] == sent[1]


def test_another_cpts_does_not_see_the_report(territory):
    theirs = ImportReport(
        cpts_id=CptsFactory().id, subject="annuaire", file_name="secret.txt", read_at=NOON, lines=[], details={}
    )
    db.session.add(theirs)
    db.session.commit()
    for endpoint in ("show_annuaire", "annuaire_report"):
        assert territory.get(f"cpts.directory.{endpoint}", report_id=theirs.id).status == 404
    assert territory.post("cpts.directory.apply_annuaire", report_id=theirs.id).status == 404
    assert "secret" not in territory.get("cpts.directory.annuaire_form").text
