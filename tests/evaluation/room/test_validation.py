"""A debrief is validated once, whole, and never changes afterwards."""

from __future__ import annotations

import hashlib

import pytest
import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.document import serial
from crisis_plan.document.blocks import Edition
from crisis_plan.evaluation.debriefs import queries
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefFile
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.evaluation.debriefs.writing import DebriefValidated
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.rules import ImprovementState
from crisis_plan.evaluation.room import printing
from crisis_plan.evaluation.room.validating import DebriefIncomplete, DebriefMoved, validate
from crisis_plan.history import HistoryEvent
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.evaluation.debriefs.factories import a_debrief, a_programme_debrief
from tests.evaluation.room.complete import (
    VALIDATED_AT,
    a_complete_debrief,
    a_validated_debrief,
    add,
    hold_the_first,
)


@pytest.fixture
def by(referent: Browser) -> Account:
    assert referent.account
    return referent.account


def test_an_incomplete_debrief_is_refused_and_the_page_leads_to_what_is_missing(
    cpts: Cpts, referent: Browser, by: Account
) -> None:
    debrief = a_debrief(cpts, by)
    add(debrief, FindingKind.WEAK, "Rien ne suit", by=by)
    db.session.commit()
    with pytest.raises(DebriefIncomplete):
        validate(debrief, by=by, at=VALIDATED_AT)
    db.session.rollback()
    page = referent.get("cpts.debriefs.validate", debrief_id=debrief.id)
    assert page.texts("main form") == []
    links = page.links(".notice a")
    assert [words.partition(" :")[0] for words in links] == ["Aucun retour n’a encore été tenu", "Point faible n° 1"]
    for address in links.values():
        assert referent.open(address).status == 200
    refused = referent.post("cpts.debriefs.validate", debrief_id=debrief.id)
    assert refused.status == 422
    assert refused.texts(".notice li")[1].startswith("Point faible n° 1")
    assert not db.session.get_one(Debrief, debrief.id).is_validated


def test_what_is_validated_is_frozen_with_its_two_pdfs(cpts: Cpts, referent: Browser, by: Account) -> None:
    debrief = a_complete_debrief(cpts, by)
    sent = referent.submit(referent.get("cpts.debriefs.validate", debrief_id=debrief.id), "main form")
    assert sent.follow().status == 200
    assert debrief.validated_by_name == by.name
    assert debrief.content
    document = serial.from_json(debrief.content)
    assert debrief.content_sha256 == hashlib.sha256(serial.canonical_bytes(document)).hexdigest()
    for edition, endpoint in ((Edition.RESTRICTED, "pdf"), (Edition.PUBLIC, "public_pdf")):
        kept = db.session.scalars(sa.select(DebriefFile).where(DebriefFile.edition == edition)).one()
        answer = referent.get(f"cpts.debriefs.{endpoint}", debrief_id=debrief.id)
        assert answer.content == kept.content == printing.printed(document, edition)
        assert kept.sha256 == hashlib.sha256(answer.content).hexdigest()
        assert answer.response.headers["ETag"] == f'"{kept.sha256}"'
        again = referent.open(answer.response.request.path, headers={"If-None-Match": f'"{kept.sha256}"'})
        assert again.status == 304
    assert (
        f"bilan_crise-1_uzege_{debrief.over_on:%Y-%m-%d}.pdf"
        in referent.get("cpts.debriefs.pdf", debrief_id=debrief.id).response.headers["Content-Disposition"]
    )
    changed = db.session.scalars(sa.select(HistoryEvent.fields).where(HistoryEvent.subject == "debrief")).all()
    assert ["validated_at"] in list(changed)


def test_validated_twice_by_the_same_sending_is_once_and_by_another_is_refused(
    cpts: Cpts, referent: Browser, by: Account
) -> None:
    debrief = a_complete_debrief(cpts, by)
    page = referent.get("cpts.debriefs.validate", debrief_id=debrief.id)
    first, second = referent.submit(page, "main form"), referent.submit(page, "main form")
    assert (first.location, first.status) == (second.location, second.status)
    other = referent.post("cpts.debriefs.validate", debrief_id=debrief.id)
    assert (other.status, "Ce bilan est validé" in other.text) == (409, True)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(DebriefFile)) == 2
    with pytest.raises(DebriefValidated):
        validate(debrief, by=by, at=VALIDATED_AT)


def test_what_moved_while_it_was_printed_is_not_validated(cpts: Cpts, by: Account) -> None:
    debrief = a_complete_debrief(cpts, by)
    identity = debrief.id

    def somebody_else(_session: object) -> None:
        with db.engine.begin() as connection:
            connection.execute(sa.update(Debrief).where(Debrief.id == identity).values(lessons="Écrit entre-temps"))

    sa.event.listen(db.session(), "after_rollback", somebody_else, once=True)
    with pytest.raises(DebriefMoved):
        validate(debrief, by=by, at=VALIDATED_AT)
    db.session.rollback()
    assert (debrief.is_validated, debrief.content, debrief.lessons) == (False, None, "Écrit entre-temps")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(DebriefFile)) == 0


def test_the_page_is_the_frozen_document_whatever_becomes_of_the_improvements(
    cpts: Cpts, referent: Browser, by: Account
) -> None:
    debrief = a_validated_debrief(cpts, by)
    improvement = db.session.scalars(sa.select(Improvement).order_by(Improvement.number)).first()
    assert improvement
    improvement.state, improvement.text = ImprovementState.DONE, "Tout autre chose"
    db.session.commit()
    page = referent.get("cpts.debriefs.show", debrief_id=debrief.id)
    assert "Tenir la liste d’appel à jour" in page.text
    assert "Tout autre chose" not in page.text


def test_an_exercise_of_the_programme_is_validated_without_a_log(cpts: Cpts, referent: Browser, by: Account) -> None:
    debrief = a_programme_debrief(cpts, by)
    hold_the_first(debrief, by)
    add(debrief, FindingKind.STRONG, "Tout le monde est venu", by=by)
    db.session.commit()
    validate(debrief, by=by, at=VALIDATED_AT)
    db.session.commit()
    whole = queries.whole_or_404(cpts, debrief.id)
    document = printing.document_of(whole, VALIDATED_AT)
    assert (document.title, document.watermark, document.witness) == (
        "[EXERCICE] Bilan\u00a0: Exercice sur table, Canicule", "EXERCICE", "",
    )  # fmt: skip
    assert "extrait" not in [chapter.key for chapter in document.chapters]
    answer = referent.get("cpts.debriefs.pdf", debrief_id=debrief.id)
    assert "bilan_exercice-sur-table_uzege_" in answer.response.headers["Content-Disposition"]


def test_only_a_referent_validates_the_cell_reads_what_is_missing(
    cpts: Cpts, referent: Browser, cell_member: Browser, by: Account, ars_reader: Browser, stranger: Browser
) -> None:
    debrief = a_complete_debrief(cpts, by)
    page = cell_member.get("cpts.debriefs.validate", debrief_id=debrief.id)
    assert "La validation revient au référent de crise" in page.text
    assert cell_member.post("cpts.debriefs.validate", debrief_id=debrief.id).status == 403
    assert ars_reader.post("cpts.debriefs.validate", debrief_id=debrief.id).status == 403
    assert stranger.post("cpts.debriefs.validate", debrief_id=debrief.id).status == 404
