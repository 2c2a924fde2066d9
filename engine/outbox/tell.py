"""Tells a person something: a message for the pages and its deliveries, in the transaction of its cause."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, text
from sqlalchemy.dialects.postgresql import insert as upsert

from engine import queue
from engine.database import channels_of
from engine.deployments import Deployment
from engine.happenings import Happened
from engine.letters.write import Letter
from engine.outbox.said import said
from engine.outbox.sentences import Said, fill
from engine.outbox.wording import wording_of, wordings
from engine.tables import deliveries, messages, users

_DEFER = text(f"select {queue.defer_all('cast(:jobs as json)')}")  # one way to the database for all
CONSOLE, SMTP, SMS = "console", "smtp", "sms"


@dataclass(frozen=True)
class Message:
    """What is said; `sms` "" when no short message goes out, `link` a page of engine.outbox.places."""

    kind: str
    title: str
    text: str
    sms: str = ""
    link: str = "case"


def tell(db: Connection, happened: Happened, letters: Sequence[Letter], now: datetime, key: str = "") -> None:
    """Queue the message about `happened` to the applicant, naming the `letters` that go with it.

    Once: its key is the line of the log that the case stands at, with the kind, items and values; or `key`,
    for what no line of a log says.
    """
    wording = wording_of(happened.deployment.files, happened.kind)
    if wording is None:
        return
    values = said(happened, letters, wordings(happened.deployment.files).words)
    message = Message(
        happened.kind,
        fill(wording.title, values),
        fill(wording.text, values),
        fill(wording.sms, values),
        wording.link,
    )
    case = happened.case
    tell_user(db, case.applicant_id, case.id, message, key or _key(happened), now)


def step_message(deployment: Deployment, kind: str, **values: str) -> Message | None:
    """What a step of a diagram has to say, in the designers' words; None when nobody is told of it."""
    wording = wording_of(deployment.files, kind)
    if wording is None:
        return None
    found = {name: Said(value) for name, value in values.items()}
    title, text, sms = (fill(each, found) for each in (wording.title, wording.text, wording.sms))
    return Message(kind, title, text, sms, wording.link)


def tell_user(
    db: Connection, user_id: int, case_id: int, message: Message, key: str, now: datetime
) -> int | None:
    """Queue a message about a case to a person; its id, or None when `key` was said before."""
    row = {"kind": message.kind, "title": message.title, "text": message.text, "link": message.link}
    new = upsert(messages).values(user_id=user_id, case_id=case_id, key=key, sent_at=now, **row)
    new = new.on_conflict_do_nothing(index_elements=["key"])
    message_id = db.execute(new.returning(messages.c.id)).scalar()
    if message_id is not None and (ways := _ways(db, user_id, message)):
        rows = [
            {
                "message_id": message_id,
                "channel": channel,
                "address": address,
                "words": words,
                "queued_at": now,
            }
            for channel, address, words in ways
        ]
        ids = db.execute(insert(deliveries).returning(deliveries.c.id), rows).scalars()
        jobs = [queue.Job(queue.SEND_DELIVERY, {"delivery_id": id}) for id in ids]
        db.execute(_DEFER, {"jobs": queue.as_json(jobs)})
    return message_id


def _ways(db: Connection, user_id: int, message: Message) -> list[tuple[str, str, str]]:
    """Channel, address and own words of each way to this person that is switched on."""
    on = channels_of(db)
    ways = [(CONSOLE, "", "")] if CONSOLE in on else []
    if SMTP in on or SMS in on:
        person = db.execute(select(users.c.phone, users.c.email).where(users.c.id == user_id)).one()
        if SMTP in on and person.email:
            ways.append((SMTP, person.email, ""))
        if SMS in on and person.phone and message.sms:
            ways.append((SMS, person.phone, message.sms))
    return ways


def _key(happened: Happened) -> str:
    about = json.dumps([happened.items, happened.values], ensure_ascii=False, sort_keys=True, default=str)
    digest = hashlib.sha256(about.encode()).hexdigest()[:16]
    return f"{happened.kind}/{happened.case.id}/{happened.case.last_seq}/{digest}"
