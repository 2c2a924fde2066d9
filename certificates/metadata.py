"""Promises the facts of a certificate under the names that systems of electronic certificates exchange.

The names are those of GB/T 36903-2018 as systems in use spell them: initials of the Chinese words.
"""

from collections.abc import Mapping
from datetime import date

from certificates.facts import CertificateData

UNIFIED_SOCIAL_CREDIT_CODE = "001"  # the kind of code that names the holder


def metadata(certificate: CertificateData) -> Mapping[str, str | None]:
    """The standard's names and their values: days as ISO 8601, None for what there is not.

    A certificate holds from when its first licence does to when its last one ends; None means never.
    """
    ends = [line.valid_until for line in certificate.licences]
    return {
        "ZZMC": certificate.title,
        "ZZLXDM": certificate.type_code or None,
        "ZZBH": certificate.number,
        "ZZBS": certificate.identifier or None,
        "ZZBFJG": certificate.issuer,
        "ZZBFJGDM": certificate.issuer_code or None,
        "ZZBFRQ": certificate.issued_on.isoformat(),
        "CZZT": certificate.operator,
        "CZZTDM": certificate.uscc,
        "CZZTDMLX": UNIFIED_SOCIAL_CREDIT_CODE,
        "ZZYXQQSRQ": _iso(min((line.valid_from for line in certificate.licences), default=None)),
        "ZZYXQJZRQ": _iso(None if None in ends else max(filter(None, ends), default=None)),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
