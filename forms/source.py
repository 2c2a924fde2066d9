"""Reads a designer's YAML text into plain values, remembers the line of each and refuses what YAML can hide.

Only mappings, lists and plain values: no tags, anchors, aliases or second documents, so a small file stays
small in memory. Of the plain words only `true`, `false`, `null`, dates and numbers are more than text: `no`
stays the word "no" and `000131` stays a code, unlike in YAML 1.1.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NoReturn

import yaml

from forms.mistakes import Mistake, Mistakes

Files = Mapping[str, str]
Key = str | int
Path = tuple[Key, ...]

LARGEST_FILE = 200_000  # characters; the largest file of the catalogue is a tenth of it
DEEPEST = 20  # levels of nesting

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})", re.ASCII)
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True)
class Document:
    """One YAML file as read: `data` is its top mapping, `lines` the line (from 1) of each key path.

    It is shared by all who read the same text: nobody may change it.
    """

    path: str
    data: Mapping[str, object]
    lines: Mapping[Path, int]

    def element(self, keys: Path) -> str:
        """The key path in words a designer can find, e.g. `sections.0.fields 行 12`."""
        name = ".".join(map(str, keys)) or "文件"
        nearest = next((self.lines[keys[:n]] for n in range(len(keys), 0, -1) if keys[:n] in self.lines), 0)
        return f"{name} 行 {nearest}" if nearest else name

    def mistake(self, keys: Path, says: str, do: str) -> Mistake:
        return Mistake(self.path, self.element(keys), says, do)


def read_document(files: Files, path: str) -> Document:
    """Read one file of `files`. Raises Mistakes when it is missing, too large, not YAML, or not a mapping."""
    if path not in files:
        raise Mistakes([Mistake(path, "文件", "缺少这个文件。", "请补上它，或恢复误删的文件。")])
    return _read(path, files[path])


@lru_cache(maxsize=1024)  # the check of each industry reads the shared files anew
def _read(path: str, text: str) -> Document:
    reading = _Reading(path)
    data = reading.read(text)
    if not isinstance(data, dict):
        raise Mistakes(
            [Mistake(path, "行 1", "文件最外层不是“键: 值”。", "请从键名写起，例如“title: 经营场所”。")]
        )
    return Document(path, data, reading.lines)


def paths_under(files: Files, folder: str) -> list[str]:
    """The YAML files directly in `folder`, in the order of their names."""
    inside = re.compile(re.escape(folder.rstrip("/")) + r"/[^/]+\.ya?ml")
    return sorted(path for path in files if inside.fullmatch(path))


@dataclass
class _Reading:
    """One pass over the parser's events; `lines` fills as keys are met."""

    path: str
    lines: dict[Path, int] = field(default_factory=dict)

    def read(self, text: str) -> object:
        if len(text) > LARGEST_FILE:
            self.stop("行 1", f"文件超过 {LARGEST_FILE} 个字符。", "请按主题拆成几个文件。")
        try:
            events = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
            value = self.document(events)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            words = "请检查这一行和上一行的缩进、冒号后的空格、引号和括号。"
            self.stop(f"行 {line}", "不是正确的 YAML。", words)
        except (yaml.YAMLError, UnicodeError):
            self.stop("行 1", "文件里有不能使用的字符。", "请用 UTF-8 保存，并删去控制字符。")
        return value

    def document(self, events: Iterator[yaml.Event]) -> object:
        value: object = None
        begun = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if begun:
                    self.stop(_line(event), "一个文件里有两份文档（“---”）。", "请只留一份。")
                begun = True
            elif not isinstance(event, yaml.StreamStartEvent | yaml.DocumentEndEvent | yaml.StreamEndEvent):
                value = self.node(event, events, ())
        return value

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> object:
        self.refuse_hidden(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return list(self.entries(events, path))
        return dict(self.pairs(events, path))

    def entries(self, events: Iterator[yaml.Event], path: Path) -> Iterator[object]:
        for number, event in enumerate(events):
            if isinstance(event, yaml.SequenceEndEvent):
                return
            self.lines[(*path, number)] = _row(event)
            yield self.node(event, events, (*path, number))

    def pairs(self, events: Iterator[yaml.Event], path: Path) -> Iterator[tuple[str, object]]:
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            self.refuse_hidden(event, path)
            if not isinstance(event, yaml.ScalarEvent):
                self.stop(_line(event), "键名不是一个词。", "请写成“键: 值”。")
            key = (*path, event.value)
            if key in self.lines:
                words = f"“{event.value}”写了两次（另一处在第 {self.lines[key]} 行）。"
                self.stop(f"{'.'.join(map(str, key))} {_line(event)}", words, "请删去一处，或改用别的名称。")
            self.lines[key] = _row(event)
            yield event.value, self.node(next(events), events, key)

    def refuse_hidden(self, event: yaml.Event, path: Path) -> None:
        if len(path) > DEEPEST:
            self.stop(_line(event), f"嵌套超过 {DEEPEST} 层。", "请减少层次。")
        if getattr(event, "anchor", None) is not None:
            self.stop(
                _line(event), "用了锚点或引用（“&”“*”）。", "请把内容直接写出来；如果是文字，请加引号。"
            )
        if getattr(event, "tag", None) is not None:
            self.stop(_line(event), "用了类型标签（“!”）。", "请删去标签；如果是文字，请加引号。")

    def scalar(self, event: yaml.ScalarEvent) -> object:
        text: str = event.value
        if not event.implicit[0]:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _NUMBER.fullmatch(text):
            return float(text)
        return self.day(event, text) if _DATE.fullmatch(text) else text

    def day(self, event: yaml.ScalarEvent, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.stop(_line(event), f"没有 {text} 这一天。", "请改正日期。")

    def stop(self, element: str, says: str, do: str) -> NoReturn:
        raise Mistakes([Mistake(self.path, element, says, do)])


def _line(event: yaml.Event) -> str:
    return f"行 {_row(event)}"


def _row(event: yaml.Event) -> int:
    """The line on which the event begins, from 1 (the stubs know of events without a mark)."""
    return event.start_mark.line + 1 if event.start_mark else 1
