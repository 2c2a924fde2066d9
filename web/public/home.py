"""The front page: three doors and the first industries, no login."""

from flask import Blueprint, render_template

from engine.deployments import industries
from web.database import reading

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def show() -> str:
    """The three doors and the pilot industries, all of them where none is a pilot."""
    with reading() as db:
        cards = industries(db)
    pilots = [card for card in cards if card.pilot]
    return render_template("public/home.html", cards=pilots or cards, total=len(cards))
