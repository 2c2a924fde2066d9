"""The certificates that a regulator may look at: found by number, by what a QR code holds, or by name."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from engine.errors import NotFound
from engine.people import User
from engine.registered import ENTRIES, LONGEST, named_by
from engine.regulators.offices import supervises
from engine.tables import cases, certificates, licences, registry_entries

MOST = 20
_IN_ADDRESS = re.compile(r"/v/([0-9A-Za-z]{10})(?![0-9A-Za-z])")
_BARE = re.compile(r"[0-9A-Za-z]{10}")


@dataclass(frozen=True)
class Supervised:
    """A certificate of the person's regions: how it is addressed, and whose it is."""

    id: int
    public_id: str
    number: str
    operator: str
    uscc: str
    case_number: str
    case_id: int


@dataclass(frozen=True)
class OnIt:
    """A licence on a certificate, in whatever state, as a form lets one choose it."""

    id: int
    name: str
    number: str
    state: str


def find_supervised(db: Connection, user: User, words: str) -> tuple[Supervised, ...]:
    """At most 20 certificates, the newest first, that the words name.

    They may be what its QR code holds, the number of the certificate or of a licence on it, the subject's
    code, or parts of its name or address. Raises Invalid at q for a word that is too short.
    """
    wanted = words.strip()
    if public_id := _public_id(wanted):
        named = [certificates.c.public_id == public_id]
    else:
        named = [named_by(db, word) for word in wanted[:LONGEST].split()]
    if not named:
        return ()
    query = _certificates().join(registry_entries, ENTRIES.certificate_id == certificates.c.id)
    query = query.where(supervises(user), *named).order_by(certificates.c.id.desc()).limit(MOST)
    return tuple(Supervised(*row) for row in db.execute(query))


def supervised(db: Connection, user: User, public_id: str) -> Supervised:
    """The certificate with this id if it is of the person's regions; NotFound otherwise."""
    query = _certificates().where(supervises(user), certificates.c.public_id == func.lower(public_id))
    row = db.execute(query).one_or_none()
    if row is None:
        raise NotFound("没有找到这张证。", "它可能不在您监管的区划；请核对证号，或者重新扫码。")
    return Supervised(*row)


def licences_on(db: Connection, certificate_id: int) -> tuple[OnIt, ...]:
    """All licences of a certificate that the caller has already been given."""
    columns = (licences.c.id, licences.c.name, licences.c.number, licences.c.state)
    query = select(*columns).where(licences.c.certificate_id == certificate_id).order_by(licences.c.id)
    return tuple(OnIt(*row) for row in db.execute(query))


def _certificates() -> Select[Any]:
    return (
        select(
            certificates.c.id,
            certificates.c.public_id,
            certificates.c.number,
            certificates.c.operator,
            certificates.c.uscc,
            cases.c.number,
            certificates.c.case_id,
        )
        .select_from(certificates)
        .join(cases, cases.c.id == certificates.c.case_id)
    )


def _public_id(words: str) -> str:
    """The id that an address or a bare code names, "" when it is neither."""
    found = _IN_ADDRESS.search(words)
    if found:
        return found[1].lower()
    return words.lower() if _BARE.fullmatch(words) and not words.isdigit() else ""
