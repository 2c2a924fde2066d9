"""What happens to the demo's certificates later: opened, checked by a regulator, changed, suspended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from certificates.feedback import Found, give_feedback
from certificates.life.changing import ask_change, asking
from certificates.life.proposing import propose
from engine.handouts.reading import note_opening
from engine.linked import SUSPENSION
from engine.regulators.claiming import claim_pushes
from engine.tables import cases, certificates, licences, pushes
from forms.inputs import Inputs, spread
from web.demo.doings import person_of

Case = Mapping[str, Any]


def live_on(db: Connection, number: str, case: Case, at: datetime) -> tuple[str, ...]:
    """Do what stands under `life`; the numbers of the cases that follow from it."""
    life = case.get("life", {})
    query = select(certificates).join(cases, cases.c.id == certificates.c.case_id)
    held = db.execute(query.where(cases.c.number == number)).one_or_none()
    if held is None:
        return ()
    if life.get("opened"):
        user = person_of(db, case["applicant"])
        note_opening(db, user=user, case_id=held.case_id, issue=1, now=at)
    if "found" in life:
        _find(db, held, life["found"], at)
    asked = _change(db, case, held.public_id, life["change"], at) if "change" in life else None
    proposed = _suspend(db, held, life["suspend"], at) if "suspend" in life else None
    return tuple(each for each in (asked, proposed) if each)


def _change(db: Connection, case: Case, public_id: str, form: Mapping[str, str], at: datetime) -> str:
    user = person_of(db, case["applicant"])
    found = asking(db, user=user, public_id=public_id, licence=None, now=at)
    raw: Inputs = {}
    for field in found.fields:
        raw |= spread(field, form.get(field.id, found.now_stands.get(field.id)))
    return ask_change(db, user=user, public_id=public_id, licence=None, raw=raw, evidence=(), now=at)


def _find(db: Connection, held: Any, words: Mapping[str, str], at: datetime) -> None:
    """The licence's regulator claims what the office was told, and says what was found."""
    match = (licences.c.certificate_id == held.id, licences.c.item == words["item"])
    licence = db.execute(select(licences.c.id).where(*match)).scalar_one()
    user = person_of(db, words["by"])
    told = db.execute(select(pushes.c.id).where(pushes.c.licence_id == licence)).scalars().all()
    claim_pushes(db, user=user, chosen=told, now=at)
    found = Found(words["kind"], words.get("words", ""), words.get("law", ""))
    give_feedback(db, user=user, public_id=held.public_id, licence=str(licence), found=found, now=at)


def _suspend(db: Connection, held: Any, words: Mapping[str, str], at: datetime) -> str:
    match = (licences.c.certificate_id == held.id, licences.c.item == words["item"])
    licence = db.execute(select(licences.c.id).where(*match)).scalar_one()
    user = person_of(db, words["by"])
    return propose(
        db,
        user=user,
        number=held.number,
        licence=licence,
        process=SUSPENSION,
        reasons=words["reasons"],
        now=at,
    )
