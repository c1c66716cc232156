"""Proofs that a polynomial is positive where given polynomials are: certificates, checked in exact arithmetic.

If ``p = c + sum of a_k * (products of positive polynomials)`` with no negative number among c and the a_k, and one of
them positive, then p is positive. A linear programme looks for such numbers in floating point; what it finds counts
only after the identity has been solved and checked in fractions, so rounding can hide a proof but never make one up.
Not finding a certificate says nothing: p may still be positive.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import numpy as np
import sympy

from gamebook.derivations.evaluation import fraction
from gamebook.derivations.ranges import Range

Monomial = tuple[tuple[str, int], ...]  # (name of a symbol, exponent), the names in order
Polynomial = dict[Monomial, Fraction]
MOST_MONOMIALS = 150
MOST_DEGREE = 5
MOST_PRODUCTS = 6000
MOST_CORNERS = 4096
_ONE: Monomial = ()


def polynomial(formula: sympy.Expr, known: dict[sympy.Expr, Polynomial | None] | None = None) -> Polynomial | None:
    """Return a formula as a polynomial in all its symbols; None if it is none, or a large one.

    Examples
    --------
    >>> x, y = sympy.symbols("x y")
    >>> polynomial((x + 1) * (y - 1) - x * y) == {(("y", 1),): 1, (("x", 1),): -1, (): -1}
    True
    """
    known = {} if known is None else known
    if formula not in known:
        known[formula] = _polynomial(formula, known)
    return known[formula]


def _polynomial(formula: sympy.Expr, known: dict[sympy.Expr, Polynomial | None]) -> Polynomial | None:
    if formula.is_Symbol:
        return {((formula.name, 1),): Fraction(1)}
    if formula.is_Rational:
        return {_ONE: fraction(formula)} if formula != 0 else {}
    power = formula.is_Pow and formula.exp.is_Integer and 0 < formula.exp <= MOST_DEGREE
    if not (formula.is_Add or formula.is_Mul or power):
        return None
    parts = [polynomial(part, known) for part in ([formula.base] * int(formula.exp) if power else formula.args)]
    total: Polynomial = {} if formula.is_Add else {_ONE: Fraction(1)}
    for part in parts:
        if part is None:
            return None
        total = _added(total, part) if formula.is_Add else _multiplied(total, part)
        if len(total) > MOST_MONOMIALS or any(sum(power for _, power in key) > MOST_DEGREE for key in total):
            return None
    return total


def _added(left: Polynomial, right: Polynomial) -> Polynomial:
    total = dict(left)
    for monomial, factor in right.items():
        value = total.get(monomial, Fraction(0)) + factor
        if value:
            total[monomial] = value
        else:
            del total[monomial]
    return total


def corners_sign(formula: Polynomial, ranges: Mapping[str, Range]) -> str | None:
    """Return the sign of a polynomial of degree one in each variable over an open box, by its values at the corners.

    Between the corners it is their average with positive weights, so one sign at all corners, and not 0 at all of
    them, is its sign everywhere inside.
    """
    used = sorted({place for monomial in formula for place, _ in monomial})
    if any(power > 1 for monomial in formula for _, power in monomial) or 2 ** len(used) > MOST_CORNERS:
        return None
    ends = {place: (ranges[place].low, ranges[place].high) for place in used}
    if any(end is None for pair in ends.values() for end in pair):
        return None
    positive = negative = touched = False
    for corner in itertools.product(*(ends[place] for place in used)):
        at = dict(zip(used, corner, strict=True))
        value = sum((factor * _times(at[place] for place, _ in monomial) for monomial, factor in formula.items()),
                    Fraction(0))  # fmt: skip
        positive, negative, touched = positive or value > 0, negative or value < 0, touched or value == 0
        if positive and negative:
            return None
    if touched and any(not (ranges[place].open_low and ranges[place].open_high) for place in used):
        return None
    return "+" if positive else "-" if negative else "0"


def _times(values: Iterable[Fraction | None]) -> Fraction:
    result = Fraction(1)
    for value in values:
        result *= value or 0
    return result


def is_positive(formula: Polynomial, facts: Sequence[tuple[Polynomial, bool]]) -> bool:
    """Tell whether a certificate was found that the polynomial is positive.

    Parameters
    ----------
    facts : polynomials that are positive (True) or only not negative (False)

    Examples
    --------
    >>> x, y = (("x", 1),), (("y", 1),)
    >>> y_above_x = {y: Fraction(1), x: Fraction(-1)}
    >>> is_positive({y: Fraction(2), x: Fraction(-1)}, [(y_above_x, True), ({y: Fraction(1)}, True)])
    True
    """
    if not formula:
        return False
    products = _products(formula, facts)
    rows = sorted({monomial for product, _ in products for monomial in product} | set(formula) | {_ONE})
    place = {monomial: row for row, monomial in enumerate(rows)}
    columns = [product for product, _ in products]
    support = _support(formula, columns, place)
    if support is None:
        return False
    weights = _solved(formula, [columns[index] for index in support], place)
    if weights is None or any(weight < 0 for weight in weights):
        return False
    return any(weight > 0 and products[index][1] for index, weight in zip(support, weights, strict=True))


def _products(
    formula: Polynomial, facts: Sequence[tuple[Polynomial, bool]]
) -> list[tuple[Polynomial, bool]]:
    """Return products of facts that can make up the monomials, and the number 1."""
    by_variable: dict[str, list[int]] = {}
    for index, (fact, _) in enumerate(facts):
        for variable in {place for monomial in fact for place, _ in monomial}:
            by_variable.setdefault(variable, []).append(index)
    chosen: set[tuple[int, ...]] = {()} | {(index,) for index in range(len(facts))}
    for monomial in sorted(formula, key=len):
        variables = [place for place, power in monomial for _ in range(power)]
        for size in range(2, len(variables) + 1):
            for part in set(itertools.combinations(variables, size)):
                for indices in itertools.product(*(by_variable.get(variable, []) for variable in part)):
                    chosen.add(tuple(sorted(indices)))
                    if len(chosen) > MOST_PRODUCTS:
                        break
    result = []
    for indices in sorted(chosen, key=lambda chosen: (len(chosen), chosen))[:MOST_PRODUCTS]:
        product: Polynomial = {_ONE: Fraction(1)}
        for index in indices:
            product = _multiplied(product, facts[index][0])
        result.append((product, all(facts[index][1] for index in indices)))
    return result


def _multiplied(left: Polynomial, right: Polynomial) -> Polynomial:
    total: Polynomial = {}
    for one, factor in left.items():
        for other, times in right.items():
            powers: dict[str, int] = dict(one)
            for variable, power in other:
                powers[variable] = powers.get(variable, 0) + power
            key = tuple(sorted(powers.items()))
            total[key] = total.get(key, Fraction(0)) + factor * times
    return {monomial: factor for monomial, factor in total.items() if factor}


def _support(formula: Polynomial, columns: Sequence[Polynomial], place: Mapping[Monomial, int]) -> list[int] | None:
    """Return the columns with a positive weight in a basic solution in floating point."""
    from scipy.optimize import linprog
    from scipy.sparse import csc_matrix

    data, row, start = [], [], [0]
    for column in columns:
        data += [float(factor) for factor in column.values()]
        row += [place[monomial] for monomial in column]
        start.append(len(data))
    matrix = csc_matrix((data, row, start), shape=(len(place), len(columns)))
    target = np.zeros(len(place))
    for monomial, factor in formula.items():
        target[place[monomial]] = float(factor)
    scale = np.maximum(np.abs(target).max(), 1e-300)
    found = linprog(np.ones(len(columns)), A_eq=matrix, b_eq=target / scale, bounds=(0, None), method="highs-ds")
    if found.status != 0:
        return None
    return [int(index) for index in np.flatnonzero(found.x > 1e-9)]


def _solved(
    formula: Polynomial, columns: Sequence[Polynomial], place: Mapping[Monomial, int]
) -> list[Fraction] | None:
    """Solve ``sum of weights * columns = formula`` exactly by elimination; None if that has no one solution."""
    count = len(columns)
    rows = [[Fraction(0)] * (count + 1) for _ in place]
    for index, column in enumerate(columns):
        for monomial, factor in column.items():
            rows[place[monomial]][index] = factor
    for monomial, factor in formula.items():
        rows[place[monomial]][count] = factor
    done = 0
    for index in range(count):
        pivot = next((row for row in range(done, len(rows)) if rows[row][index]), None)
        if pivot is None:
            return None
        rows[done], rows[pivot] = rows[pivot], rows[done]
        head = rows[done][index]
        rows[done] = [value / head for value in rows[done]]
        for row in range(len(rows)):
            times = rows[row][index]
            if row != done and times:
                rows[row] = [value - times * top for value, top in zip(rows[row], rows[done], strict=True)]
        done += 1
    if any(row[count] for row in rows[done:]):
        return None
    return [rows[index][count] for index in range(count)]
