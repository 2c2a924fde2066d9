"""A plausible answer to any question, so that a test can fill in a form that it does not know."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from engine.catalogue.region import Region
from forms.amounts import limit_date
from forms.fields import Field

TEXT = "以实际情况为准"
BY_KIND: Mapping[str, Any] = {
    "text": TEXT,
    "long_text": TEXT,
    "address": "淄博市张店区柳泉路100号1层",
    "code": "A20261123",
    "uscc": "91370303MA3T00017Y",
    "cn_id": "370303190001010016",
    "mobile": "13805331234",
    "email": "somebody@example.com",
    "yes_no": False,
}


def plausible(field: Field, region: Region, today: date) -> Any:
    """The value, as it is kept, that answers `field`; None for a kind that takes no typing, like a file."""
    if field.kind in BY_KIND:
        value = BY_KIND[field.kind]
        return value[: field.max_length] if isinstance(value, str) and field.max_length else value
    if field.kind == "region":
        return region.code
    if field.kind == "date":
        return _day(field, today).isoformat()
    if field.kind in ("number", "integer", "money"):
        return _amount(field)
    if field.kind in ("choice", "choices"):
        first = field.default or field.options[0].value
        return first if field.kind == "choice" else [first]
    if field.kind in ("person_list", "table"):
        row = {column.id: plausible(column, region, today) for column in field.columns}
        return [row] * max(1, field.min_rows)
    return None


def _day(field: Field, today: date) -> date:
    first = limit_date(field.minimum, today) if field.minimum else date.min
    last = limit_date(field.maximum, today) if field.maximum else date.max
    return min(max(today - timedelta(days=400), first), last)


def _amount(field: Field) -> float:
    least = float(field.minimum or 0)
    most = float(field.maximum or 1_000_000)
    amount = min(max(10.0, least), most)
    return amount * 100 if field.kind == "money" else int(amount) if amount.is_integer() else amount
