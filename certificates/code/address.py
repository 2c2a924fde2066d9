"""Promises the address that a certificate's QR code opens, and what stands in one that somebody brings."""

import re
from urllib.parse import urlsplit

from certificates.code.ring import Ring
from certificates.code.token import write_token
from certificates.facts import CertificateData

_PATH = re.compile(r"/v/([^/]+)(?:/([^/]*))?/?", re.IGNORECASE)


def code_url(ring: Ring, base_url: str, public_id: str, facts: CertificateData, list_index: int) -> str:
    """The address of the certificate's page with the signed summary of this issue."""
    token = write_token(ring, public_id, facts, list_index)
    return f"{base_url.rstrip('/')}/v/{public_id}/{token}"


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
