"""Promises the identifier of an electronic certificate by GB/T 36904-2018, with its check character.

Root of all of them, type, issuer, serial, version and check, parted by full stops; for example
1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U
"""

import re

ROOT = "1.2.156.3005.2"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIZE = len(ALPHABET)
_NOT_IN_SERIAL = re.compile(r"[^0-9A-Z]")


def certificate_identifier(*, type_code: str, issuer_code: str, number: str, version: int) -> str:
    """The identifier of one issue, `version` its number; of `number` only letters and digits count.

    Empty without a type code or an issuer's code: those are assigned, not invented.
    """
    if not type_code or not issuer_code:
        return ""
    serial = _NOT_IN_SERIAL.sub("", number.upper())
    parts = (type_code, issuer_code, serial, f"{version:03d}")
    return ".".join((ROOT, *parts, check_character("".join(parts))))


def check_character(text: str) -> str:
    """The check of letters and digits by ISO/IEC 7064, hybrid system MOD 37,36."""
    carried = _SIZE
    for character in text:
        carried = (carried + ALPHABET.index(character)) % _SIZE or _SIZE
        carried = carried * 2 % (_SIZE + 1)
    return ALPHABET[(1 - carried) % _SIZE]
