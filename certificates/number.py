"""Promises a certificate's own number, by the pattern that a region's settings give."""

from string import Formatter

PATTERN = "{region}-YZ-{year}-{serial:06d}"
PARTS = frozenset({"region", "year", "serial"})


class WrongPattern(ValueError):
    """A pattern for certificate numbers names something else than region, year and serial, or lacks one."""


def certificate_number(pattern: str, *, region: str, year: int, serial: int) -> str:
    """The number, by default as 370303-YZ-2026-000001; `serial` counts from 1 for each region and year.

    Raises WrongPattern unless the pattern names all three parts and nothing more: a number without one of
    them would come twice.
    """
    try:
        named = {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
        if named != PARTS:
            raise WrongPattern(f"证照编号样式“{pattern}”应含且只含 {{region}}、{{year}}、{{serial}}。")
        return pattern.format(region=region, year=year, serial=serial)
    except (ValueError, IndexError) as error:
        raise WrongPattern(f"证照编号样式“{pattern}”写法有误。") from error
