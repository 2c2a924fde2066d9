"""What a search for industries looks in stands beside the pointer to the deployment, too.

Rows from before are filled when their industry is published again; until then a search passes over them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("published_industries", sa.Column("words", sa.Text(), server_default="", nullable=False))
    op.alter_column("published_industries", "words", server_default=None)


def downgrade() -> None:
    op.drop_column("published_industries", "words")
