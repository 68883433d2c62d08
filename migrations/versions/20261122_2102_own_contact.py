"""The line of the directory that is an account's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_2102"
down_revision = "20261122_2101"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contact_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_memberships_contact_id"), "contacts", ["contact_id"], ["id"], ondelete="SET NULL"
        )


def downgrade() -> None:
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_memberships_contact_id"), type_="foreignkey")
        batch_op.drop_column("contact_id")
