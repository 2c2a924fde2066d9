"""Records the statements of a transaction, to know what completing a task reads and writes."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, Executable, event


@dataclass
class Recording:
    """What was executed, in order: SQLAlchemy's statements, and texts that went straight to the driver."""

    statements: list[tuple[Executable | str, Any]] = field(default_factory=list)
    in_core: bool = False

    def clear(self) -> None:
        """Begin anew."""
        self.statements = []


@contextmanager
def recorded(engine: Engine) -> Iterator[Recording]:
    """Everything that is executed through `engine`, from now until the block ends."""
    recording = Recording()

    class Cursor(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            if not recording.in_core:
                recording.statements.append((query, params))
            return super().execute(query, params, **options)

    def begin(db: Connection, statement: Executable, many: Any, one: Any, options: Any) -> None:
        recording.statements.append((statement, many or one or None))
        recording.in_core = True

    def end(*rest: Any) -> None:
        recording.in_core = False

    def equip(driver_connection: Any, *rest: Any) -> None:
        driver_connection.cursor_factory = Cursor

    hooks: list[tuple[str, Callable[..., None]]] = [
        ("before_execute", begin),
        ("after_execute", end),
        ("checkout", equip),
    ]
    for name, hook in hooks:
        event.listen(engine, name, hook)
    try:
        yield recording
    finally:
        for name, hook in hooks:
            event.remove(engine, name, hook)


def execute(db: Connection, statement: Executable | str, values: Any) -> Sequence[Any]:
    """Execute one recorded statement; all rows it gives."""
    if isinstance(statement, str):
        driver = db.connection.driver_connection
        assert driver is not None
        with driver.cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall())
    result = db.execute(statement, values)
    return result.fetchall() if result.returns_rows else ()
