"""What was promised for later did not come: the items that need it are returned, the others go on."""

from datetime import datetime

from sqlalchemy import Connection, Engine, update

from engine.advance import close_items
from engine.cases import Case, load_case
from engine.consequences import follow
from engine.database import run, transaction
from engine.days import local_day
from engine.deployments import Deployment, load
from engine.events import SYSTEM, append
from engine.happenings import Happened
from engine.incidents import LATER, close_incidents, explained, open_incident
from engine.inspections.convening import settled_if_all_agree
from engine.later.owed import Owed, in_words, owed_by
from engine.outcomes import ending_of
from engine.said import RETURNED, Said
from engine.tables import later_materials


def return_overdue(db: Connection, case_id: int, now: datetime) -> tuple[str, ...]:
    """Return the undecided items whose promised materials are overdue; which, () when run again."""
    case = load_case(db, case_id)
    deployment = load(db, case.deployment_id)
    today = local_day(now)
    owed = owed_by(db, case.id, deployment.catalogue_on(case.filed_on))
    overdue = [each for each in owed if each.open and each.promised_on < today]
    if not overdue:
        return ()
    names = [each.material for each in overdue]
    late = (later_materials.c.case_id == case.id) & later_materials.c.material.in_(names)
    db.execute(update(later_materials).where(late).values(lapsed=True))
    after, returned = _returned(db, case, deployment, overdue, now)
    for each, items in returned:
        said = {"material": each.material, "label": each.name, "promised_on": each.promised_on.isoformat()}
        follow(db, Happened("later_lapsed", after, deployment, SYSTEM, items, said), now)
    ends = ending_of(after, deployment, SYSTEM) if case.ended_at is None else ()
    for happened in (*settled_if_all_agree(db, after, deployment, SYSTEM), *ends):
        follow(db, happened, now)
    return tuple(item for _, items in returned for item in items)


def return_due(engine: Engine, case_id: int, now: datetime) -> None:
    """The same in a transaction of its own; a failure becomes an incident of the case."""
    try:
        run(engine, lambda db: return_overdue(db, case_id, now))
        with transaction(engine) as db:
            close_incidents(db, case_id, LATER, now)
    except Exception as error:
        says = "容缺材料逾期未交，退回没有办成，系统会再试；也可以由督查人员重试。"
        with transaction(engine) as db:
            open_incident(db, case_id, None, LATER, says, explained(error), now)
        raise


def _returned(
    db: Connection, case: Case, deployment: Deployment, overdue: list[Owed], now: datetime
) -> tuple[Case, list[tuple[Owed, tuple[str, ...]]]]:
    """The case without the items that need what is overdue, and which of them each material took along."""
    words: dict[str, dict[str, str | None]] = {}
    returned: list[tuple[Owed, tuple[str, ...]]] = []
    for each in overdue:
        items = tuple(i for i in each.items if i not in words and case.items[i].outcome is None)
        why = f"承诺最晚{in_words(each.promised_on)}补交的“{each.name}”没有交，退回这个事项的申请。"
        words.update({item: {"outcome": RETURNED, "reasons": why} for item in items})
        returned += [(each, items)] if items else []
    title = "、".join(each.name for each in overdue)
    payload = {"materials": [each.material for each in overdue], "items": sorted(words), "title": title}
    if words and case.ended_at is None:
        said = Said(RETURNED, words)
        return close_items(db, case, deployment, said, "later_lapsed", payload, None, now), returned
    append(db, case, None, "later_lapsed", payload, now)
    return case, []
