"""Every case of the spec, counted in Python and by the query."""

import pytest
from sqlalchemy import Connection, text

from engine.clock.calendar import write_out
from engine.clock.count import light_of, state_of
from engine.clock.ledger import STATUTORY, Key
from engine.clock.lights import compute_case
from tests.engine.clock.ledgers import NOW, add_case, computed, keep
from tests.engine.clock.spec import Case, cases

CASES = tuple(cases())


def test_there_are_enough_cases_and_no_two_have_one_name() -> None:
    assert len({each.name for each in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_clock_shows(case: Case) -> None:
    state = state_of(case.entries, case.calendar, case.today)
    assert state is not None
    named = {
        "projected": state.projected,
        "provisional": state.provisional,
        "stopped": state.stopped_on is not None,
    }
    flags = {name for name, holds in named.items() if holds}
    assert (state.due_on, state.light, state.remaining, flags) == (
        case.due,
        case.light,
        case.left,
        case.flags,
    )
    assert state.used + state.remaining == state.allowed + state.extended


def test_the_query_shows_the_same(db: Connection) -> None:
    places = {case.name: f"{200000 + number:06}" for number, case in enumerate(CASES)}
    ids = {case.name: add_case(db, places[case.name]) for case in CASES}
    user = db.execute(text("select min(id) from users")).scalar_one()
    close = text("insert into calendar_days values (:region, :day, :works, '试', :user, :now)")
    for case in CASES:
        for day, works in case.calendar.days.items():
            region = places[case.name]
            db.execute(close, {"region": region, "day": day, "works": works, "user": user, "now": NOW})
    write_out(db)
    wrong = [case.name for case in CASES if not _same(db, case, ids[case.name])]
    assert wrong == []


def _same(db: Connection, case: Case, case_id: int) -> bool:
    keep(db, case_id, case.entries)
    compute_case(db, case_id, case.today)
    state, due_on, yellow_from, provisional = computed(db, case_id)[Key(STATUTORY, "one")]
    named = {"projected": state == "paused", "provisional": provisional, "stopped": state == "stopped"}
    light = light_of(state, due_on, yellow_from, case.today)
    return (due_on, light, {name for name, holds in named.items() if holds}) == (
        case.due,
        case.light,
        case.flags,
    )
