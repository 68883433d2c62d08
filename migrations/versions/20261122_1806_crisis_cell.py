"""The crisis cell: functions, duties, places."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_1806"
down_revision = "20261122_1805"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cell_functions",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_cell_functions_cpts_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cell_functions")),
        sa.UniqueConstraint("cpts_id", "name", name=op.f("uq_cell_functions_cpts_id_name")),
    )
    with op.batch_alter_table("cell_functions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cell_functions_cpts_id"), ["cpts_id"], unique=False)

    op.create_table(
        "cell_places",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("video", sa.String(length=300), nullable=False),
        sa.Column("telephone_bridge", sa.String(length=80), nullable=False),
        sa.Column("fallback_name", sa.String(length=160), nullable=False),
        sa.Column("fallback_address", sa.String(length=300), nullable=False),
        sa.Column("fallback_access", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_cell_places_cpts_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cpts_id", name=op.f("pk_cell_places")),
    )
    op.create_table(
        "cell_duties",
        sa.Column("function_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("rank", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_cell_duties_contact_id")),
        sa.ForeignKeyConstraint(
            ["function_id"], ["cell_functions.id"], name=op.f("fk_cell_duties_function_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cell_duties")),
    )
    with op.batch_alter_table("cell_duties", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cell_duties_function_id"), ["function_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("cell_duties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cell_duties_function_id"))

    op.drop_table("cell_duties")
    op.drop_table("cell_places")
    with op.batch_alter_table("cell_functions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cell_functions_cpts_id"))

    op.drop_table("cell_functions")
