"""A lamp says days in words, and a clock's sentence says how its date comes about."""

from datetime import date

import pytest

from engine.clock.count import ClockState, state_of
from engine.clock.explain import Explained, ExplainedLine
from engine.clock.ledger import Entry
from engine.days import NATIONAL, Calendar
from engine.queries.lights import Light
from tests.web.conftest import Site
from web.clocks import sentence, strip
from web.lights import expected, lamp_of

START = date(2026, 11, 5)  # a Thursday
DUE = date(2026, 12, 3)  # twenty working days later


@pytest.mark.parametrize(
    ("state", "today", "word", "tone"),
    [
        ("running", date(2026, 11, 30), "还剩 3 个工作日", "good"),
        ("running", date(2026, 12, 2), "还剩 1 个工作日", "warn"),
        ("running", DUE, "今日到期", "warn"),
        ("running", date(2026, 12, 7), "已超期 2 个工作日", "bad"),
        ("running", date(2026, 12, 4), "已超期 1 个工作日", "bad"),
        ("paused", date(2026, 12, 7), "计时暂停", "paused"),
        ("stopped", date(2026, 12, 7), "已停止计时", "plain"),
    ],
)
def test_a_lamp_says_days_beside_its_colour(
    site: Site, state: str, today: date, word: str, tone: str
) -> None:
    with site.app.test_request_context():
        lamp = lamp_of(state, DUE, date(2026, 12, 2), today, NATIONAL)
    assert (lamp.word, lamp.tone) == (word, tone)
    assert lamp.sign


def test_the_days_of_a_lamp_are_those_of_its_region(site: Site) -> None:
    closed = Calendar({date(2026, 12, 1): False})
    with site.app.test_request_context():
        lamp = lamp_of("running", DUE, date(2026, 12, 2), date(2026, 11, 30), closed)
    assert lamp.word == "还剩 2 个工作日"


def test_what_is_expected_says_what_it_does_not_count_and_what_may_move(site: Site) -> None:
    def light(state: str, provisional: bool) -> Light:
        return Light("bundle", state, DUE, DUE, provisional, NATIONAL)

    with site.app.test_request_context():
        assert expected(None, DUE, ()) == "2026年12月3日"
        assert expected(None, DUE, ("公示", "听证")) == "2026年12月3日（不含公示、听证的时间）"
        assert expected(light("running", False), START, ("听证",)) == "2026年12月3日（不含听证的时间）"
        assert "可能变动" in expected(light("running", True), START, ())
        assert "计时暂停" in expected(light("paused", False), START, ())


def clock(*entries: Entry, today: date) -> Explained:
    state = state_of(entries, NATIONAL, today)
    assert isinstance(state, ClockState)
    lines = tuple(
        ExplainedLine(
            line.entry.on_day,
            line.entry.entry,
            "",
            line.days,
            line.entry.kind or "",
            "",
            "",
            "",
            None,
            "",
            line.due_on,
            line.projected,
        )
        for line in state.lines
    )
    return Explained("statutory", "", "", "法定时限", state, lines)


BEGUN = Entry(1, "statutory", "start", START, days=20)
HEARD = Entry(2, "statutory", "pause", date(2026, 11, 10), days=20, kind="hearing")
OVER = Entry(3, "statutory", "resume", date(2026, 11, 20), kind="hearing", closes=2)


def test_the_sentence_names_limit_start_and_what_was_left_out(site: Site) -> None:
    with site.app.test_request_context():
        said = sentence(clock(BEGUN, HEARD, OVER, today=date(2026, 11, 23)))
    assert said == (
        "预计最晚 2026年12月15日 办完：法定 20 个工作日，从 2026年11月5日 起算（当天不算），"
        "扣除听证 8 个工作日。"
    )


def test_the_sentence_of_a_paused_clock_says_so(site: Site) -> None:
    with site.app.test_request_context():
        said = sentence(clock(BEGUN, HEARD, today=date(2026, 11, 12)))
    assert said.startswith("现在暂停计时")
    assert "听证进行中（预计 20 个工作日，不计入）" in said


def test_the_weeks_show_as_many_days_that_count_as_the_limit_has(site: Site) -> None:
    with site.app.test_request_context():
        weeks = strip(clock(BEGUN, HEARD, OVER, today=date(2026, 11, 23)), NATIONAL, date(2026, 11, 23))
    kinds = [square.kind.split()[0] for week in weeks for square in week]
    assert kinds.count("op-day-counts") + kinds.count("op-day-due") == 20
    assert kinds.count("op-day-paused") == 8
    assert all(square.word for week in weeks for square in week)
