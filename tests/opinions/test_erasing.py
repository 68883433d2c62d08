"""One word of an opinion, erased on a legal order: written down, shown as erased, and nothing else can change."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask
from sqlalchemy.exc import DBAPIError

from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent, Verb
from crisis_plan.opinions.models import Opinion, OpinionErasure, OpinionMessage
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.factories import AccountFactory, member
from tests.opinions.factories import opinion, version

SAID = "Une phrase qu’une autorité fait effacer"


@pytest.fixture
def begun(cpts: Cpts, ars_reader: Browser) -> Opinion:
    return opinion(cpts, version(cpts), ars_reader.account, text=SAID)


def command(app: Flask, begun: Opinion, email: str, *, number: int = 1, again: str = "1") -> Result:
    typed = [str(begun.id), str(number), "Tribunal judiciaire de Nîmes", "ordonnance 26/124", email, again]
    db.session.rollback()
    found = app.test_cli_runner().invoke(args=["erase-opinion"], input="".join(f"{one}\n" for one in typed))
    db.session.expire_all()
    return found


def test_the_text_goes_and_its_place_stays(app: Flask, cpts: Cpts, begun: Opinion, referent: Browser) -> None:
    result = command(app, begun, referent.account.email)
    assert result.exit_code == 0, result.output
    assert SAID not in result.output
    message = begun.messages[0]
    assert (message.text, message.is_erased, message.body) == ("", True, "ARS Occitanie")
    assert message.erasure.ordered_by == "Tribunal judiciaire de Nîmes, ordonnance 26/124"
    event = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.verb == Verb.REMOVED)).one()
    assert (event.subject, event.subject_id, event.fields) == ("opinion", str(begun.id), ["text"])
    page = referent.get("cpts.opinions.show", opinion_id=begun.id)
    assert "Texte effacé sur décision d’une autorité" in page.text
    assert SAID not in page.source
    assert "déjà effacé" in command(app, begun, referent.account.email).output


def test_only_an_operator_or_a_referent_carries_it_out(app: Flask, cpts: Cpts, begun: Opinion) -> None:
    coordinator, operator = member(cpts, Role.COORDINATOR), AccountFactory(is_operator=True)
    db.session.commit()
    assert "ni d’un exploitant" in command(app, begun, coordinator.email).output
    assert "Aucun avis" in command(app, begun, operator.email, number=7).output
    assert "Rien n’a été effacé" in command(app, begun, operator.email, again="2").output
    assert begun.messages[0].text == SAID
    assert command(app, begun, operator.email).exit_code == 0


@pytest.mark.parametrize("values", [{"text": ""}, {"text": "Autre"}, {"text": "", "author_name": "Un autre"}])
def test_the_database_opens_nothing_else(
    app: Flask, cpts: Cpts, begun: Opinion, referent: Browser, values: dict[str, str]
) -> None:
    with pytest.raises(DBAPIError, match="append only"):
        db.session.execute(sa.update(OpinionMessage).values(**values))
    db.session.rollback()
    assert command(app, begun, referent.account.email).exit_code == 0
    if values == {"text": ""}:
        return
    with pytest.raises(DBAPIError, match="append only"):
        db.session.execute(sa.update(OpinionMessage).values(**values))
    db.session.rollback()
    for change in (sa.delete(OpinionErasure), sa.update(OpinionErasure).values(ordered_by="Personne")):
        with pytest.raises(DBAPIError, match="append only"):
            db.session.execute(change)
        db.session.rollback()
