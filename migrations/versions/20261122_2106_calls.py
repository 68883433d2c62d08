"""Call lists; their attempts are append only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_2106"
down_revision = "20261122_2105"
branch_labels = None
depends_on = None


def refuse_changes(table: str) -> None:
    """What is written here never changes: the database itself refuses."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is append only'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{event.lower()} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append only'); END"
        )


def allow_changes(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute(f"DROP FUNCTION {table}_is_append_only()")
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(f"DROP TRIGGER {table}_refuses_{event.lower()}")


def upgrade() -> None:
    op.create_table(
        "call_lists",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("audience", sa.String(length=300), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("last_change", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by_id"], ["accounts.id"], name=op.f("fk_call_lists_closed_by_id")),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_call_lists_cpts_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["opened_by_id"], ["accounts.id"], name=op.f("fk_call_lists_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_lists")),
    )
    with op.batch_alter_table("call_lists", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_lists_cpts_id"), ["cpts_id"], unique=False)

    op.create_table(
        "call_lines",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=330), nullable=False),
        sa.Column("what", sa.String(length=330), nullable=False),
        sa.Column("profession", sa.String(length=120), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("attempts_count", sa.Integer(), nullable=False),
        sa.Column("last_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comes", sa.Boolean(), nullable=True),
        sa.Column("available_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by_id", sa.Uuid(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["accounts.id"], name=op.f("fk_call_lines_claimed_by_id")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_call_lines_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["list_id"], ["call_lists.id"], name=op.f("fk_call_lines_list_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_lines")),
        sa.UniqueConstraint("list_id", "contact_id", name=op.f("uq_call_lines_list_id_contact_id")),
    )
    with op.batch_alter_table("call_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_lines_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "call_attempts",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("comes", sa.Boolean(), nullable=True),
        sa.Column("available_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_call_attempts_by_id")),
        sa.ForeignKeyConstraint(["line_id"], ["call_lines.id"], name=op.f("fk_call_attempts_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_attempts")),
    )
    with op.batch_alter_table("call_attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_attempts_line_id"), ["line_id"], unique=False)
    refuse_changes("call_attempts")


def downgrade() -> None:
    allow_changes("call_attempts")
    with op.batch_alter_table("call_attempts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_attempts_line_id"))

    op.drop_table("call_attempts")
    with op.batch_alter_table("call_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_lines_contact_id"))

    op.drop_table("call_lines")
    with op.batch_alter_table("call_lists", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_lists_cpts_id"))

    op.drop_table("call_lists")
