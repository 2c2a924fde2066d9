"""Reads an industry's scenarios: what is answered, what is done in another way than usual, what must come."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import fields, post_load, validate

from engine.catalogue.sheet import Sheet, read_sheet, words
from engine.said import GRANTED, NOT_ACCEPTED, REFUSED, WITHDRAWN
from forms.mistakes import Mistake, Mistakes
from forms.source import Files, paths_under


@dataclass(frozen=True)
class Deed:
    """Something done in another way than usual: a step with values of its form, or a timer waited for."""

    do: str | None
    wait: str | None
    form: Mapping[str, Any]


@dataclass(frozen=True)
class Expected:
    """How a scenario must end: its end event, whether there was a visit, each outcome, the committed days."""

    end: str
    visit: bool
    outcomes: Mapping[str, str]
    days: int | None


@dataclass(frozen=True)
class Scenario:
    """One made-up case; `id` is the name of its file."""

    id: str
    title: str
    answers: Mapping[str, bool | int | float | str]
    steps: tuple[Deed, ...]
    expect: Expected

    def form_for(self, step: str, time: int = 0) -> Mapping[str, Any]:
        """What this scenario fills in differently when `step` comes the first time (0), the second (1) …"""
        forms = [deed.form for deed in self.steps if deed.do == step]
        return forms[time] if time < len(forms) else {}


class DeedSheet(Sheet):
    """One entry of `steps`."""

    do = words(optional=True)
    wait = words(optional=True)
    form = fields.Dict(keys=fields.String(), values=fields.Raw(), load_default=dict)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Deed:
        return Deed(**data)


class ExpectedSheet(Sheet):
    """The entry `expect`."""

    end = words()
    visit = fields.Boolean(required=True)
    outcomes = fields.Dict(
        keys=fields.String(),
        values=fields.String(validate=validate.OneOf((GRANTED, REFUSED, NOT_ACCEPTED, WITHDRAWN))),
        required=True,
    )
    days = fields.Integer(load_default=None)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Expected:
        return Expected(**data)


class ScenarioSheet(Sheet):
    """One file of processes/<industry>/scenarios/."""

    title = words()
    answers = fields.Dict(keys=fields.String(), values=fields.Raw(), required=True)
    steps = fields.List(fields.Nested(DeedSheet), load_default=list)
    expect = fields.Nested(ExpectedSheet, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        return {**data, "steps": tuple(data["steps"])}


def read_scenarios(files: Files, industry: str) -> tuple[Scenario, ...]:
    """Every scenario of `industry`, by name of file. Raises Mistakes with all that is wrong in them."""
    mistakes: list[Mistake] = []
    found = []
    for path in paths_under(files, f"processes/{industry}/scenarios"):
        read = read_sheet(files, path, ScenarioSheet(), mistakes)
        if read is not None:
            found.append(Scenario(path.rsplit("/", 1)[-1].removesuffix(".yaml"), **read[1]))
    if mistakes:
        raise Mistakes(mistakes)
    return tuple(found)
