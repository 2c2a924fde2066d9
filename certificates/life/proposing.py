"""An office proposes to suspend, resume or revoke a licence; another person of its authority decides."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from certificates.life.holding import Held, licences_of_office, seen_by_office
from certificates.life.possible import NotNow
from certificates.life.starting import start_about
from certificates.states import IN_FORCE, SUSPENDED
from engine.consequences import follow
from engine.errors import Invalid, NotAllowed
from engine.events import actor_of
from engine.happenings import Happened
from engine.lifecycle.settling import PROPOSED_BY
from engine.lifecycle.under_way import UnderWay
from engine.linked import KINDS, REISSUE, RESUMPTION, REVOCATION, SUSPENSION
from engine.people import User
from forms.characters import tidy
from forms.glyphs import fault_in_print

PROPOSALS = (SUSPENSION, RESUMPTION, REVOCATION)
REASONS, LONGEST_REASON = "reasons", 1000  # characters


def propose(
    db: Connection, *, user: User, number: str, licence: int, process: str, reasons: str, now: datetime
) -> str:
    """Propose one of PROPOSALS for a licence that an office of this person decides or supervises.

    `number` is the certificate's; returns that of the case. The holder of a licence that is to be revoked is
    told, and may state their view (行政许可法第七条). Raises NotFound, NotAllowed, NotNow, or Invalid.
    """
    held = seen_by_office(db, user, number, now, lock=True)
    row = held.licence(licence)
    if row.id not in licences_of_office(db, user, held):
        raise NotAllowed("这项许可不由您所在的部门决定或者监管。", "请联系这项许可的实施主体。")
    return propose_for(db, held, row, user=user, process=process, reasons=reasons, now=now)


def propose_for(
    db: Connection, held: Held, row: Row[Any], *, user: User, process: str, reasons: str, now: datetime
) -> str:
    """The same for whoever may propose it, e.g. a regulator whose finding advises it."""
    if why := why_not(held, row, process):
        raise NotNow(why)
    said = tidy(reasons)
    if not said:
        raise Invalid({REASONS: "请写明事实和依据的法条。"})
    if len(said) > LONGEST_REASON:
        raise Invalid({REASONS: f"最多 {LONGEST_REASON} 个字，请缩短。"})
    if fault := fault_in_print(said.replace("\t", " ")):  # the notice of a planned revocation says them
        raise Invalid({REASONS: fault})
    named = {"document": row.document, "number": row.number}
    words = {PROPOSED_BY: user.id, "proposed_by_name": user.name, "check_words": said, **named}
    case = start_about(db, held, process, [row], user=user, words=words, now=now)
    if process == REVOCATION:
        values = {"words": said, **named}
        planned = Happened(
            "revocation_planned", case, held.deployment, actor_of(user.id), (row.item,), values
        )
        follow(db, planned, now)
    return case.number


def why_not(held: Held, row: Row[Any], process: str) -> str:
    """Why this cannot be proposed now, "" when it can."""
    if waits := [each for each in held.under_way if each.item == row.item and _goes_first(each)]:
        return f"正在办理另一件（{waits[0].number}），办完以后再提出。"
    if row.item not in held.catalogue.items:
        return "这个事项的规定已经变了，请联系流程设计人员。"
    if process == SUSPENSION and row.state not in IN_FORCE:
        return "这项许可已经暂停。"
    if process == RESUMPTION and row.state != SUSPENDED:
        return "这项许可没有暂停，不用恢复。"
    return ""


def _goes_first(other: UnderWay) -> bool:
    """Whether a proposal waits for another case about the licence: for that of an office, and for a copy.

    What the holder asks for holds up no office, or a new wish each week would put off what the law demands
    (行政许可法第六十九条); only the further copy, done within a day, needs a licence that can be printed.
    """
    return not other.process or not KINDS[other.process].asked or other.process == REISSUE
