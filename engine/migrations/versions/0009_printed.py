"""A licence says whether the newest issue of its certificate states it: by those it is judged."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

PRINTED = """
    update licences set printed = true
    from (select distinct on (certificate_id) certificate_id, content from certificate_issues
        order by certificate_id, issue desc) newest
    where newest.certificate_id = licences.certificate_id and exists (
        select from json_array_elements(newest.content::json -> 'licences') line
        where line ->> 'number' = licences.number)"""


def upgrade() -> None:
    op.add_column("licences", sa.Column("printed", sa.Boolean(), server_default="false", nullable=False))
    op.execute(PRINTED)


def downgrade() -> None:
    op.drop_column("licences", "printed")
