"""A broken table is named with its file and element, and what to do."""

import pytest

from engine.rules import read_table
from forms.mistakes import Mistake, Mistakes
from tests.engine.rules.tables import DMN, PATH, dmn

REST = ("-", "false")


def mistakes(text: str, path: str = PATH) -> tuple[Mistake, ...]:
    with pytest.raises(Mistakes) as raised:
        read_table(text, path)
    return raised.value.mistakes


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("<a", "行 1"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a/>', "<!DOCTYPE>"),
        (dmn([REST]).replace(DMN, "http://www.omg.org/spec/DMN/20151101/dmn.xsd"), "d"),
        (dmn([REST], name="other"), "other"),
        (dmn([REST], policy="COLLECT"), "table"),
        (dmn([REST], inputs=[""]), "in0"),
        (dmn([REST], inputs=["area.real"]), "in0_value"),
        (dmn([]), "table"),
        (dmn([("< 5", "true")]), "table"),
        (dmn([("<", "true"), REST]), "r0c0"),
        (dmn([("[1..]", "true"), REST]), "r0c0"),
        (dmn([("1) or (True", "true"), REST]), "r0c0"),
        (dmn([("__import__('os')", "true"), REST]), "r0c0"),
        (dmn([("5", ""), REST]), "r0out"),
        (dmn([("5", "area"), REST]), "r0out"),
        (dmn([("5", '"yes"'), REST]), "table"),
        (dmn([("5", "6", "true"), REST]), "r0"),
        (dmn([REST]).replace("<inputEntry", '<inputEntry expressionLanguage="javascript"'), "r0c0"),
    ],
)
def test_a_broken_table_is_named_with_its_file_and_element(text: str, element: str) -> None:
    found = mistakes(text)
    assert {(each.file, each.element) for each in found} == {(PATH, element)}
    assert all(each.says and each.do for each in found)


def test_a_file_without_one_table_is_refused() -> None:
    assert mistakes(f'<definitions xmlns="{DMN}" id="d"/>')[0].element == "d"
    decision = '<decision id="permit"><literalExpression/></decision>'
    literal = f'<definitions xmlns="{DMN}" id="d">{decision}</definitions>'
    assert mistakes(literal)[0].element == "permit"
