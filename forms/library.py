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
    def read(cls, files: Files) -> "FormLibrary":
        """Read forms/definitions. Raises Mistakes that name everything wrong in them, with file and line."""
        reading = Reading(files)
        reading.read_fields()
        sections, items, steps = reading.read_sections(), reading.read_items(), reading.read_steps()
        reading.check_places(sections, items)
        if reading.mistakes:
            raise Mistakes(reading.mistakes)
        return cls(reading.fields, sections, items, steps)
