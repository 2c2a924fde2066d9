"""Two clerks of a window record at the same moment: one is kept, the other is told, nothing breaks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, Engine

from engine.database import run
from engine.errors import Refusal
from engine.handouts.carrier import Slip
from engine.handouts.handing import Given, hand_over, note_arrival, send
from engine.queries.handouts import Way, handouts_of_case
from tests.engine.clerks import People, case_of
from tests.filing import NOW

GIVEN = Given("张春和", identity_checked=True)


def posted(db: Connection, people: People, who: str, handout: int) -> None:
    parcel = {"carrier": Slip(), "tracking": "EA123456789CN"}
    send(db, user=people[who], handout=handout, given=GIVEN, now=NOW, **parcel)


def handed(db: Connection, people: People, who: str, handout: int) -> None:
    hand_over(db, user=people[who], handout=handout, given=GIVEN, now=NOW)


def ways(db: Connection, number: str) -> tuple[Way, ...]:
    return handouts_of_case(db, case_of(db, number).id)[0].ways


@pytest.mark.parametrize("other", [posted, handed])
def test_of_two_who_record_at_once_the_second_is_told(
    engine: Engine, issued: str, people: People, other: Callable[[Connection, People, str, int], None]
) -> None:
    with engine.begin() as db:
        handout = handouts_of_case(db, case_of(db, issued).id)[0].id
    with engine.connect() as first, ThreadPoolExecutor(1) as pool:
        posted(first, people, "window", handout)
        late = pool.submit(run, engine, lambda db: other(db, people, "window2", handout))
        with pytest.raises(TimeoutError):
            late.result(timeout=1)
        first.commit()
        with pytest.raises(Refusal):
            late.result(timeout=10)
        assert [each.state for each in ways(first, issued)].count("underway") == 1
        assert "delivered" not in [each.state for each in ways(first, issued)]
        back = {"arrived": False, "day": "", "words": "测试完毕", "now": NOW}
        note_arrival(first, user=people["window"], handout=handout, **back)
        first.commit()
