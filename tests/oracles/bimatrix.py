"""Two-player games in rational arithmetic, by trying every choice of conditions: slow, short, and nothing to get wrong.

Payoffs are float64, hence exact rationals. Extreme equilibria come from the vertices of the two polyhedra {x mixed,
v: the other's strategies pay at most v}, every one found by solving every square system of conditions. Rest points of
a pair of supports come from the linear conditions of indifference.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
from flint import fmpq, fmpq_mat
from numpy.typing import NDArray

Rational = tuple[Fraction, ...]


class Degenerate(ValueError):  # noqa: N818 - the name of the finding, not of a failure
    """A pair of supports has infinitely many rest points, or one on its border."""


def rational(value: float) -> fmpq:
    top, bottom = float(value).as_integer_ratio()
    return fmpq(top, bottom)


def solved(rows: list[list[fmpq]], right: list[fmpq]) -> list[fmpq] | None:
    """The solution of a square system, or None if it is singular."""
    try:
        answer = fmpq_mat(rows).solve(fmpq_mat([[value] for value in right]))
    except ZeroDivisionError:
        return None
    return [answer[k, 0] for k in range(len(rows))]


def vertices(other: NDArray[np.float64]) -> dict[Rational, frozenset[int]]:
    """Mixed strategies that are vertices, with their labels: own strategies left out, m + other's best replies.

    ``other`` is [own strategy, other's strategy]: what the other player gets.
    """
    m, n = other.shape
    table = [[rational(value) for value in row] for row in other]
    one, zero = fmpq(1), fmpq(0)
    # Conditions on (x, v): x_k >= 0, then v - sum_s x_s b_st >= 0; any m of them tight beside sum x = 1.
    conditions = [[one if j == k else zero for j in range(m)] + [zero] for k in range(m)]
    conditions += [[-table[s][t] for s in range(m)] + [one] for t in range(n)]
    total = [one] * m + [zero]
    found = {}
    for tight in itertools.combinations(range(m + n), m):
        if all(k < m for k in tight):
            continue
        point = solved([total, *(conditions[k] for k in tight)], [one] + [zero] * m)
        if point is None:
            continue
        slack = [sum((a * b for a, b in zip(row, point, strict=True)), zero) for row in conditions]
        if min(slack) >= 0:
            labels = frozenset(k for k, value in enumerate(slack) if value == 0)
            found[tuple(Fraction(int(x.p), int(x.q)) for x in point[:-1])] = labels
    return found


def extreme_equilibria(payoffs: NDArray[np.float64]) -> list[tuple[Rational, Rational]]:
    """All pairs of vertices that are equilibria; every Nash equilibrium is a mixture of such pairs."""
    m, n = payoffs.shape[1:]
    xs = vertices(payoffs[1])
    ys = {}
    for y, labels in vertices(payoffs[0].T).items():
        ys[y] = frozenset(m + k if k < n else k - n for k in labels)
    everything = frozenset(range(m + n))
    return [(x, y) for x, first in xs.items() for y, second in ys.items() if first | second == everything]


def rest_points(payoffs: NDArray[np.float64]) -> list[tuple[tuple[fmpq, ...], tuple[fmpq, ...]]]:
    """All rest points of a regular game that are not pure; a game with a tie on some pair of supports is refused."""
    m, n = payoffs.shape[1:]
    first = [[rational(value) for value in row] for row in payoffs[0]]
    second = [[rational(value) for value in row] for row in payoffs[1].T]
    found = []
    for own in subsets(m):
        for other in subsets(n):
            if len(own) == len(other) == 1:
                continue
            x, y = indifferent(second, own, other), indifferent(first, other, own)
            if x is None or y is None:
                continue
            if not x or not y:
                raise Degenerate("infinitely many mixtures leave the other indifferent")
            if min(x) == 0 or min(y) == 0:
                raise Degenerate("a mixture on the border")
            if min(x) > 0 and min(y) > 0:
                found.append((spread_out(x, own, m), spread_out(y, other, n)))
    return found


def subsets(size: int) -> list[tuple[int, ...]]:
    return [chosen for k in range(1, size + 1) for chosen in itertools.combinations(range(size), k)]


def indifferent(table: list[list[fmpq]], own: tuple[int, ...], other: tuple[int, ...]) -> list[fmpq] | None:
    """Weights on ``own``, of any sign, that make the rows ``other`` of the table pay the same.

    None if there are none, an empty list if there are infinitely many.
    """
    rows = [[table[t][s] - table[other[0]][s] for s in own] + [fmpq(0)] for t in other[1:]]
    rows.append([fmpq(1)] * (len(own) + 1))
    echelon, rank = fmpq_mat(rows).rref()
    pivots = [next(c for c in range(len(own) + 1) if echelon[r, c] != 0) for r in range(rank)]
    if len(own) in pivots:
        return None
    return [] if rank < len(own) else [echelon[k, len(own)] for k in range(len(own))]


def spread_out(point: list[fmpq], own: tuple[int, ...], size: int) -> tuple[fmpq, ...]:
    shares = [fmpq(0)] * size
    for s, x in zip(own, point, strict=True):
        shares[s] = x
    return tuple(shares)
