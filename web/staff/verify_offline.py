"""The inspectors' check of a certificate's code on the spot: it works without the network once it is open."""

from urllib.parse import urlsplit

from flask import Blueprint, render_template

from web.context import settings
from web.login import INSIDE, for_roles

blueprint = Blueprint("verify_offline", __name__)


@blueprint.get("/inspect/verify")
@for_roles(*INSIDE)
def show() -> str:
    """The page; what it says is decided on the phone, by keys and a list that the phone keeps."""
    host = urlsplit(settings().base_url).netloc
    return render_template("staff/verify_offline.html", host=host)
