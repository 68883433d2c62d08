"""A validated debrief never changes, nor do its papers and its addenda: the database itself refuses.

What stays free: with whom it is shared and of what its owner was reminded; a finding forgets the card that goes. One
opening, once an erasure is written down (`entry_erasures`): of a debrief whose crisis lost an entry, the papers and the
frozen document may go, and what people wrote in it, addenda too, may become « (contenu effacé) ».

SQLite replaces a row (`REPLACE`, `INSERT OR REPLACE`) without asking the triggers of DELETE, where the connection did not
set `recursive_triggers`: there, a row that takes the place of another is refused as it comes in.
"""

from __future__ import annotations

from alembic import op

revision = "20261123_1003"
down_revision = "20261123_1002"
branch_labels = None
depends_on = None

DEBRIEF = (
    "id", "cpts_id", "crisis_id", "exercise_id", "is_exercise", "subject", "title", "crisis_type", "over_on",
    "owner_account_id", "owner_name", "report_on", "opened_at", "validated_at", "validated_by_id", "validated_by_name",
    "content_sha256",
)  # fmt: skip
"""What a validated debrief keeps; its `content` may only go, its `WORDS` be erased."""
ONCE_VALIDATED = {
    "debrief_meetings": (
        "id", "debrief_id", "position", "meeting", "planned_on", "held_on", "facilitator", "participants", "version",
    ),
    "debrief_findings": (
        "id", "debrief_id", "number", "kind", "section_key", "target", "author_id", "author_name", "created_at",
        "withdrawn_at", "withdrawn_why", "version",
    ),
    "finding_entries": ("finding_id", "entry_id", "position"),
    "figure_comments": ("id", "debrief_id", "figure", "written_at", "written_by_name", "version"),
}  # fmt: skip
"""What is written only before, and the columns that then stay."""
WORDS = {
    "debriefs": ("description", "lessons"),
    "debrief_meetings": ("notes",),
    "debrief_findings": ("as_said", "as_validated"),
    "figure_comments": ("text",),
    "debrief_addenda": ("text",),
}
"""What people wrote, which may repeat any entry of the log; `ERASED` once an order took it away."""
ADDENDUM = ("id", "debrief_id", "number", "dated_on", "written_at", "written_by_id", "written_by_name")
FILE = ("id", "debrief_id", "addendum_number", "edition", "sha256", "size")
ERASED = "(contenu effacé)"
"""What stands in place of words that an order took away: the sentence of 0322."""
COMPARED_AS_TEXT = {"debriefs.content"}
"""PostgreSQL has no equality for JSON."""
KEYS = {
    "debriefs": (("id",), ("crisis_id",), ("exercise_id",)),
    "debrief_meetings": (("id",), ("debrief_id", "meeting")),
    "debrief_findings": (("id",), ("debrief_id", "number")),
    "finding_entries": (("finding_id", "entry_id"),),
    "figure_comments": (("id",), ("debrief_id", "figure")),
    "debrief_addenda": (("id",), ("debrief_id", "number")),
    "debrief_files": (("id",), ("debrief_id", "addendum_number", "edition")),
}
"""What makes a row of each table take the place of another."""


def is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def same(*columns: str, table: str = "") -> str:
    """Whether these columns keep what they held."""
    apart = "IS NOT DISTINCT FROM" if is_postgresql() else "IS"

    def of(row: str, column: str) -> str:
        return f"CAST({row}.{column} AS TEXT)" if f"{table}.{column}" in COMPARED_AS_TEXT else f"{row}.{column}"

    return " AND ".join(f"{of('NEW', column)} {apart} {of('OLD', column)}" for column in columns)


def told_of(debrief: str) -> str:
    """Whether the crisis of the debrief of this identifier lost an entry to an erasure that is written down."""
    return (
        "EXISTS (SELECT 1 FROM entry_erasures JOIN logbook_entries ON logbook_entries.id = entry_erasures.entry_id "
        f"JOIN debriefs ON debriefs.crisis_id = logbook_entries.crisis_id WHERE debriefs.id = {debrief})"
    )


def words_kept(table: str, debrief: str) -> tuple[str, ...]:
    """Whether each column of words of this table keeps what it held, or lost it likewise."""
    return tuple(or_gone(column, told_of(debrief), gone=f"= '{ERASED}'") for column in WORDS.get(table, ()))


def or_gone(column: str, told: str, *, table: str = "", gone: str = "IS NULL") -> str:
    """Whether this column keeps what it held, or lost it to an erasure that is written down."""
    return f"({same(column, table=table)} OR (NEW.{column} {gone} AND {told}))"


def is_validated(table: str, row: str) -> str:
    """Whether the debrief of this row of this table is validated."""
    if table == "finding_entries":
        return (
            "EXISTS (SELECT 1 FROM debrief_findings JOIN debriefs ON debriefs.id = debrief_findings.debrief_id "
            f"WHERE debrief_findings.id = {row}.finding_id AND debriefs.validated_at IS NOT NULL)"
        )
    return f"EXISTS (SELECT 1 FROM debriefs WHERE debriefs.id = {row}.debrief_id AND debriefs.validated_at IS NOT NULL)"


def once_validated(table: str, columns: tuple[str, ...]) -> dict[tuple[str, str], str]:
    """What is refused of a table once the debrief is validated: its rows stay, and say what they said."""
    allowed = " AND ".join((same(*columns), *words_kept(table, "OLD.debrief_id")))
    if table == "debrief_findings":
        allowed += f" AND ({same('card_id')} OR NEW.card_id IS NULL)"
    touches = f"({is_validated(table, 'OLD')} OR {is_validated(table, 'NEW')})"
    moves = f"NOT ({same('id')}) OR " if "id" in columns else ""
    return {
        (table, "INSERT"): is_validated(table, "NEW"),
        (table, "UPDATE"): f"{moves}({touches} AND NOT ({allowed}))",
        (table, "DELETE"): is_validated(table, "OLD"),
    }


def conditions() -> dict[tuple[str, str], str]:
    """Table and event, and what is refused: everything where nothing is said."""
    content = or_gone("content", told_of("OLD.id"), table="debriefs")
    kept = " AND ".join((same(*DEBRIEF), content, *words_kept("debriefs", "OLD.id")))
    file_gone = f"{same(*FILE)} AND NEW.content IS NULL AND {told_of('OLD.debrief_id')}"
    addendum_gone = f"{same(*ADDENDUM)} AND NEW.text = '{ERASED}' AND {told_of('OLD.debrief_id')}"
    moves = f"NOT ({same('id', 'crisis_id', 'exercise_id')})"
    refused = {
        ("debriefs", "UPDATE"): f"{moves} OR (OLD.validated_at IS NOT NULL AND NOT ({kept}))",
        ("debriefs", "DELETE"): "OLD.validated_at IS NOT NULL",
        ("debrief_files", "UPDATE"): f"NOT ({file_gone})",
        ("debrief_files", "DELETE"): "",
        ("debrief_addenda", "UPDATE"): f"NOT ({addendum_gone})",
        ("debrief_addenda", "DELETE"): "",
    }
    for table, columns in ONCE_VALIDATED.items():
        refused |= once_validated(table, columns)
    return refused


def replaces(table: str) -> str:
    """Whether the new row would take the place of one that is there."""
    taken = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in columns) + ")" for columns in KEYS[table]
    )
    return f"EXISTS (SELECT 1 FROM {table} WHERE {taken})"


def upgrade() -> None:
    for (table, event), refused in conditions().items():
        refuse(table, event, refused)
    for table in KEYS:
        if is_postgresql():
            refuse_truncate(table)
        else:
            op.execute(
                f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} WHEN {replaces(table)} "
                f"BEGIN SELECT RAISE(ABORT, '{table} refuses REPLACE'); END"
            )


def refuse(table: str, event: str, refused: str) -> None:
    name = f"{table}_refuses_{event.lower()}"
    if not is_postgresql():
        when = f"WHEN {refused} " if refused else ""
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{table} refuses {event}'); END"
        )
        return
    given_back = "OLD" if event == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {refused or 'true'} THEN RAISE EXCEPTION '{table} refuses {event}'; END IF; RETURN {given_back}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def refuse_truncate(table: str) -> None:
    name = f"{table}_refuses_truncate"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} refuses TRUNCATE'; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()")


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
