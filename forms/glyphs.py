"""Which characters the certificate's fonts can draw: a name is refused when typed, not when printed."""

from functools import cache

import noto_cjk_sans_otc
import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTFont


@cache
def drawable() -> frozenset[int]:
    """The code points that at least one of the certificate's fonts has (about 46,000; read once, 0.3 s)."""
    serif = TTFont(pylopdf_fonts_zh_cn.serif_path(), lazy=True)
    sans = TTFont(str(noto_cjk_sans_otc.FONT_PATH), fontNumber=0, lazy=True)
    with serif, sans:
        return frozenset(serif.getBestCmap()) | frozenset(sans.getBestCmap())


def undrawable(text: str) -> str:
    """The first character of `text` that cannot be printed, or an empty string; line breaks are no matter."""
    return next((char for char in text if ord(char) not in drawable() and char != "\n"), "")


def fault_in_print(text: str) -> str:
    """What to tell somebody whose answer cannot be printed on the certificate; empty when it can."""
    char = undrawable(text)
    if not char:
        return ""
    name = f"“{char}”（U+{ord(char):04X}）" if char.isprintable() else f"看不见的字符（U+{ord(char):04X}）"
    return f"{name}无法印在证照上，请删去或改用规范汉字；如为姓名用字，请联系窗口。"
