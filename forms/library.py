"""All questions there are and where they are asked, read and checked together."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from forms.fields import Field
from forms.mistakes import Mistakes
from forms.places import ItemForm, SharedSection, StepForm
from forms.reading import FOLDER, Reading
from forms.source import Files


@dataclass(frozen=True)
class FormLibrary:
    """Every definition: `sections` in the order of the task list, `items` in the order of their sections."""

    fields: Mapping[str, Field]
    sections: tuple[SharedSection, ...]
    items: Mapping[str, ItemForm]
    steps: Mapping[str, StepForm]

    @classmethod
    def read(cls, files: Files, *, whole: bool = False) -> "FormLibrary":
        """Read forms/definitions. Raises Mistakes that name everything wrong in them, with file and line.

        A deployment holds only its own items' forms. When `files` are all there are (`whole`), a field that
        no form asks and a `needed_by` that names no form are mistakes, too.
        """
        own = tuple(sorted((path, text) for path, text in files.items() if path.startswith(f"{FOLDER}/")))
        return read_library(own, whole)


@lru_cache(maxsize=64)  # all industries are checked against one library, and its fields are many
def read_library(files: tuple[tuple[str, str], ...], whole: bool) -> FormLibrary:
    """The library of these files (path and text), read once for the same texts."""
    reading = Reading(dict(files))
    reading.read_fields()
    sections, items, steps = reading.read_sections(), reading.read_items(), reading.read_steps()
    reading.check_places(sections, items)
    if whole:
        reading.check_whole(items)
    if reading.mistakes:
        raise Mistakes(reading.mistakes)
    return FormLibrary(reading.fields, sections, items, steps)
