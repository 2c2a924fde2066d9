"""Promises what is to be said to somebody who holds a certificate in hand: the register, and that paper."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from certificates.changes import changes
from certificates.code.ring import Ring
from certificates.code.token import NotSigned, read_token
from certificates.facts import CertificateData, read_facts
from certificates.public import CANCELLED, CHANGED, VALID, PublicCertificate, overall, read_public
from engine.tables import certificate_issues, certificates


@dataclass(frozen=True)
class Paper:
    """The paper whose QR code or file is at hand: `wrong` says why it is not ours, "" for one that is.

    `issue` is the paper's own, `state` that of the licences it states as they stand now, `changed` what has
    changed since, in sentences.
    """

    wrong: str = ""
    issue: int = 0
    state: str = ""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checked:
    """A certificate as it stands now, and the paper when its code or its file came along.

    `state` is the certificate's own, but that of its licences for the paper of an earlier issue: 已变更 while
    all of them hold.
    """

    found: PublicCertificate
    paper: Paper | None

    @property
    def is_ours(self) -> bool:
        """Whether nothing speaks against the paper, as far as it told anything of itself."""
        return self.paper is None or not self.paper.wrong

    @property
    def is_old(self) -> bool:
        """Whether the paper is ours and a later issue has taken its place."""
        return self.paper is not None and 0 < self.paper.issue < self.found.issue

    @property
    def state(self) -> str:
        """The word for the paper in hand."""
        if self.paper is None or not self.is_old:
            return self.found.state
        return CHANGED if self.paper.state == VALID else self.paper.state


def check(db: Connection, ring: Ring, public_id: str, token: str, now: datetime) -> Checked | None:
    """What the address of a QR code leads to; None for an id that nobody has, whatever its token says."""
    found = read_public(db, public_id, now)
    if found is None:
        return None
    return Checked(found, _paper(db, ring, found, token) if token else None)


def _paper(db: Connection, ring: Ring, found: PublicCertificate, token: str) -> Paper:
    try:
        summary = read_token(ring, found.public_id, token)
    except NotSigned as error:
        return Paper(str(error))
    frozen = _frozen(db, found.public_id, summary.issue)
    if frozen is None or not summary.agrees_with(frozen):
        return Paper("二维码里写的内容与登记簿里的这一版不一致。")
    return _as_stated(db, found, frozen)


def paper_of(db: Connection, found: PublicCertificate, issue: int) -> Paper:
    """The paper or file that is known to be this issue of the certificate."""
    frozen = _frozen(db, found.public_id, issue)
    if frozen is None:
        raise LookupError("a certificate without one of its issues")
    return _as_stated(db, found, frozen)


def _as_stated(db: Connection, found: PublicCertificate, frozen: CertificateData) -> Paper:
    return Paper(issue=frozen.issue, state=_state(frozen, found), changed=_changed(db, found, frozen))


def _changed(db: Connection, found: PublicCertificate, frozen: CertificateData) -> tuple[str, ...]:
    newest = _frozen(db, found.public_id, found.issue)
    if newest is None:
        raise LookupError("a certificate without its newest issue")
    states = {line.number: line.state for line in (*found.licences, *found.earlier)}
    return changes(frozen, newest, states)


def _state(frozen: CertificateData, found: PublicCertificate) -> str:
    """The word for the licences that a paper states; one given up and granted again is the one that holds."""
    stands = {line.item: line.state for line in (*found.earlier, *found.licences)}
    return overall(tuple(stands.get(line.item, CANCELLED) for line in frozen.licences))


def _frozen(db: Connection, public_id: str, issue: int) -> CertificateData | None:
    query = (
        select(certificate_issues.c.content)
        .join(certificates, certificates.c.id == certificate_issues.c.certificate_id)
        .where(certificates.c.public_id == public_id, certificate_issues.c.issue == issue)
    )
    content = db.execute(query).scalar()
    return None if content is None else read_facts(content)
