"""Other means than stock: teleconsultation, vehicles, a generator, premises."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_2110"
down_revision = "20261122_2109"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "other_means",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("capacity", sa.String(length=160), nullable=False),
        sa.Column("keeper", sa.String(length=160), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("how_to_get", sa.Text(), nullable=False),
        sa.Column("available", sa.String(length=300), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_other_means_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_other_means_cpts_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_means")),
    )
    with op.batch_alter_table("other_means", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_other_means_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_other_means_cpts_id"), ["cpts_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("other_means", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_other_means_cpts_id"))
        batch_op.drop_index(batch_op.f("ix_other_means_contact_id"))

    op.drop_table("other_means")
