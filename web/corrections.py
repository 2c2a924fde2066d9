"""Notices and replies as pages show them: each thing once, the old value beside the new one, in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine.corrections.filed import FIELD, Filed, Thing
from engine.corrections.notice import Line, line_of
from engine.corrections.points import SENT, Correction, Flag, flags
from engine.corrections.replies import FILES, VALUE, WORDS, waits_for_reply
from forms.fields import Field

STATES = {"sent": _l("等申请人补正"), "answered": _l("申请人已经补正"), "lapsed": _l("逾期没有补正")}
TONES = {"sent": "info", "answered": "good", "lapsed": "bad"}
RESULTS = {"ok": _l("已改正"), "not_ok": _l("未改正")}

InWords = Callable[[Field, Any], str]  # an answer as its reader may see it
Sees = Callable[[Thing], bool]  # whether the reader may see what stands there


@dataclass(frozen=True)
class Asked:
    """What one office asks, and what it found when it looked again ("" before that)."""

    line: Line
    result: str
    found: str


@dataclass(frozen=True)
class Told:
    """One question or material of a notice: what is asked, what stood there, and what was replied."""

    target: str
    name: str
    label: str
    section: str
    asked: tuple[Asked, ...]
    before: str
    after: str
    words: str

    @property
    def open(self) -> bool:
        """Whether an office found that it was not put right."""
        return any(each.result == "not_ok" for each in self.asked)


@dataclass(frozen=True)
class Round:
    """One notice with its reply."""

    correction: Correction
    told: tuple[Told, ...]
    waits: bool  # for the applicant; not once the case is over, by whatever way

    @property
    def state(self) -> str:
        over = self.correction.state == SENT and not self.waits
        return str(_("没有补正，办件已经结束") if over else STATES[self.correction.state])

    @property
    def tone(self) -> str:
        return TONES[self.correction.state] if self.waits or self.correction.state != SENT else "plain"


def everything(thing: Thing) -> bool:
    """All of it may be seen, as by the applicant."""
    return True


def rounds(
    filed: Filed, found: Iterable[Correction], in_words: InWords, sees: Sees = everything
) -> list[Round]:
    """The notices as a page shows them, newest first."""
    return [
        Round(
            each,
            told(filed, flags(filed.things, each.points), in_words, sees),
            each.state == SENT and waits_for_reply(filed.case),
        )
        for each in reversed(tuple(found))
    ]


def told(filed: Filed, found: Iterable[Flag], in_words: InWords, sees: Sees = everything) -> tuple[Told, ...]:
    """What is asked about each thing, with the values in words where the reader may see them."""
    shown = (_told(filed, flag, in_words) for flag in found)
    hidden = {"before": _("（不是您的事项要用的内容，不显示）"), "words": ""}
    return tuple(
        each
        if sees(filed.things[each.target, each.name])
        else replace(each, **hidden, after=hidden["before"])
        for each in shown
    )


def _told(filed: Filed, flag: Flag, in_words: InWords) -> Told:
    reply = flag.reply or {}
    if flag.thing.target == FIELD:
        field = filed.fields[flag.thing.name]
        before = in_words(field, flag.before)
        after = in_words(field, reply[VALUE]) if reply.get(VALUE) is not None else ""
        if VALUE in reply and reply[VALUE] is None:
            after = _("因其他内容改动，不再需要填写")
    else:
        before = _labels(flag.before)
        after = _labels(reply.get(FILES))
    asked = tuple(Asked(line_of(filed, point), point.result or "", point.found) for point in flag.points)
    thing = flag.thing
    words = str(reply.get(WORDS, ""))
    return Told(thing.target, thing.name, thing.label, thing.section, asked, before, after, words)


def _labels(files: object) -> str:
    return "、".join(str(each["label"]) for each in files) if isinstance(files, list) else ""
