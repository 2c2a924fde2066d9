"""A person says to which mail address notices go, or that they want none."""

from marshmallow import ValidationError
from marshmallow.validate import Email
from sqlalchemy import Connection, update

from engine.errors import Invalid
from engine.people import User
from engine.tables import users
from forms.characters import tidy

LONGEST = 254  # RFC 5321, 4.5.3.1.3, less the brackets
SAYS = "电子邮箱应当像 name@example.com 这样填写。"


def set_email(db: Connection, *, user: User, email: str) -> None:
    """Keep the address for what is sent from now on; "" for none. Invalid when it cannot be one."""
    address = tidy(email)
    if address:
        try:
            Email(error=SAYS)(address)
        except ValidationError:
            raise Invalid({"email": SAYS}) from None
        if len(address) > LONGEST or not address.isascii():
            raise Invalid({"email": SAYS})
    db.execute(update(users).where(users.c.id == user.id).values(email=address or None))
