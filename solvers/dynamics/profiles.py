"""Mixed profiles in their two forms: shares of index 1 for two strategies each, and one array per population."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Floats
from solvers.dynamics.population_game import PopulationGame
from solvers.errors import SolverInputError

MixedProfile: TypeAlias = "ArrayLike | Sequence[ArrayLike]"
SUM_TOLERANCE = 1e-9


def flat_profiles(game: PopulationGame, profiles: MixedProfile) -> Floats:
    """Check mixed profiles and return them flat, as a new array of shape (..., strategies of all populations).

    Parameters
    ----------
    profiles : shares of index 1, shape (..., n), if all populations have two strategies; or a tuple of one array
        [..., strategy] per population; or a flat array of all their shares, shape (..., sum of strategies). A list of
        arrays is read like a tuple; a list of plain lists too, but in two-strategy games it means shares of index 1.

    Raises
    ------
    SolverInputError
        If a share is outside [0, 1] or the shares of a population do not sum to 1.

    Examples
    --------
    >>> from solvers.dynamics.population_game import population_game
    >>> flat_profiles(population_game(np.zeros((2, 2, 2))), [0.25, 1.0])
    array([0.75, 0.25, 0.  , 1.  ])
    >>> flat_profiles(population_game(np.zeros((2, 2, 3))), [[0.5, 0.5], [0.0, 0.2, 0.8]])
    array([0.5, 0.5, 0. , 0.2, 0.8])
    """
    total = sum(game.sizes)
    parts = _parts(game, profiles)
    if parts is not None:
        flat = np.concatenate(_broadcast(parts), axis=-1)
    else:
        flat = np.array(profiles, dtype=np.float64)
        if game.two_strategies and flat.ndim >= 1 and flat.shape[-1] == game.players:
            flat = np.stack([1.0 - flat, flat], axis=-1).reshape(*flat.shape[:-1], total)
        elif flat.ndim < 1 or flat.shape[-1] != total:
            raise SolverInputError("profile.shape", shape=flat.shape, sizes=game.sizes)
    inside = (flat >= 0.0) & (flat <= 1.0)
    if not inside.all():
        raise SolverInputError("shares.range", value=float(flat[~inside][0]))
    sums = np.add.reduceat(flat, game.offsets[:-1], axis=-1)
    good = np.abs(sums - 1.0) <= SUM_TOLERANCE
    if not good.all():
        raise SolverInputError("profile.sum", value=float(sums[~good][0]))
    return np.ascontiguousarray(flat)


def _parts(game: PopulationGame, profiles: MixedProfile) -> list[Floats] | None:
    """One array per population, or None if the profiles are given in another form."""
    if not isinstance(profiles, (list, tuple)) or len(profiles) != game.players:
        return None
    plain = isinstance(profiles, list) and not all(isinstance(part, np.ndarray) for part in profiles)
    if plain and game.two_strategies:
        return None
    parts = [np.asarray(part, dtype=np.float64) for part in profiles]
    fit = all(part.ndim >= 1 and part.shape[-1] == m for part, m in zip(parts, game.sizes, strict=True))
    return parts if fit else None


def _broadcast(parts: list[Floats]) -> list[Floats]:
    lead = np.broadcast_shapes(*(part.shape[:-1] for part in parts))
    return [np.broadcast_to(part, (*lead, part.shape[-1])) for part in parts]


def by_population(game: PopulationGame, flat: Floats) -> tuple[Floats, ...]:
    """One array [..., strategy] per population of something flat."""
    return tuple(np.split(flat, game.offsets[1:-1], axis=-1))


def index_one(game: PopulationGame, flat: Floats) -> Floats:
    """Shares of index 1 of flat profiles of two-strategy populations; shape (..., n).

    Examples
    --------
    >>> from solvers.dynamics.population_game import population_game
    >>> index_one(population_game(np.zeros((2, 2, 2))), np.array([0.75, 0.25, 0.0, 1.0]))
    array([0.25, 1.  ])
    """
    return np.ascontiguousarray(flat[..., 1::2]) if game.two_strategies else flat
