"""A regulator finds the certificates of its regions by the indexes of the registry, never by reading all."""

from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from certificates.code.bench import fill
from engine.errors import Invalid
from engine.queries.supervised import find_supervised
from engine.tables import certificates
from tests.engine.clerks import People, case_of
from tests.filing import ANSWERS

NAME, ADDRESS = str(ANSWERS["ent_name"]), str(ANSWERS["op_address"])


def found(db: Connection, people: People, words: str, login: str = "regulator") -> list[str]:
    return [each.case_number for each in find_supervised(db, people[login], words)]


@pytest.mark.parametrize("words", [NAME, NAME[-6:-2], f"{NAME[2:4]} {NAME[-4:]}", ADDRESS[-6:]])
def test_parts_of_name_and_address_find_it_in_one_s_own_regions(
    desk: Connection, granted: str, people: People, words: str
) -> None:
    assert found(desk, people, words) == [granted]
    assert found(desk, people, words, "regulator_elsewhere") == []


def test_its_numbers_and_the_subject_s_code_find_it(desk: Connection, granted: str, people: People) -> None:
    row = desk.execute(certificates.select().where(certificates.c.case_id == case_of(desk, granted).id)).one()
    for words in (row.number, row.uscc, row.uscc.lower(), row.public_id):
        assert found(desk, people, words) == [granted], words
    assert found(desk, people, "不存在的名称") == found(desk, people, "  ") == []
    with pytest.raises(Invalid):
        found(desk, people, "餐")


@pytest.fixture
def many(desk: Connection, granted: str) -> Connection:
    """The town with some thousand other certificates, and what PostgreSQL knows of their number."""
    fill(desk, 5000)
    desk.execute(text("select gin_clean_pending_list('ix_registry_entries_pairs')"))
    for table in ("cases", "certificates", "licences", "registry_entries"):
        desk.execute(text(f"analyze {table}"))
    return desk


def test_no_search_reads_all_certificates(many: Connection, people: People) -> None:
    plans: list[str] = []

    def explain(_db: Any, cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        cursor.execute(f"explain {statement}", parameters)
        plans.extend(line for (line,) in cursor.fetchall())

    event.listen(many, "before_cursor_execute", explain)
    for words in ("春和餐饮", NAME, "370303-YZ-2026-000001", "91370303MA3XXXXX0X"):
        plans.clear()
        found(many, people, words)
        plan = "\n".join(plans)
        used = "ix_registry_entries_number" if words[0] in "39" else "ix_registry_entries_pairs"
        assert used in plan and "Seq Scan" not in plan and "Scan Backward" not in plan, plan
    event.remove(many, "before_cursor_execute", explain)
