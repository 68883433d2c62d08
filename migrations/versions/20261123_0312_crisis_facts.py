"""The three dated facts of a crisis: append only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0312"
down_revision = "20261123_0311"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crisis_facts",
        sa.Column("crisis_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.String(length=160), nullable=False),
        sa.Column("person", sa.String(length=160), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("orsan_plans", sa.JSON(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("is_withdrawal", sa.Boolean(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.String(length=160), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["corrects_id"], ["crisis_facts.id"], name=op.f("fk_crisis_facts_corrects_id")),
        sa.ForeignKeyConstraint(["crisis_id"], ["crises.id"], name=op.f("fk_crisis_facts_crisis_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["logbook_entries.id"], name=op.f("fk_crisis_facts_entry_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["accounts.id"], name=op.f("fk_crisis_facts_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_facts")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_crisis_facts_corrects_id")),
    )
    with op.batch_alter_table("crisis_facts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crisis_facts_crisis_id"), ["crisis_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("crisis_facts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crisis_facts_crisis_id"))

    op.drop_table("crisis_facts")
