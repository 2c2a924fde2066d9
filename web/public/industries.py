"""The list of industries, with a search that needs no script."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import groupby

from flask import Blueprint, render_template, request

from engine.deployments import IndustryCard, industries
from web import errors
from web.database import reading

blueprint = Blueprint("industries", __name__)
LONGEST = 50
OFFERED = 6


@blueprint.get("/industries")
def list_all() -> str:
    """All industries under their headings, or those that fit the words looked for."""
    q = " ".join(request.args.get("q", "").split())[:LONGEST]
    with reading() as db:
        cards = industries(db)
    found = [card for card in cards if _fits(card, q)]
    return render_template(
        "public/industries.html",
        q=q,
        groups=_grouped(found),
        found=len(found),
        total=len(cards),
        pilots=sum(card.pilot for card in cards),
    )


def not_found(says: str, do: str, wanted: str) -> tuple[str, int]:
    """The page for an industry that there is not: it offers those of a like name, else the first ones."""
    with reading() as db:
        cards = industries(db)
    near = _near(cards, wanted)
    return errors.page(404, says, do, cards=near or cards[:OFFERED], near=bool(near))


def _fits(card: IndustryCard, q: str) -> bool:
    """Whether every word looked for stands in the names, classes or items of the industry."""
    return all(word in card.words.casefold() for word in q.casefold().split())


def _grouped(cards: Iterable[IndustryCard]) -> list[tuple[str, list[IndustryCard]]]:
    """The cards under their headings, the heading of the first card first."""
    cards = list(cards)
    headings = list(dict.fromkeys(card.group for card in cards))
    by_heading = sorted(cards, key=lambda card: headings.index(card.group))
    return [(heading, list(group)) for heading, group in groupby(by_heading, key=lambda card: card.group)]


def _near(cards: Sequence[IndustryCard], wanted: str) -> list[IndustryCard]:
    """The industries whose id or name is like what was typed in the address."""
    names = {name: card for card in cards for name in (card.id, card.name, card.title)}
    like = get_close_matches(wanted.casefold()[:LONGEST], names, n=OFFERED, cutoff=0.6)
    return list(dict.fromkeys([names[name] for name in like]))
