"""Promises what anybody may know about a certificate now: the live state of each licence, nothing personal.

What stands here follows 行政许可法第四十条 (decisions are public) and names the legal representative masked.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, select

from certificates.facts import read_facts
from certificates.qr import ALPHABET, PUBLIC_ID_LENGTH
from engine.days import local_day
from engine.tables import certificate_issues, certificates, licences
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


@dataclass(frozen=True)
class PublicLicence:
    """One licence as it stands now; `state` is one of WORDS or 已过期 (已变更: in force, content changed)."""

    item: str
    document: str
    number: str
    decider: str
    scope: str
    valid_from: date
    valid_until: date | None
    state: str


@dataclass(frozen=True)
class PublicCertificate:
    """A certificate as it stands now; `state` is 有效, 部分有效, 已变更, 已暂停, 已注销 or 已过期.

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
    lines = _licences(db, found.id, local_day(now), printed)
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
) -> tuple[PublicLicence, ...]:
    """All licences in the order of the paper; those that are no longer printed stand last."""
    rows = db.execute(select(licences).where(licences.c.certificate_id == certificate_id)).all()
    order = {number: place for place, number in enumerate(printed)}
    return tuple(
        PublicLicence(
            item=row.name,
            document=row.document,
            number=row.number,
            decider=row.decider,
            scope=row.scope,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            state=state_of(row, today),
        )
        for row in sorted(rows, key=lambda row: (order.get(row.number, len(order)), row.id))
    )


def state_of(row: Row[tuple[object, ...]], today: date) -> str:
    """A licence's word; one whose last day has passed is expired, whatever nobody has written down yet."""
    state = WORDS[row.state]
    ended = row.valid_until is not None and row.valid_until < today
    return EXPIRED if state in (*IN_FORCE, SUSPENDED) and ended else state
