"""Promises the certificate's QR code as vector paths, and the random public number that it leads to."""

from collections.abc import Callable

import qrcode
from qrcode.constants import ERROR_CORRECT_M

# 32 characters, no 0/o and no 1/l: read aloud or copied by hand they are not mistaken for one another.
ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"
PUBLIC_ID_LENGTH = 10
# Level M and a quiet zone of four modules: higher levels make smaller modules, which phones read worse.
QUIET_ZONE = 4
# A long address ends in a signature, as good as random: no mask is better by more than chance, and to weigh
# all eight takes five sixths of the time. Any reader reads any mask.
MASK, LONG = 3, 100


def new_public_id(random_bytes: Callable[[int], bytes]) -> str:
    """Ten characters (50 bits, not to be guessed) from `random_bytes(count)`, e.g. `secrets.token_bytes`."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in random_bytes(PUBLIC_ID_LENGTH))


def qr_svg(url: str, colour: str = "#1d2a2a") -> str:
    """The QR code of `url` on white, quiet zone included; one user unit is one module."""
    code = _code(url)
    code.make(fit=True)
    rows = code.get_matrix()
    dark = "".join(run for y, row in enumerate(rows) for run in row_runs(row, y))
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path fill="{colour}" d="{dark}"/></svg>'
    )


def qr_version(url: str) -> int:
    """The version (1 to 40) of the QR code of `url`: its side is 17 + 4 × version modules."""
    return int(_code(url).best_fit())


def _code(url: str) -> qrcode.QRCode:
    mask = MASK if len(url) > LONG else None
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE, mask_pattern=mask)
    code.add_data(url, optimize=20)
    return code


def row_runs(row: list[bool], y: int) -> list[str]:
    """Path data of a row's dark modules, neighbours joined so that no renderer shows a seam between them."""
    runs: list[str] = []
    start: int | None = None
    for x, dark in enumerate([*row, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            runs.append(f"M{start} {y}h{x - start}v1h{start - x}z")
            start = None
    return runs
