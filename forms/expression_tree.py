"""Writes a checked expression as plain lists, which a page's script evaluates as forms.expressions does here.

A list begins with what it is: `["name", "area"]`, `["value", 300]`, `["list", …]`, `["set", …]`,
`["and", …]`, `["or", …]`, `["not", x]`, `["minus", x]`, `["if", test, yes, no]`, `["at", whole, index]`,
`["call", "len", …]`, `["compare", first, "<", second, …]`, `["+", left, right]`.
"""

import ast
from collections.abc import Mapping

from forms.expressions import Expression

Tree = list[object]

_COMPARISONS: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
_ARITHMETIC: Mapping[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Mod: "%",
}


def tree(expression: Expression) -> Tree:
    """The expression as lists; it has been checked, so nothing else can stand in it."""
    return _of(ast.parse(expression.text.strip(), mode="eval").body)


def _of(node: ast.expr) -> Tree:
    match node:
        case ast.Constant(value=value):
            return ["value", value]
        case ast.Name(id=name):
            return ["name", name]
        case ast.BoolOp(op=ast.And(), values=values):
            return ["and", *map(_of, values)]
        case ast.BoolOp(values=values):
            return ["or", *map(_of, values)]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return ["not", _of(operand)]
        case ast.UnaryOp(operand=operand):
            return ["minus", _of(operand)]
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            pairs = zip(ops, comparators, strict=True)
            return ["compare", _of(left), *(part for op, right in pairs for part in (_word(op), _of(right)))]
        case ast.BinOp(left=left, op=op, right=right):
            return [_ARITHMETIC[type(op)], _of(left), _of(right)]
        case ast.Subscript(value=whole, slice=index):
            return ["at", _of(whole), _of(index)]
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return ["list", *map(_of, parts)]
        case ast.Set(elts=parts):
            return ["set", *map(_of, parts)]
        case ast.IfExp(test=test, body=yes, orelse=no):
            return ["if", _of(test), _of(yes), _of(no)]
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return ["call", name, *map(_of, arguments)]
    raise TypeError(f"no checked expression holds {ast.dump(node)}")


def _word(op: ast.cmpop) -> str:
    return _COMPARISONS[type(op)]
