"""All formulas of a game, written out for every profile, as one graph without repetitions.

A node is an operation on earlier nodes. The same operation on the same nodes is the same node, so what several formulas
or profiles share is there once; numbering is an order of evaluation. Indicators are the numbers 0 and 1, parameters are
numbers or, where they vary, leaves. Operations come in the order in which :mod:`payoffs.formula_values` performs them,
so a graph can be evaluated to the same bits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

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
)

NUMBER, PARAMETER = "number", "parameter"
TESTS = frozenset({"<", "<=", ">", ">=", "==", "!=", "and", "or", "not"})  # worth 1, 0, or NaN where undefined


class Operation(NamedTuple):
    """A node.

    Attributes
    ----------
    kind : "number", "parameter", "add", "subtract", "multiply", "divide", "negative", "power", "min", "max", "exp",
        "log", "sqrt", "choose" (of test, yes, no), or one of TESTS
    below : the nodes it works on
    data : a :class:`~payoffs.formula_tree.Number`, the symbol of a parameter, the exponent of a power, else None
    """

    kind: str
    below: tuple[int, ...] = ()
    data: Number | str | Fraction | None = None


class Graph:
    """The nodes so far, by number.

    Examples
    --------
    >>> from payoffs.expressions import parse
    >>> graph = Graph()
    >>> x = graph.parameter("x")
    >>> graph.formula(parse("x*x + 1").tree, {"x": x}) == graph.formula(parse("x*x + 1").tree, {"x": x})
    True
    >>> [operation.kind for operation in graph.operations]
    ['parameter', 'multiply', 'number', 'add']
    """

    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self._numbers: dict[Operation, int] = {}

    def node(self, kind: str, *below: int, data: Number | str | Fraction | None = None) -> int:
        """Return the node of an operation."""
        operation = Operation(kind, below, data)
        found = self._numbers.setdefault(operation, len(self.operations))
        if found == len(self.operations):
            self.operations.append(operation)
        return found

    def number(self, exact: Fraction, rounded: float | None = None) -> int:
        """Return the node of a number; `rounded` is its float64 value, the nearest if left out."""
        value = float(exact) if rounded is None else rounded
        return self.node(NUMBER, data=Number(exact, np.float64(value)))

    def parameter(self, symbol: str) -> int:
        """Return the leaf of a parameter that varies."""
        return self.node(PARAMETER, data=symbol)

    def formula(self, tree: Node, names: Mapping[str, int]) -> int:
        """Return the node of a formula, given the node that each name stands for."""
        match tree:
            case Number(exact, rounded):
                return self.number(exact, float(rounded))
            case Name(name):
                return names[name]
            case Sum(terms):
                return self._chain(terms, ("add", "subtract"), names)
            case Product(factors):
                return self._chain(factors, ("multiply", "divide"), names)
            case Negative(operand):
                return self.node("negative", self.formula(operand, names))
            case Power(base, exponent):
                return self.node("power", self.formula(base, names), data=exponent)
            case Call(function, arguments):
                return self._fold(function, [self.formula(argument, names) for argument in arguments])
            case Choice(test, yes, no):
                return self.node("choose", self._test(test, names), self.formula(yes, names), self.formula(no, names))

    def _chain(self, pairs: Sequence[tuple[bool, Node]], kinds: tuple[str, str], names: Mapping[str, int]) -> int:
        total = self.formula(pairs[0][1], names)
        for inverse, term in pairs[1:]:
            total = self.node(kinds[inverse], total, self.formula(term, names))
        return total

    def _fold(self, kind: str, nodes: Sequence[int]) -> int:
        if kind in ("exp", "log", "sqrt"):
            return self.node(kind, nodes[0])
        total = nodes[0]
        for other in nodes[1:]:
            total = self.node(kind, total, other)
        return total

    def _test(self, test: Test, names: Mapping[str, int]) -> int:
        match test:
            case Comparison(operators, operands):
                sides = [self.formula(operand, names) for operand in operands]
                links = zip(operators, sides, sides[1:], strict=False)
                return self._fold("and", [self.node(operator, left, right) for operator, left, right in links])
            case Logic(operator, tests):
                inner = [self._test(each, names) for each in tests]
                return self.node("not", inner[0]) if operator == "not" else self._fold(operator, inner)
