"""A name that cannot be printed is refused when it is typed."""

import time

import pytest

from forms.glyphs import fault_in_print, undrawable

BEYOND = (
    "𠳐𥻗𦈡𦒍𦙶𦝼𦭜𨙸𨱇𨱏𨱑𨱔𨺙𨭉𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳",
    "𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟷𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗",
    "𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸",
    "𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓",
)


@pytest.mark.parametrize("text", ["张三", "䶮㛃𬱖𫖯", "𠮷野家", "𰻝𰻝面", "Café №①（㎡）·", "一行\n两行"])
def test_names_with_rare_characters_can_be_printed(text: str) -> None:
    assert undrawable(text) == ""


@pytest.mark.parametrize(("first", "last"), [(0x4E00, 0x9FEF), (0x3400, 0x4DB5)])
def test_every_han_of_the_blocks_of_gb_18030_2022_level_2_can_be_printed(first: int, last: int) -> None:
    assert [f"{code:X}" for code in range(first, last + 1) if undrawable(chr(code))] == []


def test_han_beyond_those_blocks_that_names_use_can_be_printed() -> None:
    """Outside the Basic Multilingual Plane, of the kind of which 通用规范汉字表 has 196."""
    assert undrawable("".join(BEYOND)) == ""


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
