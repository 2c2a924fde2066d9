"""Reads answers of many parts: the rows of a table, the points of a checklist."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from marshmallow import ValidationError
from marshmallow import missing as nothing

from forms.answers import Answer
from forms.checklist import Point
from forms.fields import Facts, Field

Row = dict[str, object]
Faults = dict[int, dict[str, str]]


class Rows(Answer[list[Row]]):
    """A table or a list of persons, kept as a list of mappings from column to answer, without empty rows.

    Gets a mapping from row number to column to raw input. `columns` read one cell each.
    """

    def __init__(
        self, question: Field, *, required: bool, today: date, context: Facts, columns: Sequence[Answer[Any]]
    ) -> None:
        super().__init__(question, required=required, today=today, context=context)
        self.columns = columns

    def read(self, value: Any) -> list[Row]:
        question = self.question
        if len(value) > question.max_rows:
            raise ValidationError(
                f"“{question.label}”最多填 {question.max_rows} 行，您填了 {len(value)} 行。"
            )
        if len(value) < question.min_rows:
            raise ValidationError(
                f"“{question.label}”至少填 {question.min_rows} 行，您填了 {len(value)} 行。"
            )
        faults: Faults = {}
        rows = [self.row(number, raw, faults) for number, raw in sorted(value.items())]
        if faults:
            raise ValidationError({str(number): dict(found) for number, found in faults.items()})
        return rows

    def row(self, number: int, raw: Mapping[str, Any], faults: Faults) -> Row:
        row: Row = {}
        for column in self.columns:
            try:
                found = column.deserialize(raw.get(column.question.id, nothing))
                row[column.question.id] = None if found is nothing else found
            except ValidationError as error:
                faults.setdefault(number, {})[column.question.id] = str(error.messages[0])
        return row


class Checklist(Answer[dict[str, dict[str, str]]]):
    """One result for each point in `context["checklist"]`, with words where the result asks for them.

    Gets and keeps a mapping from point id to `result` (an option's value) and `words`.
    """

    LIMIT = 500

    def read(self, value: Any) -> dict[str, dict[str, str]]:
        points = self.context["checklist"]
        assert isinstance(points, list | tuple)
        faults: dict[str, dict[str, str]] = {}
        results = {point.id: self.point(point, value.get(point.id, {}), faults) for point in points}
        if faults:
            raise ValidationError(dict(faults))
        return results

    def point(
        self, point: Point, raw: Mapping[str, str], faults: dict[str, dict[str, str]]
    ) -> dict[str, str]:
        labels = {option.value: option.label for option in self.question.options}
        result, words = raw.get("result", ""), ""
        if result not in labels:
            faults.setdefault(point.id, {})["result"] = (
                f"请为“{point.text}”选择{'、'.join(labels.values())}之一。"
            )
        try:
            words = self.words(raw.get("words", ""), lines=True)
        except ValidationError as error:
            faults.setdefault(point.id, {})["words"] = str(error.messages[0])
        else:
            if result == self.question.words_when and not words:
                faults.setdefault(point.id, {})["words"] = f"请写明“{point.text}”{labels[result]}的情况。"
        return {"result": result, "words": words}
