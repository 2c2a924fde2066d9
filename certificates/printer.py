"""Promises that a printing which fails is an incident of its case, until it succeeds after all."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from engine.database import transaction
from engine.errors import NotFound, Refusal
from engine.incidents import close_incidents, explained, open_incident

AGAIN = "系统会再试；也可以由督查人员重试。"


class Printed(NamedTuple):
    """What is being printed: the case it belongs to, and what to call it in a sentence."""

    case_id: int
    called: str


def printer(
    kind: str,
    print_one: Callable[[Connection, int, datetime], object],
    about: Callable[[Connection, int], Printed],
) -> Callable[[Engine, int, datetime], None]:
    """What the worker calls to print the one with an id, which is the task of the incidents of this `kind`.

    `print_one` raises NotFound where there is nothing to print, and so no case that an incident could be of.
    """

    def do(engine: Engine, id: int, now: datetime) -> None:
        try:
            with transaction(engine) as db:
                print_one(db, id, now)
                close_incidents(db, about(db, id).case_id, kind, now, task_id=str(id))
        except NotFound:
            raise
        except Exception as error:
            reason = f"{error.says}{error.do}" if isinstance(error, Refusal) else AGAIN
            with transaction(engine) as db:
                case_id, called = about(db, id)
                says = f"{called}没有生成。{reason}"
                open_incident(db, case_id, str(id), kind, says, explained(error), now)
            raise

    return do
