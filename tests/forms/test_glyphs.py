"""A name that cannot be printed is refused when it is typed."""

import time

import pytest

from forms.glyphs import fault_in_print, undrawable


@pytest.mark.parametrize("text", ["张三", "䶮㛃𬱖𫖯", "𠮷野家", "𰻝𰻝面", "Café №①（㎡）·", "一行\n两行"])
def test_names_with_rare_characters_can_be_printed(text: str) -> None:
    assert undrawable(text) == ""


@pytest.mark.parametrize(("text", "char"), [("老张😀", "😀"), ("店\U000e0100", "\U000e0100"), ("ก", "ก")])
def test_the_character_that_the_fonts_lack_is_named(text: str, char: str) -> None:
    assert undrawable(text) == char
    assert f"U+{ord(char):04X}" in fault_in_print(text)


def test_the_fonts_are_read_once() -> None:
    undrawable("张")
    started = time.perf_counter()
    for _ in range(1000):
        undrawable("张三丰的店")
    assert time.perf_counter() - started < 0.5
