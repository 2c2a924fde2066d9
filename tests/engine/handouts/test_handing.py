"""A certificate reaches its holder within ten working days, once, and what is late is called to mind."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, select, update

from certificates.life.history import Cause
from certificates.life.writing import Change, write
from engine.errors import Invalid, NotFound
from engine.events import SYSTEM
from engine.handouts.carrier import Slip
from engine.handouts.handing import Given, NotWaiting, hand_over, note_arrival, send
from engine.handouts.opening import COUNTER, WISHES, wish_of
from engine.handouts.reading import open_certificate
from engine.handouts.reminding import remind_undelivered
from engine.people import User
from engine.queries.handouts import Handout, handouts_of_case, parcels_overtaken
from engine.queries.late import undelivered
from engine.tables import certificate_issues, certificates, handouts, licences, messages
from forms.library import FormLibrary
from tests.engine.clerks import People, case_of
from tests.filing import NOW, files

DUE = date(2026, 12, 7)  # ten working days after Monday the 23rd of November
NEAR = datetime(2026, 12, 2, 2, tzinfo=UTC)
LATE = datetime(2026, 12, 8, 2, tzinfo=UTC)
GIVEN = Given("张春和", identity_checked=True)


def handout(db: Connection, number: str) -> Handout:
    """The newest issue's."""
    return handouts_of_case(db, case_of(db, number).id)[0]


def wished(db: Connection, number: str, wish: str) -> int:
    db.execute(update(handouts).values(wish=wish))
    return handout(db, number).id


def another_issue(db: Connection, number: str, now: datetime) -> None:
    """A further copy of the certificate, printed."""
    of_case = certificates.c.case_id == case_of(db, number).id
    certificate = db.execute(select(certificates.c.id).where(of_case)).scalar_one()
    write(db, certificate, (), Cause("补证", SYSTEM, None, now), further_copy=True)
    db.execute(update(certificate_issues).values(pdf_sha256="0" * 64))


def become(db: Connection, number: str, state: str, now: datetime) -> None:
    """The certificate's only licence is suspended, or valid again."""
    (row,) = db.execute(select(licences).where(licences.c.case_id == case_of(db, number).id)).all()
    why = Cause("测试", SYSTEM, None, now)
    write(db, row.certificate_id, [Change(row.id, "resumed", {"state": state})], why)


def reminded(db: Connection, user: User) -> int:
    query = select(messages.c.id).where(messages.c.user_id == user.id, messages.c.kind == "undelivered")
    return len(db.execute(query).all())


def test_the_ten_days_count_from_the_decision(desk: Connection, issued: str) -> None:
    found = handout(desk, issued)
    assert (found.due_on, found.warn_on, found.state, found.wish) == (
        DUE,
        NEAR.date(),
        "waiting",
        "electronic",
    )


def test_every_way_that_the_form_offers_is_known() -> None:
    offered = FormLibrary.read(files()).fields["delivery"].options
    assert {option.value for option in offered} == set(WISHES)
    assert wish_of({}) == COUNTER


def test_who_takes_it_at_the_counter_has_it(desk: Connection, issued: str, people: People) -> None:
    id = wished(desk, issued, COUNTER)
    hand_over(desk, user=people["window"], handout=id, given=GIVEN, now=NOW)
    assert handout(desk, issued).state == "done"
    with pytest.raises(NotWaiting):
        hand_over(desk, user=people["window2"], handout=id, given=GIVEN, now=NOW)
    with pytest.raises(NotFound):
        hand_over(desk, user=people["elsewhere"], handout=id, given=GIVEN, now=NOW)


def test_what_is_with_the_post_is_not_handed_over_meanwhile(
    desk: Connection, issued: str, people: People
) -> None:
    id, window = wished(desk, issued, "post"), people["window"]
    send(desk, user=window, handout=id, carrier=Slip(), tracking="EA 123 456 789 CN", given=GIVEN, now=NOW)
    with pytest.raises(Invalid, match="有误"):
        hand_over(desk, user=window, handout=id, given=GIVEN, now=NOW)
    note_arrival(desk, user=window, handout=id, arrived=False, day="", words="无人签收", now=NOW)
    hand_over(desk, user=window, handout=id, given=GIVEN, now=NOW)
    assert [each.state for each in handout(desk, issued).ways] == ["returned", "delivered"]
    with pytest.raises(NotWaiting):
        note_arrival(desk, user=window, handout=id, arrived=True, day="", words="", now=NOW)


def test_a_new_issue_takes_the_place_of_one_that_waits_and_keeps_its_day(
    desk: Connection, issued: str
) -> None:
    another_issue(desk, issued, NOW + timedelta(days=7))
    newest, first = handouts_of_case(desk, case_of(desk, issued).id)
    assert (first.state, newest.state, newest.issue) == ("replaced", "waiting", 2)
    assert newest.due_on == DUE


def test_a_new_issue_of_one_that_was_handed_out_has_ten_days_of_its_own(
    desk: Connection, issued: str, people: People
) -> None:
    open_certificate(desk, user=people["applicant"], number=issued, now=NOW)
    another_issue(desk, issued, NOW + timedelta(days=7))
    newest, first = handouts_of_case(desk, case_of(desk, issued).id)
    assert (first.state, newest.state, newest.due_on) == ("done", "waiting", date(2026, 12, 14))


@pytest.mark.parametrize(("arrived", "state"), [(True, "delivered"), (False, "returned")])
def test_a_parcel_that_a_newer_issue_overtook_still_comes_to_its_end(
    desk: Connection, issued: str, people: People, arrived: bool, state: str
) -> None:
    id, window = wished(desk, issued, "post"), people["window"]
    send(desk, user=window, handout=id, carrier=Slip(), tracking="EA123456789CN", given=GIVEN, now=NOW)
    assert parcels_overtaken(desk, window) == ()
    another_issue(desk, issued, NOW)
    assert [each.id for each in parcels_overtaken(desk, window)] == [id]
    assert parcels_overtaken(desk, people["elsewhere"]) == ()
    end = {"user": window, "day": "", "words": "无人签收", "now": NOW}
    assert note_arrival(desk, handout=id, arrived=arrived, **end) is False
    newest, first = handouts_of_case(desk, case_of(desk, issued).id)
    assert (first.state, first.ways[0].state, newest.state) == ("replaced", state, "waiting")
    assert parcels_overtaken(desk, window) == ()
    with pytest.raises(NotWaiting):
        note_arrival(desk, handout=id, arrived=arrived, **end)


def test_what_was_kept_back_while_suspended_is_handed_out_once_it_holds_again(
    desk: Connection, issued: str, people: People
) -> None:
    id = wished(desk, issued, COUNTER)
    become(desk, issued, "suspended", NOW + timedelta(days=7))
    assert handout(desk, issued).state == "replaced"
    with pytest.raises(NotWaiting):
        hand_over(desk, user=people["window"], handout=id, given=GIVEN, now=NOW)
    become(desk, issued, "valid", NOW + timedelta(days=14))
    found = handout(desk, issued)
    assert (found.id, found.state, found.due_on) == (id, "waiting", date(2026, 12, 21))
    hand_over(desk, user=people["window"], handout=id, given=GIVEN, now=NOW)
    become(desk, issued, "suspended", NOW + timedelta(days=21))
    become(desk, issued, "valid", NOW + timedelta(days=28))
    assert handout(desk, issued).state == "done"


def test_what_was_late_before_it_was_kept_back_is_late_again(desk: Connection, issued: str) -> None:
    become(desk, issued, "suspended", LATE)
    become(desk, issued, "valid", LATE + timedelta(days=7))
    assert (handout(desk, issued).state, handout(desk, issued).due_on) == ("waiting", DUE)


def test_who_opened_it_while_it_was_kept_back_has_it(desk: Connection, issued: str, people: People) -> None:
    become(desk, issued, "suspended", NOW)
    open_certificate(desk, user=people["applicant"], number=issued, now=NOW)
    become(desk, issued, "valid", NOW + timedelta(days=1))
    assert handout(desk, issued).state == "done"


def test_the_window_is_reminded_each_working_day_from_three_days_before(
    desk: Connection, issued: str, people: People
) -> None:
    days = (
        NEAR - timedelta(days=1),
        NEAR,
        NEAR,
        NEAR + timedelta(days=1),
        datetime(2026, 12, 5, 2, tzinfo=UTC),
    )
    assert [remind_undelivered(desk, day) > 0 for day in days] == [False, True, False, True, False]
    assert reminded(desk, people["window"]) == reminded(desk, people["window2"]) == 2
    assert reminded(desk, people["elsewhere"]) == 0


def test_a_supervisor_sees_what_passed_its_day(desk: Connection, issued: str, people: People) -> None:
    supervisor = people["supervisor"]
    assert undelivered(desk, supervisor, DUE).rows == ()
    (row,) = undelivered(desk, supervisor, LATE.date()).rows
    assert (row.case_number, row.due_on, row.office) == (issued, DUE, "张店区行政审批服务局")
    open_certificate(desk, user=people["applicant"], number=issued, now=LATE)
    assert undelivered(desk, supervisor, LATE.date()).rows == ()
