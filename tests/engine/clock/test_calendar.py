"""The administrator's calendar: nearest first, over the announced days, and every clock follows it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, Engine, select

from engine.clock.calendar import FIRST, LAST, chain, read_calendar, write_out
from engine.clock.ledger import STATUTORY, Key
from engine.clock.lights import compute_case
from engine.commands.calendar import declare_year, remove_calendar_day, set_calendar_day
from engine.days import NATIONAL, Calendar
from engine.errors import Invalid, NotAllowed, NotFound
from engine.people import Membership, User, add_user, find_user, hashed
from engine.tables import working_days
from tests.engine.clock.ledgers import add_case, computed, keep, start

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
MONDAY, TUESDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 28)
DISTRICT, NEIGHBOUR, CITY = "370303", "370305", "370300"


def person(db: Connection, role: str) -> User:
    roles = [Membership(role)]
    id = add_user(db, login=role, name=role, password=hashed("onepermit"), roles=roles, now=NOW)
    found = find_user(db, id)
    assert found is not None
    return found


@pytest.fixture
def keeper(db: Connection) -> User:
    return person(db, "administrator")


def close(db: Connection, keeper: User, region: str, day: date, works: bool = False) -> int:
    return set_calendar_day(db, user=keeper, region=region, day=day, works=works, reason="停电检修", now=NOW)


def test_a_region_belongs_to_those_whose_codes_stand_above_its_own() -> None:
    assert chain("370303") == ("370303", "370300", "370000", "")
    assert chain("370300") == ("370300", "370000", "")
    assert chain("") == ("",)
    assert chain("somewhere") == ("somewhere", "")


def test_a_fresh_database_has_the_calendar_written_out(db: Connection) -> None:
    rows = db.execute(select(working_days).where(working_days.c.region == "")).all()
    assert {row.day for row in rows} == {
        date.fromordinal(number) for number in range(FIRST.toordinal(), LAST.toordinal() + 1)
    }
    assert all(row.works == NATIONAL.is_working(row.day) for row in rows)
    assert all(row.provisional == NATIONAL.is_provisional(row.day) for row in rows)
    assert not write_out(db), "nothing has changed since"


def test_a_closing_of_the_city_holds_in_its_districts_and_nowhere_else(db: Connection, keeper: User) -> None:
    close(db, keeper, CITY, TUESDAY)
    assert not read_calendar(db, DISTRICT).is_working(TUESDAY)
    assert read_calendar(db, "370102").is_working(TUESDAY)
    assert read_calendar(db, "").is_working(TUESDAY)


def test_what_a_district_lays_down_goes_before_its_city(db: Connection, keeper: User) -> None:
    close(db, keeper, CITY, TUESDAY)
    close(db, keeper, DISTRICT, TUESDAY, works=True)
    assert read_calendar(db, DISTRICT).is_working(TUESDAY)
    assert not read_calendar(db, NEIGHBOUR).is_working(TUESDAY)


def test_a_saturday_can_be_made_a_working_day(db: Connection, keeper: User) -> None:
    close(db, keeper, "", SATURDAY, works=True)
    assert read_calendar(db, DISTRICT).is_working(SATURDAY)


def test_the_calendar_written_out_is_the_calendar_read(db: Connection, keeper: User) -> None:
    close(db, keeper, CITY, TUESDAY)
    close(db, keeper, DISTRICT, SATURDAY, works=True)
    calendar = read_calendar(db, DISTRICT)
    rows = db.execute(
        select(working_days).where(working_days.c.region == DISTRICT).order_by(working_days.c.day)
    ).all()
    assert [row.works for row in rows] == [calendar.is_working(row.day) for row in rows]
    assert rows[-1].ordinal == sum(row.works for row in rows)


def test_a_closing_moves_the_dates_of_open_cases_and_taking_it_back_moves_them_back(
    db: Connection, keeper: User
) -> None:
    here, elsewhere = add_case(db, DISTRICT), add_case(db, "370102")
    for case_id in (here, elsewhere):
        keep(db, case_id, [start(MONDAY, 5)])
        compute_case(db, case_id, MONDAY)
    clock = Key(STATUTORY, "one")
    assert computed(db, here)[clock][1] == date(2026, 11, 30)
    assert close(db, keeper, CITY, TUESDAY) == 1
    assert computed(db, here)[clock][1] == date(2026, 12, 1)
    assert computed(db, elsewhere)[clock][1] == date(2026, 11, 30)
    assert remove_calendar_day(db, user=keeper, region=CITY, day=TUESDAY, now=NOW) == 1
    assert computed(db, here)[clock][1] == date(2026, 11, 30)


def test_a_year_that_was_declared_is_certain(db: Connection, keeper: User) -> None:
    case_id = add_case(db, DISTRICT)
    keep(db, case_id, [start(date(2026, 12, 28), 10)])
    compute_case(db, case_id, MONDAY)
    assert computed(db, case_id)[Key(STATUTORY, "one")][3]
    close(db, keeper, "", date(2027, 1, 1))
    declare_year(db, user=keeper, year=2027, source="国办发明电〔2026〕1号", now=NOW)
    assert computed(db, case_id)[Key(STATUTORY, "one")][1:] == (date(2027, 1, 12), date(2027, 1, 11), False)
    assert not read_calendar(db, DISTRICT).is_provisional(date(2027, 5, 1))


def test_another_process_sees_a_change_at_once(db_engine: Engine) -> None:
    with db_engine.begin() as db:
        keeper = person(db, "administrator")
        assert read_calendar(db, DISTRICT) == Calendar()
    with db_engine.begin() as other:
        close(other, keeper, DISTRICT, TUESDAY)
    with db_engine.begin() as db:
        assert not read_calendar(db, DISTRICT).is_working(TUESDAY)


def test_only_an_administrator_may_change_the_calendar(db: Connection) -> None:
    with pytest.raises(NotAllowed):
        close(db, person(db, "clerk"), "", TUESDAY)


def test_a_day_needs_a_reason_and_lies_within_what_is_written_out(db: Connection, keeper: User) -> None:
    with pytest.raises(Invalid) as refused:
        set_calendar_day(db, user=keeper, region="", day=date(2050, 1, 1), works=True, reason=" ", now=NOW)
    assert set(refused.value.errors) == {"day", "reason"}


def test_a_year_needs_a_source(db: Connection, keeper: User) -> None:
    with pytest.raises(Invalid) as refused:
        declare_year(db, user=keeper, year=1999, source="", now=NOW)
    assert set(refused.value.errors) == {"year", "source"}


def test_what_was_never_laid_down_cannot_be_taken_back(db: Connection, keeper: User) -> None:
    with pytest.raises(NotFound):
        remove_calendar_day(db, user=keeper, region="", day=TUESDAY, now=NOW)
