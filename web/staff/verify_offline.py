"""The inspectors' check of a certificate's code on the spot: it opens and works without the network."""

from urllib.parse import urlsplit

from flask import Blueprint, render_template

from web.context import settings
from web.inspect.offline import INSPECTING
from web.login import INSIDE, for_roles, person

blueprint = Blueprint("verify_offline", __name__)


@blueprint.get("/inspect/verify")
@for_roles(*INSIDE)
def show() -> str:
    """The page; what it says is decided on the phone, by keys and a list that the phone keeps."""
    host = urlsplit(settings().base_url).netloc
    user = person()
    visits = bool(user.roles & set(INSPECTING))
    return render_template("staff/verify_offline.html", host=host, user=user, visits=visits)
