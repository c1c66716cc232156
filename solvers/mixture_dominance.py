"""Whether a mixture of strategies beats one strategy everywhere: a linear programme, then exact arithmetic.

With ``gains[k, c]`` = what strategy k gains over the strategy in question at column c (a profile of the others), the
strategy is strictly dominated if and only if the zero-sum game ``gains`` has a positive value: the row player's optimal
mixture is the dominating one, the column player's a belief to which the strategy is a best response (Pearce 1984).
HiGHS proposes both; each is then put over a common denominator and its bound on the value computed in integers. Where
the two bounds do not settle the sign, an exact simplex method does.

References
----------
D. G. Pearce (1984), Rationalizable strategic behavior and the problem of perfection, Econometrica 52, 1029-1050.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np

from solvers.arrays import Floats
from solvers.exact_payoffs import Exact

NICE = 1000
"""Mixtures with denominators up to this are tried first: they are the ones that a person can check."""
FINE = 2**52
MOST_EXACT = 40_000
"""Cells of the largest table that the exact simplex method is given."""


class Standing(StrEnum):
    """What is proved of a strategy."""

    DOMINATED = "dominated"  # some mixture does better against everything
    TIE = "tie"  # some mixture does as well against everything, none does better
    UNDOMINATED = "undominated"  # every mixture does worse against something
    OPEN = "open"  # too close to call, and too large for exact arithmetic


@dataclass(frozen=True, slots=True)
class Verdict:
    """Standing of a strategy with its proof.

    Attributes
    ----------
    margin : proved lower bound of the value, in the integers of the table
    mixture : weights of the rows that attain it; None where it was not needed
    """

    standing: Standing
    margin: Fraction
    mixture: tuple[Fraction, ...] | None


def dominance(gains: Exact, slack: int = 0) -> Verdict:
    """Say whether a mixture of rows is positive in every column.

    Parameters
    ----------
    gains : shape (rows, columns) of Python integers
    slack : values from -slack to slack count as 0

    Examples
    --------
    Half of the first and half of the second row gain 1 everywhere; neither does alone:

    >>> verdict = dominance(np.array([[4, -2], [-2, 4]], dtype=object))
    >>> verdict.standing.value, verdict.mixture, verdict.margin
    ('dominated', (Fraction(1, 2), Fraction(1, 2)), Fraction(1, 1))
    """
    rows, columns = gains.shape
    if rows == 0:
        return Verdict(Standing.UNDOMINATED, Fraction(0), None)
    worst = [min(row) for row in gains]
    best = max(range(rows), key=lambda k: worst[k])
    if worst[best] > slack or rows == 1:
        return _verdict(Fraction(worst[best]), Fraction(worst[best]), slack, _unit(best, rows))
    if any(max(gains[:, c]) < -slack for c in range(columns)):
        return Verdict(Standing.UNDOMINATED, Fraction(worst[best]), None)
    mixture, belief = _proposals(gains)
    weights, low = max((_guarantee(gains, weights) for weights in mixture), key=lambda pair: pair[1])
    for candidate in mixture:  # the simplest mixture that is enough
        if _guarantee(gains, candidate)[1] > slack:
            weights, low = _guarantee(gains, candidate)
            break
    high = min(_guarantee(-gains.T, candidate)[1] * -1 for candidate in belief)
    settled = low > slack or high < -slack or (high <= slack and low >= -slack)
    if not settled and gains.size <= MOST_EXACT:
        low, weights = game_value(gains)
        high = low
    return _verdict(low, high, slack, weights)


def gains_over(cells: Exact, player: int, strategy: int, left: Sequence[tuple[int, ...]]) -> Exact:
    """Gain of each other strategy left to the player over one of them, shape (strategies, profiles of the others)."""
    others = [k for k in left[player] if k != strategy]
    kept = [others if i == player else list(own) for i, own in enumerate(left)]
    own = [[strategy] if i == player else list(own) for i, own in enumerate(left)]
    table: Exact = cells[np.ix_(*kept)] - cells[np.ix_(*own)]
    return np.moveaxis(table, player, 0).reshape(len(others), -1)


def _verdict(low: Fraction, high: Fraction, slack: int, weights: tuple[Fraction, ...]) -> Verdict:
    if low > slack:
        return Verdict(Standing.DOMINATED, low, weights)
    if high < -slack:
        return Verdict(Standing.UNDOMINATED, low, None)
    if high <= slack and low >= -slack:
        return Verdict(Standing.TIE, low, weights)
    return Verdict(Standing.OPEN, low, weights)


def _unit(position: int, size: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(int(k == position)) for k in range(size))


def _proposals(gains: Exact) -> tuple[list[tuple[Fraction, ...]], list[tuple[Fraction, ...]]]:
    """Optimal mixtures of rows and of columns as HiGHS finds them, simplest first."""
    from scipy.optimize import linprog

    largest = max(1, *(abs(value) for value in gains.ravel().tolist()))
    table = np.array([[value / largest for value in row] for row in gains], dtype=np.float64)
    rows, columns = table.shape
    found = linprog(
        c=np.append(np.zeros(rows), -1.0),
        A_ub=np.hstack([-table.T, np.ones((columns, 1))]),
        b_ub=np.zeros(columns),
        A_eq=np.append(np.ones(rows), 0.0)[None],
        b_eq=[1.0],
        bounds=[(0.0, None)] * rows + [(None, None)],
        method="highs",
    )
    if found.status != 0:
        even = np.full(rows, 1.0 / rows), np.full(columns, 1.0 / columns)
        return _rational(even[0]), _rational(even[1])
    return _rational(found.x[:rows]), _rational(-found.ineqlin.marginals)


def _rational(weights: Floats) -> list[tuple[Fraction, ...]]:
    """Weights as fractions that sum to 1: with small denominators, and to the last bit."""
    clipped = np.maximum(weights, 0.0)
    if not clipped.sum() > 0.0:
        clipped = np.ones_like(clipped)
    shares = [float(x) for x in clipped / clipped.sum()]
    found = []
    for most in (12, NICE, FINE):
        near = [Fraction(x).limit_denominator(most) for x in shares]
        total = sum(near)
        if total > 0:
            found.append(tuple(x / total for x in near))
    return found


def _guarantee(gains: Exact, weights: tuple[Fraction, ...]) -> tuple[tuple[Fraction, ...], Fraction]:
    """Return the weights with the least that they gain in any column, exactly."""
    denominator = np.lcm.reduce(np.array([w.denominator for w in weights], dtype=object))
    whole = np.array([int(w * int(denominator)) for w in weights], dtype=object)
    used = np.flatnonzero(whole)
    return weights, Fraction(min(whole[used] @ gains[used]), int(denominator))


def game_value(gains: Exact) -> tuple[Fraction, tuple[Fraction, ...]]:
    """Value of a zero-sum game and an optimal mixture of its rows, in exact arithmetic.

    The simplex method with Bland's rule, which cannot cycle, on the column player's programme: with all entries made
    positive, maximise the sum of y >= 0 subject to gains @ y <= 1.

    Examples
    --------
    >>> game_value(np.array([[2, -1], [-1, 1]], dtype=object))
    (Fraction(1, 5), (Fraction(2, 5), Fraction(3, 5)))
    """
    rows, columns = gains.shape
    shift = 1 - min(gains.ravel().tolist())
    table = [[*(Fraction(value + shift) for value in gains[k]), *_unit(k, rows), Fraction(1)] for k in range(rows)]
    costs = [Fraction(1)] * columns + [Fraction(0)] * (rows + 1)
    basis = [columns + k for k in range(rows)]
    while True:
        entering = next((j for j in range(columns + rows) if costs[j] > 0), None)
        if entering is None:
            break
        ratios = [(table[k][-1] / table[k][entering], basis[k], k) for k in range(rows) if table[k][entering] > 0]
        leaving = min(ratios)[2]
        _pivot(table, costs, leaving, entering)
        basis[leaving] = entering
    total = -costs[-1]
    return 1 / total - shift, tuple(-costs[columns + k] / total for k in range(rows))


def _pivot(table: list[list[Fraction]], costs: list[Fraction], row: int, column: int) -> None:
    pivot = table[row][column]
    table[row] = [value / pivot for value in table[row]]
    for other in [*(line for k, line in enumerate(table) if k != row), costs]:
        factor = other[column]
        if factor != 0:
            other[:] = [value - factor * pivotal for value, pivotal in zip(other, table[row], strict=True)]
