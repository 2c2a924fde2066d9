"""What holds for every ledger, and that the one query says the same as the count in Python."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, insert, select, text

from engine.clock.calendar import read_calendar, write_out
from engine.clock.count import light_of, state_of
from engine.clock.ledger import EXTEND, PAUSE, RESUME, START, STATUTORY, STOP, Entry, by_clock
from engine.clock.lights import compute_all, compute_case, light
from engine.days import NATIONAL, Calendar
from engine.tables import calendar_days, calendar_years, clocks
from tests.engine.clock.ledgers import NOW, add_case, computed, keep

FIRST = date(2025, 9, 15)  # near National Day, the Spring Festival, and years that nobody has announced
far = st.integers(0, 900).map(lambda number: FIRST + timedelta(days=number))
near = st.integers(0, 45).map(lambda number: FIRST + timedelta(days=number))
days = near | far
small = st.integers(0, 30)
ITEMS = ("one", "two", "three")
PLACES = ("370303", "370305", "somewhere")


@st.composite
def ledgers(draw: st.DrawFn, items: Sequence[str] = ITEMS, most: int = 24) -> list[Entry]:
    """Entries in any order and on any days, also such as no happening would write."""
    made: list[Entry] = []
    when = draw(st.sampled_from([near, days]))
    for number in range(1, draw(st.integers(1, most)) + 1):
        entry = START if number == 1 else draw(st.sampled_from([START, PAUSE, PAUSE, RESUME, EXTEND, STOP]))
        pauses = [each for each in made if each.entry == PAUSE]
        if entry == RESUME and not pauses:
            entry = PAUSE
        closed = draw(st.sampled_from(pauses)) if entry == RESUME else None
        made.append(
            Entry(
                id=number,
                clock=STATUTORY,
                item=closed.item if closed else draw(st.sampled_from(items)),
                entry=entry,
                on_day=draw(when),
                days=draw(st.none() | small) if entry == PAUSE else draw(small),
                kind="testing" if entry == PAUSE else None,
                closes=closed.id if closed else None,
                warn_days=draw(st.none() | st.integers(0, 3)) if entry == START else None,
            )
        )
    return made


@st.composite
def running(draw: st.DrawFn) -> list[Entry]:
    """A clock as happenings write it: started, then paused, resumed and prolonged as the days go by."""
    made = draw(ledgers(items=("",), most=10))
    made = [each for number, each in enumerate(made) if number == 0 or each.entry not in (START, STOP)]
    order = sorted(each.on_day for each in made)
    return [replace(each, on_day=day) for each, day in zip(made, order, strict=True)]


@given(running(), days)
def test_used_and_remaining_are_what_was_allowed_and_added(entries: list[Entry], today: date) -> None:
    state = state_of(entries, NATIONAL, today)
    assert state is not None
    assert state.used + state.remaining == state.allowed + state.extended
    passed = max(NATIONAL.working_days_between(state.started_on, today), 0)
    assert state.used + state.paused_days == passed
    assert min(state.used, state.paused_days) >= 0


@given(running(), days, days, st.none() | small)
def test_a_pause_never_shortens(entries: list[Entry], today: date, on: date, length: int | None) -> None:
    more = [*entries, Entry(99, STATUTORY, PAUSE, on, days=length, kind="testing")]
    before, after = state_of(entries, NATIONAL, today), state_of(more, NATIONAL, today)
    assert before is not None and after is not None
    assert after.due_on >= before.due_on
    assert after.yellow_from >= before.yellow_from


@given(running(), days, small, st.integers(1, 30))
def test_more_days_are_never_due_earlier(entries: list[Entry], today: date, allowed: int, more: int) -> None:
    first, *rest = entries
    short = state_of([replace(first, days=allowed), *rest], NATIONAL, today)
    long = state_of([replace(first, days=allowed + more), *rest], NATIONAL, today)
    assert short is not None and long is not None
    assert long.due_on > short.due_on


@given(running(), days, small)
def test_an_extension_is_as_good_as_having_had_the_days_from_the_start(
    entries: list[Entry], today: date, more: int
) -> None:
    first, *rest = entries
    given_at_once = state_of([replace(first, days=(first.days or 0) + more), *rest], NATIONAL, today)
    given_later = state_of([*entries, Entry(99, STATUTORY, EXTEND, today, days=more)], NATIONAL, today)
    assert given_at_once is not None and given_later is not None
    assert given_later.due_on == given_at_once.due_on


@given(running(), days)
def test_a_projected_date_never_lies_behind(entries: list[Entry], today: date) -> None:
    state = state_of(entries, NATIONAL, today)
    assert state is not None
    if state.projected and state.started_on <= today:
        assert state.due_on > today


@given(running(), days)
def test_yellow_comes_when_as_many_days_remain_as_the_region_warns_of(
    entries: list[Entry], today: date
) -> None:
    state, warn = state_of(entries, NATIONAL, today), entries[0].warn_days
    assert state is not None
    if state.state == "running" and today >= state.started_on:
        near = state.remaining <= (1 if warn is None else warn)
        assert (state.light in ("yellow", "red")) == near
        assert state.late <= (state.light == "red")


@given(running(), days)
def test_the_last_line_ends_at_the_day_on_which_it_was_written(entries: list[Entry], today: date) -> None:
    state = state_of(entries, NATIONAL, entries[-1].on_day)
    assert state is not None
    assert state.lines[-1].due_on == state.due_on
    assert len(state.lines) == len(entries)


def _lay_down(db: Connection, own: dict[date, bool], city: dict[date, bool], years: set[int]) -> None:
    db.execute(text("delete from calendar_days"))
    db.execute(text("delete from calendar_years"))
    user = db.execute(text("select min(id) from users")).scalar_one()
    said = {"reason": "试", "set_by": user, "set_at": NOW}
    rows = [
        {"region": region, "day": day, "works": works, **said}
        for region, laid in (("370303", own), ("370300", city), ("", {}))
        for day, works in laid.items()
    ]
    if rows:
        db.execute(insert(calendar_days).values(rows))
    for year in years:
        db.execute(insert(calendar_years).values(year=year, source="试", set_by=user, set_at=NOW))
    write_out(db)


laid = st.dictionaries(days, st.booleans(), max_size=4)


@settings(max_examples=50, phases=[Phase.explicit, Phase.generate])  # made smaller, it would take minutes
@given(st.lists(ledgers(), min_size=1, max_size=3), laid, laid, st.sets(st.sampled_from([2027, 2028])), days)
def test_the_query_says_the_same_as_the_count(
    shared_engine: Engine,
    made: list[list[Entry]],
    own: dict[date, bool],
    city: dict[date, bool],
    years: set[int],
    today: date,
) -> None:
    with shared_engine.connect() as db:
        ids = [add_case(db, place) for place in PLACES[: len(made)]]
        kept = [keep(db, id, ledger) for id, ledger in zip(ids, made, strict=True)]
        _lay_down(db, own, city, years)
        for id, place, entries in zip(ids, PLACES, kept, strict=False):
            compute_case(db, id, today)
            assert computed(db, id) == _expected(entries, read_calendar(db, place), today)
            assert _lights(db, id, today)
        assert compute_all(db, today) == 0, "all at once, or one by one"
        db.rollback()


def _lights(db: Connection, case_id: int, today: date) -> bool:
    """Whether every row's colour is the same in a list and in Python."""
    rows = db.execute(select(clocks, light(today).label("light")).where(clocks.c.case_id == case_id))
    return all(row.light == light_of(row.state, row.due_on, row.yellow_from, today) for row in rows)


def _expected(
    entries: Sequence[Entry], calendar: Calendar, today: date
) -> dict[object, tuple[str, date, date, bool]]:
    states = {key: state_of(own, calendar, today) for key, own in by_clock(entries).items()}
    return {
        key: (state.state, state.due_on, state.yellow_from, state.provisional)
        for key, state in states.items()
        if state is not None
    }
