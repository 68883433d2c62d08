"""Messages sent in a crisis, and to whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0316"
down_revision = "20261123_0315"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crisis_messages",
        sa.Column("crisis_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("model_title", sa.String(length=160), nullable=False),
        sa.Column("audience", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Uuid(), nullable=False),
        sa.Column("sent_by_name", sa.String(length=160), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["crisis_id"], ["crises.id"], name=op.f("fk_crisis_messages_crisis_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["logbook_entries.id"], name=op.f("fk_crisis_messages_entry_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["accounts.id"], name=op.f("fk_crisis_messages_sent_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_messages")),
        sa.UniqueConstraint("crisis_id", "number", name=op.f("uq_crisis_messages_crisis_id_number")),
    )
    op.create_table(
        "crisis_message_recipients",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=330), nullable=False),
        sa.Column("what", sa.String(length=330), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("outbox_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_crisis_message_recipients_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["crisis_messages.id"], name=op.f("fk_crisis_message_recipients_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["outbox_id"],
            ["outbox_messages.id"],
            name=op.f("fk_crisis_message_recipients_outbox_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_message_recipients")),
    )
    with op.batch_alter_table("crisis_message_recipients", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crisis_message_recipients_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crisis_message_recipients_message_id"), ["message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crisis_message_recipients_outbox_id"), ["outbox_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("crisis_message_recipients", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crisis_message_recipients_outbox_id"))
        batch_op.drop_index(batch_op.f("ix_crisis_message_recipients_message_id"))
        batch_op.drop_index(batch_op.f("ix_crisis_message_recipients_contact_id"))

    op.drop_table("crisis_message_recipients")
    op.drop_table("crisis_messages")
