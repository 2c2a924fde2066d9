"""What the diagrams' service tasks do: give a licence its number, tell the applicant, remind an office."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from engine.catalogue.item import LicenceRule
from engine.days import local_day
from engine.departments.registry import HandlerTask, Numbering, find_rule, handler
from engine.deployments import Deployment, load
from engine.numbers import next_number
from engine.offices import of_one_office
from engine.outbox.tell import step_message, tell_user
from engine.tables import case_items, cases, licences, memberships, tasks
from forms.describe import in_words

_LICENCE = select(licences.c.id).where(
    licences.c.case_id == bindparam("of_case"), licences.c.item == bindparam("of_item")
)


@handler("license")
def license_item(db: Connection, task: HandlerTask, now: datetime) -> str:
    """The granted item gets its licence, unless it has it already: what was promised is licensed at once.

    Only for an item that was granted; anything else is a fault of the diagram and becomes an incident.
    """
    if task.item is None:
        raise ValueError(f"{task.step} does not say which item it licenses")
    give_licence(db, task.case_id, task.item, now)
    return "licensed"


def give_licence(db: Connection, case_id: int, item_id: str, now: datetime) -> None:
    """A licence for a granted item, numbered by its department's rule, valid from today; once.

    Raises ValueError for an item that was not granted or that gives no licence.
    """
    case = db.execute(select(cases).where(cases.c.id == case_id)).one()
    if db.execute(_LICENCE, {"of_case": case_id, "of_item": item_id}).first() is not None:
        return
    said = db.execute(
        select(case_items).where(case_items.c.case_id == case.id, case_items.c.item == item_id)
    ).one()
    if said.outcome != "granted":
        raise ValueError(f"{item_id} was not granted")
    deployment = load(db, case.deployment_id)
    catalogue = deployment.catalogue_on(local_day(case.submitted_at))
    item = catalogue.item(said.item)
    rule = item.licence
    if rule is None:
        raise ValueError(f"{item.id} gives no licence")
    today = local_day(now)
    number = _number(db, rule, said.region, case.answers, today)
    db.execute(
        insert(licences).values(
            case_id=case.id,
            item=item.id,
            name=item.name,
            document=rule.document,
            number=number,
            decider=catalogue.office_name(item.authority, said.region),
            scope=scope_in_words(deployment, rule, case.answers),
            valid_from=today,
            valid_until=last_day(today, item.validity_years),
            authority=item.authority,
            regulator=item.regulator,
            region=said.region,
        )
    )


@handler("notify")
def tell_applicant(db: Connection, task: HandlerTask, now: datetime) -> str:
    """The applicant finds a message that the case has ended and where the certificate is."""
    case = _case(db, task)
    words = {"operator": case.operator, "case_number": case.number}
    message = step_message(load(db, case.deployment_id), "finished", **words)
    if message is not None:  # the task's id is the key, so a handler that runs again says nothing twice
        tell_user(db, case.applicant_id, case.id, message, task.task_id, now)
    return "notified"


@handler("remind")
def remind_office(db: Connection, task: HandlerTask, now: datetime) -> str:
    """Everybody of the offices where this case is overdue finds a message about it, once."""
    case = _case(db, task)
    late = (
        select(tasks.c.title, memberships.c.user_id)
        .join(memberships, of_one_office())
        .where(tasks.c.case_id == case.id, tasks.c.state == "open", tasks.c.kind == "user")
        .where(
            tasks.c.due_at <= now,
            func.coalesce(tasks.c.assignee_id, memberships.c.user_id) == memberships.c.user_id,
        )
    )
    deployment = load(db, case.deployment_id)
    for row in db.execute(late).all():
        words = {"operator": case.operator, "case_number": case.number, "step": row.title}
        message = step_message(deployment, "overdue", **words)
        if message is not None:
            tell_user(db, row.user_id, case.id, message, f"{task.task_id}/{row.user_id}", now)
    return "reminded"


def _case(db: Connection, task: HandlerTask) -> Row[tuple[object, ...]]:
    return db.execute(select(cases).where(cases.c.id == task.case_id)).one()


def _number(
    db: Connection, licence: LicenceRule, region: str, answers: dict[str, object], today: date
) -> str:
    rule = find_rule(licence.number)
    serial = next_number(db, rule.series(region, today.year))
    return rule.write(Numbering(region, today.year, serial, answers))


def scope_in_words(deployment: Deployment, licence: LicenceRule, answers: Mapping[str, object]) -> str:
    """What a licence with these answers is for, as it stands on it; "" where its rule names no field."""
    fields = (deployment.forms.fields[name] for name in licence.scope_from)
    words = [in_words(field, answers.get(field.id)) for field in fields]
    return "；".join(word for word in words if word)


def last_day(start: date, years: int | None) -> date | None:
    """The last day of validity: the day before the same date `years` later; None for no expiry."""
    if years is None:
        return None
    leap_day = start.month == 2 and start.day == 29
    same_day = start.replace(
        year=start.year + years, month=3 if leap_day else start.month, day=1 if leap_day else start.day
    )
    return date.fromordinal(same_day.toordinal() - 1)
