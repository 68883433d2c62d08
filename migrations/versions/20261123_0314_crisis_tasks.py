"""The tasks of a crisis."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0314"
down_revision = "20261123_0313"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crisis_tasks",
        sa.Column("crisis_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("function_id", sa.Uuid(), nullable=True),
        sa.Column("who", sa.String(length=160), nullable=False),
        sa.Column("card_id", sa.Uuid(), nullable=True),
        sa.Column("card_title", sa.String(length=160), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=True),
        sa.Column("is_first_hour", sa.Boolean(), nullable=False),
        sa.Column("care", sa.String(length=40), nullable=True),
        sa.Column("proof", sa.String(length=300), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("word", sa.String(length=500), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_name", sa.String(length=160), nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["action_cards.id"], name=op.f("fk_crisis_tasks_card_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["crisis_id"], ["crises.id"], name=op.f("fk_crisis_tasks_crisis_id")),
        sa.ForeignKeyConstraint(["function_id"], ["crisis_functions.id"], name=op.f("fk_crisis_tasks_function_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_tasks")),
        sa.UniqueConstraint("crisis_id", "step_id", name=op.f("uq_crisis_tasks_crisis_id_step_id")),
    )
    with op.batch_alter_table("crisis_tasks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crisis_tasks_card_id"), ["card_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crisis_tasks_crisis_id"), ["crisis_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crisis_tasks_function_id"), ["function_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("crisis_tasks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crisis_tasks_function_id"))
        batch_op.drop_index(batch_op.f("ix_crisis_tasks_crisis_id"))
        batch_op.drop_index(batch_op.f("ix_crisis_tasks_card_id"))

    op.drop_table("crisis_tasks")
