"""The stages of a process as the applicant reads them: who does what, within how many working days."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from engine.course import Course, Station, read_course
from engine.deployments import Deployment
from engine.diagram import read_diagram

# Act of a stage's steps → its heading and what happens there; any other act is called as its steps are.
_WORDS: Mapping[str, tuple[str, str]] = {
    "accept": ("窗口受理", "综合窗口决定是否受理；不予受理的，当面或网上书面说明理由。"),
    "review": ("部门审查", "只审查您申请的事项；各部门同时进行，互不等待。"),
    "arrange": ("安排踏勘", "有事项要看现场的，先定时间：给您和各部门一到三个时间。"),
    "confirm": ("确认踏勘时间", "您选一个时间，或者写一个方便的时间；到期没有答复的，按第一个时间来。"),
    "name": ("派踏勘人员", "各部门同时答复能不能来、派谁来。"),
    "rectify": ("整改", "踏勘有不合格的才有这一步：要改的一次告知，改好以后一次提交。"),
    "reinspect": ("复查", "只看不合格的地方，一般看您传的照片和材料。"),
    "inspect": ("联合踏勘", "要看现场的事项，各部门一起上门，只看一次；都不用看的，跳过这一步。"),
    "decide": ("作出决定", "每个事项由负责的机关分别决定；不予许可的，书面说明理由和救济途径。"),
    "issue": ("制证送达", "准予的事项合并写在一张行业综合许可证上，有事项没有准予也不影响其他事项。"),
}
ISSUE = "issue"
LATER = "要等前面有关的决定作出以后才能办。"


@dataclass(frozen=True)
class StageStep:
    """One step of a stage: what is done, by whom, in how many working days (None: no limit of its own)."""

    title: str
    who: str
    days: int | None


@dataclass(frozen=True)
class Stage:
    """One stage of the flow; its steps run side by side."""

    title: str
    text: str
    steps: tuple[StageStep, ...]


def course_of(deployment: Deployment, process: str = "") -> Course:
    """The course of a deployment's process: "" for the industry's own, else one that follows a case."""
    model = deployment.model_of(process)
    diagrams = {
        process: read_diagram(deployment.files[path], path) for process, path in model.processes.items()
    }
    names = {item.id: item.name for item in deployment.catalogue.items.values()}
    return read_course(model.process, diagrams, model.steps, names)


def stages_of(course: Course, shorts: Mapping[str, str]) -> tuple[Stage, ...]:
    """The stages in their order; `shorts` are the short names of the items that are in force, by id.

    Steps of other items are left out. An act that comes again later, because an item waits for another's
    decision, is a stage of its own.
    """
    shown = [each for each in course.stations if _is_shown(each, shorts)]
    shown.sort(key=lambda each: each.depth)
    groups = [(act, list(each)) for (_, act), each in groupby(_by_act(shown), key=_depth_and_act)]
    acts = [act for act, _ in groups]
    return tuple(
        _stage(act, each, shorts, again=acts.count(act) > 1, later=act in acts[:number])
        for number, (act, each) in enumerate(groups)
    )


def _is_shown(station: Station, shorts: Mapping[str, str]) -> bool:
    step = station.step
    return (step.kind == "user" or step.act == ISSUE) and (step.item is None or step.item in shorts)


def _by_act(stations: list[Station]) -> list[Station]:
    """Of the steps that run side by side, those of one act together, in the order drawn."""
    sorted_: list[Station] = []
    for _, level in groupby(stations, key=lambda each: each.depth):
        together: dict[str, list[Station]] = {}
        for each in level:
            together.setdefault(_act(each), []).append(each)
        sorted_ += (each for group in together.values() for each in group)
    return sorted_


def _depth_and_act(station: Station) -> tuple[int, str]:
    return station.depth, _act(station)


def _act(station: Station) -> str:
    act = station.step.act or ""
    return act if act in _WORDS else station.step.title


def _stage(
    act: str, stations: list[Station], shorts: Mapping[str, str], *, again: bool, later: bool
) -> Stage:
    items = dict.fromkeys(shorts[each.step.item] for each in stations if each.step.item)
    own = f"只有申请“{'”“'.join(items)}”的才有这一步。" if items else ""
    title, text = _WORDS.get(act, (act, own))
    return Stage(
        title=f"{title}：{'、'.join(items)}" if again and items else title,
        text=LATER if later else text,
        steps=tuple(
            StageStep(each.step.title, each.step.lane or "", each.step.limit)
            for each in stations
            if each.step.kind == "user"
        ),
    )
