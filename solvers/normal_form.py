"""Games of any size as arrays: the check of the input, strategy payoffs at mixed profiles, and exact integer payoffs.

``payoffs[player, s1, ..., sn]`` has one strategy axis per player, of any length. A mixed profile is a tuple with one
array of probabilities per player.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solvers.arrays import LARGEST_PAYOFF, Floats, PayoffTensor
from solvers.errors import SolverInputError
from solvers.pure import ROUNDING_OF_PAYOFFS

Profile: TypeAlias = tuple[Floats, ...]  # probabilities of each player's strategies
Exact: TypeAlias = NDArray[np.object_]  # Python integers: no rounding, no overflow

MOST_AXES = 30
"""Strategy axes of an array; NumPy itself ends at 64."""


def normal_form(payoffs: ArrayLike) -> PayoffTensor:
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
    >>> normal_form([[[1, 2, 3]], [[0, 0, 0]]]).shape
    (2, 1, 3)
    """
    try:
        given = np.asarray(payoffs)
    except ValueError as error:
        raise SolverInputError("payoffs.ragged") from error
    if given.dtype.kind == "O" and not all(isinstance(value, int | float | Fraction) for value in given.flat):
        raise SolverInputError("payoffs.ragged")
    if given.dtype.kind not in "iufbO":
        raise SolverInputError("payoffs.kind", kind=given.dtype.name)
    players = given.ndim - 1
    if players < 1 or players > MOST_AXES or given.shape[0] != players or given.size == 0:
        raise SolverInputError("normal_form.shape", shape=given.shape)
    try:
        array = np.array(given, dtype=np.float64)
    except OverflowError as error:
        raise SolverInputError("payoffs.size", value=math.inf, most=LARGEST_PAYOFF) from error
    if not np.isfinite(array).all():
        where = [int(i) for i in np.argwhere(~np.isfinite(array))[0]]
        profile = ",".join(str(s) for s in where[1:])
        raise SolverInputError("payoffs.finite", value=float(array[tuple(where)]), player=where[0], profile=profile)
    if float(np.abs(array).max()) > LARGEST_PAYOFF:
        raise SolverInputError("payoffs.size", value=float(np.abs(array).max()), most=LARGEST_PAYOFF)
    array.flags.writeable = False
    return array


def check_profile(payoffs: PayoffTensor, profile: Sequence[ArrayLike]) -> Profile:
    """Return a mixed profile as arrays, or raise SolverInputError if it does not fit the game."""
    arrays = tuple(np.asarray(mixed, dtype=np.float64) for mixed in profile)
    shape = tuple(array.shape[0] if array.ndim == 1 else -1 for array in arrays)
    if shape != payoffs.shape[1:]:
        raise SolverInputError("normal_form.profile", given=shape, shape=payoffs.shape[1:])
    for player, array in enumerate(arrays):
        if not (np.isfinite(array).all() and (array >= 0.0).all() and abs(float(array.sum()) - 1.0) <= 1e-9):
            raise SolverInputError("normal_form.probabilities", player=player, values=array.tolist())
    return arrays


def payoff_scale(payoffs: PayoffTensor) -> Floats:
    """Largest payoff difference that each player's own choice can make, shape (n,); 0 if its choice never matters."""
    return np.array([float(np.ptp(cells, axis=player).max()) for player, cells in enumerate(payoffs)])


def strategy_payoffs(payoffs: PayoffTensor, profile: Profile) -> Profile:
    """Expected payoff of every strategy of every player against the others' mixed strategies.

    Parameters
    ----------
    payoffs : shape (n, m1, ..., mn)
    profile : n arrays of probabilities

    Returns
    -------
    n arrays, of shapes (m1,), ..., (mn,)

    Examples
    --------
    >>> pennies = normal_form([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    >>> strategy_payoffs(pennies, (np.array([0.5, 0.5]), np.array([0.25, 0.75])))
    (array([-0.5,  0.5]), array([0., 0.]))
    """
    results = []
    for player, cells in enumerate(payoffs):
        table = cells
        for other in range(len(profile) - 1, player, -1):
            table = table @ profile[other]
        for other in range(player):
            table = np.tensordot(profile[other], table, axes=(0, 0))
        results.append(table)
    return tuple(results)


def regrets(payoffs: PayoffTensor, profile: Profile) -> Floats:
    """Return what each player could gain by its best strategy, shape (n,), in payoff units; all 0 at an equilibrium."""
    values = strategy_payoffs(payoffs, profile)
    gains = [float(u.max() - x @ u) for u, x in zip(values, profile, strict=True)]
    return np.array([max(0.0, gain) for gain in gains])


def payoff_slopes(payoffs: PayoffTensor, profile: Profile) -> tuple[dict[int, Floats], ...]:
    """Return, for players i and j, how the payoff of each strategy of i moves with each probability of j.

    Returns
    -------
    for each player i a mapping j -> array of shape (m_i, m_j), for all j other than i. Exact, since expected payoffs
    are affine in each player's probabilities.

    Examples
    --------
    >>> pennies = normal_form([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
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


def _descend(table: Floats, held: list[int], profile: Profile, found: dict[int, Floats]) -> None:
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


def profile_weights(profile: Profile) -> Floats:
    """Probability of each pure profile when players mix independently, shape (m1, ..., mn)."""
    weights = np.ones(())
    for mixed in profile:
        weights = np.multiply.outer(weights, mixed)
    return weights


@dataclass(frozen=True, slots=True, eq=False)
class ExactPayoffs:
    """Payoffs as integers, without rounding.

    Attributes
    ----------
    cells : per player an array (m1, ..., mn) of Python integers; times ``units`` they are the payoffs
    units : per player
    slack : per player, in those integers: differences up to it may be what rounding left of a tie. 0 where the
        payoffs were given as integers or fractions
    """

    cells: tuple[Exact, ...]
    units: tuple[Fraction, ...]
    slack: tuple[int, ...]


def exact_payoffs(payoffs: ArrayLike) -> ExactPayoffs:
    """Return payoffs as integers over a common denominator per player.

    Parameters
    ----------
    payoffs : shape (n, m1, ..., mn). Floats stand for the exact binary numbers that they are, and carry a slack for the
        rounding with which they were computed; integers and ``Fraction`` objects carry none.

    Examples
    --------
    >>> exact = exact_payoffs(np.array([[Fraction(1, 3), Fraction(1, 2)]], dtype=object))
    >>> exact.cells[0].tolist(), exact.units, exact.slack
    ([2, 3], (Fraction(1, 6),), (0,))
    """
    given = np.asarray(payoffs)
    normal_form(given)
    rounded = given.dtype.kind == "f" or (given.dtype.kind == "O" and any(isinstance(v, float) for v in given.flat))
    cells, units, slack = [], [], []
    for table in given:
        flat = [Fraction(value) for value in table.ravel().tolist()]
        denominator = math.lcm(*(value.denominator for value in flat))
        whole = [value.numerator * (denominator // value.denominator) for value in flat]
        array = np.empty(table.size, dtype=object)
        array[:] = whole
        cells.append(array.reshape(table.shape))
        units.append(Fraction(1, denominator))
        largest = max(abs(value) for value in whole)
        slack.append(int(largest * Fraction(ROUNDING_OF_PAYOFFS)) if rounded else 0)
    return ExactPayoffs(tuple(cells), tuple(units), tuple(slack))
