"""Carries one scenario through the diagram: the real engine, forms and acts, with the case kept in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from engine.acts import ACTS
from engine.advance import heard, settled
from engine.cases import Case, CaseItem
from engine.catalogue import Catalogue
from engine.days import local_day
from engine.deployments import Deployment
from engine.errors import Invalid
from engine.facts import facts_of
from engine.guide import result
from engine.inspections.deadlines import with_deadlines
from engine.receipt import correction_days, with_deadline
from engine.said import Said
from engine.scenarios.reading import Scenario
from engine.scenarios.usual import usual_form
from engine.step_forms import asked_at
from engine.unanswered import BY_ITSELF
from engine.workflow import CannotMove, Moved, Step, Timer, complete, describe, fire_timers, start
from forms.clean import clean

LONGEST = 500  # moves; a scenario that needs more goes round in circles


@dataclass(frozen=True)
class Walk:
    """What came of a scenario: the flows it walked, how it ended, what was not as expected (none: passed)."""

    scenario: Scenario
    flows: frozenset[str]
    end: str
    problems: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.problems


class _Walking:
    """A case under way in memory."""

    def __init__(self, deployment: Deployment, scenario: Scenario, now: datetime) -> None:
        self.deployment, self.scenario, self.now = deployment, scenario, now
        self.problems: list[str] = []
        self.steps: list[str] = []
        self.waiting: dict[str, Step] = {}  # task id → step, as the case takes it
        self.timers: dict[str, Timer] = {}
        self.case = _case(deployment, scenario, now)
        self.moved = self._take(start(deployment.model, self._facts()))

    def run(self) -> None:
        awaited = [deed.wait for deed in self.scenario.steps if deed.wait]
        for _ in range(LONGEST):
            if self.moved.ended or self.moved.stuck or self.problems:
                self.problems += [f"没有计时器“{event}”在等待。" for event in awaited]
                return
            if awaited and (due := self._due(awaited[0])):
                awaited.pop(0)
                self._let_time_pass(due)
            elif self.waiting:
                self._finish(min(self.waiting, key=lambda each: self.waiting[each].id))
            elif self.timers:
                self._let_time_pass(min(timer.due_at for timer in self.timers.values()))
            else:
                return
        self.problems.append(f"走了 {LONGEST} 步还没有结束，流程可能在兜圈子。")

    def _finish(self, task: str) -> None:
        step = self.waiting.pop(task)
        time = self.steps.count(step.id)
        self.steps.append(step.id)
        if by_itself := BY_ITSELF.get(step.act or ""):
            self.case = heard(self.case, by_itself(self.case))
        if step.kind == "user":
            asked = asked_at(self.deployment, self.case, step)
            today = local_day(self.now)
            raw = usual_form(asked, self.scenario.form_for(step.id, time), today)
            cleaned = clean(asked.form.fields, raw, today=today, context=asked.context)
            errors: Mapping[str, str] = cleaned.errors
            try:
                if not errors:
                    said = ACTS[step.act or ""](self.case, step, cleaned.values, self._catalogue())
                    self.case = heard(self.case, self._with_deadlines(said))
            except Invalid as refused:
                errors = refused.errors
            if errors:
                self.problems += [f"{step.id} 的表单：{name}：{words}" for name, words in errors.items()]
                return
        self._take(complete(self.deployment.model, self.case.state, task, self._facts()))

    def _due(self, event: str) -> datetime | None:
        return min((timer.due_at for timer in self.timers.values() if timer.event == event), default=None)

    def _let_time_pass(self, moment: datetime) -> None:
        self.now = max(self.now, moment)
        self._take(fire_timers(self.deployment.model, self.case.state, self._facts(), self.now))

    def _take(self, moved: Moved) -> Moved:
        moved = settled(self.case, self.deployment, moved, self.now)
        for gone in moved.closed:
            self.waiting.pop(gone, None)
        for dropped in moved.dropped_timers:
            self.timers.pop(dropped, None)
        self.waiting.update((opened.task_id, opened.step) for opened in moved.opened)
        self.timers.update((timer.task_id, timer) for timer in moved.timers)
        self.case = replace(self.case, state=moved.state)
        self.moved = moved
        return moved

    def _with_deadlines(self, said: Said) -> Said:
        settings = self._catalogue().settings(self.case.region)
        return with_deadlines(with_deadline(said, correction_days(settings), self.now), settings, self.now)

    def _catalogue(self) -> Catalogue:
        return self.deployment.catalogue_on(self.case.filed_on)

    def _facts(self) -> dict[str, object]:
        return facts_of(self.case, self.deployment.model.steps, self.now)


def walk(deployment: Deployment, scenario: Scenario, now: datetime) -> Walk:
    """Carry `scenario` to its end and compare with what it expects."""
    try:
        walking = _Walking(deployment, scenario, now)
        walking.run()
    except Invalid as refused:
        return _impossible(scenario, [f"导办的回答：{name}：{why}" for name, why in refused.errors.items()])
    except CannotMove as error:
        return _impossible(scenario, [str(error)])
    seen = describe(deployment.model, walking.case.state)
    flows = frozenset(deployment.model.flows) & frozenset(seen)
    end = walking.moved.ends[-1] if walking.moved.ends else ""
    problems = (*walking.problems, *_compare(walking, end))
    return Walk(scenario, flows, end, problems)


def _impossible(scenario: Scenario, problems: list[str]) -> Walk:
    return Walk(scenario, frozenset(), "", tuple(problems))


def _compare(walking: _Walking, end: str) -> list[str]:
    expect, problems = walking.scenario.expect, []
    if walking.moved.stuck:
        problems.append("流程停住了，没有环节可以办理。")
    if end != expect.end:
        problems.append(f"应当结束于“{expect.end}”，实际是“{end or '没有结束'}”。")
    visited = any(walking.deployment.model.steps[step].act == "inspect" for step in walking.steps)
    if visited != expect.visit:
        problems.append("应当有现场踏勘，实际没有。" if expect.visit else "不应当有现场踏勘，实际有。")
    outcomes = {item.item: item.outcome for item in walking.case.items.values() if item.outcome}
    for item in sorted({*outcomes, *expect.outcomes}):
        if outcomes.get(item) != expect.outcomes.get(item):
            problems.append(f"事项 {item} 应为 {expect.outcomes.get(item)}，实际 {outcomes.get(item)}。")
    unknown = {deed.do for deed in walking.scenario.steps if deed.do} - set(walking.steps)
    problems += [f"写了环节“{step}”怎么办，但没有走到它。" for step in sorted(unknown)]
    return problems + _compare_days(walking)


def _compare_days(walking: _Walking) -> list[str]:
    expected = walking.scenario.expect.days
    today = local_day(walking.now)
    days = result(walking.deployment.catalogue, walking.scenario.answers, today).committed_days
    return [] if expected in (None, days) else [f"承诺时限应为 {expected} 个工作日，实际 {days} 个。"]


def _case(deployment: Deployment, scenario: Scenario, now: datetime) -> Case:
    found = result(deployment.catalogue, scenario.answers, local_day(now))
    items = {entry.item.id: CaseItem(entry.item.id, entry.visit) for entry in found.items}
    return Case(
        id=0,
        number=scenario.id,
        industry=deployment.industry,
        region=found.region.code,
        deployment_id=deployment.id,
        applicant_id=0,
        operator=scenario.title,
        status="submitted",
        accepted=None,
        guide=scenario.answers,
        state=b"",
        version=1,
        last_seq=0,
        last_hash="",
        submitted_at=now,
        ended_at=None,
        uscc="",
        subject_id=0,
        process="",
        parent_id=None,
        words={},
        items=items,
    )
