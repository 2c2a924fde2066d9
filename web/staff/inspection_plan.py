"""The plan of a visit for the offices that hold it: who comes, which experts, how one looks again."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engine.cases import load_case
from engine.errors import Invalid, NotFound
from engine.inspections.access import Seat, take_seat
from engine.inspections.experts import Expert, experts_of
from engine.inspections.experts import invite as invite_expert
from engine.inspections.inspection import FEWEST, PAPER, Inspection, Inspector, JoiningOffice
from engine.inspections.rechecks import plan_recheck
from engine.inspections.team import leave, name, offices_of
from engine.offices import colleagues
from engine.queries.cases import CasePage, staff_case
from web.context import public_url
from web.database import act, reading
from web.login import for_roles, person
from web.staff.tasks import STAFF

blueprint = Blueprint("inspection_plan", __name__)
INVITED = "invited"  # in the session, until the link was shown once
Answer = Response | tuple[str, int]
Errors = Mapping[str, str]


@dataclass(frozen=True)
class Plan:
    """What the page shows: who may still be added (id, name), the offices for which one speaks (`mine`)."""

    case: CasePage
    seat: Seat
    mine: frozenset[tuple[str, str]]
    candidates: tuple[tuple[int, str], ...]
    experts: tuple[Expert, ...]

    @property
    def inspection(self) -> Inspection:
        return self.seat.inspection

    @property
    def leads(self) -> bool:
        return self.seat.leads

    @property
    def too_few(self) -> bool:
        return len(self.inspection.team) < FEWEST and self.inspection.kind != PAPER

    def may_change(self, one: Inspector) -> bool:
        return (one.department, one.region) in self.mine

    def office(self, found: JoiningOffice | Inspector) -> str:
        return self.case.deployment.catalogue.office_name(found.department, found.region)

    def names(self, items: tuple[str, ...]) -> str:
        """These items in words."""
        return "、".join(each.name for each in self.case.items if each.item in items)


@blueprint.get("/inspect/<int:inspection>/plan")
@for_roles(*STAFF)
def show(inspection: int) -> str:
    """The plan, and once the link of an expert who was just invited."""
    return _page(inspection, {}, {})


@blueprint.post("/inspect/<int:inspection>/plan/team")
@for_roles(*STAFF)
def add(inspection: int) -> Answer:
    """Add people of one's own offices."""
    chosen = [
        int(each[:15]) for each in request.form.getlist("inspectors") if each.isascii() and each.isdigit()
    ]
    user, now = person(), datetime.now(UTC)
    return _do(
        inspection,
        {"inspectors": [str(each) for each in chosen]},
        lambda db: name(db, user=user, inspection=inspection, chosen=chosen, now=now),
        _("已加入踏勘组。"),
    )


@blueprint.post("/inspect/<int:inspection>/plan/leave")
@for_roles(*STAFF)
def remove(inspection: int) -> Answer:
    """Somebody of one's own offices does not come after all."""
    chosen = request.form.get("person", "")
    if not (chosen.isascii() and chosen.isdigit()):
        raise NotFound
    user, now, gone = person(), datetime.now(UTC), int(chosen[:15])
    return _do(
        inspection,
        {},
        lambda db: leave(db, user=user, inspection=inspection, person=gone, now=now),
        _("已从踏勘组退出。"),
    )


@blueprint.post("/inspect/<int:inspection>/plan/experts")
@for_roles(*STAFF)
def invite(inspection: int) -> Answer:
    """Invite an expert; the link is shown once."""
    typed = {each: request.form.get(each, "").strip()[:200] for each in ("name", "organisation")}
    user, now = person(), datetime.now(UTC)

    def command(db: Connection) -> None:
        if not take_seat(db, user, inspection).leads:
            raise NotFound
        random = secrets.token_bytes
        token = invite_expert(db, user=user, inspection=inspection, random_bytes=random, now=now, **typed)
        session[INVITED] = [inspection, typed["name"], token]

    return _do(inspection, typed, command, _("邀请链接已经生成。"))


@blueprint.post("/inspect/<int:inspection>/plan/recheck")
@for_roles(*STAFF)
def recheck(inspection: int) -> Answer:
    """How and when what failed is looked at again."""
    typed = {each: request.form.get(each, "").strip()[:40] for each in ("kind", "day", "half")}
    kind, half, day = typed["kind"], typed["half"] or None, _day(typed["day"])
    user, now = person(), datetime.now(UTC)
    return _do(
        inspection,
        typed,
        lambda db: plan_recheck(db, user=user, inspection=inspection, kind=kind, day=day, half=half, now=now),
        _("复查方式已经保存，系统会通知申请人。"),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None  # which the command names


def _do(
    inspection: int, typed: Mapping[str, Any], command: Callable[[Connection], None], says: str
) -> Answer:
    try:
        act(command)
    except Invalid as invalid:
        return _page(inspection, typed, invalid.errors), 422
    flash(says)
    return redirect(url_for("inspection_plan.show", inspection=inspection), code=303)


def _page(inspection: int, typed: Mapping[str, Any], errors: Errors) -> str:
    with reading() as db:
        plan = _read(db, inspection)
    return render_template(
        "staff/inspection_plan.html", plan=plan, typed=typed, errors=errors, invited=_invited(inspection)
    )


def _read(db: Connection, inspection: int) -> Plan:
    user = person()
    seat = take_seat(db, user, inspection)
    case = load_case(db, seat.inspection.case_id)
    mine = frozenset(offices_of(db, user, seat))
    here = {each.user_id for each in seat.inspection.team}
    known = {
        id: called
        for office in sorted(mine)
        for id, called in colleagues(db, *office, but=case.applicant_id).items()
    }
    candidates = tuple((id, called) for id, called in known.items() if id not in here)
    experts = experts_of(db, inspection) if seat.leads else ()
    return Plan(staff_case(db, user, case.number), seat, mine, candidates, experts)


def _invited(inspection: int) -> tuple[str, str] | None:
    """Name and link of the expert who was just invited to this visit; asked again, nothing."""
    kept = session.pop(INVITED, None)
    if not kept or kept[0] != inspection:
        return None
    return kept[1], public_url("expert.show", token=kept[2])
