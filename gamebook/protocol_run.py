"""Paths of a problem under any revision protocol: the game that is followed, the paths, and their ends.

The replicator dynamics has a method of its own (``gamebook.flow``). Here time runs in units of one over the revision
rate, so that speeds stay factors; everything that is returned is in years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gamebook.problem import Problem
from solvers.arrays import Booleans, Floats, Shares
from solvers.dynamics.fate import Fate
from solvers.dynamics.jacobian import velocity_jacobian
from solvers.dynamics.motion import motion
from solvers.dynamics.population_game import PopulationGame, population_game
from solvers.dynamics.protocol_fate import ProtocolFates, protocol_fates
from solvers.dynamics.protocol_paths import protocol_paths
from solvers.dynamics.protocols import Protocol
from solvers.dynamics.velocity import velocity

ROUNDING = 1e-9
"""Real parts of eigenvalues below this part of the largest eigenvalue have no sign."""
FARTHEST = 1e-2
"""A step of Newton's method longer than this, in any share, tells nothing of a rest point nearby."""


@dataclass(frozen=True, slots=True, eq=False)
class RestCheck:
    """What is known of the rest point at which a path has come to rest.

    Attributes
    ----------
    shares : shape (free population,), the rest point by Newton's method, or the last state where that does not work
    distance : largest difference of a share between the last state and the rest point; None if Newton's method does
        not apply, because the velocity has a kink there or its derivative is singular
    attracts : whether all eigenvalues have negative real parts, so that small deviations die out; None if not known
    """

    shares: Floats
    distance: float | None
    attracts: bool | None


class ProtocolRun:
    """A problem under a protocol.

    Parameters
    ----------
    revision_rate : per year, and per unit of payoff where the protocol's velocity is in units of payoff
    speeds : shape (population,), factors on it
    """

    def __init__(self, problem: Problem, chosen: Protocol, revision_rate: float, speeds: Floats) -> None:
        self.problem, self.protocol, self.rate = problem, chosen, revision_rate
        self.free = list(problem.free)
        self.game: PopulationGame = population_game(problem.conditional, speeds[self.free])

    @property
    def fastest(self) -> float:
        """A rate per year that the change of no share exceeds by much."""
        prepared, unit = motion(self.game, self.protocol)
        return float(prepared.pace.max()) * unit * self.rate

    def fates(self, starts: Shares, *, goal: Sequence[int], level: float) -> ProtocolFates:
        """What becomes of paths from starts of the free populations, shape (paths, free); times in 1 / rate."""
        return protocol_fates(self.game, starts, self.protocol, goal=goal, level=level)

    def shares_at(self, starts: Shares, times: Floats) -> tuple[Shares, Floats]:
        """Shares (path, time, free) at years, NaN where a path is not known any more, and the year it is known to."""
        paths = protocol_paths(self.game, starts, times * self.rate, self.protocol)
        return paths.shares, paths.reached / self.rate

    def check(self, shares: Floats) -> RestCheck:
        """Look for the rest point next to a state at rest, and whether it attracts; shape (free,)."""
        x = shares.copy()
        moves: Booleans = (x > 0.0) & (x < 1.0)
        found = velocity_jacobian(self.game, x, self.protocol).in_shares
        if found is None or not np.isfinite(found).all():
            return RestCheck(shares, None, None)
        block = found[np.ix_(moves, moves)]
        try:
            step = np.linalg.solve(block, self._velocity(x)[moves])
        except np.linalg.LinAlgError:
            return RestCheck(shares, None, None)
        if not (np.abs(step) <= FARTHEST).all():
            return RestCheck(shares, None, None)
        x[moves] = np.clip(x[moves] - step, 0.0, 1.0)
        there = velocity_jacobian(self.game, x, self.protocol).in_shares
        if there is None or not np.isfinite(there).all():
            return RestCheck(shares, None, None)
        # Where shares at the border stay there, the derivative across the border counts too.
        eigenvalues = np.linalg.eigvals(there)
        largest = float(np.abs(eigenvalues).max(initial=0.0))
        abscissa = float(eigenvalues.real.max(initial=-np.inf))
        attracts = None if abs(abscissa) <= ROUNDING * largest else abscissa < 0.0
        return RestCheck(x, float(np.abs(x - shares).max(initial=0.0)), attracts)

    def _velocity(self, x: Floats) -> Floats:
        return np.array([float(part[1]) for part in velocity(self.game, x, self.protocol)])


HALF = 0.1
"""A share this near to one half has no nearest pure strategy worth naming."""
RESTING = (Fate.AT_REST, Fate.CLOSING_IN)
"""Fates that have a rest point."""


def near_name(problem: Problem, shares: Floats) -> str:
    """Write the pure profile nearest to shares of the free populations; ``~`` where a share is about one half."""
    digits = [0.5 if abs(x - 0.5) < HALF else float(x > 0.5) for x in shares.tolist()]
    full = problem.full_shares((0,) * len(problem.free))
    full[list(problem.free)] = digits
    return problem.name(full)
