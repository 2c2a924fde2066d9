"""People sign in by login and password, with the roles they have now."""

import pytest
from sqlalchemy import Connection, select, update

from engine.errors import NotFound
from engine.people import Membership, add_user, deactivate, find_user, sign_in
from engine.tables import users
from tests.engine.clerks import People
from tests.filing import DISTRICT, NOW, PASSWORD

FIRE = Membership("clerk", "fire", DISTRICT)


def test_login_and_password_sign_in_with_all_roles(desk: Connection, people: People) -> None:
    user = sign_in(desk, "fire", PASSWORD)
    assert user == people["fire"]
    assert user is not None and user.memberships == {FIRE}
    assert user.roles == {"clerk"}


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("fire", "wrong"),
        ("fire", ""),
        ("nobody", PASSWORD),
        ("", ""),
        ("FIRE", PASSWORD),
        ("fire ", PASSWORD),
    ],
)
def test_anything_else_does_not(desk: Connection, people: People, login: str, password: str) -> None:
    assert sign_in(desk, login, password) is None


def test_a_deactivated_person_neither_signs_in_nor_is_found(desk: Connection, people: People) -> None:
    deactivate(desk, "fire")
    assert sign_in(desk, "fire", PASSWORD) is None
    assert find_user(desk, people["fire"].id) is None


def test_a_login_that_does_not_exist_cannot_be_deactivated(desk: Connection, people: People) -> None:
    with pytest.raises(NotFound):
        deactivate(desk, "nobody")


def test_adding_a_login_again_renews_name_password_and_roles_and_opens_it(
    desk: Connection, people: People
) -> None:
    deactivate(desk, "fire")
    again = [Membership("supervisor", "", DISTRICT)]
    id = add_user(desk, login="fire", name="新名", password="a new password", roles=again, now=NOW)
    user = sign_in(desk, "fire", "a new password")
    assert user is not None
    assert (user.id, id) == (people["fire"].id, people["fire"].id)
    assert (user.name, user.memberships) == ("新名", frozenset(again))
    assert sign_in(desk, "fire", PASSWORD) is None


def test_a_password_is_kept_as_its_hash_only(desk: Connection, people: People) -> None:
    kept = desk.execute(select(users.c.password_hash).where(users.c.login == "applicant")).scalar_one()
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


def test_a_hash_that_is_none_lets_nobody_in(desk: Connection, people: People) -> None:
    desk.execute(update(users).where(users.c.login == "fire").values(password_hash="-"))
    assert sign_in(desk, "fire", "-") is None


def test_a_person_who_is_not_there_is_not_found(desk: Connection) -> None:
    assert find_user(desk, 10**9) is None
