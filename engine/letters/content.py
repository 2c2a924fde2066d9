"""Fills the wording of a letter with what it is about; the result is kept and never changes again."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NotRequired, TypedDict

from engine.catalogue.wording import filled, names_in
from engine.errors import Refusal
from engine.happenings import Happened
from engine.letters.facts import Facts, rows_of
from engine.letters.names import AGAINST, CASE, FLAGS, ITEM, SAID
from engine.letters.sheet import REMEDIES, LetterKind, Part, Version
from forms.expressions import CannotEvaluate, Expression


class Picture(TypedDict):
    """A picture with what stands under it: a kept JPEG by its SHA-256 (hex), or else the text of an SVG."""

    caption: str
    sha256: str
    svg: str


class Paragraph(TypedDict):
    """A part of a letter: `text`, the `head`, `widths` and `rows` of a table, or else `pictures`."""

    text: str
    head: list[str]
    widths: list[int]
    rows: list[list[str]]
    pictures: NotRequired[list[Picture]]


class Content(TypedDict):
    """Every word of a letter, as it stands on paper; `issued_on` is ISO."""

    title: str
    number: str
    issuer: str
    addressee: str
    body: list[Paragraph]
    remedies: str
    issued_on: str
    case_number: str


class CannotBeWritten(Refusal):
    """A letter that the law wants lacks something that must stand in it: what it follows from is not done."""

    def __init__(self, name: str, lacks: str) -> None:
        super().__init__(
            f"《{name}》写不出来：{lacks}。", "请补充后再办；补不上的，请联系流程设计人员核对文书的写法。"
        )


def pictures_in(content: Content) -> frozenset[str]:
    """The SHA-256 of every kept picture that a letter shows."""
    shown = (each for part in content["body"] for each in part.get("pictures", ()))
    return frozenset(each["sha256"] for each in shown if each["sha256"])


def version_on(kind: LetterKind, day: date) -> Version:
    """The wording in force on a day. Raises CannotBeWritten before the first."""
    found = [each for each in kind.versions if each.effective_from <= day]
    if not found:
        raise CannotBeWritten(kind.name, f"没有{day}已经施行的一版")
    return found[-1]


def holds(kind: LetterKind, when: Expression | None, facts: Facts) -> bool:
    """Whether a condition of the wording holds; without one it does."""
    try:
        return when is None or bool(when.evaluate(facts))
    except CannotEvaluate as error:
        raise CannotBeWritten(kind.name, str(error).rstrip("。")) from error


def content_of(kind: LetterKind, version: Version, happened: Happened, facts: Facts) -> Content:
    """The letter without its number. Raises CannotBeWritten when something that it says was not said."""
    basis = "、".join(map(str, version.basis))
    filling = _Filling(kind, happened, {**facts, "basis": basis})
    return Content(
        title=filling.sentence(version.title),
        number="",
        issuer=str(facts["office"]),
        addressee=str(facts["operator"]),
        body=list(filling.body(version.body)),
        remedies=filling.remedies(version),
        issued_on="",
        case_number=str(facts["case_number"]),
    )


class _Filling:
    def __init__(self, kind: LetterKind, happened: Happened, facts: Facts) -> None:
        self.kind, self.happened, self.facts = kind, happened, facts
        if happened.kind in AGAINST and not str(facts.get("reasons") or "").strip():
            raise CannotBeWritten(kind.name, "没有写明理由")

    def body(self, parts: tuple[Part, ...]) -> Iterator[Paragraph]:
        for part in parts:
            if not holds(self.kind, part.when, self.facts):
                continue
            if part.rows:
                yield self.table(part)
            elif part.pictures:
                yield from self.pictures(part.pictures)
            else:
                for line in self.sentence(part.text or "").splitlines():
                    if line.strip():
                        yield Paragraph(text=line.strip(), head=[], widths=[], rows=[])

    def table(self, part: Part) -> Paragraph:
        found = rows_of(part.rows or "", self.happened)
        if not found:
            raise CannotBeWritten(self.kind.name, "表格里没有内容")
        return Paragraph(
            text="",
            head=[column.title for column in part.columns],
            widths=[column.width for column in part.columns],
            rows=[[filled(column.say, _texts(row)) for column in part.columns] for row in found],
        )

    def pictures(self, which: str) -> Iterator[Paragraph]:
        """The pictures that a happening brings (`Picture`s, as kept), if it brings any."""
        found = self.happened.values.get(which)
        if isinstance(found, list | tuple) and found:
            yield Paragraph(text="", head=[], widths=[], rows=[], pictures=list(found))

    def remedies(self, version: Version) -> str:
        """The remedies that the deciding office chose, the usual ones where it chose none."""
        if not version.remedies and self.happened.kind not in AGAINST:
            return ""
        chosen = str(self.happened.values.get("remedies") or REMEDIES[0])
        if chosen not in version.remedies:
            raise CannotBeWritten(self.kind.name, "没有写明救济途径")
        return self.sentence(version.remedies[chosen])

    def sentence(self, wording: str) -> str:
        """The wording with everything in its place; nothing may be missing."""
        for name in sorted(names_in(wording)):
            value = self.facts.get(name, "")
            if name in FLAGS or not str(value).strip():
                raise CannotBeWritten(self.kind.name, f"没有“{_meaning(self.kind.on, name)}”")
        return filled(wording, _texts(self.facts))


def _texts(facts: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value).strip() for name, value in facts.items()}


def _meaning(on: str, name: str) -> str:
    return {**CASE, **ITEM, **SAID.get(on, {})}.get(name, name)
