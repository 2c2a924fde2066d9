"""Decision tables that tests make up, written as dmn-js writes them."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
PATH = "processes/rules/permit.dmn"


def dmn(
    rows: Sequence[Sequence[str]],
    *,
    inputs: Sequence[str] = ("area",),
    policy: str | None = "FIRST",
    default: str | None = None,
    name: str = "permit",
) -> str:
    """A file with one table; the last cell of a row is what it answers."""
    columns = "".join(
        f'<input id="in{n}"><inputExpression id="in{n}_value"><text>{escape(each)}</text>'
        "</inputExpression></input>"
        for n, each in enumerate(inputs)
    )
    own = (
        ""
        if default is None
        else f'<defaultOutputEntry id="default"><text>{default}</text></defaultOutputEntry>'
    )
    hit = "" if policy is None else f' hitPolicy="{policy}"'
    body = "".join(_row(number, row) for number, row in enumerate(rows))
    return (
        f'<definitions xmlns="{DMN}" id="d" name="d"><decision id="{name}" name="要不要办">'
        f'<decisionTable id="table"{hit}>{columns}<output id="out" name="needed">{own}</output>{body}'
        "</decisionTable></decision></definitions>"
    )


def _row(number: int, row: Sequence[str]) -> str:
    *cells, output = row
    entries = "".join(
        f'<inputEntry id="r{number}c{n}"><text>{escape(cell)}</text></inputEntry>'
        for n, cell in enumerate(cells)
    )
    answer = f'<outputEntry id="r{number}out"><text>{escape(output)}</text></outputEntry>'
    return f'<rule id="r{number}">{entries}{answer}</rule>'
