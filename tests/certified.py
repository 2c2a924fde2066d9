"""Certificates of a running site, made without carrying their cases: what tests of checks begin with."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from certificates.code.address import code_url
from certificates.code.ring import open_ring
from certificates.facts import read_facts
from certificates.register import Issue
from engine.tables import certificate_issues, certificates


@dataclass(frozen=True)
class Printer:
    """Where codes lead, and the folder of the keys that sign them."""

    base_url: str
    keys: Path

    def code(self, db: Connection, issue: Issue) -> str:
        """The address in the QR code of this issue's paper."""
        content = select(certificate_issues.c.content).where(certificate_issues.c.id == issue.id)
        index = select(certificates.c.list_index).where(certificates.c.public_id == issue.public_id)
        facts = read_facts(str(db.execute(content).scalar_one()))
        ring = open_ring(self.keys)
        return code_url(ring, self.base_url, issue.public_id, facts, db.execute(index).scalar_one())
