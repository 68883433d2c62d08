"""Signatures, proofs of circulation, submitted claims and their steps never change: the database itself refuses.

What stays free: a signature may be withdrawn, until a version has printed it; a recipient's row forgets the contact that
leaves, its e-mail and its message; a rate set may be withdrawn; a document added to a claim may be withdrawn.

SQLite replaces a row (`REPLACE`, `INSERT OR REPLACE`) without asking the triggers of DELETE, where the connection did not
set `recursive_triggers`: there, a row that takes the place of another is refused as it comes in.
"""

from __future__ import annotations

from alembic import op

revision = "20261123_1311"
down_revision = "20261123_1304"
branch_labels = None
depends_on = None

FILE = ("id", "file_name", "media_type", "size", "sha256", "content", "added_at", "added_by_id")
"""What a kept document is made of."""
APPEND_ONLY = (
    "claim_files",
    "claim_revisions",
    "claim_step_documents",
    "claim_steps",
    "contract_documents",
    "cpam_answer_documents",
    "cpam_answers",
    "delivery_documents",
    "delivery_events",
)
KEPT = {
    "claim_attachments": (*FILE, "claim_id", "need", "label"),
    "claims": ("id", "cpts_id", "number", "line", "mission_year", "crisis_id", "subject", "is_outside", "opened_at",
               "opened_by_id", "opened_by_name"),
    "plan_deliveries": ("id", "cpts_id", "publication_id", "recipient_group", "name", "organisation", "created_at",
                        "created_by_id", "created_by_name"),
    "rate_sets": ("id", "label", "in_force_from", "source", "amounts", "majoration_percent", "majoration_members",
                  "entered_at", "entered_by_id", "entered_by_name"),
    "update_signatures": ("id", "cpts_id", "publication_id", "kind", "key", "label", "note", "signed_at", "signed_on",
                          "signed_by_id", "signed_by_name"),
}  # fmt: skip
"""What the rows of a table keep; the other columns may change. None of them is ever deleted."""
ALSO_REFUSED = {
    "claim_attachments": "OLD.withdrawn_at IS NOT NULL",
    "rate_sets": "OLD.withdrawn_at IS NOT NULL",
    "update_signatures": "OLD.withdrawn_at IS NOT NULL OR OLD.printed_in_id IS NOT NULL",
}
COMPARED_AS_TEXT = {"rate_sets.amounts"}
"""PostgreSQL has no equality for JSON."""
TABLES = (*APPEND_ONLY, *KEPT)


def is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def same(table: str, columns: tuple[str, ...]) -> str:
    """Whether these columns keep what they held."""
    apart = "IS NOT DISTINCT FROM" if is_postgresql() else "IS"

    def of(row: str, column: str) -> str:
        return f"CAST({row}.{column} AS TEXT)" if f"{table}.{column}" in COMPARED_AS_TEXT else f"{row}.{column}"

    return " AND ".join(f"{of('NEW', column)} {apart} {of('OLD', column)}" for column in columns)


def refused_change(table: str) -> str:
    """What is refused of an UPDATE: everything where nothing is said."""
    if table not in KEPT:
        return ""
    refused = f"NOT ({same(table, KEPT[table])})"
    return f"{refused} OR {ALSO_REFUSED[table]}" if table in ALSO_REFUSED else refused


def upgrade() -> None:
    for table in TABLES:
        refuse(table, "UPDATE", refused_change(table))
        refuse(table, "DELETE", "")
        if is_postgresql():
            refuse_truncate(table)
        else:
            op.execute(
                f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} "
                f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
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
    for table in TABLES:
        for event in ("update", "delete", "truncate" if is_postgresql() else "replace"):
            drop(f"{table}_refuses_{event}", table)


def drop(name: str, table: str) -> None:
    if is_postgresql():
        op.execute(f"DROP TRIGGER {name} ON {table}")
        op.execute(f"DROP FUNCTION {name}()")
    else:
        op.execute(f"DROP TRIGGER {name}")
