"""Which office supervises what: access to pushes and to the certificates of a region."""

from sqlalchemy import ColumnElement, exists, func, or_, select

from engine.people import User
from engine.tables import certificates, memberships, pushes

REGULATOR = "regulator"
IS_NEW = pushes.c.claimed_at.is_(None)


def told_to(user: User) -> ColumnElement[bool]:
    """The pushes that went to an office of this person."""
    return exists().where(
        memberships.c.user_id == user.id,
        memberships.c.role == REGULATOR,
        memberships.c.department == pushes.c.department,
        memberships.c.region == pushes.c.region,
    )


def supervises(user: User) -> ColumnElement[bool]:
    """The certificates of this person's regions; the city's offices supervise those of its districts, too.

    A code of GB/T 2260 that ends in 00 stands for all that begin as it does.
    """
    own = select(memberships.c.region).where(
        memberships.c.user_id == user.id, memberships.c.role == REGULATOR, memberships.c.region != ""
    )
    above = func.substr(certificates.c.region, 1, 4) + "00"
    return or_(certificates.c.region.in_(own), above.in_(own))
