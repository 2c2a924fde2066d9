"""A regulator says what was found about a licence: nothing, a fault, a penalty, or advice to its decider."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from certificates.life.holding import held_for
from certificates.life.possible import NotNow
from certificates.life.proposing import propose_for
from engine.cases import load_case
from engine.days import local_day
from engine.deployments import load
from engine.errors import Invalid, NotFound
from engine.events import append
from engine.linked import REVOCATION, SUSPENSION
from engine.people import User
from engine.regulators.offices import REGULATOR, supervises
from engine.tables import cases, certificates, feedback, licences, memberships
from forms.characters import tidy
from forms.glyphs import fault_in_print

FINE, FOUND, PENALTY, SUSPEND, REVOKE = KINDS = ("fine", "found", "penalty", "suspend", "revoke")
ADVICE = (SUSPEND, REVOKE)
WITH_LAW = (PENALTY, *ADVICE)
ADVISED_ON = {SUSPEND: ("valid", "changed"), REVOKE: ("valid", "changed", "suspended")}  # states in force
PROPOSES = {SUSPEND: SUSPENSION, REVOKE: REVOCATION}  # what an advice becomes a case of
LONGEST = {"words": 800, "law": 150}  # together within what a proposal may say


def offered(states: Collection[str]) -> tuple[str, ...]:
    """The kinds of finding there can be about licences in these states: advice only where one is in force."""
    return tuple(kind for kind in KINDS if kind not in ADVICE or not set(states).isdisjoint(ADVISED_ON[kind]))


@dataclass(frozen=True)
class Attached:
    """A file that was checked and is kept: as it is called, what it is, and its SHA-256."""

    label: str
    media_type: str
    sha256: str


@dataclass(frozen=True)
class Found:
    """What the regulator wrote; `found_on` ISO, "" for today."""

    kind: str
    words: str = ""
    law: str = ""
    found_on: str = ""
    file: Attached | None = None


def give_feedback(
    db: Connection, *, user: User, public_id: str, licence: str, found: Found, now: datetime
) -> int:
    """Keep the finding about the licence with this id, as a line in the log of its case; the finding's id.

    An advice starts the case in which the licence's decider answers it. Sent twice it is one. Invalid at
    licence, kind, words, law or found_on; NotFound for certificates outside of the person's regions.
    """
    found = replace(found, words=tidy(found.words), law=tidy(found.law))
    row = _licence(db, user, public_id, licence)
    day = _day(found.found_on, now)
    if errors := _errors(found, row, day, now):
        raise Invalid(errors)
    values = {
        **{name: getattr(found, name) for name in ("kind", "words", "law")},
        "licence_id": row.id,
        "certificate_id": row.certificate_id,
        "case_id": row.case_id,
        "department": row.office_department,
        "region": row.office_region,
        "found_on": day,
        "file": vars(found.file) if found.file else None,
        "given_by": user.id,
        "given_at": now,
        "key": _key(user, row.id, found, day),
    }
    new = upsert(feedback).values(values).on_conflict_do_nothing(index_elements=["key"])
    added = db.execute(new.returning(feedback.c.id)).scalar()
    if added is None:
        return int(db.execute(select(feedback.c.id).where(feedback.c.key == values["key"])).scalar_one())
    if found.kind in ADVICE:
        started = _start(db, row, user, found, now)
        db.execute(update(feedback).where(feedback.c.id == added).values(started_id=started))
    case = load_case(db, row.case_id)
    office = load(db, case.deployment_id).catalogue.office_name(row.office_department, row.office_region)
    payload = {"feedback": added, "title": f"{row.name}（{office}）", "act": found.kind}
    append(db, case, user, "feedback_given", payload, now)
    return int(added)


def _start(db: Connection, licence: Row[Any], user: User, found: Found, now: datetime) -> int:
    """The case of the decider that this advice starts; Invalid at kind when none can start now."""
    held = held_for(db, licence.certificate_id, now, lock=True)
    reasons = f"{found.words}（依据：{found.law}）"
    try:
        number = propose_for(
            db,
            held,
            held.licence(licence.id),
            user=user,
            process=PROPOSES[found.kind],
            reasons=reasons,
            now=now,
        )
    except NotNow as refusal:
        raise Invalid({"kind": refusal.says}) from refusal
    return int(db.execute(select(cases.c.id).where(cases.c.number == number)).scalar_one())


def _licence(db: Connection, user: User, public_id: str, licence: str) -> Row[Any]:
    """The licence, and which office of this person supervises it: its own regulator's before any other."""
    above = func.substr(certificates.c.region, 1, 4) + "00"
    office = (
        select(licences, memberships.c.department.label("office_department"))
        .add_columns(memberships.c.region.label("office_region"))
        .select_from(licences)
        .join(certificates, certificates.c.id == licences.c.certificate_id)
        .join(memberships, memberships.c.region.in_((certificates.c.region, above)))
        .where(certificates.c.public_id == func.lower(public_id), supervises(user))
        .where(memberships.c.user_id == user.id, memberships.c.role == REGULATOR)
        .order_by(licences.c.id, (memberships.c.department == licences.c.regulator).desc())
        .order_by(memberships.c.region.desc(), memberships.c.department)
    )
    rows = db.execute(office).all()
    if not rows:
        raise NotFound("没有找到这张证。", "它可能不在您监管的区划；请核对证号，或者重新扫码。")
    chosen = [row for row in rows if str(row.id) == licence]
    if not chosen:
        raise Invalid({"licence": "请选择反馈的是哪一项许可。"})
    return chosen[0]


def _errors(found: Found, licence: Row[Any], day: date | None, now: datetime) -> dict[str, str]:
    errors = {}
    if found.kind not in KINDS:
        errors["kind"] = "请选择检查的结果。"
    elif found.kind in ADVICE and licence.state not in ADVISED_ON[found.kind]:
        errors["kind"] = "这项许可现在不在有效状态，不能再提这个建议；请看许可现在的状态。"
    if found.kind != FINE and not found.words:
        errors["words"] = "请写明发现了什么、怎么处理的。"
    if found.kind in WITH_LAW and not found.law:
        errors["law"] = "请写明依据的法律和条款。"
    if day is None or not licence.valid_from <= day <= local_day(now):
        errors["found_on"] = "请填写从发证到今天之间的日期。"
    for name, longest in LONGEST.items():
        value = getattr(found, name).replace("\t", " ")
        if fault := f"最多 {longest} 个字。" if len(value) > longest else fault_in_print(value):
            errors[name] = fault
    return errors


def _day(text: str, now: datetime) -> date | None:
    if not text.strip():
        return local_day(now)
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _key(user: User, licence: int, found: Found, day: date | None) -> str:
    said = (user.id, licence, day, found.kind, found.words, found.law)
    return hashlib.sha256(repr(said).encode()).hexdigest()
