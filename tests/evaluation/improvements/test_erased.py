"""An erasure in the log of the crisis that taught an improvement opens its steps and documents; nothing else does."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import Base, db
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.improvements.models import Improvement, ImprovementDocument
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.logbook.models import EntryErasure, LogbookEntry
from crisis_plan.web.attachments import Attachment
from tests.evaluation.debriefs.factories import a_debrief
from tests.evaluation.room.complete import a_complete_debrief
from tests.factories import NOON, member
from tests.pilotage.logbook_integrity.test_refusals import refused

EMPTY: dict[str, Any] = {"content": None, "file_name": "", "media_type": "", "size": 0, "sha256": ""}
STEP = {"word": "(contenu effacé)"}


@pytest.fixture
def by(cpts: Cpts) -> Account:
    return member(cpts, Role.REFERENT)


@pytest.fixture
def debrief(cpts: Cpts, by: Account) -> Debrief:
    """With two improvements that answer its findings, one of which has a document."""
    made = a_complete_debrief(cpts, by)
    document = ImprovementDocument(improvement_id=db.session.scalars(sa.select(Improvement.id)).first())
    document.take(Attachment("preuve.pdf", "application/pdf", b"%PDF"), by=by, at=NOON)
    db.session.add(document)
    db.session.commit()
    return made


def an_erasure(crisis_id: uuid.UUID | None, by: Account) -> None:
    entry = db.session.scalars(sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis_id)).first()
    assert entry
    db.session.add(EntryErasure(entry_id=entry.id, ordered_by="Tribunal", erased_at=NOON, erased_by_id=by.id,
                                erased_by_name=by.name))  # fmt: skip
    db.session.commit()


def test_an_erasure_opens_the_steps_and_the_documents_to_their_one_end(
    cpts: Cpts, debrief: Debrief, by: Account
) -> None:
    steps, documents = (Base.metadata.tables[name] for name in ("improvement_steps", "improvement_documents"))
    crisis_id, elsewhere = debrief.crisis_id, a_debrief(cpts, by, title="Canicule").crisis_id
    db.session.commit()
    an_erasure(elsewhere, by)
    refused(sa.update(steps).values(STEP), like="append only")
    refused(sa.update(documents).values(EMPTY), like="append only")
    an_erasure(crisis_id, by)
    for values in ({"word": "autre"}, {**STEP, "by_name": "autre"}, {**STEP, "number": 9}):
        refused(sa.update(steps).values(values), like="append only")
    for values in ({"content": None}, {**EMPTY, "size": 4}, {**EMPTY, "added_by_id": None}, {"content": b"autre"}):
        refused(sa.update(documents).values(values), like="append only")
    db.session.execute(sa.update(steps).values(STEP))
    db.session.execute(sa.update(documents).values(EMPTY))
    db.session.commit()
    assert set(db.session.scalars(sa.select(steps.c.word))) == {"(contenu effacé)"}
    assert db.session.execute(sa.select(documents.c.content, documents.c.file_name, documents.c.size)).one() == (
        None,
        "",
        0,
    )
