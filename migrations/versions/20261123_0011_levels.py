"""The ladder of levels, and what each one mobilises."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0011"
down_revision = "20261123_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "levels",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("folded_name", sa.String(length=80), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=300), nullable=False),
        sa.Column("mobilises", sa.Text(), nullable=False),
        sa.Column("report_every_minutes", sa.Integer(), nullable=True),
        sa.Column("silence_reminder_minutes", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_levels_cpts_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_levels")),
        sa.UniqueConstraint("cpts_id", "folded_name", name=op.f("uq_levels_cpts_id_folded_name")),
    )
    op.create_table(
        "level_functions",
        sa.Column("level_id", sa.Uuid(), nullable=False),
        sa.Column("function_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["function_id"], ["cell_functions.id"], name=op.f("fk_level_functions_function_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["level_id"], ["levels.id"], name=op.f("fk_level_functions_level_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("level_id", "function_id", name=op.f("pk_level_functions")),
    )
    with op.batch_alter_table("level_functions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_level_functions_function_id"), ["function_id"], unique=False)

    op.create_table(
        "level_items",
        sa.Column("level_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["stock_items.id"], name=op.f("fk_level_items_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["level_id"], ["levels.id"], name=op.f("fk_level_items_level_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("level_id", "item_id", name=op.f("pk_level_items")),
    )
    with op.batch_alter_table("level_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_level_items_item_id"), ["item_id"], unique=False)

    op.create_table(
        "level_places",
        sa.Column("level_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["level_id"], ["levels.id"], name=op.f("fk_level_places_level_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["place_id"], ["mobilisable_places.id"], name=op.f("fk_level_places_place_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("level_id", "place_id", name=op.f("pk_level_places")),
    )
    with op.batch_alter_table("level_places", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_level_places_place_id"), ["place_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("level_places", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_level_places_place_id"))

    op.drop_table("level_places")
    with op.batch_alter_table("level_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_level_items_item_id"))

    op.drop_table("level_items")
    with op.batch_alter_table("level_functions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_level_functions_function_id"))

    op.drop_table("level_functions")
    op.drop_table("levels")
