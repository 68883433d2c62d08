"""An order reaches what repeats a content: named, and erased with it when asked; the log stays whole, and says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent, Verb
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.pilotage.crises.models import Crisis, CrisisAlert
from crisis_plan.pilotage.facts import operations as facts
from crisis_plan.pilotage.facts.models import CrisisFact
from crisis_plan.pilotage.facts.operations import Told
from crisis_plan.pilotage.facts.rules import FactKind
from crisis_plan.pilotage.logbook import erasing, repeats
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.repeats import ERASED
from crisis_plan.pilotage.logbook.rules import EntryKind, Part
from crisis_plan.pilotage.messages.models import CrisisMessage, MessageChannel, MessageRecipient
from crisis_plan.pilotage.mobilisation.models import TimeSpent
from crisis_plan.pilotage.needs import operations as needs
from crisis_plan.pilotage.needs.models import CommuneNeed
from crisis_plan.pilotage.needs.operations import Need
from crisis_plan.pilotage.needs.rules import NeedKind, NeedState
from crisis_plan.pilotage.situation_reports.models import SituationReport
from crisis_plan.pilotage.tasks import operations as tasks
from crisis_plan.pilotage.tasks.models import CrisisTask
from crisis_plan.pilotage.tasks.operations import TaskDescription
from tests.factories import NOON, member
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.logbook.factories import an_entry
from tests.pilotage.logbook_integrity.logs import close, entry, verify
from tests.pilotage.logbook_integrity.test_erasing import command, everything

WORDS = "Mme Untel, dialyse au 3 rue des Lilas"
LATER = NOON + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _asked_on_the_web(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.fixture
def by(cpts: Cpts) -> Account:
    return member(cpts, Role.REFERENT)


@pytest.fixture
def crisis(cpts: Cpts, by: Account) -> Crisis:
    made = a_crisis(cpts, by)
    db.session.commit()
    return made


def a_need(crisis: Crisis, by: Account) -> CommuneNeed:
    said = Need("", "Tout le territoire", NeedKind.CARE, WORDS, reported_by="Mairie")
    return needs.note(crisis, said, by=by, at=NOON)


def a_message(crisis: Crisis, by: Account) -> CrisisMessage:
    """Sent to one person, its copy gone, and to another, its copy waiting."""
    told = an_entry(crisis, by, WORDS, at=NOON, kind=EntryKind.MESSAGE)
    made = CrisisMessage(crisis_id=crisis.id, number=1, channel=MessageChannel.EMAIL, audience="Les infirmiers",
                         subject="Dialyse", text=WORDS, entry_id=told.id, sent_at=NOON, sent_by_id=by.id,
                         sent_by_name=by.name)  # fmt: skip
    copies = [OutboxMessage(recipient=f"{rank}@a.fr", subject="Dialyse", body=WORDS, created_at=NOON, sent_at=sent)
              for rank, sent in enumerate((NOON, None))]  # fmt: skip
    db.session.add_all([made, *copies])
    db.session.flush()
    made.recipients = [
        MessageRecipient(position=rank, name=f"Infirmier {rank}", address=copy.recipient, outbox_id=copy.id)
        for rank, copy in enumerate(copies)
    ]
    db.session.commit()
    return made


def a_report(crisis: Crisis, by: Account) -> SituationReport:
    told = an_entry(crisis, by, WORDS, at=NOON, kind=EntryKind.SITUATION_REPORT)
    made = SituationReport(crisis_id=crisis.id, number=1, said={"health": WORDS}, drafted_at=NOON, drafted_by_name="Ana",
                           last_entry_number=1, issued_at=NOON, issued_by_id=by.id, issued_by_name=by.name,
                           entry_id=told.id, content={"title": WORDS}, pdf=WORDS.encode(), pdf_sha256="ab" * 32)  # fmt: skip
    db.session.add(made)
    db.session.commit()
    return made


def erase(crisis: Crisis, number: int, by: Account) -> LogbookEntry:
    """As ordered, with what repeats it."""
    db.session.commit()
    told = erasing.erase_content(entry(crisis, number), ordered_by="Tribunal", with_repeats=True, by=by, at=LATER)
    db.session.commit()
    return told


def named(crisis: Crisis, number: int) -> tuple[str, ...]:
    db.session.commit()
    return repeats.of_entry(crisis, entry(crisis, number)).names


def test_what_cites_the_entry_by_its_number_is_named(crisis: Crisis, by: Account) -> None:
    a_need(crisis, by)
    task = tasks.add(crisis, TaskDescription(WORDS), key=None, by=by, at=NOON)
    spent = TimeSpent(crisis_id=crisis.id, starts_at=NOON, what=WORDS, recorded_at=NOON, recorded_by_name="Ana",
                      entry_number=2, person_key="ana", name="Ana")  # fmt: skip
    db.session.add(spent)
    assert task.entry_number == 2
    assert named(crisis, 1)[0] == "un besoin d’une commune"
    assert {"une tâche", "un temps passé"} <= set(named(crisis, 2))


def test_corrections_the_alert_and_later_entries_of_the_same_words_are_named(crisis: Crisis, by: Account) -> None:
    db.session.add(CrisisAlert(crisis_id=crisis.id, nature=WORDS, updated_at=NOON))
    an_entry(crisis, by, "Alerte reçue", at=NOON, kind=EntryKind.ALERT)
    an_entry(crisis, by, "Alerte reçue à 8 h", at=NOON, kind=EntryKind.CORRECTION, corrects=1)
    assert named(crisis, 1) == ("l’alerte de la crise", "l’entrée n°\u00a02, qui la corrige,")
    assert named(crisis, 2) == ("l’entrée n°\u00a01, qu’elle corrige,",)
    need = a_need(crisis, by)
    needs.answer(crisis, need, NeedState.UNDER_WAY, "Ambulance", by=by, at=NOON)
    assert named(crisis, 3) == ("un besoin d’une commune", "l’entrée n°\u00a04, qui dit les mêmes mots,")


@pytest.mark.parametrize("is_closed", [False, True])
def test_needs_and_tasks_lose_their_words_and_nothing_else(
    app: Flask, crisis: Crisis, by: Account, is_closed: bool
) -> None:
    a_need(crisis, by)
    tasks.add(crisis, TaskDescription(WORDS), key=None, by=by, at=NOON)
    if is_closed:
        close(crisis, by)
    for number in (1, 2):
        erase(crisis, number, by)
    need, task = db.session.scalars(sa.select(CommuneNeed)).one(), db.session.scalars(sa.select(CrisisTask)).one()
    assert (need.text, need.answer, need.reported_by, need.entry_number) == (ERASED, "", "Mairie", 1)
    assert (task.text, task.word) == (ERASED, "")
    assert verify(app).exit_code == 0, verify(app).output


def test_a_fact_loses_its_words_and_keeps_its_dates(app: Flask, crisis: Crisis, by: Account) -> None:
    facts.record(crisis, FactKind.REQUEST, Told(NOON, "Mairie", "Mme Untel", WORDS), by=by, at=NOON)
    close(crisis, by)
    told = erase(crisis, 1, by)
    fact = db.session.scalars(sa.select(CrisisFact)).one()
    assert (fact.body, fact.person, fact.text, fact.happened_at) == (ERASED, ERASED, ERASED, NOON)
    assert told.part is Part.ANNEX
    event = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.verb == Verb.REMOVED)).one()
    assert event.fields == ["content", "crisis_facts"]
    assert verify(app).exit_code == 0, verify(app).output


def test_a_message_loses_its_words_its_copies_too_and_keeps_its_recipients(crisis: Crisis, by: Account) -> None:
    a_message(crisis, by)
    close(crisis, by)
    erase(crisis, 1, by)
    message = db.session.scalars(sa.select(CrisisMessage)).one()
    assert (message.subject, message.text, message.audience) == (ERASED, ERASED, "Les infirmiers")
    assert [(one.name, one.outbox_id is None) for one in message.recipients] == [
        ("Infirmier 0", False), ("Infirmier 1", True),
    ]  # fmt: skip
    (copy,) = db.session.scalars(sa.select(OutboxMessage).where(OutboxMessage.recipient.like("%@a.fr")))
    assert (copy.recipient, copy.subject, copy.body) == ("0@a.fr", ERASED, "(contenu effacé)")


def test_an_issued_report_loses_its_words_and_keeps_the_hash_of_its_pdf(crisis: Crisis, by: Account) -> None:
    a_report(crisis, by)
    close(crisis, by)
    erase(crisis, 1, by)
    report = db.session.scalars(sa.select(SituationReport)).one()
    assert (report.said, report.content, report.pdf, report.pdf_sha256) == ({}, None, None, "ab" * 32)


def test_the_command_asks_and_the_file_keeps_nothing(app: Flask, crisis: Crisis, by: Account) -> None:
    facts.record(crisis, FactKind.REQUEST, Told(NOON, "Mairie", "", WORDS), by=by, at=NOON)
    db.session.commit()
    asked = command(app, crisis, by, number=1, also="non").output
    assert "Effacer aussi\u00a0: un fait daté\u00a0? (oui ou non)" in asked
    assert db.session.scalars(sa.select(CrisisFact.text)).one() == WORDS
    afterwards = command(app, crisis, by, number=1, also="oui")
    assert "ce qui la répétait est effacé" in afterwards.output, afterwards.output
    assert db.session.scalars(sa.select(CrisisFact.text)).one() == ERASED
    assert verify(app).exit_code == 0
    if db.engine.dialect.name == "sqlite":
        assert WORDS.encode() not in everything(str(db.engine.url.database))


def test_nothing_that_repeats_is_erased_before_the_entry(crisis: Crisis, by: Account) -> None:
    an_entry(crisis, by, at=NOON)
    db.session.commit()
    with pytest.raises(erasing.NotErased):
        erasing.erase_what_repeats(entry(crisis, 1), by=by, at=NOON)
