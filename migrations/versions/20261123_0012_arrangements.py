"""Needs, circuits and continuity, as lines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0012"
down_revision = "20261123_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arrangements",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("care", sa.String(length=40), nullable=True),
        sa.Column("within_hours", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("function_id", sa.Uuid(), nullable=True),
        sa.Column("who", sa.String(length=300), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("where", sa.String(length=300), nullable=False),
        sa.Column("crisis_types", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_arrangements_cpts_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["function_id"], ["cell_functions.id"], name=op.f("fk_arrangements_function_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["mobilisable_places.id"], name=op.f("fk_arrangements_place_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrangements")),
    )
    with op.batch_alter_table("arrangements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arrangements_cpts_id"), ["cpts_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_arrangements_function_id"), ["function_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_arrangements_place_id"), ["place_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("arrangements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_arrangements_place_id"))
        batch_op.drop_index(batch_op.f("ix_arrangements_function_id"))
        batch_op.drop_index(batch_op.f("ix_arrangements_cpts_id"))

    op.drop_table("arrangements")
