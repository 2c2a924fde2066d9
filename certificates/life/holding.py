"""Promises a certificate as its holder or an office stands before it: its licences, and what is under way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, select

from certificates.states import LIVE
from engine.cases import Case, load_case
from engine.catalogue import Catalogue, Item
from engine.clock.calendar import read_calendar
from engine.days import Calendar, local_day
from engine.deployments import Deployment, current
from engine.errors import NotFound
from engine.lifecycle.under_way import UnderWay, under_way
from engine.people import User
from engine.tables import cases, certificates, licences, memberships

CLERK = "clerk"


@dataclass(frozen=True)
class Held:
    """A certificate with its first case and the rules of today.

    `licences` are all that ever stood on it, by id; `under_way` is what is going on about which item;
    `calendar` is that of its region.
    """

    row: Row[Any]
    first: Case
    deployment: Deployment
    catalogue: Catalogue
    licences: Mapping[int, Row[Any]]
    under_way: tuple[UnderWay, ...]
    calendar: Calendar

    @property
    def busy(self) -> Mapping[str, str]:
        """The items that something is under way about, with the number of the case that came first."""
        return {each.item: each.number for each in reversed(self.under_way)}

    @property
    def live(self) -> tuple[Row[Any], ...]:
        """The licences that have not ended."""
        return tuple(row for row in self.licences.values() if row.state in LIVE)

    def item(self, licence: Row[Any]) -> Item:
        """The item of a licence, by the rules of today."""
        return self.catalogue.item(licence.item)

    def licence(self, licence_id: int) -> Row[Any]:
        """One that has not ended; NotFound for any other."""
        found = self.licences.get(licence_id)
        if found is None or found.state not in LIVE:
            raise NotFound("这张证上没有这项许可，或者它已经终止。", "请返回证照页面查看最新情况。")
        return found


def held_by(db: Connection, user: User, public_id: str, now: datetime, *, lock: bool = False) -> Held:
    """The person's own certificate; NotFound for anybody else's."""
    mine = certificates.c.case_id.in_(select(cases.c.id).where(cases.c.applicant_id == user.id))
    return _held(db, (certificates.c.public_id == public_id) & mine, now, lock)


def seen_by_office(db: Connection, user: User, number: str, now: datetime, *, lock: bool = False) -> Held:
    """The certificate, if an office of this person decides or supervises a licence of it; else NotFound."""
    found = exists().where(licences.c.certificate_id == certificates.c.id, *_of_office(user))
    return _held(db, (certificates.c.number == number) & found, now, lock)


def held_for(db: Connection, certificate_id: int, now: datetime, *, lock: bool = False) -> Held:
    """The certificate with this id, for a command that has let its person in by a rule of its own."""
    return _held(db, certificates.c.id == certificate_id, now, lock)


def licences_of_office(db: Connection, user: User, held: Held) -> frozenset[int]:
    """The licences of a certificate that offices of this person decide or supervise; never of their own."""
    query = select(licences.c.id).where(licences.c.certificate_id == held.row.id, *_of_office(user))
    return frozenset() if held.first.applicant_id == user.id else frozenset(db.execute(query).scalars())


def answers_of(db: Connection, licence: Row[Any]) -> dict[str, object]:
    """What was answered for a licence, as it now stands: as filed, with what changed since."""
    filed = db.execute(select(cases.c.answers).where(cases.c.id == licence.case_id)).scalar_one()
    return {**filed, **licence.answers}


def _of_office(user: User) -> tuple[ColumnElement[bool], ...]:
    department = memberships.c.department.in_([licences.c.authority, licences.c.regulator])
    works = exists().where(
        memberships.c.user_id == user.id,
        memberships.c.role == CLERK,
        memberships.c.region == licences.c.region,
        department,
    )
    return (works,)


def _held(db: Connection, match: ColumnElement[bool], now: datetime, lock: bool) -> Held:
    query = select(certificates).where(match)
    row = db.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise NotFound("没有找到这张证。", "请从“我的办件”或者任务列表进入。")
    deployment = current(db, row.industry)
    found = select(licences).where(licences.c.certificate_id == row.id).order_by(licences.c.id)
    return Held(
        row,
        load_case(db, row.case_id),
        deployment,
        deployment.catalogue_on(local_day(now)),
        {each.id: each for each in db.execute(found)},
        under_way(db, row.case_id),
        read_calendar(db, row.region),
    )
