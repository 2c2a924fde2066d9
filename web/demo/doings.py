"""What the demo's people do beside a diagram's steps: promise, mark, stop a clock, ask for days."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.commands.extend import ask_extension
from engine.commands.pause import pause
from engine.commitments.signing import commit
from engine.corrections.marking import Mark, mark
from engine.drafts import read_draft
from engine.drafts.subject import LEGAL_REP
from engine.hearings.offering import offer
from engine.people import User, find_user
from engine.tables import users

Case = Mapping[str, Any]


def person_of(db: Connection, login: str) -> User:
    """The demo's person with this login."""
    user = find_user(db, db.execute(select(users.c.id).where(users.c.login == login)).scalar_one())
    assert user is not None
    return user


def promise(db: Connection, case: Case, user: User, draft: str, at: datetime) -> None:
    """The applicant promises the conditions of each item under `promise`, as the legal representative."""
    for item in case.get("promise", ()):
        found = read_draft(db, user, draft, at)
        ticked = [point.id for point in found.deployment.catalogue.item(item).checklist]
        signed_as = str(found.record.answers[LEGAL_REP])
        commit(db, user=user, draft=draft, item=item, ticked=ticked, signed_as=signed_as, now=at)


def mark_what_is_missing(db: Connection, number: str, case: Case, at: datetime) -> None:
    """Offices mark what stands under `marks`, each `by` one of their people, before the window answers."""
    for each in case.get("marks", ()):
        words = {name: value for name, value in each.items() if name != "by"}
        mark(db, user=person_of(db, each["by"]), number=number, mark=Mark(**words), now=at)


def stop_clocks(db: Connection, number: str, case: Case, at: datetime) -> None:
    """Offices stop the clocks of items as `pauses` say, and ask for the days of `extensions`."""
    for each in case.get("pauses", ()):
        words = {name: value for name, value in each.items() if name != "by"}
        pause(db, user=person_of(db, each["by"]), number=number, **words, now=at)
    for each in case.get("extensions", ()):
        who, item, reason = (each[name] for name in ("by", "item", "reason"))
        ask_extension(db, user=person_of(db, who), number=number, item=item, reason=reason, now=at)


def offer_hearings(db: Connection, number: str, case: Case, at: datetime) -> None:
    """Offices tell the applicant of the right to the hearings that stand under `hearings`."""
    for each in case.get("hearings", ()):
        words = {name: value for name, value in each.items() if name != "by"}
        offer(db, user=person_of(db, each["by"]), number=number, **words, now=at)
