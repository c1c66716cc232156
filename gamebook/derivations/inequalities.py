"""Conditions as inequalities that a reader can use: positive factors dropped, for and against on two sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy

from gamebook.derivations.common_factors import grouped
from gamebook.derivations.field import Field
from gamebook.derivations.payoff_cells import Profile
from gamebook.derivations.pure_points import PurePoint
from gamebook.derivations.signs import Signs

MOST_SYMBOLS = 8
MOST_TO_FACTOR = 40  # operations; longer sums hardly ever factor and take long to try


@dataclass(frozen=True, slots=True, eq=False)
class Inequality:
    """``left > right``, the two sides without terms that are known to be negative.

    Attributes
    ----------
    player, profile, other : the party that must not gain from deviating, where, and to which strategy
    margin : what must be positive, in full: the party's loss from deviating
    left, right : the same after dropping ``factors``, which are positive everywhere in the domain
    """

    player: int
    profile: Profile
    other: int
    margin: sympy.Expr
    left: sympy.Expr
    right: sympy.Expr
    factors: tuple[sympy.Expr, ...]


def stability_conditions(field: Field, point: PurePoint, signs: Signs) -> tuple[Inequality, ...]:
    """Return what must hold for a pure point to be evolutionarily stable and is not known to hold."""
    return tuple(
        inequality(field, player, point.profile, signs, other)
        for player, other in (point.directions[place] for place in point.undecided)
    )


def inequality(field: Field, player: int, profile: Profile, signs: Signs, other: int) -> Inequality:
    """Return the condition that a party loses at a pure profile by turning to another strategy."""
    margin = field.loss(player, profile, other)
    rest, dropped = _without_positive_factors(grouped(margin), signs)
    left, right = two_sides(rest, signs)
    return Inequality(player, profile, other, margin, left, right, tuple(dropped))


def _without_positive_factors(formula: sympy.Expr, signs: Signs) -> tuple[sympy.Expr, list[sympy.Expr]]:
    small = len(formula.free_symbols) <= MOST_SYMBOLS and sympy.count_ops(formula) <= MOST_TO_FACTOR
    if formula.is_Add and small and not formula.has(sympy.Min, sympy.Max):
        factored = sympy.factor(formula)
        if len(_brackets(factored)) > len(_brackets(formula)):
            formula = factored
    number, rest = formula.primitive()
    if number.is_Integer and number > 1:
        formula = rest  # 2 a > 2 c says no more than a > c
    kept, dropped, direction = [], [], 1
    for factor in sympy.Mul.make_args(formula):
        mark = signs.of(factor).mark
        if mark == "+":
            dropped.append(factor)
        elif mark == "-":
            dropped.append(-factor)
            direction = -direction
        else:
            kept.append(factor)
    if not kept:
        return formula, []
    return direction * sympy.Mul(*kept), [factor for factor in dropped if factor != 1]


def _brackets(formula: sympy.Expr) -> Sequence[sympy.Expr]:
    return [factor for factor in sympy.Mul.make_args(formula) if not factor.is_Number]


def two_sides(formula: sympy.Expr, signs: Signs) -> tuple[sympy.Expr, sympy.Expr]:
    """Return two sums whose difference is the formula: terms known or written as negative go to the second."""
    left: list[sympy.Expr] = []
    right: list[sympy.Expr] = []
    for term in sympy.Add.make_args(formula):
        mark = signs.domain.range(term).sign
        negative = mark == "-" if mark in ("+", "-") else reads_negative(term)
        (right if negative else left).append(-term if negative else term)
    return sympy.Add(*left), sympy.Add(*right)


def reads_negative(term: sympy.Expr) -> bool:
    """Tell whether a term reads as subtracted: a negative number in front, or a bracket mostly of negative terms.

    Examples
    --------
    >>> A, t = sympy.symbols("A t")
    >>> reads_negative(A*(t - 1)), reads_negative(A*(1 - t)), reads_negative(-A)
    (True, False, True)
    """
    negative = False
    for factor in sympy.Mul.make_args(term):
        if factor.is_Number:
            negative ^= bool(factor < 0)
        elif factor.is_Add:
            negative ^= bracket_reads_negative(factor)
    return negative


def bracket_reads_negative(total: sympy.Expr) -> bool:
    """Tell whether a sum reads better with its sign changed; ``t - 1`` does, being ``-(1 - t)``."""
    terms = sympy.Add.make_args(total)
    minus = [reads_negative(term) for term in terms]
    numbers = [term for term in terms if term.is_Number]
    if 2 * sum(minus) == len(terms):
        return bool(numbers and numbers[0] < 0)
    return 2 * sum(minus) > len(terms)
