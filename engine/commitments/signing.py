"""Sign a promise for an item of a draft, or take it back; filing takes along those that still stand."""

import unicodedata
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.commitments.credit import Blocked, record_of
from engine.commitments.letter import letter_of
from engine.commitments.offer import offer_of
from engine.commitments.standing import SIGNED, promises_of
from engine.days import local_day
from engine.drafts import Draft, read_draft
from engine.drafts.subject import USCC, signatories
from engine.errors import Invalid, Refusal
from engine.people import User
from engine.said import COMMITMENT
from engine.tables import commitments

SIGNED_AS = "signed_as"
LONGEST_NAME = 50


class WhoFirst(Refusal):
    """The draft does not say yet who applies, so nobody can sign for them."""

    says = "还没有填写主体信息，系统不知道由谁签名。"
    do = "请先填完“主体信息”，再来选择告知承诺。"


def commit(
    db: Connection,
    *,
    user: User,
    draft: str,
    item: str,
    ticked: Collection[str],
    signed_as: str,
    now: datetime,
) -> None:
    """Keep that the applicant promises to meet every condition of an item; `ticked` are the points' ids.

    Raises NotFound where it is not offered, WhoFirst, Blocked, or Invalid at a point's id or at `signed_as`.
    """
    found = read_draft(db, user, draft, now)
    offer = offer_of(found, item)
    names = signatories(found.record.answers)
    if not names or not found.record.answers.get(USCC):
        raise WhoFirst
    refuse_blocked(db, found)
    name = {_tidy(each): each for each in names}.get(_tidy(signed_as[:LONGEST_NAME]))
    errors = {
        point.id: f"请确认“{point.text}”；还没有做到的，请按一般程序办理。" for point in offer.item.checklist
    }
    errors = {id: words for id, words in errors.items() if id not in ticked}
    if name is None:
        errors[SIGNED_AS] = (
            f"请由{'或者'.join(names)}签名：写的名字要和申请里的法定代表人（负责人）或者代理人一致。"
        )
    if errors or name is None:
        raise Invalid(errors)
    row = {
        "draft_id": found.id,
        "item": item,
        "conditions": [point.id for point in offer.item.checklist],
        "letter": letter_of(found, offer, name, local_day(now).isoformat()),
        "signed_as": name,
        "signed_at": now,
        "state": SIGNED,
    }
    statement = upsert(commitments).values(row)
    db.execute(statement.on_conflict_do_update(index_elements=["draft_id", "item"], set_=row))


def take_back(db: Connection, *, user: User, draft: str, item: str, now: datetime) -> None:
    """The item of a draft goes the usual way again; nothing happens when it does already."""
    found = read_draft(db, user, draft, now)
    db.execute(delete(commitments).where(commitments.c.draft_id == found.id, commitments.c.item == item))


def refuse_blocked(db: Connection, draft: Draft) -> None:
    """Raise Blocked when the draft's subject has a record that holds."""
    if record := record_of(db, str(draft.record.answers.get(USCC) or ""), draft.today):
        raise Blocked(record)


def ways_of(db: Connection, user: User, draft: str, now: datetime) -> Mapping[str, str]:
    """The items of a draft that go by promise; raises Blocked when one was signed that no longer may be."""
    if not db.execute(select(exists().where(commitments.c.draft_id == draft))).scalar():
        return {}
    found = read_draft(db, user, draft, now)
    standing = [each.item for each in promises_of(db, found) if not each.fallen]
    if standing:
        refuse_blocked(db, found)
    return dict.fromkeys(standing, COMMITMENT)


def keep_with_case(db: Connection, draft: str, case_id: int, ways: Collection[str]) -> None:
    """Tie the promises that stand to the case that the draft became, and drop those that fell away."""
    own = commitments.c.draft_id == draft
    db.execute(delete(commitments).where(own, commitments.c.item.not_in(list(ways))))
    db.execute(update(commitments).where(own).values(case_id=case_id))


def _tidy(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())
