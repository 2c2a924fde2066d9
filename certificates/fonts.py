"""Promises that what is printed is drawn by fonts that came with the program, or refused by character.

The chain is Noto Serif SC, Noto Sans SC (all of GB 18030-2022 level 2) and Noto Sans CJK for what is rarer
still; they come from PyPI under the Open Font License and none is read from the system.
"""

import unicodedata
from functools import cache
from pathlib import Path

import noto_cjk_sans_otc
import pylopdf_fonts_zh_cn
import typst

from engine.errors import Refusal
from forms.glyphs import undrawable


class MissingGlyph(Refusal):
    """A text holds a character that none of the fonts can draw; `character` is the first of them."""

    def __init__(self, character: str, text: str = "") -> None:
        self.character = character
        self.text = text
        shown = f"“{character}”" if character.isprintable() else "（不可见）"
        where = f"“{text}”中的" if text else ""
        code = f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
        super().__init__(
            f"{where}字符{shown}（{code}）无法印在证照上。",
            "请删去表情符号、特殊符号或看不见的字符，改用规范汉字后再试。",
        )


def font_files() -> tuple[Path, ...]:
    """The font files in the order in which they are asked for a character."""
    return (
        pylopdf_fonts_zh_cn.serif_path(),
        pylopdf_fonts_zh_cn.sans_path(),
        Path(str(noto_cjk_sans_otc.FONT_PATH)),
    )


@cache
def typst_fonts() -> typst.Fonts:
    """The fonts as typst holds them, read once a process; safe to share between threads."""
    # typst takes folders and passes over anything else without a word.
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[path.parent for path in font_files()],
    )


def require_drawable(*texts: str) -> None:
    """Raise MissingGlyph for the first character in any of `texts` that cannot be drawn."""
    for text in texts:
        if character := undrawable(text):
            raise MissingGlyph(character, text)
