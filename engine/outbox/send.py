"""Sends what is queued, again with growing pauses when a channel fails, and says when it gave up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Connection, Engine, Row, case, func, select, text, update
from sqlalchemy.dialects.postgresql import distinct_on

from engine import queue
from engine.database import transaction
from engine.outbox.channels import Channels, NotSent, Outgoing
from engine.outbox.places import address
from engine.tables import cases, deliveries, messages

ATTEMPTS = 9  # 3, 9, 27 … seconds between them: a mail server may be away for over two hours
GRACE = timedelta(minutes=2)
LIMIT = 500
LATELY = timedelta(days=7)  # what is older than this would only puzzle who gets it

_NO_JOB = text(
    "not exists (select 1 from procrastinate_jobs j where j.status in ('todo', 'doing')"
    " and j.task_name = 'send_delivery' and (j.args ->> 'delivery_id')::bigint = deliveries.id)"
)
_QUEUED = deliveries.c.state == "queued"


@dataclass(frozen=True)
class Failure:
    """How many deliveries a channel gave up, and why it did not take the newest."""

    channel: str
    count: int
    error: str


def sender(channels: Channels, base_url: str) -> Callable[[Engine, int, datetime], None]:
    """What the worker calls to send a delivery on these channels; links begin with `base_url`."""

    def send(engine: Engine, delivery_id: int, now: datetime) -> None:
        """NotSent when the channel did not take it: to be tried again."""
        try:
            with transaction(engine) as db:
                _send(db, delivery_id, now)
        except Exception as error:
            says = str(error) if isinstance(error, NotSent) else type(error).__name__
            with transaction(engine) as db:
                _note(db, delivery_id, says)
            raise NotSent(says) from None  # what failed may quote an address

    def _send(db: Connection, delivery_id: int, now: datetime) -> None:
        """At least once: it is marked after the channel took it, in the transaction that holds its row."""
        row = _waiting(db, delivery_id)
        if row is None:
            return
        if row.channel not in channels:
            raise NotSent("这个渠道没有开通")
        channels[row.channel](_outgoing(row, base_url))
        sent = {"state": "sent", "sent_at": now, "error": "", "attempts": row.attempts + 1}
        db.execute(update(deliveries).where(deliveries.c.id == delivery_id).values(sent))

    return send


def failures(db: Connection, now: datetime) -> tuple[Failure, ...]:
    """What each channel gave up lately, with what it said of the newest."""
    of_channel = deliveries.c.channel
    query = (
        select(of_channel, func.count().over(partition_by=of_channel).label("count"), deliveries.c.error)
        .where(*_given_up(now))
        .ext(distinct_on(of_channel))
        .order_by(of_channel, deliveries.c.queued_at.desc())
    )
    return tuple(Failure(*row) for row in db.execute(query))


def retry_failed(db: Connection, channel: str, now: datetime) -> int:
    """Queue everything again that a channel gave up lately, as if never tried; how many it is."""
    failed = (deliveries.c.channel == channel, *_given_up(now))
    again = {"state": "queued", "attempts": 0, "queued_at": now}
    ids = db.execute(update(deliveries).where(*failed).values(again).returning(deliveries.c.id)).scalars()
    found = list(ids)
    for delivery in found[:LIMIT]:  # the sweep finds the others
        queue.defer(db, queue.SEND_DELIVERY, delivery_id=delivery)
    return len(found)


def queue_lost(db: Connection, now: datetime) -> int:
    """Queue again what waits with no job; how many it is."""
    lost = select(deliveries.c.id).where(_QUEUED, deliveries.c.queued_at <= now - GRACE, _NO_JOB)
    found = db.execute(lost.order_by(deliveries.c.queued_at).limit(LIMIT)).scalars().all()
    for delivery in found:
        queue.defer(db, queue.SEND_DELIVERY, delivery_id=delivery)
    return len(found)


def _given_up(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return deliveries.c.state == "failed", deliveries.c.queued_at > now - LATELY


def _waiting(db: Connection, delivery_id: int) -> Row[Any] | None:
    """What is to be sent, locked against a second worker; None when another one has it or it has gone out."""
    query = (
        select(deliveries, messages.c.kind, messages.c.title, messages.c.text, messages.c.link)
        .add_columns(func.coalesce(cases.c.number, "").label("case_number"))
        .join_from(deliveries, messages)
        .outerjoin(cases, cases.c.id == messages.c.case_id)
        .where(deliveries.c.id == delivery_id, _QUEUED)
        .with_for_update(of=deliveries, skip_locked=True)
    )
    return db.execute(query).one_or_none()


def _outgoing(row: Row[Any], base_url: str) -> Outgoing:
    return Outgoing(
        id=f"{row.id}.{row.channel}@{urlsplit(base_url).hostname or 'localhost'}",
        message_id=row.message_id,
        kind=row.kind,
        case_number=row.case_number,
        to=row.address,
        title=row.title,
        text=row.words or row.text,
        link=base_url + address(row.link, row.case_number),
    )


def _note(db: Connection, delivery_id: int, says: str) -> None:
    """One more attempt that failed; after the last one it waits for somebody to ask for more."""
    tried = deliveries.c.attempts + 1
    state = case((tried >= ATTEMPTS, "failed"), else_="queued")
    db.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id, _QUEUED)
        .values(attempts=tried, error=says, state=state)
    )
