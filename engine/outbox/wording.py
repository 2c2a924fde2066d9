"""What messages say, as the designers write it in processes/messages.yaml, and what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import fields, post_load

from engine.catalogue.sheet import OneOf, Sheet, read_sheet, words
from engine.outbox.places import PAGES
from engine.outbox.said import IN_SHORT, STEPS, VALUES, sayable
from engine.outbox.sentences import gaps, is_sound
from forms.mistakes import Mistake, Mistakes, nearest
from forms.source import Document, Files, Path

MESSAGES = "processes/messages.yaml"
LONGEST_SHORT = 70  # characters of one short message (3GPP TS 23.040: 140 bytes of UCS-2)
# Characters of a value in a short message.
LONGEST_VALUE = {
    **{"case_number": 24, "takes_place_at": 16, "points": 3, "failures": 3},
    **{"days": 3, "round": 2, "half": 2},
}
LONGEST_OTHER = 11  # 2026年12月31日


@dataclass(frozen=True)
class Wording:
    """What is said about one kind of happening; `sms` "" where no short message goes out."""

    title: str
    text: str
    sms: str = ""
    link: str = "case"


@dataclass(frozen=True)
class Wordings:
    """The whole file: the words for each kind, the kinds that nobody is told of, and the words for codes."""

    messages: Mapping[str, Wording]
    not_told: Sequence[str]
    words: Mapping[str, Mapping[str, str]]


# Said under files that were published before there were messages.
PLAIN = Wording("办件有新的进展", "“{operator}”的办件（受理号 {case_number}）有新的进展，请点开查看。")
PLAIN_STEPS = {
    "finished": Wording("办件已办结", "“{operator}”的办件（受理号 {case_number}）已办结，请查看结果。"),
    "overdue": Wording("任务已到期", "办件 {case_number} 的“{step}”已到期，请尽快办理。", link="office"),
    "posted": Wording("证照已寄出", "“{operator}”的行业综合许可证已寄出，{carrier} {tracking}。"),
    "unclaimed": Wording(
        "许可结果待认领", "有 {waiting} 项许可结果到期没有认领，请尽快认领。", link="regulator"
    ),
    "undelivered": Wording("证照待发放", "有 {waiting} 张证照快到或者已过送达期限。", link="counter"),
    "suspension_due": Wording(
        "许可暂停期已满", "《{document}》（{number}）暂停到{until}已经期满，请作出处理决定。", link="office"
    ),
}


class WordingSheet(Sheet):
    """One entry of `messages`."""

    title = words()
    text = words()
    sms = words(optional=True)
    link = OneOf(*PAGES, default="case")

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Wording:
        return Wording(**{**data, "sms": data["sms"] or ""})


class MessagesSheet(Sheet):
    """The file processes/messages.yaml."""

    messages = fields.Dict(keys=fields.String(), values=fields.Nested(WordingSheet), required=True)
    not_told = fields.List(fields.String(), load_default=list)
    words = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.String()),
        load_default=dict,
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Wordings:
        return Wordings(**data)


def wordings(files: Files) -> Wordings:
    """What the file in `files` says, or nothing without it. Raises Mistakes when it is wrong in itself."""
    if MESSAGES not in files:
        return Wordings({}, (), {})
    mistakes: list[Mistake] = []
    read = read_sheet(files, MESSAGES, MessagesSheet(), mistakes)
    if read is None:
        raise Mistakes(mistakes)
    found = read[1]
    assert isinstance(found, Wordings)
    return found


def wording_of(files: Files, kind: str) -> Wording | None:
    """The words for a kind of happening; None when nobody is told of it."""
    found = wordings(files)
    return None if kind in found.not_told else found.messages.get(kind, PLAIN_STEPS.get(kind, PLAIN))


def check_wordings(files: Files) -> Iterator[Mistake]:
    """Every mistake in processes/messages.yaml; none without the file, as then only PLAIN is said."""
    mistakes: list[Mistake] = []
    read = read_sheet(files, MESSAGES, MessagesSheet(), mistakes) if MESSAGES in files else None
    yield from mistakes
    if read is None:
        return
    document, found = read
    kinds = {*VALUES, *STEPS}
    for key, named in (("messages", found.messages), ("not_told", found.not_told)):
        for number, kind in enumerate(named):
            if kind not in kinds:
                keys: Path = (key, kind if key == "messages" else number)
                do = nearest(kind, kinds) or "请删去。"
                yield document.mistake(keys, f"没有“{kind}”这种情况。", do)
    for kind in sorted(kinds - {*found.messages, *found.not_told}):
        do = "请补上，或列进 not_told。"
        yield document.mistake(("messages",), f"没有写“{kind}”时说什么。", do)
    for kind, wording in found.messages.items():
        if kind in kinds:
            yield from _check(document, kind, wording)


def _check(document: Document, kind: str, wording: Wording) -> Iterator[Mistake]:
    """What is wrong with the sentences of one kind."""
    for key, sentence in (("title", wording.title), ("text", wording.text), ("sms", wording.sms)):
        keys = ("messages", kind, key)
        if not is_sound(sentence):
            yield document.mistake(keys, "花括号或方括号不成对，或者方括号套方括号。", "请改正。")
        known = [name for name in sayable(kind) if key != "sms" or name in IN_SHORT]
        for name in gaps(sentence):
            if name not in known:
                do = nearest(name, known) or f"可以用的有：{'、'.join(known)}。"
                yield document.mistake(keys, f"这里不能用“{{{name}}}”。", do)
    if (longest := _longest(wording.sms)) > LONGEST_SHORT:
        says = f"短信填好以后可能有 {longest} 个字，最多 {LONGEST_SHORT} 个。"
        yield document.mistake(("messages", kind, "sms"), says, "请写短一些。")


def _longest(sentence: str) -> int:
    """How long a short message can get."""
    values = sum(LONGEST_VALUE.get(name, LONGEST_OTHER) for name in gaps(sentence))
    return len(sentence) - sum(len(name) + 2 for name in gaps(sentence)) + values
