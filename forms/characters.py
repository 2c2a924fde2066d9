"""Which characters an answer may hold, and how look-alikes in codes are made one."""

import re
import unicodedata

LONGEST_RAW = 20_000  # characters of one input that are kept to be shown again

_SPACES_AND_DASHES = re.compile(r"[\s\-‐‑‒–—−]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85]")


def tidy(text: str) -> str:
    """`text` with `\\n` as the only line break and no space around it."""
    return _BREAKS.sub("\n", text).strip()


def tidy_code(text: str) -> str:
    """A code without spaces and dashes, full-width letters and digits made plain, in capitals."""
    return _SPACES_AND_DASHES.sub("", unicodedata.normalize("NFKC", text)).upper()


def unwelcome(text: str, lines: bool) -> str:
    """What is wrong with the characters of `text`, or an empty string; `lines` allows line breaks and tabs.

    Control characters and lone surrogates cannot be stored; invisible format characters (zero width, changes
    of direction) make two different names look the same.
    """
    for char in text:
        category = unicodedata.category(char)
        if category in ("Cc", "Cs") and not (lines and char in "\n\t"):
            return f"第 {text.index(char) + 1} 个字符是不能使用的控制字符{_code(char)}，请删去。"
        if category == "Cf":
            return f"第 {text.index(char) + 1} 个字符是看不见的字符{_code(char)}，请删去后重新输入。"
    return ""


def storable(text: str) -> str:
    """`text` as it may be kept to be shown again: cut to a bound, what cannot be stored shown as `�`."""
    return _CONTROL.sub("\ufffd", text[:LONGEST_RAW])


def _code(char: str) -> str:
    return f"（U+{ord(char):04X}）"
