"""The exact reading of a formula graph: which nodes are polynomials in the parameters that vary, and which ones.

Exact rational arithmetic from the leaves up, so the result is a proof: a node either has its polynomial, or the
operation at which the proof ended. A minimum, maximum or condition counts where its enclosure decides it for all points
within the bounds. Constants that are not rational (exp(-1), the root of a fixed number) enter with their float64 value.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from payoffs.enclosures import Enclosure
from payoffs.formula_graph import PARAMETER, Graph, Operation
from payoffs.formula_tree import Number

# A monomial is one integer with so many bits per exponent, so that a product of monomials is a sum. No degree may
# exceed 127 before a product is formed, hence the limit.
_BITS = 8
MOST_DEGREE = 24

Polynomial: TypeAlias = Mapping[int, Fraction]
Exponents: TypeAlias = tuple[int, ...]


class NoPolynomial(NamedTuple):
    """Where the proof ended: the code of a message and its fields."""

    code: str
    fields: Mapping[str, object] = {}


class Limits(NamedTuple):
    """The largest polynomials to work with."""

    monomials: int
    degree: int = MOST_DEGREE


def polynomials(
    graph: Graph, known: Sequence[Enclosure], varied: Sequence[str], wanted: Iterable[int], limits: Limits
) -> dict[int, Polynomial | NoPolynomial]:
    """Return the polynomial, or the end of the proof, for each wanted node.

    Examples
    --------
    >>> from payoffs.enclosures import enclosures
    >>> from payoffs.expressions import parse
    >>> graph = Graph()
    >>> names = {"x": graph.parameter("x"), "y": graph.parameter("y")}
    >>> node = graph.formula(parse("(x + 0.1)*(y - 2) + max(x, 3)").tree, names)
    >>> known = enclosures(graph, {"x": (0.0, 1.0), "y": (0.0, 1.0)})
    >>> found = polynomials(graph, known, ["x", "y"], [node], Limits(100))[node]
    >>> {exponents(monomial, 2): str(factor) for monomial, factor in found.items()}
    {(1, 1): '1', (1, 0): '-2', (0, 1): '1/10', (0, 0): '14/5'}
    """
    leaves = {symbol: 1 << (_BITS * position) for position, symbol in enumerate(varied)}
    wanted = list(wanted)
    found: dict[int, Polynomial | NoPolynomial] = {}
    for node in _needed(graph, wanted):
        operation = graph.operations[node]
        found[node] = _polynomial(operation, found, known, node, leaves, limits)
    return {node: found[node] for node in wanted}


def exponents(monomial: int, count: int) -> Exponents:
    """Return the exponents of the first `count` parameters in a monomial."""
    return tuple(monomial.to_bytes(count, "little"))


def packed(powers: Exponents) -> int:
    """Return the monomial with these exponents."""
    return int.from_bytes(bytes(powers), "little")


def total_degree(monomial: int) -> int:
    """Return the degree of a monomial in all parameters together."""
    return sum(monomial.to_bytes((monomial.bit_length() + 7) // 8, "little"))


def _needed(graph: Graph, wanted: Sequence[int]) -> list[int]:
    needed, waiting = set(wanted), list(wanted)
    while waiting:
        for below in graph.operations[waiting.pop()].below:
            if below not in needed:
                needed.add(below)
                waiting.append(below)
    return sorted(needed)


def _polynomial(
    operation: Operation,
    found: Mapping[int, Polynomial | NoPolynomial],
    known: Sequence[Enclosure],
    node: int,
    leaves: Mapping[str, int],
    limits: Limits,
) -> Polynomial | NoPolynomial:
    if isinstance(operation.data, Number):
        return _constant(operation.data.exact)
    if operation.kind == PARAMETER:
        return {leaves[str(operation.data)]: Fraction(1)}
    below = [found[each] for each in operation.below]
    enclosed = [known[each] for each in operation.below]
    if operation.kind == "multiply":
        # Nothing times a finite number is nothing, whatever kind of function that number is.
        for one, other in ((0, 1), (1, 0)):
            if below[one] == {} and enclosed[other].finite:
                return {}
    if operation.kind == "choose":
        return _chosen(enclosed[0], below)
    failed = next((each for each in below if isinstance(each, NoPolynomial)), None)
    if failed is not None:
        return failed
    parts = [each for each in below if not isinstance(each, NoPolynomial)]
    if operation.kind in ("min", "max"):
        return _extreme(operation.kind, parts, enclosed)
    if operation.kind == "power":
        result = _power(operation, parts[0], limits)
    elif operation.kind == "multiply":
        result = _product(parts[0], parts[1], limits.monomials)
    else:
        rule = _RULES.get(operation.kind)
        result = rule(parts) if rule else None
    value = known[node].constant
    if result is None and value is not None and all(set(part) <= {0} for part in parts):
        return _constant(Fraction(value)) if math.isfinite(value) else NoPolynomial("plan.not_finite")
    return NoPolynomial("plan.function", {"operation": operation.kind}) if result is None else _limited(result, limits)


def _constant(value: Fraction) -> Polynomial:
    return {0: value} if value else {}


def _limited(polynomial: Polynomial | NoPolynomial, limits: Limits) -> Polynomial | NoPolynomial:
    if isinstance(polynomial, NoPolynomial):
        return polynomial
    if len(polynomial) > limits.monomials:
        return NoPolynomial("plan.monomials", {"most": limits.monomials})
    if any(total_degree(monomial) > limits.degree for monomial in polynomial):
        return NoPolynomial("plan.degree", {"most": limits.degree})
    return polynomial


def _chosen(test: Enclosure, below: Sequence[Polynomial | NoPolynomial]) -> Polynomial | NoPolynomial:
    if test.constant is None or math.isnan(test.constant):
        return NoPolynomial("plan.condition")
    return below[1] if test.constant == 1.0 else below[2]


def _extreme(kind: str, parts: Sequence[Polynomial], enclosed: Sequence[Enclosure]) -> Polynomial | NoPolynomial:
    difference = _sum(parts[0], parts[1], -1)
    if set(difference) <= {0}:
        first_is_less = difference.get(0, 0) <= 0
    elif not (enclosed[0].finite and enclosed[1].finite):
        return NoPolynomial("plan.extreme", {"operation": kind})
    elif enclosed[0].high <= enclosed[1].low:
        first_is_less = True
    elif enclosed[1].high <= enclosed[0].low:
        first_is_less = False
    else:
        return NoPolynomial("plan.extreme", {"operation": kind})
    return parts[0 if first_is_less == (kind == "min") else 1]


def _sum(left: Polynomial, right: Polynomial, sign: int) -> dict[int, Fraction]:
    total = dict(left)
    for monomial, factor in right.items():
        value = total.get(monomial, Fraction(0)) + sign * factor
        if value:
            total[monomial] = value
        else:
            del total[monomial]
    return total


def _product(left: Polynomial, right: Polynomial, most: int) -> dict[int, Fraction]:
    """Multiply; give up on a product of more than `most` monomials, which is refused anyway."""
    total: dict[int, Fraction] = {}
    for one, factor in left.items():
        for other, times in right.items():
            total[one + other] = total.get(one + other, Fraction(0)) + factor * times
        if len(total) > most:
            break
    return {monomial: factor for monomial, factor in total.items() if factor}


def _divide(parts: Sequence[Polynomial]) -> Polynomial | None:
    if set(parts[1]) != {0}:
        return None
    return {monomial: factor / parts[1][0] for monomial, factor in parts[0].items()}


def _power(operation: Operation, base: Polynomial, limits: Limits) -> Polynomial | NoPolynomial | None:
    exponent = operation.data
    if not isinstance(exponent, Fraction) or exponent.denominator != 1:
        return None
    if exponent < 0:
        return _constant(Fraction(base[0] ** exponent.numerator)) if set(base) == {0} else None
    result: Polynomial | NoPolynomial = {0: Fraction(1)}
    for _ in range(exponent.numerator):
        if isinstance(result, NoPolynomial):
            break
        # At every step, or it may grow without bound.
        result = _limited(_product(result, base, limits.monomials), limits)
    return result


_RULES: dict[str, Callable[[Sequence[Polynomial]], Polynomial | None]] = {
    "add": lambda parts: _sum(parts[0], parts[1], 1),
    "subtract": lambda parts: _sum(parts[0], parts[1], -1),
    "negative": lambda parts: {monomial: -factor for monomial, factor in parts[0].items()},
    "divide": _divide,
}
