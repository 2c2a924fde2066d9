"""A holder asks to renew a licence, to end licences, or for a further copy of the certificate."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from certificates.life.holding import Held, answers_of, held_by
from certificates.life.possible import for_licence, for_whole, refuse_unless
from certificates.life.starting import Evidence, start_about
from engine.days import LOCAL, local_day
from engine.errors import Invalid
from engine.handlers import days_of
from engine.linked import CANCELLATION, REISSUE, RENEWAL
from engine.people import User
from forms.glyphs import fault_in_print

LONGEST_REASON = 200  # characters
LICENCES, REASONS = "licences", "reasons"


@dataclass(frozen=True)
class NewTerm:
    """What a renewal would bring: the last day if it were decided today; `moves` when that day decides."""

    until: date | None
    moves: bool


def term_if_renewed(db: Connection, held: Held, licence: Row[Any], today: date) -> NewTerm:
    """The term that the rule of the licence's item gives to a renewal."""
    item, answers = held.item(licence), answers_of(db, licence)
    today_or_last = (today, licence.valid_until)
    terms = [days_of(item, answers, decided, licence.valid_until)[1] for decided in today_or_last]
    return NewTerm(terms[0], terms[0] != terms[1])


def ask_renewal(
    db: Connection, *, user: User, public_id: str, licence: int, evidence: Sequence[Evidence], now: datetime
) -> str:
    """Ask to renew a licence within its window (行政许可法第五十条); the number of the case."""
    held = held_by(db, user, public_id, now, lock=True)
    row = held.licence(licence)
    refuse_unless(next(each for each in for_licence(held, row, local_day(now)) if each.process == RENEWAL))
    ends = datetime.combine(row.valid_until + timedelta(days=1), datetime.min.time(), LOCAL)
    words = {"term_ends": ends.isoformat(), "to_examine": [row.item]}
    return start_about(db, held, RENEWAL, [row], user=user, words=words, now=now, evidence=evidence).number


def ask_cancellation(
    db: Connection,
    *,
    user: User,
    public_id: str,
    chosen: Collection[int],
    reasons: str,
    now: datetime,
) -> str:
    """Ask to end the chosen licences (行政许可法第七十条); the number of the case."""
    held = held_by(db, user, public_id, now, lock=True)
    if not chosen:
        raise Invalid({LICENCES: "请选择要注销的许可。"})
    rows = [held.licence(each) for each in sorted(chosen)]
    for row in rows:
        possible = for_licence(held, row, local_day(now))
        refuse_unless(next(each for each in possible if each.process == CANCELLATION))
    words = {"reasons": _reasons(reasons, needed=False)}
    return start_about(db, held, CANCELLATION, rows, user=user, words=words, now=now).number


def ask_reissue(db: Connection, *, user: User, public_id: str, reasons: str, now: datetime) -> str:
    """Ask for a further copy of a lost or damaged certificate; the number of the case."""
    held = held_by(db, user, public_id, now, lock=True)
    refuse_unless(next(each for each in for_whole(held) if each.process == REISSUE))
    words = {"reasons": _reasons(reasons, needed=True)}
    return start_about(db, held, REISSUE, held.live, user=user, words=words, now=now).number


def _reasons(typed: str, *, needed: bool) -> str:
    said = " ".join(typed.split())
    if needed and not said:
        raise Invalid({REASONS: "请写明证照是怎样遗失或者损坏的。"})
    if len(said) > LONGEST_REASON:
        raise Invalid({REASONS: f"最多 {LONGEST_REASON} 个字，请缩短。"})
    if fault := fault_in_print(said):  # letters say them
        raise Invalid({REASONS: fault})
    return said
