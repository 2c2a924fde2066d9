"""Promises the one way in which a licence changes: its row, history and the issue that shows it, together.

Everything is in the caller's transaction. Written twice, the second time nothing differs and nothing happens.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select, update

from certificates.issuing import Issue, issue_anew
from certificates.life.history import Cause, enter, note, snapshot
from certificates.states import LIVE
from engine.lifecycle.overtaking import overtake
from engine.subjects import subject_of
from engine.tables import certificates, licences

FACE = ("operator", "legal_representative", "address")  # what a certificate states beside its licences


@dataclass(frozen=True)
class Change:
    """What becomes of one licence: the `kind` of event, and the columns of `licences` as they are to be."""

    licence_id: int
    kind: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """What came of writing: the licences that changed, as they now stand, and the issue that shows it.

    `issue` None: nothing is in force any more, or there is no certificate yet.
    """

    licences: tuple[Row[Any], ...]
    issue: Issue | None


def write(
    db: Connection,
    certificate_id: int | None,
    changes: Iterable[Change],
    cause: Cause,
    *,
    face: Mapping[str, str] | None = None,
    further_copy: bool = False,
) -> Written:
    """Change licences of one certificate, and of the certificate what `face` says (keys of FACE).

    A licence that has ended stays as it is. `certificate_id` None: the licence stands on none yet.
    `further_copy` makes a new issue although nothing differs.
    """
    old_face = _lock(db, certificate_id)
    new_face = {name: value for name, value in (face or {}).items() if old_face.get(name) != value}
    if new_face:
        _write_face(db, certificate_id, old_face, new_face)
    differing = [
        (row, change, values)
        for change in sorted(changes, key=lambda each: each.licence_id)
        for row in _live(db, certificate_id, change.licence_id)
        if (values := _differing(row, change.values)) or new_face
    ]
    if not (differing or new_face or further_copy):
        return Written((), None)
    for row, _change, values in differing:
        if values:
            db.execute(update(licences).where(licences.c.id == row.id).values(values))
    made = None
    if certificate_id is not None:
        made = issue_anew(db, certificate_id, cause.reason, cause.now, although_same=further_copy)
    rows = tuple(_entered(db, row, change, cause, made, old_face, new_face) for row, change, _ in differing)
    if certificate_id is not None:
        note(db, certificate_id, rows, cause, made)
        _overtake(db, certificate_id, rows, cause)
    return Written(rows, made)


def _lock(db: Connection, certificate_id: int | None) -> dict[str, str]:
    """Lock the certificate, so that one writes at a time; returns its face."""
    if certificate_id is None:
        return {}
    query = select(*(certificates.c[name] for name in FACE)).where(certificates.c.id == certificate_id)
    return dict(db.execute(query.with_for_update()).one()._mapping)


def _live(db: Connection, certificate_id: int | None, licence_id: int) -> list[Row[Any]]:
    """The licence, locked, if it is of this certificate and has not ended."""
    query = select(licences).where(
        licences.c.id == licence_id,
        licences.c.certificate_id.is_not_distinct_from(certificate_id),
        licences.c.state.in_(LIVE),
    )
    return list(db.execute(query.with_for_update()))


def _differing(row: Row[Any], values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if row._mapping[name] != value}


def _write_face(
    db: Connection, certificate_id: int | None, old: Mapping[str, str], new: Mapping[str, str]
) -> None:
    this = certificates.c.id == certificate_id
    db.execute(update(certificates).where(this).values(dict(new)))
    if "operator" in new:
        uscc = db.execute(select(certificates.c.uscc).where(this)).scalar_one()
        subject_of(db, uscc, new["operator"])


def _overtake(db: Connection, certificate_id: int, rows: tuple[Row[Any], ...], cause: Cause) -> None:
    """Nothing goes on about licences that have ended."""
    if ended := {row.item: row.case_id for row in rows if row.state not in LIVE}:
        first = db.execute(select(certificates.c.case_id).where(certificates.c.id == certificate_id))
        overtake(db, first.scalar_one(), ended, cause.case_id, cause.now)


def _entered(
    db: Connection,
    row: Row[Any],
    change: Change,
    cause: Cause,
    made: Issue | None,
    old_face: Mapping[str, str],
    new_face: Mapping[str, str],
) -> Row[Any]:
    """Enter one licence's history; returns the licence as it now stands."""
    after = db.execute(select(licences).where(licences.c.id == row.id)).one()
    was = {name: old_face[name] for name in new_face}
    issue_id = made.id if made else None
    enter(db, row.id, change.kind, {**snapshot(row), **was}, {**snapshot(after), **new_face}, cause, issue_id)
    return after
