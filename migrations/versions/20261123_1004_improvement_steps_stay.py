"""The steps of an improvement and its documents never change, and no improvement goes: the database itself refuses.

Of an improvement, what changes is what is still to be said of it; where it comes from stays, but for the exercise or the
lesson that somebody deletes. One opening, once an erasure is written down (`entry_erasures`): where it comes from a finding
of a crisis that lost an entry, what its steps say may become « (contenu effacé) », and its documents be emptied.

SQLite replaces a row (`REPLACE`, `INSERT OR REPLACE`) without asking the triggers of DELETE, where the connection did not
set `recursive_triggers`: there, a row that takes the place of another is refused as it comes in.
"""

from __future__ import annotations

from alembic import op

revision = "20261123_1004"
down_revision = "20261123_1003"
branch_labels = None
depends_on = None

ORIGIN = (
    "id", "cpts_id", "number", "origin", "origin_words", "finding_id", "opinion_id", "created_at", "created_by_id",
    "created_by_name",
)  # fmt: skip
"""What an improvement keeps, whatever becomes of it."""
MAY_GO = ("exercise_id", "lesson_id")
STEP = ("id", "improvement_id", "number", "at", "by_id", "by_name", "state")
DOCUMENT = ("id", "improvement_id", "added_at", "added_by_id")
ERASED = "(contenu effacé)"
"""What stands in place of words that an order took away: the sentence of 0322."""
EMPTIED = " AND ".join(
    f"NEW.{column} {blank}"
    for column, blank in {
        "content": "IS NULL", "file_name": "= ''", "media_type": "= ''", "size": "= 0", "sha256": "= ''",
    }.items()
)  # fmt: skip
TOLD = (
    "EXISTS (SELECT 1 FROM improvements JOIN debrief_findings ON debrief_findings.id = improvements.finding_id "
    "JOIN debriefs ON debriefs.id = debrief_findings.debrief_id "
    "JOIN logbook_entries ON logbook_entries.crisis_id = debriefs.crisis_id "
    "JOIN entry_erasures ON entry_erasures.entry_id = logbook_entries.id WHERE improvements.id = OLD.improvement_id)"
)
"""Whether an erasure is written down in the log of the crisis that taught it."""
KEYS = {
    "improvements": (("id",), ("cpts_id", "number")),
    "improvement_steps": (("id",), ("improvement_id", "number")),
    "improvement_documents": (("id",),),
}
"""What makes a row of each table take the place of another."""


def is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def same(*columns: str) -> str:
    """Whether these columns keep what they held."""
    apart = "IS NOT DISTINCT FROM" if is_postgresql() else "IS"
    return " AND ".join(f"NEW.{column} {apart} OLD.{column}" for column in columns)


def conditions() -> dict[tuple[str, str], str]:
    """Table and event, and what is refused: everything where nothing is said."""
    gone = [f"({same(column)} OR NEW.{column} IS NULL)" for column in MAY_GO]
    step_erased = f"{same(*STEP)} AND NEW.word = '{ERASED}' AND {TOLD}"
    document_emptied = f"{same(*DOCUMENT)} AND {EMPTIED} AND {TOLD}"
    return {
        ("improvements", "UPDATE"): f"NOT ({' AND '.join((same(*ORIGIN), *gone))})",
        ("improvements", "DELETE"): "",
        ("improvement_steps", "UPDATE"): f"NOT ({step_erased})",
        ("improvement_steps", "DELETE"): "",
        ("improvement_documents", "UPDATE"): f"NOT ({document_emptied})",
        ("improvement_documents", "DELETE"): "",
    }


def replaces(table: str) -> str:
    """Whether the new row would take the place of one that is there."""
    keys = (" AND ".join(f"{column} = NEW.{column}" for column in columns) for columns in KEYS[table])
    return f"EXISTS (SELECT 1 FROM {table} WHERE {' OR '.join(f'({key})' for key in keys)})"


def upgrade() -> None:
    for (table, event), refused in conditions().items():
        refuse(f"{table}_refuses_{event.lower()}", table, event, refused)
    for table in KEYS:
        if is_postgresql():
            refuse(f"{table}_refuses_truncate", table, "TRUNCATE", "")
        else:
            refuse(f"{table}_refuses_replace", table, "INSERT", replaces(table))


def refuse(name: str, table: str, event: str, refused: str) -> None:
    said = f"{table} is append only"
    if not is_postgresql():
        when = f"WHEN {refused} " if refused else ""
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when}BEGIN SELECT RAISE(ABORT, '{said}'); END")
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {refused or 'true'} THEN RAISE EXCEPTION '{said}'; END IF; RETURN NEW; END $$"
    )
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    for table, event in conditions():
        drop(f"{table}_refuses_{event.lower()}", table)
    for table in KEYS:
        drop(f"{table}_refuses_{'truncate' if is_postgresql() else 'replace'}", table)


def drop(name: str, table: str) -> None:
    if is_postgresql():
        op.execute(f"DROP TRIGGER {name} ON {table}")
        op.execute(f"DROP FUNCTION {name}()")
    else:
        op.execute(f"DROP TRIGGER {name}")
