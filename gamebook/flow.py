"""The replicator dynamics of a problem, whether or not its payoffs depend on shares: where paths go and what they do.

Payoffs that depend on shares are followed through copies of the populations (``solvers.share_dependent.copies``), all
others as they are. There a mixed rest point can attract, so that a path can come to rest at one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gamebook.problem import Problem
from solvers.arrays import Floats, Shares
from solvers.basins import Basins, basins
from solvers.dynamics.fate import ARRIVED, Fate, Fates, fates
from solvers.dynamics.trajectories import trajectories
from solvers.outcomes import OutcomeFinder, ReplicatorOutcomes
from solvers.share_dependent.copies import ShareOutcomes, share_fates, share_trajectories
from solvers.share_dependent.stability import spectrum
from solvers.stability import Stability, classify

POLISHING_STEPS = 8
AT_BORDER = 1e-6
"""A share at rest this close to 0 or 1 is at the border."""
NEAR = 1e-4
"""How far Newton's method may move a path at rest to the rest point that it approaches."""


def paths_end(
    problem: Problem,
    starts: Shares,
    *,
    speeds: Floats | None = None,
    goal: Sequence[int | None] | None = None,
    level: float = ARRIVED,
) -> Fates:
    """Tell what becomes of paths of the free populations; arguments as for ``solvers.dynamics.fate.fates``."""
    if problem.copies is None:
        return fates(problem.pure.advantages, starts, speeds=speeds, goal=goal, level=level)
    return share_fates(problem.copies, starts, speeds=speeds, goal=goal, level=level)


def paths_at(problem: Problem, starts: Shares, times: Floats, *, speeds: Floats | None = None) -> Shares:
    """Shares of the free populations along paths; arguments as for ``solvers.dynamics.trajectories``."""
    if problem.copies is None:
        return trajectories(problem.pure.advantages, starts, times, speeds=speeds)
    return share_trajectories(problem.copies, starts, times, speeds=speeds)


def outcomes(problem: Problem, speeds: Floats | None = None) -> OutcomeFinder:
    """Return what tells the outcomes of starts of the free populations."""
    if problem.copies is None:
        return ReplicatorOutcomes(problem.pure.advantages, speeds)
    return ShareOutcomes(problem.copies, speeds)


def sampled_basins(problem: Problem, seed: int) -> Basins:
    """Basins of the strict equilibria of the free populations."""
    game = problem.pure.advantages if problem.copies is None else ShareOutcomes(problem.copies)
    return basins(game, rng=np.random.default_rng(seed))


def status_quo_path(problem: Problem) -> Fates | None:
    """What becomes of the path from the status quo; None where a share starts at its border and cannot move."""
    here = problem.start[list(problem.free)]
    inside = ((here > 0.0) & (here < 1.0)).all()
    return paths_end(problem, here[None]) if inside else None


def fastest_growth(problem: Problem, speeds: Floats) -> float:
    """Largest possible growth rate of log-odds, per unit of the speeds, of shape (free population,)."""
    return float((problem.pure.scale * speeds).max())


def path_ends_at(
    problem: Problem, path: Fates | None, number: int = 0, *, speeds: Floats | None = None
) -> Floats | None:
    """Shares of all populations where a path ends: a strict equilibrium, or a mixed rest point that attracts.

    None if it ends nowhere, or if that is not known. A mixed end is found by Newton's method from where the path came
    to rest, and attracts by its eigenvalues; that the path goes there is seen, not proved.

    Parameters
    ----------
    speeds : shape (free population,), positive; default 1
    """
    if path is None:
        return None
    target = path.target[number]
    if target is not None:
        return problem.full_shares(target)
    if path.fate[number] is not Fate.AT_REST or problem.shares is None:
        return None
    end = _attracting_rest_point(problem, path.shares[number], speeds)
    if end is None:
        return None
    full = problem.full_shares((0,) * len(problem.free))
    full[list(problem.free)] = end
    return full


def _attracting_rest_point(problem: Problem, shares: Floats, speeds: Floats | None) -> Floats | None:
    advantages = problem.shares
    if advantages is None:
        return None
    x = np.where(shares < AT_BORDER, 0.0, np.where(shares > 1.0 - AT_BORDER, 1.0, shares))
    mixing = tuple(int(i) for i in np.flatnonzero((x > 0.0) & (x < 1.0)))
    rows = list(mixing)
    for _ in range(POLISHING_STEPS):
        slopes = advantages.slopes(x)[np.ix_(rows, rows)]
        try:
            x[rows] -= np.linalg.solve(slopes, advantages.at(x)[rows])
        except np.linalg.LinAlgError:
            return None
    if np.abs(x - shares).max() > NEAR:
        return None
    eigenvalues, tolerance = spectrum(advantages, x, mixing, speeds=speeds)
    least = advantages.tolerance * (1.0 if speeds is None else speeds)
    level = np.where(tolerance > 0.0, tolerance, least)
    return x if classify(eigenvalues, level) is Stability.SINK else None


def end_name(problem: Problem, shares: Floats) -> str:
    """Write where a path ends: the digits of a profile, and the shares of those that mix."""
    name = problem.name(shares)
    mixed = [f"{p.share} {x:.3f}" for p, x in zip(problem.populations, shares, strict=True) if 0.0 < x < 1.0]
    return name if not mixed else f"{name} ({', '.join(mixed)})"
