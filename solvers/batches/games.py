"""The games of a batch: as one array, a block of them for compiled code, and the refusal of what is no number."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solvers.arrays import LARGEST_PAYOFF, Booleans, Floats
from solvers.errors import SolverInputError
from solvers.rest_points.response import MOST_PLAYERS_IN_A_WORD

MOST_PLAYERS = MOST_PLAYERS_IN_A_WORD


def games_of(payoffs: ArrayLike, players: int | None) -> tuple[NDArray[Any], tuple[int, ...]]:
    """View the payoffs as (games, n, 2**n), in their own type, and return the leading axes."""
    try:
        given = np.asarray(payoffs)
    except ValueError as error:
        raise SolverInputError("payoffs.ragged") from error
    if given.dtype.kind not in "iufb":
        raise SolverInputError("payoffs.kind", kind=given.dtype.name)
    fitting = [n for n in range(given.ndim - 1, 0, -1) if given.shape[-n - 1 :] == (n, *(2,) * n)]
    n = next((n for n in fitting if players in (None, n)), 0)
    if not 1 <= n <= MOST_PLAYERS:
        raise SolverInputError("batch.shape", shape=given.shape, most=MOST_PLAYERS)
    return given.reshape(-1 if given.size else 0, n, 1 << n), given.shape[: given.ndim - n - 1]


def block(games: NDArray[Any], first: int, end: int) -> Floats:
    """Games of a block as an array of its own, since compiled code wants one that may be written."""
    return np.array(games[first:end], dtype=np.float64, order="C")


def refuse_invalid(games: NDArray[Any], valid: Booleans) -> None:
    """Refuse NaN, infinite and too large payoffs by the game that has them."""
    if valid.all():
        return
    game = int(np.flatnonzero(~valid)[0])
    table = np.asarray(games[game], dtype=np.float64)
    with np.errstate(invalid="ignore"):
        player, s = (int(x) for x in np.argwhere(~(np.abs(table) <= LARGEST_PAYOFF))[0])
    profile = f"{s:0{table.shape[0]}b}"
    value = float(table[player, s])
    raise SolverInputError("batch.finite", value=value, game=game, player=player, profile=profile, most=LARGEST_PAYOFF)
