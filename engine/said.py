"""What a finished task says about its case: the words that every act and handler answers in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.errors import Invalid
from engine.workflow import Step

Values = Mapping[str, object]
Words = Mapping[str, str | None]
PASS, FAIL = "pass", "fail"
GRANTED, REFUSED = "granted", "refused"
NOT_ACCEPTED, WITHDRAWN, RETURNED = "not_accepted", "withdrawn", "returned"
USUAL, COMMITMENT = "usual", "commitment"  # the ways in which an applicant may take an item


@dataclass(frozen=True)
class Said:
    """The outcome of a task, and what it says.

    `items`: item → column of case_items → value. `case`: words about the whole case, added to those it has.
    """

    outcome: str
    items: Mapping[str, Words] = field(default_factory=dict)
    accepted: bool | None = None
    case: Mapping[str, object] = field(default_factory=dict)


def item_of(step: Step) -> str:
    """The item that a step is about; Invalid when the diagram does not say."""
    if step.item is None:
        raise Invalid({}, f"环节“{step.title}”没有写明事项，请联系流程设计人员。")
    return step.item
