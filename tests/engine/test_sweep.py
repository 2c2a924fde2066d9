"""The sweep finds what a lost job missed, of each kind, and leaves alone what waits for somebody."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, func, insert, select, text, update

from engine.incidents import HANDLER, LETTER, RENDERING, STUCK, TIMER, open_incident
from engine.sweep import GRACE, sweep
from engine.tables import cases, certificate_issues, certificates, letters, tasks, timers
from tests.engine.clerks import People, carry, case_of, finish, open_kinds
from tests.filing import NOW, ONLY_FOOD, file_case

NOTHING = {
    "overdue": 0,
    "projections": 0,
    "timers": 0,
    "handlers": 0,
    "renderings": 0,
    "letters": 0,
    "stuck": 0,
}
SOON = NOW + GRACE
LATE = NOW + timedelta(days=30)


@pytest.fixture(scope="module")
def filed(engine: Engine, people: People) -> str:
    """A case that waits at the window."""
    return file_case(engine, people, ONLY_FOOD)


@pytest.fixture(scope="module")
def decided(engine: Engine, people: People) -> str:
    """A case that waits for the handler of its licence."""
    number = file_case(engine, people, ONLY_FOOD)
    carry(engine, people, number, "decide_food_operation")
    with engine.begin() as db:
        finish(db, people, number, "decide_food_operation")
    return number


def lose_jobs(db: Connection) -> None:
    """What a crash of the queue's tables or a job deleted by hand leaves: nothing. Letters were printed."""
    db.execute(text("delete from procrastinate_jobs"))
    db.execute(update(letters).values(pdf_sha256="0" * 64))


def jobs(db: Connection) -> list[str]:
    return sorted(db.execute(text("select task_name from procrastinate_jobs")).scalars())


def issue(db: Connection, number: str) -> int:
    """An issue of the case's certificate that has not been printed yet."""
    case = db.execute(select(cases).where(cases.c.number == number)).one()
    of = {"case_id": case.id, "subject_id": case.subject_id, "industry": case.industry, "region": case.region}
    of |= {
        "operator": "家常菜馆",
        "legal_representative": "张三丰",
        "address": "",
        "uscc": "",
        "department": "",
    }
    made = insert(certificates).values(public_id="a" * 10, number="1", created_at=NOW, **of)
    certificate = db.execute(made.returning(certificates.c.id)).scalar_one()
    row = {"certificate_id": certificate, "issue": 1, "reason": "首次签发", "content": "{}", "issued_at": NOW}
    return int(
        db.execute(insert(certificate_issues).values(row).returning(certificate_issues.c.id)).scalar_one()
    )


def test_what_has_its_job_or_waits_for_people_is_left_alone(
    desk: Connection, filed: str, decided: str
) -> None:
    assert sweep(desk, SOON) == NOTHING


def test_a_handler_without_a_job_is_queued_again_once(desk: Connection, decided: str) -> None:
    lose_jobs(desk)
    assert sweep(desk, SOON) == {**NOTHING, "handlers": 1}
    assert jobs(desk) == ["run_handler"]
    assert sweep(desk, SOON) == NOTHING


def test_a_letter_that_was_not_printed_is_queued_again_once(desk: Connection, decided: str) -> None:
    lose_jobs(desk)
    (first, *_) = desk.execute(select(letters.c.id).order_by(letters.c.id)).scalars()
    desk.execute(update(letters).where(letters.c.id == first).values(pdf_sha256=None))
    assert sweep(desk, SOON)["letters"] == 1
    assert "render_letter" in jobs(desk)
    assert sweep(desk, SOON)["letters"] == 0


def test_a_letter_that_failed_for_good_waits_for_its_supervisor(desk: Connection, decided: str) -> None:
    lose_jobs(desk)
    (first, *_) = desk.execute(select(letters.c.id).order_by(letters.c.id)).scalars()
    desk.execute(update(letters).where(letters.c.id == first).values(pdf_sha256=None))
    open_incident(desk, case_of(desk, decided).id, str(first), LETTER, "没有生成。", "", NOW)
    assert sweep(desk, SOON)["letters"] == 0


def test_a_handler_that_was_just_opened_is_given_time(desk: Connection, decided: str) -> None:
    lose_jobs(desk)
    assert sweep(desk, SOON - timedelta(microseconds=1)) == NOTHING


def test_a_handler_that_failed_for_good_waits_for_its_supervisor(desk: Connection, decided: str) -> None:
    lose_jobs(desk)
    case = case_of(desk, decided)
    open_incident(desk, case.id, next(iter(case.open_tasks)), HANDLER, "没有办成。", "", NOW)
    assert sweep(desk, SOON) == NOTHING


def test_a_failure_of_one_handler_holds_up_no_other(desk: Connection, decided: str) -> None:
    lose_jobs(desk)
    open_incident(desk, case_of(desk, decided).id, "another task", HANDLER, "没有办成。", "", NOW)
    assert sweep(desk, SOON)["handlers"] == 1


def test_a_due_timer_is_queued_again(desk: Connection, filed: str) -> None:
    lose_jobs(desk)
    assert sweep(desk, LATE)["timers"] == 1
    assert "fire_timers" in jobs(desk)


def test_a_timer_that_is_not_due_is_left_alone(desk: Connection, filed: str) -> None:
    lose_jobs(desk)
    due = desk.execute(select(func.min(timers.c.due_at))).scalar_one()
    assert sweep(desk, due + GRACE - timedelta(microseconds=1))["timers"] == 0
    assert sweep(desk, due + GRACE)["timers"] == 1


def test_a_timer_that_failed_for_good_waits_for_its_supervisor(desk: Connection, filed: str) -> None:
    lose_jobs(desk)
    open_incident(desk, case_of(desk, filed).id, None, TIMER, "没有办成。", "", NOW)
    assert sweep(desk, LATE)["timers"] == 0


def test_an_issue_that_was_not_printed_is_queued_again_once(desk: Connection, decided: str) -> None:
    issue(desk, decided)
    assert sweep(desk, SOON)["renderings"] == 1
    assert sweep(desk, SOON)["renderings"] == 0


def test_an_issue_that_was_printed_is_left_alone(desk: Connection, decided: str) -> None:
    issue(desk, decided)
    desk.execute(update(certificate_issues).values(pdf_sha256="0" * 64))
    assert sweep(desk, SOON)["renderings"] == 0


def test_an_issue_that_cannot_be_printed_waits_for_its_supervisor(desk: Connection, decided: str) -> None:
    made = issue(desk, decided)
    open_incident(desk, case_of(desk, decided).id, str(made), RENDERING, "没有生成。", "", NOW)
    assert sweep(desk, SOON)["renderings"] == 0


def test_a_case_that_waits_for_nothing_is_an_incident_once(desk: Connection, filed: str) -> None:
    case = case_of(desk, filed)
    desk.execute(update(tasks).where(tasks.c.case_id == case.id).values(state="cancelled"))
    desk.execute(text("delete from timers"))
    assert sweep(desk, SOON)["stuck"] == 1
    sweep(desk, SOON)
    assert open_kinds(desk, case.id) == {STUCK}


def test_a_case_that_waits_for_a_timer_only_is_not_stuck(desk: Connection, filed: str) -> None:
    desk.execute(update(tasks).where(tasks.c.case_id == case_of(desk, filed).id).values(state="cancelled"))
    assert sweep(desk, SOON)["stuck"] == 0


def test_a_case_that_has_ended_is_not_stuck(desk: Connection, people: People, filed: str) -> None:
    finish(desk, people, filed, "accept", outcome="refuse", reasons="不在本区。")
    assert sweep(desk, SOON)["stuck"] == 0
