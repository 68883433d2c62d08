"""What more the directory keeps of a contact, and who asked not to be in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_2100"
down_revision = "20261122_1808"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_oppositions",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("opposition_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("opposed_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cpts_id"], ["cpts.id"], name=op.f("fk_contact_oppositions_cpts_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_oppositions")),
        sa.UniqueConstraint(
            "cpts_id", "opposition_id", "digest", name=op.f("uq_contact_oppositions_cpts_id_opposition_id_digest")
        ),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("finess", sa.String(length=9), server_default="", nullable=False))
        batch_op.add_column(sa.Column("volunteer_for", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("mobile_consent_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("verified_by", sa.String(length=160), server_default="", nullable=False))
        batch_op.add_column(sa.Column("verified_how", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("official", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("official_on", sa.Date(), nullable=True))


def downgrade() -> None:
    # Outside a batch: SQLite would rebuild the table, and drop with it what belongs to each contact.
    for column in (
        "official_on",
        "official",
        "verified_how",
        "verified_by",
        "mobile_consent_on",
        "volunteer_for",
        "finess",
    ):
        op.drop_column("contacts", column)
    op.drop_table("contact_oppositions")
