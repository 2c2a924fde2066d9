"""While a pause lasts the date is projected, and moves on once a day when it takes longer than expected."""

from datetime import date

from sqlalchemy import Connection

from engine.clock.ledger import PAUSE, RESUME, STATUTORY, Entry, Key
from engine.clock.lights import compute_case, move_projections
from tests.engine.clock.ledgers import add_case, computed, keep, start

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
CLOCK = Key(STATUTORY, "one")
PAUSED = Entry(2, STATUTORY, PAUSE, TUESDAY, item="one", days=2, kind="testing")


def test_a_pause_longer_than_expected_moves_the_date_on_each_day(db: Connection) -> None:
    case_id = add_case(db, "370303")
    keep(db, case_id, [start(MONDAY, 5), PAUSED])
    compute_case(db, case_id, TUESDAY)
    assert computed(db, case_id)[CLOCK][1] == date(2026, 12, 2)
    assert move_projections(db, TUESDAY) == 0, "reckoned today already"
    move_projections(db, date(2026, 11, 30))
    assert computed(db, case_id)[CLOCK][:2] == ("paused", date(2026, 12, 4))
    assert move_projections(db, date(2026, 11, 30)) == 0


def test_a_pause_that_is_over_moves_nothing(db: Connection) -> None:
    case_id = add_case(db, "370303")
    over = Entry(3, STATUTORY, RESUME, date(2026, 11, 26), item="one", kind="testing", closes=2)
    keep(db, case_id, [start(MONDAY, 5), PAUSED, over])
    compute_case(db, case_id, TUESDAY)
    assert computed(db, case_id)[CLOCK][:2] == ("running", date(2026, 12, 2))
    assert move_projections(db, date(2027, 3, 1)) == 0
