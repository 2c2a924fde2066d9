"""Finds what is wrong with the wording of letters before anybody receives one."""

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from engine.catalogue.wording import names_in
from engine.letters.layout import check_layout
from engine.letters.names import (
    AGAINST,
    FLAGS,
    ROWS,
    SAID,
    WANTED_BY_LAW,
    names_for,
    pictures_for,
    rows_for,
)
from engine.letters.reading import FOLDER, read_sheets
from engine.letters.sheet import REMEDIES, WINDOW, LetterKind, Part, Version
from forms.expressions import Expression
from forms.glyphs import undrawable
from forms.mistakes import Mistake, nearest
from forms.source import Document, Files, Path

UNKNOWN_NAME = "请删去，或改用已有的名称（见设计手册“文书里的词”）。"


def check_letters(files: Files) -> tuple[Mistake, ...]:
    """Every mistake in processes/letters/; files without any letter are those of a time before letters."""
    sheets = read_sheets(files)
    if not sheets.found and not sheets.mistakes:
        return ()
    mistakes = [*sheets.mistakes, *check_layout(files)]
    for document, kind in sheets.found:
        mistakes += _Check(document, kind).all()
    mistakes += _same_word(sheets.found)
    if not sheets.mistakes:
        written_on = {kind.on for _document, kind in sheets.found}
        mistakes += _missing(written_on)
    return tuple(sorted(set(mistakes)))


def _same_word(found: tuple[tuple[Document, LetterKind], ...]) -> Iterator[Mistake]:
    """Two kinds with one word would have the same numbers."""
    taken: dict[str, LetterKind] = {}
    for document, kind in found:
        first = taken.setdefault(kind.word, kind)
        if first.id != kind.id:
            says = f"编号里的“{kind.word}”已经用于《{first.name}》，两种文书会编出一样的号。"
            yield document.mistake(("word",), says, "请换一个字。")


def _missing(written_on: set[str]) -> Iterator[Mistake]:
    for on, law in WANTED_BY_LAW.items():
        if on not in written_on:
            says = f"没有一种文书在“{on}”时出具，{law}要求书面告知。"
            yield Mistake(FOLDER, on, says, f"请补上 on: {on} 的文书。")


class _Check:
    """The check of one letter."""

    def __init__(self, document: Document, kind: LetterKind) -> None:
        self.document, self.kind = document, kind
        self.names = names_for(kind.on, kind.about)

    def all(self) -> Iterator[Mistake]:
        kind = self.kind
        if self.document.path != f"{FOLDER}/{kind.id}.yaml":
            yield self.mistake(("id",), f"id“{kind.id}”和文件名不一致。", "请改成文件名。")
        if kind.about == "case" and kind.issuer != WINDOW:
            yield self.mistake(
                ("issuer",), "整个办件一份的文书由综合窗口所在的部门出具。", "请写 issuer: window。"
            )
        if kind.when:
            yield from self.condition(("when",), kind.when)
        for name in kind.words:
            yield from self.known(("words", name), name, SAID.get(kind.on, {}))
        for earlier, later in pairwise(enumerate(kind.versions)):
            if earlier[1].effective_from >= later[1].effective_from:
                keys: Path = ("versions", later[0], "effective_from")
                yield self.mistake(keys, "各版没有按施行日期从早到晚排。", "请调整先后，或改正日期。")
        for number, version in enumerate(kind.versions):
            yield from self.version(("versions", number), version)

    def version(self, keys: Path, version: Version) -> Iterator[Mistake]:
        yield from self.sentence((*keys, "title"), version.title)
        for number, part in enumerate(version.body):
            yield from self.part((*keys, "body", number), part)
        for who, wording in version.remedies.items():
            yield from self.known((*keys, "remedies", who), who, REMEDIES)
            yield from self.sentence((*keys, "remedies", who), wording)
        said = {name for part in version.body for name in names_in(part.text or "")}
        if version.basis and "basis" not in said:
            yield self.mistake((*keys, "basis"), "正文里没有写依据。", "请在正文里写上 {basis}。")
        if self.kind.on in AGAINST:
            if "reasons" not in said:
                yield self.mistake(
                    (*keys, "body"), "对申请人不利的文书没有写理由。", "请在正文里写上 {reasons}。"
                )
            for who in REMEDIES:
                if not version.remedies.get(who):
                    says = "对申请人不利的文书没有告知行政复议、行政诉讼的途径和期限。"
                    yield self.mistake((*keys, "remedies"), says, f"请写上 remedies 的 {who}。")

    def part(self, keys: Path, part: Part) -> Iterator[Mistake]:
        if part.when:
            yield from self.condition((*keys, "when"), part.when)
        if part.text:
            yield from self.sentence((*keys, "text"), part.text)
        if part.rows and part.rows not in rows_for(self.kind.on):
            yield from self.known((*keys, "rows"), part.rows, rows_for(self.kind.on))
        if part.pictures:
            yield from self.known((*keys, "pictures"), part.pictures, pictures_for(self.kind.on))
        for number, column in enumerate(part.columns):
            place = (*keys, "columns", number)
            yield from self.drawable((*place, "title"), column.title)
            yield from self.sentence((*place, "say"), column.say, frozenset(ROWS[part.rows or ""]))

    def sentence(self, keys: Path, wording: str, names: frozenset[str] | None = None) -> Iterator[Mistake]:
        allowed = (self.names if names is None else names) - FLAGS
        for name in sorted(names_in(wording)):
            yield from self.known(keys, name, allowed)
        if re.search("[{}]", re.sub(r"\{[^{}]*\}", "", wording)):
            yield self.mistake(keys, "花括号没有成对。", "请补全，或删去多余的花括号。")
        yield from self.drawable(keys, wording)

    def condition(self, keys: Path, when: Expression) -> Iterator[Mistake]:
        for name in sorted(when.names):
            yield from self.known(keys, name, self.names)

    def drawable(self, keys: Path, wording: str) -> Iterator[Mistake]:
        if character := undrawable(wording):
            yield self.mistake(keys, f"字符“{character}”印不出来。", "请改用规范汉字。")

    def known(self, keys: Path, name: str, allowed: Collection[str]) -> Iterator[Mistake]:
        if name not in allowed:
            yield self.mistake(keys, f"这里没有“{name}”可用。", nearest(name, allowed) or UNKNOWN_NAME)

    def mistake(self, keys: Path, says: str, do: str) -> Mistake:
        return self.document.mistake(keys, says, do)
