"""What is applied for to join a certificate is for the same holder and place, and is not on it already."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.drafts.subject import LEGAL_REP, OPERATOR, USCC
from engine.errors import Invalid, Refusal
from engine.lifecycle.under_way import under_way
from engine.linked import CHANGE
from engine.tables import cases, certificates, licences

ADDRESS = "op_address"  # id in forms/definitions/fields.yaml
# What a certificate states of its holder and place: the question that asks it → the column that keeps it.
STATED: Mapping[str, str] = {OPERATOR: "operator", LEGAL_REP: "legal_representative", ADDRESS: "address"}
ENDED = ("cancelled", "revoked", "expired")  # states of a licence after which it may be applied for again

ANOTHER = (
    "证上写的是“{stands}”，和这里填的不一样。增加的许可要和证上的一致；确有变动的，请先在证照页面申请变更。"
)
MOVING = "这张证正在变更地址（{number}），办完以后再增加许可。"
ANOTHER_SUBJECT = "证是发给统一社会信用代码为{stands}的主体的。换了主体，不能增加到这张证上，请重新申请。"


class CannotJoin(Refusal):
    """What is applied for is on the certificate, or under way, or nothing can join it any more."""

    do = "请从“我的办件”进入证照页面，看看现在能增加什么。"


def refuse_while_moving(db: Connection, first: int) -> None:
    """Raise CannotJoin while the certificate of case `first` is about to change its address.

    A licence for the old place would join those for the new one, where nobody has examined it.
    """
    moves = cases.c.words["face"][STATED[ADDRESS]].as_string().is_not(None)
    query = select(cases.c.number).where(
        cases.c.parent_id == first, cases.c.process == CHANGE, cases.c.ended_at.is_(None), moves
    )
    if number := db.execute(query.limit(1)).scalar():
        raise CannotJoin(MOVING.format(number=number))


def refuse_unless_joins(
    db: Connection, first: int, items: Collection[str], answers: Mapping[str, object]
) -> None:
    """Lock the certificate of case `first`, and see that these items with these answers may join it.

    Raises Invalid at a question that is answered otherwise than the certificate says, CannotJoin when an
    item is there or under way, also since a moment ago, or the certificate is moving.
    """
    stands = db.execute(select(certificates).where(certificates.c.case_id == first).with_for_update()).one()
    if stands.lapsed_at is not None:
        raise CannotJoin("这张证已经失效，不能再增加许可。")
    refuse_while_moving(db, first)
    errors = _at_odds(stands, {USCC: None, **answers})
    if errors:
        raise Invalid(errors)
    _refuse_twice(db, first, stands.id, items)


def refuse_to_correct_away(db: Connection, first: int, changed: Mapping[str, object]) -> None:
    """Raise Invalid where a new answer says otherwise than the certificate of case `first`.

    What is not answered anew is not looked at: the certificate may have changed since, and then nobody
    could answer.
    """
    stands = db.execute(select(certificates).where(certificates.c.case_id == first)).one()
    if errors := _at_odds(stands, changed):
        raise Invalid(errors)


def _at_odds(stands: Row[Any], answers: Mapping[str, object]) -> dict[str, str]:
    """What is wrong with the answers that differ from what the certificate says, by question."""
    columns = {**STATED, USCC: "uscc"}
    return {
        question: (ANOTHER_SUBJECT if question == USCC else ANOTHER).format(stands=stands._mapping[column])
        for question, column in columns.items()
        if question in answers and answers[question] != stands._mapping[column]
    }


def _refuse_twice(db: Connection, first: int, certificate: int, items: Collection[str]) -> None:
    for each in under_way(db, first):
        if each.item in items:
            raise CannotJoin(f"要增加的许可里有一项正在办理（{each.number}），不用再申请。")
    on_it = select(licences.c.name).where(
        licences.c.certificate_id == certificate, licences.c.item.in_(items), licences.c.state.not_in(ENDED)
    )
    if names := "、".join(db.execute(on_it.order_by(licences.c.id)).scalars()):
        raise CannotJoin(f"“{names}”已经在证上，不用再申请。")
