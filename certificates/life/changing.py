"""A holder asks to change what a certificate states, or the scope of one licence (行政许可法第四十九条)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from certificates.life.holding import Held, answers_of, held_by
from certificates.life.possible import NotNow, for_licence, for_whole, refuse_unless
from certificates.life.starting import Evidence, start_about
from engine.catalogue.item import REVIEW_IT
from engine.days import local_day
from engine.drafts.subject import LEGAL_REP, OPERATOR
from engine.errors import Invalid
from engine.handlers import scope_in_words
from engine.lifecycle.joining import ADDRESS, STATED
from engine.linked import CHANGE
from engine.people import User
from engine.tables import cases
from forms.clean import clean
from forms.describe import in_words
from forms.fields import Field
from forms.inputs import Raw

# What may change of the whole → the question that asks for it, and the column of `certificates` for it.
WHOLE: Mapping[str, tuple[str, str]] = {
    kind: (question, STATED[question])
    for kind, question in (("name", OPERATOR), ("representative", LEGAL_REP), ("address", ADDRESS))
}
NOTHING_NEW = "没有改动。请填写变更以后的内容；不变的保持原样。"
MOVING_WHILE_BUSY = "正在按现在的地址增加许可（{number}），办完以后再变更地址。"


@dataclass(frozen=True)
class Asking:
    """The questions of a change with what stands now; `licence` None: of the whole certificate."""

    held: Held
    licence: Row[Any] | None
    fields: tuple[Field, ...]
    now_stands: Mapping[str, object]


def asking(
    db: Connection, *, user: User, public_id: str, licence: int | None, now: datetime, lock: bool = False
) -> Asking:
    """What is asked for a change. Raises NotFound for another's certificate, NotNow with the reason."""
    held = held_by(db, user, public_id, now, lock=lock)
    library = held.deployment.forms.fields
    if licence is None:
        refuse_unless(next(each for each in for_whole(held) if each.process == CHANGE))
        stands = {question: held.row._mapping[column] for question, column in WHOLE.values()}
        return Asking(held, None, tuple(library[name] for name in stands), stands)
    row = held.licence(licence)
    refuse_unless(next(each for each in for_licence(held, row, local_day(now)) if each.process == CHANGE))
    rule = held.item(row).licence
    assert rule is not None  # an item without a licence has none that could change
    fields = tuple(library[name] for name in rule.scope_from)
    return Asking(held, row, fields, answers_of(db, row))


def ask_change(
    db: Connection,
    *,
    user: User,
    public_id: str,
    licence: int | None,
    raw: Raw,
    evidence: Sequence[Evidence],
    now: datetime,
) -> str:
    """Ask for the change; the number of its case. Invalid names what is wrong, or that nothing is new."""
    asked = asking(db, user=user, public_id=public_id, licence=licence, now=now, lock=True)
    values = _cleaned(asked, raw, local_day(now))
    lines = [
        [field.label, in_words(field, asked.now_stands.get(field.id)), in_words(field, values[field.id])]
        for field in asked.fields
        if values[field.id] != asked.now_stands.get(field.id)
    ]
    if not lines:
        raise Invalid({asked.fields[0].id: NOTHING_NEW})
    touched, words = _of_whole(asked, values) if asked.licence is None else _of_scope(asked, values)
    answers = _answers(db, asked, values)
    words = {**words, "lines": lines}
    return start_about(
        db,
        asked.held,
        CHANGE,
        touched,
        user=user,
        words=words,
        now=now,
        evidence=evidence,
        answers=answers,
    ).number


def _cleaned(asked: Asking, raw: Raw, today: date) -> dict[str, Any]:
    context = {"items": [], "answers": {}, "regions": {}, "region": asked.held.row.region, "uploads": {}}
    others = {name: value for name, value in asked.now_stands.items() if name not in raw}
    cleaned = clean(asked.fields, raw, today=today, context={**others, **context})
    if cleaned.errors:
        raise Invalid(cleaned.errors)
    return cleaned.values


def _of_whole(asked: Asking, values: Mapping[str, Any]) -> tuple[list[Row[Any]], dict[str, object]]:
    """The licences that a change of the whole touches, and what is asked of each."""
    held = asked.held
    kinds = [kind for kind, (name, _) in WHOLE.items() if values[name] != asked.now_stands[name]]
    how = {row.id: {held.item(row).changes.get(kind) for kind in kinds} - {None} for row in held.live}
    touched = [row for row in held.live if how[row.id]]
    if "address" in kinds and held.busy:  # else a licence for the old place would join those for the new
        raise Invalid({ADDRESS: MOVING_WHILE_BUSY.format(number=min(held.busy.values()))})
    if not touched:
        raise NotNow("这张证上没有许可会因此变更，不用申请。")
    return touched, {
        "face": {WHOLE[kind][1]: values[WHOLE[kind][0]] for kind in kinds},
        "to_examine": [row.item for row in touched if REVIEW_IT in how[row.id]],
    }


def _of_scope(asked: Asking, values: Mapping[str, Any]) -> tuple[list[Row[Any]], dict[str, object]]:
    held, row = asked.held, asked.licence
    assert row is not None
    item = held.item(row)
    assert item.licence is not None
    # the words may read more than is asked for here, e.g. how goods are sold: that stays as it is
    scope = scope_in_words(held.deployment, item.licence, {**asked.now_stands, **values})
    reviewed = item.changes["scope"] == REVIEW_IT
    return [row], {
        "scopes": {row.item: {"answers": {**row.answers, **values}, "scope": scope}},
        "to_examine": [row.item] if reviewed else [],
    }


def _answers(db: Connection, asked: Asking, values: Mapping[str, Any]) -> dict[str, object]:
    """The answers of the case: the first one's, with what the certificate says by now and what is new."""
    first = db.execute(select(cases.c.answers).where(cases.c.id == asked.held.first.id)).scalar_one()
    stands = {question: asked.held.row._mapping[column] for question, column in WHOLE.values()}
    return {**first, **stands, **values}
