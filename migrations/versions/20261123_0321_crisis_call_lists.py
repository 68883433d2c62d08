"""Which call lists are of which crisis."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0321"
down_revision = "20261123_0320"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crisis_call_lists",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("crisis_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["crisis_id"], ["crises.id"], name=op.f("fk_crisis_call_lists_crisis_id")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["call_lists.id"], name=op.f("fk_crisis_call_lists_list_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("list_id", name=op.f("pk_crisis_call_lists")),
    )
    with op.batch_alter_table("crisis_call_lists", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crisis_call_lists_crisis_id"), ["crisis_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("crisis_call_lists", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crisis_call_lists_crisis_id"))

    op.drop_table("crisis_call_lists")
