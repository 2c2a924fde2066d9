"""Tries the layout of letters with a letter that has everything, before anybody is to receive one."""

import io
from functools import lru_cache

from PIL import Image

from certificates.letter import render_letter
from certificates.typesetting import NotTypeset
from engine.inspections.strokes import svg_of
from engine.letters.content import Content, Paragraph, Picture
from engine.letters.layout import forbidden_in
from engine.letters.reading import LAYOUT
from forms.mistakes import Mistake
from forms.source import Files

_PHOTO = "0" * 64
_PICTURES = [
    Picture(caption="照片", sha256=_PHOTO, svg=""),
    Picture(caption="签名", sha256="", svg=svg_of([[(0, 0), (300, 100)]])),
]
_SAMPLE = Content(
    title="告知书",
    number="第0001号",
    issuer="机关",
    addressee="申请人",
    body=[
        Paragraph(text="正文。", head=[], widths=[], rows=[]),
        Paragraph(text="", head=["序号", "内容"], widths=[1, 4], rows=[["1", "内容"]]),
        *(Paragraph(text="", head=[], widths=[], rows=[], pictures=[each]) for each in _PICTURES),
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
        sample = {_PHOTO: _small_photo()}
        paper = render_letter(_SAMPLE, layout, url="https://permit.example/cases/0", pictures=sample)
    except NotTypeset as error:
        do = "请对照原来的版式改正（d 里有什么，见版式文件开头）。"
        return (Mistake(LAYOUT, "文件", f"版式排不出文书：{str(error).splitlines()[0]}。", do),)
    if paper.seal is None:
        do = "请在落款处写 #context [#metadata(here().position()) <seal>]，印章的中心就在那里。"
        return (Mistake(LAYOUT, "文件", "版式没有标出盖章的地方。", do),)
    return ()


def _small_photo() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (4, 3), "white").save(made, "JPEG")
    return made.getvalue()
