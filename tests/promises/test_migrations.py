"""The migrations make the schema that the models describe, in both directions, on the current engine."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import DBAPIError

import crisis_plan.models  # noqa: F401  (fills the metadata)
from crisis_plan.db import Base, db
from tests.demonstration import demonstration, installation

VERSIONS = sorted((Path(__file__).parents[2] / "migrations" / "versions").glob("*.py"))
APPEND_ONLY = (
    "call_attempts",
    "history_events",
    "improvement_steps",
    "opinion_messages",
    "opinions",
    "publication_files",
    "publications",
    "section_states",
    "stock_movements",
)
SEALED = (
    "claim_attachments",
    "claim_files",
    "claim_revisions",
    "claim_step_documents",
    "claim_steps",
    "claims",
    "commune_needs",
    "contract_documents",
    "cpam_answer_documents",
    "cpam_answers",
    "crises",
    "crisis_action_people",
    "crisis_actions",
    "crisis_alerts",
    "crisis_facts",
    "crisis_functions",
    "crisis_message_recipients",
    "crisis_messages",
    "crisis_movements",
    "crisis_shifts",
    "crisis_snapshots",
    "crisis_tasks",
    "crisis_times",
    "debrief_addenda",
    "debrief_files",
    "debrief_findings",
    "debrief_meetings",
    "debriefs",
    "delivery_documents",
    "delivery_events",
    "entry_erasures",
    "figure_comments",
    "finding_entries",
    "improvement_documents",
    "improvements",
    "logbook_attachments",
    "logbook_entries",
    "opinion_erasures",
    "plan_deliveries",
    "rate_sets",
    "situation_reports",
    "update_signatures",
)
"""Of a crisis: the database refuses changes too, but the few that `logbook_integrity` and `closing` prove one by one."""
IMPORTED_BY_A_MIGRATION = {"__future__", "alembic", "sqlalchemy", "datetime", "json", "uuid"}


@pytest.fixture(scope="module")
def told() -> Iterator[Flask]:
    """The demonstration: a database migrated from nothing, with rows in every table that matters."""
    with demonstration() as app:
        yield app


def schema() -> dict[str, Any]:
    """Everything that the engine says of the tables, and their triggers."""
    inspector = sa.inspect(db.engine)
    return {
        table: {
            "columns": [(one["name"], str(one["type"]), one["nullable"]) for one in inspector.get_columns(table)],
            "key": inspector.get_pk_constraint(table),
            "foreign keys": ordered(inspector.get_foreign_keys(table)),
            "uniques": ordered(inspector.get_unique_constraints(table)),
            "indexes": [readable(one) for one in ordered(inspector.get_indexes(table))],
            "checks": ordered(inspector.get_check_constraints(table)),
            "triggers": triggers().get(table, set()),
        }
        for table in inspector.get_table_names()
    }


def readable(index: Any) -> dict[str, Any]:
    """An index in words: the condition of a partial one is an expression, which equals only itself."""
    return {**index, "dialect_options": {name: str(told) for name, told in index.get("dialect_options", {}).items()}}


def ordered(found: list[Any]) -> list[Any]:
    return sorted(found, key=lambda one: str(one["name"]))


def triggers() -> dict[str, set[str]]:
    """What each table refuses: UPDATE, DELETE."""
    if db.engine.dialect.name == "postgresql":
        query = """
            SELECT event_object_table, event_manipulation FROM information_schema.triggers
            WHERE event_manipulation <> 'INSERT'
        """
    else:
        query = """
            SELECT tbl_name, CASE WHEN sql LIKE '%BEFORE UPDATE%' THEN 'UPDATE' ELSE 'DELETE' END
            FROM sqlite_master WHERE type = 'trigger' AND sql NOT LIKE '%BEFORE INSERT%'
        """
    found: dict[str, set[str]] = {}
    with db.engine.connect() as connection:
        for table, event in connection.execute(sa.text(query)):
            found.setdefault(table, set()).add(event)
    return found


def test_up_then_down_then_up_again_leaves_the_same_schema() -> None:
    with installation() as app, app.app_context():
        first = schema()
        downgrade(revision="base")
        assert set(schema()) <= {"alembic_version"}
        assert triggers() == {}
        upgrade()
        assert schema() == first
        assert set(first) == set(Base.metadata.tables) | {"alembic_version"}


def test_nothing_in_the_models_waits_for_a_migration(told: Flask) -> None:
    with told.app_context():
        checked = told.test_cli_runner().invoke(args=["db", "check"])
    assert checked.exit_code == 0, checked.output


def test_the_tables_that_only_grow_are_all_known_to_the_database(told: Flask) -> None:
    with told.app_context():
        assert triggers() == {table: {"UPDATE", "DELETE"} for table in (*APPEND_ONLY, *SEALED)}


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_the_database_itself_refuses_to_change_what_was_written(told: Flask, table: str, change: str) -> None:
    with told.app_context(), db.engine.connect() as connection:
        assert connection.scalar(sa.text(f"SELECT count(*) FROM {table}"))
        with pytest.raises(DBAPIError, match="append only"):
            connection.execute(sa.text(change.format(table=table)))


def test_every_constraint_has_a_name(told: Flask) -> None:
    with told.app_context():
        nameless = [
            f"{table}: {constraint}"
            for table, made in schema().items()
            if table != "alembic_version"
            for kind in ("foreign keys", "uniques", "checks", "indexes")
            for constraint in [*made[kind], made["key"]]
            if not constraint["name"]
        ]
    assert nameless == []


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_migration_imports_nothing_from_the_application(path: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    assert imported <= IMPORTED_BY_A_MIGRATION


def test_the_migrations_make_one_line_without_branches() -> None:
    following = {assigned(path, "revision"): assigned(path, "down_revision") for path in VERSIONS}
    assert sorted(map(str, following.values())) == sorted(map(str, [None, *sorted(following)[:-1]]))


def assigned(path: Path, name: str) -> Any:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            return ast.literal_eval(node.value)
    raise AssertionError(f"{path.name} does not say its {name}")
