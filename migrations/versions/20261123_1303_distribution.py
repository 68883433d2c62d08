"""Who received which version of the plan, with its proofs; how often personal links are asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_1303"
down_revision = "20261123_1302"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delivery_documents",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["accounts.id"], name=op.f("fk_delivery_documents_added_by_id")),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_delivery_documents_cpts_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_documents")),
    )
    op.create_index(op.f("ix_delivery_documents_cpts_id"), "delivery_documents", ["cpts_id"], unique=False)
    op.create_table(
        "plan_deliveries",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("recipient_group", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=330), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("is_marked", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_by_name", sa.String(length=160), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_plan_deliveries_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_plan_deliveries_cpts_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["accounts.id"], name=op.f("fk_plan_deliveries_created_by_id")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox_messages.id"], name=op.f("fk_plan_deliveries_message_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name=op.f("fk_plan_deliveries_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_deliveries")),
        sa.UniqueConstraint("publication_id", "contact_id", name=op.f("uq_plan_deliveries_publication_id_contact_id")),
    )
    op.create_index(op.f("ix_plan_deliveries_contact_id"), "plan_deliveries", ["contact_id"], unique=False)
    op.create_index(op.f("ix_plan_deliveries_cpts_id"), "plan_deliveries", ["cpts_id"], unique=False)
    op.create_index(op.f("ix_plan_deliveries_publication_id"), "plan_deliveries", ["publication_id"], unique=False)
    op.create_table(
        "delivery_events",
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("by_name", sa.String(length=160), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("edition", sa.String(length=40), nullable=True),
        sa.Column("withdraws_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["plan_deliveries.id"], name=op.f("fk_delivery_events_delivery_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["delivery_documents.id"], name=op.f("fk_delivery_events_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name=op.f("fk_delivery_events_publication_id")
        ),
        sa.ForeignKeyConstraint(["withdraws_id"], ["delivery_events.id"], name=op.f("fk_delivery_events_withdraws_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_events")),
    )
    op.create_index(op.f("ix_delivery_events_delivery_id"), "delivery_events", ["delivery_id"], unique=False)
    op.create_table(
        "link_visits",
        sa.Column("visitor", sa.String(length=64), nullable=False),
        sa.Column("window_began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_visits")),
        sa.UniqueConstraint("visitor", name=op.f("uq_link_visits_visitor")),
    )


def downgrade() -> None:
    op.drop_table("link_visits")
    op.drop_index("ix_delivery_events_delivery_id", table_name="delivery_events")
    op.drop_table("delivery_events")
    op.drop_index("ix_plan_deliveries_publication_id", table_name="plan_deliveries")
    op.drop_index("ix_plan_deliveries_cpts_id", table_name="plan_deliveries")
    op.drop_index("ix_plan_deliveries_contact_id", table_name="plan_deliveries")
    op.drop_table("plan_deliveries")
    op.drop_index("ix_delivery_documents_cpts_id", table_name="delivery_documents")
    op.drop_table("delivery_documents")
