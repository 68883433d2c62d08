"""What was logged, recorded, frozen or issued in a crisis never changes: the database itself refuses.

Three openings, and no more: the content of an entry, of its documents and of what repeats it may be erased once that
erasure is written down (`entry_erasures`); a crisis forgets the level that its CPTS takes off its ladder; and what a row
of a closed crisis only points at (a contact, a card, a copy of a mail) may go or be merged, the row staying as it is.

SQLite replaces a row (`REPLACE`, `INSERT OR REPLACE`) without asking the triggers of DELETE, where the connection did not
set `recursive_triggers`: there, a row that takes the place of another is refused as it comes in.
"""

from __future__ import annotations

from alembic import op

revision = "20261123_0322"
down_revision = "20261123_0321"
branch_labels = None
depends_on = None

NEVER = "crisis_movements", "crisis_snapshots", "entry_erasures"
"""Neither changed nor deleted."""
ERASED = "(contenu effacé)"
"""What stands in place of words that an order took away."""
FACT = (
    "id", "crisis_id", "kind", "happened_at", "orsan_plans", "corrects_id", "is_withdrawal", "entry_id", "recorded_at",
    "recorded_by_id", "recorded_by_name",
)  # fmt: skip
MESSAGE = (
    "id", "crisis_id", "number", "channel", "model_title", "audience", "entry_id", "sent_at", "sent_by_id", "sent_by_name",
)  # fmt: skip
REPORT = (
    "id", "crisis_id", "number", "next_point_at", "drafted_at", "drafted_by_name", "last_entry_number", "issued_at",
    "issued_by_id", "issued_by_name", "entry_id", "pdf_sha256", "version",
)  # fmt: skip

CLOSED = {
    "commune_needs": (
        "id", "crisis_id", "commune_code", "commune", "kind", "care", "people_count", "state", "reported_by",
        "entry_number", "created_at", "updated_at", "updated_by_name", "version",
    ),
    "crisis_action_people": ("id", "action_id", "person_key", "name", "profession"),
    "crisis_actions": (
        "id", "crisis_id", "action_key", "label", "happened_at", "what", "recorded_at", "recorded_by_name",
        "entry_number", "withdrawn_at", "version",
    ),
    "crisis_alerts": (
        "crisis_id", "received_at", "sender", "body", "callback", "is_callback_checked", "nature", "place", "communes",
        "hazards", "access", "people", "services", "asked", "asked_until", "wanted_back", "taken_by", "version",
        "updated_at",
    ),
    "crisis_functions": ("id", "crisis_id", "position", "key", "name", "task", "is_called_for", "version"),
    "crisis_message_recipients": ("id", "message_id", "position", "name", "what", "address"),
    "crisis_shifts": (
        "id", "function_id", "account_id", "name", "telephone", "starts_at", "ends_at", "confirmed_at", "version",
    ),
    "crisis_tasks": (
        "id", "crisis_id", "position", "function_id", "who", "card_title", "step_id", "is_first_hour", "care", "proof",
        "due_at", "state", "changed_at", "changed_by_name", "entry_number", "version",
    ),
    "crisis_times": (
        "id", "crisis_id", "starts_at", "ends_at", "what", "recorded_at", "recorded_by_name", "entry_number",
        "withdrawn_at", "version", "person_key", "name", "profession",
    ),
}  # fmt: skip
"""What is written only while the crisis is open, and the columns that hold what is said there; the others only point."""
WORDS = {"commune_needs": ("text", "answer"), "crisis_tasks": ("text", "word")}
"""Of these, what the erasure of the entry that tells them opens after the closing."""
THROUGH = {
    "crisis_action_people": ("crisis_actions", "action_id"),
    "crisis_message_recipients": ("crisis_messages", "message_id"),
    "crisis_shifts": ("crisis_functions", "function_id"),
}
"""Whose crisis is that of another row."""

SEALED = (
    "id", "crisis_id", "part", "number", "kind", "happened_at", "entered_at", "device_at", "author_id", "author_name",
    "corrects", "client_key", "content_digest", "previous_seal", "seal",
)  # fmt: skip
ERASED_WITH_IT = "file_name = '' AND NEW.media_type = '' AND NEW.size = 0 AND NEW.sha256 = ''"
DOCUMENT = ("id", "entry_id", "position", "added_at", "added_by_id")
FREE_ON_A_CRISIS = {"level_id"}
COMPARED_AS_TEXT = {"communes", "orsan_plans"}
"""PostgreSQL has no equality for JSON."""
CRISIS = (
    "id", "cpts_id", "mode", "number", "title", "crisis_type", "level_id", "level_name", "silence_minutes",
    "report_every_minutes", "late_after_minutes", "opened_at", "opened_by_id", "opened_by_name", "next_point_at", "place",
    "pen_account_id", "pen_name", "publication_id", "first_hour", "silence_reminded_at",
    "point_reminded_at", "stood_down_at", "hot_debrief_on", "cold_debrief_on", "closed_at", "closed_by_id", "version",
)  # fmt: skip


def same(columns: tuple[str, ...]) -> str:
    """Whether these columns keep what they held."""
    apart = "IS NOT DISTINCT FROM" if is_postgresql() else "IS"

    def of(row: str, column: str) -> str:
        return f"CAST({row}.{column} AS TEXT)" if column in COMPARED_AS_TEXT else f"{row}.{column}"

    return " AND ".join(f"{of('NEW', column)} {apart} {of('OLD', column)}" for column in columns)


def is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def words_gone(*columns: str) -> str:
    """Whether each of these columns keeps what it held, or says that it was erased."""
    return " AND ".join(f"({same((column,))} OR NEW.{column} = '{ERASED}')" for column in columns)


def is_closed(table: str, row: str) -> str:
    """Whether the crisis of this row of this table is closed."""
    if table not in THROUGH:
        return f"EXISTS (SELECT 1 FROM crises WHERE crises.id = {row}.crisis_id AND crises.closed_at IS NOT NULL)"
    parent, column = THROUGH[table]
    return (
        f"EXISTS (SELECT 1 FROM {parent} JOIN crises ON crises.id = {parent}.crisis_id "
        f"WHERE {parent}.id = {row}.{column} AND crises.closed_at IS NOT NULL)"
    )


def once_closed(table: str, columns: tuple[str, ...]) -> dict[tuple[str, str], str]:
    """What is refused of a table once the crisis is closed: its rows stay, and say what they said."""
    identity = columns[0]
    allowed = same(columns)
    if table in WORDS:
        erased = (
            "EXISTS (SELECT 1 FROM entry_erasures JOIN logbook_entries ON logbook_entries.id = entry_erasures.entry_id "
            "WHERE logbook_entries.crisis_id = OLD.crisis_id AND logbook_entries.part = 'main' "
            "AND logbook_entries.number = OLD.entry_number)"
        )
        allowed += f" AND ({same(WORDS[table])} OR ({erased} AND {words_gone(*WORDS[table])}))"
    touches = f"({is_closed(table, 'OLD')} OR {is_closed(table, 'NEW')})"
    there = f"EXISTS (SELECT 1 FROM {table} AS kept WHERE kept.{identity} = NEW.{identity} AND {is_closed(table, 'kept')})"
    return {
        (table, "INSERT"): f"{is_closed(table, 'NEW')} OR {there}",
        (table, "UPDATE"): f"NEW.{identity} <> OLD.{identity} OR ({touches} AND NOT ({allowed}))",
        (table, "DELETE"): is_closed(table, "OLD"),
    }


def conditions() -> dict[tuple[str, str], str]:
    """Table and event, and what is refused: everything where nothing is said."""
    refused = {(table, event): "" for table in NEVER for event in ("UPDATE", "DELETE")}
    for table, columns in CLOSED.items():
        refused |= once_closed(table, columns)
    told = "EXISTS (SELECT 1 FROM entry_erasures WHERE entry_erasures.entry_id = OLD.entry_id)"
    erased_fact = f"{told} AND {words_gone('body', 'person', 'text')} AND {same(FACT)}"
    erased_message = f"{told} AND {words_gone('subject', 'text')} AND {same(MESSAGE)}"
    erased_report = (
        f"{told} AND CAST(NEW.said AS TEXT) = '{{}}' AND NEW.content IS NULL AND NEW.pdf IS NULL AND {same(REPORT)}"
    )
    erased_entry = (
        "NEW.content IS NULL AND NEW.salt IS NULL AND NEW.search_text = '' "
        "AND EXISTS (SELECT 1 FROM entry_erasures WHERE entry_erasures.entry_id = OLD.id) AND " + same(SEALED)
    )
    erased_document = (
        f"NEW.content IS NULL AND NEW.{ERASED_WITH_IT} "
        "AND EXISTS (SELECT 1 FROM entry_erasures WHERE entry_erasures.entry_id = OLD.entry_id) AND " + same(DOCUMENT)
    )
    kept = tuple(column for column in CRISIS if column not in FREE_ON_A_CRISIS)
    closed_before = "EXISTS (SELECT 1 FROM crises WHERE crises.id = NEW.crisis_id AND crises.closed_at IS NOT NULL)"
    closed_log = (
        "EXISTS (SELECT 1 FROM logbook_entries JOIN crises ON crises.id = logbook_entries.crisis_id "
        "WHERE logbook_entries.id = NEW.entry_id AND logbook_entries.part = 'main' AND crises.closed_at IS NOT NULL)"
    )
    return refused | {
        ("logbook_entries", "UPDATE"): f"NOT ({erased_entry})",
        ("logbook_entries", "DELETE"): "",
        ("logbook_entries", "INSERT"): f"NEW.part = 'main' AND {closed_before}",
        ("logbook_attachments", "UPDATE"): f"NOT ({erased_document})",
        ("logbook_attachments", "DELETE"): "",
        ("logbook_attachments", "INSERT"): closed_log,
        ("crisis_facts", "UPDATE"): f"NOT ({erased_fact})",
        ("crisis_facts", "DELETE"): "",
        ("crisis_messages", "UPDATE"): f"NOT ({erased_message})",
        ("crisis_messages", "DELETE"): "",
        ("situation_reports", "UPDATE"): f"OLD.issued_at IS NOT NULL AND NOT ({erased_report})",
        ("situation_reports", "DELETE"): "OLD.issued_at IS NOT NULL",
        ("crises", "UPDATE"): f"OLD.closed_at IS NOT NULL AND NOT ({same(kept)} AND NEW.level_id IS NULL)",
        ("crises", "DELETE"): "",
    }


KEYS = {
    "crises": (("id",), ("cpts_id", "mode", "number")),
    "crisis_facts": (("id",),),
    "crisis_messages": (("id",), ("crisis_id", "number")),
    "crisis_movements": (("id",), ("movement_id",)),
    "crisis_snapshots": (("crisis_id",),),
    "entry_erasures": (("id",), ("entry_id",)),
    "logbook_attachments": (("id",), ("entry_id", "position")),
    "logbook_entries": (("id",), ("crisis_id", "part", "number"), ("client_key",)),
    "situation_reports": (("id",), ("crisis_id", "number")),
}
"""What makes a row of each table take the place of another."""


def replaces(table: str) -> str:
    """Whether the new row would take the place of one that is there."""
    taken = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in columns) + ")" for columns in KEYS[table]
    )
    return f"EXISTS (SELECT 1 FROM {table} WHERE {taken})"


def upgrade() -> None:
    for (table, event), refused in conditions().items():
        name = f"{table}_refuses_{event.lower()}"
        if not is_postgresql():
            when = f"WHEN {refused} " if refused else ""
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when}"
                f"BEGIN SELECT RAISE(ABORT, '{table} refuses {event}'); END"
            )
            continue
        given_back = "OLD" if event == "DELETE" else "NEW"
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {refused or 'true'} THEN RAISE EXCEPTION '{table} refuses {event}'; END IF; "
            f"RETURN {given_back}; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
    if not is_postgresql():
        for table in KEYS:
            op.execute(
                f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} WHEN {replaces(table)} "
                f"BEGIN SELECT RAISE(ABORT, '{table} refuses REPLACE'); END"
            )
    else:
        for table in sorted({table for table, _ in conditions()}):
            op.execute(
                f"CREATE FUNCTION {table}_refuses_truncate() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{table} refuses TRUNCATE'; END $$"
            )
            op.execute(
                f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuses_truncate()"
            )


def downgrade() -> None:
    for table, event in conditions():
        drop(f"{table}_refuses_{event.lower()}", table)
    if not is_postgresql():
        for table in KEYS:
            drop(f"{table}_refuses_replace", table)
    else:
        for table in sorted({table for table, _ in conditions()}):
            drop(f"{table}_refuses_truncate", table)


def drop(name: str, table: str) -> None:
    if is_postgresql():
        op.execute(f"DROP TRIGGER {name} ON {table}")
        op.execute(f"DROP FUNCTION {name}()")
    else:
        op.execute(f"DROP TRIGGER {name}")
