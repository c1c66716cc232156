"""Names for the arrays that solvers exchange, and the one check every solver makes of its input.

Axes are global and never rotated: ``payoffs[player, s1, ..., sn]`` is the payoff of ``player`` when population
``i`` plays ``s_i``. With two strategies the share ``x_i`` is the part of population ``i`` that plays index 1.
``advantages[player, s1, ..., sn]`` is the payoff of index 1 minus that of index 0; along the player's own axis it
is constant, which keeps every array of a game on the same axes.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solvers.errors import SolverInputError

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Booleans: TypeAlias = NDArray[np.bool_]
Complexes: TypeAlias = NDArray[np.complex128]
PayoffTensor: TypeAlias = NDArray[np.float64]  # [player, s1, ..., sn]
Advantages: TypeAlias = NDArray[np.float64]  # [player, s1, ..., sn], constant along the player's own axis
Shares: TypeAlias = NDArray[np.float64]  # [..., player], share of index 1

LARGEST_PAYOFF = 1e150
"""Payoffs beyond this size are refused: products of two of them would overflow."""


def two_strategy_payoffs(payoffs: ArrayLike, *, most_players: int) -> PayoffTensor:
    """Check a payoff tensor and return it as a read-only float64 copy.

    Parameters
    ----------
    payoffs : shape (n, 2, ..., 2) with n strategy axes, any real numbers
    most_players : int
        The largest number of players that the caller can handle.

    Raises
    ------
    SolverInputError
        If the array is not numeric, holds NaN or infinite numbers, has a wrong shape, more than two strategies, or
        more players than the caller can handle.

    Examples
    --------
    >>> two_strategy_payoffs([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]], most_players=5).shape
    (2, 2, 2)
    """
    try:
        given = np.asarray(payoffs)
    except ValueError as error:
        raise SolverInputError("payoffs.ragged") from error
    if given.dtype.kind not in "iufb":
        raise SolverInputError("payoffs.kind", kind=given.dtype.name)
    array = np.array(given, dtype=np.float64)
    players = array.ndim - 1
    if players < 1 or array.shape[0] != players:
        raise SolverInputError("payoffs.shape", shape=array.shape)
    if array.shape[1:] != (2,) * players:
        raise SolverInputError("payoffs.strategies", strategies=array.shape[1:])
    if players > most_players:
        raise SolverInputError("payoffs.players", players=players, most=most_players)
    if not np.isfinite(array).all():
        where = np.argwhere(~np.isfinite(array))[0]
        raise SolverInputError(
            "payoffs.finite",
            value=float(array[tuple(where)]),
            player=int(where[0]),
            profile="".join(str(int(s)) for s in where[1:]),
        )
    if float(np.abs(array).max()) > LARGEST_PAYOFF:
        raise SolverInputError("payoffs.size", value=float(np.abs(array).max()), most=LARGEST_PAYOFF)
    array.flags.writeable = False
    return array
