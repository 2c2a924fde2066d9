"""A visit that waits to be held: its team, and what inspectors' phones send."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, update

from engine.inspections.inspection import inspection_of
from engine.inspections.noting import Answer, note
from engine.inspections.sheet import read_sheet
from engine.inspections.team import leave, name
from engine.people import User
from engine.tables import inspections
from tests.engine.clerks import case_of
from tests.filing import DISTRICT, NOW

People = Mapping[str, User]
Raw = dict[str, Any]
THERE = NOW + timedelta(days=1)
TEAM = ("inspector", "market", "fire")
STROKES = [[[100, 100], [300, 240], [520, 130]], [[600, 100]]]


def settle(db: Connection, people: People, number: str) -> int:
    """The visit for which this case waits, with a team of three; returns its id."""
    visit = inspection_of(db, case_of(db, number).id)
    assert visit is not None
    name(db, user=people["inspector"], inspection=visit.id, chosen=[people["inspector"].id], now=NOW)
    others = [people[login] for login in ("tobacco", "housing", "approval")]
    for user in others:
        if user.id in {each.user_id for each in visit.team}:
            leave(db, user=user, inspection=visit.id, person=user.id, now=NOW)
    return visit.id


def hold(db: Connection, inspection: int, at: datetime = THERE) -> None:
    """The visit is over."""
    this = update(inspections).where(inspections.c.id == inspection)
    db.execute(this.values(state="held", closed_at=at))


def found(id: str, point: str, result: str = "pass", words: str = "", edit: int = 1) -> Raw:
    """An entry about a point."""
    return entry(id, "point", {"result": result, "words": words}, point, edit)


def signed(id: str, covers: Sequence[str], edit: int = 9) -> Raw:
    return entry(id, "signature", {"strokes": STROKES, "covers": [*covers]}, "", edit)


def party(id: str, covers: Sequence[str], edit: int = 9, **body: object) -> Raw:
    said = {"answer": "signed", "name": "张春和", "words": "", "strokes": STROKES, "covers": [*covers]}
    return entry(id, "party", {**said, **body}, "", edit)


def entry(id: str, kind: str, body: Mapping[str, object], subject: str = "", edit: int = 1) -> Raw:
    at = THERE.astimezone(UTC).isoformat()
    return {"id": f"{id:_<8}", "kind": kind, "subject": subject, "edit": edit, "body": body, "noted_at": at}


def send(
    db: Connection,
    user: User,
    inspection: int,
    *entries: object,
    device: str = "phone-one",
    sent_at: datetime = THERE,
    now: datetime = THERE,
) -> tuple[Answer, ...]:
    return note(
        db, user=user, inspection=inspection, device=device, sent_at=sent_at, entries=entries, now=now
    )


def states(answers: Sequence[Answer]) -> list[str]:
    return [each.state for each in answers]


def points_of_office(db: Connection, inspection: int, department: str) -> list[str]:
    """The points that are the part of a department's district office."""
    view = read_sheet(db, inspection)
    return [each.point.id for each in view.points if (department, DISTRICT) in each.keys]


def sign_all(db: Connection, people: People, inspection: int) -> None:
    """The team and the applicant's person sign what holds."""
    covers = sign_team(db, people, inspection)
    send(db, people["inspector"], inspection, party("party-one", covers))


def sign_team(db: Connection, people: People, inspection: int) -> list[str]:
    """The team signs what holds; returns the ids of that."""
    covers = sorted(read_sheet(db, inspection).sheet.holding)
    for login in TEAM:
        send(db, people[login], inspection, signed(f"sign-{login}", covers), device=f"phone-{login}")
    return covers


def note_all(db: Connection, people: People, inspection: int) -> None:
    """The lead notes every point as good."""
    points = [each.point.id for each in read_sheet(db, inspection).points]
    entries = [found(f"all-{n}-{inspection}", point) for n, point in enumerate(points)]
    send(db, people["inspector"], inspection, *entries)
