"""Sends the whole reply once: the case takes the new answers and files, and its receipt begins anew."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from engine.advance import Done, finish_task
from engine.cases import Case
from engine.catalogue import Answer
from engine.catalogue.material import APPLICANT
from engine.clock.calendar import read_calendar
from engine.consequences import follow
from engine.corrections.acts import CORRECTED
from engine.corrections.filed import FIELD, Filed
from engine.corrections.points import ANSWERED
from engine.corrections.replies import FILES, VALUE, Reply, missing, open_reply
from engine.drafts.subject import OPERATOR, PHONE, USCC
from engine.drafts.told import guide_after
from engine.errors import CaseMoved, Invalid
from engine.events import actor_of
from engine.guide import GuideResult, result
from engine.happenings import Happened
from engine.lifecycle.joining import refuse_to_correct_away
from engine.limits import receipt_ends
from engine.people import User
from engine.said import Said
from engine.subjects import subject_of
from engine.tables import cases, correction_points, corrections, materials, tasks

OTHER_ITEMS = "这样改会改变要办的事项或者要交的材料，不能在补正里改。请撤回这份申请，按新的情况重新申请。"


def resubmit(db: Connection, *, user: User, number: str, round: int, now: datetime) -> Case:
    """Send what was kept of the reply; returns the case as it then waits.

    Raises Invalid with every input that still lacks a reply, and where a new answer would change the items
    or, of an addition, says otherwise than its certificate; a Refusal when it was sent already or the time
    is over.
    """
    reply = open_reply(db, user, number, round, now)
    cleaned = reply.check(reply.inputs, now)
    if lacking := missing(reply, cleaned.errors):
        raise Invalid(lacking)
    changed = _changed(reply)
    case = reply.filed.case
    if case.parent_id is not None and not case.process:  # what is added joins the certificate of that case
        refuse_to_correct_away(db, case.parent_id, changed)
    guide = _same_items(reply, changed)
    filed = replace(reply.filed, case=replace(reply.filed.case, guide=guide))
    _write(db, filed, _answers(filed, changed), changed, now)
    _close(db, reply, now)
    return _go_on(db, filed, reply, user, now)


def _changed(reply: Reply) -> dict[str, Any]:
    """The new answers: those to what was flagged, and to what came up with them."""
    flagged = {
        flag.thing.name: flag.reply[VALUE]
        for flag in reply.flags
        if flag.thing.target == FIELD and flag.reply is not None and VALUE in flag.reply
    }
    return {**flagged, **{name: value for name, value in reply.correction.also.items() if value is not None}}


def _same_items(reply: Reply, changed: Mapping[str, Any]) -> dict[str, Answer]:
    """The guide's answers as they now are; Invalid at what would change the items, visits or materials."""
    filed, catalogue = reply.filed, reply.filed.deployment.catalogue
    guide: dict[str, Answer] = guide_after(catalogue, filed.case.guide, changed)  # type: ignore[arg-type]  # answers were cleaned before they were kept
    if guide == filed.case.guide:
        return guide
    try:
        after = result(catalogue, guide, filed.case.filed_on, filed.case.left_out)
    except Invalid:  # a question that nobody has answered comes up
        after = None
    if after is None or _outline(after) != _outline(filed.result):
        asked = {question.field for question in catalogue.questions} & changed.keys()
        raise Invalid({str(name): OTHER_ITEMS for name in asked})
    return guide


def _outline(found: GuideResult) -> object:
    """What of a guide's result a running case rests on."""
    items = tuple((entry.item.id, entry.visit) for entry in found.items)
    brought = tuple(each.material.id for each in found.materials if each.source == APPLICANT)
    return bool(found.ineligible), found.region, items, brought


def _answers(filed: Filed, changed: Mapping[str, Any]) -> dict[str, Any]:
    """All answers with the new ones; what is not asked any more because of them has none."""
    after = {**filed.answers, **changed}
    for field in filed.fields.values():
        if field.names & changed.keys() and not filed.is_asked(field, after):
            after[field.id] = None
    return after


def _write(
    db: Connection, filed: Filed, answers: Mapping[str, Any], changed: Mapping[str, Any], now: datetime
) -> None:
    """The case's row with the answers and what lists show of them; CaseMoved when another was faster."""
    said = {"reason": "按补正告知书改正", "at": now.isoformat()}
    sources = {
        name: {**source, "contested": said} if name in changed else source
        for name, source in filed.sources.items()
    }
    uscc, operator = str(answers[USCC]), str(answers[OPERATOR])
    values = {
        "answers": dict(answers),
        "sources": sources,
        "guide": dict(filed.case.guide),
        "uscc": uscc,
        "operator": operator,
        "phone": str(answers[PHONE]),
        "subject_id": subject_of(db, uscc, operator),
    }
    own = update(cases).where(cases.c.id == filed.case.id, cases.c.version == filed.case.version)
    if db.execute(own.values(values)).rowcount != 1:
        raise CaseMoved


def _close(db: Connection, reply: Reply, now: datetime) -> None:
    """The new files belong to the case, each point has its reply, the notice is answered."""
    for flag in reply.flags:
        files = [{"id": each.id, "label": each.label} for each in reply.files_for(flag.thing.name)]
        if flag.thing.target != FIELD and files:
            points = correction_points.c.id.in_([point.id for point in flag.points])
            said = {**(flag.reply or {}), FILES: files}
            db.execute(update(correction_points).where(points).values(reply=said))
    new = materials.c.id.in_([each.id for each in reply.files])
    db.execute(update(materials).where(new).values(case_id=reply.filed.case.id))
    notice = update(corrections).where(corrections.c.id == reply.correction.id)
    db.execute(notice.values(state=ANSWERED, answered_at=now))


def _go_on(db: Connection, filed: Filed, reply: Reply, user: User, now: datetime) -> Case:
    waiting = select(tasks.c.id, tasks.c.step).where(
        tasks.c.case_id == filed.case.id, tasks.c.state == "open", tasks.c.act == "correct"
    )
    row = db.execute(waiting).one_or_none()
    if row is None:
        raise CaseMoved
    asked = sorted({point.item for point in reply.correction.points if point.item})
    ends = receipt_ends(now, read_calendar(db, filed.case.region))
    words = {
        **{"receipt": None, "correction_ends": None, "asked_items": asked},
        **{"received_at": now.isoformat(), "receipt_ends": ends.isoformat()},
    }
    step = filed.deployment.model.steps[row.step]
    form = {"note": reply.correction.note}
    done = Done(row.id, step, Said(CORRECTED, case=words), form, user.id)
    case = finish_task(db, filed.case, filed.deployment, done, now)
    values = {"round": reply.correction.round}
    follow(db, Happened("corrected", case, filed.deployment, actor_of(user.id), values=values), now)
    return case
