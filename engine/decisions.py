"""What the law calls a decision: 准予许可, 予以备案 … by the kind of item, 准予延续 … by what is asked."""

from collections.abc import Mapping
from dataclasses import replace

from engine.linked import KINDS
from engine.said import GRANTED, REFUSED
from forms.fields import Field, Option
from forms.places import StepForm

USUAL = "行政许可"
WORDS: Mapping[str, Mapping[str, str]] = {
    USUAL: {GRANTED: "准予许可", REFUSED: "不予许可"},
    "备案": {GRANTED: "予以备案", REFUSED: "不予备案"},
    "登记": {GRANTED: "准予登记", REFUSED: "不予登记"},
    "阶段决定": {GRANTED: "同意", REFUSED: "不同意"},
}


_ASKED = {GRANTED: "准予{name}", REFUSED: "不予{name}"}
_PROPOSED = {GRANTED: "予以{name}", REFUSED: "不{name}"}


def decision(kind: str, outcome: str | None, process: str = "") -> str:
    """The word for a decision on an item of `kind` (engine.catalogue.item.KINDS); "" for other outcomes.

    With a `process` (engine.linked) it is about what that does to the licence of the item.
    """
    if process:
        later = KINDS[process]
        return (_ASKED if later.asked else _PROPOSED).get(outcome or "", "").format(name=later.name)
    return WORDS.get(kind, WORDS[USUAL]).get(outcome or "", "")


def worded(form: StepForm, kind: str) -> StepForm:
    """A step's form that speaks of a permit, speaking of an item of `kind`."""
    if kind == USUAL:
        return form
    fields = tuple(_worded(field, kind) for field in form.fields)
    return replace(form, intro=_said(form.intro, kind), fields=fields)


def _worded(field: Field, kind: str) -> Field:
    options = tuple(Option(option.value, _said(option.label, kind)) for option in field.options)
    hint, missing = _said(field.hint, kind), _said(field.missing, kind)
    return replace(field, hint=hint, missing=missing, options=options)


def _said(text: str, kind: str) -> str:
    """`text` with the words for a permit replaced by those for `kind`."""
    for outcome in (REFUSED, GRANTED):
        text = text.replace(decision(USUAL, outcome), decision(kind, outcome))
    return text
