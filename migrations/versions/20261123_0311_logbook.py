"""The logbook: append only, sealed, but the erasure of a content on a legal order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0311"
down_revision = "20261123_0310"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "logbook_entries",
        sa.Column("crisis_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.String(length=160), nullable=False),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.Column("client_key", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("previous_seal", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_logbook_entries_author_id")),
        sa.ForeignKeyConstraint(["crisis_id"], ["crises.id"], name=op.f("fk_logbook_entries_crisis_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logbook_entries")),
        sa.UniqueConstraint("client_key", name=op.f("uq_logbook_entries_client_key")),
        sa.UniqueConstraint("crisis_id", "part", "number", name=op.f("uq_logbook_entries_crisis_id_part_number")),
    )
    op.create_index("ix_logbook_entries_crisis_id_corrects", "logbook_entries", ["crisis_id", "corrects"])
    op.create_index("ix_logbook_entries_crisis_id_author_id", "logbook_entries", ["crisis_id", "author_id"])
    op.create_table(
        "entry_erasures",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("ordered_by", sa.String(length=300), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_by_id", sa.Uuid(), nullable=False),
        sa.Column("erased_by_name", sa.String(length=160), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["logbook_entries.id"], name=op.f("fk_entry_erasures_entry_id")),
        sa.ForeignKeyConstraint(["erased_by_id"], ["accounts.id"], name=op.f("fk_entry_erasures_erased_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_erasures")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_entry_erasures_entry_id")),
    )
    op.create_table(
        "entry_flags",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("flagged_by_id", sa.Uuid(), nullable=False),
        sa.Column("flagged_by_name", sa.String(length=160), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["logbook_entries.id"], name=op.f("fk_entry_flags_entry_id")),
        sa.ForeignKeyConstraint(["flagged_by_id"], ["accounts.id"], name=op.f("fk_entry_flags_flagged_by_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_entry_flags")),
    )
    op.create_table(
        "logbook_attachments",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["accounts.id"], name=op.f("fk_logbook_attachments_added_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["logbook_entries.id"], name=op.f("fk_logbook_attachments_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logbook_attachments")),
        sa.UniqueConstraint("entry_id", "position", name=op.f("uq_logbook_attachments_entry_id_position")),
    )


def downgrade() -> None:
    op.drop_table("logbook_attachments")
    op.drop_table("entry_flags")
    op.drop_table("entry_erasures")
    op.drop_index("ix_logbook_entries_crisis_id_author_id", "logbook_entries")
    op.drop_index("ix_logbook_entries_crisis_id_corrects", "logbook_entries")
    op.drop_table("logbook_entries")
