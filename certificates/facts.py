"""Promises the facts that one issue of a certificate states, frozen, and their form as JSON text."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from certificates.identifier import certificate_identifier
from engine.catalogue.printing import LANDSCAPE


@dataclass(frozen=True)
class LicenceLine:
    """One licence as the certificate lists it; without `valid_until` it has no end."""

    item: str
    number: str
    decider: str
    scope: str
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True)
class CertificateData:
    """All that one issue of a certificate states; `issue` counts from 1.

    `layout` is one of LAYOUTS. `type_code` and `issuer_code` are those of its electronic identifier
    (certificates.identifier), empty where a region has none yet.
    """

    title: str
    number: str
    issue: int
    industry: str
    operator: str
    legal_representative: str
    address: str
    uscc: str
    issuer: str
    issued_on: date
    licences: tuple[LicenceLine, ...]
    layout: str = LANDSCAPE
    type_code: str = ""
    issuer_code: str = ""

    @property
    def identifier(self) -> str:
        """The electronic identifier of this issue, empty where the region has no codes for one."""
        codes = {"type_code": self.type_code, "issuer_code": self.issuer_code}
        return certificate_identifier(**codes, number=self.number, version=self.issue)

    def texts(self) -> tuple[str, ...]:
        """Every text that people typed or that rules made, as printed: white space tidied."""
        face = (self.title, self.number, self.industry, self.operator, self.legal_representative)
        lines = (
            text for line in self.licences for text in (line.item, line.number, line.decider, line.scope)
        )
        return tuple(map(tidy, (*face, self.address, self.uscc, self.issuer, *lines)))


def write_facts(certificate: CertificateData) -> str:
    """The facts as JSON text, days as ISO 8601; the same facts always give the same text."""
    return json.dumps(asdict(certificate), ensure_ascii=False, sort_keys=True, default=date.isoformat)


def read_facts(text: str) -> CertificateData:
    """The facts that `write_facts` wrote."""
    facts: dict[str, Any] = json.loads(text)
    lines = tuple(
        LicenceLine(
            **{**line, "valid_from": day(line["valid_from"]), "valid_until": day(line["valid_until"])}
        )
        for line in facts["licences"]
    )
    return CertificateData(**{**facts, "issued_on": day(facts["issued_on"]), "licences": lines})


def day(text: str | None) -> date | None:
    """A day from ISO 8601, or None for none."""
    return None if text is None else date.fromisoformat(text)


def tidy(text: str) -> str:
    """The text on one line, its runs of white space made one space."""
    return " ".join(text.split())
