"""Evaluates the small expressions that designers write, and nothing that could do more than read and compute.

An expression is Python's syntax cut down to names, plain values, comparisons, `and`/`or`/`not`, arithmetic on
numbers, subscripts, a conditional and nine functions. No attributes, loops, assignments or keyword arguments:
that blocks every known way out of a restricted `eval` (docs of RestrictedPython, "untrusted code").
"""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

LONGEST_TEXT = 2_000  # characters of one expression
DEEPEST = 40  # levels of nesting
LONGEST_VALUE = 100_000  # characters or entries that joining two values may give

FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "len": len,
    "any": any,
    "all": all,
    "min": min,
    "max": max,
    "sum": sum,
    "abs": abs,
    "str": str,
    "int": int,
}

Facts = Mapping[str, object]
Value = Callable[[Facts], Any]


class UnsafeExpression(ValueError):
    """The text is not an expression, or uses something that expressions may not use (said in Chinese)."""


class CannotEvaluate(ValueError):
    """A sound expression has no value for these facts: a missing key, unlike things compared (in Chinese)."""


class UnknownName(CannotEvaluate):
    """The expression names a fact that is not there; `name` is that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"没有名为“{name}”的数据项。")
        self.name = name


@dataclass(frozen=True)
class Expression:
    """A checked expression: `names` are the facts it reads, `constants` the texts that stand in it."""

    text: str
    names: frozenset[str]
    constants: frozenset[str]
    _value: Value = field(repr=False, compare=False)

    def evaluate(self, facts: Facts) -> object:
        """The value for these facts. Raises UnknownName or CannotEvaluate, and nothing else."""
        try:
            value: object = self._value(facts)
        except CannotEvaluate:
            raise
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise CannotEvaluate(f"表达式“{self.text}”对现有数据算不出结果（{_reason(error)}）。") from error
        return value


@lru_cache(maxsize=4096)
def compile_expression(text: str) -> Expression:
    """Check `text` and make it ready to evaluate many times. Raises UnsafeExpression."""
    if len(text) > LONGEST_TEXT:
        raise UnsafeExpression(f"表达式太长，最多 {LONGEST_TEXT} 个字符。")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise UnsafeExpression(f"“{text}”不是完整的表达式，请检查括号、引号和运算符。") from error
    try:
        value = _build(tree, 0)
    except RecursionError as error:  # while quoting the culprit: it is one long chain
        raise UnsafeExpression(f"表达式嵌套太深，最多 {DEEPEST} 层。") from error
    functions = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in functions}
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return Expression(text, frozenset(names), frozenset(texts), value)


def _build(node: ast.expr, depth: int) -> Value:
    if depth > DEEPEST:
        raise UnsafeExpression(f"表达式嵌套太深，最多 {DEEPEST} 层。")
    builder = _BUILDERS.get(type(node))
    if builder is None:
        raise UnsafeExpression(
            f"表达式里不能用{_FORBIDDEN.get(type(node), '这种写法')}：“{ast.unparse(node)}”。"
        )
    return builder(node, depth + 1)


def _constant(node: ast.Constant, depth: int) -> Value:
    value = node.value
    if value is not None and not isinstance(value, str | int | float):
        raise UnsafeExpression(
            f"表达式里只能写文字、数字、True、False 和 None，不能写“{ast.unparse(node)}”。"
        )
    return lambda facts: value


def _name(node: ast.Name, depth: int) -> Value:
    name = node.id

    def value(facts: Facts) -> object:
        try:
            return facts[name]
        except KeyError:
            raise UnknownName(name) from None

    return value


def _bool_op(node: ast.BoolOp, depth: int) -> Value:
    first, *rest = (_build(each, depth) for each in node.values)
    stops_at = isinstance(node.op, ast.Or)

    def value(facts: Facts) -> object:
        result = first(facts)
        for each in rest:
            if bool(result) is stops_at:
                break
            result = each(facts)
        return result

    return value


def _unary_op(node: ast.UnaryOp, depth: int) -> Value:
    operand = _build(node.operand, depth)
    if isinstance(node.op, ast.Not):
        return lambda facts: not operand(facts)
    if isinstance(node.op, ast.USub):
        return lambda facts: -operand(facts)
    raise UnsafeExpression(f"表达式里不能用这个运算符：“{ast.unparse(node)}”。")


def _compare(node: ast.Compare, depth: int) -> Value:
    first = _build(node.left, depth)
    rest = [
        (_COMPARISONS[type(op)], _build(each, depth))
        for op, each in zip(node.ops, node.comparators, strict=True)
    ]

    def value(facts: Facts) -> bool:
        left = first(facts)
        for holds, each in rest:
            right = each(facts)
            if not holds(left, right):
                return False
            left = right
        return True

    return value


def _bin_op(node: ast.BinOp, depth: int) -> Value:
    compute = _ARITHMETIC.get(type(node.op))
    if compute is None:
        raise UnsafeExpression(f"表达式里不能用这个运算符：“{ast.unparse(node)}”。")
    left, right = _build(node.left, depth), _build(node.right, depth)
    return lambda facts: compute(left(facts), right(facts))


def _subscript(node: ast.Subscript, depth: int) -> Value:
    whole, index = _build(node.value, depth), _build(node.slice, depth)
    return lambda facts: whole(facts)[index(facts)]


def _sequence(node: ast.List | ast.Tuple, depth: int) -> Value:
    parts = [_build(each, depth) for each in node.elts]
    return lambda facts: [each(facts) for each in parts]


def _set(node: ast.Set, depth: int) -> Value:
    parts = [_build(each, depth) for each in node.elts]
    return lambda facts: {each(facts) for each in parts}


def _conditional(node: ast.IfExp, depth: int) -> Value:
    test, yes, no = (_build(each, depth) for each in (node.test, node.body, node.orelse))
    return lambda facts: yes(facts) if test(facts) else no(facts)


def _call(node: ast.Call, depth: int) -> Value:
    function = FUNCTIONS.get(node.func.id) if isinstance(node.func, ast.Name) else None
    if function is None or node.keywords:
        raise UnsafeExpression(f"表达式里只能用函数 {'、'.join(FUNCTIONS)}，不能写“{ast.unparse(node)}”。")
    arguments = [_build(each, depth) for each in node.args]
    return lambda facts: function(*(each(facts) for each in arguments))


def _add(left: Any, right: Any) -> Any:
    if not isinstance(left, int | float) and len(left) + len(right) > LONGEST_VALUE:
        raise CannotEvaluate(f"拼接的结果太长，最多 {LONGEST_VALUE} 个字符或条目。")
    return left + right


def _on_numbers(compute: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Text repeated or formatted (`"%999999999d" % 1`) could fill the memory: numbers only."""

    def checked(left: Any, right: Any) -> Any:
        if not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise CannotEvaluate("乘、除、取余只能用于数字。")
        return compute(left, right)

    return checked


def _reason(error: Exception) -> str:
    if isinstance(error, LookupError):
        return f"没有 {error.args[0] if isinstance(error, KeyError) else '这个序号'}"
    return "除数是 0" if isinstance(error, ZeroDivisionError) else "数据的类型不合"


_COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
}
_ARITHMETIC: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: _add,
    ast.Sub: _on_numbers(operator.sub),
    ast.Mult: _on_numbers(operator.mul),
    ast.Div: _on_numbers(operator.truediv),
    ast.Mod: _on_numbers(operator.mod),
}
_BUILDERS: Mapping[type[ast.expr], Callable[[Any, int], Value]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.BoolOp: _bool_op,
    ast.UnaryOp: _unary_op,
    ast.Compare: _compare,
    ast.BinOp: _bin_op,
    ast.Subscript: _subscript,
    ast.List: _sequence,
    ast.Tuple: _sequence,
    ast.Set: _set,
    ast.IfExp: _conditional,
    ast.Call: _call,
}
_FORBIDDEN: Mapping[type[ast.expr], str] = {
    ast.Attribute: "“.”取属性",
    ast.Lambda: "函数定义",
    ast.ListComp: "推导式",
    ast.SetComp: "推导式",
    ast.DictComp: "推导式",
    ast.GeneratorExp: "推导式",
    ast.NamedExpr: "赋值",
    ast.JoinedStr: "格式化文字",
    ast.Slice: "切片",
    ast.Starred: "“*”展开",
}
