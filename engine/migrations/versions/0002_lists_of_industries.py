"""What lists of industries show stands beside the pointer to the deployment.

Rows from before are filled when their industry is published again; until then a list shows the name alone.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NEW: tuple[sa.Column[Any], ...] = (
    sa.Column("title", sa.Text(), server_default="", nullable=False),
    sa.Column("summary", sa.Text(), server_default="", nullable=False),
    sa.Column("heading", sa.Text(), server_default="", nullable=False),
    sa.Column("pilot", sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column("position", sa.Integer(), server_default="0", nullable=False),
    sa.Column("item_count", sa.Integer(), server_default="0", nullable=False),
)


def upgrade() -> None:
    for column in NEW:
        op.add_column("published_industries", column)
        op.alter_column("published_industries", column.name, server_default=None)


def downgrade() -> None:
    for column in reversed(NEW):
        op.drop_column("published_industries", column.name)
