"""A finite game in normal form, checked, with differences that are only rounding made exact ties.

Axes are those of every solver: ``payoffs[player, s1, ..., sn]``; population i has ``sizes[i]`` strategies. A mixed
profile is a tuple with one array of shape ``(sizes[i],)`` per population.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import LARGEST_PAYOFF, Floats, PayoffTensor
from solvers.errors import SolverInputError
from solvers.pure import ROUNDING_OF_PAYOFFS

MixedProfile: TypeAlias = tuple[Floats, ...]  # one array of shape (strategies of i,) per player
Support: TypeAlias = tuple[tuple[int, ...], ...]  # strategies in use, per player

LARGEST_DENOMINATOR = 100_000
CHANCE = 0.01
LARGEST_INTEGER = 2.0**48
"""Bounds on what counts as a simple fraction, see `simple_denominator`."""

MOST_PROFILES = 1_000_000
"""Pure profiles of the largest game that is taken; its response graph alone has tens of millions of edges."""


@dataclass(frozen=True, slots=True, eq=False)
class NormalForm:
    """A game of any number of players and strategies.

    Attributes
    ----------
    payoffs : shape (n, m_1, ..., m_n), as given
    tied : the same shape; payoffs of a player's strategies that count as equal against the same others are equal
    sizes : number of strategies of each player
    scale : shape (n,), each player's largest difference between own strategies; 0 if it never matters to itself
    tolerance : shape (n,), size up to which such a difference counted as a tie, in payoff units
    rounding : shape (n,), what rounding of the payoffs can leave of an exact tie
    denominators : per player, a number that turns all its payoffs into whole numbers up to rounding, if a small one
        does; else None. Payoffs such as 0.1 or 2/3 are meant exactly, and ties and continua hang on it
    near_ties : whether a difference beyond rounding was counted as a tie, so that the game solved is not quite the
        one given
    """

    payoffs: PayoffTensor
    tied: PayoffTensor
    sizes: tuple[int, ...]
    scale: Floats
    tolerance: Floats
    rounding: Floats
    denominators: tuple[int | None, ...]
    near_ties: bool

    @property
    def players(self) -> int:
        """Number of players."""
        return len(self.sizes)

    def rows(self, player: int) -> Floats:
        """Tied payoffs of a player, one row per own strategy, one column per pure profile of the others."""
        return np.asarray(np.moveaxis(self.tied[player], player, 0).reshape(self.sizes[player], -1))


def normal_form(payoffs: ArrayLike, *, tie_tolerance: float) -> NormalForm:
    """Check a payoff tensor and make its ties exact.

    Parameters
    ----------
    payoffs : shape (n, m_1, ..., m_n), any real numbers, at least one strategy per player
    tie_tolerance : float, in [0, 0.01]
        Differences between own strategies of at most this part of the player's largest count as ties, and so do
        those that rounding of the payoffs can explain.

    Raises
    ------
    SolverInputError
        If the payoffs cannot be worked with; the message says why.

    Examples
    --------
    >>> game = normal_form([[[0.3, 2.0], [0.1 + 0.2, 5.0]], [[1, 0], [0, 1]]], tie_tolerance=1e-12)
    >>> bool(game.payoffs[0, 0, 0] == game.payoffs[0, 1, 0]), bool(game.tied[0, 0, 0] == game.tied[0, 1, 0])
    (False, True)
    """
    if not 0.0 <= tie_tolerance <= 0.01:
        raise SolverInputError("tolerance.range", name="tie_tolerance", value=tie_tolerance)
    tensor = checked_payoffs(payoffs)
    players = tensor.shape[0]
    tied = tensor.copy()
    scale, tolerance, rounding = np.zeros(players), np.zeros(players), np.zeros(players)
    near_ties = False
    for player in range(players):
        rows = np.moveaxis(tensor[player], player, 0)
        scale[player] = float((rows.max(axis=0) - rows.min(axis=0)).max())
        rounding[player] = ROUNDING_OF_PAYOFFS * float(np.abs(rows).max())
        tolerance[player] = max(tie_tolerance * scale[player], rounding[player])
        near_ties |= _tie(rows, np.moveaxis(tied[player], player, 0), tolerance[player], rounding[player])
        own = np.moveaxis(tied[player], player, 0)
        scale[player] = float((own.max(axis=0) - own.min(axis=0)).max())
    for array in (tied, scale, tolerance, rounding):
        array.flags.writeable = False
    denominators = tuple(simple_denominator(tied[player], rounding[player]) for player in range(players))
    return NormalForm(tensor, tied, tensor.shape[1:], scale, tolerance, rounding, denominators, near_ties)


def simple_denominator(payoffs: Floats, rounding: float) -> int | None:
    """A small number that turns all payoffs into whole numbers up to their rounding; None if there is none.

    Parameters
    ----------
    payoffs : of one player, any shape
    rounding : size of differences that rounding can explain

    Examples
    --------
    >>> simple_denominator(np.array([0.1 + 0.2, 2.0, 1 / 3]), 1e-15), simple_denominator(np.array([np.pi]), 1e-14)
    (30, None)
    """
    largest = float(np.abs(payoffs).max())
    if rounding == 0.0 or bool((payoffs == np.round(payoffs)).all()):
        return None  # whole numbers are exact as they are
    slack = rounding / 4.0
    # So few fractions that a payoff without a meaning as one is hardly ever within rounding of any of them.
    most = min(LARGEST_DENOMINATOR, math.isqrt(int(CHANCE / max(slack, 1e-18))))
    common = 1
    for value in np.unique(payoffs):
        near = Fraction(float(value)).limit_denominator(max(1, most))
        if abs(float(near - Fraction(float(value)))) > slack:
            return None
        common = math.lcm(common, near.denominator)
        if common * max(1.0, largest) > LARGEST_INTEGER:
            return None
    return common


def checked_payoffs(payoffs: ArrayLike) -> PayoffTensor:
    """Return payoffs (n, m_1, ..., m_n) as a read-only float64 copy, or say what is wrong with them.

    Examples
    --------
    >>> checked_payoffs([[[1, -1, 0]], [[0, 2, 1]]]).shape
    (2, 1, 3)
    """
    try:
        given = np.asarray(payoffs)
    except ValueError as error:
        raise SolverInputError("payoffs.ragged") from error
    if given.dtype.kind not in "iufb":
        raise SolverInputError("payoffs.kind", kind=given.dtype.name)
    array = np.array(given, dtype=np.float64)
    players = array.ndim - 1
    if players < 1 or array.shape[0] != players or 0 in array.shape:
        raise SolverInputError("payoffs.general_shape", shape=array.shape)
    if array[0].size > MOST_PROFILES:
        raise SolverInputError("payoffs.profiles", profiles=array[0].size, most=MOST_PROFILES)
    if not np.isfinite(array).all():
        where = np.argwhere(~np.isfinite(array))[0]
        raise SolverInputError(
            "payoffs.finite",
            value=float(array[tuple(where)]),
            player=int(where[0]),
            profile=",".join(str(int(s)) for s in where[1:]),
        )
    if float(np.abs(array).max()) > LARGEST_PAYOFF:
        raise SolverInputError("payoffs.size", value=float(np.abs(array).max()), most=LARGEST_PAYOFF)
    array.flags.writeable = False
    return array


def _tie(given: Floats, out: Floats, tolerance: float, rounding: float) -> bool:
    """Give own strategies that differ by a tie the same payoff, in place; say whether more than rounding changed.

    Neighbours in size are joined, so that being tied is transitive; the smallest of them stands for all.
    """
    order = np.argsort(given, axis=0, kind="stable")
    ordered = np.take_along_axis(given, order, axis=0)
    steps = np.diff(ordered, axis=0)
    joined = steps <= tolerance
    near = bool((joined & (steps > rounding)).any())
    for k in range(1, ordered.shape[0]):
        ordered[k] = np.where(joined[k - 1], ordered[k - 1], ordered[k])
    np.put_along_axis(out, order, ordered, axis=0)
    return near
