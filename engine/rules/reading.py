"""Reads a DMN 1.3 file, as dmn-js saves it, into a decision table; names what is wrong with its element."""

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import NoReturn

from lxml import etree

from engine.rules.table import FIRST, POLICIES, UNIQUE, Row, Table
from engine.rules.unary import Test, read_test, read_value
from engine.safe_xml import Unreadable, parse
from forms.expressions import CannotEvaluate, UnsafeExpression
from forms.mistakes import Mistake, Mistakes, nearest

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
MOST_ROWS = 500  # a longer table cannot be read by a person either
NOTHING = "0"  # stands for a broken input, so that it is not found broken again in each of its cells
_LANGUAGES = ("", "feel", "https://www.omg.org/spec/DMN/20191111/FEEL/")


@lru_cache(maxsize=256)  # several industries use the same table
def read_table(text: str, path: str) -> Table:
    """The table in the file at `path`. Raises Mistakes with everything that is wrong in it."""
    name = path.rpartition("/")[2].removesuffix(".dmn")
    return _Reading(path).table(text, name)


class _Reading:
    """One reading of a file; `mistakes` grows on the way."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.mistakes: list[Mistake] = []

    def table(self, text: str, name: str) -> Table:
        decision = self.decision(text, name)
        found = _children(decision, "decisionTable")
        if len(found) != 1:
            self.stop(decision, "决策里没有决策表。", "请在 dmn-js 里把它画成一张决策表。")
        table = found[0]
        policy = self.policy(table)
        inputs = [self.input(each) for each in _children(table, "input")]
        outputs = _children(table, "output")
        if not inputs or len(outputs) != 1:
            self.stop(table, "决策表应有至少一个输入列和正好一个输出列。", "请增删列。")
        defaults = [self.value(each) for each in _children(outputs[0], "defaultOutputEntry") if _text(each)]
        rows = tuple(self.row(each, inputs) for each in _children(table, "rule"))
        made = Table(
            name, decision.get("name") or name, policy, rows, bool(defaults), next(iter(defaults), None)
        )
        self.check_whole(table, made)
        if self.mistakes:
            raise Mistakes(self.mistakes)
        return made

    def decision(self, text: str, name: str) -> etree._Element:
        try:
            root = parse(text)
        except Unreadable as error:
            raise Mistakes([Mistake(self.path, error.element or "文件", error.says, error.do)]) from error
        if root.tag != f"{{{DMN}}}definitions":
            self.stop(root, "不是 DMN 1.3 文件。", "请用 dmn-js 打开并重新保存。")
        decisions = _children(root, "decision")
        if len(decisions) != 1:
            self.stop(root, f"文件里有 {len(decisions)} 个决策，应正好有一个。", "请每个决策存一个文件。")
        if decisions[0].get("id") != name:
            says = f"决策的标识“{decisions[0].get('id')}”和文件名不一致。"
            self.wrong(decisions[0], says, f"请改成“{name}”。")
        return decisions[0]

    def policy(self, table: etree._Element) -> str:
        policy = table.get("hitPolicy", UNIQUE)
        if policy not in POLICIES:
            do = nearest(policy, POLICIES) or f"只能是 {'、'.join(POLICIES)}。"
            self.wrong(table, f"不支持命中策略“{policy}”。", do)
        return policy

    def input(self, each: etree._Element) -> str:
        expression = next(iter(_children(each, "inputExpression")), None)
        text = "" if expression is None else _text(expression)
        if expression is None or not text:
            self.wrong(each, "输入列没有写明看哪个数据项。", "请填写输入表达式。")
            return NOTHING
        self.check_language(expression)
        sound = self.read(expression, partial(read_test, _name(each), text, "-"))
        return text if isinstance(sound, Test) else NOTHING

    def row(self, rule: etree._Element, inputs: list[str]) -> Row:
        cells, outputs = _children(rule, "inputEntry"), _children(rule, "outputEntry")
        if len(cells) != len(inputs) or len(outputs) != 1:
            self.stop(rule, "这一行的格数和列数不一致。", "请用 dmn-js 打开并重新保存。")
        tests: list[Test] = []
        for input, cell in zip(inputs, cells, strict=True):
            self.check_language(cell)
            test = self.read(cell, partial(read_test, _name(cell), input, _text(cell)))
            tests.append(test if isinstance(test, Test) else read_test("", NOTHING, "-"))
        return Row(rule.get("id", ""), tuple(tests), self.value(outputs[0]))

    def value(self, entry: etree._Element) -> object:
        self.check_language(entry)
        if not _text(entry):
            self.wrong(entry, "结论是空的。", "请填写 true、false、数字，或者加引号的文字。")
            return None
        return self.read(entry, partial(read_value, _text(entry)))

    def check_whole(self, element: etree._Element, table: Table) -> None:
        if not 1 <= len(table.rows) <= MOST_ROWS:
            self.wrong(element, f"有 {len(table.rows)} 行，应有 1 至 {MOST_ROWS} 行。", "请增删行。")
        if not table.has_default and not any(row.catches_all for row in table.rows):
            says = "没有一行适用于其余所有情况，也没有默认值。"
            do = f"请在最后加一行全是“-”的（命中策略用 {FIRST}），或给输出列写默认值。"
            self.wrong(element, says, do)
        kinds = {type(row.output) for row in table.rows} | (
            {type(table.default)} if table.has_default else set()
        )
        if len(kinds - {type(None)}) > 1 and not kinds <= {int, float, type(None)}:
            self.wrong(element, "各行的结论不是同一种数据。", "请都写是否、都写数字，或都写文字。")

    def check_language(self, element: etree._Element) -> None:
        if element.get("expressionLanguage", "").removesuffix("/") not in {
            each.removesuffix("/") for each in _LANGUAGES
        }:
            self.wrong(element, "表达式语言不是 FEEL。", "请去掉 expressionLanguage。")

    def read(self, element: etree._Element, make: Callable[[], object]) -> object:
        try:
            return make()
        except (UnsafeExpression, CannotEvaluate) as error:
            self.wrong(element, str(error), '例：50、< 100、[1..5)、"文字"、not(1, 2)，不限写 -。')
            return None

    def wrong(self, element: etree._Element, says: str, do: str) -> None:
        self.mistakes.append(Mistake(self.path, _name(element), says, do))

    def stop(self, element: etree._Element, says: str, do: str) -> NoReturn:
        self.wrong(element, says, do)
        raise Mistakes(self.mistakes)


def _children(element: etree._Element, tag: str) -> list[etree._Element]:
    return element.findall(f"{{{DMN}}}{tag}")


def _text(element: etree._Element) -> str:
    return (element.findtext(f"{{{DMN}}}text") or "").strip()


def _name(element: etree._Element) -> str:
    """The id of the element, or of the nearest around it that has one."""
    return next((id for id in _ids(element) if id), "文件")


def _ids(element: etree._Element) -> Iterator[str | None]:
    yield element.get("id")
    yield from (each.get("id") for each in element.iterancestors())
