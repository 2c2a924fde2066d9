"""A holder applies for a further item: an application for what is not on the certificate yet joins it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from certificates.life.changing import WHOLE
from certificates.life.holding import Held, held_by
from certificates.life.possible import NotNow
from engine.catalogue import Answer, Catalogue
from engine.catalogue.question import REGION
from engine.days import local_day
from engine.drafts.start import Joins, start_draft
from engine.errors import Invalid
from engine.guide import clean_answer, next_question, result, usable
from engine.lifecycle.joining import refuse_while_moving
from engine.people import User
from engine.tables import cases

LAPSED = "这张证已经失效，不能再增加许可。"
ANOTHER_REGION = "这张证是在别的区划办的。在这里新开一处经营场所，请重新申请。"


def known_answers(held: Held) -> dict[str, Answer]:
    """What the guide was told when the certificate was applied for, as far as it still asks it."""
    return usable(held.deployment.catalogue, held.first.guide)


def start_addition(
    db: Connection, *, user: User, public_id: str, raw: Mapping[str, str], now: datetime
) -> str:
    """Open the draft for the items that these answers ask for beside those on the certificate; its id.

    What is known is filled in. Raises Invalid at a question, also when nothing would be added; NotNow when
    the certificate has lapsed, CannotJoin while it is moving.
    """
    held = held_by(db, user, public_id, now, lock=True)
    if not held.live:
        raise NotNow(LAPSED)
    refuse_while_moving(db, held.first.id)
    answers = _answers(held.deployment.catalogue, raw)
    found = result(held.deployment.catalogue, answers, local_day(now))
    _refuse_other_region(held, answers)
    has = tuple(sorted({row.item for row in held.live} | set(held.busy)))
    if not found.ineligible and not any(each.item.id not in has for each in found.items):
        first = held.deployment.catalogue.questions[0].id
        says = "按这些回答，要办的许可都已经在证上或者正在办理，没有可以增加的。"
        raise Invalid({first: says})
    joins = Joins(held.first.id, has, _known(db, held))
    return start_draft(db, user=user, industry=held.row.industry, answers=answers, now=now, joins=joins)


def _answers(catalogue: Catalogue, raw: Mapping[str, str]) -> dict[str, Answer]:
    """The answers along this applicant's way; a question that it does not come to is not read."""
    answers: dict[str, Answer] = {}
    while (question := next_question(catalogue, answers)) is not None:
        answers[question.id] = clean_answer(question, raw.get(question.id, ""))
    return answers


def _refuse_other_region(held: Held, answers: Mapping[str, Answer]) -> None:
    for question in held.deployment.catalogue.questions:
        if question.kind == REGION and answers.get(question.id) not in (None, held.row.region):
            raise Invalid({question.id: ANOTHER_REGION})


def _known(db: Connection, held: Held) -> dict[str, object]:
    """The answers of the first case, with what the certificate says by now."""
    first: Row[Any] = db.execute(select(cases.c.answers).where(cases.c.id == held.first.id)).one()
    return {**first.answers, **{name: held.row._mapping[column] for name, column in WHOLE.values()}}
