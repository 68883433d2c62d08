"""A report leaves whole, to those who were shown, and the logbook says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory.models import Contact, ContactEmail
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.rules import EntryKind
from tests.browser import Browser
from tests.factories import NOON, AccountFactory, ContactFactory
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.situation_reports.factories import an_issued_report


@pytest.fixture(autouse=True)
def kept_mail(app: Flask) -> Iterator[None]:
    """What is posted is kept, as in a demonstration."""
    before, app.config["DEMO"] = app.config["DEMO"], True
    yield
    app.config["DEMO"] = before


@pytest.fixture
def account(cpts: Cpts) -> Account:
    made: Account = AccountFactory(name="Nadia Benali")
    return made


def a_contact(cpts: Cpts, name: str, kind: ContactKind, category: str = "", email: str = "") -> Contact:
    made: Contact = ContactFactory(
        cpts_id=cpts.id, family_name=name, kind=kind, is_service=True, category=category, profession=""
    )
    if email:
        made.emails = [ContactEmail(position=0, address=email)]
    return made


@pytest.fixture
def exercise(cpts: Cpts, account: Account) -> Crisis:
    """An exercise of which a report was issued; the directory knows the ARS, a town hall without e-mail, an adherent."""
    a_contact(cpts, "ARS Occitanie", ContactKind.INSTITUTION, "ARS", "crise@ars.exemple.fr")
    a_contact(cpts, "Mairie d’Uzès", ContactKind.INSTITUTION, "Mairie")
    a_contact(cpts, "Petit", ContactKind.ADHERENT, "", "petit@exemple.fr")
    played = a_crisis(cpts, account, mode=Mode.EXERCISE)
    an_issued_report(cpts, played, account, at=NOON)
    return played


def posted() -> list[OutboxMessage]:
    return list(db.session.scalars(sa.select(OutboxMessage)))


def test_nobody_is_chosen_at_first(exercise: Crisis, cell_member: Browser) -> None:
    page = cell_member.get("cpts.situation_reports.recipients", crisis_id=exercise.id, number=1)
    assert page.html.select("main form[method=post]") == []
    assert page.texts("section li") == []


def test_whoever_will_receive_it_is_shown_first_and_who_cannot_is_to_be_called(
    exercise: Crisis, cell_member: Browser
) -> None:
    page = cell_member.get(
        "cpts.situation_reports.recipients", crisis_id=exercise.id, number=1, a=["ars", "institutions"]
    )
    assert [one.split(" ARS")[0] for one in page.texts("section > ul > li")] == ["ARS Occitanie"]
    assert [one.split(" ·")[0] for one in page.texts(".notice li")] == ["Mairie d’Uzès"]


def test_the_whole_report_leaves_under_the_mark_of_an_exercise(exercise: Crisis, cell_member: Browser) -> None:
    page = cell_member.get(
        "cpts.situation_reports.recipients", crisis_id=exercise.id, number=1, a=["ars", "institutions"]
    )
    answer = cell_member.submit(page, "main form[method=post]", {"a": ["ars", "institutions"]})
    (mail,) = posted()
    assert mail.recipient == "crise@ars.exemple.fr"
    assert mail.subject == "[EXERCICE] Point de situation n°\u00a01 – Exercice n°\u00a01\u00a0: Feu de forêt"
    assert mail.body.startswith("[EXERCICE] ")
    for heading in ("SITUATION", "BESOINS PAR COMMUNE", "DÉCISIONS DEMANDÉES À L’ARS"):
        assert heading in mail.body
    entry = logbook.newest(exercise)[0]
    assert (entry.kind, entry.said.recipient) == (EntryKind.MESSAGE, "ARS, Autres institutions, 2\u00a0personnes")
    assert "ARS, Autres institutions" in answer.follow().text


def test_sent_twice_by_a_double_click_it_leaves_once(exercise: Crisis, cell_member: Browser) -> None:
    page = cell_member.get("cpts.situation_reports.recipients", crisis_id=exercise.id, number=1, a="ars")
    for _ in range(2):
        assert cell_member.submit(page, "main form[method=post]").status == 303
    assert len(posted()) == 1


def test_without_anyone_to_write_to_nothing_leaves(exercise: Crisis, cell_member: Browser) -> None:
    refused = cell_member.post("cpts.situation_reports.send", {"a": "partenaires"}, crisis_id=exercise.id, number=1)
    assert refused.status == 422
    assert "Personne n’a de courriel dans ce choix" in refused.text
    assert posted() == []


def test_without_a_mail_server_the_text_is_there_to_copy(app: Flask, exercise: Crisis, cell_member: Browser) -> None:
    app.config["DEMO"] = False
    page = cell_member.get("cpts.situation_reports.recipients", crisis_id=exercise.id, number=1, a="ars")
    assert page.html.select("main form[method=post]") == []
    assert "BESOINS PAR COMMUNE" in page.text
