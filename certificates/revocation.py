"""Promises the handler that diagrams call `revoke_licence`: a licence given on a false promise ends."""

import secrets
from datetime import datetime

from sqlalchemy import Connection, Row, select, update

from certificates.register import NothingGranted, issue
from engine.cases import Case, load_case
from engine.commitments.acts import FALSE
from engine.commitments.credit import DEFAULT_DAYS, SETTING, put_on_record
from engine.commitments.found import mark
from engine.consequences import follow
from engine.departments.registry import HandlerTask, handler
from engine.deployments import Deployment, load
from engine.events import SYSTEM
from engine.happenings import Happened
from engine.tables import certificates, licences, tasks


@handler("revoke_licence")
def revoke_licence(db: Connection, task: HandlerTask, now: datetime) -> str:
    """Revoke the licence, put the false promise on record, and issue the certificate without it, in one go.

    A certificate without a licence left is not issued again: its page says that it has lapsed.
    """
    case = load_case(db, task.case_id)
    item = next(iter(case.items))
    of_item = (licences.c.case_id == case.parent_id, licences.c.item == item)
    licence = db.execute(update(licences).where(*of_item).values(state="revoked").returning(licences)).one()
    deployment = load(db, case.deployment_id)
    days = deployment.catalogue.settings(case.region).get(SETTING)
    words = str(case.words.get("check_words") or "")
    put_on_record(db, case, item, words, days if isinstance(days, int) else DEFAULT_DAYS, now)
    mark(db, case, FALSE)
    _issue_without(db, case, deployment, licence, now)
    said = case.words.get("revocation")
    values = {
        **(said if isinstance(said, dict) else {}),
        "document": licence.document,
        "number": licence.number,
    }
    follow(db, Happened("revoked", case, deployment, SYSTEM, (item,), values), now)
    return "revoked"


def _issue_without(
    db: Connection, case: Case, deployment: Deployment, licence: Row[tuple[object, ...]], now: datetime
) -> None:
    """A new issue of the certificate, where there is one and it still has a licence to show."""
    parent = case.parent_id
    if db.execute(select(certificates.c.id).where(certificates.c.case_id == parent)).first() is None:
        return  # other items of the case are still being decided; the first issue will leave it out
    issued = select(tasks.c.department).where(tasks.c.case_id == parent, tasks.c.act == "issue")
    department = db.execute(issued.limit(1)).scalar() or deployment.catalogue.industry.lead
    try:
        issue(
            db,
            case_id=licence.case_id,
            department=department,
            reason=f"撤销{licence.document}",
            now=now,
            random_bytes=secrets.token_bytes,
        )
    except NothingGranted:
        return
