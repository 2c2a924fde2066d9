"""What follows from a grant on a promise: the licence at once, and the check afterwards."""

from datetime import datetime

from sqlalchemy import Connection

from engine.cases import Case
from engine.commitments.offer import check_days
from engine.days import add_working_days, local_day
from engine.deployments import Deployment
from engine.handlers import give_licence
from engine.happenings import Happened
from engine.lifecycle.starting import start_linked
from engine.linked import POST_CHECK


def granted_on_commitment(
    db: Connection, case: Case, deployment: Deployment, item: str, actor: str, now: datetime
) -> Happened:
    """Give the item's licence and start the check of what was promised; returns that it is due."""
    found = deployment.catalogue_on(case.filed_on).item(item)
    if found.licence is not None:
        give_licence(db, case.id, item, now)
    until = add_working_days(local_day(now), check_days(found))
    start_linked(db, case, deployment, POST_CHECK, {item: case.id}, actor=actor, until=until, now=now)
    return Happened("commitment_due", case, deployment, actor, (item,), {"days": check_days(found)})
