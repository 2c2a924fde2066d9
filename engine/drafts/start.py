"""Begin an application with what the guide was told, so that nothing is asked twice."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert

from engine.catalogue import Answer
from engine.days import local_day
from engine.deployments import current
from engine.errors import Refusal
from engine.guide import result
from engine.people import User
from engine.tables import drafts


@dataclass(frozen=True)
class Joins:
    """The certificate that what is applied for joins: of which first case, what is on it, what it knows."""

    parent_id: int
    left_out: tuple[str, ...]
    known: Mapping[str, object]


class NotForYou(Refusal):
    """The answers lead away from this industry: `says` is why, `do` what to do instead."""


def start_draft(
    db: Connection,
    *,
    user: User,
    industry: str,
    answers: Mapping[str, Answer],
    now: datetime,
    joins: Joins | None = None,
) -> str:
    """Open a draft under the current deployment; returns its id, which cannot be guessed.

    Raises NotFound for an unknown industry, Invalid while the guide is not answered to its end, NotForYou
    when the answers lead elsewhere.
    """
    deployment = current(db, industry)
    catalogue = deployment.catalogue
    found = result(catalogue, answers, local_day(now))
    if found.ineligible or found.region is None:
        says, do = (found.ineligible.because, found.ineligible.instead) if found.ineligible else ("", "")
        raise NotForYou(says, do)
    draft = secrets.token_hex(10)
    row = {
        "id": draft,
        "user_id": user.id,
        "industry": industry,
        "region": found.region.code,
        "deployment_id": deployment.id,
        "guide": {each.id: answers[each.id] for each in catalogue.questions if each.id in answers},
        "answers": {**(joins.known if joins else {}), **catalogue.carried_over(answers)},
        "sources": {},
        "typed": {},
        "done_sections": [],
        "created_at": now,
        "updated_at": now,
        **({"parent_id": joins.parent_id, "left_out": list(joins.left_out)} if joins else {}),
    }
    db.execute(insert(drafts).values(row))
    return draft
