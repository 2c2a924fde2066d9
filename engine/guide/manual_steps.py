"""The steps of a manual: who does each in which time, what they look at and fill in, and what follows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.catalogue import Catalogue
from engine.course import Course, Follow, Reminder, Station
from engine.guide.item_guide import NO_VISIT, Point, visit_of
from engine.guide.material_guide import materials_of
from forms.fields import Field
from forms.library import FormLibrary

ACCEPT = "accept"
CHECKLIST = "checklist"
ON_THE_SPOT = "当场"
_ROLES = {
    "applicant": "申请人",
    "window": "综合窗口人员",
    "clerk": "审批、审查人员",
    "inspector": "踏勘人员",
}
# What the system does by itself, by the act of a step; the handlers do nothing else.
_SYSTEM: Mapping[str, str] = {
    "license": "按证件编号规则为准予的事项编排证号，登记有效期和许可范围。",
    "issue": "把准予的事项合成一张行业综合许可证，生成带二维码的电子证照。",
    "notify": "给申请人发办结消息，告诉结果和取证方式。",
    "agree": "到期没有答复的部门，按同意申请人选的时间记下，并告诉督查人员；申请人没有选的，按第一个时间。",
    "unrectified": "整改期满没有提交的，按踏勘的结果往下办。",
    "remind": "提醒到期未办的承办人员，每人只提醒一次。",
}
_BY_ITSELF = "系统自动办理，不用人操作。"


@dataclass(frozen=True)
class Entry:
    """One thing that the clerk fills in: its label, the answers to choose from, a hint and the law."""

    label: str
    options: tuple[str, ...]
    hint: str
    basis: str


@dataclass(frozen=True)
class Sheet:
    """The form that is filled in at steps of one kind: what it asks for, and its entries."""

    title: str
    intro: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Post:
    """Who works in a lane of the diagram: their office and role, and the titles of their steps."""

    lane: str
    department: str
    role: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class ManualStep:
    """One step; `days` says the limit in words, `system` what the system does, "" where a person works.

    `before` are the titles of the steps it follows on, `sheet` is the title of the form that is filled in.
    """

    number: int
    id: str
    title: str
    part: str
    who: str
    system: str
    item: str
    days: str
    before: tuple[str, ...]
    materials: tuple[str, ...]
    checks: tuple[Point, ...]
    sheet: str
    follows: tuple[Follow, ...]
    reminders: tuple[Reminder, ...]


def posts_of(course: Course, catalogue: Catalogue) -> tuple[Post, ...]:
    """Everybody who has a step, in the order in which the course comes to them."""
    found: dict[str, list[str]] = {}
    for station in course.stations:
        if station.step.kind == "user" and station.step.lane:
            found.setdefault(station.step.lane, []).append(station.step.title)
    return tuple(_post(catalogue, lane, tuple(titles)) for lane, titles in found.items())


def manual_steps(course: Course, catalogue: Catalogue, forms: FormLibrary) -> tuple[ManualStep, ...]:
    """Every step of the course, numbered."""
    before = _before(course)
    return tuple(
        _step(number, station, before.get(station.step.title, ()), catalogue, forms)
        for number, station in enumerate(course.stations, 1)
    )


def sheets_of(course: Course, forms: FormLibrary) -> tuple[Sheet, ...]:
    """The forms that the course's steps use, each once, in their order."""
    used = dict.fromkeys(station.step.form or "" for station in course.stations)
    found = (forms.steps[form] for form in used if form in forms.steps)
    return tuple(Sheet(form.title, form.intro, tuple(_entry(each) for each in form.fields)) for form in found)


def _post(catalogue: Catalogue, lane: str, titles: tuple[str, ...]) -> Post:
    who = catalogue.lane(lane)
    department = catalogue.department(who.department).name if who.department else ""
    return Post(lane, department, _ROLES.get(who.role, who.role), titles)


def _before(course: Course) -> Mapping[str, tuple[str, ...]]:
    """Title of a step → titles of those that lead to it."""
    found: dict[str, dict[str, None]] = {}
    for station in course.stations:
        for follow in station.follows:
            for title in follow.then:
                found.setdefault(title, {})[station.step.title] = None
    return {title: tuple(titles) for title, titles in found.items()}


def _step(
    number: int, station: Station, before: tuple[str, ...], catalogue: Catalogue, forms: FormLibrary
) -> ManualStep:
    step = station.step
    form = forms.steps.get(step.form or "")
    fields = form.fields if form else ()
    looks = any(field.kind == CHECKLIST for field in fields)
    item = catalogue.items.get(step.item or "")
    return ManualStep(
        number=number,
        id=step.id,
        title=step.title,
        part=station.part,
        who=step.lane or "",
        system=_SYSTEM.get(step.act or "", _BY_ITSELF) if step.kind == "service" else "",
        item=item.name if item else "",
        days="" if step.kind == "service" else f"{step.limit} 个工作日内" if step.limit else ON_THE_SPOT,
        before=before,
        materials=_materials(station, catalogue) if looks or step.act == ACCEPT else (),
        checks=tuple(_checks(station, catalogue)) if looks else (),
        sheet=form.title if form else "",
        follows=station.follows,
        reminders=station.reminders,
    )


def _materials(station: Station, catalogue: Catalogue) -> tuple[str, ...]:
    """What is handed in for the step's item, or for all of them where it is about the whole case."""
    named = catalogue.items.get(station.step.item or "")
    items = [named] if named else catalogue.items.values()
    return tuple(dict.fromkeys(each.name for item in items for each in materials_of(catalogue, item)))


def _checks(station: Station, catalogue: Catalogue) -> Iterator[Point]:
    """The points to look at, each once: those of the step's item, or of all that the visit may look at."""
    named = catalogue.items.get(station.step.item or "")
    items = [named] if named else [i for i in catalogue.items.values() if visit_of(i) != NO_VISIT]
    points = {point.id: Point(point.text, point.basis) for item in items for point in item.checklist}
    return iter(points.values())


def _entry(field: Field) -> Entry:
    return Entry(field.label, tuple(option.label for option in field.options), field.hint, field.basis)
