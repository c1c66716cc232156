"""Sums as people write them: what several terms share stands once, in front of a bracket.

``V*m1*(1-t) - V*m2*p`` becomes ``V*(m1*(1-t) - m2*p)``. Nothing is multiplied out except a number or a bracket whose
parts cancel against other terms; the value never changes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import sympy

Factors = tuple[sympy.Expr, ...]
MOST_TERMS = 60  # more are left as they are
MOST_OPENED = 120  # brackets that would give more terms are not multiplied out to see what cancels


def grouped(formula: sympy.Expr) -> sympy.Expr:
    """Return a sum with common factors of its terms in front of brackets.

    Examples
    --------
    >>> V, m, k, t, c = sympy.symbols("V m k t c")
    >>> grouped(V*m*(1 - t) - V*k - c)
    V*(-k + m*(1 - t)) - c
    >>> grouped(V*(m - k) - V*m)
    -V*k
    """
    terms = _cancelled(formula)
    if len(terms) < 2 or len(terms) > MOST_TERMS:
        return sympy.Add(*terms)
    return sympy.Add(*(sympy.Mul(*factors) for factors in _collected([_factors(term) for term in terms])))


def _cancelled(formula: sympy.Expr) -> list[sympy.Expr]:
    """Return the terms, with a bracket multiplied out where that lets terms cancel."""
    flat = sympy.Add.make_args(formula)
    if not any(_bracket(term) is not None for term in flat):
        return [] if formula == 0 else list(flat)
    wide = sympy.expand_mul(formula) if _terms(formula) <= MOST_OPENED else formula
    opened = sympy.Add.make_args(wide)
    if wide == 0:
        return []
    return list(opened) if len(opened) < len(flat) or _size(opened) < _size(flat) else list(flat)


def _terms(formula: sympy.Expr) -> int:
    """Return how many terms a formula may have once it is multiplied out."""
    if formula.is_Add:
        return sum(_terms(part) for part in formula.args)
    if formula.is_Mul:
        return math.prod(_terms(part) for part in formula.args)
    if formula.is_Pow and formula.exp.is_Integer and formula.exp > 0:
        return int(_terms(formula.base) ** formula.exp)
    return 1


def _bracket(term: sympy.Expr) -> sympy.Expr | None:
    return next((factor for factor in sympy.Mul.make_args(term) if factor.is_Add), None)


def _size(terms: Iterable[sympy.Expr]) -> int:
    return sum(1 + len(sympy.Mul.make_args(term)) + term.count(sympy.Symbol) for term in terms)


def _factors(term: sympy.Expr) -> Factors:
    return tuple(sympy.Mul.make_args(term))


def _collected(terms: Sequence[Factors]) -> list[Factors]:
    """Join the two terms that share most, again and again, until no two share anything but a number."""
    waiting = list(terms)
    while True:
        shared, pair = _closest(waiting)
        if pair is None:
            return waiting
        together = [index for index, factors in enumerate(waiting) if all(part in factors for part in shared)]
        rests = [sympy.Mul(*_without(waiting[index], shared)) for index in together]
        inside = sympy.Add(*(sympy.Mul(*factors) for factors in _collected([_factors(rest) for rest in rests])))
        rest_terms = [factors for index, factors in enumerate(waiting) if index not in together]
        waiting = rest_terms if inside == 0 else [*rest_terms, (*shared, *((inside,) if inside != 1 else ()))]


def _closest(terms: Sequence[Factors]) -> tuple[list[sympy.Expr], tuple[int, int] | None]:
    best: list[sympy.Expr] = []
    pair = None
    for first in range(len(terms)):
        for second in range(first + 1, len(terms)):
            common = [part for part in terms[first] if not part.is_Number and part in terms[second]]
            if _weight(common) > _weight(best):
                best, pair = common, (first, second)
    return best, pair


def _weight(factors: Sequence[sympy.Expr]) -> int:
    return sum(1 + part.count(sympy.Symbol) for part in factors)


def _without(factors: Factors, shared: Sequence[sympy.Expr]) -> list[sympy.Expr]:
    left = list(factors)
    for part in shared:
        left.remove(part)
    return left
