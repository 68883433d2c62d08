"""A version prints what was signed « revu sans changement »: each once, with what nobody read again, or not at all."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from pypdf import PdfReader
from sqlalchemy.exc import IntegrityError

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.db import db
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.rules import ImprovementState
from crisis_plan.organisations.models import Cpts
from crisis_plan.plan import operations as plan
from crisis_plan.plan.requirements import requirement
from crisis_plan.plan.rules import Answer
from crisis_plan.publication import operations
from crisis_plan.publication.models import Publication, PublicationFile
from crisis_plan.publication.operations import PlanMoved
from crisis_plan.publication.rules import PublicationKind
from crisis_plan.yearly_update.signatures import operations as signatures
from crisis_plan.yearly_update.signatures import queries
from crisis_plan.yearly_update.signatures.models import Signature
from tests.browser import Browser
from tests.evaluation.improvements.factories import an_improvement
from tests.factories import NOON, TODAY, member
from tests.promises.at_once import all_at_once
from tests.publication.arranged import write_everything
from tests.yearly_update.factories import published, signed

LATER = timedelta(days=300)
DAY, AT = TODAY + LATER, NOON + LATER
ALERT, LOG = "section:alerte", "section:journal"
ALERT_LABEL, LOG_LABEL = requirement("alerte").label, requirement("journal").label


@pytest.fixture
def account(referent: Browser) -> Account:
    assert referent.account
    return referent.account


@pytest.fixture
def base(cpts: Cpts, account: Account) -> Publication:
    """Version 1, of 22 November 2026."""
    write_everything(cpts, account)
    return published(cpts, account)


def rewrite(cpts: Cpts, account: Account, key: str = "alerte", seen: int = 1) -> None:
    plan.edit_section(cpts, requirement(key), Answer("Autre texte."), seen_version=seen, by=account, at=NOON)
    db.session.commit()


def printed(browser: Browser, number: int, *, place: str = "", public: bool = False) -> str:
    """The last pages of a version, where its changes are told."""
    endpoint = "cpts.publication.public_pdf" if public else "cpts.publication.pdf"
    pdf = browser.get(endpoint, place=place, number=number).content
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
    return text.replace("\u00a0", " ")


def on_screen(browser: Browser, number: int, place: str = "") -> str:
    page = browser.get("cpts.publication.show", place=place, number=number)
    return " ".join(page.texts("#chapitre-changes"))


def printed_in(version: Publication) -> list[str]:
    return [one.key for one in queries.printed_in(version)]


def test_a_version_without_any_change_bears_its_number_its_date_and_its_signed_list(
    referent: Browser, ars_reader: Browser, cpts: Cpts, account: Account, base: Publication
) -> None:
    assert len(signed(cpts, account, on=DAY, at=AT).made) == 24
    version = published(cpts, account, today=DAY, at=AT)
    assert (version.number, version.dated_on) == (2, DAY)
    assert len(printed_in(version)) == 24
    nothing = "Aucune modification depuis la version 1 du 22 novembre 2026."
    said = on_screen(ars_reader, 2)
    restricted, public = printed(ars_reader, 2), printed(ars_reader, 2, public=True)
    for read in (said, restricted, public):
        assert nothing in read
        assert "Revu sans changement" in read
        assert ALERT_LABEL in read
        assert "18/09/2027" in read
        assert "n’ont été ni modifiés" not in read
        assert "Version 2" in read or read is said
    assert account.name in said
    signed_list = restricted[restricted.rindex("Revu sans changement") :]
    assert "Signé par" in signed_list
    assert account.name in signed_list
    assert "Signé par" not in public


def test_a_version_says_how_many_things_nobody_read_again(
    referent: Browser, cpts: Cpts, account: Account, base: Publication
) -> None:
    signed(cpts, account, [ALERT], on=DAY, at=AT)
    rewrite(cpts, account, "journal")
    version = published(cpts, account, today=DAY, at=AT)
    assert printed_in(version) == ["alerte"]
    said = "22 éléments n’ont été ni modifiés ni revus depuis la version 1."
    assert said in on_screen(referent, 2)
    assert said in printed(referent, 2)
    assert said in printed(referent, 2, public=True)


def test_a_note_is_printed_for_those_who_read_the_restricted_edition(
    referent: Browser, cpts: Cpts, account: Account, base: Publication
) -> None:
    signed(cpts, account, [ALERT], note="Relu avec le SAMU.", on=DAY, at=AT)
    published(cpts, account, today=DAY, at=AT)
    assert "Relu avec le SAMU." in printed(referent, 2)
    assert "Relu avec le SAMU." not in printed(referent, 2, public=True)


def test_the_first_version_has_nothing_to_sign(referent: Browser, base: Publication) -> None:
    assert "Revu sans changement" not in printed(referent, 1)
    assert "ni modifiés ni revus" not in on_screen(referent, 1)


def test_a_provisional_version_shows_the_list_and_keeps_nothing(
    referent: Browser, cpts: Cpts, account: Account, base: Publication
) -> None:
    signed(cpts, account, [ALERT], on=DAY, at=AT)
    shown = published(cpts, account, today=DAY, at=AT, kind=PublicationKind.PROVISIONAL)
    assert ALERT_LABEL in on_screen(referent, 1, "provisoires")
    assert printed_in(shown) == []
    version = published(cpts, account, today=DAY, at=AT)
    assert printed_in(version) == ["alerte"]


def test_what_a_version_printed_is_not_printed_by_the_next(
    referent: Browser, cpts: Cpts, account: Account, base: Publication
) -> None:
    signed(cpts, account, [ALERT])
    second = published(cpts, account)
    signed(cpts, account, [LOG])
    third = published(cpts, account)
    assert (printed_in(second), printed_in(third)) == (["alerte"], ["journal"])


def test_a_card_called_otherwise_since_it_was_signed_is_printed_as_changed(
    referent: Browser, cpts: Cpts, account: Account, base: Publication
) -> None:
    card = db.session.scalars(sa.select(ActionCard)).one()
    assert len(signed(cpts, account, [f"card:{card.id}", ALERT]).made) == 2
    card.title = "Canicule"
    version = published(cpts, account)
    assert printed_in(version) == ["alerte"]
    assert "Titre modifié." in on_screen(referent, 2)
    assert "Titre modifié." in printed(referent, 2, public=True)


@pytest.mark.parametrize("moved", ["signed", "withdrawn", "changed"])
def test_what_moves_while_the_pages_are_printed_stops_the_publication(
    app: Any, cpts: Cpts, account: Account, base: Publication, monkeypatch: pytest.MonkeyPatch, moved: str
) -> None:
    (one,) = signed(cpts, account, [ALERT]).made
    first = one.id
    render = operations.pdf.render

    def meanwhile(*args: Any, **options: Any) -> bytes:
        content = render(*args, **options)
        if moved == "signed":
            signed(cpts, account, [LOG])
        elif moved == "withdrawn":
            signatures.withdraw(cpts, queries.signature_or_404(cpts, first), by=account, at=NOON)
        elif plan.queries.section(cpts, "alerte").version == 1:
            rewrite(cpts, account)
        db.session.commit()
        return content

    monkeypatch.setattr(operations.pdf, "render", meanwhile)
    with pytest.raises(PlanMoved):
        published(cpts, account)
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Publication)) == 1
    assert db.session.scalars(sa.select(Signature.printed_in_id)).all() in ([None], [None, None])


@contextmanager
def breaking(statement: str, table: str) -> Iterator[None]:
    """The database refuses this kind of statement on this table."""
    name = f"broken_{table}"
    on_postgresql = db.engine.dialect.name == "postgresql"
    if on_postgresql:
        db.session.execute(
            sa.text(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION 'broken' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        )
        db.session.execute(
            sa.text(f"CREATE TRIGGER {name} BEFORE {statement} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
        )
    else:
        db.session.execute(
            sa.text(f"CREATE TRIGGER {name} BEFORE {statement} ON {table} BEGIN SELECT RAISE(ABORT, 'broken'); END")
        )
    db.session.commit()
    try:
        yield
    finally:
        db.session.rollback()
        db.session.execute(sa.text(f"DROP TRIGGER {name}" + (f" ON {table}" if on_postgresql else "")))
        if on_postgresql:
            db.session.execute(sa.text(f"DROP FUNCTION {name}()"))
        db.session.commit()


@pytest.mark.parametrize(
    ("statement", "table"),
    [("INSERT", "publication_files"), ("UPDATE", "improvements"), ("UPDATE", "update_signatures")],
)
def test_a_publication_that_breaks_under_the_lock_leaves_nothing(
    cpts: Cpts, account: Account, base: Publication, statement: str, table: str
) -> None:
    done = an_improvement(cpts, account, state=ImprovementState.DONE).id
    signed(cpts, account, [ALERT])
    with breaking(statement, table), pytest.raises(IntegrityError):
        published(cpts, account)
    db.session.expire_all()
    assert db.session.scalars(sa.select(Publication.number)).all() == [1]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PublicationFile)) == 2
    assert db.session.scalars(sa.select(Signature.printed_in_id)).all() == [None]
    assert db.session.scalars(sa.select(Improvement.publication_id).where(Improvement.id == done)).all() == [None]
    version = published(cpts, account)
    assert (version.number, printed_in(version)) == (2, ["alerte"])


def test_two_people_who_publish_at_once_make_one_version(
    app: Any, cpts: Cpts, account: Account, base: Publication
) -> None:
    signed(cpts, account, [ALERT])
    others = [member(cpts, Role.REFERENT) for _ in range(2)]
    db.session.commit()
    writers = [Browser(app, one, cpts) for one in others]
    answers = all_at_once(writers, "cpts.publication.publish", lambda _: {})
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    db.session.expire_all()
    assert db.session.scalars(sa.select(Publication.number).order_by(Publication.number)).all() == [1, 2]
    assert db.session.scalars(sa.select(Signature.printed_in_id)).all() != [None]


def test_people_who_sign_the_same_things_at_once_sign_each_once(
    app: Any, cpts: Cpts, account: Account, base: Publication
) -> None:
    others = [member(cpts, Role.REFERENT) for _ in range(4)]
    db.session.commit()
    writers = [Browser(app, one, cpts) for one in others]
    answers = all_at_once(writers, "cpts.yearly_update.sign", lambda _: {"things": [ALERT, LOG], "base": "1"})
    assert {answer.status_code for answer in answers} == {303}
    db.session.expire_all()
    found = db.session.scalars(sa.select(Signature)).all()
    assert sorted(one.key for one in found) == ["alerte", "journal"]
    assert len({one.signed_by_id for one in found}) == 1
