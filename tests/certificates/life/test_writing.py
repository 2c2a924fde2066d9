"""A licence changes in one way only: its row, its history and the certificate's issue go together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from sqlalchemy import Connection, Engine, select

from certificates.facts import read_facts
from certificates.life.history import CANCELLED, CHANGED, RENEWED, RESUMED, SUSPENDED, Cause
from certificates.life.writing import Change, Written, write
from engine.database import run
from engine.deployments import publish
from engine.events import SYSTEM
from engine.tables import events, licence_events, pushes, subjects
from tests.certificates.life.lives import (
    at,
    born,
    holds_together,
    issues_of,
    licences_of,
    newest,
    row_of,
    states,
)
from tests.filing import files

NOW = at("2026-12-01")
WHY = Cause("测试", SYSTEM, None, NOW)


def history(db: Connection, licence: int) -> list[str]:
    query = select(licence_events.c.kind).where(licence_events.c.licence_id == licence)
    return list(db.execute(query.order_by(licence_events.c.id)).scalars())


def end(db: Connection, certificate: int, *which: int) -> Written:
    rows = licences_of(db, certificate)
    changes = [Change(rows[each].id, CANCELLED, {"state": "cancelled"}) for each in which]
    return write(db, certificate, changes, WHY)


def test_one_licence_ends_and_the_next_issue_leaves_it_out(db: Connection) -> None:
    certificate = born(db)
    written = end(db, certificate, 1)
    assert written.issue is not None and written.issue.issue == 2
    assert [line.item for line in newest(db, certificate).licences] == ["食品经营许可"]
    holds_together(db, certificate, {})


def test_the_certificate_lapses_with_its_last_licence_and_gets_no_issue(db: Connection) -> None:
    certificate = born(db)
    assert end(db, certificate, 0, 1).issue is None
    assert row_of(db, certificate).lapsed_at == NOW
    assert len(issues_of(db, certificate)) == 1


def test_written_twice_nothing_happens_the_second_time(db: Connection) -> None:
    certificate = born(db)
    end(db, certificate, 0)
    assert end(db, certificate, 0) == Written((), None)
    assert len(issues_of(db, certificate)) == 2
    assert history(db, licences_of(db, certificate)[0].id) == ["granted", "cancelled"]


def test_what_has_ended_never_comes_back(db: Connection) -> None:
    certificate = born(db)
    end(db, certificate, 0)
    ended = licences_of(db, certificate)[0]
    write(db, certificate, [Change(ended.id, RESUMED, {"state": "valid"})], WHY)
    assert states(db, certificate) == ["cancelled", "valid"]


def test_a_new_name_is_one_issue_and_a_line_of_history_for_each_licence(db: Connection) -> None:
    certificate = born(db)
    rows = licences_of(db, certificate)
    write(db, certificate, [Change(row.id, CHANGED) for row in rows], WHY, face={"operator": "新名称餐馆"})
    assert (len(issues_of(db, certificate)), newest(db, certificate).operator) == (2, "新名称餐馆")
    assert [history(db, row.id) for row in rows] == [["granted", "changed"]] * 2
    line = db.execute(select(licence_events).order_by(licence_events.c.id.desc()).limit(1)).one()
    assert (line.before, line.after) == ({"operator": "家常菜馆"}, {"operator": "新名称餐馆"})
    assert db.execute(select(subjects.c.name)).scalar_one() == "新名称餐馆"


def test_a_suspended_licence_is_left_out_until_it_is_resumed(db: Connection) -> None:
    certificate = born(db)
    first = licences_of(db, certificate)[0].id
    write(db, certificate, [Change(first, SUSPENDED, {"state": "suspended"})], WHY)
    assert len(newest(db, certificate).licences) == 1
    write(db, certificate, [Change(first, RESUMED, {"state": "valid"})], WHY)
    assert [len(newest(db, certificate).licences), len(issues_of(db, certificate))] == [2, 3]
    holds_together(db, certificate, {})


def test_a_further_copy_is_an_issue_that_says_the_same(db: Connection) -> None:
    certificate = born(db)
    written = write(db, certificate, (), WHY, further_copy=True)
    assert written.issue is not None and written.issue.issue == 2
    assert [each.reason for each in issues_of(db, certificate)] == ["首次签发", "测试"]


def test_the_log_of_the_first_case_says_what_became_of_its_certificate(db: Connection) -> None:
    certificate = born(db)
    end(db, certificate, 0)
    line = db.execute(select(events.c.type, events.c.payload)).one()
    assert line.type == "certificate_changed"
    assert '"issue":2' in line.payload


def test_settings_of_today_hold_for_the_next_issue_of_an_old_certificate(db: Connection) -> None:
    certificate = born(db)
    regions = files()["processes/regions.yaml"]
    later = {
        **files(),
        "processes/regions.yaml": regions.replace(
            "certificate_layout: landscape", "certificate_layout: portrait"
        ).replace("claim_days: 2", "claim_days: 4"),
    }
    publish(db, later, "restaurant", NOW)
    end(db, certificate, 0)
    assert [read_facts(each.content).layout for each in issues_of(db, certificate)] == [
        "landscape",
        "portrait",
    ]
    told = select(pushes.c.claim_by).where(pushes.c.kind == "cancelled")
    assert db.execute(told).scalar_one() == date(2026, 12, 7)  # four working days after Tuesday


def test_two_at_once_write_one_change_and_one_issue(db_engine: Engine) -> None:
    with db_engine.begin() as db:
        certificate = born(db)
        licence = licences_of(db, certificate)[0].id
    longer = Change(licence, RENEWED, {"valid_until": date(2036, 11, 21)})

    def once(_: int) -> int:
        return len(run(db_engine, lambda db: write(db, certificate, [longer], WHY)).licences)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(once, range(4))) == [0, 0, 0, 1]
    with db_engine.begin() as db:
        holds_together(db, certificate, {})
        assert len(issues_of(db, certificate)) == 2
