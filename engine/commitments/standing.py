"""What was promised in a draft, and whether each promise still stands as the answers are now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, select

from engine.commitments.credit import Record, record_of
from engine.commitments.offer import Offer, offered
from engine.drafts import Draft
from engine.drafts.subject import USCC, signatories
from engine.tables import commitments

SIGNED, WITHDRAWN = "signed", "withdrawn"


@dataclass(frozen=True)
class Promise:
    """One signed letter; `fallen` says why it does not count any more, "" while it does."""

    item: str
    name: str
    letter: Mapping[str, object]
    signed_as: str
    signed_at: datetime
    fallen: str


def promises_of(db: Connection, draft: Draft) -> tuple[Promise, ...]:
    """All that was signed for a draft and not taken back, also what the answers have made void since."""
    query = select(commitments).where(commitments.c.draft_id == draft.id, commitments.c.state == SIGNED)
    offers = {each.item.id: each for each in offered(draft)}
    rows = db.execute(query.order_by(commitments.c.signed_at, commitments.c.id))
    return tuple(
        Promise(
            row.item,
            str(row.letter["item"]),
            row.letter,
            row.signed_as,
            row.signed_at,
            _why_fallen(draft, row, offers.get(row.item)),
        )
        for row in rows
    )


def _why_fallen(draft: Draft, row: Row[tuple[object, ...]], offer: Offer | None) -> str:
    if offer is None:
        return "按您现在填写的内容，这个事项不再适用告知承诺。"
    if {each.id for each in offer.item.checklist} != set(row.conditions):
        return "办理条件有更新，要按新的条件重新承诺。"
    if row.letter["uscc"] != draft.record.answers.get(USCC):
        return "申请的主体改了，要由现在的主体重新承诺。"
    if row.signed_as not in signatories(draft.record.answers):
        return "签名的人已经不是法定代表人（负责人）或者代理人，要重新签名。"
    return ""


@dataclass(frozen=True)
class Choices:
    """What the applicant may promise and has promised; `record` is what stands in the way, if anything."""

    offers: tuple[Offer, ...]
    promises: Mapping[str, Promise]
    record: Record | None

    @property
    def standing(self) -> tuple[Promise, ...]:
        """The promises that will be filed."""
        return tuple(each for each in self.promises.values() if not each.fallen and not self.record)

    @property
    def fallen(self) -> tuple[Promise, ...]:
        """The promises that later answers have made void: their items go the usual way."""
        return tuple(each for each in self.promises.values() if each.fallen)


def choices_of(db: Connection, draft: Draft) -> Choices:
    """The choices of a draft as it stands."""
    promises = {each.item: each for each in promises_of(db, draft)}
    record = record_of(db, str(draft.record.answers.get(USCC) or ""), draft.today)
    return Choices(offered(draft), promises, record)
