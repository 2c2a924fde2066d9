"""What the guide would say now: typed values replace its answers, and items may come or go with them."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.catalogue import Answer, Catalogue
from engine.guide import GuideResult


@dataclass(frozen=True)
class Change:
    """What a saved value did to the application: the items (name, why) that came and those that went."""

    added: tuple[tuple[str, str], ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped)


def guide_after(
    catalogue: Catalogue, guide: Mapping[str, Answer], answers: Mapping[str, object]
) -> dict[str, Answer]:
    """The guide's answers, with those replaced that the form has asked again, more exactly."""
    after = dict(guide)
    for question in catalogue.questions:
        value = answers.get(question.field or "")
        if value is None:
            continue
        if question.fills is not None:
            after[question.id] = isinstance(value, list) and question.fills in value
        elif isinstance(value, bool | int | float | str) and question.accepts(value):
            after[question.id] = value
    return after


def change_between(before: GuideResult, after: GuideResult) -> Change:
    """Which items came and went, each with its reason."""
    had = {entry.item.id: entry.item.name for entry in before.items}
    has = {entry.item.id for entry in after.items}
    because = {entry.item.id: entry.why for entry in after.not_needed}
    return Change(
        added=tuple((entry.item.name, entry.why) for entry in after.items if entry.item.id not in had),
        dropped=tuple((name, because.get(id, "")) for id, name in had.items() if id not in has),
    )
