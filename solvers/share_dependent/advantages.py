"""Payoff advantages of a game whose payoffs depend on shares, as polynomials in the shares.

Besides the others' strategies, the shares themselves enter the payoffs: ``payoffs[player, s1..sn, b1..bn]`` holds
Bernstein coefficients along the axes b. The advantage D_i(x), payoff of index 1 minus that of index 0 when the others
play their shares, is then a polynomial in all shares, the own one among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import LARGEST_PAYOFF, Floats, Shares
from solvers.errors import SolverInputError
from solvers.expected import expected
from solvers.pure import ROUNDING_OF_PAYOFFS, PureProfiles
from solvers.share_dependent import bernstein

MOST_DEGREE = 12
"""Of payoffs in one share; Bernstein coefficients of more lose too many digits."""
MOST_COEFFICIENTS = 200_000
"""Of one advantage. A game of ten populations with payoffs of degree 1 in each share has 59,049."""


@dataclass(frozen=True, slots=True, eq=False)
class ShareAdvantages:
    """Advantages of all populations, ties made exact.

    Attributes
    ----------
    tables : per player, coefficients of its advantage, one axis per population; length 1 where it does not depend
    scale : shape (n,), largest coefficient in size; 0 for a player that never matters to itself
    tolerance : shape (n,), size up to which a coefficient counted as zero, in payoff units
    rounding : shape (n,), size up to which rounding alone can account for one
    near_ties : whether a coefficient beyond rounding was counted as zero
    """

    tables: tuple[Floats, ...]
    scale: Floats
    tolerance: Floats
    rounding: Floats
    near_ties: bool

    @property
    def players(self) -> int:
        """Number of populations."""
        return len(self.tables)

    def at(self, shares: Shares) -> Floats:
        """Advantages at one state; shape (n,)."""
        return np.array([float(bernstein.value(table, shares)) for table in self.tables])

    def slopes(self, shares: Shares) -> Floats:
        """Derivatives dD_i/dx_j at one state; shape (n, n)."""
        rows = [
            [float(bernstein.value(bernstein.derivative(table, j), shares)) for j in range(self.players)]
            for table in self.tables
        ]
        return np.array(rows)

    def losses(self) -> Floats:
        """What each player loses by deviating from each pure profile, at its shares: shape (n, 2, ..., 2)."""
        n = self.players
        found = np.empty((n,) + (2,) * n)
        for player, table in enumerate(self.tables):
            corners = table[np.ix_(*[[0, length - 1] for length in table.shape])]
            side = np.array([-1.0, 1.0]).reshape([2 if j == player else 1 for j in range(n)])
            found[player] = side * corners
        return found + 0.0


def corner_profiles(advantages: ShareAdvantages) -> PureProfiles:
    """What the advantages say of the pure profiles, each with the payoffs at its own shares.

    ``advantages`` of the record are the values at the corners of the cube; between corners they do not interpolate
    them, and they vary along the own axis.
    """
    n = advantages.players
    losses = advantages.losses()
    corners = np.array(losses)
    for player in range(n):
        corners[(player, *(0 if j == player else slice(None) for j in range(n)))] *= -1.0
    corners += 0.0
    for array in (losses, corners):
        array.flags.writeable = False
    return PureProfiles(
        advantages=corners,
        scale=advantages.scale,
        tolerance=advantages.tolerance,
        rounding=advantages.rounding,
        near_ties=advantages.near_ties,
        losses=losses,
        nash=np.asarray((losses >= 0.0).all(axis=0)),
        strict=np.asarray((losses > 0.0).all(axis=0)),
    )


def share_payoffs(payoffs: ArrayLike, *, most_players: int) -> Floats:
    """Check payoffs and return them with all their axes b, as a read-only float64 copy.

    Parameters
    ----------
    payoffs : shape (n, 2, ..., 2), or (n, 2, ..., 2, b1, ..., bn) with Bernstein coefficients in the shares

    Raises
    ------
    SolverInputError
        If the array is not numeric, not finite, too large, or of another shape.
    """
    given = np.asarray(payoffs)
    if given.dtype.kind not in "iufb":
        raise SolverInputError("payoffs.kind", kind=given.dtype.name)
    array = np.array(given, dtype=np.float64)
    n = array.shape[0] if array.ndim else 0
    if n < 1 or array.ndim not in (1 + n, 1 + 2 * n):
        raise SolverInputError("dependence.shape", shape=array.shape)
    if array.shape[1 : 1 + n] != (2,) * n:
        raise SolverInputError("payoffs.strategies", strategies=array.shape[1 : 1 + n])
    if n > most_players:
        raise SolverInputError("payoffs.players", players=n, most=most_players)
    array = array.reshape(*array.shape[: 1 + n], *(array.shape[1 + n :] or (1,) * n))
    degrees = [length - 1 for length in array.shape[1 + n :]]
    if max(degrees) > MOST_DEGREE or min(degrees) < 0:
        raise SolverInputError("dependence.degree", degree=max(degrees), most=MOST_DEGREE)
    count = int(np.prod([degree + 2 for degree in degrees]))
    if count > MOST_COEFFICIENTS:
        raise SolverInputError("dependence.coefficients", count=count, most=MOST_COEFFICIENTS)
    if not np.isfinite(array).all():
        where = np.argwhere(~np.isfinite(array))[0]
        profile = "".join(str(int(s)) for s in where[1 : 1 + n])
        raise SolverInputError(
            "payoffs.finite", value=float(array[tuple(where)]), player=int(where[0]), profile=profile
        )
    if float(np.abs(array).max()) > LARGEST_PAYOFF:
        raise SolverInputError("payoffs.size", value=float(np.abs(array).max()), most=LARGEST_PAYOFF)
    array.flags.writeable = False
    return array


def advantage_table(payoffs: Floats, player: int) -> Floats:
    """Coefficients of a player's advantage.

    Parameters
    ----------
    payoffs : shape (n, 2, ..., 2, b1, ..., bn)

    Returns
    -------
    one axis per population; length 1 where the advantage does not depend on that share

    Examples
    --------
    One population whose index 1 gains 1 - x: congestion.

    >>> advantage_table(np.array([[[0.0, 0.0], [1.0, 0.0]]]).reshape(1, 2, 2), 0)
    array([1., 0.])
    """
    n = payoffs.shape[0]
    cells = payoffs[player]
    gain = np.take(cells, 1, axis=player) - np.take(cells, 0, axis=player)
    # Axes now: the others' strategies in order, then b1, ..., bn. Constant ones go first, so that degrees stay low.
    strategies = n - 1
    for axis in range(strategies, strategies + n):
        first = np.take(gain, [0], axis=axis)
        if gain.shape[axis] > 1 and bool((gain == first).all()):
            gain = first
    for other in range(n):
        if other != player:
            # The strategy axis of the first population not yet mixed is always axis 0.
            at_zero, at_one = gain[0], gain[1]
            strategies -= 1
            axis = strategies + other
            gain = at_zero if bool((at_zero == at_one).all()) else bernstein.mixed(at_zero, at_one, axis)
    return bernstein.without_constant_axes(gain)


def share_advantages(payoffs: Floats, *, tie_tolerance: float) -> ShareAdvantages:
    """Advantages of every player, coefficients that count as zero being exactly zero.

    Parameters
    ----------
    payoffs : shape (n, 2, ..., 2, b1, ..., bn)
    tie_tolerance : float
        A coefficient of at most this part of the player's largest, or of at most what rounding of its payoffs can
        account for, is zero.
    """
    n = payoffs.shape[0]
    steps = 1 + sum(length for length in payoffs.shape[1 + n :])  # roundings on the way to a coefficient
    tables, tolerances, near_ties = [], [], False
    rounding = ROUNDING_OF_PAYOFFS * steps / (1 + n) * np.abs(payoffs).reshape(n, -1).max(axis=1)
    for player in range(n):
        table = advantage_table(payoffs, player)
        size = np.abs(table)
        tolerance = max(tie_tolerance * float(size.max()), float(rounding[player]))
        near_ties |= bool(((size <= tolerance) & (size > rounding[player])).any())
        table = bernstein.without_constant_axes(np.where(size <= tolerance, 0.0, table))
        table.flags.writeable = False
        tables.append(table)
        tolerances.append(tolerance)
    return ShareAdvantages(
        tables=tuple(tables),
        scale=np.array([float(np.abs(table).max()) for table in tables]),
        tolerance=np.array(tolerances),
        rounding=rounding,
        near_ties=near_ties,
    )


def expected_payoffs(payoffs: Floats, shares: Shares) -> Floats:
    """Expected payoff of every player at shares of shape (..., n); shape (..., n).

    Parameters
    ----------
    payoffs : shape (n, 2, ..., 2, b1, ..., bn)
    """
    states = np.asarray(shares, dtype=np.float64)
    found = [expected(payoffs_at(payoffs, x), x) for x in states.reshape(-1, len(payoffs))]
    return np.array(found).reshape(states.shape)


def payoffs_at(payoffs: Floats, shares: Shares) -> Floats:
    """Payoffs in all pure profiles with the shares in them held at one state; shape (n, 2, ..., 2)."""
    n = payoffs.shape[0]
    last = np.moveaxis(payoffs, tuple(range(1 + n, 1 + 2 * n)), tuple(range(n)))
    return bernstein.value(last, shares)


def conditional_share_payoffs(payoffs: Floats, fixed: Mapping[int, float]) -> Floats:
    """Game of the other players when some populations' shares are held fixed.

    Parameters
    ----------
    payoffs : shape (n, 2, ..., 2, b1, ..., bn)
    fixed : player -> share of index 1, in [0, 1]

    Returns
    -------
    shape (m, 2, ..., 2, b1, ..., bm) for the m players left, in their order
    """
    n = payoffs.shape[0]
    table = payoffs[[player for player in range(n) if player not in fixed]]
    for player in sorted(fixed, reverse=True):
        x = np.array([fixed[player]])
        # Everything is in the last axis or in the strategy axis of this player; both go.
        axis = table.ndim - (n - player)
        table = bernstein.value(np.moveaxis(table, axis, 0), x)
        low, high = np.take(table, 0, axis=1 + player), np.take(table, 1, axis=1 + player)
        table = low if x[0] == 0.0 else high if x[0] == 1.0 else low + x[0] * (high - low)
        n -= 1
    return np.ascontiguousarray(table)
