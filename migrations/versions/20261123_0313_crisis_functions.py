"""The functions of a crisis and who is on duty."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0313"
down_revision = "20261123_0312"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crisis_functions",
        sa.Column("crisis_id", sa.Uuid(), nullable=False),
        sa.Column("cell_function_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("is_called_for", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cell_function_id"],
            ["cell_functions.id"],
            name=op.f("fk_crisis_functions_cell_function_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["crisis_id"], ["crises.id"], name=op.f("fk_crisis_functions_crisis_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_functions")),
    )
    with op.batch_alter_table("crisis_functions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crisis_functions_cell_function_id"), ["cell_function_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crisis_functions_crisis_id"), ["crisis_id"], unique=False)

    op.create_table(
        "crisis_shifts",
        sa.Column("function_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=330), nullable=False),
        sa.Column("telephone", sa.String(length=20), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_crisis_shifts_account_id")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_crisis_shifts_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["function_id"], ["crisis_functions.id"], name=op.f("fk_crisis_shifts_function_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_shifts")),
    )
    with op.batch_alter_table("crisis_shifts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crisis_shifts_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crisis_shifts_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crisis_shifts_function_id"), ["function_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("crisis_shifts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crisis_shifts_function_id"))
        batch_op.drop_index(batch_op.f("ix_crisis_shifts_contact_id"))
        batch_op.drop_index(batch_op.f("ix_crisis_shifts_account_id"))

    op.drop_table("crisis_shifts")
    with op.batch_alter_table("crisis_functions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crisis_functions_crisis_id"))
        batch_op.drop_index(batch_op.f("ix_crisis_functions_cell_function_id"))

    op.drop_table("crisis_functions")
