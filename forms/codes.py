"""The check rules of Chinese codes: what is wrong with one, in words, or nothing."""

import re
from datetime import date

USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = [pow(3, place, 31) for place in range(17)]
_ORGANISATION_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
# First two digits of GB/T 2260; 81, 82, 83 are residence permits for people of Hong Kong, Macao and Taiwan.
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]", re.ASCII)
_MOBILE = re.compile(r"1[3-9][0-9]{9}", re.ASCII)


def uscc_check(first17: str) -> str:
    """The 18th character of a unified social credit code (GB 32100-2015, 5.5)."""
    total = sum(
        USCC_LETTERS.index(char) * weight for char, weight in zip(first17, _USCC_WEIGHTS, strict=True)
    )
    return USCC_LETTERS[-total % 31]


def organisation_check(first8: str) -> str:
    """The 9th character of an organisation code (GB 11714)."""
    pairs = zip(first8, _ORGANISATION_WEIGHTS, strict=True)
    check = 11 - sum(_ORGANISATION_LETTERS.index(char) * weight for char, weight in pairs) % 11
    return {10: "X", 11: "0"}.get(check, str(check))


def id_check(first17: str) -> str:
    """The 18th character of a citizen's identity number (GB 11643)."""
    total = sum(int(char) * weight for char, weight in zip(first17, _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11]


def fault_in_uscc(code: str) -> str:
    """What is wrong with a unified social credit code in capitals without spaces; empty when nothing is."""
    if len(code) != 18:
        return f"统一社会信用代码应为 18 位，您填了 {len(code)} 位，请对照营业执照核对。"
    if strange := [char for char in code if char not in USCC_LETTERS]:
        hint = "（代码里没有字母 I、O、S、V、Z，请看是不是数字 1、0、5、2）" if strange[0] in "IOSVZ" else ""
        return f"统一社会信用代码里不会有“{strange[0]}”{hint}，请对照营业执照核对。"
    if not code[2:8].isdigit():
        return "统一社会信用代码的第 3 至 8 位应为数字，请对照营业执照核对。"
    if code[17] != uscc_check(code[:17]):
        return "统一社会信用代码的校验位不对，可能有一位填错，请对照营业执照核对。"
    if code[16] != organisation_check(code[8:16]):
        return "统一社会信用代码中的主体标识码（第 9 至 17 位）校验不对，请对照营业执照核对。"
    return ""


def fault_in_id(number: str, today: date) -> str:
    """What is wrong with an identity number in capitals without spaces; empty when nothing is."""
    if len(number) != 18:
        return f"身份证号码应为 18 位，您填了 {len(number)} 位，请对照证件核对。"
    if not (number.isascii() and number[:17].isdigit() and (number[17].isdigit() or number[17] == "X")):
        return "身份证号码应为 17 位数字加 1 位数字或字母 X，请对照证件核对。"
    if not _PROVINCE.fullmatch(number[:2]):
        return f"身份证号码的前两位“{number[:2]}”不是任何地区的代码，请对照证件核对。"
    if fault := _fault_in_birth(number[6:14], today):
        return fault
    if number[17] != id_check(number[:17]):
        return "身份证号码的校验位不对，可能有一位填错，请对照证件核对。"
    return ""


def fault_in_mobile(number: str) -> str:
    """What is wrong with a mainland mobile number without country code; empty when nothing is."""
    if _MOBILE.fullmatch(number):
        return ""
    if number.isdigit() and len(number) != 11:
        return f"手机号码应为 11 位数字，您填了 {len(number)} 位。"
    return "手机号码应为 1 开头的 11 位数字，例如 13800000000。"


def _fault_in_birth(digits: str, today: date) -> str:
    words = f"{digits[:4]} 年 {digits[4:6]} 月 {digits[6:]} 日"
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return f"身份证号码中的出生日期（{words}）不存在，请对照证件核对。"
    return f"身份证号码中的出生日期（{words}）还没有到，请对照证件核对。" if born > today else ""
