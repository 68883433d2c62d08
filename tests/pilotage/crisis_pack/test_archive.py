"""The crisis pack: everything in one archive that opens without a server."""

from __future__ import annotations

import csv
import io
import posixpath
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from crisis_plan import clock
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.anticipation.directory.models import ContactEmail, ContactPhone
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction
from crisis_plan.pilotage.crisis_pack import archive
from crisis_plan.pilotage.crisis_pack.contents import Log
from crisis_plan.publication import queries as publications
from crisis_plan.publication.rules import FileKind
from tests.browser import Browser, check_page
from tests.factories import NOON, TODAY, AccountFactory, ContactFactory, CptsFactory
from tests.pilotage.crisis_pack.unzipped import DATED, FOLDER, files_of, pages_of, publish, words_of
from tests.publication.arranged import service, write_everything
from tests.statements import counted_statements

PIECES = (
    "01-en-cas-d-alerte", "02-annuaire", "03-cellule-de-crise", "05-feuilles-d-appel", "06-stock", "07-lieux",
    "08-niveaux", "09-orsan-qui-appeler", "11-formulaire-alerte-recue", "12-formulaire-premiere-heure",
    "13-formulaire-levee",
)  # fmt: skip


@pytest.fixture
def whole(app: Flask, cpts: Cpts) -> Cpts:
    """A CPTS whose plan is complete and published."""
    publish(app, cpts)
    return cpts


def unfolded(cpts: Cpts, log: Log | None = None) -> dict[str, bytes]:
    return files_of(archive.pack(cpts, at=NOON, log=log).content)


def test_it_holds_every_paper_as_a_pdf_and_as_a_page_under_dated_names(whole: Cpts) -> None:
    files = unfolded(whole)
    both = {f"{piece}{DATED}.{ending}" for piece in PIECES for ending in ("pdf", "html")}
    assert set(files) == both | {
        "index.html",
        "LISEZ-MOI.txt",
        "empreintes-sha256.txt",
        f"02-annuaire{DATED}.csv",
        f"02-annuaire{DATED}.vcf",
        f"04-fiches-actions{DATED}.pdf",
        f"fiches-actions/fiche-action-1{DATED}.html",
        f"06-etat-du-stock{DATED}.pdf",
        f"06-feuille-de-comptage{DATED}.pdf",
        f"10-feuilles-de-journal{DATED}.pdf",
        "14-plan-crise_uzege_v1_2026-11-22.pdf",
    }
    assert all(path.isascii() for path in files)


def test_the_same_moment_gives_the_same_bytes_and_the_hour_of_the_place(whole: Cpts) -> None:
    first, second = (archive.pack(whole, at=NOON) for _ in range(2))
    assert first.content == second.content
    assert first.file_name == f"{FOLDER}.zip"
    with ZipFile(io.BytesIO(first.content)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(2026, 11, 22, 13, 0, 0)}
        assert {entry.filename.split("/")[0] for entry in packed.infolist()} == {FOLDER}


def test_every_file_but_the_list_has_its_digest(whole: Cpts) -> None:
    files = unfolded(whole)
    told = dict(line.split("  ")[::-1] for line in files.pop("empreintes-sha256.txt").decode().splitlines())
    assert told == {path: sha256(content).hexdigest() for path, content in files.items()}


def test_every_page_is_whole_by_itself_and_asks_for_nothing_outside(whole: Cpts) -> None:
    for path, content in unfolded(whole).items():
        if not path.endswith(".html"):
            continue
        html = BeautifulSoup(content, "html.parser")
        check_page(content.decode())
        assert html.select("script, link, img, iframe, form, [src], [style]") == [], path
        assert html.style
        assert "url(" not in html.style.text
        assert "@import" not in html.style.text


def test_every_link_leads_to_a_file_of_the_pack_to_a_place_on_its_page_or_to_a_number(whole: Cpts) -> None:
    files = unfolded(whole)
    for path, html in pages_of(files).items():
        for link in html.select("a[href]"):
            target = str(link["href"])
            if target.startswith(("tel:", "mailto:", "https:")):
                continue
            name, _, anchor = target.partition("#")
            found = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(name))) if name else path
            assert found in files, f"{path}: {target}"
            assert not anchor or html.find(id=anchor), f"{path}: {target}"


def test_the_index_leads_to_every_paper(whole: Cpts) -> None:
    files = unfolded(whole)
    linked = {str(link["href"]) for link in pages_of(files)["index.html"].select("a[href]")}
    assert set(files) - {"index.html", "LISEZ-MOI.txt"} <= linked


def test_the_read_me_tells_the_hour_that_it_is_private_and_every_paper(whole: Cpts) -> None:
    files = unfolded(whole)
    told = files["LISEZ-MOI.txt"].decode()
    assert "22/11/2026 à 13:00" in told
    assert "COORDONNÉES PRIVÉES" in told
    assert all(path in told for path in files if path not in ("index.html", "LISEZ-MOI.txt"))
    assert "\n" not in told.replace("\r\n", "")


def test_private_numbers_are_there_to_be_pressed(whole: Cpts) -> None:
    phones = [ContactPhone(position=0, number="+33612345678", is_private=True)]
    emails = [ContactEmail(position=0, address="elise@exemple.fr")]
    ContactFactory(cpts_id=whole.id, family_name="Barthès", given_name="Élise", phones=phones, emails=emails)
    db.session.commit()
    files = unfolded(whole)
    for piece in ("02-annuaire", "05-feuilles-d-appel"):
        html = pages_of(files)[f"{piece}{DATED}.html"]
        assert [link.get_text() for link in html.select('a[href="tel:+33612345678"]')] == [
            "06\u00a012\u00a034\u00a056\u00a078"
        ]
        assert "06 12 34 56 78 (privé)" in words_of(files[f"{piece}{DATED}.pdf"])
    assert "mailto:elise@exemple.fr" in files[f"02-annuaire{DATED}.html"].decode()


def test_the_directory_is_grouped_as_it_is_called(whole: Cpts) -> None:
    ContactFactory(cpts_id=whole.id, profession="Pharmacien")
    ContactFactory(cpts_id=whole.id, profession="Médecin", kind=ContactKind.PROFESSIONAL)
    service(whole, "EHPAD des Oliviers", ContactKind.ESTABLISHMENT, "EHPAD")
    db.session.commit()
    html = pages_of(unfolded(whole))[f"02-annuaire{DATED}.html"]
    assert [found.get_text() for found in html.select("h2")] == [
        "Cellule de crise", "Référents de crise", "Adhérents", "Partenaires", "Institutions", "Établissements",
        "Professionnels du territoire",
    ]  # fmt: skip
    captions = [found.get_text() for found in html.select("caption")]
    assert captions[2:4] == ["Adhérents – Infirmier", "Adhérents – Pharmacien"]


def test_who_holds_two_functions_is_called_once_with_both(whole: Cpts) -> None:
    html = pages_of(unfolded(whole))[f"05-feuilles-d-appel{DATED}.html"]
    rows = [row.get_text(" ") for row in html.select("#chapitre-feuille-1 tbody tr")]
    assert len(rows) == 2 + 4
    assert "Direction (titulaire), Secrétariat (titulaire)" in rows[0]
    assert "oui / non" in rows[-1]


def test_what_people_wrote_is_escaped(whole: Cpts) -> None:
    ContactFactory(cpts_id=whole.id, family_name="<script>alert(1)</script>", given_name="")
    db.session.add(
        ActionCard(cpts_id=whole.id, position=1, title="<b>Fiche</b> & suite", created_at=NOON, updated_at=NOON)
    )
    db.session.commit()
    files = unfolded(whole)
    assert "&lt;SCRIPT&gt;ALERT(1)" in files[f"02-annuaire{DATED}.html"].decode()
    assert "&lt;b&gt;Fiche&lt;/b&gt; &amp; suite" in files[f"fiches-actions/fiche-action-2{DATED}.html"].decode()
    assert "&lt;b&gt;Fiche" in files["index.html"].decode()


def test_the_table_and_the_cards_hold_everyone(whole: Cpts) -> None:
    ContactFactory(cpts_id=whole.id, family_name="=cmd", given_name="")
    db.session.commit()
    files = unfolded(whole)
    rows = list(csv.reader(io.StringIO(files[f"02-annuaire{DATED}.csv"].decode("utf-8-sig")), delimiter=";"))
    names = [row[rows[0].index("Nom")] for row in rows[1:]]
    assert len(names) == 6
    assert "'=cmd" in names
    assert files[f"02-annuaire{DATED}.vcf"].count(b"BEGIN:VCARD") == 6


def test_the_plan_is_the_exact_bytes_of_the_version_in_force(whole: Cpts) -> None:
    version = publications.current_or_404(whole)
    stored = publications.file_or_404(version, FileKind.RESTRICTED)
    assert unfolded(whole)["14-plan-crise_uzege_v1_2026-11-22.pdf"] == stored.content


def test_the_alert_page_is_one_page_with_the_numbers_of_today(whole: Cpts) -> None:
    said = words_of(unfolded(whole)[f"01-en-cas-d-alerte{DATED}.pdf"])
    assert "Page 1 / 1" in said
    assert "ARS Occitanie" in said
    assert "Maison de santé" in said
    assert "Clé chez la pharmacienne" in said


def test_who_is_called_when_orsan_is_triggered(whole: Cpts) -> None:
    service(whole, "SAMU 30", ContactKind.PARTNER, "SAMU")
    db.session.commit()
    html = pages_of(unfolded(whole))[f"09-orsan-qui-appeler{DATED}.html"]
    called = [found.get_text() for found in html.select("table")[0].select("tbody th")]
    assert called == ["ARS Occitanie", "CPAM du Gard", "SAMU 30"]


def test_the_blank_sheets_bear_the_title_and_the_next_number_of_a_crisis(whole: Cpts) -> None:
    files = unfolded(whole, Log(title="Feux de forêt", first=312, sheets=2, watermark="EXERCICE"))
    said = words_of(files[f"10-feuilles-de-journal{DATED}.pdf"])
    assert "Feux de forêt" in said
    assert "N° 312 à 326" in said
    assert "N° 327 à 341" in said
    assert "EXERCICE" in said
    assert "lignes 312 à 341" in files["LISEZ-MOI.txt"].decode()


def test_a_cpts_that_begins_has_a_pack_that_says_what_is_missing(cpts: Cpts) -> None:
    files = unfolded(cpts)
    assert {f"{piece}{DATED}.pdf" for piece in PIECES} < set(files)
    for path in ("index.html", "LISEZ-MOI.txt"):
        assert "Aucune fiche action n’est encore écrite." in files[path].decode()
        assert "Aucune version du plan n’est encore publiée." in files[path].decode()
    assert "L’annuaire ne contient encore aucun contact." in files[f"02-annuaire{DATED}.html"].decode()


def test_nobody_of_another_cpts_is_in_it(whole: Cpts) -> None:
    elsewhere = CptsFactory(slug="ailleurs", name="Ailleurs")
    ContactFactory(cpts_id=elsewhere.id, family_name="Quidam")
    write_everything(elsewhere, AccountFactory())
    db.session.commit()
    for path, content in unfolded(whole).items():
        said = words_of(content) if path.endswith(".pdf") else content.decode()
        assert "QUIDAM" not in said.upper(), path
        assert "Ailleurs" not in said, path


def test_every_pdf_is_sound(whole: Cpts, tmp_path: Path, qpdf: Callable[[Path], None]) -> None:
    for path, content in unfolded(whole).items():
        if path.endswith(".pdf"):
            file = tmp_path / "paper.pdf"
            file.write_bytes(content)
            qpdf(file)


@pytest.fixture
def qpdf() -> Callable[[Path], None]:
    """A check by another program than the one that wrote."""

    def check(file: Path) -> None:
        subprocess.run(["qpdf", "--check", str(file)], check=True, capture_output=True)

    return check


def test_it_asks_the_database_as_often_for_forty_more_who_hold_a_function(whole: Cpts) -> None:
    cpts_id = whole.id

    def cost() -> int:
        db.session.commit()
        db.session.expunge_all()
        asked = db.session.get_one(Cpts, cpts_id)
        with counted_statements() as sent:
            archive.pack(asked, at=NOON)
        return len(sent)

    few = cost()
    for rank in range(40):
        contact = ContactFactory(cpts_id=cpts_id)
        function = CellFunction(cpts_id=cpts_id, position=rank + 2, name=f"Fonction {rank}")
        db.session.add(function)
        db.session.flush()
        duty = {"contact_id": contact.id, "rank": Rank.TITULAR, "starts_on": TODAY, "created_at": NOON}
        db.session.add(CellDuty(function_id=function.id, **duty))
    assert cost() == few


def test_the_archive_is_downloaded_and_kept_by_no_cache(
    whole: Cpts, cell_member: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    answer = cell_member.get("cpts.crisis_pack.download")
    assert answer.status == 200
    assert answer.response.mimetype == "application/zip"
    assert answer.response.headers["Content-Disposition"] == f"attachment; filename={FOLDER}.zip"
    assert answer.response.headers["Cache-Control"] == "no-store"
    assert answer.content == archive.pack(whole, at=NOON).content
