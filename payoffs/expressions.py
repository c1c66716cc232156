"""The safe reader of formulas: text in a page becomes an immutable tree, never code.

The text is checked (:mod:`payoffs.formula_text`), parsed by :func:`ast.parse`, and rebuilt node by node from an
allow-list: numbers, declared names, ``+ - * / **``, unary minus, ``min max exp log sqrt``, and ``a if test else b``
with comparisons joined by ``and``, ``or``, ``not``. Nothing else has a node, so nothing else can be said. The tree
has two readings: numbers (:mod:`payoffs.formula_values`) and exact sympy expressions (:mod:`payoffs.formula_symbols`).
Text never reaches eval, exec, sympify, parse_expr or lambdify.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from payoffs import formula_symbols, formula_values
from payoffs.errors import Fault, PageError, did_you_mean
from payoffs.formula_text import FUNCTIONS, MOST_NESTED, checked, number
from payoffs.formula_tree import (
    Call,
    Choice,
    Comparison,
    Logic,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Sum,
    Test,
    degree,
    walk,
)
from payoffs.formula_values import Floats
from payoffs.formula_zero import ExactValues

if TYPE_CHECKING:
    import sympy

MOST_DEGREE = 100
MOST_BITS = 1024  # of an exact constant, numerator and denominator together: about 300 digits
LOWEST_POWER, HIGHEST_POWER, FINEST_POWER = -4, 12, 10  # FINEST_POWER is the largest denominator of a power

_SIGNS = {ast.Add: False, ast.Sub: True, ast.Mult: False, ast.Div: True}
_COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula that has been read.

    Attributes
    ----------
    text : as written in the page, on one line
    tree : its immutable tree
    names : every name in it
    degree : upper bound of the total degree in its names

    Examples
    --------
    >>> amount = parse("s_F*min(C_F, 0.1*Wbar)", names=["s_F", "C_F", "Wbar"])
    >>> float(amount.evaluate({"s_F": 0.5, "C_F": 5.0, "Wbar": 20.0}))
    1.0
    >>> amount.symbolic()
    s_F*Min(C_F, Wbar/10)
    """

    text: str
    tree: Node
    names: frozenset[str]
    degree: float

    def evaluate(self, environment: Mapping[str, ArrayLike]) -> Floats:
        """Return the value, broadcasting over arrays.

        Parameters
        ----------
        environment : a finite float or array for every name; shapes must broadcast together

        Raises
        ------
        PageError
            the value, or a number on the way to it, is not finite (in a condition: in the branch taken)
        """
        values = {name: np.asarray(environment[name], dtype=np.float64) for name in self.names}
        result = self.evaluate_or_nan(values)
        if not np.isfinite(result).all():
            raise PageError([Fault("formula.not_finite", {"formula": self.text})])
        return result

    def evaluate_or_nan(self, values: formula_values.Values) -> Floats:
        """Return the value with NaN where it is not finite; `values` are float64 arrays."""
        return formula_values.evaluate(self.tree, values)

    def symbolic(self, environment: Mapping[str, sympy.Expr] | None = None) -> sympy.Expr:
        """Return the exact sympy expression, 0.1 being 1/10.

        Parameters
        ----------
        environment : expressions to put in place of names; the others become real symbols
        """
        return formula_symbols.expression(self.tree, environment or {})

    def unknown_names(self, known: Collection[str]) -> list[Fault]:
        """Return a fault for every name that is not in `known`."""
        unknown = sorted(self.names - frozenset(known))
        return [Fault("formula.name", {"name": name, "hint": did_you_mean(name, known)}) for name in unknown]

    def __str__(self) -> str:
        return self.text


def parse(text: str, *, names: Collection[str] | None = None) -> Expression:
    """Read a formula.

    Parameters
    ----------
    text : at most 10,000 characters
    names : the names it may use; None allows any

    Raises
    ------
    PageError
        the text is not a formula, is too large or too deep, divides by zero, or uses a name not in `names`

    Examples
    --------
    >>> parse("__import__('os')")
    Traceback (most recent call last):
        ...
    payoffs.errors.PageError: the character "'" (column 12) means nothing in a formula.
    """
    expression = _parse(text)
    faults = [] if names is None else expression.unknown_names(names)
    if faults:
        raise PageError(faults)
    return expression


@lru_cache(maxsize=4096)
def _parse(text: str) -> Expression:
    line = checked(text)
    try:
        tree = _Reader(line).node(ast.parse(line, mode="eval").body, 0)
    except SyntaxError as error:
        raise PageError([Fault("formula.syntax", {"column": error.offset or 1})]) from None
    except (RecursionError, MemoryError):
        raise PageError([Fault("formula.too_deep", {"most": MOST_NESTED})]) from None
    except (ValueError, OverflowError) as error:
        if isinstance(error, PageError):
            raise
        raise PageError([Fault("formula.syntax", {"column": 1})]) from None
    total_degree = degree(tree)
    if total_degree > MOST_DEGREE:
        raise PageError([Fault("formula.degree", {"degree": float(total_degree), "most": MOST_DEGREE})])
    names = frozenset(node.name for node in walk(tree) if isinstance(node, Name))
    if not names and not np.isfinite(formula_values.evaluate(tree, {})):
        raise PageError([Fault("formula.not_finite", {"formula": line})])
    return Expression(text=line, tree=tree, names=names, degree=float(total_degree))


class _Reader:
    """Rebuilds Python's tree of one line as ours; whatever is not listed here is refused."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.exact = ExactValues(MOST_BITS)

    def node(self, node: ast.expr, depth: int) -> Node:
        if depth > MOST_NESTED:
            raise PageError([Fault("formula.too_deep", {"most": MOST_NESTED})])
        match node:
            case ast.Constant():
                return self._number(node)
            case ast.Name(name):
                return self._name(node, name)
            case ast.BinOp(op=ast.Pow()):
                return self._power(node, depth)
            case ast.BinOp(op=ast.Add() | ast.Sub()):
                return Sum(tuple(self._chain(node, (ast.Add, ast.Sub), depth)))
            case ast.BinOp(op=ast.Mult() | ast.Div()):
                return self._product(node, depth)
            case ast.UnaryOp(op=ast.USub()):
                return Negative(self.node(node.operand, depth + 1))
            case ast.UnaryOp(op=ast.UAdd()):
                return self.node(node.operand, depth + 1)
            case ast.Call():
                return self._call(node, depth)
            case ast.IfExp():
                below = depth + 1
                return Choice(self._test(node.test, below), self.node(node.body, below), self.node(node.orelse, below))
            case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                raise self._refusal("formula.test_as_number", node)
            case _:
                raise self._refusal("formula.not_allowed", node)

    def _refusal(self, code: str, node: ast.expr, **fields: object) -> PageError:
        part = self.line[node.col_offset : node.end_col_offset]
        return PageError([Fault(code, {"part": part, **fields})])

    def _number(self, node: ast.Constant) -> Number:
        exact = number(self.line[node.col_offset : node.end_col_offset])
        return Number(exact, np.float64(float(exact)))

    def _name(self, node: ast.expr, name: str) -> Name:
        if name in FUNCTIONS:
            raise self._refusal("formula.function_without_arguments", node)
        return Name(name)

    def _chain(self, node: ast.expr, operators: tuple[type[ast.operator], ...], depth: int) -> list[tuple[bool, Node]]:
        """Return the parts of a left-to-right chain of one rank, without recursion along the chain."""
        parts: list[tuple[bool, ast.expr]] = []
        while isinstance(node, ast.BinOp) and isinstance(node.op, operators):
            parts.append((_SIGNS[type(node.op)], node.right))
            node = node.left
        parts.append((False, node))
        return [(inverse, self.node(part, depth + 1)) for inverse, part in reversed(parts)]

    def _product(self, node: ast.BinOp, depth: int) -> Product:
        factors = tuple(self._chain(node, (ast.Mult, ast.Div), depth))
        for divides, factor in factors:
            if divides and self._is_zero(factor, node):
                raise self._refusal("formula.division_by_zero", node)
        return Product(factors)

    def _power(self, node: ast.BinOp, depth: int) -> Power:
        base, exponent = self.node(node.left, depth + 1), self.node(node.right, depth + 1)
        power = self._constant(exponent, node)
        if power is None or not LOWEST_POWER <= power <= HIGHEST_POWER or power.denominator > FINEST_POWER:
            raise self._refusal("formula.power", node, low=LOWEST_POWER, high=HIGHEST_POWER)
        if power < 0 and self._is_zero(base, node):
            raise self._refusal("formula.division_by_zero", node)
        result = Power(base, power)
        self._constant(result, node)
        return result

    def _constant(self, part: Node, node: ast.expr) -> Fraction | None:
        try:
            return self.exact.constant(part)
        except OverflowError:
            raise self._refusal("formula.constant_too_large", node) from None

    def _is_zero(self, part: Node, node: ast.expr) -> bool:
        self._constant(part, node)
        return self.exact.is_zero(part)

    def _call(self, node: ast.Call, depth: int) -> Call:
        function = node.func.id if isinstance(node.func, ast.Name) else ""
        if function not in FUNCTIONS:
            raise self._refusal("formula.function", node.func, hint=did_you_mean(function, FUNCTIONS))
        fewest, most = FUNCTIONS[function]
        if node.keywords or not fewest <= len(node.args) <= most:
            raise self._refusal("formula.arguments", node, function=function, fewest=fewest, most=most)
        return Call(function, tuple(self.node(argument, depth + 1) for argument in node.args))

    def _test(self, node: ast.expr, depth: int) -> Test:
        if depth > MOST_NESTED:
            raise PageError([Fault("formula.too_deep", {"most": MOST_NESTED})])
        match node:
            case ast.Compare() if all(type(operator) in _COMPARISONS for operator in node.ops):
                operands = (node.left, *node.comparators)
                return Comparison(
                    tuple(_COMPARISONS[type(operator)] for operator in node.ops),
                    tuple(self.node(operand, depth + 1) for operand in operands),
                )
            case ast.BoolOp():
                word = "and" if isinstance(node.op, ast.And) else "or"
                return Logic(word, tuple(self._test(value, depth + 1) for value in node.values))
            case ast.UnaryOp(op=ast.Not()):
                return Logic("not", (self._test(node.operand, depth + 1),))
            case _:
                raise self._refusal("formula.not_a_test", node)
