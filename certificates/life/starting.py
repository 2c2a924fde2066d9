"""Promises that what a holder asks for, or an office proposes, becomes a case about licences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert

from certificates.life.holding import Held
from engine.cases import Case
from engine.consequences import follow
from engine.days import local_day
from engine.events import actor_of
from engine.happenings import Happened
from engine.lifecycle.starting import start_linked
from engine.linked import EVIDENCE, KINDS
from engine.people import User
from engine.tables import materials
from engine.uploads import Upload

MOST_FILES = 10


@dataclass(frozen=True)
class Evidence:
    """A file handed in, already kept under the hash of its bytes."""

    upload: Upload
    sha256: str


def start_about(
    db: Connection,
    held: Held,
    process: str,
    about: Iterable[Row[Any]],
    *,
    user: User,
    words: Mapping[str, object],
    now: datetime,
    evidence: Sequence[Evidence] = (),
    answers: Mapping[str, object] | None = None,
) -> Case:
    """The new case as it then waits; `words` are what is asked or proposed, as diagram and pages read it."""
    named = {row.item: row for row in about}
    days = KINDS[process].days
    until = held.calendar.add_working_days(local_day(now), days)
    case = start_linked(
        db,
        held.first,
        held.deployment,
        process,
        {item: row.case_id for item, row in named.items()},
        actor=actor_of(user.id),
        until=until,
        now=now,
        words={**words, "licences": {item: row.id for item, row in named.items()}},
        otherwise={"operator": held.row.operator, **({"answers": dict(answers)} if answers else {})},
    )
    for each in evidence[:MOST_FILES]:
        _keep(db, case, user, each, now)
    if KINDS[process].asked:
        said = {"name": KINDS[process].name, "what": lines_in_words(words.get("lines")), "days": days}
        happened = Happened("life_asked", case, held.deployment, actor_of(user.id), tuple(named), said)
        follow(db, happened, now)
    return case


def lines_in_words(lines: object) -> str:
    """What changes, each as 名称由“旧”变更为“新”; "" when nothing does."""
    given = lines if isinstance(lines, list) else []
    return "；".join(f"{label}由“{old or '无'}”变更为“{new}”" for label, old, new in given)


def _keep(db: Connection, case: Case, user: User, evidence: Evidence, now: datetime) -> None:
    row = {
        "case_id": case.id,
        "material": EVIDENCE,
        "label": evidence.upload.label,
        "sha256": evidence.sha256,
        "size": len(evidence.upload.content),
        "media_type": evidence.upload.media_type,
        "user_id": user.id,
        "added_at": now,
    }
    db.execute(insert(materials).values(row))
