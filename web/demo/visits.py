"""What the people of a joint visit do, by the commands that they use: agree on a date, look, put right."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.cases import Case, load_case
from engine.commands.complete import complete
from engine.days import add_working_days, local_day
from engine.deployments import load
from engine.inspections.closing import close
from engine.inspections.convening import confirm
from engine.inspections.inspection import REMOTE, SITE, Inspection, inspection_of
from engine.inspections.noting import note
from engine.inspections.rectification import rectification_of
from engine.inspections.rectifying import reply_input, save_reply, send_replies
from engine.inspections.sheet import read_sheet
from engine.inspections.team import name
from engine.offices import of_one_office
from engine.people import User, find_user
from engine.scenarios import usual_form
from engine.step_forms import Asked, asked_in, step_of
from engine.tables import memberships, tasks
from forms.inputs import Inputs

OF_VISIT = frozenset({"arrange", "confirm", "name", "inspect", "rectify", "reinspect"})
STROKES = [[[80, 520], [240, 180], [400, 560], [520, 240]], [[560, 400], [900, 380]]]
DONE = "已经按要求改好。"
Form = Mapping[str, Any]
Task = Row[Any]


def worker_on(db: Connection, task: str) -> User | None:
    """Somebody of the office that a task waits for; the newest, None when nobody works there."""
    of_office = select(memberships.c.user_id).join(tasks, of_one_office()).where(tasks.c.id == task)
    return find_user(db, db.execute(of_office.order_by(memberships.c.user_id.desc()).limit(1)).scalar() or 0)


def take_step(db: Connection, task: Task, other: Form, now: datetime) -> None:
    """Do one step of a visit as usual, but for the values of `other`, those of its form."""
    case = load_case(db, task.case_id)
    visit = inspection_of(db, case.id)
    if task.act in ("inspect", "reinspect") and visit is not None:
        _look(db, case, visit, _known(worker_on(db, task.id)), other, now)
    elif task.act == "confirm":
        given = _known(find_user(db, case.applicant_id))
        raw = _filled(_asked(db, case, task), {"contact_name": given.name, **other}, now)
        offered = visit.offered if visit else ""
        confirm(db, user=given, number=case.number, raw=raw, offered=offered, now=now)
    elif task.act == "rectify":
        _put_right(db, case, other, now)
    else:
        user, asked = _known(worker_on(db, task.id)), _asked(db, case, task)
        usual = {"inspectors": [str(user.id)]} if task.act == "name" else _first_plan(asked, now)
        complete(db, user=user, task=task.id, raw=_filled(asked, {**usual, **other}, now), now=now)


def _first_plan(asked: Asked, now: datetime) -> Form:
    """The first day on which everybody has answered, at the premises."""
    return {**asked.inputs, "day_1": add_working_days(local_day(now), 2).isoformat()}


def _look(db: Connection, case: Case, visit: Inspection, lead: User, other: Form, now: datetime) -> None:
    """The lead notes every point, all sign, the visit is closed."""
    team = [each.user_id for each in visit.team]
    if lead.id not in team:
        name(db, user=lead, inspection=visit.id, chosen=[lead.id], now=now)
        team.append(lead.id)
    given: Form = other.get("points", {})
    usual = {"result": "pass", "words": ""}
    points = [each.point.id for each in read_sheet(db, visit.id).points]
    found = [_entry(visit, "point", point, {**usual, **given.get(point, {})}, now) for point in points]
    _send(db, lead, visit, found, now)
    signed = {"strokes": STROKES, "covers": sorted(read_sheet(db, visit.id).sheet.holding)}
    for person in team:
        entry = _entry(visit, "signature", f"{person}", signed, now)
        _send(db, _known(find_user(db, person)), visit, [entry], now)
    if visit.kind == SITE:
        who = {"answer": "signed", "name": visit.party.get("name") or "现场负责人", "words": "", **signed}
        _send(db, lead, visit, [_entry(visit, "party", "", who, now)], now)
    recording = "录像存在踏勘录像库" if visit.kind == REMOTE else ""
    written = {"note": other.get("note", ""), "recording": recording}
    close(db, user=lead, inspection=visit.id, **written, rectify_days=None, now=now)


def _put_right(db: Connection, case: Case, other: Form, now: datetime) -> None:
    asked, user = rectification_of(db, case.id), _known(find_user(db, case.applicant_id))
    replies = {reply_input(each.point): DONE for each in asked.points} if asked else {}
    save_reply(db, user=user, number=case.number, raw={**replies, **other}, now=now)
    send_replies(db, user=user, number=case.number, now=now)


def _send(db: Connection, user: User, visit: Inspection, entries: list[Inputs], now: datetime) -> None:
    phone = f"phone-of-{user.id}"
    answers = note(db, user=user, inspection=visit.id, device=phone, sent_at=now, entries=entries, now=now)
    refused = [each for each in answers if each.says]
    if refused:
        raise ValueError(f"{refused[0].says}{refused[0].do}")


def _entry(visit: Inspection, kind: str, subject: str, body: Form, now: datetime) -> dict[str, Any]:
    """What a phone notes a few minutes before it sends."""
    return {
        "id": f"visit-{visit.id}-{kind}-{subject}",
        "kind": kind,
        "subject": subject,
        "edit": 1,
        "body": dict(body),
        "noted_at": (now - timedelta(minutes=5)).isoformat(),
    }


def _asked(db: Connection, case: Case, task: Task) -> Asked:
    deployment = load(db, case.deployment_id)
    return asked_in(db, deployment, case, step_of(deployment, case, task.step, task.item))


def _filled(asked: Asked, other: Form, now: datetime) -> Inputs:
    return usual_form(asked, other, local_day(now))


def _known(user: User | None) -> User:
    if user is None:
        raise ValueError("nobody works on this step")
    return user
