"""What the tests of corrections do again and again: mark, send, reply, look again."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from engine.commands.claim import claim
from engine.commands.complete import complete
from engine.corrections.marking import Mark, mark
from engine.corrections.replies import save
from engine.corrections.resubmit import resubmit
from engine.people import User
from tests.filing import NOW, waiting

People = Mapping[str, User]
REASON = "图上没有标出安全出口。"
WANTED = "请标出每个安全出口的位置和宽度。"


def note(
    db: Connection,
    people: People,
    number: str,
    who: str,
    name: str,
    item: str = "",
    *,
    target: str = "field",
    now: datetime = NOW,
    **words: str,
) -> None:
    """Somebody marks a question (or another `target`) of the case."""
    said = {"type": "unclear", "reason": REASON, "wanted": WANTED, **words}
    mark(db, user=people[who], number=number, mark=Mark(target, name, item, **said), now=now)


def ask(db: Connection, people: People, number: str, now: datetime = NOW) -> None:
    """The window sends everything that is marked in one notice."""
    work(db, people, number, "accept", "window", {"outcome": "correct"}, now)


def work(
    db: Connection,
    people: People,
    number: str,
    step: str,
    who: str,
    raw: Mapping[str, str],
    now: datetime = NOW,
) -> None:
    """A clerk claims a step and finishes it."""
    task = waiting(db, number)[step]
    claim(db, user=people[who], task=task, now=now)
    complete(db, user=people[who], task=task, raw=raw, now=now)


def answer(
    db: Connection, people: People, number: str, round: int = 1, now: datetime = NOW, **typed: str
) -> dict[str, str]:
    """The applicant fills in these inputs and saves; what is wrong or missing is returned."""
    user = people["applicant"]
    return save(db, user=user, number=number, round=round, raw=typed, whole=True, now=now)


def send_reply(
    db: Connection, people: People, number: str, round: int = 1, now: datetime = NOW, **typed: str
) -> None:
    """The applicant fills in these inputs and sends everything."""
    assert answer(db, people, number, round, now, **typed) == {}
    resubmit(db, user=people["applicant"], number=number, round=round, now=now)
