"""Tries the layout of letters with a letter that has everything, before anybody is to receive one."""

from functools import lru_cache

from certificates.letter import render_letter
from certificates.typesetting import NotTypeset
from engine.letters.content import Content, Paragraph
from engine.letters.layout import forbidden_in
from engine.letters.reading import LAYOUT
from forms.mistakes import Mistake
from forms.source import Files

_SAMPLE = Content(
    title="告知书",
    number="第0001号",
    issuer="机关",
    addressee="申请人",
    body=[
        Paragraph(text="正文。", head=[], widths=[], rows=[]),
        Paragraph(text="", head=["序号", "内容"], widths=[1, 4], rows=[["1", "内容"]]),
    ],
    remedies="救济途径。",
    issued_on="2026-01-01",
    case_number="000000-YYZ-20260101-0001",
)


def check_printing(files: Files) -> tuple[Mistake, ...]:
    """What typst finds wrong with the layout; what it may not use at all is named by engine.letters."""
    layout = files.get(LAYOUT)
    return () if layout is None else _try(layout)


@lru_cache(maxsize=8)
def _try(layout: str) -> tuple[Mistake, ...]:
    if any(forbidden_in(layout)):
        return ()
    try:
        paper = render_letter(_SAMPLE, layout, url="https://permit.example/cases/0")
    except NotTypeset as error:
        do = "请对照原来的版式改正（d 里有什么，见版式文件开头）。"
        return (Mistake(LAYOUT, "文件", f"版式排不出文书：{str(error).splitlines()[0]}。", do),)
    if paper.seal is None:
        do = "请在落款处写 #context [#metadata(here().position()) <seal>]，印章的中心就在那里。"
        return (Mistake(LAYOUT, "文件", "版式没有标出盖章的地方。", do),)
    return ()
