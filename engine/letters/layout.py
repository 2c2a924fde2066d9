"""What the layout of letters may not do: it is the designers' text and reads only what it is given."""

import re
from collections.abc import Iterator

from engine.letters.reading import LAYOUT
from forms.mistakes import Mistake
from forms.source import Files

# With these a template reaches other files, packages from the network, or code made of text.
FORBIDDEN = ("import", "include", "read", "eval", "plugin", "std")
_WORD = re.compile(rf"(?<![\w-])({'|'.join(FORBIDDEN)})(?![\w-])")


def forbidden_in(layout: str) -> Iterator[tuple[int, str]]:
    """Line and word of everything in the layout that it may not use."""
    for number, line in enumerate(layout.splitlines(), 1):
        yield from ((number, match[1]) for match in _WORD.finditer(line))


def check_layout(files: Files) -> Iterator[Mistake]:
    """What is wrong with the layout as far as reading it tells."""
    if LAYOUT not in files:
        yield Mistake(LAYOUT, "文件", "缺少这个文件。", "请补上文书的版式，或恢复误删的文件。")
    for line, word in forbidden_in(files.get(LAYOUT, "")):
        do = "版式里只用 typst 自己的排版功能，要显示的内容都在 d 里。"
        yield Mistake(LAYOUT, f"行 {line}", f"版式里不能用“{word}”。", do)
