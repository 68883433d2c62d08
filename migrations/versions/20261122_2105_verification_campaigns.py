"""Verification campaigns and their letters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_2105"
down_revision = "20261122_2104"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "verification_campaigns",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("audience", sa.String(length=300), nullable=False),
        sa.Column("applies_answers", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cpts_id"], ["cpts.id"], name=op.f("fk_verification_campaigns_cpts_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["opened_by_id"], ["accounts.id"], name=op.f("fk_verification_campaigns_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_campaigns")),
    )
    with op.batch_alter_table("verification_campaigns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verification_campaigns_cpts_id"), ["cpts_id"], unique=False)

    op.create_table(
        "campaign_letters",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("correction", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("decision", sa.String(length=40), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["verification_campaigns.id"],
            name=op.f("fk_campaign_letters_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_campaign_letters_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["accounts.id"], name=op.f("fk_campaign_letters_decided_by_id")),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["outbox_messages.id"],
            name=op.f("fk_campaign_letters_message_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_letters")),
        sa.UniqueConstraint("campaign_id", "contact_id", name=op.f("uq_campaign_letters_campaign_id_contact_id")),
    )
    with op.batch_alter_table("campaign_letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_letters_contact_id"), ["contact_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("campaign_letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_letters_contact_id"))

    op.drop_table("campaign_letters")
    with op.batch_alter_table("verification_campaigns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verification_campaigns_cpts_id"))

    op.drop_table("verification_campaigns")
