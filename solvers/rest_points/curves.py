"""Curves of rest points on which three populations mix: their dimension proved, in exact rational arithmetic.

With f0(y, z), f1(x, z) and f2(x, y) the advantages of the three, a rest point has x = p / (p - q) and
y = r / (r - s), where p, q are f1 at x = 0, 1 and r, s are f0 at y = 0, 1, all affine in z. What is left of f2 is a
quadratic in z (``solvers.rest_points.triples``). If it vanishes identically, the rest points are the graph of
(x(z), y(z)) over those z at which p, q and r, s have opposite signs: a curve wherever there is one such z, and nothing
more, because f0 and f1 are no products and so never vanish for all x or all y. If one advantage vanishes instead, the
other two share one share and give the other two as its functions: a curve again.

Floats are exact rationals, so nothing here rests on a tolerance.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from solvers.arrays import Advantages, Floats

Line = tuple[Fraction, Fraction]
"""An affine function on [0, 1] by its ends."""


def is_curve(advantages: Advantages, face: str, shares: Floats, low: Floats, high: Floats) -> bool:
    """Whether the rest points inside a face of three mixing populations surely form a curve that meets some boxes.

    Parameters
    ----------
    advantages : shape (n, 2, ..., 2), ties made exact
    face : 0, 1 or * per player, three of them *
    shares : shape (count, n), points to try as the place where the curve meets a box
    low, high : shape (boxes, n), ends of the boxes

    Examples
    --------
    Three populations who care for nothing but whether the other two agree:

    >>> from solvers.expected import payoff_advantages
    >>> y = np.array([0.0, 1.0])
    >>> game = np.zeros((3, 2, 2, 2))
    >>> game[0, 1], game[1, :, 1], game[2, :, :, 1] = [y[:, None] - y] * 3
    >>> ends = np.zeros((1, 3)), np.ones((1, 3))
    >>> is_curve(payoff_advantages(game), "***", np.full((1, 3), 0.5), *ends)
    True
    """
    mixing = [i for i, digit in enumerate(face) if digit == "*"]
    place = tuple(slice(None) if digit == "*" else int(digit) for digit in face)
    tables = []
    for own, player in enumerate(mixing):
        block = advantages[player][place]  # constant along the own axis
        tables.append(np.vectorize(Fraction, otypes=[object])(np.take(block, 0, axis=own)))
    silent = [own for own in range(3) if not tables[own].any()]
    if len(silent) > 1:
        return False
    for point in shares[:, mixing]:
        met = _through_others(tables, silent[0], point) if silent else _through_third(tables, point)
        if met is not None:
            inside = (low[:, mixing] <= met) & (met <= high[:, mixing])
            if inside.all(axis=1).any():
                return True
    return False


def _through_third(tables: Sequence[Floats], point: Floats) -> Floats | None:
    """Rest point over the third share of ``point``, if the rest points are a curve over that share."""
    of_first, of_second, of_third = tables  # [y, z], [x, z], [x, y]
    p, q, r, s = _row(of_second, 0), _row(of_second, 1), _row(of_first, 0), _row(of_first, 1)
    if _proportional(p, q) or _proportional(r, s):
        return None
    left = [Fraction(0)] * 3
    for one, other, factor in (
        (q, s, of_third[0, 0]), (p, s, -of_third[1, 0]), (q, r, -of_third[0, 1]), (p, r, of_third[1, 1]),
    ):  # fmt: skip
        for power, value in enumerate(_product(one, other)):
            left[power] += factor * value
    if any(left):
        return None
    z = Fraction(float(point[2]))
    x, y = _zero(_at(p, z), _at(q, z)), _zero(_at(r, z), _at(s, z))
    return None if x is None or y is None else np.array([x, y, z], dtype=object)


def _through_others(tables: Sequence[Floats], silent: int, point: Floats) -> Floats | None:
    """Rest point over the share that the two advantages that do not vanish have in common: the silent player's own."""
    share = Fraction(float(point[silent]))
    met = np.array([share] * 3, dtype=object)
    for own in range(3):
        if own == silent:
            continue
        other = 3 - own - silent  # the share that this advantage settles, beside the silent player's
        table = tables[own] if silent < other else tables[own].T
        at_zero: Line = (table[0, 0], table[1, 0])
        at_one: Line = (table[0, 1], table[1, 1])
        zero = None if _proportional(at_zero, at_one) else _zero(_at(at_zero, share), _at(at_one, share))
        if zero is None:
            return None
        met[other] = zero
    return met


def _row(table: Floats, index: int) -> Line:
    return table[index, 0], table[index, 1]


def _proportional(one: Line, other: Line) -> bool:
    """Whether two affine functions are proportional, one of them possibly zero."""
    return one[0] * other[1] == one[1] * other[0]


def _product(one: Line, other: Line) -> tuple[Fraction, Fraction, Fraction]:
    """Coefficients of the product of two affine functions."""
    a, b = one[0], one[1] - one[0]
    c, d = other[0], other[1] - other[0]
    return a * c, a * d + b * c, b * d


def _at(line: Line, share: Fraction) -> Fraction:
    return line[0] + share * (line[1] - line[0])


def _zero(low: Fraction, high: Fraction) -> Fraction | None:
    """Where the affine function with these ends vanishes inside (0, 1), if it changes sign there."""
    return low / (low - high) if low * high < 0 else None
