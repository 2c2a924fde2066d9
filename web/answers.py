"""The answers of an application in words: what its applicant sees again, and what an office may see."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from engine.days import local_day
from engine.drafts.reading import form_of
from engine.queries.cases import CasePage
from forms.describe import in_words
from forms.fields import Field
from forms.merge import MergedField
from forms.privacy import masked

ALL = ("public", "personal", "sensitive")
NOT_SENSITIVE = ("public", "personal")


@dataclass(frozen=True)
class Filled:
    """A section of the form as filed: its title, and each question with its answer in words."""

    title: str
    rows: list[tuple[str, str]]


def said(
    field: Field, answers: Mapping[str, object], sources: Mapping[str, object], regions: Mapping[str, str]
) -> str:
    """An answer to its applicant; a shared sensitive one masked.

    Whoever types a code gets what is known of its subject, so an identity number from shared data stays
    hidden.
    """
    source = sources.get(field.id)
    shared = isinstance(source, Mapping) and "contested" not in source
    value = answers.get(field.id)
    return shared_words(field, value, regions) if shared else in_words(field, value, regions)


def shared_words(field: Field, value: object, regions: Mapping[str, str]) -> str:
    """A value that another office knows, as the person who typed the subject's code may see it."""
    return masked(field, value, regions, readable=NOT_SENSITIVE)


def for_applicant(case: CasePage) -> list[Filled]:
    """What was filed, section by section, without what was not asked."""
    return _filled(case, lambda one, regions: said(one.field, case.answers, case.sources, regions))


def for_office(case: CasePage, *, items: Collection[str] | None, whole: bool) -> list[Filled]:
    """What was filed as an office may see it: with `items` only what these need.

    Numbers of identity papers are masked unless `whole`, which is for the window that compares them with
    the originals (个人信息保护法第六条: no more than needed).
    """
    readable = ALL if whole else NOT_SENSITIVE

    def words(one: MergedField, regions: Mapping[str, str]) -> str:
        if items is not None and not any(reason.item in items for reason in one.reasons):
            return ""
        return masked(one.field, case.answers[one.field.id], regions, readable=readable)

    return _filled(case, words)


def _filled(case: CasePage, words: Callable[[MergedField, Mapping[str, str]], str]) -> list[Filled]:
    items = tuple(item.item for item in case.items)
    form = form_of(case.deployment, items, local_day(case.submitted_at))
    regions = {code: region.name for code, region in case.deployment.catalogue.regions.items()}
    sections = []
    for section in form.sections:
        asked = (one for one in section.fields if case.answers.get(one.field.id) is not None)
        rows = [(one.field.label, words(one, regions)) for one in asked]
        sections.append(Filled(section.title, [row for row in rows if row[1]]))
    return [section for section in sections if section.rows]
