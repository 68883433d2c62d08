"""The loop closes: a version names the improvements that it answers, once, and none that a provisional one showed."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.document.blocks import words
from crisis_plan.document.editions import public_blocks
from crisis_plan.evaluation.debriefs import findings
from crisis_plan.evaluation.improvements import chapter
from crisis_plan.evaluation.improvements import operations as improvements
from crisis_plan.evaluation.improvements.chapter import ANSWERED
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.operations import Owner, Source
from crisis_plan.evaluation.improvements.rules import ImprovementState, Origin
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import chapters, operations
from crisis_plan.publication.models import Publication
from crisis_plan.publication.operations import PlanMoved
from crisis_plan.publication.rules import PublicationKind
from tests.browser import Browser
from tests.evaluation.debriefs.factories import a_debrief
from tests.evaluation.improvements.factories import an_improvement
from tests.evaluation.loop.factories import found, validated
from tests.factories import NOON, TODAY, CptsFactory, member
from tests.publication.arranged import write_everything

DONE, OPEN = ImprovementState.DONE, ImprovementState.OPEN
SECTION = {"theme": "pilotage", "rubrique": "cellule"}


@pytest.fixture
def ready(referent: Browser) -> Browser:
    assert referent.cpts
    assert referent.account
    write_everything(referent.cpts, referent.account)
    return referent


@pytest.fixture
def account(ready: Browser) -> Account:
    assert ready.account
    return ready.account


def publish(browser: Browser) -> None:
    page = browser.submit(browser.get("cpts.publication.prepare"))
    assert page.status == 303, page.text


def show_provisional(browser: Browser) -> None:
    assert browser.submit(browser.get("cpts.publication.prepare_provisional")).status == 303


def printed(browser: Browser, number: int, *, place: str = "", public: bool = False) -> str:
    endpoint = "cpts.publication.public_pdf" if public else "cpts.publication.pdf"
    pdf = browser.get(endpoint, place=place, number=number).content
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(" ".join(pages).replace("\u00a0", " ").split())


def named_in(improvement: Improvement) -> UUID | None:
    db.session.refresh(improvement)
    return improvement.publication_id


def named_on_screen(browser: Browser, number: int, place: str = "") -> list[str]:
    """The lines of the table of improvements that a version answers."""
    page = browser.get("cpts.publication.show", place=place, number=number)
    tables = [one for one in page.html.select("#chapitre-changes table") if ANSWERED in one.get_text()]
    return [" ".join(row.get_text(" ").split()) for table in tables for row in table.select("tbody tr")]


def version(number: int, kind: PublicationKind = PublicationKind.PUBLISHED) -> Publication:
    return db.session.scalars(
        sa.select(Publication).where(Publication.number == number, Publication.kind == kind)
    ).one()


def test_the_whole_loop_from_a_finding_to_the_version_that_names_its_answer(
    ready: Browser, account: Account, cpts: Cpts
) -> None:
    publish(ready)
    debrief = a_debrief(cpts, account)
    made = found(debrief, account)
    validated(debrief, account)
    edit = ready.get("cpts.plan.edit", **SECTION)
    typed = {"text": "Deux personnes tiennent le secrétariat.", "answered": [str(made.id)]}
    assert ready.submit(edit, fields=typed).status == 303
    show_provisional(ready)
    assert len(named_on_screen(ready, 1, "provisoires")) == 1
    assert ANSWERED in printed(ready, 1, place="provisoires")
    assert named_in(made) is None
    publish(ready)
    (line,) = named_on_screen(ready, 2)
    for told in (
        "Nommer un second secrétariat",
        "Cellule de crise : composition, fonctions",
        "Crise n° 1",
        "modifiée le",
        "(état n° 1)",
    ):
        assert told in line, told
        assert told in printed(ready, 2), told
    assert named_in(made) == version(2).id
    publish(ready)
    assert named_on_screen(ready, 3) == []
    assert ANSWERED not in printed(ready, 3)
    assert named_in(made) == version(2).id


def test_a_first_version_names_what_was_done_and_no_owner(ready: Browser, account: Account, cpts: Cpts) -> None:
    owner = Owner(name="Jeanne Rouvière")
    an_improvement(cpts, account, text="Commander des masques", owner=owner, state=DONE, word="Livrés en cave.")
    an_improvement(cpts, account, text="Repeindre le local", owner=owner)
    an_improvement(CptsFactory(), account, text="Leur affaire", state=DONE)
    publish(ready)
    assert [line.split(" ", 1)[1] for line in named_on_screen(ready, 1)] == [
        "Commander des masques Stock de la CPTS Ajoutée à la main Livrés en cave."
    ]
    restricted, public = printed(ready, 1), printed(ready, 1, public=True)
    for told in ("Commander des masques", "Repeindre le local", "Améliorations encore ouvertes"):
        assert told in restricted
        assert told in public
    assert "Livrés en cave." in restricted
    assert "Livrés en cave." not in public
    assert "Jeanne Rouvière" in restricted
    assert "Jeanne Rouvière" not in public
    assert "Leur affaire" not in restricted


def test_an_improvement_taken_up_again_is_named_again_once_done(ready: Browser, account: Account, cpts: Cpts) -> None:
    made = an_improvement(cpts, account, state=DONE)
    publish(ready)
    assert named_in(made) == version(1).id
    for state in (OPEN, DONE):
        improvements.move(made, state, "À reprendre.", seen_version=made.version, by=account, at=NOON)
    db.session.commit()
    publish(ready)
    assert len(named_on_screen(ready, 2)) == 1
    assert named_in(made) == version(2).id


def test_what_is_named_is_not_what_changed(ready: Browser, account: Account, cpts: Cpts) -> None:
    publish(ready)
    made = an_improvement(cpts, account, state=DONE)
    publish(ready)
    assert named_in(made) == version(2).id
    assert "Rien n’a changé." in ready.get("cpts.publication.review").text


def test_a_proof_that_changes_while_the_plan_is_printed_stops_the_publication(
    ready: Browser, account: Account, cpts: Cpts
) -> None:
    made = an_improvement(cpts, account, state=DONE, at=NOON - timedelta(days=400))
    assert chapters.CONTRIBUTIONS["retex"](cpts, TODAY) == ()  # printed nowhere but in the change list
    session = db.session()

    def somebody_else(_session: object) -> None:
        with db.engine.begin() as connection:
            connection.execute(sa.update(Improvement).where(Improvement.id == made_id).values(word="Une autre preuve."))

    made_id = made.id
    db.session.commit()
    sa.event.listen(session, "after_rollback", somebody_else, once=True)
    with ready.app.test_request_context(), pytest.raises(PlanMoved):
        operations.publish(cpts, kind=PublicationKind.PUBLISHED, by=account, at=NOON, today=TODAY)
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Publication)) == 0
    assert named_in(made) is None
    publish(ready)
    assert "Une autre preuve." in named_on_screen(ready, 1)[0]


def test_the_one_who_publishes_sees_what_it_answers_and_what_stays_open(
    ready: Browser, account: Account, cpts: Cpts
) -> None:
    for endpoint in ("cpts.publication.prepare", "cpts.publication.review"):
        assert ready.get(endpoint).html.select("#improvements") == []
    done = an_improvement(cpts, account, text="Commander des masques", state=DONE, word="Livrés.")
    an_improvement(cpts, account)
    for endpoint in ("cpts.publication.prepare", "cpts.publication.review"):
        page = ready.get(endpoint)
        said = " ".join(page.texts("[aria-labelledby=improvements]"))
        assert "Cette version répond à 1 amélioration" in said
        assert "Commander des masques Livrés." in said
        assert page.links()["Amélioration n° 1"].endswith(f"/ameliorations/{done.id}/")
        assert page.links()["1 amélioration reste ouverte"] == "/cpts/uzege/ameliorations/"
    publish(ready)
    assert "ne répond à aucune amélioration" in ready.get("cpts.publication.prepare").text


def test_the_plan_prints_debriefs_and_improvements_under_their_heading(cpts: Cpts, account: Account) -> None:
    assert chapters.CONTRIBUTIONS["retex"](cpts, TODAY) == ()
    debrief = a_debrief(cpts, account)
    found(debrief, account)
    assert chapters.CONTRIBUTIONS["retex"](cpts, TODAY) == (), "a debrief that is being written stays in the cell"
    validated(debrief, account)
    an_improvement(cpts, account, text="Depuis peu", state=DONE)
    an_improvement(cpts, account, text="Il y a longtemps", state=DONE, at=NOON - timedelta(days=400))
    validated_ones, still_open, done = chapters.CONTRIBUTIONS["retex"](cpts, TODAY)
    assert [row.cells for row in validated_ones.rows] == [
        ("Crise n°\u00a01", "Feu de forêt", "22/11/2026", "0", "1", "1", "0")
    ]
    assert [(row.cells[0], row.cells[1]) for row in still_open.rows] == [("1", "Nommer un second secrétariat")]
    assert [column.heading for column in still_open.columns if column.restricted] == ["Responsable"]
    assert [(row.cells[1], row.cells[3]) for row in done.rows] == [("Depuis peu", "22/11/2026")]


def test_a_version_names_nothing_of_a_debrief_that_is_being_written(
    ready: Browser, account: Account, cpts: Cpts
) -> None:
    debrief = a_debrief(cpts, account)
    made = found(debrief, account)
    improvements.move(made, DONE, "C’est fait.", seen_version=made.version, by=account, at=NOON)
    db.session.commit()
    publish(ready)
    assert named_on_screen(ready, 1) == []
    assert "Nommer un second secrétariat" not in printed(ready, 1)
    validated(debrief, account)
    publish(ready)
    assert len(named_on_screen(ready, 2)) == 1
    assert "Nommer un second secrétariat" in printed(ready, 2)


def test_the_improvement_of_a_withdrawn_finding_says_so(ready: Browser, account: Account, cpts: Cpts) -> None:
    debrief = a_debrief(cpts, account)
    made = found(debrief, account)
    findings.withdraw(debrief, made.finding, "Dit deux fois", seen_version=made.finding.version, by=account, at=NOON)  # type: ignore[arg-type, union-attr]
    improvements.move(made, DONE, "C’est fait.", seen_version=made.version, by=account, at=NOON)
    db.session.commit()
    (table,) = chapter.answered([made])
    assert words(table.rows[0].cells[3]).endswith("constat n°\u00a01, retiré du bilan depuis")
    page = ready.get("cpts.improvements.show", improvement_id=made.id)
    assert "constat n° 1, retiré du bilan depuis" in page.text.replace("\u00a0", " ")


def test_whose_opinion_it_was_is_not_for_the_public(cpts: Cpts, account: Account) -> None:
    source = Source(Origin.OPINION, "Avis (Préfecture du Gard) sur l’annuaire")
    made = an_improvement(cpts, account, source=source, state=DONE)
    (table,) = chapter.answered([made])
    assert words(table.rows[0].cells[3]) == "Avis\u00a0: Avis (Préfecture du Gard) sur l’annuaire"
    (public,) = public_blocks([table])
    assert [words(cell) for cell in public.rows[0].cells] == ["1", made.text, "Stock de la CPTS", "Avis"]


def test_what_a_document_alone_proves_is_named_with_it(cpts: Cpts, account: Account) -> None:
    made = an_improvement(cpts, account, state=DONE)
    made.word = ""
    (table,) = chapter.answered([made])
    assert table.rows[0].cells[-1] == "Un document gardé avec l’amélioration"
    assert chapter.answered([]) == ()


def test_a_coordinator_who_shows_a_version_marks_nothing(ready: Browser, account: Account, cpts: Cpts) -> None:
    made = an_improvement(cpts, account, state=DONE)
    coordinator = member(cpts, Role.COORDINATOR)
    db.session.commit()
    show_provisional(Browser(ready.app, coordinator, cpts))
    assert named_in(made) is None
