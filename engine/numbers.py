"""Running numbers without gaps or repeats: taken in the transaction that uses them, given back with it."""

from datetime import date

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.tables import number_series


def next_number(db: Connection, series: str) -> int:
    """The next number of `series`, from 1; whoever asks second waits until the first transaction ends."""
    statement = upsert(number_series).values(series=series, last=1)
    row = db.execute(
        statement.on_conflict_do_update(
            index_elements=["series"], set_={"last": number_series.c.last + 1}
        ).returning(number_series.c.last)
    ).one()
    return int(row.last)


def case_number(db: Connection, region: str, day: date) -> str:
    """A case's number, e.g. `370303-YYZ-20261122-0001`: region, kind, day, running number of that day."""
    series = f"case/{region}/{day:%Y%m%d}"
    return f"{region}-YYZ-{day:%Y%m%d}-{next_number(db, series):04d}"


def linked_number(db: Connection, region: str, word: str, day: date) -> str:
    """The number of what follows a case later (后续办件), e.g. `370303-HX-20261122-0001`"""
    series = f"linked/{region}/{word}/{day:%Y%m%d}"
    return f"{region}-{word}-{day:%Y%m%d}-{next_number(db, series):04d}"
