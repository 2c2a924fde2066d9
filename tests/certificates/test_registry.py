"""Anybody finds a certificate by what is public of it, and nobody can list persons."""

from importlib import import_module

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, select, text, update

from certificates.registry import ENDED, VALID, Wanted, search
from engine.errors import Invalid
from engine.tables import certificates, licences, registry_entries
from tests.certificates.test_register import NOW, first_issue, make_case, set_state


@pytest.fixture
def shop(db: Connection) -> int:
    """The case of a certificate with two licences: 家常菜馆, 柳泉路128号."""
    case = make_case(db, "0001")
    first_issue(db, case)
    return case


def found(db: Connection, words: str = "", industry: str = "", state: str = "") -> list[str]:
    page = search(db, Wanted(words, industry, state), NOW)
    return [entry.number for entry in page.entries]


NUMBER = "370303-YZ-2026-000001"


@pytest.mark.parametrize(
    "words",
    [
        "家常",
        "常菜馆",
        "柳泉路",
        "128号",
        "菜馆 柳泉",
        "柳泉路（128）号",
        "１２８号",
        NUMBER,
        "370303-yz-2026",
        "92370303MA3T00001X",
        "N0001-1",
    ],
)
def test_it_is_found_by_part_of_name_or_address_and_by_its_numbers(
    db: Connection, shop: int, words: str
) -> None:
    assert found(db, words) == [NUMBER]


@pytest.mark.parametrize("words", ["馆柳", "常家", "家常 火锅", "张三丰", "N0001", "%%", "家_菜"])
def test_what_does_not_stand_there_finds_nothing(db: Connection, shop: int, words: str) -> None:
    try:
        assert found(db, words) == []
    except Invalid as invalid:
        assert words == "%%" and "两个字" in invalid.errors["q"]


@pytest.mark.parametrize("words", ["", "  ", "家", "家常 馆"])
def test_too_little_is_asked_for_again(db: Connection, shop: int, words: str) -> None:
    with pytest.raises(Invalid):
        found(db, words)


def test_an_industry_alone_is_enough(db: Connection, shop: int) -> None:
    assert found(db, industry="restaurant") == [NUMBER]
    assert found(db, industry="hotel") == []


def test_by_state_those_with_a_licence_that_ended_are_apart(db: Connection, shop: int) -> None:
    assert (found(db, "家常", state=VALID), found(db, "家常", state=ENDED)) == ([NUMBER], [])
    set_state(db, shop, "tobacco_retail", "revoked")
    assert (found(db, "家常", state=VALID), found(db, "家常", state=ENDED)) == ([], [NUMBER])


def test_an_entry_tells_its_licences_and_no_person(db: Connection, shop: int) -> None:
    set_state(db, shop, "tobacco_retail", "revoked")
    [entry] = search(db, Wanted("家常"), NOW).entries
    assert (entry.state, [line.state for line in entry.licences]) == ("部分有效", ["有效", "已撤销"])
    assert "张三丰" not in repr(entry) and "张*" not in repr(entry)


def test_what_left_the_paper_is_not_held_against_it(db: Connection, shop: int) -> None:
    set_state(db, shop, "tobacco_retail", "revoked")
    first_issue(db, shop, "撤销一项许可")
    [entry] = search(db, Wanted("家常"), NOW).entries
    assert (entry.state, [line.state for line in entry.licences]) == ("有效", ["有效"])
    assert (found(db, "家常", state=VALID), found(db, "家常", state=ENDED)) == ([NUMBER], [])


@pytest.mark.parametrize("words", ["N0001-1", "n0001-1", "家常 N0001-1"])
def test_a_licence_that_left_the_paper_is_listed_with_its_state_by_its_whole_number(
    db: Connection, shop: int, words: str
) -> None:
    set_state(db, shop, "tobacco_retail", "revoked")
    first_issue(db, shop, "撤销一项许可")
    [entry] = search(db, Wanted(words), NOW).entries
    assert [(line.number, line.state) for line in entry.earlier] == [("N0001-1", "已撤销")]
    assert (entry.state, [line.number for line in entry.licences]) == ("有效", ["N0001-0"])
    [entry] = search(db, Wanted("N0001-0"), NOW).entries
    assert entry.earlier == ()


def test_after_a_new_issue_it_is_found_by_the_new_name_only(db: Connection, shop: int) -> None:
    db.execute(update(certificates).where(certificates.c.case_id == shop).values(operator="春和酒楼"))
    first_issue(db, shop, "变更名称")
    assert (found(db, "春和"), found(db, "家常")) == ([NUMBER], [])


def test_pages_follow_one_another_without_a_gap(db: Connection, shop: int) -> None:
    for turn in ("0002", "0003"):
        first_issue(db, make_case(db, turn))
    first = search(db, Wanted("家常"), NOW, most=2)
    second = search(db, Wanted("家常"), NOW, after=first.next, most=2)
    numbers = [entry.number for page in (first, second) for entry in page.entries]
    assert numbers == [f"370303-YZ-2026-00000{i}" for i in (3, 2, 1)]
    assert first.next is not None and second.next is None


def test_what_the_migration_entered_is_what_issuing_enters(db: Connection, shop: int) -> None:
    [entered] = db.execute(select(registry_entries)).all()
    db.execute(registry_entries.delete())
    migration = import_module("engine.migrations.versions.0006_codes")
    with Operations.context(MigrationContext.configure(db)):
        migration._enter_all(registry_entries)
    assert db.execute(select(registry_entries)).all() == [entered]


def test_the_migration_finds_what_the_newest_issue_states(db: Connection, shop: int) -> None:
    set_state(db, shop, "tobacco_retail", "revoked")
    first_issue(db, shop, "撤销一项许可")
    query = select(licences.c.item, licences.c.printed).order_by(licences.c.id)
    written = db.execute(query).all()
    assert [row.printed for row in written] == [True, False]
    db.execute(update(licences).values(printed=False))
    db.execute(text(import_module("engine.migrations.versions.0009_printed").PRINTED))
    assert db.execute(query).all() == written
