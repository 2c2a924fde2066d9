"""The head of the lead department, who answers when the window wants a second notice."""

from sqlalchemy import Connection

from engine.commands.answer_approval import answer_approval
from engine.corrections.second import ask_second
from engine.people import Hashed, Membership, User, add_user, find_user
from tests.filing import DISTRICT, NOW


def add_head(db: Connection) -> User:
    """Somebody who heads the approval bureau of the district, without a password to sign in with."""
    roles = [Membership("head", "approval", DISTRICT)]
    head = find_user(
        db, add_user(db, login="a_head", name="局长", password=Hashed("-"), roles=roles, now=NOW)
    )
    assert head is not None
    return head


def allow_second(db: Connection, window: User, head: User, number: str, *, granted: bool = True) -> None:
    """The window asks for a further notice and the head answers."""
    asked = ask_second(db, user=window, number=number, reason="新的图与申请不一致。", now=NOW)
    answer_approval(db, user=head, approval=asked, granted=granted, words="知悉", now=NOW)
