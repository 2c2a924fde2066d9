"""Promises one signed list of the state of every certificate, small enough to be carried along whole.

Two bytes a certificate (big-endian), at twice its list index: the number of its state
(certificates.standing.STATES) times 8192, plus its newest issue; zero, which tells nothing, for one that has
more issues. The bytes are gzipped and base64url; around them is a JSON Web Signature (RFC 7515 §7.2.2), so
that any library can check it. The idea is that of W3C Bitstring Status List 1.0 and of the IETF Token Status
List, with room for more than one bit.
"""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Integer, Subquery, case, cast, func, literal, select
from sqlalchemy.dialects.postgresql import BYTEA, aggregate_order_by

from certificates.code.packing import base64url, licence_mark
from certificates.code.ring import ES256, Ring
from certificates.standing import standing
from engine.days import local_day
from engine.tables import certificate_issues, certificates, licences

FORMAT = "onepermit.status.2"
GOOD_FOR = timedelta(hours=24)
ISSUES = 8192  # more than any certificate has


@dataclass(frozen=True)
class StatusList:
    """The bytes of the list, and when they were true; `names` are those of licences by their mark (hex)."""

    states: bytes
    names: dict[str, str]
    made_at: datetime

    @property
    def valid_until(self) -> datetime:
        """From when on nobody may say by this list that something still holds."""
        return self.made_at + GOOD_FOR


def read_status_list(db: Connection, now: datetime) -> StatusList:
    """The list as of now; in the database by one query, however many certificates there are."""
    state, newest = standing(local_day(now)), _newest_issue()
    told = case((newest.c.issue < ISSUES, state.c.state * ISSUES + newest.c.issue), else_=0)
    place = func.generate_series(0, select(func.max(certificates.c.list_index)).scalar_subquery())
    places = select(place.label("place")).subquery("places")
    two = func.substr(func.int4send(cast(func.coalesce(told, 0), Integer)), 3)
    query = select(func.string_agg(two, aggregate_order_by(literal(b"", BYTEA), places.c.place))).select_from(
        places.outerjoin(certificates, certificates.c.list_index == places.c.place)
        .outerjoin(state, state.c.certificate_id == certificates.c.id)
        .outerjoin(newest, newest.c.certificate_id == certificates.c.id)
    )
    states = db.execute(query).scalar() or b""
    return StatusList(bytes(states), _names(db), now)


def signed(ring: Ring, made: StatusList) -> dict[str, object]:
    """The list as a JSON Web Signature, flattened: protected header, payload and signature, base64url."""
    payload = {
        "format": FORMAT,
        "made_at": made.made_at.isoformat(timespec="seconds"),
        "valid_until": made.valid_until.isoformat(timespec="seconds"),
        "list": base64url(gzip.compress(made.states, mtime=0)),
        "names": made.names,
    }
    protected, body = _part({"alg": ES256, "kid": str(ring.kid)}), _part(payload)
    signature = base64url(ring.sign(f"{protected}.{body}".encode()))
    return {"protected": protected, "payload": body, "signature": signature}


def _newest_issue() -> Subquery:
    query = select(certificate_issues.c.certificate_id, func.max(certificate_issues.c.issue).label("issue"))
    return query.group_by(certificate_issues.c.certificate_id).subquery("newest")


def _names(db: Connection) -> dict[str, str]:
    """The names of licences, which are few, found by jumping from one to the next along their index."""
    first = select(func.min(licences.c.name).label("name")).cte("names", recursive=True)
    after = select(func.min(licences.c.name)).where(licences.c.name > first.c.name).scalar_subquery()
    names = first.union_all(select(after).where(first.c.name.is_not(None)))
    found = db.execute(select(names.c.name).where(names.c.name.is_not(None))).scalars()
    return {licence_mark(name).hex(): name for name in found}


def _part(said: Mapping[str, object]) -> str:
    return base64url(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())
