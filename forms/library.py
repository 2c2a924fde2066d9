"""All questions there are and where they are asked, read and checked together."""

from collections.abc import Mapping
from dataclasses import dataclass

from forms.fields import Field
from forms.mistakes import Mistakes
from forms.places import ItemForm, SharedSection, StepForm
from forms.reading import Reading
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
        reading = Reading(files)
        reading.read_fields()
        sections, items, steps = reading.read_sections(), reading.read_items(), reading.read_steps()
        reading.check_places(sections, items)
        if whole:
            reading.check_whole(items)
        if reading.mistakes:
            raise Mistakes(reading.mistakes)
        return cls(reading.fields, sections, items, steps)
