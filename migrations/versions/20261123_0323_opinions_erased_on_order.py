"""The text of one word of an opinion may be erased on a legal order, once that erasure is written down; nothing else."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0323"
down_revision = "20261123_0322"
branch_labels = None
depends_on = None

WORDS, ERASURES = "opinion_messages", "opinion_erasures"
KEPT = (
    "id", "opinion_id", "number", "kind", "author_id", "author_name", "institution_id", "body", "written_at",
)  # fmt: skip


def is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def refuse(table: str, event: str, refused: str = "") -> None:
    """The database itself refuses this event, where nothing more is said; the sentence is that of 0016."""
    name = f"{table}_refuses_{event.lower()}"
    if not is_postgresql():
        when = f"WHEN {refused} " if refused else ""
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{table} is append only'); END"
        )
        return
    given_back = "OLD" if event == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {refused or 'true'} THEN RAISE EXCEPTION '{table} is append only'; END IF; RETURN {given_back}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def allow(table: str, event: str) -> None:
    name = f"{table}_refuses_{event.lower()}"
    if is_postgresql():
        op.execute(f"DROP TRIGGER {name} ON {table}")
        op.execute(f"DROP FUNCTION {name}()")
    else:
        op.execute(f"DROP TRIGGER {name}")


def not_an_erasure() -> str:
    same = "IS NOT DISTINCT FROM" if is_postgresql() else "IS"
    kept = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in KEPT)
    written_down = f"EXISTS (SELECT 1 FROM {ERASURES} WHERE {ERASURES}.message_id = OLD.id)"
    return f"NOT (NEW.text = '' AND {written_down} AND {kept})"


def upgrade() -> None:
    op.create_table(
        ERASURES,
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("ordered_by", sa.String(length=300), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_by_id", sa.Uuid(), nullable=False),
        sa.Column("erased_by_name", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["erased_by_id"], ["accounts.id"], name=op.f("fk_opinion_erasures_erased_by_id")),
        sa.ForeignKeyConstraint(["message_id"], ["opinion_messages.id"], name=op.f("fk_opinion_erasures_message_id")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_opinion_erasures")),
    )
    for event in ("UPDATE", "DELETE"):
        refuse(ERASURES, event)
    if is_postgresql():
        op.execute(f"DROP TRIGGER {WORDS}_append_only ON {WORDS}")
        op.execute(f"DROP FUNCTION {WORDS}_is_append_only()")
        refuse(WORDS, "DELETE")
    else:
        op.execute(f"DROP TRIGGER {WORDS}_refuses_update")
    refuse(WORDS, "UPDATE", not_an_erasure())


def downgrade() -> None:
    allow(WORDS, "UPDATE")
    if is_postgresql():
        allow(WORDS, "DELETE")
        op.execute(
            f"CREATE FUNCTION {WORDS}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{WORDS} is append only'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {WORDS}_append_only BEFORE UPDATE OR DELETE ON {WORDS} "
            f"FOR EACH ROW EXECUTE FUNCTION {WORDS}_is_append_only()"
        )
    else:
        refuse(WORDS, "UPDATE")
    for event in ("UPDATE", "DELETE"):
        allow(ERASURES, event)
    op.drop_table(ERASURES)
