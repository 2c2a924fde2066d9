"""Who works in several offices gives feedback in the name of the one that supervises the licence."""

import pytest
from sqlalchemy import Connection, insert, select

from certificates.feedback import Found, give_feedback
from engine.tables import certificates, feedback, licences, memberships
from tests.engine.clerks import People, case_of
from tests.filing import DISTRICT, NOW

CITY = DISTRICT[:4] + "00"


@pytest.mark.parametrize(
    ("item", "department", "region"),
    [("food_operation", "market", DISTRICT), ("fire_check", "fire", CITY)],
)
def test_feedback_is_given_by_the_licence_s_own_regulator(
    desk: Connection, granted: str, people: People, item: str, department: str, region: str
) -> None:
    user = people["regulator"]
    for office in (("fire", CITY), ("culture", DISTRICT)):
        row = dict(zip(("department", "region"), office, strict=True))
        desk.execute(insert(memberships).values(user_id=user.id, role="regulator", **row))
    query = select(licences.c.id, certificates.c.public_id).join(
        certificates, certificates.c.id == licences.c.certificate_id
    )
    of_case = (licences.c.case_id == case_of(desk, granted).id, licences.c.item == item)
    row = desk.execute(query.where(*of_case)).one()
    said = Found("found", "地面有积水。")
    given = give_feedback(desk, user=user, public_id=row.public_id, licence=str(row.id), found=said, now=NOW)
    kept = desk.execute(select(feedback).where(feedback.c.id == given)).one()
    assert (kept.department, kept.region) == (department, region)
