"""An application that is filed twice at once, by a double click or from two tabs, is one case."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, func, select

from engine.commands.submit import submit
from engine.database import run, transaction
from engine.people import User
from engine.tables import cases, events
from tests.filing import NOW, ONLY_FOOD, fill_draft


def test_the_same_draft_filed_by_six_at_once_is_one_case(town: Engine, people: dict[str, User]) -> None:
    user = people["applicant"]
    with transaction(town) as db:
        draft = fill_draft(db, user, ONLY_FOOD)

    def file(number: int) -> str:
        return run(town, lambda db: submit(db, user=user, draft=draft, token="clicked", now=NOW))

    with ThreadPoolExecutor(6) as clicks:
        numbers = set(clicks.map(file, range(6)))
    with town.connect() as db:
        assert {db.execute(select(cases.c.number)).scalar_one()} == numbers
        assert db.execute(select(func.count()).select_from(events)).scalar_one() == 1
