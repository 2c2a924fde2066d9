"""What all tables share: their metadata and the kinds of column that recur."""

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Identity, MetaData, text

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

OPEN = text("state = 'open'")  # a literal: a bound parameter would hide the partial index from a generic plan


def row_id() -> Column[int]:
    """A column `id` that numbers the rows."""
    return Column("id", BigInteger, Identity(always=True), primary_key=True)


def moment(name: str, *, nullable: bool = False) -> "Column[object]":
    """A column for a moment in time, kept with its zone."""
    return Column(name, DateTime(timezone=True), nullable=nullable)


def of(target: str, name: str, *, nullable: bool = False, primary_key: bool = False) -> Column[int]:
    """A column that refers to the id of another table's row."""
    return Column(name, BigInteger, ForeignKey(target), nullable=nullable, primary_key=primary_key)
