"""Promises what anybody may know about a certificate now: the live state of each licence, nothing personal.

What stands here follows 行政许可法第四十条 (decisions are public) and names the legal representative masked.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, ScalarSelect, func, select

from certificates.current import is_renewing, rows_on
from certificates.facts import read_facts
from certificates.qr import ALPHABET, PUBLIC_ID_LENGTH
from certificates.states import LIVE
from engine.days import local_day
from engine.tables import certificate_issues, certificates, licence_events, licences
from forms.privacy import mask_name

VALID, PARTLY_VALID, CHANGED, SUSPENDED, CANCELLED, REVOKED, EXPIRED = (
    "有效",
    "部分有效",
    "已变更",
    "已暂停",
    "已注销",
    "已撤销",
    "已过期",
)
# A licence's state in the register → its word.
WORDS = {
    "valid": VALID,
    "changed": CHANGED,
    "suspended": SUSPENDED,
    "cancelled": CANCELLED,
    "revoked": REVOKED,
    "expired": EXPIRED,
}
IN_FORCE = (VALID, CHANGED)
STOPPED = ("suspended", "cancelled", "revoked")


@dataclass(frozen=True)
class PublicLicence:
    """One licence as it stands now; `state` is one of WORDS or 已过期 (已变更: in force, content changed).

    `renewing`: its last day has passed, and it holds until its renewal is decided (行政许可法第五十条).
    `stopped_on`: the first day of a suspension, or the day of a cancellation or revocation; `suspended_until`
    the last day of a suspension, None while nobody has set one; `suspension_over`: that day is over.
    """

    item: str
    document: str
    number: str
    decider: str
    scope: str
    valid_from: date
    valid_until: date | None
    state: str
    renewing: bool = False
    stopped_on: date | None = None
    suspended_until: date | None = None
    suspension_over: bool = False


@dataclass(frozen=True)
class PublicCertificate:
    """A certificate as it stands now; `state` is 有效, 部分有效, 已变更, 已暂停, 已注销 or 已过期.

    `licences` decide the state; `earlier` stood on former issues, have ended, and are shown as history.
    `legal_representative` is masked (张*); `issue` is the current one and `issued_on` its day.
    """

    public_id: str
    number: str
    title: str
    state: str
    industry: str
    operator: str
    legal_representative: str
    address: str
    uscc: str
    issuer: str
    issue: int
    issued_on: date
    licences: tuple[PublicLicence, ...]
    earlier: tuple[PublicLicence, ...] = ()


def read_public(db: Connection, public_id: str, now: datetime) -> PublicCertificate | None:
    """The certificate that a QR code's id leads to, or None: for an unknown id as for a malformed one.

    Both are looked up alike, so that how long the answer takes tells nothing either.
    """
    wanted = public_id.strip().lower()
    if len(wanted) != PUBLIC_ID_LENGTH or not set(wanted) <= set(ALPHABET):
        wanted = ""
    query = (
        select(certificates.c.id, certificate_issues.c.content)
        .join(certificate_issues, certificate_issues.c.certificate_id == certificates.c.id)
        .where(certificates.c.public_id == wanted)
        .order_by(certificate_issues.c.issue.desc())
        .limit(1)
    )
    found = db.execute(query).one_or_none()
    if found is None:
        return None
    facts = read_facts(found.content)
    printed = [line.number for line in facts.licences]
    lines, earlier = _licences(db, found.id, local_day(now), printed)
    return PublicCertificate(
        public_id=wanted,
        number=facts.number,
        title=facts.title,
        state=overall(tuple(line.state for line in lines)),
        industry=facts.industry,
        operator=facts.operator,
        legal_representative=mask_name(facts.legal_representative),
        address=facts.address,
        uscc=facts.uscc,
        issuer=facts.issuer,
        issue=facts.issue,
        issued_on=facts.issued_on,
        licences=lines,
        earlier=earlier,
    )


def overall(states: tuple[str, ...]) -> str:
    """A certificate's state from those of its licences: it lapses with the last of them.

    While one of them may still come back, the whole is suspended and not lapsed.
    """
    in_force = [state for state in states if state in IN_FORCE]
    if not in_force and SUSPENDED in states:
        return SUSPENDED
    if not in_force:
        return EXPIRED if states and set(states) == {EXPIRED} else CANCELLED
    if len(in_force) < len(states):
        return PARTLY_VALID
    return CHANGED if CHANGED in states else VALID


def _licences(
    db: Connection, certificate_id: int, today: date, printed: list[str]
) -> tuple[tuple[PublicLicence, ...], tuple[PublicLicence, ...]]:
    """The licences that count, in the order of the paper, and the earlier ones."""
    query = rows_on(today).add_columns(_stopped_at().label("stopped_at"))
    rows = db.execute(query.where(licences.c.certificate_id == certificate_id)).all()
    order = {number: place for place, number in enumerate(printed)}
    rows = sorted(rows, key=lambda row: (order.get(row.number, len(order)), row.id))
    now, earlier = ([row for row in rows if row.counted is counts] for counts in (True, False))
    return tuple(_line(row, today) for row in now), tuple(_line(row, today) for row in earlier)


def _stopped_at() -> ScalarSelect[datetime]:
    """When the licence was brought to the state in which it is not in force; null while it is, or expired."""
    return (
        select(func.max(licence_events.c.at))
        .where(licence_events.c.licence_id == licences.c.id)
        .where(licence_events.c.kind == licences.c.state)
        .where(licences.c.state.in_(STOPPED))
        .correlate(licences)
        .scalar_subquery()
    )


def _line(row: Row[tuple[object, ...]], today: date) -> PublicLicence:
    state = state_of(row)
    stopped = row.stopped_at if WORDS[row.state] == state else None
    return PublicLicence(
        item=row.name,
        document=row.document,
        number=row.number,
        decider=row.decider,
        scope=row.scope,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        state=state,
        renewing=is_renewing(row, today),
        stopped_on=stopped and local_day(stopped),
        suspended_until=row.suspended_until if state == SUSPENDED else None,
        suspension_over=state == SUSPENDED and bool(row.suspended_until and row.suspended_until < today),
    )


def state_of(row: Row[tuple[object, ...]]) -> str:
    """A licence's word, of a row of certificates.current.rows_on; one that is over is expired."""
    return EXPIRED if row.over and row.state in LIVE else WORDS[row.state]
