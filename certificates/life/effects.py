"""Promises the handlers by which what was decided about licences takes effect, all of it at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from certificates.life.history import CANCELLED, CHANGED, RENEWED, RESUMED, SUSPENDED, Cause
from certificates.life.holding import answers_of
from certificates.life.starting import lines_in_words
from certificates.life.writing import Change, Written, write
from engine.cases import Case, load_case
from engine.consequences import follow
from engine.days import local_day
from engine.departments.registry import HandlerTask, handler
from engine.deployments import Deployment, load
from engine.events import SYSTEM, actor_of
from engine.handlers import days_of
from engine.happenings import Happened
from engine.lifecycle.acts import settled_of
from engine.said import GRANTED, Said
from engine.tables import case_items, certificates, licences

TOOK_EFFECT = {"took_effect": True}


@dataclass(frozen=True)
class _Case:
    """A case about licences, with those that its authorities agreed to (all, when time decided), by item."""

    case: Case
    deployment: Deployment
    certificate_id: int
    licences: Mapping[str, Row[Any]]

    def documents(self) -> str:
        """The names of the licences, as they stand in a reason."""
        return "、".join(row.document for row in self.licences.values())

    def cause(self, db: Connection, reason: str, now: datetime) -> Cause:
        """Why, with whoever decided last."""
        query = select(case_items.c.decided_by).where(case_items.c.case_id == self.case.id)
        decided = query.where(case_items.c.outcome == GRANTED, case_items.c.decided_by.is_not(None))
        last = db.execute(decided.order_by(case_items.c.decided_at.desc()).limit(1)).scalar()
        return Cause(reason, actor_of(last), self.case.id, now)

    def decided_on(self, db: Connection, item: str, now: datetime) -> date:
        """The day on which its authority decided about an item."""
        mine = (case_items.c.case_id == self.case.id, case_items.c.item == item)
        return local_day(db.execute(select(case_items.c.decided_at).where(*mine)).scalar() or now)

    def tell(
        self, db: Connection, kind: str, items: tuple[str, ...], now: datetime, values: Mapping[str, object]
    ) -> None:
        follow(db, Happened(kind, self.case, self.deployment, SYSTEM, items, values), now)


@handler("change_licences")
def change_licences(db: Connection, task: HandlerTask, now: datetime) -> Said:
    """What was asked to change changes for all licences that it touches, on one new issue."""
    found = _read(db, task)
    words = found.case.words
    scopes, face = _mapping(words.get("scopes")), _mapping(words.get("face"))
    lines = words.get("lines")
    labels = "、".join(label for label, _old, _new in lines) if isinstance(lines, list) else ""
    changes = [Change(row.id, CHANGED, _mapping(scopes.get(item))) for item, row in found.licences.items()]
    cause = found.cause(db, f"变更{labels}", now)
    written = write(
        db, found.certificate_id, changes, cause, face={name: str(value) for name, value in face.items()}
    )
    values = {"what": lines_in_words(lines), "issue": _issue(written)}
    found.tell(db, "changed", tuple(found.licences), now, values)
    return Said("changed", case=TOOK_EFFECT)


@handler("renew_licence")
def renew_licence(db: Connection, task: HandlerTask, now: datetime) -> Said:
    """The licence gets a new term by its item's rule: from the end of the old one, or from the decision."""
    return _renew(db, _read(db, task), now, silent=False)


@handler("renew_by_silence")
def renew_by_silence(db: Connection, task: HandlerTask, now: datetime) -> Said:
    """Nobody decided before the term was over: that renews it (行政许可法第五十条第二款)."""
    found = _read(db, task, whoever=True)
    said = _renew(db, found, now, silent=True)
    return Said(said.outcome, {item: {"outcome": GRANTED} for item in found.licences}, case=TOOK_EFFECT)


@handler("cancel_licences")
def cancel_licences(db: Connection, task: HandlerTask, now: datetime) -> Said:
    """The licences end as their holder asked (行政许可法第七十条), with the last one the certificate."""
    found = _read(db, task)
    changes = [Change(row.id, CANCELLED, {"state": "cancelled"}) for row in found.licences.values()]
    write(db, found.certificate_id, changes, found.cause(db, f"注销{found.documents()}", now))
    for item, row in found.licences.items():
        found.tell(db, "cancelled", (item,), now, _named(row))
    return Said("cancelled", case=TOOK_EFFECT)


@handler("suspend_licence")
def suspend_licence(db: Connection, task: HandlerTask, now: datetime) -> Said:
    """The licence is not in force until it is resumed; the certificate is issued without it."""
    found = _read(db, task)
    for item, row in found.licences.items():
        said = settled_of(found.case, item)
        until = date.fromisoformat(said["until"]) if "until" in said else None
        values = {"state": "suspended", "suspended_until": until}
        cause = found.cause(db, f"暂停{row.document}", now)
        written = write(db, found.certificate_id, [Change(row.id, SUSPENDED, values)], cause)
        reasons = {name: said.get(name, "") for name in ("reasons", "remedies")}
        told = {**_named(row), **reasons, "issue": _issue(written), "until": until and until.isoformat()}
        found.tell(db, "suspended", (item,), now, told)
    return Said("suspended", case=TOOK_EFFECT)


@handler("resume_licence")
def resume_licence(db: Connection, task: HandlerTask, now: datetime) -> Said:
    """The licence is in force again, and stands on the certificate again."""
    found = _read(db, task)
    for item, row in found.licences.items():
        values = {"state": "valid", "suspended_until": None}
        cause = found.cause(db, f"恢复{row.document}", now)
        written = write(db, found.certificate_id, [Change(row.id, RESUMED, values)], cause)
        told = {"reasons": settled_of(found.case, item).get("reasons", ""), "issue": _issue(written)}
        found.tell(db, "suspension_lifted", (item,), now, {**_named(row), **told})
    return Said("resumed", case=TOOK_EFFECT)


@handler("reissue_certificate")
def reissue_certificate(db: Connection, task: HandlerTask, now: datetime) -> Said:
    """A further copy of the certificate: the next issue, although it says the same."""
    found = _read(db, task)
    cause = found.cause(db, "补证", now)
    written = write(db, found.certificate_id, (), cause, further_copy=True)
    number = select(certificates.c.number).where(certificates.c.id == found.certificate_id)
    values = {
        "issue": _issue(written),
        "number": db.execute(number).scalar_one(),
        "reasons": found.case.words.get("reasons") or "",
    }
    found.tell(db, "reissued", (), now, values)
    return Said("reissued", case=TOOK_EFFECT)


def _renew(db: Connection, found: _Case, now: datetime, *, silent: bool) -> Said:
    catalogue = found.deployment.catalogue_on(found.case.filed_on)
    reason = f"延续{found.documents()}"
    for item, row in found.licences.items():
        ends = datetime.fromisoformat(
            str(found.case.words["term_ends"])
        ).date()  # the first day after the old term
        before = ends - timedelta(days=1)
        decided = ends if silent else found.decided_on(db, item, now)  # however late this comes to run
        _first, until = days_of(catalogue.item(item), answers_of(db, row), decided, before)
        longer = Change(row.id, RENEWED, {"valid_until": until})
        written = write(db, found.certificate_id, [longer], found.cause(db, reason, now))
        told = {"silent": silent, "issue": _issue(written), "until": until and until.isoformat()}
        values = {**_named(row), **told}
        found.tell(db, "renewed", (item,), now, values)
    return Said("renewed", case=TOOK_EFFECT)


def _read(db: Connection, task: HandlerTask, *, whoever: bool = False) -> _Case:
    """The case of a task; `whoever`: with all its licences, whether anybody agreed or not."""
    case = load_case(db, task.case_id)
    named = _mapping(case.words["licences"])
    agreed = [item for item, each in case.items.items() if whoever or each.outcome == GRANTED]
    query = select(licences).where(licences.c.id.in_([named[item] for item in agreed]))
    rows = {row.item: row for row in db.execute(query.order_by(licences.c.id))}
    first = select(certificates.c.id).where(certificates.c.case_id == case.parent_id)
    return _Case(case, load(db, case.deployment_id), db.execute(first).scalar_one(), rows)


def _named(row: Row[Any]) -> dict[str, object]:
    return {"document": row.document, "number": row.number}


def _issue(written: Written) -> int | None:
    """The number of the new issue; None where what was written changes nothing on the paper."""
    return written.issue.issue if written.issue and written.issue.is_new else None


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
