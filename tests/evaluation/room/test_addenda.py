"""What is added to a validated debrief is a dated part with its own papers; what an order takes away is said."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefAddendum, DebriefFile, DebriefFinding
from crisis_plan.evaluation.room import addenda, sharing
from crisis_plan.evaluation.room.addenda import NumberTaken
from crisis_plan.evaluation.room.erasing import forget_entry, goes_with, repeats
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.logbook.erasing import NotErased, erase_content
from crisis_plan.pilotage.logbook.repeats import Repeats
from tests.browser import Browser
from tests.evaluation.room.complete import (
    EXTRACTED_ONLY,
    SAID,
    VALIDATED_AT,
    a_complete_debrief,
    a_validated_debrief,
    entry,
)

LATER = VALIDATED_AT + timedelta(days=3)
ADDED = "Le fournisseur a livré la radio."


@pytest.fixture
def by(referent: Browser) -> Account:
    assert referent.account
    return referent.account


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages)


def test_an_addendum_is_a_dated_part_with_its_two_papers(cpts: Cpts, referent: Browser, by: Account) -> None:
    debrief = a_validated_debrief(cpts, by)
    before = (debrief.content_sha256, referent.get("cpts.debriefs.pdf", debrief_id=debrief.id).content)
    page = referent.get("cpts.debriefs.add_addendum", debrief_id=debrief.id)
    assert ADDED in referent.submit(page, "main form", {"text": ADDED}).follow().text
    referent.submit(page, "main form", {"text": ADDED})
    made = db.session.scalars(sa.select(DebriefAddendum)).one()
    assert (made.number, made.text, made.written_by_name) == (1, ADDED, by.name)
    for endpoint, is_named in (("addendum_pdf", True), ("addendum_public_pdf", False)):
        answer = referent.get(f"cpts.debriefs.{endpoint}", debrief_id=debrief.id, number=1)
        said = words_of(answer.content)
        assert (ADDED in said, by.name in said) == (True, is_named)
        assert debrief.content_sha256 in said.replace(" ", "")
        assert answer.response.headers["ETag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
    after = (debrief.content_sha256, referent.get("cpts.debriefs.pdf", debrief_id=debrief.id).content)
    assert before == after


def test_whoever_reads_the_debrief_reads_its_addenda_and_nobody_else(
    cpts: Cpts, referent: Browser, by: Account, ars_reader: Browser, cpam_reader: Browser
) -> None:
    debrief = a_validated_debrief(cpts, by)
    addenda.add(debrief, ADDED, by=by, at=LATER)
    sharing.share(debrief, with_ars=True, with_cpam=False, seen_version=debrief.version, by=by, at=LATER)
    db.session.commit()
    for endpoint in ("addendum_pdf", "addendum_public_pdf"):
        address = {"debrief_id": debrief.id, "number": 1}
        assert ars_reader.get(f"cpts.debriefs.{endpoint}", **address).status == 200
        assert cpam_reader.get(f"cpts.debriefs.{endpoint}", **address).status == 404
        assert referent.get(f"cpts.debriefs.{endpoint}", debrief_id=debrief.id, number=2).status == 404
        assert referent.get(f"cpts.debriefs.{endpoint}", debrief_id=debrief.id, number=0).status == 404
    assert ADDED in ars_reader.get("cpts.debriefs.show", debrief_id=debrief.id).text


def test_nothing_is_added_to_a_draft_nor_by_anybody_but_a_referent(
    cpts: Cpts, referent: Browser, by: Account, coordinator: Browser
) -> None:
    draft = a_complete_debrief(cpts, by)
    for method in (referent.get, referent.post):
        assert method("cpts.debriefs.add_addendum", debrief_id=draft.id).status == 409
    assert coordinator.get("cpts.debriefs.add_addendum", debrief_id=draft.id).status == 403


@pytest.mark.parametrize(
    ("typed", "told"),
    [("  ", "Écrivez ce que l’additif ajoute"), ("Jean Dupont né le 12/03/1950 est venu", "Retirez-les, ou cochez")],
)
def test_a_refused_addendum_is_shown_again(cpts: Cpts, referent: Browser, by: Account, typed: str, told: str) -> None:
    debrief = a_validated_debrief(cpts, by)
    page = referent.get("cpts.debriefs.add_addendum", debrief_id=debrief.id)
    refused = referent.submit(page, "main form", {"text": typed})
    assert (refused.status, told in refused.text) == (422, True)
    assert typed.strip() in refused.html.select_one("textarea").text  # type: ignore[union-attr]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(DebriefAddendum)) == 0


def test_two_that_are_written_at_once_do_not_take_one_number(cpts: Cpts, referent: Browser, by: Account) -> None:
    debrief = a_validated_debrief(cpts, by)
    row = {"debrief_id": debrief.id, "number": 1, "text": "L’autre", "dated_on": LATER.date(), "written_at": LATER,
           "written_by_id": by.id, "written_by_name": by.name}  # fmt: skip

    def somebody_else(_session: object) -> None:
        with db.engine.begin() as connection:
            connection.execute(sa.insert(DebriefAddendum), row)

    sa.event.listen(db.session(), "after_rollback", somebody_else, once=True)
    with pytest.raises(NumberTaken):
        addenda.add(debrief, ADDED, by=by, at=LATER)
    db.session.rollback()
    assert addenda.add(debrief, ADDED, by=by, at=LATER).number == 2


def erased(debrief: Debrief, number: int, by: Account) -> None:
    """An authority ordered it: what the entry says goes, with what the debrief kept of it."""
    gone = entry(debrief, number)
    erase_content(gone, ordered_by="Tribunal d’Alès", by=by, at=LATER)
    assert forget_entry(gone, with_repeats=True, by=by, at=LATER)[0] == "le document validé du bilan et ses PDF"
    db.session.commit()


def test_an_erasure_takes_the_papers_that_quote_the_entry_and_the_page_says_so(
    cpts: Cpts, referent: Browser, by: Account
) -> None:
    debrief = a_validated_debrief(cpts, by)
    validated = debrief.content_sha256
    assert EXTRACTED_ONLY in words_of(referent.get("cpts.debriefs.pdf", debrief_id=debrief.id).content)
    erased(debrief, 4, by)
    assert db.session.scalars(sa.select(DebriefFile.content)).all() == [None, None]
    assert (debrief.content, debrief.content_sha256, debrief.is_validated) == (None, validated, True)
    page = referent.get("cpts.debriefs.show", debrief_id=debrief.id)
    assert "Document refait" in page.text
    assert validated in page.text
    answer = referent.get("cpts.debriefs.pdf", debrief_id=debrief.id)
    for said in (page.text, words_of(answer.content)):
        assert EXTRACTED_ONLY not in said
        assert "Ouvrir un point de soins à Uzès" in said
        assert "Contenu effacé sur décision d’une autorité" in said
        assert "Entrées du journal" in said
    assert answer.response.headers["Cache-Control"] == "no-store"


def test_the_words_of_a_finding_that_rests_on_the_entry_go_with_it(cpts: Cpts, referent: Browser, by: Account) -> None:
    debrief = a_validated_debrief(cpts, by)
    erased(debrief, 1, by)
    findings = db.session.scalars(sa.select(DebriefFinding).order_by(DebriefFinding.number)).all()
    assert [(one.as_said, one.as_validated) for one in findings] == [
        ("Le point de soins a ouvert vite", ""),
        ("(contenu effacé)", "(contenu effacé)"),
        ("Pas de radio", ""),
    ]
    assert SAID not in referent.get("cpts.debriefs.show", debrief_id=debrief.id).text


def test_nothing_goes_before_the_erasure_is_written_down(cpts: Cpts, by: Account) -> None:
    debrief = a_validated_debrief(cpts, by)
    with pytest.raises(NotErased):
        forget_entry(entry(debrief, 4), by=by, at=LATER)
    assert debrief.content


def test_of_a_draft_no_paper_is_kept(cpts: Cpts, by: Account) -> None:
    debrief = a_complete_debrief(cpts, by)
    gone = entry(debrief, 4)
    assert (repeats(gone), goes_with(gone)) == (Repeats(), ())
    erase_content(gone, ordered_by="Tribunal d’Alès", by=by, at=LATER)
    assert forget_entry(gone, by=by, at=LATER) == []
