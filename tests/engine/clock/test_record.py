"""What happens to a case starts, stops, pauses and prolongs its clocks, each with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, delete

from engine.cases import Case, CaseItem
from engine.clock.count import ClockState, state_of
from engine.clock.ledger import BUNDLE, COMMITTED, RECEIPT, STATUTORY, Entry, Key, by_clock
from engine.clock.reading import explained
from engine.clock.record import record
from engine.clock.rows import read_entries
from engine.days import NATIONAL, local_day
from engine.deployments import load
from engine.happenings import Happened
from engine.letters.write import Letter
from engine.promised import promised_days
from engine.tables import clock_entries, clocks
from tests.engine.clerks import People, case_of
from tests.engine.clock.ledgers import computed
from tests.filing import NOW, file_case

FOOD, FIRE = "food_operation", "fire_check"
MONDAY = local_day(NOW)
LATER = NOW + timedelta(days=2)


@dataclass
class Story:
    """One case, to which things happen; its items are taken as they stand."""

    db: Connection
    case: Case

    def __call__(
        self,
        happened: str,
        items: Sequence[str] = (),
        /,
        now: datetime = NOW,
        letters: Sequence[Letter] = (),
        **values: object,
    ) -> "Story":
        deployment = load(self.db, self.case.deployment_id)
        about = (self.case, deployment, "system", tuple(items), values)
        record(self.db, Happened(happened, *about), letters, now)
        return self

    def decided(self, *items: str) -> "Story":
        said = {name: replace(self.case.items[name], outcome="granted") for name in items}
        self.case = replace(self.case, items={**self.case.items, **said})
        return self

    @property
    def entries(self) -> Mapping[Key, tuple[Entry, ...]]:
        return by_clock(read_entries(self.db, self.case.id))

    def state(self, clock: str, item: str = "", on: date = MONDAY) -> ClockState:
        found = state_of(self.entries[Key(clock, item)], NATIONAL, on)
        assert found is not None
        return found

    def written(self, clock: str, item: str = "") -> list[str]:
        return [each.entry for each in self.entries.get(Key(clock, item), ())]

    def running(self) -> set[tuple[str, str]]:
        rows = computed(self.db, self.case.id)
        return {(key.clock, key.item) for key, row in rows.items() if row[0] != "stopped"}


@pytest.fixture(scope="module")
def filed(engine: Engine, people: People) -> str:
    return file_case(engine, people)


@pytest.fixture
def story(desk: Connection, filed: str) -> Story:
    """A case to which nothing has happened yet."""
    case = case_of(desk, filed)
    desk.execute(delete(clocks).where(clocks.c.case_id == case.id))
    desk.execute(delete(clock_entries).where(clock_entries.c.case_id == case.id))
    undecided = {name: CaseItem(name, item.visit) for name, item in case.items.items()}
    return Story(desk, replace(case, items=undecided, words={}))


@pytest.fixture
def accepted(story: Story) -> Story:
    return story("submitted")("accepted", [FOOD, FIRE])


def test_filing_starts_the_five_days_of_receipt(story: Story) -> None:
    story("submitted")
    assert story.running() == {(RECEIPT, "")}
    assert story.state(RECEIPT).due_on == date(2026, 11, 30)
    assert story.state(RECEIPT).lines[0].entry.law == "《中华人民共和国行政许可法》第三十二条"


def test_acceptance_starts_two_clocks_an_item_and_one_of_the_whole(accepted: Story) -> None:
    assert accepted.running() == {
        (BUNDLE, ""),
        (STATUTORY, FOOD),
        (COMMITTED, FOOD),
        (STATUTORY, FIRE),
        (COMMITTED, FIRE),
    }
    items = load(accepted.db, accepted.case.deployment_id).catalogue_on(accepted.case.filed_on).items
    assert accepted.state(STATUTORY, FOOD).allowed == items[FOOD].statutory_days
    promised = promised_days(accepted.case, [items[FOOD], items[FIRE]])
    assert accepted.state(COMMITTED, FOOD).allowed == promised[FOOD] <= accepted.state(BUNDLE).allowed
    assert accepted.written(RECEIPT) == ["start", "stop"]


def test_silence_accepts_from_the_day_of_receipt(story: Story) -> None:
    story("submitted")
    story("accepted", [FOOD], now=NOW + timedelta(days=8), silent=True)
    assert story.state(STATUTORY, FOOD).started_on == MONDAY
    assert story.state(RECEIPT).late, "nobody answered in time"


def test_silence_after_a_correction_accepts_from_the_day_it_was_corrected(story: Story) -> None:
    corrected = datetime(2026, 11, 25, 2, tzinfo=UTC)
    story.case = replace(story.case, words={"received_at": corrected.isoformat()})
    story("accepted", [FOOD], now=NOW + timedelta(days=12), silent=True)
    assert story.state(STATUTORY, FOOD).started_on == date(2026, 11, 25)


def test_a_promise_is_held_to_the_days_of_promises(story: Story) -> None:
    deployment = load(story.db, story.case.deployment_id)
    items = deployment.catalogue_on(story.case.filed_on).items
    promised = next(
        name for name in sorted(story.case.items) if items[name].committed_days_on_commitment is not None
    )
    taken = replace(story.case.items[promised], way="commitment")
    story.case = replace(story.case, items={**story.case.items, promised: taken})
    story("accepted", [promised])
    days = items[promised].committed_days_on_commitment
    assert story.state(COMMITTED, promised).allowed == story.state(BUNDLE).allowed == days


def test_a_correction_stops_receipt_and_its_answer_starts_it_anew(story: Story) -> None:
    story("submitted")("correction_asked")
    assert story.running() == set()
    story("corrected", now=LATER)
    assert story.running() == {(RECEIPT, "")}
    assert story.state(RECEIPT).started_on == date(2026, 11, 25)


def test_a_test_pauses_both_clocks_of_its_item_and_the_whole_but_no_other_item(accepted: Story) -> None:
    accepted("paused", [FOOD], kind="testing", days=5, reason="送检", law="第四十五条")
    paused = {key for key, row in computed(accepted.db, accepted.case.id).items() if row[0] == "paused"}
    assert paused == {Key(STATUTORY, FOOD), Key(COMMITTED, FOOD), Key(BUNDLE)}
    accepted("resumed", [FOOD], now=LATER, kind="testing", reason="检测报告已出")
    assert accepted.state(STATUTORY, FOOD, date(2026, 11, 25)).paused_days == 2
    assert accepted.state(BUNDLE, on=date(2026, 11, 25)).state == "running"


def test_a_visit_leaves_the_law_s_own_clock_running(accepted: Story) -> None:
    accepted("paused", [FOOD], kind="site_visit", days=2, reason="踏勘")
    assert accepted.written(STATUTORY, FOOD) == ["start"]
    assert accepted.written(COMMITTED, FOOD) == ["start", "pause"]
    assert accepted.written(BUNDLE) == ["start", "pause"]


def test_the_same_pause_is_not_entered_twice(accepted: Story) -> None:
    accepted("paused", [FOOD], kind="testing", days=5)("paused", [FOOD], kind="testing", days=5)
    assert accepted.written(STATUTORY, FOOD) == ["start", "pause"]
    assert accepted.written(BUNDLE) == ["start", "pause"]


def test_two_items_paused_for_the_same_hold_the_whole_until_both_go_on(accepted: Story) -> None:
    accepted("paused", [FOOD, FIRE], kind="testing", days=5)
    accepted("resumed", [FOOD], now=LATER, kind="testing")
    assert accepted.state(BUNDLE, on=date(2026, 11, 26)).state == "paused"
    accepted("resumed", [FIRE], now=LATER, kind="testing")
    assert accepted.state(BUNDLE, on=date(2026, 11, 26)).state == "running"


def test_nothing_is_paused_before_it_is_accepted(story: Story) -> None:
    story("submitted")("paused", [FOOD], kind="testing", days=5)
    assert story.running() == {(RECEIPT, "")}
    assert story.written(RECEIPT) == ["start"]


def test_a_hearing_pauses_from_when_it_is_asked_for_until_it_was_held(accepted: Story) -> None:
    accepted("hearing_asked", [FOOD])("hearing_called", [FOOD], now=LATER)
    assert accepted.written(STATUTORY, FOOD) == ["start", "pause"]
    assert accepted.entries[Key(STATUTORY, FOOD)][1].days == 20
    accepted("hearing_held", [FOOD], now=LATER)
    assert accepted.written(STATUTORY, FOOD) == ["start", "pause", "resume"]
    assert accepted.state(STATUTORY, FOOD, date(2026, 11, 25)).paused_days == 2


def test_an_extension_of_an_item_prolongs_the_whole_once(accepted: Story) -> None:
    before = accepted.state(BUNDLE).due_on
    accepted("extended", [FOOD], days=10, reason="情况复杂")("extended", [FIRE], days=5, reason="情况复杂")
    assert accepted.state(STATUTORY, FOOD).extended == accepted.state(COMMITTED, FOOD).extended == 10
    assert accepted.state(STATUTORY, FIRE).extended == 5
    assert accepted.state(BUNDLE).due_on == NATIONAL.add_working_days(before, 10)


def test_an_extension_of_the_whole_prolongs_everything(accepted: Story) -> None:
    accepted("extended", days=15, reason="联合办理")
    assert {accepted.state(key.clock, key.item).extended for key in accepted.entries} == {0, 15}
    assert accepted.state(BUNDLE).extended == accepted.state(STATUTORY, FIRE).extended == 15


def test_a_decision_stops_its_item_and_the_last_one_the_whole(accepted: Story) -> None:
    accepted.decided(FOOD)("granted", [FOOD])
    assert accepted.running() == {(BUNDLE, ""), (STATUTORY, FIRE), (COMMITTED, FIRE)}
    accepted.decided(FIRE)("refused", [FIRE])
    assert accepted.running() == set()


def test_a_decision_ends_what_the_item_held_up_of_the_whole(accepted: Story) -> None:
    accepted("paused", [FOOD], kind="testing", days=5)("granted", [FOOD], now=LATER)
    assert accepted.written(BUNDLE) == ["start", "pause", "resume"]
    assert accepted.state(BUNDLE, on=date(2026, 11, 26)).state == "running"


def test_refusing_one_item_at_the_window_leaves_the_others_running(story: Story) -> None:
    story("submitted")("accepted", [FIRE])("not_accepted", [FOOD])
    assert story.running() == {(BUNDLE, ""), (STATUTORY, FIRE), (COMMITTED, FIRE)}


def test_withdrawing_everything_before_acceptance_stops_receipt(story: Story) -> None:
    story("submitted").decided(*story.case.items)("withdrawn", sorted(story.case.items))
    assert story.running() == set()


def test_withdrawing_one_item_leaves_the_others_running(accepted: Story) -> None:
    accepted.decided(FOOD)("withdrawn", [FOOD])
    assert accepted.running() == {(BUNDLE, ""), (STATUTORY, FIRE), (COMMITTED, FIRE)}


def test_the_end_of_a_case_stops_everything(accepted: Story) -> None:
    assert accepted("ended").running() == set()


def test_what_follows_a_case_later_has_no_clocks(story: Story) -> None:
    story.case = replace(story.case, process="post_check")
    assert story("submitted").running() == set()


def test_the_table_says_what_the_ledger_says(accepted: Story) -> None:
    accepted("paused", [FOOD], kind="testing", days=5)("extended", [FIRE], days=10)
    for key, row in computed(accepted.db, accepted.case.id).items():
        state = accepted.state(key.clock, key.item)
        assert row == (state.state, state.due_on, state.yellow_from, state.provisional)


def test_every_line_is_explained_with_law_letter_and_date(accepted: Story) -> None:
    accepted("paused", [FOOD], kind="testing", days=5, reason="送检", law="第四十五条")
    accepted("resumed", [FOOD], now=LATER, kind="testing", reason="检测报告已出")
    catalogue = load(accepted.db, accepted.case.deployment_id).catalogue_on(accepted.case.filed_on)
    found = explained(accepted.db, accepted.case.id, catalogue, date(2026, 11, 25))
    assert [each.clock for each in found[:2]] == [RECEIPT, BUNDLE]
    clock = next(each for each in found if (each.clock, each.item) == (STATUTORY, FOOD))
    assert (clock.title, clock.item_name) == ("法定时限", catalogue.item(FOOD).name)
    assert [line.what for line in clock.lines] == ["开始计时", "检验检测：暂停计时", "检验检测：恢复计时"]
    assert [line.days for line in clock.lines] == [10, 5, 2]
    assert clock.lines[1].projected and not clock.lines[2].projected
    assert clock.lines[2].due_on == clock.state.due_on
    assert (clock.lines[1].reason, clock.lines[1].law) == ("送检", "第四十五条")
    assert {line.who for line in clock.lines} == {"系统"}
    whole = next(each for each in found if each.clock == BUNDLE)
    assert whole.lines[1].about == catalogue.item(FOOD).name
