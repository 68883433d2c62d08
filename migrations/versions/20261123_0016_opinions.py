"""What readers say of a version, and what the CPTS answers: append only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0016"
down_revision = "20261123_0015"
branch_labels = None
depends_on = None

APPEND_ONLY = ("opinions", "opinion_messages")


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
        "opinions",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("section_key", sa.String(length=40), nullable=False),
        sa.Column("section_title", sa.String(length=200), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_opinions_cpts_id")),
        sa.ForeignKeyConstraint(["publication_id"], ["publications.id"], name=op.f("fk_opinions_publication_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinions")),
    )
    with op.batch_alter_table("opinions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opinions_cpts_id"), ["cpts_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opinions_publication_id"), ["publication_id"], unique=False)

    op.create_table(
        "opinion_messages",
        sa.Column("opinion_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.String(length=160), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.String(length=160), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_opinion_messages_author_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_opinion_messages_institution_id")
        ),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinions.id"], name=op.f("fk_opinion_messages_opinion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_messages")),
        sa.UniqueConstraint("opinion_id", "number", name=op.f("uq_opinion_messages_opinion_id_number")),
    )
    for table in APPEND_ONLY:
        refuse_changes(table)


def downgrade() -> None:
    for table in APPEND_ONLY:
        allow_changes(table)
    op.drop_table("opinion_messages")
    with op.batch_alter_table("opinions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opinions_publication_id"))
        batch_op.drop_index(batch_op.f("ix_opinions_cpts_id"))

    op.drop_table("opinions")
