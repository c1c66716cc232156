"""Measures of a draw that take following paths: the basin of coordination, and whether the status quo leads there.

They take milliseconds per draw, so they are worked out only if they are asked for. Every draw uses the same starts.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from solvers.arrays import Floats, Shares
from solvers.attractors import Profile
from solvers.equilibria import TIE_TOLERANCE
from solvers.outcomes import ReplicatorOutcomes
from solvers.pure import pure_profiles

STARTS = 256
"""Starts of a basin, of one scrambled Sobol set."""
TOLD_EVERY = 32


def parts_that_coordinate(
    payoffs: Floats, goal: Profile, starts: Shares, *, progress: Callable[[int, int], None] | None = None
) -> Floats:
    """Share of the starts from which the replicator dynamics, at equal speeds, ends in a profile; shape (games,).

    Parameters
    ----------
    payoffs : shape (games, n, 2, ..., 2)
    goal : pure profile
    starts : shape (starts, n), inside (0, 1)
    progress : told how many games are done, and how many there are

    Examples
    --------
    >>> hunt = np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])
    >>> parts_that_coordinate(hunt[None], (1, 1), np.array([[0.9, 0.6], [0.5, 0.5]])).tolist()
    [0.5]
    """
    found = np.zeros(len(payoffs))
    for place, game in enumerate(payoffs):
        pure = pure_profiles(game, tie_tolerance=TIE_TOLERANCE)
        if progress is not None and place % TOLD_EVERY == 0:
            progress(place, len(payoffs))
        if not pure.nash[goal]:
            continue  # the limit of a path inside the cube is a Nash equilibrium: no start leads here
        finder = ReplicatorOutcomes(pure.advantages)
        profiles = [outcome.profile for outcome in finder.outcomes]
        if goal in profiles:
            found[place] = float((finder.settle(starts) == profiles.index(goal)).mean())
    return found
