"""Places that can be opened in a crisis."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_2103"
down_revision = "20261122_2102"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mobilisable_places",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("folded_name", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("postal_code", sa.String(length=5), nullable=False),
        sa.Column("commune", sa.String(length=120), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("capacity_note", sa.String(length=300), nullable=False),
        sa.Column("keys", sa.String(length=400), nullable=False),
        sa.Column("access", sa.String(length=400), nullable=False),
        sa.Column("power", sa.String(length=300), nullable=False),
        sa.Column("network", sa.String(length=300), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("crisis_types", sa.JSON(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_mobilisable_places_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["cpts_id"], ["cpts.id"], name=op.f("fk_mobilisable_places_cpts_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mobilisable_places")),
        sa.UniqueConstraint("cpts_id", "folded_name", name=op.f("uq_mobilisable_places_cpts_id_folded_name")),
    )
    with op.batch_alter_table("mobilisable_places", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mobilisable_places_contact_id"), ["contact_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("mobilisable_places", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mobilisable_places_contact_id"))

    op.drop_table("mobilisable_places")
