"""The plans in force of an area, as one file."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from hashlib import sha256

import pytest

from crisis_plan import clock
from crisis_plan.db import db
from crisis_plan.organisations.models import CptsCommune
from crisis_plan.publication.models import Publication, PublicationFile
from crisis_plan.publication.rules import FileKind, PublicationKind
from crisis_plan.regional import archive, queries
from tests.factories import NOON, AccountFactory, CptsFactory
from tests.statements import counted_statements


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def publish(cpts, number, dated_on, content, kind=PublicationKind.PUBLISHED):
    files = [
        PublicationFile(kind=of, content=found, sha256=sha256(found).hexdigest(), size=len(found))
        for of, found in ((FileKind.RESTRICTED, content), (FileKind.PUBLIC, b"edition publique"))
    ]
    said = {"published_at": NOON, "author_id": AccountFactory().id, "author_name": "Camille", "files": files}
    db.session.add(Publication(cpts_id=cpts.id, kind=kind, number=number, dated_on=dated_on, **said))
    db.session.commit()


def opened(answer):
    assert answer.status == 200
    assert answer.response.headers["Content-Length"] == str(len(answer.content))
    content = answer.content
    answer.response.close()
    return zipfile.ZipFile(io.BytesIO(content))


def index(found):
    return list(csv.reader(io.StringIO(found.read("index.csv").decode("utf-8-sig")), delimiter=";"))


@pytest.fixture
def area(ars_reader):
    """Three CPTS: two versions and a provisional one, one version, none."""
    publish(ars_reader.cpts, 1, date(2025, 5, 1), b"%PDF un")
    publish(ars_reader.cpts, 2, date(2026, 6, 1), b"%PDF deux")
    publish(ars_reader.cpts, 1, date(2026, 11, 1), b"%PDF provisoire", PublicationKind.PROVISIONAL)
    publish(CptsFactory(name="Grand Alès", slug="grand-ales"), 1, date(2025, 3, 9), b"%PDF voisin")
    CptsFactory(name="Vidourle", slug="vidourle")
    hidden = CptsFactory(name="Ailleurs", slug="ailleurs", region="93", departements=["13"])
    publish(hidden, 1, date(2026, 6, 1), b"%PDF d'une autre region")
    return ars_reader


def test_the_exact_bytes_of_each_version_in_force_stand_under_their_dated_names(area):
    answer = area.get("regional.plans_zip")
    assert answer.response.headers["Content-Disposition"] == "attachment; filename=plans-crise_2026-11-22.zip"
    assert answer.response.mimetype == "application/zip"
    found = opened(answer)
    assert found.testzip() is None
    assert {name: found.read(name) for name in found.namelist() if name != "index.csv"} == {
        "plan-crise_grand-ales_v1_2025-03-09.pdf": b"%PDF voisin",
        "plan-crise_uzege_v2_2026-06-01.pdf": b"%PDF deux",
    }
    assert found.getinfo("plan-crise_uzege_v2_2026-06-01.pdf").date_time[:3] == (2026, 6, 1)


def test_the_index_names_every_cpts_and_the_one_without_a_plan(area):
    headings, *rows = index(opened(area.get("regional.plans_zip")))
    told = [dict(zip(headings, row, strict=True)) for row in rows]
    assert [(one["CPTS"], one["État du plan"], one["Version"], one["Fichier"]) for one in told] == [
        ("Grand Alès", "En retard", "Version 1", "plan-crise_grand-ales_v1_2025-03-09.pdf"),
        ("Uzège", "À jour", "Version 2", "plan-crise_uzege_v2_2026-06-01.pdf"),
        ("Vidourle", "Non publié", "", "Aucune version publiée"),
    ]
    assert told[1]["Empreinte SHA-256"] == sha256(b"%PDF deux").hexdigest()


def test_the_list_is_narrowed_as_the_page_is(area):
    assert opened(area.get("regional.plans_zip", etat="en-retard")).namelist() == [
        "plan-crise_grand-ales_v1_2025-03-09.pdf",
        "index.csv",
    ]
    assert [row[0] for row in index(opened(area.get("regional.plans_zip", q="uzège")))] == ["CPTS", "Uzège"]
    page = area.get("regional.index", etat="en-retard")
    assert page.links()["Télécharger 1 plan en vigueur (ZIP)"] == "/region/plans.zip?etat=en-retard"


def test_the_same_plans_give_the_same_bytes(area):
    assert area.get("regional.plans_zip").content == area.get("regional.plans_zip").content


def test_where_no_plan_is_in_force_none_is_offered(ars_reader):
    page = ars_reader.get("regional.index")
    assert not [said for said in page.links() if "ZIP" in said]
    assert opened(ars_reader.get("regional.plans_zip")).namelist() == ["index.csv"]


def test_each_plan_costs_one_statement_and_they_never_stand_in_memory_together(area, monkeypatch):
    with counted_statements() as few:
        area.get("regional.plans_zip")
    for number in range(4):
        cpts = CptsFactory(slug=f"cpts-de-plus-{number}", communes=[CptsCommune(code="30007")])
        publish(cpts, 1, date(2026, 6, 1), b"%PDF" + bytes(2_000_000))
    with counted_statements() as more:
        opened(area.get("regional.plans_zip"))
    assert len(more) == len(few) + 4
    followed = queries.lines(queries.institutions_of(area.account), "", now=NOON)
    with archive.plans(followed, NOON.date()) as kept:
        assert archive.size_of(kept) > 8_000_000
        assert kept._rolled


def test_only_readers_download_the_plans_of_an_area(referent, coordinator, operator, stranger):
    for browser in (referent, coordinator, operator, stranger):
        assert browser.get("regional.plans_zip").status == 404
        assert browser.get("regional.updates").status == 404
