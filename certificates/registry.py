"""Promises what anybody may search issued certificates by, and nothing about persons.

Licences granted are public (行政许可法第四十条); persons are not: no name of one stands here, neither to
search by nor to read.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Row, exists, or_, select, union
from sqlalchemy.dialects.postgresql import insert as upsert

from certificates.current import counted, over, rows_on
from certificates.facts import CertificateData
from certificates.public import overall, state_of
from certificates.states import IN_FORCE
from engine.days import local_day
from engine.errors import Invalid
from engine.registered import ENTRIES, as_number, named_by, pairs, plain
from engine.tables import certificates, licences, registry_entries

PAGE = 20
VALID, ENDED = "valid", "ended"


@dataclass(frozen=True)
class Wanted:
    """What is searched for: `words` of a name, an address or a number; an industry's id; VALID or ENDED.

    ENDED is every certificate of which at least one licence that counts is not in force.
    """

    words: str = ""
    industry: str = ""
    state: str = ""


@dataclass(frozen=True)
class ListedLicence:
    """One licence of a listed certificate; `state` as certificates.public says it."""

    item: str
    number: str
    decider: str
    valid_until: date | None
    state: str


@dataclass(frozen=True)
class Entry:
    """One certificate as the registry lists it.

    `licences` decide its state; `earlier` have ended and left it, and were looked for by their whole number.
    """

    number: str
    operator: str
    address: str
    industry: str
    uscc: str
    state: str
    licences: tuple[ListedLicence, ...]
    earlier: tuple[ListedLicence, ...] = ()


@dataclass(frozen=True)
class Page:
    """One page of what was found, newest first; `next` is the key of the page after it, None at the end."""

    entries: tuple[Entry, ...]
    next: int | None


def enter(db: Connection, certificate_id: int, facts: CertificateData) -> None:
    """Let the certificate be found by what its newest issue states."""
    parts = [plain(facts.operator), plain(facts.address)]
    stated = {
        "number": facts.number,
        "uscc": facts.uscc,
        "industry_name": facts.industry,
        "operator": facts.operator,
        "address": facts.address,
        "searched": " ".join(parts),
        "pairs": sorted({pair for part in parts for pair in pairs(part)}),
    }
    industry = select(certificates.c.industry).where(certificates.c.id == certificate_id).scalar_subquery()
    row = upsert(registry_entries).values(certificate_id=certificate_id, industry=industry, **stated)
    db.execute(row.on_conflict_do_update(index_elements=["certificate_id"], set_=stated))


def search(
    db: Connection, wanted: Wanted, now: datetime, *, after: int | None = None, most: int = PAGE
) -> Page:
    """The certificates that fit everything that is wanted, newest first, `most` of them after the key.

    Raises Invalid when it would be all certificates or is too little to look for.
    """
    today = local_day(now)
    words = wanted.words.split()
    match = [*(named_by(db, word) for word in words), *_state(wanted.state, today)]
    if wanted.industry:
        match.append(ENTRIES.industry == wanted.industry)
    elif not words:
        raise Invalid({"q": "请输入名称、地址或者编号，或者选一个行业。"})
    if after is not None:
        match.append(ENTRIES.certificate_id < after)
    query = select(registry_entries).where(*match).order_by(ENTRIES.certificate_id.desc()).limit(most + 1)
    rows = db.execute(query).all()
    found = rows[:most]
    listed = _licences(db, [row.certificate_id for row in found], words, today)
    entries = tuple(_entry(row, listed.get(row.certificate_id, [])) for row in found)
    return Page(entries, found[-1].certificate_id if len(rows) > most else None)


def _state(state: str, today: date) -> list[ColumnElement[bool]]:
    """Those with every licence in force, or those with one that is not; both by small indexes."""
    of = licences.c.certificate_id
    passed = (licences.c.valid_until < today) & over(today)  # the first by index
    lapsed = [each & counted() for each in (licences.c.state.not_in(IN_FORCE), passed)]
    if state == ENDED:
        return [ENTRIES.certificate_id.in_(union(*(select(of).where(each) for each in lapsed)))]
    if state == VALID:
        return [~exists().where(of == ENTRIES.certificate_id, or_(*lapsed))]
    return []


def _licences(
    db: Connection, ids: list[int], words: list[str], today: date
) -> dict[int, list[Row[tuple[object, ...]]]]:
    """The licences that count, and those that are looked for by number, by certificate."""
    listed = counted() | licences.c.number.in_([as_number(word) for word in words])
    query = rows_on(today).where(licences.c.certificate_id.in_(ids), listed).order_by(licences.c.id)
    found: dict[int, list[Row[tuple[object, ...]]]] = {}
    for row in db.execute(query):
        found.setdefault(row.certificate_id, []).append(row)
    return found


def _entry(row: Row[tuple[object, ...]], listed: list[Row[tuple[object, ...]]]) -> Entry:
    now, earlier = (
        tuple(_line(each) for each in listed if each.counted is counts) for counts in (True, False)
    )
    state = overall(tuple(line.state for line in now))
    stated = (row.number, row.operator, row.address, row.industry_name, row.uscc)
    return Entry(*stated, state, now, earlier)


def _line(row: Row[tuple[object, ...]]) -> ListedLicence:
    return ListedLicence(row.name, row.number, row.decider, row.valid_until, state_of(row))
