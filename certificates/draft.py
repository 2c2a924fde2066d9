"""Promises a draft (样稿) of a certificate not issued yet: what it would say with what is granted by now."""

from datetime import datetime

from sqlalchemy import Connection, select

from certificates.document import render_draft
from certificates.facts import CertificateData, LicenceLine
from certificates.register import ADDRESS, LEGAL_REPRESENTATIVE, TITLE
from engine.catalogue.printing import printing_in
from engine.days import local_day
from engine.queries.cases import CasePage
from engine.tables import licences


def draft_of(db: Connection, case: CasePage, now: datetime) -> bytes:
    """The draft as PDF. Raises MissingGlyph naming the first character that the fonts cannot draw."""
    rows = db.execute(select(licences).where(licences.c.case_id == case.id, licences.c.state == "valid"))
    catalogue = case.deployment.catalogue
    printing = printing_in(catalogue.settings(case.region))
    order = [entry.id for entry in catalogue.industry.items]
    return render_draft(
        CertificateData(
            title=TITLE,
            number="",
            issue=1,
            industry=case.industry_name,
            operator=case.operator,
            legal_representative=str(case.answers[LEGAL_REPRESENTATIVE]),
            address=str(case.answers[ADDRESS]),
            uscc=case.uscc,
            issuer=catalogue.office_name(catalogue.industry.lead, case.region),
            issued_on=local_day(now),
            licences=tuple(
                LicenceLine(row.name, row.number, row.decider, row.scope, row.valid_from, row.valid_until)
                for row in sorted(rows, key=lambda row: order.index(row.item))
            ),
            layout=printing.layout,
        )
    )
