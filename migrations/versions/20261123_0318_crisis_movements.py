"""Material that left the stock for a crisis: append only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0318"
down_revision = "20261123_0317"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crisis_movements",
        sa.Column("crisis_id", sa.Uuid(), nullable=False),
        sa.Column("movement_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("given_to", sa.String(length=160), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["crisis_id"], ["crises.id"], name=op.f("fk_crisis_movements_crisis_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["logbook_entries.id"], name=op.f("fk_crisis_movements_entry_id")),
        sa.ForeignKeyConstraint(["movement_id"], ["stock_movements.id"], name=op.f("fk_crisis_movements_movement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_movements")),
        sa.UniqueConstraint("movement_id", name=op.f("uq_crisis_movements_movement_id")),
    )
    with op.batch_alter_table("crisis_movements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crisis_movements_crisis_id"), ["crisis_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("crisis_movements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crisis_movements_crisis_id"))

    op.drop_table("crisis_movements")
