"""Two lines of the directory that look alike and are two persons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_2111"
down_revision = "20261122_2110"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_distinctions",
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id"], ["contacts.id"], name=op.f("fk_contact_distinctions_first_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["contacts.id"], name=op.f("fk_contact_distinctions_second_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_distinctions")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_contact_distinctions_first_id_second_id")),
    )
    with op.batch_alter_table("contact_distinctions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_distinctions_second_id"), ["second_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("contact_distinctions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_distinctions_second_id"))

    op.drop_table("contact_distinctions")
