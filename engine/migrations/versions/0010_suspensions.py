"""Suspensions whose last day is over are found by an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_index(
        "ix_licences_suspended",
        "licences",
        ["suspended_until"],
        unique=False,
        postgresql_where=sa.text("state = 'suspended' and suspended_until is not null"),
    )


def downgrade() -> None:
    op.drop_index("ix_licences_suspended", table_name="licences")
