"""Once a debrief is validated the database refuses any change of it, of its papers and of its addenda."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.access.policy import Role
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.db import Base, db
from crisis_plan.document.blocks import Edition
from crisis_plan.evaluation.debriefs.models import (
    Debrief,
    DebriefAddendum,
    DebriefFile,
    DebriefFinding,
    FigureComment,
    FindingEntry,
)
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.models import EntryErasure, LogbookEntry
from tests.evaluation.debriefs.factories import a_debrief
from tests.factories import NOON, TODAY, member
from tests.pilotage.logbook.factories import an_entry
from tests.pilotage.logbook_integrity.logs import other_value
from tests.pilotage.logbook_integrity.test_closed_rows import changed
from tests.pilotage.logbook_integrity.test_refusals import refused

FREE = {
    "debriefs": {"is_shared_with_ars", "is_shared_with_cpam", "reminded", "version"},
}
"""What a validated debrief still changes."""
TABLES = (
    "debriefs", "debrief_meetings", "debrief_findings", "finding_entries", "figure_comments", "debrief_addenda",
    "debrief_files",
)  # fmt: skip
ALWAYS = ("debrief_addenda", "debrief_files")
"""Neither changed nor deleted, whenever it is."""


def columns() -> list[Any]:
    return [
        pytest.param(name, column.name, id=f"{name}.{column.name}")
        for name in TABLES
        for column in Base.metadata.tables[name].columns
        if column.name not in FREE.get(name, ())
    ]


@pytest.fixture
def by(cpts: Cpts) -> Account:
    return member(cpts, Role.REFERENT)


@pytest.fixture
def debrief(cpts: Cpts, by: Account) -> Debrief:
    """Being written, with a row in each table."""

    def tell(crisis: Crisis) -> None:
        an_entry(crisis, by, "Les soignants sont débordés", at=NOON)

    made = a_debrief(cpts, by, tell=tell)
    entry = db.session.scalars(sa.select(LogbookEntry).where(LogbookEntry.crisis_id == made.crisis_id)).first()
    card = ActionCard(cpts_id=cpts.id, title="Infirmiers", position=1, created_at=NOON, updated_at=NOON)
    db.session.add(card)
    db.session.flush()
    finding = DebriefFinding(debrief_id=made.id, number=1, kind=FindingKind.WEAK, as_said="Trop long", card_id=card.id,
                             author_id=by.id, author_name=by.name, created_at=NOON)  # fmt: skip
    db.session.add(finding)
    db.session.flush()
    for meeting in made.meetings[1:]:
        db.session.delete(meeting)
    db.session.add_all([
        FindingEntry(finding_id=finding.id, entry_id=entry.id, position=1),
        FigureComment(debrief_id=made.id, figure="late", text="Le réseau manquait", written_at=NOON, written_by_name="A"),
        DebriefAddendum(debrief_id=made.id, number=1, text="Ajout", dated_on=TODAY, written_at=NOON, written_by_id=by.id,
                        written_by_name=by.name),
        DebriefFile(debrief_id=made.id, addendum_number=0, edition=Edition.PUBLIC, content=b"%PDF", sha256="a", size=4),
    ])  # fmt: skip
    db.session.commit()
    return made


@pytest.fixture
def validated(debrief: Debrief, by: Account) -> Debrief:
    debrief.validated_at, debrief.validated_by_id, debrief.validated_by_name = NOON, by.id, by.name
    debrief.content, debrief.content_sha256 = {"title": "Bilan"}, "b"
    db.session.commit()
    return debrief


def the_row(name: str) -> dict[str, Any]:
    db.session.rollback()
    return dict(db.session.execute(sa.select(Base.metadata.tables[name])).mappings().one())


def another(column: sa.Column[Any], value: Any) -> Any:
    """A value that is not this one, where `changed` would give the same or none of the right shape."""
    if isinstance(column.type, sa.Date):
        return (value or TODAY) + timedelta(days=1)
    return {"autre": 1} if column.name == "content" and column.table.name == "debriefs" else changed(column, value)


@pytest.mark.parametrize(("name", "column"), columns())
def test_no_column_of_a_validated_debrief_changes(validated: Debrief, name: str, column: str) -> None:
    table = Base.metadata.tables[name]
    refused(sa.update(table).values({column: another(table.c[column], the_row(name)[column])}))


@pytest.mark.parametrize("column", ["content", "owner_account_id", "exercise_id", "validated_at", "validated_by_id"])
def test_nothing_of_a_validated_debrief_is_forgotten(validated: Debrief, column: str) -> None:
    value = other_value(Debrief.__table__.c[column], None) if column == "exercise_id" else sa.null()
    refused(sa.update(Debrief.__table__).values({column: value}))


@pytest.mark.parametrize("name", TABLES)
def test_no_row_goes_comes_or_is_replaced(validated: Debrief, name: str) -> None:
    table, row = Base.metadata.tables[name], the_row(name)
    refused(sa.delete(table))
    if name in ("debrief_meetings", "debrief_findings", "figure_comments"):
        refused(sa.insert(table).values({**row, "id": uuid.uuid4()}), like="refuses (INSERT|REPLACE)")
    if db.engine.dialect.name == "sqlite":
        refused(sa.insert(table).prefix_with("OR REPLACE").values(row))
        refused(f"TRUNCATE {name}", like="syntax error")
    else:
        refused(f"TRUNCATE {name} CASCADE")


def test_a_finding_more_or_another_entry_is_refused(validated: Debrief) -> None:
    findings, entries = Base.metadata.tables["debrief_findings"], Base.metadata.tables["finding_entries"]
    refused(sa.insert(findings).values({**the_row("debrief_findings"), "id": uuid.uuid4(), "number": 2}))
    other = db.session.scalars(sa.select(LogbookEntry.id).order_by(LogbookEntry.number.desc())).first()
    refused(sa.insert(entries).values({**the_row("finding_entries"), "entry_id": other}))


@pytest.mark.parametrize("name", ["debrief_meetings", "figure_comments"])
def test_nothing_moves_into_a_validated_debrief(validated: Debrief, cpts: Cpts, by: Account, name: str) -> None:
    """Nor takes the place of one of its rows while it moves."""
    row, elsewhere = the_row(name), a_debrief(cpts, by, title="Canicule").id
    table = Base.metadata.tables[name]
    if name == "debrief_meetings":
        moved = sa.update(table).where(table.c.debrief_id == elsewhere, table.c.position == 1)
    else:
        db.session.execute(sa.insert(table).values({**row, "id": uuid.uuid4(), "debrief_id": elsewhere}))
        db.session.commit()
        moved = sa.update(table).where(table.c.debrief_id == elsewhere)
    refused(moved.values(debrief_id=row["debrief_id"]))
    refused(moved.values(id=row["id"]))
    if db.engine.dialect.name == "sqlite":
        refused(moved.prefix_with("OR REPLACE").values(debrief_id=row["debrief_id"]))


@pytest.mark.parametrize("name", [name for name in TABLES if name not in ALWAYS])
def test_a_debrief_being_written_changes_and_goes(debrief: Debrief, name: str) -> None:
    table = Base.metadata.tables[name]
    changed_to = {"position": 7} if name == "finding_entries" else {}
    texts = [
        one for one in table.columns if isinstance(one.type, sa.Text | sa.String) and not isinstance(one.type, sa.Enum)
    ]
    changed_to = changed_to or {texts[0].name: "x"}
    db.session.execute(sa.update(table).values(changed_to))
    assert {key: the_row_now(table)[key] for key in changed_to} == changed_to
    if name not in ("debriefs", "debrief_findings"):
        db.session.execute(sa.delete(table))
        assert db.session.scalar(sa.select(sa.func.count()).select_from(table)) == 0


def the_row_now(table: sa.Table) -> Any:
    return db.session.execute(sa.select(table)).mappings().one()


@pytest.mark.parametrize("name", ALWAYS)
def test_papers_and_addenda_never_change_even_before(debrief: Debrief, name: str) -> None:
    refused(f"UPDATE {name} SET id = id")
    refused(f"DELETE FROM {name}")


def test_sharing_reminding_and_a_card_that_goes_stay_possible(validated: Debrief) -> None:
    debriefs = Debrief.__table__
    free = {"is_shared_with_ars": True, "is_shared_with_cpam": True, "reminded": "hot:2026-11-22", "version": 9}
    db.session.execute(sa.update(debriefs).values(free))
    db.session.execute(sa.delete(ActionCard))
    db.session.commit()
    assert {key: the_row("debriefs")[key] for key in free} == free
    assert the_row("debrief_findings")["card_id"] is None


def an_erasure(entry: LogbookEntry | None, by: Account) -> None:
    """Written down, of an entry that nothing of the debrief cites unless said otherwise."""
    assert entry
    db.session.add(EntryErasure(entry_id=entry.id, ordered_by="Tribunal", erased_at=NOON, erased_by_id=by.id,
                                erased_by_name=by.name))  # fmt: skip
    db.session.commit()


def last_entry(crisis_id: uuid.UUID | None) -> LogbookEntry | None:
    of_it = sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis_id)
    return db.session.scalars(of_it.order_by(LogbookEntry.number.desc())).first()


def test_an_erasure_opens_the_papers_and_nothing_else(validated: Debrief, by: Account) -> None:
    debriefs, files = (Base.metadata.tables[name] for name in ("debriefs", "debrief_files"))
    gone = {"content": sa.null()}
    for table in (debriefs, files):
        refused(sa.update(table).values(gone))
    an_erasure(last_entry(validated.crisis_id), by)
    refused(sa.update(debriefs).values({**gone, "lessons": "Autre chose"}))
    refused(sa.update(debriefs).values(content={"title": "Autre"}))
    refused(sa.update(files).values({**gone, "sha256": "autre"}))
    refused(sa.update(files).values(content=b"%PDF autre"))
    for table in (debriefs, files):
        db.session.execute(sa.update(table).values(gone))
    db.session.commit()
    assert [the_row(name)["content"] for name in ("debriefs", "debrief_files")] == [None, None]


@pytest.mark.parametrize(
    ("name", "column", "beside"),
    [
        ("debriefs", "description", {"title": "autre"}),
        ("debriefs", "lessons", {"content_sha256": "autre"}),
        ("debrief_meetings", "notes", {"participants": "autre"}),
        ("debrief_findings", "as_said", {"author_name": "autre"}),
        ("debrief_findings", "as_validated", {"withdrawn_why": "autre"}),
        ("figure_comments", "text", {"written_by_name": "autre"}),
        ("debrief_addenda", "text", {"written_by_name": "autre"}),
    ],
)
def test_an_erasure_opens_what_was_written_to_its_one_sentence_and_nothing_beside(
    validated: Debrief, cpts: Cpts, by: Account, name: str, column: str, beside: dict[str, str]
) -> None:
    """Whatever entry of the log it is, but of that log: another crisis opens nothing."""
    table, erased = Base.metadata.tables[name], {column: "(contenu effacé)"}
    mine, crisis_id = table.c.id == the_row(name)["id"], validated.crisis_id
    elsewhere = a_debrief(cpts, by, title="Canicule").crisis_id
    db.session.commit()
    an_erasure(last_entry(elsewhere), by)
    refused(sa.update(table).where(mine).values(erased))
    an_erasure(last_entry(crisis_id), by)
    for values in ({column: "autre"}, {**erased, **beside}, {**erased, "id": uuid.uuid4()}):
        refused(sa.update(table).where(mine).values(values))
    db.session.execute(sa.update(table).where(mine).values(erased))
    db.session.commit()
    assert db.session.scalar(sa.select(table.c[column]).where(mine)) == "(contenu effacé)"
    refused(sa.update(table).where(mine).values({column: "rendu"}))
