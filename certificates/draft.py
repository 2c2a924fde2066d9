"""Promises a draft (样稿) of a certificate not issued yet: what it would say with what is granted by now.

Its facts come from where those of an issue come from. What a case adds to stands on its draft, too.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from certificates.document import render_draft
from certificates.issuing import Proposed, facts
from certificates.register import ADDRESS, LEGAL_REPRESENTATIVE
from certificates.states import IN_FORCE
from engine.assignment import office_of
from engine.queries.cases import CasePage
from engine.tables import cases, certificates, licences

ISSUING = "issue_certificate"  # the handler (certificates.handlers), whose step says which office signs


def draft_of(db: Connection, case: CasePage, now: datetime) -> bytes:
    """The draft as PDF. Raises MissingGlyph naming the first character that the fonts cannot draw."""
    certificate = _added_to(db, case.id)
    theirs = [licences.c.certificate_id == certificate.id] if certificate else []
    query = select(licences).where(or_(licences.c.case_id == case.id, *theirs))
    in_force = db.execute(query.where(licences.c.state.in_(IN_FORCE)).order_by(licences.c.id)).all()
    return render_draft(facts(db, certificate or _proposed(case), in_force, now))


def _added_to(db: Connection, case_id: int) -> Row[Any] | None:
    """The certificate that the case adds to."""
    parent = select(cases.c.parent_id).where(cases.c.id == case_id).scalar_subquery()
    return db.execute(select(certificates).where(certificates.c.case_id == parent)).one_or_none()


def _proposed(case: CasePage) -> Proposed:
    """What the case's own certificate will be entered with."""
    return Proposed(
        case_id=case.id,
        industry=case.industry,
        region=case.region,
        operator=case.operator,
        legal_representative=str(case.answers[LEGAL_REPRESENTATIVE]),
        address=str(case.answers[ADDRESS]),
        uscc=case.uscc,
        department=_department(case),
    )


def _department(case: CasePage) -> str:
    """Whose office will sign; '' where the process does not say."""
    steps = case.deployment.model_of(case.process).steps.values()
    issuing = next((step for step in steps if step.handler == ISSUING), None)
    return office_of(issuing, case.deployment.catalogue, case.region).department if issuing else ""
