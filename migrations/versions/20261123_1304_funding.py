"""Dated rates, what the CPAM answered, claims with their revisions, evidence and steps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_1304"
down_revision = "20261123_1303"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rate_sets",
        sa.Column("label", sa.String(length=160), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("amounts", sa.JSON(), nullable=False),
        sa.Column("majoration_percent", sa.Integer(), nullable=False),
        sa.Column("majoration_members", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Uuid(), nullable=False),
        sa.Column("entered_by_name", sa.String(length=160), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_name", sa.String(length=160), nullable=False),
        sa.Column("withdrawn_why", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by_id"], ["accounts.id"], name=op.f("fk_rate_sets_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_sets")),
    )
    op.create_table(
        "funding_situations",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("member_professionals", sa.Integer(), nullable=True),
        sa.Column("member_structures", sa.Integer(), nullable=True),
        sa.Column("members_counted_on", sa.Date(), nullable=True),
        sa.Column("has_early_contract", sa.Boolean(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("actions_of_2021", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cpts_id"], ["cpts.id"], name=op.f("fk_funding_situations_cpts_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("cpts_id", name=op.f("pk_funding_situations")),
    )
    op.create_table(
        "cpam_answer_documents",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["accounts.id"], name=op.f("fk_cpam_answer_documents_added_by_id")),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_cpam_answer_documents_cpts_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cpam_answer_documents")),
    )
    op.create_index(op.f("ix_cpam_answer_documents_cpts_id"), "cpam_answer_documents", ["cpts_id"], unique=False)
    op.create_table(
        "cpam_answers",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("doubt", sa.String(length=40), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("settles", sa.Boolean(), nullable=False),
        sa.Column("majoration", sa.String(length=40), nullable=True),
        sa.Column("applies_from", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.String(length=160), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_cpam_answers_cpts_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["cpam_answer_documents.id"], name=op.f("fk_cpam_answers_document_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["accounts.id"], name=op.f("fk_cpam_answers_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cpam_answers")),
    )
    op.create_index(op.f("ix_cpam_answers_cpts_id"), "cpam_answers", ["cpts_id"], unique=False)
    op.create_table(
        "claims",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("mission_year", sa.Integer(), nullable=True),
        sa.Column("crisis_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("is_outside", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("wanted_cents", sa.Integer(), nullable=True),
        sa.Column("asked_cents", sa.Integer(), nullable=True),
        sa.Column("agreed_cents", sa.Integer(), nullable=True),
        sa.Column("paid_cents", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=False),
        sa.Column("opened_by_name", sa.String(length=160), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_claims_cpts_id")),
        sa.ForeignKeyConstraint(["crisis_id"], ["crises.id"], name=op.f("fk_claims_crisis_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["accounts.id"], name=op.f("fk_claims_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("cpts_id", "number", name=op.f("uq_claims_cpts_id_number")),
    )
    op.create_index(op.f("ix_claims_cpts_id"), "claims", ["cpts_id"], unique=False)
    op.create_index(
        "uq_claims_subject",
        "claims",
        ["cpts_id", "subject"],
        unique=True,
        sqlite_where=sa.text("state <> 'abandoned'"),
        postgresql_where=sa.text("state <> 'abandoned'"),
    )
    op.create_table(
        "claim_attachments",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("need", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["accounts.id"], name=op.f("fk_claim_attachments_added_by_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_claim_attachments_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_attachments")),
    )
    op.create_index(op.f("ix_claim_attachments_claim_id"), "claim_attachments", ["claim_id"], unique=False)
    op.create_table(
        "claim_step_documents",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["accounts.id"], name=op.f("fk_claim_step_documents_added_by_id")),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_claim_step_documents_cpts_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_step_documents")),
    )
    op.create_index(op.f("ix_claim_step_documents_cpts_id"), "claim_step_documents", ["cpts_id"], unique=False)
    op.create_table(
        "claim_steps",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.String(length=160), nullable=False),
        sa.Column("institution", sa.String(length=160), nullable=False),
        sa.Column("revision_number", sa.Integer(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_claim_steps_claim_id")),
        sa.ForeignKeyConstraint(["document_id"], ["claim_step_documents.id"], name=op.f("fk_claim_steps_document_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["accounts.id"], name=op.f("fk_claim_steps_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_steps")),
    )
    op.create_index(op.f("ix_claim_steps_claim_id"), "claim_steps", ["claim_id"], unique=False)
    op.create_table(
        "claim_revisions",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("submitted_by_id", sa.Uuid(), nullable=False),
        sa.Column("submitted_by_name", sa.String(length=160), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("rate_set", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_claim_revisions_claim_id")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["accounts.id"], name=op.f("fk_claim_revisions_submitted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_revisions")),
        sa.UniqueConstraint("claim_id", "number", name=op.f("uq_claim_revisions_claim_id_number")),
    )
    op.create_index(op.f("ix_claim_revisions_claim_id"), "claim_revisions", ["claim_id"], unique=False)
    op.create_table(
        "claim_files",
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["claim_revisions.id"], name=op.f("fk_claim_files_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_files")),
        sa.UniqueConstraint("revision_id", "media_type", name=op.f("uq_claim_files_revision_id_media_type")),
    )
    op.create_index(op.f("ix_claim_files_revision_id"), "claim_files", ["revision_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_claim_files_revision_id", table_name="claim_files")
    op.drop_table("claim_files")
    op.drop_index("ix_claim_revisions_claim_id", table_name="claim_revisions")
    op.drop_table("claim_revisions")
    op.drop_index("ix_claim_steps_claim_id", table_name="claim_steps")
    op.drop_table("claim_steps")
    op.drop_index("ix_claim_step_documents_cpts_id", table_name="claim_step_documents")
    op.drop_table("claim_step_documents")
    op.drop_index("ix_claim_attachments_claim_id", table_name="claim_attachments")
    op.drop_table("claim_attachments")
    op.drop_index("uq_claims_subject", table_name="claims")
    op.drop_index("ix_claims_cpts_id", table_name="claims")
    op.drop_table("claims")
    op.drop_index("ix_cpam_answers_cpts_id", table_name="cpam_answers")
    op.drop_table("cpam_answers")
    op.drop_index("ix_cpam_answer_documents_cpts_id", table_name="cpam_answer_documents")
    op.drop_table("cpam_answer_documents")
    op.drop_table("funding_situations")
    op.drop_table("rate_sets")
