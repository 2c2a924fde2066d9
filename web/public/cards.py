"""Finds and groups the cards of industries: all of them, those that fit a search, those of a like name."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from engine.deployments import IndustryCard, industries
from web import errors
from web.database import reading

OFFERED = 6
LONGEST = 50


def fits(card: IndustryCard, q: str) -> bool:
    """Whether every word of `q` stands in the names, classes or items of the industry."""
    return all(word in card.words.casefold() for word in q.casefold().split())


def grouped(cards: Iterable[IndustryCard]) -> list[tuple[str, list[IndustryCard]]]:
    """The cards under their headings, in the order in which each heading first comes up."""
    groups: dict[str, list[IndustryCard]] = {}
    for card in cards:
        groups.setdefault(card.group, []).append(card)
    return list(groups.items())


def not_found(says: str, do: str, wanted: str) -> tuple[str, int]:
    """The page for an industry that there is not: it offers those of a like name, else the first ones."""
    with reading() as db:
        cards = industries(db)
    near = _near(cards, wanted)
    return errors.page(404, says, do, cards=near or cards[:OFFERED], near=bool(near))


def _near(cards: Sequence[IndustryCard], wanted: str) -> list[IndustryCard]:
    """The industries whose id or name is like what was typed in the address."""
    names = {name: card for card in cards for name in (card.id, card.name, card.title)}
    like = get_close_matches(wanted.casefold()[:LONGEST], names, n=OFFERED, cutoff=0.6)
    return list(dict.fromkeys(names[name] for name in like))
