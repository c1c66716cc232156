"""Expected payoffs, regrets and slopes at mixed profiles of games of any size.

``payoffs[player, s1, ..., sn]`` has one strategy axis per player, of any length. A mixed profile is a tuple with one
array of probabilities per player.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import LARGEST_PAYOFF, Floats, PayoffTensor
from solvers.errors import SolverInputError
from solvers.general.mixed_payoffs import strategy_payoffs
from solvers.general.normal_form import MixedProfile, checked_payoffs


def payoff_array(payoffs: ArrayLike) -> PayoffTensor:
    """Check the payoffs of a game of any size and return them as a read-only float64 copy.

    Parameters
    ----------
    payoffs : shape (n, m1, ..., mn), real numbers; ``fractions.Fraction`` objects are taken too

    Raises
    ------
    SolverInputError
        If the array is ragged or not numeric, has a wrong shape, or holds numbers that are not finite or too large.

    Examples
    --------
    >>> payoff_array(np.array([[Fraction(1, 4), Fraction(3)]], dtype=object))
    array([[0.25, 3.  ]])
    """
    try:
        given = np.asarray(payoffs)
    except ValueError as error:
        raise SolverInputError("payoffs.ragged") from error
    if given.dtype.kind == "O" and given.size and all(isinstance(v, int | float | Fraction) for v in given.flat):
        try:
            given = given.astype(np.float64)
        except OverflowError as error:
            raise SolverInputError("payoffs.size", value=math.inf, most=LARGEST_PAYOFF) from error
    return checked_payoffs(given)


def payoff_scale(payoffs: PayoffTensor) -> Floats:
    """Largest payoff difference that each player's own choice can make, shape (n,); 0 if its choice never matters."""
    return np.array([float(np.ptp(cells, axis=player).max()) for player, cells in enumerate(payoffs)])


def regrets(payoffs: PayoffTensor, profile: MixedProfile) -> Floats:
    """Return what each player could gain by its best strategy, shape (n,), in payoff units; all 0 at an equilibrium."""
    values = strategy_payoffs(payoffs, profile)
    gains = [float(u.max() - x @ u) for u, x in zip(values, profile, strict=True)]
    return np.array([max(0.0, gain) for gain in gains])


def payoff_slopes(payoffs: PayoffTensor, profile: MixedProfile) -> tuple[dict[int, Floats], ...]:
    """Return, for players i and j, how the payoff of each strategy of i moves with each probability of j.

    Returns
    -------
    for each player i a mapping j -> array of shape (m_i, m_j), for all j other than i. Exact, since expected payoffs
    are affine in each player's probabilities.

    Examples
    --------
    >>> pennies = payoff_array([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    >>> payoff_slopes(pennies, (np.array([0.5, 0.5]), np.array([0.5, 0.5])))[0][1]
    array([[ 1., -1.],
           [-1.,  1.]])
    """
    results = []
    for player, cells in enumerate(payoffs):
        others = [other for other in range(len(profile)) if other != player]
        found: dict[int, Floats] = {}
        if others:
            _descend(np.moveaxis(cells, player, 0), others, profile, found)
        results.append(found)
    return tuple(results)


def _descend(table: Floats, held: list[int], profile: MixedProfile, found: dict[int, Floats]) -> None:
    """Halve the players whose axes are kept, so that a contraction is shared by all that need it."""
    if len(held) == 1:
        found[held[0]] = table
        return
    first, last = held[: len(held) // 2], held[len(held) // 2 :]
    ends = table
    for other in reversed(last):
        ends = ends @ profile[other]
    _descend(ends, first, profile, found)
    begins = table
    for other in first:
        # The same as tensordot over axis 1, at a third of its cost for small tables.
        rest = begins.shape[2:]
        begins = (profile[other] @ begins.reshape(len(begins), len(profile[other]), -1)).reshape(len(begins), *rest)
    _descend(begins, last, profile, found)


def conditional_tables(tables: Floats, fixed: Mapping[int, Floats]) -> Floats:
    """Expectations of tables over pure profiles when some players' mixed strategies are fixed.

    Parameters
    ----------
    tables : shape (k, m1, ..., mn)
    fixed : player -> probabilities of its strategies. Where one is exactly 1 the cells are taken as they are, which
        also works for exact numbers.

    Returns
    -------
    shape (k, strategies of the players left, in their order)

    Examples
    --------
    >>> conditional_tables(np.arange(8.0).reshape(2, 2, 2), {0: np.array([0.0, 1.0])})
    array([[2., 3.],
           [6., 7.]])
    """
    for player in sorted(fixed, reverse=True):
        pure = np.flatnonzero(fixed[player] == 1.0)
        if pure.size:
            tables = np.take(tables, int(pure[0]), axis=player + 1)
        else:
            tables = np.tensordot(tables, fixed[player], axes=(player + 1, 0))
    return np.ascontiguousarray(tables)
