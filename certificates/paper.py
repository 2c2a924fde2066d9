"""Promises what a typeset document is: its bytes, and the place that its template keeps for the seal."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """The middle of a seal: page from 1, points from the page's left and from its top."""

    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Paper:
    """A document as PDF/A-3a; a template that marks no place for a seal gives none."""

    pdf: bytes
    seal: Place | None
