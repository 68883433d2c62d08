from __future__ import annotations

import hashlib
import io

import pytest
import sqlalchemy as sa

from crisis_plan.db import db
from crisis_plan.orsan.neighbours import queries
from crisis_plan.orsan.neighbours.models import NeighbouringPlan, NeighbouringPlanFile
from crisis_plan.web.uploads import ATTACHMENT_LIMIT
from tests.browser import Browser, Page
from tests.factories import CptsFactory
from tests.orsan.factories import A_PDF, A_PNG, cpts_of, neighbour
from tests.statements import counted_statements


@pytest.fixture
def plan(coordinator: Browser) -> NeighbouringPlan:
    return neighbour(cpts_of(coordinator))


def send(browser: Browser, plan: NeighbouringPlan, content: bytes, name: str) -> Page:
    form = browser.get("cpts.neighbours.choose_file", plan_id=plan.id)
    return browser.submit(form, fields={"document": (io.BytesIO(content), name)})


def stored() -> list[NeighbouringPlanFile]:
    return list(db.session.scalars(sa.select(NeighbouringPlanFile)))


def test_a_document_is_kept_with_its_hash_and_comes_back_the_same(
    coordinator: Browser, cell_member: Browser, plan: NeighbouringPlan
) -> None:
    page = send(coordinator, plan, A_PDF, "PCS d’Uzès.pdf").follow()
    (kept,) = stored()
    assert (kept.size, kept.sha256) == (len(A_PDF), hashlib.sha256(A_PDF).hexdigest())
    answer = cell_member.open(page.links()["PCS d’Uzès.pdf"]).response
    assert answer.get_data() == A_PDF
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_new_document_takes_the_place_of_the_one_before(coordinator: Browser, plan: NeighbouringPlan) -> None:
    send(coordinator, plan, A_PDF, "a.pdf")
    question = coordinator.get("cpts.neighbours.choose_file", plan_id=plan.id)
    assert "« a.pdf » est gardé" in question.text
    send(coordinator, plan, A_PNG, "b.pdf")
    (kept,) = stored()
    assert (kept.file_name, kept.media_type) == ("b.pdf.png", "image/png")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90\x00 un programme", "n’est pas un document complet"),
        (b"<html><script>alert(1)</script></html>", "n’est pas un document complet"),
        (A_PDF[:-7], "n’est pas un document complet"),
        (b"", "vide"),
        (A_PDF + b"\x00" * (ATTACHMENT_LIMIT - len(A_PDF) + 1), "dépasse 10 Mo"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(
    coordinator: Browser, plan: NeighbouringPlan, content: bytes, said: str
) -> None:
    page = send(coordinator, plan, content, "plan.pdf")
    assert page.status == 422
    assert said in page.texts("#document-error")[0]
    assert stored() == []


def test_without_a_file_the_form_says_what_to_do(coordinator: Browser, plan: NeighbouringPlan) -> None:
    page = coordinator.submit(coordinator.get("cpts.neighbours.choose_file", plan_id=plan.id))
    assert page.status == 422
    assert page.texts("#document-error") == ["Erreur : Choisissez le fichier du plan."]


def test_a_document_is_removed_after_a_question(coordinator: Browser, plan: NeighbouringPlan) -> None:
    send(coordinator, plan, A_PDF, "a.pdf")
    question = coordinator.get("cpts.neighbours.confirm_file_removal", plan_id=plan.id)
    assert "« a.pdf »" in question.text
    coordinator.submit(question)
    assert stored() == []
    assert coordinator.get("cpts.neighbours.download", plan_id=plan.id).status == 404
    assert coordinator.get("cpts.neighbours.show", plan_id=plan.id).status == 200


def test_a_plan_that_is_removed_takes_its_document_away(coordinator: Browser, plan: NeighbouringPlan) -> None:
    send(coordinator, plan, A_PDF, "a.pdf")
    coordinator.post("cpts.neighbours.remove", plan_id=plan.id)
    assert stored() == []


def test_the_document_of_another_cpts_is_unknown(coordinator: Browser, plan: NeighbouringPlan) -> None:
    send(coordinator, plan, A_PDF, "a.pdf")
    db.session.refresh(plan)
    plan.cpts_id = CptsFactory().id
    db.session.commit()
    for endpoint in ("download", "choose_file", "confirm_file_removal"):
        assert coordinator.get(f"cpts.neighbours.{endpoint}", plan_id=plan.id).status == 404
    assert coordinator.post("cpts.neighbours.remove_file", plan_id=plan.id).status == 404
    assert len(stored()) == 1


def test_a_list_never_reads_the_bytes_of_the_documents(coordinator: Browser, plan: NeighbouringPlan) -> None:
    send(coordinator, plan, A_PDF, "a.pdf")
    with counted_statements() as sent:
        (found,) = queries.plans(cpts_of(coordinator))
        assert found.file is not None
        assert found.file.file_name == "a.pdf"
    assert not [one for one in sent if "neighbouring_plan_files" in one and ".content" in one]
