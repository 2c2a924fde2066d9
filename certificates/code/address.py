"""Promises the address that a certificate's QR code opens, and what stands in one that somebody brings."""

import re
from math import ceil
from urllib.parse import urlsplit

from certificates.code.ring import Ring
from certificates.code.token import FEWEST_NAME_BYTES, NAME_BYTES, write_token
from certificates.facts import CertificateData

ROOMY = 29  # characters of a site's address (https:// and 21 of host) beside which NAME_BYTES have room
_PATH = re.compile(r"/v/([^/]+)(?:/([^/]*))?/?", re.IGNORECASE)


def code_url(ring: Ring, base_url: str, public_id: str, facts: CertificateData, list_index: int) -> str:
    """The address of the certificate's page with the signed summary of this issue."""
    site = base_url.rstrip("/")
    token = write_token(ring, public_id, facts, list_index, name_bytes(site))
    return f"{site}/v/{public_id}/{token}"


def name_bytes(site: str) -> int:
    """How many bytes of the operator's name a site's codes have room for: the longer its address, the fewer.

    A character of the address takes 8 bits of the QR code, a byte of the token 8.8.
    """
    return max(FEWEST_NAME_BYTES, NAME_BYTES - ceil(max(0, len(site) - ROOMY) / 1.1))


def without_token(url: str) -> str:
    """The same address as people type it: it opens the same page, which cannot tell the issue then."""
    return url.rpartition("/")[0]


def parts_of(given: str) -> tuple[str, str]:
    """Public id and token ("" for none) of what was scanned, pasted or typed: an address, its path, an id."""
    text = given.strip()
    try:
        path = urlsplit(text).path
    except ValueError:  # an address that is none
        path = ""
    match = _PATH.fullmatch(path)
    if match:
        return match[1].lower(), match[2] or ""
    return path.strip("/").rpartition("/")[2].lower(), ""
