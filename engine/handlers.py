"""What the diagrams' service tasks do: give a licence its number, tell the applicant, remind an office."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from engine.catalogue.item import Item, LicenceRule
from engine.days import local_day
from engine.departments.registry import (
    Days,
    HandlerTask,
    Numbering,
    Term,
    Wording,
    find_document,
    find_rule,
    find_scope,
    find_validity,
    handler,
)
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
    """A licence for a granted item, numbered, dated and worded by its department's rules; once.

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
    first, last = days_of(item, case.answers, today)
    db.execute(
        insert(licences).values(
            case_id=case.id,
            item=item.id,
            name=item.name,
            document=find_document(rule.title)(_wording(deployment, rule, case.answers)),
            number=number,
            decider=catalogue.office_name(item.authority, said.region),
            scope=scope_in_words(deployment, rule, case.answers),
            valid_from=first,
            valid_until=last,
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
    """What a licence with these answers is for, as its department words it; "" where there is nothing."""
    return find_scope(licence.scope)(_wording(deployment, licence, answers))


def days_of(
    item: Item, answers: Mapping[str, object], starts: date, previous_end: date | None = None
) -> Days:
    """From when to when a licence of this item holds, by its department's rule.

    `starts` is the day of the decision, `previous_end` the last day of the licence that it renews.
    """
    rule = item.licence.validity if item.licence else LicenceRule.validity
    return find_validity(rule)(Term(starts, item.validity_years, answers, previous_end))


def _wording(deployment: Deployment, licence: LicenceRule, answers: Mapping[str, object]) -> Wording:
    fields = (deployment.forms.fields[name] for name in licence.scope_from)
    words = {field.label: in_words(field, answers.get(field.id)) for field in fields}
    return Wording(licence.document, answers, words)
