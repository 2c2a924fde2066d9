"""Codes and the public registry: a place in the list of states, and what certificates are searched by."""

import json
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute("create sequence certificates_list_index_seq minvalue 0 start 0")
    op.add_column(
        "certificates",
        sa.Column(
            "list_index",
            sa.BigInteger(),
            server_default=sa.text("nextval('certificates_list_index_seq')"),
            nullable=False,
        ),
    )
    op.create_unique_constraint(op.f("uq_certificates_list_index"), "certificates", ["list_index"])
    op.add_column("certificate_issues", sa.Column("kid", sa.Integer(), nullable=True))
    op.create_index("ix_certificate_issues_kid", "certificate_issues", ["kid"], unique=False)
    op.create_index("ix_licences_name", "licences", ["name"], unique=False)
    op.create_index(
        "ix_licences_ended",
        "licences",
        ["certificate_id"],
        unique=False,
        postgresql_where=sa.text("state not in ('valid', 'changed')"),
    )
    op.create_index(
        "ix_licences_valid_until",
        "licences",
        ["valid_until"],
        unique=False,
        postgresql_where=sa.text("valid_until is not null"),
    )
    entries = op.create_table(
        "registry_entries",
        sa.Column("certificate_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("uscc", sa.Text(), nullable=False),
        sa.Column("industry", sa.Text(), nullable=False),
        sa.Column("industry_name", sa.Text(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("searched", sa.Text(), nullable=False),
        sa.Column("pairs", sa.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_registry_entries_certificate_id")
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_registry_entries")),
    )
    _enter_all(entries)
    op.create_index(
        "ix_registry_entries_pairs", "registry_entries", ["pairs"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "ix_registry_entries_number",
        "registry_entries",
        ["number"],
        unique=False,
        postgresql_ops={"number": "text_pattern_ops"},
    )
    op.create_index("ix_registry_entries_uscc", "registry_entries", ["uscc"], unique=False)
    op.create_index(
        "ix_registry_entries_industry", "registry_entries", ["industry", "certificate_id"], unique=False
    )


def _enter_all(entries: sa.Table) -> None:
    """What stands on the newest issue of each certificate so far."""
    newest = sa.text(
        "select distinct on (c.id) c.id, c.number, c.industry, i.content from certificates c"
        " join certificate_issues i on i.certificate_id = c.id order by c.id, i.issue desc"
    )
    for rows in op.get_bind().execute(newest).partitions(1000):
        op.bulk_insert(entries, [_entry(row) for row in rows])


def _entry(row: "sa.Row[tuple[object, ...]]") -> dict[str, object]:
    facts = json.loads(str(row.content))
    parts = [_plain(facts["operator"]), _plain(facts["address"])]
    return {
        "certificate_id": row.id,
        "number": row.number,
        "uscc": facts["uscc"],
        "industry": row.industry,
        "industry_name": facts["industry"],
        "operator": facts["operator"],
        "address": facts["address"],
        "searched": " ".join(parts),
        "pairs": sorted({part[i : i + 2] for part in parts for i in range(len(part) - 1)}),
    }


def _plain(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in normal if character.isalnum())
