"""The front page: three doors and the industries, no login."""

from flask import Blueprint, render_template

from web.database import reading
from web.public.industries import published

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def show() -> str:
    """The three doors and the list of industries that can be applied for."""
    with reading() as db:
        deployments = published(db)
    return render_template("public/home.html", deployments=deployments)
