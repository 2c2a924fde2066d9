"""The steps of a hearing on request, each from those before it, in the connection of a test."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from engine.hearings.offering import ask, offer
from engine.hearings.requested import call_requested, hold_requested
from engine.people import User
from engine.tables import clock_entries, events
from forms.inputs import Inputs
from tests.engine.clerks import case_of
from tests.engine.clerks import finish as finish_step
from tests.filing import NOW

People = Mapping[str, User]
ITEM, DECIDE = "food_operation", "decide_food_operation"
NOTICE: Inputs = {
    "day": "2026-12-07",
    "clock": "14:00",
    "place": "区政务服务中心三楼听证室",
    "chair": "周持平",
    "chair_login": "",
}
MINUTES: Inputs = {
    "objections": "没有收到意见",
    "held_on": "2026-12-07",
    "chair": "周持平",
    "participants-0-name": "张春和",
    "participants-0-standing": "申请人",
    "participants-0-signed": "signed",
    "minutes": "申请人说明油烟净化设备已经更换，并出示检测报告。",
    "conclusion": "support",
}
HELD = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)


def offered(db: Connection, people: People, number: str, now: datetime = NOW) -> int:
    why = "油烟直接影响楼上住户。"
    return offer(db, user=people["approval"], number=number, item=ITEM, reasons=why, now=now)


def asked(db: Connection, people: People, number: str) -> int:
    id = offered(db, people, number)
    ask(db, user=people["applicant"], number=number, hearing=id, words="我想说明油烟设备。", now=NOW)
    return id


def called(db: Connection, people: People, number: str, **other: str) -> int:
    id = asked(db, people, number)
    raw = {**NOTICE, **other}
    call_requested(db, user=people["approval"], number=number, hearing=id, raw=raw, now=NOW)
    return id


def held(db: Connection, people: People, number: str, **other: str) -> int:
    id = called(db, people, number)
    hold(db, people, number, id, **other)
    return id


def hold(db: Connection, people: People, number: str, id: int, now: datetime = HELD, **other: str) -> None:
    raw = {**MINUTES, **other}
    hold_requested(db, user=people["approval"], number=number, hearing=id, raw=raw, now=now)


def decide(db: Connection, people: People, number: str, **form: str) -> str:
    return finish_step(db, people, number, DECIDE, **form).outcome


def types(db: Connection, number: str) -> list[str]:
    query = select(events.c.type).where(events.c.case_id == case_of(db, number).id)
    found = db.execute(query.order_by(events.c.seq)).scalars()
    return [each for each in found if each.startswith("hearing_")]


def entries(db: Connection, number: str) -> list[str]:
    """What the ledger says of pauses of the item."""
    match = (clock_entries.c.case_id == case_of(db, number).id, clock_entries.c.item == ITEM)
    query = select(clock_entries.c.entry).where(*match, clock_entries.c.entry.in_(("pause", "resume")))
    return list(db.execute(query.order_by(clock_entries.c.id)).scalars())
