"""Days on which a referent cannot be called."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_2104"
down_revision = "20261122_2103"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "referent_absences",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_referent_absences_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["cpts_id"], ["cpts.id"], name=op.f("fk_referent_absences_cpts_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referent_absences")),
    )
    with op.batch_alter_table("referent_absences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referent_absences_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referent_absences_cpts_id"), ["cpts_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("referent_absences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_referent_absences_cpts_id"))
        batch_op.drop_index(batch_op.f("ix_referent_absences_contact_id"))

    op.drop_table("referent_absences")
