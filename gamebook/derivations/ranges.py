"""Ranges of formulas over open boxes in exact arithmetic: what a sign can be proved from at once.

An end is either attained or not; a parameter strictly inside its bounds has a range without its ends, so a product of
positive parameters is positive although its lower bound is 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import sympy

from gamebook.derivations.evaluation import fraction

End = Fraction | None  # None is infinite


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers between two ends; None is infinite. ``open_low`` says that the lower end is not attained."""

    low: End
    high: End
    open_low: bool = False
    open_high: bool = False

    @property
    def sign(self) -> str | None:
        """``+``, ``-`` or ``0`` if all its numbers have that sign, else None."""
        if self.low is not None and (self.low > 0 or (self.low == 0 and self.open_low)):
            return "+"
        if self.high is not None and (self.high < 0 or (self.high == 0 and self.open_high)):
            return "-"
        return "0" if self.low == 0 and self.high == 0 else None

    def meet(self, other: Range) -> Range:
        """Return the numbers in both ranges."""
        low, open_low = _tighter((self.low, self.open_low), (other.low, other.open_low), 1)
        high, open_high = _tighter((self.high, self.open_high), (other.high, other.open_high), -1)
        return Range(low, high, open_low, open_high)


EVERYTHING = Range(None, None)


def point(value: Fraction) -> Range:
    """Return the range of one number."""
    return Range(value, value)


def _tighter(one: tuple[End, bool], other: tuple[End, bool], direction: int) -> tuple[End, bool]:
    if one[0] is None:
        return other
    if other[0] is None:
        return one
    if one[0] == other[0]:
        return one[0], one[1] or other[1]
    return one if (one[0] - other[0]) * direction > 0 else other


def range_of(
    formula: sympy.Expr, ranges: Mapping[sympy.Symbol, Range], known: dict[sympy.Expr, Range] | None = None
) -> Range:
    """Return a range that holds every value of a formula.

    Examples
    --------
    >>> a, b = sympy.symbols("a b")
    >>> unit = Range(Fraction(0), Fraction(1), True, True)
    >>> range_of(3 * a * (1 - b), {a: unit, b: unit}).sign
    '+'
    """
    known = {} if known is None else known
    if formula not in known:
        known[formula] = _range(formula, ranges, known)
    return known[formula]


def _range(formula: sympy.Expr, ranges: Mapping[sympy.Symbol, Range], known: dict[sympy.Expr, Range]) -> Range:
    if formula.is_Symbol:
        return ranges.get(formula, EVERYTHING)
    if formula.is_Rational:
        return point(fraction(formula))
    if isinstance(formula, sympy.Piecewise):
        return _hull([range_of(part, ranges, known) for part, _ in formula.args])
    below = [range_of(part, ranges, known) for part in formula.args]
    if isinstance(formula, sympy.Add):
        return _sum(below)
    if isinstance(formula, sympy.Mul):
        result = below[0]
        for part in below[1:]:
            result = _product(result, part)
        return result
    if isinstance(formula, sympy.Pow) and formula.exp.is_Rational:
        return _power(below[0], fraction(formula.exp))
    if isinstance(formula, sympy.Min | sympy.Max):
        return _extreme(below, least=isinstance(formula, sympy.Min))
    if isinstance(formula, sympy.exp):
        return Range(Fraction(0), None, True)
    return EVERYTHING


def _sum(parts: list[Range]) -> Range:
    low = _total([part.low for part in parts])
    high = _total([part.high for part in parts])
    return Range(low, high, any(part.open_low for part in parts), any(part.open_high for part in parts))


def _total(ends: list[End]) -> End:
    total = Fraction(0)
    for end in ends:
        if end is None:
            return None
        total += end
    return total


def _product(left: Range, right: Range) -> Range:
    if left.sign == "0" or right.sign == "0":
        return point(Fraction(0))
    corners = [
        _end_product(one, other)
        for one in ((left.low, left.open_low, -1), (left.high, left.open_high, 1))
        for other in ((right.low, right.open_low, -1), (right.high, right.open_high, 1))
    ]
    low = min(corners, key=lambda corner: (corner[0], corner[1], corner[2]))
    high = max(corners, key=lambda corner: (corner[0], corner[1], not corner[2]))
    return Range(
        None if low[0] else low[1], None if high[0] else high[1], low[2] and not low[0], high[2] and not high[0]
    )


def _end_product(one: tuple[End, bool, int], other: tuple[End, bool, int]) -> tuple[int, Fraction, bool]:
    """Return (-1, 0 or 1 for minus infinity, finite, infinity; the number; whether it is not attained)."""
    (left, left_open, left_side), (right, right_open, right_side) = one, other
    if left == 0 or right == 0:
        # Nothing times an unbounded number is nothing; it is attained if the nothing is.
        attained = (left == 0 and not left_open) or (right == 0 and not right_open)
        return 0, Fraction(0), not attained
    left_sign = left_side if left is None else (1 if left > 0 else -1)
    right_sign = right_side if right is None else (1 if right > 0 else -1)
    if left is None or right is None:
        return left_sign * right_sign, Fraction(0), True
    return 0, left * right, left_open or right_open


def _power(base: Range, exponent: Fraction) -> Range:
    if exponent.denominator != 1:
        return Range(Fraction(0), None, base.sign == "+")
    whole = exponent.numerator
    result = base
    if whole < 0:
        if base.sign not in ("+", "-"):
            return EVERYTHING
        low = None if base.high in (None, 0) else 1 / base.high
        high = None if base.low in (None, 0) else 1 / base.low
        if base.high is None:
            low, base = Fraction(0), Range(base.low, None, base.open_low, True)
        if base.low is None:
            high, base = Fraction(0), Range(None, base.high, True, base.open_high)
        result = Range(low, high, base.open_high, base.open_low)
    power = result
    for _ in range(abs(whole) - 1):
        power = _product(power, result)
    if whole % 2 == 0 and (power.low is None or power.low < 0):
        power = Range(Fraction(0), power.high, False, power.open_high)
    return power


def _hull(parts: list[Range]) -> Range:
    lows, highs = [part.low for part in parts], [part.high for part in parts]
    low = None if None in lows else min(end for end in lows if end is not None)
    high = None if None in highs else max(end for end in highs if end is not None)
    return Range(
        low,
        high,
        all(part.open_low for part in parts if part.low == low),
        all(part.open_high for part in parts if part.high == high),
    )


def _extreme(parts: list[Range], *, least: bool) -> Range:
    hull = _hull(parts)
    finite = [part for part in parts if (part.high if least else part.low) is not None]
    if not finite:
        return hull
    if least:
        bound = min(finite, key=lambda part: (part.high, not part.open_high))
        return Range(hull.low, bound.high, hull.open_low, bound.open_high)
    bound = max(finite, key=lambda part: (part.low, part.open_low))
    return Range(bound.low, hull.high, bound.open_low, hull.open_high)
