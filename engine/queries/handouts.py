"""The certificates that wait to be handed out, and how each issue reached its holder."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    exists,
    literal_column,
    or_,
    select,
    true,
    tuple_,
)

from engine.catalogue import Catalogue
from engine.clock.calendar import read_calendar
from engine.days import Calendar
from engine.deployments import load
from engine.errors import NotFound
from engine.people import User
from engine.tables import (
    cases,
    certificate_issues,
    certificates,
    handout_ways,
    handouts,
    memberships,
    users,
)

PAGE = 50
WINDOW = "window"
IS_WAITING = handouts.c.state == literal_column("'waiting'")  # literal: for the partial index
Key = tuple[date, int]


@dataclass(frozen=True)
class Way:
    """One way that was taken: underway, delivered or returned; `recorded_by` "" for the holder's opening."""

    id: int
    way: str
    state: str
    receiver: str
    identity_checked: bool
    signature: Any
    carrier: str
    tracking: str
    words: str
    begun_at: datetime
    ended_at: datetime | None
    recorded_by: str


@dataclass(frozen=True)
class Handout:
    """One issue on its way to its holder; `wish` is how they want it, `ways` the tries, oldest first.

    `renewed`: a newer issue has come; `lapsed`: no licence on the certificate can come back.
    """

    id: int
    certificate_id: int
    case_id: int
    case_number: str
    region: str
    number: str
    issue: int
    reason: str
    public_id: str
    operator: str
    wish: str
    post_address: str
    state: str
    due_on: date
    warn_on: date
    opened_at: datetime
    pdf_sha256: str | None
    issued_at: datetime
    issuer: str
    calendar: Calendar
    renewed: bool
    lapsed: bool
    ways: tuple[Way, ...]

    @property
    def underway(self) -> Way | None:
        """What is with the post."""
        return next((each for each in self.ways if each.state == "underway"), None)


@dataclass(frozen=True)
class HandoutPage:
    """One page of the list, due first; `next` is the key after which the page after it begins."""

    rows: tuple[Handout, ...]
    next: Key | None


def handouts_waiting(
    db: Connection, user: User, *, search: str = "", after: Key | None = None
) -> HandoutPage:
    """What the windows of this person have to hand out, by number of certificate or case, code, or name."""
    query = _handouts().where(handouts.c.id.in_(_first_waiting(user, search, after)))
    rows = _read(db, db.execute(query.order_by(handouts.c.due_on, handouts.c.id)).all())
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return HandoutPage(rows[:PAGE], (last.due_on, last.id) if last else None)


def parcels_overtaken(db: Connection, user: User) -> tuple[Handout, ...]:
    """What the post still has although it is handed out no more, sent first: as many as one page shows."""
    with_post = select(handout_ways.c.handout_id).where(
        handout_ways.c.state == literal_column("'underway'")  # literal: for the partial index
    )
    query = _handouts().where(handouts.c.id.in_(with_post), handouts.c.state == "replaced", of_window(user))
    return _read(db, db.execute(query.order_by(handouts.c.id).limit(PAGE)).all())


def _first_waiting(user: User, search: str, after: Key | None) -> Select[tuple[int]]:
    """The ids of one page: region by region along the index, before anything else is looked up."""
    works = (memberships.c.user_id == user.id, memberships.c.role == WINDOW)
    regions = select(memberships.c.region).where(*works).distinct().subquery("regions")
    wanted = [IS_WAITING, handouts.c.region == regions.c.region]
    if after is not None:
        wanted.append(tuple_(handouts.c.due_on, handouts.c.id) > after)
    of_region = select(handouts.c.id, handouts.c.due_on).where(*wanted)
    if search:
        of_region = (
            of_region.join(certificates, certificates.c.id == handouts.c.certificate_id)
            .join(cases, cases.c.id == handouts.c.case_id)
            .where(_named(search))
        )
    waiting = of_region.order_by(handouts.c.due_on, handouts.c.id).limit(PAGE + 1).lateral("waiting")
    page = select(waiting.c.id).select_from(regions.join(waiting, true()))
    return page.order_by(waiting.c.due_on, waiting.c.id).limit(PAGE + 1)


def _named(words: str) -> ColumnElement[bool]:
    return or_(
        certificates.c.number == words,
        cases.c.number.startswith(words, autoescape=True),
        certificates.c.uscc == words,
        certificates.c.operator.contains(words, autoescape=True),
    )


def at_window(db: Connection, user: User, handout: int) -> Handout:
    """The one with this id if this person works at the window of its region; NotFound otherwise."""
    found = _read(db, db.execute(_handouts().where(handouts.c.id == handout, of_window(user))).all())
    if not found:
        raise NotFound("没有找到要发放的证照。", "它可能不属于您所在的窗口；请从“证照发放”的列表里选择。")
    return found[0]


def handouts_of_case(db: Connection, case_id: int) -> tuple[Handout, ...]:
    """The issues of the certificate of a case, the newest first, for whoever has been given the case."""
    query = _handouts().where(handouts.c.case_id == case_id).order_by(handouts.c.id.desc())
    return _read(db, db.execute(query).all())


def of_window(user: User) -> ColumnElement[bool]:
    """Those of the regions in which this person works at a window."""
    return exists().where(
        memberships.c.user_id == user.id,
        memberships.c.role == WINDOW,
        memberships.c.region == handouts.c.region,
    )


def _handouts() -> Select[Any]:
    of_case = (cases.c.number.label("case_number"), cases.c.deployment_id)
    of_holder = (certificates.c.public_id, certificates.c.operator, certificates.c.department)
    later = certificate_issues.alias("later")
    newer = exists().where(
        later.c.certificate_id == handouts.c.certificate_id, later.c.issue > certificate_issues.c.issue
    )
    stands = (newer.label("renewed"), certificates.c.lapsed_at.is_not(None).label("lapsed"))
    of_issue = (certificate_issues.c[name] for name in ("issue", "reason", "pdf_sha256", "issued_at"))
    return (
        select(handouts, certificates.c.number, *of_holder, *of_case, *of_issue, *stands)
        .add_columns(cases.c.answers["post_address"].as_string().label("post_address"))
        .select_from(handouts)
        .join(certificate_issues, certificate_issues.c.id == handouts.c.issue_id)
        .join(certificates, certificates.c.id == handouts.c.certificate_id)
        .join(cases, cases.c.id == handouts.c.case_id)
    )


def _read(db: Connection, rows: Iterable[Row[Any]]) -> tuple[Handout, ...]:
    found = list(rows)
    ways = _ways(db, [row.id for row in found])
    calendars = {region: read_calendar(db, region) for region in {row.region for row in found}}
    return tuple(
        _handout(
            row,
            load(db, row.deployment_id).catalogue,
            calendars[row.region],
            tuple(ways.get(row.id, ())),
        )
        for row in found
    )


def _handout(row: Row[Any], catalogue: Catalogue, calendar: Calendar, ways: tuple[Way, ...]) -> Handout:
    return Handout(
        id=row.id,
        certificate_id=row.certificate_id,
        case_id=row.case_id,
        case_number=row.case_number,
        region=row.region,
        number=row.number,
        issue=row.issue,
        reason=row.reason,
        public_id=row.public_id,
        operator=row.operator,
        wish=row.wish,
        post_address=row.post_address or "",
        state=row.state,
        due_on=row.due_on,
        warn_on=row.warn_on,
        opened_at=row.opened_at,
        pdf_sha256=row.pdf_sha256,
        issued_at=row.issued_at,
        issuer=catalogue.office_name(row.department or catalogue.industry.lead, row.region),
        calendar=calendar,
        renewed=row.renewed,
        lapsed=row.lapsed,
        ways=ways,
    )


def _ways(db: Connection, found: list[int]) -> dict[int, list[Way]]:
    query = (
        select(handout_ways, users.c.name.label("recorder"))
        .outerjoin(users, users.c.id == handout_ways.c.recorded_by)
        .where(handout_ways.c.handout_id.in_(found))
        .order_by(handout_ways.c.id)
    )
    given: dict[int, list[Way]] = {}
    for row in db.execute(query) if found else ():
        given.setdefault(row.handout_id, []).append(_way(row))
    return given


def _way(row: Row[Any]) -> Way:
    names = ("id", "way", "state", "receiver", "identity_checked", "signature", "carrier", "tracking")
    kept = {name: row._mapping[name] for name in (*names, "words", "begun_at", "ended_at")}
    return Way(**kept, recorded_by=row.recorder or "")
