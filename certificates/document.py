"""Promises the printed certificate: one issue's facts as a PDF/A-3a with the same facts attached as JSON.

The paper states only what stays true after later changes (what was granted, by whom, under which number);
whether it still holds is what its QR code answers.
"""

import json
import re
from dataclasses import asdict
from datetime import date

from certificates.facts import CertificateData, LicenceLine, tidy
from certificates.fonts import require_drawable
from certificates.guilloche import frame, rosette
from certificates.qr import qr_svg
from certificates.typesetting import typeset

PAGE_WIDTH, PAGE_HEIGHT = 297.0, 210.0
# Latin letters and digits in one run are never broken by themselves; names in Han break anywhere.
LONG_WORD = re.compile(r"[!-~]{25,}")


def render(certificate: CertificateData, *, url: str, code: str = "") -> bytes:
    """The certificate as PDF/A-3a, A4 landscape: `url` is printed, its QR code opens `code`, else `url`.

    Up to twelve licences or so stand on the face; when they do not fit even in small type, the face names
    them and an annex (附页) lists them in full. The same certificate and URL give the same bytes.
    Raises `MissingGlyph` naming the first character that the fonts cannot draw.
    """
    require_drawable(*certificate.texts(), url)
    return typeset(
        "certificate.typ",
        {**as_printed(certificate), "url": url, "attachment": attachment(certificate, url=url)},
        certificate.issued_on,
        frame=frame(PAGE_WIDTH, PAGE_HEIGHT),
        rosette=rosette(PAGE_WIDTH, PAGE_HEIGHT),
        qr=qr_svg(code or url),
    )


def attachment(certificate: CertificateData, *, url: str) -> str:
    """The text of `certificate.json`: the certificate's facts for machines, days as ISO 8601."""
    facts = {"format": "onepermit.certificate.1", **asdict(certificate), "verify_at": url}
    return json.dumps(facts, ensure_ascii=False, indent=2, default=date.isoformat) + "\n"


def as_printed(certificate: CertificateData) -> dict[str, object]:
    """The certificate's facts as the template prints them: days in Chinese, spaces tidied."""
    return {
        "title": printed(certificate.title),
        "number": printed(certificate.number),
        "issue": str(certificate.issue),
        "industry": printed(certificate.industry),
        "operator": printed(certificate.operator),
        "legal_representative": printed(certificate.legal_representative),
        "address": printed(certificate.address),
        "uscc": printed(certificate.uscc),
        "issuer": printed(certificate.issuer),
        "issued_on": chinese_day(certificate.issued_on),
        "licences": [
            {
                "item": printed(line.item),
                "number": printed(line.number),
                "decider": printed(line.decider),
                "scope": printed(line.scope) or "—",
                "validity": validity(line),
            }
            for line in certificate.licences
        ],
    }


def validity(line: LicenceLine) -> str:
    """From when to when a licence holds, as printed."""
    if line.valid_until is None:
        return f"{line.valid_from} 起长期有效"
    return f"{line.valid_from} 至 {line.valid_until}"


def printed(text: str) -> str:
    """The tidied text with places to break inside words too long for a line (no glyph is drawn there)."""
    return LONG_WORD.sub(lambda word: "\u200b".join(word[0]), tidy(text))


def chinese_day(day: date) -> str:
    """A day as it stands on a Chinese document, e.g. 2026年11月22日."""
    return f"{day.year}年{day.month}月{day.day}日"
