"""Reads numbers, money and dates as people write them."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from marshmallow import ValidationError

from forms.answers import Answer

_NUMBER = re.compile(r"-?([0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})(\.[0-9]{1,10})?", re.ASCII)
_DATE = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", re.ASCII)
_FROM_TODAY = re.compile(r"today(?:\+([0-9]{1,3}))?", re.ASCII)
_EIGHT_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})", re.ASCII)


def limit_date(written: str, today: date) -> date:
    """The date that a bound means, written 2026-11-22, today or today+7. Raises ValueError."""
    if found := _FROM_TODAY.fullmatch(written):
        return today + timedelta(days=int(found[1] or 0))
    return date.fromisoformat(written)


class Number(Answer[int | float]):
    """A number with a unit; kept as an int when whole, else as a float with at most `decimals` places."""

    def read(self, value: Any) -> int | float:
        amount = self.amount(value, self.question.decimals)
        return int(amount) if amount == amount.to_integral_value() else float(amount)

    def amount(self, value: str, decimals: int) -> Decimal:
        text = normalize("NFKC", self.words(value)).replace(" ", "")
        unit = self.question.unit
        if not _NUMBER.fullmatch(text):
            tail = f"，不用写单位“{unit}”" if unit else ""
            raise ValidationError(f"“{self.question.label}”请只填数字{tail}。")
        amount = Decimal(text.replace(",", ""))
        if amount != round(amount, decimals):
            places = f"最多 {decimals} 位小数" if decimals else "应为整数"
            raise ValidationError(f"“{self.question.label}”{places}。")
        self.refuse_outside(amount)
        return amount

    def refuse_outside(self, amount: Decimal) -> None:
        question = self.question
        if question.minimum and amount < Decimal(question.minimum):
            raise ValidationError(f"“{question.label}”不能小于 {question.minimum}{question.unit}。")
        if question.maximum and amount > Decimal(question.maximum):
            raise ValidationError(f"“{question.label}”不能大于 {question.maximum}{question.unit}，请核对。")


class Integer(Number):
    """A whole number."""

    def read(self, value: Any) -> int | float:
        return int(self.amount(value, 0))


class Money(Number):
    """An amount in yuan, kept as a whole number of fen."""

    def read(self, value: Any) -> int | float:
        return int(self.amount(value, 2) * 100)


class Day(Answer[str]):
    """A date, kept as YYYY-MM-DD."""

    def read(self, value: Any) -> str:
        text = normalize("NFKC", self.words(value)).replace(" ", "")
        found = _DATE.fullmatch(text) or _EIGHT_DIGITS.fullmatch(text)
        if not found:
            raise ValidationError("日期请写成 2026-11-22 这样。")
        year, month, day = map(int, found.groups())
        try:
            chosen = date(year, month, day)
        except ValueError:
            raise ValidationError(f"没有 {year} 年 {month} 月 {day} 日这一天，请核对。") from None
        self.refuse_outside(chosen)
        return chosen.isoformat()

    def refuse_outside(self, chosen: date) -> None:
        question = self.question
        if question.minimum and chosen < (first := limit_date(question.minimum, self.today)):
            raise ValidationError(f"“{question.label}”不能早于 {first}。")
        if question.maximum and chosen > (last := limit_date(question.maximum, self.today)):
            raise ValidationError(f"“{question.label}”不能晚于 {last}。")
