"""Where each section of a draft stands: done, still to do, or holding something wrong."""

from collections.abc import Mapping
from typing import Literal

from engine.drafts.reading import Draft
from forms.inputs import Raw
from forms.merge import Section

State = Literal["done", "todo", "error"]


def states(draft: Draft) -> dict[str, State]:
    """The state of every section by its id, in the order of the form."""
    return {section.id: state_of(draft, section) for section in draft.form.sections}


def state_of(draft: Draft, section: Section) -> State:
    """`error` while something typed is wrong, `done` once confirmed with nothing missing, else `todo`."""
    inputs = draft.inputs(section)
    errors = draft.check(section, inputs).errors
    if faults_in_typed(errors, inputs):
        return "error"
    return "done" if section.id in draft.record.done and not errors else "todo"


def faults_in_typed(errors: Mapping[str, str], inputs: Raw) -> dict[str, str]:
    """The errors at inputs that hold something: what is merely missing yet is no fault."""
    return {name: words for name, words in errors.items() if holds_something(name, inputs)}


def holds_something(name: str, inputs: Raw) -> bool:
    """Whether the input `name`, or any cell of the table of this name, holds more than spaces."""
    values = [value for other, value in inputs.items() if other == name or other.startswith(f"{name}-")]
    return any(value.strip() if isinstance(value, str) else value for value in values)
