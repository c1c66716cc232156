"""What is known about every node of a formula graph before any point is seen: its range over the bounds.

Interval arithmetic in float64, rounded to nearest. Rounding is monotone, so the interval encloses every number that
the same operations give in float64 at any point within the bounds: exactly the numbers that are computed later, which
may differ from the exact ones by rounding. exp, log and fractional powers are not rounded correctly everywhere, so
their intervals are widened by far more than they can be wrong. A node whose interval is a single number is a constant;
one that equals another node (a product with 1, a sum with 0, a maximum that is decided) says so and is not computed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from payoffs.formula_graph import PARAMETER, TESTS, Graph, Operation
from payoffs.formula_tree import Number
from payoffs.graph_values import operate, without_infinities

LARGEST = float(np.finfo(np.float64).max)
WIDENING = 1e-14  # relative; numpy's exp, log and power are within a few units in the last place, 2e-16 each

Ends = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What is known about a node.

    Attributes
    ----------
    node : the node whose value it has: its own number, or that of a node it always equals
    low, high : its values lie between these; infinite if nothing is known
    finite : it is proved that it, and every number it is computed from, is finite everywhere within the bounds
    constant : its value if that is the same everywhere (NaN if that is not finite), else None
    """

    node: int
    low: float
    high: float
    finite: bool
    constant: float | None = None


def enclosures(graph: Graph, bounds: Mapping[str, Ends]) -> list[Enclosure]:
    """Return what is known about every node, given the bounds of the parameters that vary.

    Examples
    --------
    >>> from payoffs.expressions import parse
    >>> graph = Graph()
    >>> x = graph.parameter("x")
    >>> node = graph.formula(parse("min(1 - x/2, 3) + 0").tree, {"x": x})
    >>> known = enclosures(graph, {"x": (0.0, 1.0)})[node]
    >>> known.low, known.high, known.finite, graph.operations[known.node].kind
    (0.5, 1.0, True, 'subtract')
    """
    known: list[Enclosure] = []
    for node, operation in enumerate(graph.operations):
        known.append(_enclosure(node, operation, [known[below] for below in operation.below], bounds))
    return known


def _enclosure(node: int, operation: Operation, below: Sequence[Enclosure], bounds: Mapping[str, Ends]) -> Enclosure:
    if isinstance(operation.data, Number):
        return _single(node, float(operation.data.rounded))
    if operation.kind == PARAMETER:
        low, high = bounds[str(operation.data)]
        return _between(node, (max(low, -LARGEST), min(high, LARGEST)), True)
    constants = [each.constant for each in below if each.constant is not None]
    if len(constants) == len(below):
        return _single(node, _computed(operation, constants))
    same = _same(operation, below)
    if same is not None:
        return same
    if operation.kind == "choose":
        ends: Ends | None = (min(below[1].low, below[2].low), max(below[1].high, below[2].high))
    elif operation.kind in TESTS:
        ends = _test(operation.kind, below)
    else:
        ends = _RULES[operation.kind](operation, below) if all(each.finite for each in below) else None
    return _between(node, ends, all(each.finite for each in below))


def _single(node: int, value: float) -> Enclosure:
    if math.isfinite(value):
        return Enclosure(node, value, value, True, value)
    return Enclosure(node, -math.inf, math.inf, False, math.nan)


def _between(node: int, ends: Ends | None, finite: bool) -> Enclosure:
    if ends is None or not finite or not (math.isfinite(ends[0]) and math.isfinite(ends[1])):
        return Enclosure(node, -math.inf, math.inf, False)
    low, high = ends[0] + 0.0, ends[1] + 0.0  # no -0.0
    return Enclosure(node, low, high, True, low if low == high else None)


def _computed(operation: Operation, constants: Sequence[float]) -> float:
    result = np.empty(1)
    with np.errstate(all="ignore"):
        operate(operation, [np.array([value]) for value in constants], result)
    without_infinities(result)
    return float(result[0])


def _same(operation: Operation, below: Sequence[Enclosure]) -> Enclosure | None:
    """Return the enclosure of the node that this one always equals, if there is one."""
    kind = operation.kind
    if kind == "choose" and below[0].constant is not None:
        test = below[0].constant
        return below[1] if test == 1.0 else below[2] if test == 0.0 else None
    if kind == "power" and operation.data == 1:
        return below[0]
    if len(below) != 2 or kind in TESTS:
        return None
    left, right = below
    neutral = {"add": 0.0, "subtract": 0.0, "multiply": 1.0, "divide": 1.0}.get(kind)
    if neutral is not None and right.constant == neutral:
        return left
    if kind in ("add", "multiply") and left.constant == neutral:
        return right
    if kind in ("min", "max") and left.finite and right.finite:
        lower, upper = (left, right) if left.high <= right.low else (right, left)
        if lower.high <= upper.low:
            return lower if kind == "min" else upper
    return None


def _test(kind: str, below: Sequence[Enclosure]) -> Ends | None:
    if not all(each.finite for each in below):
        return None
    if kind == "not":
        return 1.0 - below[0].high, 1.0 - below[0].low
    left, right = below
    if kind in ("and", "or"):
        pick = min if kind == "and" else max
        return pick(left.low, right.low), pick(left.high, right.high)
    always, never = _COMPARED[kind](left, right)
    return float(always), float(not never)


def _apart(left: Enclosure, right: Enclosure) -> bool:
    return left.high < right.low or right.high < left.low


_COMPARED: dict[str, Callable[[Enclosure, Enclosure], tuple[bool, bool]]] = {
    "<": lambda left, right: (left.high < right.low, left.low >= right.high),
    "<=": lambda left, right: (left.high <= right.low, left.low > right.high),
    ">": lambda left, right: (left.low > right.high, left.high <= right.low),
    ">=": lambda left, right: (left.low >= right.high, left.high < right.low),
    "==": lambda left, right: (False, _apart(left, right)),  # two constants are compared as such before this
    "!=": lambda left, right: (_apart(left, right), False),
}


def _hull(*values: float) -> Ends | None:
    return None if any(math.isnan(value) for value in values) else (min(values), max(values))


def _multiply(_: Operation, below: Sequence[Enclosure]) -> Ends | None:
    left, right = below
    return _hull(left.low * right.low, left.low * right.high, left.high * right.low, left.high * right.high)


def _divide(_: Operation, below: Sequence[Enclosure]) -> Ends | None:
    left, right = below
    if right.low <= 0.0 <= right.high:
        return None
    return _hull(left.low / right.low, left.low / right.high, left.high / right.low, left.high / right.high)


def _power(operation: Operation, below: Sequence[Enclosure]) -> Ends | None:
    (base,), exponent = below, operation.data
    if not isinstance(exponent, Fraction):
        raise TypeError("a power without an exponent")
    if exponent.denominator != 1:
        if base.low < 0.0 or (base.low == 0.0 and exponent < 0):
            return None
        return _wider(_hull(_overflowing(base.low, float(exponent)), _overflowing(base.high, float(exponent))))
    ends = _hull(_whole_power(base.low, exponent), _whole_power(base.high, exponent))
    if ends is not None and exponent % 2 == 0 and base.low < 0.0 < base.high:
        ends = (0.0, ends[1])
    if ends is None or exponent >= 0:
        return ends
    return None if ends[0] <= 0.0 <= ends[1] else _hull(1.0 / ends[0], 1.0 / ends[1])


def _whole_power(base: float, exponent: Fraction) -> float:
    result = 1.0
    for _ in range(abs(exponent.numerator)):
        result *= base
    return result


def _overflowing(base: float, exponent: float) -> float:
    try:
        return float(base**exponent)
    except OverflowError:
        return math.inf


def _wider(ends: Ends | None) -> Ends | None:
    if ends is None:
        return None
    tiny = 5e-324  # the smallest positive float64
    return ends[0] - WIDENING * abs(ends[0]) - tiny, ends[1] + WIDENING * abs(ends[1]) + tiny


def _exp(_: Operation, below: Sequence[Enclosure]) -> Ends | None:
    try:
        ends = _wider((math.exp(below[0].low), math.exp(below[0].high)))
    except OverflowError:
        return None
    return ends and (max(0.0, ends[0]), ends[1])


def _log(_: Operation, below: Sequence[Enclosure]) -> Ends | None:
    if below[0].low <= 0.0:
        return None
    low, high = math.log(below[0].low), math.log(below[0].high)
    return low - WIDENING * max(1.0, abs(low)), high + WIDENING * max(1.0, abs(high))


def _sqrt(_: Operation, below: Sequence[Enclosure]) -> Ends | None:
    return None if below[0].low < 0.0 else (math.sqrt(below[0].low), math.sqrt(below[0].high))


_RULES: dict[str, Callable[[Operation, Sequence[Enclosure]], Ends | None]] = {
    "add": lambda _, below: (below[0].low + below[1].low, below[0].high + below[1].high),
    "subtract": lambda _, below: (below[0].low - below[1].high, below[0].high - below[1].low),
    "negative": lambda _, below: (-below[0].high, -below[0].low),
    "multiply": _multiply,
    "divide": _divide,
    "power": _power,
    "min": lambda _, below: (min(below[0].low, below[1].low), min(below[0].high, below[1].high)),
    "max": lambda _, below: (max(below[0].low, below[1].low), max(below[0].high, below[1].high)),
    "exp": _exp,
    "log": _log,
    "sqrt": _sqrt,
}
