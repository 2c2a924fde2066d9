"""Promises the handler that diagrams call `revoke_licence`: a licence that must not stand any more ends."""

from datetime import datetime

from sqlalchemy import Connection, select

from certificates.about import is_about
from certificates.life.history import REVOKED, Cause
from certificates.life.writing import Change, write
from engine.cases import Case, load_case
from engine.commitments.acts import FALSE
from engine.commitments.credit import DEFAULT_DAYS, SETTING, put_on_record
from engine.commitments.found import mark
from engine.consequences import follow
from engine.departments.registry import HandlerTask, handler
from engine.deployments import Deployment, load
from engine.events import SYSTEM, actor_of
from engine.happenings import Happened
from engine.linked import POST_CHECK
from engine.tables import licences, tasks


@handler("revoke_licence")
def revoke_licence(db: Connection, task: HandlerTask, now: datetime) -> str:
    """Revoke the licence and issue the certificate without it; a false promise goes on record, at once.

    Of a licence that has ended by now only the false promise is put on record.
    """
    case = load_case(db, task.case_id)
    item = next(iter(case.items))
    deployment = load(db, case.deployment_id)
    licence = db.execute(select(licences).where(is_about(case, item))).one()
    cause = Cause(f"撤销{licence.document}", _decider(db, case), case.id, now)
    written = write(db, licence.certificate_id, [Change(licence.id, REVOKED, {"state": REVOKED})], cause)
    if case.process == POST_CHECK:
        _put_on_record(db, case, deployment, item, now)
    if written.licences:  # one that has ended meanwhile is not revoked, and no letter says so
        said = case.words.get("revocation")
        values = {
            **(said if isinstance(said, dict) else {}),
            "document": licence.document,
            "number": licence.number,
        }
        follow(db, Happened("revoked", case, deployment, SYSTEM, (item,), values), now)
    return "revoked"


def _decider(db: Connection, case: Case) -> str:
    query = select(tasks.c.done_by).where(tasks.c.case_id == case.id, tasks.c.act == "revoke")
    return actor_of(db.execute(query.order_by(tasks.c.done_at.desc()).limit(1)).scalar())


def _put_on_record(db: Connection, case: Case, deployment: Deployment, item: str, now: datetime) -> None:
    days = deployment.catalogue.settings(case.region).get(SETTING)
    words = str(case.words.get("check_words") or "")
    put_on_record(db, case, item, words, days if isinstance(days, int) else DEFAULT_DAYS, now)
    mark(db, case, FALSE)
