"""What the columns of an import mean, remembered; what an import says of its whole file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_2101"
down_revision = "20261122_2100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_columns",
        sa.Column("cpts_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cpts_id"], ["cpts.id"], name=op.f("fk_import_columns_cpts_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_columns")),
        sa.UniqueConstraint("cpts_id", "subject", "heading", name=op.f("uq_import_columns_cpts_id_subject_heading")),
    )
    with op.batch_alter_table("import_reports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("matching", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("details", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("import_reports", schema=None) as batch_op:
        batch_op.drop_column("details")
        batch_op.drop_column("matching")

    op.drop_table("import_columns")
