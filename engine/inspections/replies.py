"""Tells what was written on a page from what it only showed, so that an older page overwrites nothing.

A page carries with every text the fingerprint of that text as shown, and every button sends all texts.
"""

import hashlib

from forms.characters import storable, tidy
from forms.inputs import Raw

LONGEST = 500  # characters of one text
WRITTEN_TWICE = "您在另一个窗口写的是“{kept}”，和这里写的不一样。请改好再保存一次，以这里写的为准。"
ERASED = "您在另一个窗口已经把这里的文字删去了。还要写的，请再保存一次，以这里写的为准。"


def seen_input(name: str) -> str:
    """The name of the input that goes with a text and carries the fingerprint of what was shown."""
    return f"seen-{name}"


def fingerprint(words: str) -> str:
    """Stands for a text as a page shows it."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def sent(raw: Raw, name: str, kept: str) -> tuple[str, str]:
    """The text to keep, and what is wrong with the one that was sent: then it is the one that was kept.

    What the page showed and nobody touched changes nothing; what was written here and meanwhile elsewhere,
    too, is a mistake that names both. A page that does not say what it showed, showed nothing.
    """
    value = raw.get(name)
    if value is None:
        return kept, ""
    words = tidy(storable(value if isinstance(value, str) else "".join(value)))
    shown = raw.get(seen_input(name)) or fingerprint("")
    if words == kept or fingerprint(words) == shown:
        return kept, ""
    if shown != fingerprint(kept):
        return kept, WRITTEN_TWICE.format(kept=kept) if kept else ERASED
    if len(words) > LONGEST:
        return kept, f"请写得简短一些，最多 {LONGEST} 个字，现在有 {len(words)} 个字。"
    return words, ""
