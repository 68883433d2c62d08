"""How many entries of each kind a logbook holds, and when they were entered, is read in an index."""

from __future__ import annotations

from alembic import op

revision = "20261123_1005"
down_revision = "20261123_1004"
branch_labels = None
depends_on = None

INDEX, TABLE = "ix_logbook_entries_counted", "logbook_entries"


def upgrade() -> None:
    op.create_index(INDEX, TABLE, ["crisis_id", "part", "kind", "entered_at", "number"])


def downgrade() -> None:
    op.drop_index(INDEX, TABLE)
