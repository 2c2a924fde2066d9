"""Every condition and every sentence with values of a catalogue: where it stands and what it may read."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.catalogue.reading import MATERIALS, Sheets, guide_path, industry_path, item_path
from forms.expressions import Expression
from forms.source import Document, Path

# What the conditions of items, materials and tables may read, whatever the industry.
FACTS_OF_ANY = ("answers", "items", "settings", "rules")


@dataclass(frozen=True)
class Stated:
    """A condition, its place, and the names of the facts that it may read."""

    document: Document
    keys: Path
    condition: Expression
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """A sentence that may hold values in braces, its place, and the names that may stand there."""

    document: Document
    keys: Path
    sentence: str
    names: tuple[str, ...]


def conditions_of(sheets: Sheets) -> Iterator[Stated]:
    """All conditions of the industry, its guide, its items in all their versions, and the materials."""
    for document, keys, condition, facts in _conditions(sheets):
        if condition is not None:
            yield Stated(document, keys, condition, facts)


def _conditions(sheets: Sheets) -> Iterator[tuple[Document, Path, Expression | None, tuple[str, ...]]]:
    guide, industry = sheets.documents[guide_path(sheets.industry.id)], _industry(sheets)
    earlier: tuple[str, ...] = ("settings", "rules")
    for number, question in enumerate(sheets.guide.questions):
        yield guide, ("questions", number, "show_if"), question.show_if, earlier
        earlier = (*earlier, question.id)
    for number, not_for in enumerate(sheets.guide.not_for):
        yield guide, ("not_for", number, "when"), not_for.when, earlier
    all_facts = (*FACTS_OF_ANY, *(each.id for each in sheets.guide.questions))
    for number, item in enumerate(sheets.industry.items):
        yield industry, ("items", number, "when"), item.when, all_facts
    for number, spare in enumerate(sheets.industry.spares):
        yield industry, ("spares", number, "when"), spare.when, all_facts
    for number, note in enumerate(sheets.industry.notes):
        yield industry, ("notes", number, "when"), note.when, all_facts
    for id, versions in sheets.history.items():
        for one in dict.fromkeys(version.inspection for version in versions):
            yield sheets.documents[item_path(id)], ("inspection",), one, FACTS_OF_ANY
    for name, material in sheets.materials.items():
        yield sheets.documents[MATERIALS], ("materials", name, "when"), material.when, FACTS_OF_ANY


def sentences_of(sheets: Sheets) -> Iterator[Said]:
    """All sentences of the industry and its guide that are said with values."""
    known = (*settings_of(sheets), *(each.id for each in sheets.guide.questions), "region")
    guide, industry = sheets.documents[guide_path(sheets.industry.id)], _industry(sheets)
    for number, not_for in enumerate(sheets.guide.not_for):
        yield Said(guide, ("not_for", number, "because"), not_for.because, known)
        yield Said(guide, ("not_for", number, "instead"), not_for.instead, known)
    for number, item in enumerate(sheets.industry.items):
        yield Said(industry, ("items", number, "why"), item.why, known)
        yield Said(industry, ("items", number, "otherwise"), item.otherwise, known)
    for number, spare in enumerate(sheets.industry.spares):
        yield Said(industry, ("spares", number, "because"), spare.because, known)
    for number, note in enumerate(sheets.industry.notes):
        yield Said(industry, ("notes", number, "text"), note.text, known)
    for number, asked in enumerate(sheets.industry.faq):
        # said to everybody before they name a region, so that no value holds
        yield Said(industry, ("faq", number, "ask"), asked.ask, ())
        yield Said(industry, ("faq", number, "answer"), asked.answer, ())


def settings_of(sheets: Sheets) -> dict[str, object]:
    """The settings that hold in the whole city."""
    return dict(next((each.settings for each in sheets.regions.values() if each.parent is None), {}))


def _industry(sheets: Sheets) -> Document:
    return sheets.documents[industry_path(sheets.industry.id)]
