"""Says before a decision what keeps an item from being granted, in the words that refuse it afterwards."""

from sqlalchemy import Connection

from engine.cases import Case
from engine.deployments import Deployment
from engine.errors import Invalid
from engine.later.owed import refuse_while_later
from engine.needed import what_it_lacks
from engine.tasks import Task

DECIDING = frozenset({"decide", "promise"})


def in_the_way(db: Connection, case: Case, deployment: Deployment, task: Task) -> str:
    """Why the item of a task cannot be granted as its case stands, "" when it can or nothing is decided."""
    if task.act not in DECIDING or task.item is None:
        return ""
    catalogue = deployment.catalogue_on(case.filed_on)
    if says := what_it_lacks(case, catalogue.item(task.item), catalogue):
        return says
    try:
        refuse_while_later(db, case, deployment, task.item)
    except Invalid as invalid:
        return invalid.errors["outcome"]
    return ""
