"""What every integrator of the replicator equation works on: a scaled game, its captures, and starts in log-odds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solvers.arrays import Advantages, Booleans, Floats, Integers, Shares
from solvers.attractors import Profile
from solvers.dynamics.capture import capture_width
from solvers.errors import SolverInputError


@dataclass(frozen=True, slots=True, eq=False)
class Replicator:
    """A game ready to be followed, in units of time in which the largest speed times advantage is 1.

    Attributes
    ----------
    tables : shape (n, 2**(n-1)), speed times advantage at the pure profiles of the others, scaled; bit r of the
        position is the index of the r-th other player
    unit : largest speed times advantage; divide a scaled time by it to get the caller's
    targets : strict equilibria, each with a proved box from which no path leaves
    reach : shape (targets,), log-odds beyond which a point lies in that box
    """

    tables: Floats
    unit: float
    targets: tuple[Profile, ...]
    reach: Floats

    @property
    def target_array(self) -> Integers:
        """Targets as an array of shape (targets, n)."""
        return np.array(self.targets, dtype=np.int64).reshape(len(self.targets), self.tables.shape[0])


def replicator(advantages: Advantages, speeds: Floats | None = None) -> Replicator:
    """Scale a game and find its captures.

    Parameters
    ----------
    advantages : shape (n, 2, ..., 2), payoff of index 1 minus index 0 at the pure profiles, ties exactly 0
    speeds : shape (n,), positive; default 1

    Raises
    ------
    SolverInputError
        If a speed is not positive and finite, or so large that no unit of time fits.

    Examples
    --------
    >>> from solvers.expected import payoff_advantages
    >>> hunt = payoff_advantages(np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]]))
    >>> replicator(hunt).targets, replicator(hunt, np.array([1.0, 4.0])).unit
    (((0, 0), (1, 1)), 8.0)
    """
    n = advantages.ndim - 1
    pace = np.ones(n) if speeds is None else np.asarray(speeds, dtype=np.float64)
    if pace.shape != (n,):
        raise SolverInputError("speeds.shape", shape=pace.shape, players=n)
    good: Booleans = (pace > 0.0) & np.isfinite(pace)
    if not good.all():
        raise SolverInputError("speeds.range", value=float(pace[~good][0]))
    rows = [np.take(advantages[i], 0, axis=i).transpose().ravel() for i in range(n)]
    with np.errstate(over="ignore"):
        unit = max(float(np.abs(row).max()) * rate for row, rate in zip(rows, pace, strict=True)) or 1.0
    if not np.isfinite(unit):
        raise SolverInputError("speeds.range", value=float(pace.max()))
    widths = {tuple(p): capture_width(advantages, tuple(p)) for p in np.ndindex((2,) * n)}
    targets = tuple(profile for profile, width in widths.items() if width > 0.0)
    return Replicator(
        tables=np.ascontiguousarray([row * rate / unit for row, rate in zip(rows, pace, strict=True)]),
        unit=float(unit),
        targets=targets,
        reach=np.array([np.log1p(-widths[p]) - np.log(widths[p]) for p in targets], dtype=np.float64),
    )


def log_odds(starts: Shares, players: int) -> Floats:
    """Check starts and return their log-odds, as a new array of shape (paths, n).

    Raises
    ------
    SolverInputError
        If a start lies on or outside the border.
    """
    x = np.asarray(starts, dtype=np.float64)
    if x.ndim != 2 or x.shape[1] != players:
        raise SolverInputError("shares.shape", shape=x.shape, players=players)
    inside: Booleans = (x > 0.0) & (x < 1.0)
    if not inside.all():
        raise SolverInputError("starts.inside", value=float(x[~inside][0]))
    return np.ascontiguousarray(np.log(x) - np.log1p(-x))


def from_log_odds(z: Floats) -> Shares:
    """Shares at log-odds z, accurate at both ends.

    Examples
    --------
    >>> from_log_odds(np.array([-800.0, 0.0, 40.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    odds = np.exp(-np.abs(z))
    shares: Shares = np.where(z >= 0.0, 1.0, odds) / (1.0 + odds)
    return shares
