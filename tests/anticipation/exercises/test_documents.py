from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
import sqlalchemy as sa

from crisis_plan.anticipation.exercises import documents
from crisis_plan.anticipation.exercises.models import Exercise, ExerciseDocument
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.web import attachments
from crisis_plan.web.attachments import DOCX, JPEG, ODT, PDF, PNG, XLSX, media_type_of, safe_name
from crisis_plan.web.formats import file_size
from crisis_plan.web.uploads import UploadRefused
from tests.anticipation.exercises.factories import exercise
from tests.browser import Browser
from tests.factories import CptsFactory

A_PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
A_PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20 + b"IEND\xaeB`\x82"
A_JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 20 + b"\xff\xd9"


def zipped(**members: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


TYPES = "[Content_Types].xml"
A_DOCX = zipped(**{TYPES: "<x/>", "word/document.xml": "<x/>"})
AN_XLSX = zipped(**{TYPES: "<x/>", "xl/workbook.xml": "<x/>"})
AN_ODT = zipped(**{"mimetype": ODT, "content.xml": "<x/>"})


@pytest.fixture
def made(cpts: Cpts) -> Exercise:
    return exercise(cpts)


def send(browser: Browser, made: Exercise, content: bytes, name: str) -> object:
    form = browser.get("cpts.exercises.choose_document", exercise_id=made.id)
    return browser.submit(form, "main form", {"document": (io.BytesIO(content), name)})


def stored() -> list[ExerciseDocument]:
    return list(db.session.scalars(sa.select(ExerciseDocument)))


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(A_PDF, PDF), (A_PNG, PNG), (A_JPEG, JPEG), (A_DOCX, DOCX), (AN_XLSX, XLSX), (AN_ODT, ODT)],
)
def test_a_document_is_known_by_its_content(content: bytes, media_type: str) -> None:
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90\x00 un programme", "n’est pas un document complet"),
        (b"<html><script>alert(1)</script></html>", "n’est pas un document complet"),
        (A_PDF[:-7], "n’est pas un document complet"),
        (A_JPEG[:-2], "n’est pas un document complet"),
        (A_PNG[:-8], "n’est pas un document complet"),
        (A_DOCX[:-30], "n’est pas un document complet"),
        (zipped(**{"a.txt": "x"}), "n’est pas un document complet"),
        (zipped(**{TYPES: "x", "word/document.xml": "x", "word/vbaProject.bin": "x"}), "macros"),
        (zipped(**{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "x"}), "complet"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(
    coordinator: Browser, made: Exercise, content: bytes, said: str
) -> None:
    with pytest.raises(UploadRefused, match=said):
        media_type_of(content)
    page = send(coordinator, made, content, "feuille.pdf")
    assert page.status == 422  # type: ignore[attr-defined]
    assert said in page.texts("#document-error")[0]  # type: ignore[attr-defined]
    assert stored() == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Feuille signée.pdf", "Feuille signée.pdf"),
        ("..\\..\\secret\\a.exe", "a.exe.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("facture\u202efdp.exe", "facture fdp.exe.pdf"),
        ("", "document.pdf"),
        (".pdf", "document.pdf"),
        ("x" * 400 + ".PDF", "x" * 196 + ".PDF"),
    ],
)
def test_a_file_name_is_made_safe(given: str, kept: str) -> None:
    assert safe_name(given, PDF) == kept
    assert len(kept) <= attachments.LONGEST_NAME


def test_a_jpeg_may_be_written_in_two_ways() -> None:
    assert [safe_name(f"photo.{one}", JPEG) for one in ("jpg", "jpeg", "png")] == [
        "photo.jpg",
        "photo.jpeg",
        "photo.png.jpg",
    ]


def test_a_document_is_kept_with_its_hash_and_comes_back_the_same(
    coordinator: Browser, cell_member: Browser, made: Exercise
) -> None:
    page = send(coordinator, made, A_PDF, "Feuille signée.pdf").follow()  # type: ignore[attr-defined]
    assert "Feuille signée.pdf" in page.links()
    (kept,) = stored()
    assert (kept.size, kept.sha256) == (len(A_PDF), hashlib.sha256(A_PDF).hexdigest())
    answer = cell_member.open(page.links()["Feuille signée.pdf"]).response
    assert answer.get_data() == A_PDF
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_form_sent_twice_keeps_one_document(coordinator: Browser, made: Exercise) -> None:
    form = coordinator.get("cpts.exercises.choose_document", exercise_id=made.id)
    for _ in range(2):
        coordinator.submit(form, "main form", {"document": (io.BytesIO(A_PDF), "a.pdf")})
    assert len(stored()) == 1


def test_a_document_is_removed_after_a_question(coordinator: Browser, made: Exercise) -> None:
    send(coordinator, made, A_PDF, "a.pdf")
    (kept,) = stored()
    question = coordinator.get("cpts.exercises.confirm_document_removal", document_id=kept.id)
    assert "« a.pdf »" in question.text
    coordinator.submit(question, "main form")
    assert stored() == []


def test_the_documents_of_an_exercise_have_a_limit(
    coordinator: Browser, made: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MOST", 1)
    send(coordinator, made, A_PDF, "a.pdf")
    page = send(coordinator, made, A_PNG, "b.png")
    assert page.status == 422  # type: ignore[attr-defined]
    assert len(stored()) == 1


def test_the_document_of_another_cpts_is_unknown(coordinator: Browser, made: Exercise) -> None:
    send(coordinator, made, A_PDF, "a.pdf")
    (kept,) = stored()
    made_elsewhere = exercise(CptsFactory())
    kept.exercise_id = made_elsewhere.id
    db.session.commit()
    assert coordinator.get("cpts.exercises.download", document_id=kept.id).status == 404
    assert coordinator.post("cpts.exercises.remove_document", document_id=kept.id).status == 404


@pytest.mark.parametrize(("size", "said"), [(1, "1 ko"), (340_400, "340 ko"), (2_400_000, "2,4 Mo")])
def test_a_size_reads_in_french(size: int, said: str) -> None:
    assert file_size(size).replace("\u00a0", " ") == said
