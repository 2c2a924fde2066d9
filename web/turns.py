"""The steps for which a case waits for its applicant: what they are called, and where they are done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Turn:
    """A step of the applicant's: as they read it, as others do, the words of the link, and its page."""

    own: Any
    others: Any
    does: Any
    endpoint: str


TURNS: Mapping[str, Turn] = {  # by act
    "correct": Turn(_l("等您补正"), _l("等申请人补正"), _l("去补正"), "corrections.newest"),
    "confirm": Turn(_l("等您选踏勘时间"), _l("等申请人选踏勘时间"), _l("去选时间"), "inspection.show"),
    "rectify": Turn(_l("等您整改"), _l("等申请人整改"), _l("去整改"), "inspection.show"),
}


def turn(act: str | None) -> Turn | None:
    """The applicant's turn at an act; None at those of offices and of the system."""
    return TURNS.get(act or "")
