"""The applicant's answers in words; what was shared and is sensitive is never shown back whole.

Whoever types a code gets what is known of its subject, so an identity number from shared data stays hidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.drafts.reading import form_of
from engine.queries.cases import CasePage
from forms.describe import in_words
from forms.fields import Field
from forms.privacy import masked


@dataclass(frozen=True)
class Filled:
    """A section of the form as filed: its title, and each question with its answer in words."""

    title: str
    rows: list[tuple[str, str]]


def said(
    field: Field, answers: Mapping[str, object], sources: Mapping[str, object], regions: Mapping[str, str]
) -> str:
    """An answer in words; a shared sensitive one masked."""
    source = sources.get(field.id)
    shared = isinstance(source, Mapping) and "contested" not in source
    value = answers.get(field.id)
    return shared_words(field, value, regions) if shared else in_words(field, value, regions)


def shared_words(field: Field, value: object, regions: Mapping[str, str]) -> str:
    """A value that another office knows, as the person who typed the subject's code may see it."""
    return masked(field, value, regions, readable=("public", "personal"))


def filled_in(case: CasePage) -> list[Filled]:
    """What was filed, section by section, without what was not asked."""
    form = form_of(case.deployment, tuple(item.item for item in case.items))
    regions = {code: region.name for code, region in case.deployment.catalogue.regions.items()}
    return [
        Filled(
            section.title,
            [
                (one.field.label, said(one.field, case.answers, case.sources, regions))
                for one in section.fields
                if case.answers.get(one.field.id) is not None
            ],
        )
        for section in form.sections
    ]
