"""Replicator paths to the strict equilibrium that captures them: all starts at once, on all cores.

Only where a path ends is asked here; ``trajectories`` records the way, and ``fate`` tells cycles from paths that
merely need longer. The method and its error control are those of ``steps``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np

from solvers.arrays import Advantages, Floats, Integers, Shares
from solvers.attractors import Profile
from solvers.dynamics.lanes import LANES, follow_all
from solvers.dynamics.problem import Replicator, from_log_odds, log_odds, replicator
from solvers.dynamics.steps import UNSETTLED, velocity

__all__ = ["UNSETTLED", "Ends", "follow_log_odds", "follow_to_capture", "velocity"]

CHUNKS_PER_THREAD = 2


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Where paths ended.

    Attributes
    ----------
    targets : strict equilibria that can capture
    outcome : shape (paths,), index into ``targets``, or ``UNSETTLED``
    time : shape (paths,), when the path was captured or given up, in the time unit of the advantages
    shares : shape (paths, n), last point computed
    """

    targets: tuple[Profile, ...]
    outcome: Integers
    time: Floats
    shares: Shares


def follow_to_capture(
    advantages: Advantages,
    starts: Shares,
    *,
    speeds: Floats | None = None,
    horizon: float = 1e6,
    most_steps: int = 1_000,
    tolerance: float = 1e-8,
) -> Ends:
    """Follow replicator paths until a strict equilibrium captures them, with proof, or the budget ends.

    Parameters
    ----------
    advantages : shape (n, 2, ..., 2)
        Payoff of index 1 minus index 0 at the pure profiles.
    starts : shape (paths, n), inside (0, 1)
    speeds : shape (n,), positive; default 1
    horizon : float
        Longest time, in units of 1 over the largest advantage times speed.
    most_steps : int
        Steps tried per path before it is given up as unsettled. Paths that settle take a few dozen; a cycle costs
        steps for ever, while a slow but steady path costs few.
    tolerance : float
        Error per step in log-odds, relative to max(1, |z|).

    Raises
    ------
    SolverInputError
        If a start lies on or outside the border, or a speed is not positive.

    Examples
    --------
    >>> from solvers.expected import payoff_advantages
    >>> hunt = payoff_advantages(np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]]))
    >>> ends = follow_to_capture(hunt, np.array([[0.9, 0.6], [0.5, 0.5]]))
    >>> [ends.targets[k] for k in ends.outcome]
    [(1, 1), (0, 0)]
    """
    z = log_odds(starts, advantages.ndim - 1)
    game = replicator(advantages, speeds)
    outcome, time = follow_log_odds(game, z, horizon=horizon, most_steps=most_steps, tolerance=tolerance)
    return Ends(game.targets, outcome, time / game.unit, from_log_odds(z))


def follow_log_odds(
    game: Replicator, z: Floats, *, horizon: float, most_steps: int, tolerance: float
) -> tuple[Integers, Floats]:
    """Follow paths in log-odds, in place; returns the target and the scaled time of each."""
    outcome, time = np.empty(len(z), np.int64), np.empty(len(z))
    chunk = max(4 * LANES, -(-len(z) // (CHUNKS_PER_THREAD * numba.get_num_threads())))
    wanted = game.target_array
    follow_all(game.tables, z, wanted, game.reach, horizon, most_steps, tolerance, chunk, outcome, time)
    return outcome, time
