"""The applicant and the offices answer the date that was offered; when nobody objects, it holds."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from sqlalchemy import Connection, select, update

from engine.advance import Done, finish_task
from engine.cases import Case, load_case
from engine.clock.calendar import read_calendar
from engine.consequences import follow
from engine.days import local_day
from engine.deployments import Deployment, load
from engine.errors import CaseMoved, Invalid, NotFound, Refusal
from engine.events import actor_of
from engine.happenings import Happened
from engine.inspections.acts import CONFIRM, INSPECT, OTHER
from engine.inspections.acts import confirm as said_by
from engine.inspections.arranging import in_words
from engine.inspections.inspection import AGREED, PROPOSED, SETTLED, SILENCE, Inspection, Slot, inspection_of
from engine.inspections.joining import keep_answer
from engine.people import User
from engine.points import visited
from engine.said import Values
from engine.tables import cases, inspection_offices, inspections, tasks
from forms.clean import clean
from forms.inputs import Raw

NOT_WAITING = "现在没有要您确认的踏勘时间。"
ARRANGED_ANEW = "时间已经重新安排，请从现在的时间里选。"


def confirm(db: Connection, *, user: User, number: str, raw: Raw, offered: str, now: datetime) -> Case:
    """The applicant takes one of the offered slots, or asks for another; returns the case as it then is.

    `offered` are the slots that the page showed (Inspection.offered). Raises NotFound for everybody else, a
    Refusal when nothing waits for an answer, Invalid at the inputs, also when other slots are offered now.
    """
    case = own_case(db, user, number)
    deployment = load(db, case.deployment_id)
    task, step_id = waiting_for(db, case, CONFIRM, NOT_WAITING)
    visit = inspection_of(db, case.id)
    if visit is None:
        raise CaseMoved
    step = deployment.model.steps[step_id]
    form = deployment.forms.steps[step.form or step.id]
    cleaned = clean(form.fields, raw, today=local_day(now), context={"options": {}})
    errors = dict(cleaned.errors) or _wrong(db, case, visit, cleaned.values)
    if offered != visit.offered:
        errors["answer" if raw.get("answer") == OTHER else "slot"] = ARRANGED_ANEW
    if errors:
        raise Invalid(errors)
    party = _party(cleaned.values, visit)
    db.execute(update(inspections).where(inspections.c.id == visit.id).values(party=party))
    said = said_by(case, step, cleaned.values, deployment.catalogue_on(case.filed_on))
    kept = {name: value for name, value in cleaned.values.items() if not name.startswith("contact_")}
    after = finish_task(db, case, deployment, Done(task, step, said, kept, user.id), now)
    for happened in settled_if_all_agree(db, after, deployment, actor_of(user.id)):
        follow(db, happened, now)
    return after


def answered(
    db: Connection, case: Case, deployment: Deployment, done: Done, now: datetime
) -> tuple[Happened, ...]:
    """Keep an office's answer; what follows when it was the last that was waited for."""
    visit = inspection_of(db, case.id)
    if visit is not None:
        keep_answer(db, case, deployment, visit, done, now)
    return settled_if_all_agree(db, case, deployment, actor_of(done.user_id))


def silence(
    db: Connection, case: Case, deployment: Deployment, actor: str, now: datetime
) -> tuple[Happened, ...]:
    """Who has not answered agrees, and is named; the date holds unless somebody has objected."""
    visit = inspection_of(db, case.id)
    if visit is None:
        return ()
    silent = (inspection_offices.c.inspection_id == visit.id, inspection_offices.c.answer == "")
    db.execute(update(inspection_offices).where(*silent).values(answer=SILENCE, answered_at=now))
    if not visit.party:
        said = {"answer": SILENCE}
        db.execute(update(inspections).where(inspections.c.id == visit.id).values(party=said))
    return () if case.words.get("visit_again") else _settled(db, case, deployment, actor)


def settled_if_all_agree(
    db: Connection, case: Case, deployment: Deployment, actor: str
) -> tuple[Happened, ...]:
    """The date holds as soon as the case waits for nothing but the visit itself.

    Whose items are withdrawn is waited for no more: then it may hold without a further answer.
    """
    return _settled(db, case, deployment, actor) if INSPECT in case.open_tasks.values() else ()


def own_case(db: Connection, user: User, number: str) -> Case:
    """The case with this number if this person filed it; NotFound otherwise."""
    own = select(cases.c.id).where(cases.c.number == number, cases.c.applicant_id == user.id)
    found = db.execute(own).scalar()
    if found is None:
        raise NotFound("没有找到这件申请。", "请从“我的办件”进入自己的办件。")
    return load_case(db, found)


def waiting_for(db: Connection, case: Case, act: str, says: str) -> tuple[str, str]:
    """The open task of an act and its step; a Refusal with these words when there is none."""
    waiting = select(tasks.c.id, tasks.c.step).where(tasks.c.case_id == case.id, tasks.c.state == "open")
    row = db.execute(waiting.where(tasks.c.act == act).limit(1)).one_or_none()
    if row is None:
        raise Refusal(says, "请从办件页查看最新情况。")
    return row.id, row.step


def _wrong(db: Connection, case: Case, visit: Inspection, values: Values) -> dict[str, str]:
    if values["answer"] == AGREED:
        known = int(str(values["slot"])) <= len(visit.slots)
        return {} if known else {"slot": "没有这个时间，请从给出的时间里选。"}
    day = date.fromisoformat(str(values["day"]))
    if not read_calendar(db, case.region).is_working(day):
        return {"day": f"{in_words(day)}不是工作日，请换一天。"}
    return {}


def _party(values: Values, visit: Inspection) -> Mapping[str, str]:
    """The applicant's answer as the row keeps it (engine.inspections.inspection)."""
    party = {
        "answer": str(values["answer"]),
        "name": str(values["contact_name"]),
        "phone": str(values["contact_phone"]),
    }
    if values["answer"] == OTHER:
        return {**party, **{name: str(values[name]) for name in ("day", "half", "words")}}
    slot = visit.slots[int(str(values["slot"])) - 1]
    return {**party, "day": slot.day.isoformat(), "half": slot.half}


def _settled(db: Connection, case: Case, deployment: Deployment, actor: str) -> tuple[Happened, ...]:
    visit = inspection_of(db, case.id)
    if visit is None or visit.state != PROPOSED or not visit.slots:
        return ()
    slot = _agreed(visit)
    values = {"state": SETTLED, "day": slot.day, "half": slot.half}
    db.execute(update(inspections).where(inspections.c.id == visit.id).values(values))
    told = {
        "how": visit.kind,
        "place": visit.place,
        "day": slot.day.isoformat(),
        "half": slot.half,
        "note": visit.note,
        "offices": list(_joining(case, deployment, visit)),
    }
    return (Happened("visit_settled", case, deployment, actor, tuple(visited(case)), told),)


def _joining(case: Case, deployment: Deployment, visit: Inspection) -> Iterator[dict[str, str]]:
    """Each office that comes, with the items that it still looks at and whom it sends."""
    catalogue, wanted = deployment.catalogue_on(case.filed_on), visited(case)
    for office in visit.offices:
        if items := [item for item in office.items if item in wanted]:
            own = office.department, office.region
            people = "、".join(p.name for p in visit.team if (p.department, p.region) == own)
            yield {
                "office": catalogue.office_name(office.department, office.region),
                "items": "、".join(catalogue.item(item).name for item in items),
                "people": people or "届时告知",
            }


def _agreed(visit: Inspection) -> Slot:
    """The slot that the applicant took, the first one when they said nothing."""
    if visit.party.get("answer") == AGREED:
        return Slot(date.fromisoformat(visit.party["day"]), visit.party["half"])
    return visit.slots[0]
