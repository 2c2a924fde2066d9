"""Renewal in its window, silence that renews, cancellation, a further copy; and what is not possible now."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, insert, select

from certificates.life.asking import NewTerm, ask_cancellation, ask_reissue, ask_renewal, term_if_renewed
from certificates.life.expiry import expire_all
from certificates.life.history import REVOKED, Cause
from certificates.life.holding import held_by
from certificates.life.possible import NotNow
from certificates.life.reminding import remind_all
from certificates.life.writing import Change, write
from engine.commands.complete import complete
from engine.commands.fire_timers import fire_due
from engine.commands.withdraw import withdraw
from engine.database import run, transaction
from engine.errors import Invalid
from engine.lifecycle.settling import RenewedByLaw
from engine.tables import calendar_days, cases, letters, licences, messages, tasks
from tests.certificates.life.holders import (
    AGREE,
    DECLINE,
    People,
    certificate_of,
    licence_of,
    settle,
)
from tests.certificates.life.lives import at, holds_together, issues_of, newest, row_of, states
from tests.filing import DISTRICT, NOW

Town = tuple[People, str]
LAST_DAY = "2031-11-22"  # of the food licence: five years from NOW
IN_TIME = at("2031-09-01")


def renew(engine: Engine, town: Town, now: datetime, item: str = "food_operation") -> str:
    people, public_id = town
    with transaction(engine) as db:
        licence = licence_of(db, public_id, item)
    user = people["applicant"]
    asked = partial(ask_renewal, user=user, public_id=public_id, licence=licence, evidence=(), now=now)
    return run(engine, asked)


def cancel(engine: Engine, town: Town, *items: str) -> str:
    people, public_id = town
    with transaction(engine) as db:
        chosen = [licence_of(db, public_id, item) for item in items]
    asked = partial(
        ask_cancellation,
        user=people["applicant"],
        public_id=public_id,
        chosen=chosen,
        reasons="不再经营",
        now=NOW,
    )
    return run(engine, asked)


def until(engine: Engine, town: Town, item: str = "food_operation") -> str:
    with transaction(engine) as db:
        query = select(licences.c.valid_until).where(licences.c.id == licence_of(db, town[1], item))
        return str(db.execute(query).scalar_one())


def test_a_renewed_food_licence_counts_from_its_decision(engine: Engine, town: Town) -> None:
    number = renew(engine, town, IN_TIME)
    assert settle(engine, town[0], number, IN_TIME).status == "renewed"
    assert until(engine, town) == "2036-08-31"
    with transaction(engine) as db:
        assert [each.reason for each in issues_of(db, certificate_of(db, town[1]))] == [
            "首次签发",
            "延续食品经营许可证",
        ]


@pytest.mark.parametrize(
    ("now", "says"),
    [(at("2026-12-01"), "起可以申请延续"), (at("2031-11-20"), "期限已过")],
)
def test_outside_its_window_a_renewal_is_not_possible_and_it_says_when(
    engine: Engine, town: Town, now: datetime, says: str
) -> None:
    with pytest.raises(NotNow, match=says):
        renew(engine, town, now)


def test_what_has_no_end_is_not_renewed(engine: Engine, town: Town) -> None:
    with pytest.raises(NotNow, match="长期有效"):
        renew(engine, town, IN_TIME, "fire_check")


def test_silence_renews_at_the_midnight_after_the_last_day(engine: Engine, town: Town) -> None:
    number = renew(engine, town, IN_TIME)
    midnight = at("2031-11-23").replace(hour=0)
    assert expire_all(engine, midnight) == 0  # what is asked for in time waits for its answer
    with transaction(engine) as db:
        case = db.execute(select(cases.c.id).where(cases.c.number == number)).scalar_one()
    assert fire_due(engine, case, midnight - timedelta(seconds=1)) == 0
    assert fire_due(engine, case, midnight) == 1
    assert settle(engine, town[0], number, midnight).status == "renewed"
    assert until(engine, town) == "2036-11-22"
    with transaction(engine) as db:
        told = db.execute(select(messages.c.text).where(messages.c.kind == "renewed")).scalar_one()
    assert "视为准予延续" in told


def test_what_silence_renewed_is_not_refused_in_the_morning_and_its_term_begins_at_midnight(
    engine: Engine, town: Town
) -> None:
    number = renew(engine, town, IN_TIME)
    morning = at("2031-11-25")  # the worker stood still for two nights
    for step in ("opinion", "outcome"):
        with pytest.raises(Invalid, match="视为准予延续") as refused:
            settle(engine, town[0], number, morning, approval=DECLINE)
        assert list(refused.value.errors) == [step]
        if step == "opinion":
            with transaction(engine) as db:
                waits = (
                    select(tasks.c.id).join(cases).where(cases.c.number == number, tasks.c.state == "open")
                )
                task = db.execute(waits).scalar_one()
            examine = partial(complete, user=town[0]["market"], task=task, raw=AGREE, now=IN_TIME)
            run(engine, examine)
    with transaction(engine) as db:
        case = db.execute(select(cases.c.id).where(cases.c.number == number)).scalar_one()
    assert fire_due(engine, case, morning) == 1
    assert settle(engine, town[0], number, morning).status == "renewed"
    assert until(engine, town) == "2036-11-22"


def test_what_silence_has_renewed_is_not_withdrawn_any_more(engine: Engine, town: Town) -> None:
    number = renew(engine, town, IN_TIME)
    midnight = at("2031-11-23").replace(hour=0)
    give_up = partial(withdraw, user=town[0]["applicant"], number=number, items=None, reasons="")
    with pytest.raises(RenewedByLaw, match="第五十条"):
        run(engine, partial(give_up, now=midnight))
    assert run(engine, partial(give_up, now=midnight - timedelta(seconds=1))) == "withdrawn"


@pytest.mark.parametrize("items", [[], ["fire_check"], ["nothing like it"]])
def test_whatever_is_chosen_of_a_cancellation_it_is_withdrawn_whole(
    engine: Engine, town: Town, items: list[str]
) -> None:
    number = cancel(engine, town, "fire_check", "food_operation")
    user = town[0]["applicant"]
    gone = partial(withdraw, user=user, number=number, items=items, reasons="", now=NOW)
    assert run(engine, gone) == "withdrawn"
    with transaction(engine) as db:
        assert states(db, certificate_of(db, town[1])) == ["valid", "valid"]


def test_the_decision_dates_the_new_term_though_it_takes_effect_later(engine: Engine, town: Town) -> None:
    number = renew(engine, town, IN_TIME)
    case = settle(engine, town[0], number, IN_TIME, machines=IN_TIME + timedelta(days=3))
    assert (case.status, until(engine, town)) == ("renewed", "2036-08-31")


def test_what_a_renewal_would_bring_is_said_by_the_item_s_own_rule(engine: Engine, town: Town) -> None:
    with transaction(engine) as db:
        held = held_by(db, town[0]["applicant"], town[1], IN_TIME)
        food = next(row for row in held.live if row.item == "food_operation")
        assert term_if_renewed(db, held, food, date(2031, 9, 1)) == NewTerm(date(2036, 8, 31), moves=True)
        items = dict(held.catalogue.items)
        usual = replace(items["food_operation"].licence, validity="usual.validity")
        items["food_operation"] = replace(items["food_operation"], licence=usual)
        other = replace(held, catalogue=replace(held.catalogue, items=items))
        assert term_if_renewed(db, other, food, date(2031, 9, 1)) == NewTerm(date(2036, 11, 22), moves=False)


def test_what_is_asked_for_is_to_be_done_by_the_calendar_of_the_place(engine: Engine, town: Town) -> None:
    with transaction(engine) as db:
        closed = {"region": DISTRICT, "day": date(2026, 11, 24), "works": False, "reason": "停电"}
        db.execute(insert(calendar_days).values(**closed, set_by=town[0]["supervisor"].id, set_at=NOW))
    number = cancel(engine, town, "fire_check")
    with transaction(engine) as db:
        query = select(cases.c.committed_on).where(cases.c.number == number)
        assert db.execute(query).scalar_one() == date(2026, 11, 27)  # three working days, but for Tuesday


def test_a_licence_expires_at_midnight_in_china_and_only_once(engine: Engine, town: Town) -> None:
    midnight = at("2031-11-23").replace(hour=0)
    assert expire_all(engine, midnight - timedelta(seconds=1)) == 0
    assert [expire_all(engine, midnight) for _ in range(2)] == [1, 0]
    with transaction(engine) as db:
        certificate = certificate_of(db, town[1])
        assert sorted(states(db, certificate)) == ["expired", "valid"]
        assert [line.item for line in newest(db, certificate).licences] == [
            "公众聚集场所投入使用、营业前消防安全检查"
        ]
        holds_together(db, certificate, {})
        assert db.execute(select(messages.c.kind).where(messages.c.kind == "expired")).all() != []


def test_a_refused_renewal_leaves_the_licence_to_its_end(engine: Engine, town: Town) -> None:
    number = renew(engine, town, IN_TIME)
    assert settle(engine, town[0], number, IN_TIME, approval=DECLINE).status == "not_renewed"
    assert expire_all(engine, at("2031-11-23")) == 1


CLOSES = "2031-11-03"  # fifteen working days before LAST_DAY


def test_a_holder_is_reminded_once_at_90_60_and_30_days_before_the_window_closes(
    engine: Engine, town: Town
) -> None:
    days = (91, 90, 89, 60, 60, 31, 30, 1, 0)
    told = [remind_all(engine, at(CLOSES) - timedelta(days=each)) for each in days]
    assert told == [0, 1, 0, 1, 0, 0, 1, 0, 0]
    with transaction(engine) as db:
        said = db.execute(select(messages.c.text).where(messages.c.kind == "renewal_due")).scalars().all()
    assert all("最晚在2031年11月3日申请延续" in each for each in said)


def test_who_let_the_window_close_is_told_once_to_apply_anew(engine: Engine, town: Town) -> None:
    days = (at("2031-11-04"), at("2031-11-05"), at(LAST_DAY))
    assert [remind_all(engine, day) for day in days] == [1, 0, 0]
    with transaction(engine) as db:
        said = db.execute(select(messages.c.text).where(messages.c.kind == "renewal_due")).scalar_one()
    assert "申请延续的期限已过，要继续经营请重新申请" in said and "最晚" not in said


def test_one_licence_is_cancelled_and_the_other_stays(engine: Engine, town: Town) -> None:
    assert settle(engine, town[0], cancel(engine, town, "fire_check")).status == "cancelled"
    with transaction(engine) as db:
        certificate = certificate_of(db, town[1])
        assert sorted(states(db, certificate)) == ["cancelled", "valid"]
        holds_together(db, certificate, {})


def test_with_all_its_licences_the_certificate_is_cancelled(engine: Engine, town: Town) -> None:
    settle(engine, town[0], cancel(engine, town, "fire_check", "food_operation"))
    with transaction(engine) as db:
        certificate = certificate_of(db, town[1])
        assert row_of(db, certificate).lapsed_at is not None
        assert len(issues_of(db, certificate)) == 1


def test_a_licence_that_ends_takes_what_is_under_way_about_it_along(engine: Engine, town: Town) -> None:
    number = renew(engine, town, IN_TIME)
    with transaction(engine) as db:
        certificate = certificate_of(db, town[1])
        licence = licence_of(db, town[1], "food_operation")
        cause = Cause("撤销", "system", None, IN_TIME)
        write(db, certificate, [Change(licence, REVOKED, {"state": "revoked"})], cause)
    assert settle(engine, town[0], number, IN_TIME).status == "overtaken"


def test_a_further_copy_says_the_same_under_the_next_number(engine: Engine, town: Town) -> None:
    people, public_id = town
    asked = partial(ask_reissue, user=people["applicant"], public_id=public_id, reasons="搬家时丢失", now=NOW)
    assert settle(engine, people, run(engine, asked)).status == "reissued"
    with transaction(engine) as db:
        rows = issues_of(db, certificate_of(db, public_id))
        assert [each.reason for each in rows] == ["首次签发", "补证"]
        holds_together(db, certificate_of(db, public_id), {})


def test_a_lost_certificate_wants_a_word_of_explanation(engine: Engine, town: Town) -> None:
    people, public_id = town
    with pytest.raises(Invalid):
        run(
            engine,
            partial(ask_reissue, user=people["applicant"], public_id=public_id, reasons=" ", now=NOW),
        )


def test_how_it_was_lost_is_told_in_characters_that_a_letter_can_print(engine: Engine, town: Town) -> None:
    people, public_id = town
    lost = partial(ask_reissue, user=people["applicant"], public_id=public_id, reasons="丢了😭", now=NOW)
    with pytest.raises(Invalid) as refused:
        run(engine, lost)
    assert "😭”（U+1F62D）" in refused.value.errors["reasons"]
    with transaction(engine) as db:
        assert db.execute(select(cases.c.number).where(cases.c.process == "reissue")).all() == []


def test_a_further_copy_that_is_declined_is_one_letter_of_the_window(engine: Engine, town: Town) -> None:
    people, public_id = town
    asked = partial(ask_reissue, user=people["applicant"], public_id=public_id, reasons="搬家时丢失", now=NOW)
    case = settle(engine, people, run(engine, asked), approval=DECLINE)
    assert case.status == "not_reissued"
    with transaction(engine) as db:
        query = select(letters.c.kind, letters.c.item, letters.c.issuer, letters.c.name)
        (written,) = db.execute(query.where(letters.c.case_id == case.id)).all()
        said = "reissue_refusal", "", "张店区行政审批服务局", "不予补证决定书"
        assert tuple(written) == said
        assert len(issues_of(db, certificate_of(db, public_id))) == 1
