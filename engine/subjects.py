"""The enterprises that applications are for, each once by its unified social credit code."""

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.tables import subjects


def subject_of(db: Connection, uscc: str, name: str) -> int:
    """The id of the subject with this code, which from now on has this name."""
    statement = upsert(subjects).values(uscc=uscc, name=name)
    statement = statement.on_conflict_do_update(index_elements=["uscc"], set_={"name": name})
    return int(db.execute(statement.returning(subjects.c.id)).scalar_one())
