"""Promises the numbers of the tobacco monopoly department's licences."""

from engine.departments.registry import Numbering, number_rule, serial_digits


@number_rule("tobacco.retail_licence", yearly=False)
def retail_licence(numbering: Numbering) -> str:
    """Twelve digits: region (6) and running number (6), which never starts again [K: length; A: division]."""
    return numbering.region + serial_digits(numbering.serial, 6)
