"""A case's log: each line is bound to the one before by its hash, so that nobody changes the past unseen."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from engine.cases import Case
from engine.errors import CaseMoved
from engine.people import User
from engine.tables import cases, events

SYSTEM = "system"


@dataclass(frozen=True)
class Line:
    """One event of a case, ready to be written; `payload` is JSON text, `hash` a SHA-256 in hex."""

    case_id: int
    seq: int
    at: datetime
    actor: str
    type: str
    payload: str
    previous: str
    hash: str


@dataclass(frozen=True)
class Break:
    """A place where a case's chain does not hold: the event's number and what is wrong."""

    case: str
    seq: int
    says: str


def line(
    case_id: int,
    seq: int,
    previous: str,
    *,
    at: datetime,
    actor: str,
    type: str,
    payload: Mapping[str, object],
) -> Line:
    """The next line of a chain that ends at `previous`; the same values always give the same hash."""
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Line(
        case_id, seq, at, actor, type, text, previous, digest(case_id, seq, at, actor, type, text, previous)
    )


def append(
    db: Connection, case: Case, user: User | None, type: str, payload: Mapping[str, object], now: datetime
) -> None:
    """Add a line to the log of a case that does not move; CaseMoved when another line came first.

    Without `user` it was the system.
    """
    entry = line(
        case.id,
        case.last_seq + 1,
        case.last_hash,
        at=now,
        actor=actor_of(user.id if user else None),
        type=type,
        payload=payload,
    )
    written = db.execute(
        update(cases)
        .where(cases.c.id == case.id, cases.c.version == case.version)
        .values(version=case.version + 1, last_seq=entry.seq, last_hash=entry.hash)
    )
    if written.rowcount != 1:
        raise CaseMoved
    db.execute(insert(events), asdict(entry))


def actor_of(user_id: int | None) -> str:
    """How the log names who acted: `user:12`, or `system` for a handler or a timer."""
    return SYSTEM if user_id is None else f"user:{user_id}"


def digest(case_id: int, seq: int, at: datetime, actor: str, type: str, payload: str, previous: str) -> str:
    """SHA-256 over everything that a line says and over the hash before it."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    said = json.dumps([case_id, seq, moment, actor, type, payload, previous], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def breaks(db: Connection) -> Iterator[Break | int]:
    """Walk every chain: a Break for each place that does not hold, and each case's id once it was read.

    One statement reads it all, so that a case that moves on meanwhile is no break.
    """
    head = (cases.c.id, cases.c.number, cases.c.last_seq, cases.c.last_hash)
    query = select(*head, events).outerjoin(events).order_by(cases.c.id, events.c.seq)
    rows = db.execute(query, execution_options={"yield_per": 1000})
    for case_id, lines in groupby(rows, lambda row: int(row.id)):
        yield case_id
        yield from _breaks_of(list(lines))


def _breaks_of(lines: Sequence[Row[Any]]) -> Iterator[Break]:
    """What does not hold in one case's chain: its rows in order, one without an event for an empty log."""
    seq, previous, head = 0, "", lines[0]
    for row in lines if head.seq is not None else ():
        if row.seq != seq + 1:
            yield Break(row.number, seq + 1, f"第{seq + 1}条日志缺失。")
        elif row.previous != previous:
            yield Break(row.number, row.seq, "与上一条日志的校验值不相接。")
        if digest(row.case_id, row.seq, row.at, row.actor, row.type, row.payload, row.previous) != row.hash:
            yield Break(row.number, row.seq, "日志内容与其校验值不符。")
        seq, previous = row.seq, row.hash
    if (seq, previous) != (head.last_seq, head.last_hash):
        yield Break(head.number, head.last_seq, "最后一条日志与办件登记的不一致。")
