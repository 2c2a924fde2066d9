"""Makes one form of the forms of all chosen items: every question once, with who needs it and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.fields import Field
from forms.library import FormLibrary
from forms.places import Asked, ItemForm


@dataclass(frozen=True)
class ItemNeeds:
    """One chosen item as the catalogue knows it; `form` is empty when it asks nothing of its own."""

    id: str
    name: str
    form: str
    basis: str
    materials: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reason:
    """An item that needs a question, by its id and name, and the law that it rests on."""

    item: str
    name: str
    law: str


@dataclass(frozen=True)
class MergedField:
    field: Field
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    intro: str
    fields: tuple[MergedField, ...]


@dataclass(frozen=True)
class MergedForm:
    """The one form of a case: its sections in the order of the task list."""

    sections: tuple[Section, ...]

    def section(self, id: str) -> Section | None:
        return next((section for section in self.sections if section.id == id), None)

    def fields(self) -> Iterator[MergedField]:
        for section in self.sections:
            yield from section.fields


def merge(library: FormLibrary, items: Iterable[ItemNeeds]) -> MergedForm:
    """The one form for these items, the same in whatever order they come.

    Raises KeyError for an item form that the library does not have; the catalogue's check finds those first.
    """
    rank = {form: number for number, form in enumerate(library.items)}
    chosen = sorted(set(items), key=lambda item: (rank[item.form] if item.form else len(rank), item.id))
    sections = (*_shared_sections(library, chosen), *_item_sections(library, chosen))
    return MergedForm(tuple(section for section in sections if section.fields))


def _shared_sections(library: FormLibrary, chosen: Sequence[ItemNeeds]) -> Iterator[Section]:
    for section in library.sections:
        fields = (
            MergedField(asked.field, tuple(_reasons(asked, chosen, library.items, section.basis)))
            for asked in section.asked
        )
        yield Section(section.id, section.title, section.intro, tuple(f for f in fields if f.reasons))


def _reasons(
    asked: Asked, chosen: Sequence[ItemNeeds], forms: Mapping[str, ItemForm], section_basis: str
) -> Iterator[Reason]:
    """Who needs a shared question; the most exact law that is known stands first."""
    for item in chosen:
        own = forms[item.form].shared.get(asked.field.id) if item.form else None
        listed = (asked.needed_by or {}).get(item.form)
        if asked.needed_by is None or own is not None or listed is not None:
            yield Reason(item.id, item.name, own or listed or asked.field.basis or section_basis)


def _item_sections(library: FormLibrary, chosen: Sequence[ItemNeeds]) -> Iterator[Section]:
    """One section an item form, even where several items share that form."""
    for id, form in library.items.items():
        needing = [item for item in chosen if item.form == id]
        fields = (
            MergedField(
                field, tuple(Reason(i.id, i.name, field.basis or form.basis or i.basis) for i in needing)
            )
            for field in form.fields
        )
        if needing:
            yield Section(id, form.title, form.intro, tuple(fields))
