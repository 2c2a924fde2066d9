"""What failed is put right once, looked at once more, and then granted or refused."""

from datetime import date

import pytest
from sqlalchemy import Connection, Engine, delete, select

from engine.commands.complete import complete
from engine.database import transaction
from engine.errors import Invalid, NotFound, Refusal
from engine.inspections.closing import close
from engine.inspections.inspection import PAPER, RECHECK, SITE
from engine.inspections.rechecks import plan_recheck
from engine.inspections.rectification import rectification_of
from engine.inspections.rectifying import attach_proof, remove_proof, save_reply, send_replies
from engine.inspections.sheet import read_sheet
from engine.tables import clock_entries, inspection_offices, inspections, inspectors
from engine.uploads import check_upload
from tests.engine.clerks import carry, case_of, filled, finish
from tests.engine.inspections.convened import (
    EXITS,
    People,
    asked,
    at,
    kinds,
    let_time_pass,
    open_tasks,
    visit_of,
)
from tests.filing import NOW, PDF, open_steps, waiting

REPLY = {"reply-fire_exits": "货架已经搬走，通道宽两米。"}


@pytest.fixture(scope="module")
def arranged(engine: Engine, people: People) -> str:
    """A case whose visit has its date."""
    return at(engine, people, "inspect")


@pytest.fixture(scope="module")
def failed(engine: Engine, people: People) -> str:
    """A case whose visit found the exits blocked: the applicant has to put it right."""
    return at(engine, people, "rectify", inspect=EXITS)


@pytest.fixture(scope="module")
def lapsed(engine: Engine, people: People) -> str:
    """A case whose applicant put nothing right in time."""
    number = at(engine, people, "rectify", inspect=EXITS)
    let_time_pass(engine, number, 30)
    return number


def pauses(db: Connection, number: str) -> set[tuple[str, str]]:
    match = (clock_entries.c.case_id == case_of(db, number).id, clock_entries.c.kind == "rectification")
    return {(row.entry, row.item) for row in db.execute(select(clock_entries).where(*match))}


def test_a_form_beside_the_visit_is_refused(desk: Connection, people: People, arranged: str) -> None:
    (task,) = open_tasks(desk, arranged, "inspect")
    raw = filled(desk, arranged, "inspect")
    with pytest.raises(Refusal) as refused:
        complete(desk, user=people["inspector"], task=task.id, raw=raw, now=NOW)
    assert "踏勘" in refused.value.do


def test_a_case_under_an_earlier_diagram_is_still_inspected_by_its_form(
    desk: Connection, people: People, arranged: str
) -> None:
    visit = visit_of(desk, arranged).id
    for table in (inspectors, inspection_offices):
        desk.execute(delete(table).where(table.c.inspection_id == visit))
    desk.execute(delete(inspections).where(inspections.c.id == visit))
    assert finish(desk, people, arranged, "inspect").outcome == "pass"


def test_a_visit_is_not_closed_before_everything_is_there(
    desk: Connection, people: People, arranged: str
) -> None:
    visit = visit_of(desk, arranged).id
    with pytest.raises(Invalid) as refused:
        close(
            desk, user=people["inspector"], inspection=visit, note="", recording="", rectify_days=99, now=NOW
        )
    says = "".join(refused.value.errors.values())
    assert "两名以上" in says and "还没有结果" in says and "rectify_days" in refused.value.errors


def test_a_visit_is_closed_by_its_people_only(desk: Connection, people: People, arranged: str) -> None:
    visit = visit_of(desk, arranged).id
    words = {"note": "", "recording": "", "rectify_days": None}
    for other in ("elsewhere", "applicant", "supervisor"):
        with pytest.raises(NotFound):
            close(desk, user=people[other], inspection=visit, **words, now=NOW)  # type: ignore[arg-type]  # unpacked


def test_closing_twice_answers_the_same_and_does_nothing_more(
    desk: Connection, people: People, failed: str
) -> None:
    visit, before = visit_of(desk, failed).id, case_of(desk, failed).last_seq
    again = close(
        desk, user=people["inspector"], inspection=visit, note="x", recording="", rectify_days=None, now=NOW
    )
    assert (again.failed, "food_operation" in again.passed) == (("fire_check",), True)
    assert case_of(desk, failed).last_seq == before


def test_what_failed_is_asked_for_in_one_notice_with_one_deadline(desk: Connection, failed: str) -> None:
    case = case_of(desk, failed)
    notice = rectification_of(desk, case.id)
    assert notice is not None and notice.due_on == date(2026, 12, 7) and notice.letter_id is not None
    (point,) = notice.points
    assert (point.point, point.items, point.words) == ("fire_exits", ("fire_check",), "后门被货架堵住。")
    assert case.status == "rectifying" and set(waiting(desk, failed)) == {"rectify"}
    assert kinds(desk, "letters", failed)[-2:] == ["inspection_minutes", "rectification_notice"]
    assert ("pause", "fire_check") in pauses(desk, failed)
    assert ("pause", "food_operation") not in pauses(desk, failed)


def test_the_reply_is_kept_and_sent_when_every_point_has_one(
    desk: Connection, people: People, failed: str
) -> None:
    applicant = people["applicant"]
    with pytest.raises(Invalid) as refused:
        send_replies(desk, user=applicant, number=failed, now=NOW)
    assert list(refused.value.errors) == ["reply-fire_exits"]
    assert save_reply(desk, user=applicant, number=failed, raw={"note": "长" * 501}, now=NOW).keys() == {
        "note"
    }
    assert save_reply(desk, user=applicant, number=failed, raw=REPLY, now=NOW) == {}
    case = send_replies(desk, user=applicant, number=failed, now=NOW)
    assert case.status == "reinspecting"
    again = visit_of(desk, failed)
    assert (again.round, again.kind, again.state) == (RECHECK, PAPER, "settled")
    assert [(each.department, each.items) for each in again.offices] == [("fire", ("fire_check",))]
    assert [each.point.id for each in read_sheet(desk, again.id).points] == ["fire_exits"]
    assert ("resume", "fire_check") in pauses(desk, failed)
    with pytest.raises(Refusal):
        save_reply(desk, user=applicant, number=failed, raw=REPLY, now=NOW)


def test_a_file_is_proof_enough_and_the_same_is_not_taken_twice(
    desk: Connection, people: People, failed: str
) -> None:
    given = {"user": people["applicant"], "number": failed, "now": NOW}
    upload = check_upload("file", "通道.pdf", PDF)
    attach_proof(desk, point="fire_exits", upload=upload, sha256="0" * 64, **given)  # type: ignore[arg-type]  # unpacked
    with pytest.raises(Invalid):
        attach_proof(desk, point="fire_exits", upload=upload, sha256="0" * 64, **given)  # type: ignore[arg-type]  # unpacked
    with pytest.raises(NotFound):
        attach_proof(desk, point="other", upload=upload, sha256="1" * 64, **given)  # type: ignore[arg-type]  # unpacked
    notice = rectification_of(desk, case_of(desk, failed).id)
    assert notice is not None
    (file,) = notice.points[0].files
    remove_proof(desk, chosen=file.id, **given)  # type: ignore[arg-type]  # unpacked
    with pytest.raises(Invalid):
        send_replies(desk, user=people["applicant"], number=failed, now=NOW)


def test_a_notice_is_its_applicant_s(desk: Connection, people: People, failed: str) -> None:
    for other in ("other_applicant", "inspector"):
        with pytest.raises(NotFound):
            save_reply(desk, user=people[other], number=failed, raw=REPLY, now=NOW)


def test_what_is_put_right_passes_and_is_granted(engine: Engine, people: People) -> None:
    number = at(engine, people, "decide_fire_check", inspect=EXITS)
    with transaction(engine) as db:
        assert case_of(db, number).items["fire_check"].finding == "pass"
        assert finish(db, people, number, "decide_fire_check").outcome == "granted"


def test_what_fails_again_is_refused_whatever_is_written_and_the_form_says_why(
    engine: Engine, people: People
) -> None:
    number = at(engine, people, "decide_fire_check", inspect=EXITS, reinspect=EXITS)
    with transaction(engine) as db:
        (task,) = (each for each in open_tasks(db, number, "decide") if each.item == "fire_check")
        inputs = asked(db, task).inputs
        with pytest.raises(Invalid) as refused:
            finish(db, people, number, "decide_fire_check", outcome="granted", reasons="已当场改好。")
    assert inputs["outcome"] == "refused" and "后门被货架堵住" in inputs["reasons"]
    assert "不能准予" in refused.value.errors["outcome"]
    carry(engine, people, number, decide_fire_check=dict(inputs))
    with transaction(engine) as db:
        assert case_of(db, number).status == "partly_granted"


def test_a_notice_that_is_not_answered_lapses_and_what_failed_is_not_granted(
    engine: Engine, people: People, lapsed: str
) -> None:
    with transaction(engine) as db:
        notice = rectification_of(db, case_of(db, lapsed).id)
        assert notice is not None and notice.state == "lapsed"
        assert ("resume", "fire_check") in pauses(db, lapsed)
        assert kinds(db, "messages", lapsed)[-1] == "rectification_lapsed"
        with pytest.raises(Refusal):
            save_reply(db, user=people["applicant"], number=lapsed, raw=REPLY, now=NOW)
    assert "decide_fire_check" in open_steps(engine, lapsed)
    with transaction(engine) as db, pytest.raises(Invalid):
        finish(db, people, lapsed, "decide_fire_check", outcome="granted", reasons="已当场改好。")


def test_the_lead_may_want_to_see_the_place_again(desk: Connection, people: People, failed: str) -> None:
    applicant, lead = people["applicant"], people["inspector"]
    save_reply(desk, user=applicant, number=failed, raw=REPLY, now=NOW)
    send_replies(desk, user=applicant, number=failed, now=NOW)
    visit = visit_of(desk, failed).id
    with pytest.raises(Invalid) as refused:
        plan_recheck(desk, user=lead, inspection=visit, kind=SITE, day=date(2026, 11, 28), half=None, now=NOW)
    assert refused.value.errors.keys() == {"day", "half"}
    plan_recheck(desk, user=lead, inspection=visit, kind=SITE, day=date(2026, 11, 30), half="am", now=NOW)
    assert visit_of(desk, failed).kind == SITE
    with pytest.raises(Refusal):
        plan_recheck(desk, user=people["fire"], inspection=visit, kind=PAPER, day=None, half=None, now=NOW)
