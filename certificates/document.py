"""Promises the printed certificate: one issue's facts as a PDF/A-3a with the same facts attached as JSON.

The paper states only what stays true after later changes (what was granted, by whom, under which number);
whether it still holds is what its QR code answers.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from certificates.facts import CertificateData, LicenceLine, tidy
from certificates.fonts import require_drawable
from certificates.guilloche import frame, rosette
from certificates.metadata import metadata
from certificates.paper import Paper
from certificates.qr import qr_svg
from certificates.typesetting import typeset_for_seal
from engine.catalogue.printing import LANDSCAPE, PORTRAIT

SIZES = {LANDSCAPE: (297.0, 210.0), PORTRAIT: (210.0, 297.0)}  # mm
# Latin letters and digits in one run are never broken by themselves; names in Han break anywhere.
LONG_WORD = re.compile(r"[!-~]{25,}")


def render(certificate: CertificateData, *, url: str, code: str = "") -> Paper:
    """The certificate as PDF/A-3a in its layout, and where its seal goes.

    `url` is printed; its QR code opens `code`, or `url` where there is none.

    As many licences as fit stand on the face, up to twelve or so; when they do not even in small type, the
    face names them and an annex (附页) lists them in full. The same certificate and URL give the same bytes.
    Raises `MissingGlyph` naming the first character that the fonts cannot draw.
    """
    require_drawable(*certificate.texts(), url)
    values = {**as_printed(certificate), "url": url, "attachment": attachment(certificate, url=url)}
    return _typeset(certificate, {**values, "draft": False}, qr=qr_svg(code or url))


def render_draft(certificate: CertificateData) -> bytes:
    """The same before it is issued: with a watermark, without number, identifier, QR code, data and seal."""
    require_drawable(*certificate.texts())
    return _typeset(certificate, {**as_printed(certificate), "draft": True}).pdf


def _typeset(certificate: CertificateData, values: Mapping[str, object], **images: str) -> Paper:
    size = SIZES[certificate.layout]
    ornament = {"frame": frame(*size), "rosette": rosette(*size)}
    return typeset_for_seal("certificate.typ", values, certificate.issued_on, **ornament, **images)


def attachment(certificate: CertificateData, *, url: str) -> str:
    """The text of `certificate.json`: the certificate's facts for machines, days as ISO 8601."""
    facts = {
        "format": "onepermit.certificate.1",
        **metadata(certificate),
        **asdict(certificate),
        "identifier": certificate.identifier,
        "verify_at": url,
    }
    return json.dumps(facts, ensure_ascii=False, indent=2, default=date.isoformat) + "\n"


def as_printed(certificate: CertificateData) -> dict[str, object]:
    """The certificate's facts as the template prints them: days in Chinese, spaces tidied."""
    return {
        "title": printed(certificate.title),
        "number": printed(certificate.number),
        "issue": str(certificate.issue),
        "identifier": certificate.identifier,
        "layout": certificate.layout,
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


def validity(line: LicenceLine) -> tuple[str, str]:
    """From when to when a licence holds, as printed, in two parts that may stand on two lines."""
    return f"{line.valid_from}", f"至 {line.valid_until}" if line.valid_until else "起长期有效"


def printed(text: str) -> str:
    """The tidied text with places to break inside words too long for a line (no glyph is drawn there)."""
    return LONG_WORD.sub(lambda word: "\u200b".join(word[0]), tidy(text))


def chinese_day(day: date) -> str:
    """A day as it stands on a Chinese document, e.g. 2026年11月22日."""
    return f"{day.year}年{day.month}月{day.day}日"
