"""Replicator paths in log-odds, compiled: one adaptive step controller per path, all paths at once, capture by proof.

With z = log(x / (1 - x)) the replicator dynamics reads dz/dt = speed * D(x): no share can leave (0, 1), nothing is
clipped, and near a corner the equation is almost linear, so that steps grow there. The method is the explicit
Runge-Kutta pair of order 8(5,3) of Dormand and Prince (Hairer, Norsett and Wanner 1993) with SciPy's coefficients;
the error is measured in z, relative to max(1, |z|), because z decides when a path leaves a corner again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np
from scipy.integrate import DOP853

from solvers.arrays import Advantages, Booleans, Floats, Integers, Shares
from solvers.attractors import Profile
from solvers.compiled import kernel
from solvers.dynamics.capture import capture_width
from solvers.errors import SolverInputError
from solvers.pure import corner_values

STAGES = 12
NODES = np.array(DOP853.A, dtype=np.float64)
WEIGHTS = np.array(DOP853.B, dtype=np.float64)
ERROR_FIFTH = np.array(DOP853.E5, dtype=np.float64)
ERROR_THIRD = np.array(DOP853.E3, dtype=np.float64)
SAFETY, SLOWEST, FASTEST = 0.9, 0.2, 8.0
UNSETTLED = -1


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


def _velocity(corners: Floats, speeds: Floats, z: Floats, out: Floats, work: Floats, share: Floats) -> None:
    """Write speed * D(x(z)) into ``out``; ``corners[i, c]`` is D_i at corner c, bit j of c the index of j."""
    n = z.shape[0]
    for i in range(n):
        if z[i] >= 0.0:
            share[i] = 1.0 / (1.0 + np.exp(-z[i]))
        else:
            e = np.exp(z[i])
            share[i] = e / (1.0 + e)
    for i in range(n):
        # Fold the last population first; the own one has no effect, so its corner 0 is taken.
        size = 1 << n
        for c in range(size):
            work[c] = corners[i, c]
        for j in range(n - 1, -1, -1):
            size >>= 1
            x = share[j] if j != i else 0.0
            for c in range(size):
                work[c] += x * (work[c + size] - work[c])
        out[i] = speeds[i] * work[0]


velocity = kernel(_velocity)


def _captured(z: Floats, targets: Integers, reach: Floats) -> int:
    """Number of the target whose proved box holds the point, or ``UNSETTLED``."""
    for k in range(targets.shape[0]):
        inside = True
        for i in range(z.shape[0]):
            towards = z[i] if targets[k, i] == 1 else -z[i]
            if towards < reach[k]:
                inside = False
                break
        if inside:
            return k
    return UNSETTLED


captured = kernel(_captured)


def _try_step(corners: Floats, speeds: Floats, z: Floats, h: float, slopes: Floats, new: Floats, work: Floats,
              share: Floats, tolerance: float) -> float:  # fmt: skip
    """One step from z to ``new``; ``slopes[0]`` holds the velocity at z. Returns the error over the tolerance."""
    n = z.shape[0]
    for s in range(1, STAGES):
        for i in range(n):
            total = 0.0
            for r in range(s):
                total += NODES[s, r] * slopes[r, i]
            new[i] = z[i] + h * total
        velocity(corners, speeds, new, slopes[s], work, share)
    for i in range(n):
        total = 0.0
        for s in range(STAGES):
            total += WEIGHTS[s] * slopes[s, i]
        new[i] = z[i] + h * total
    velocity(corners, speeds, new, slopes[STAGES], work, share)
    fifth, third = 0.0, 0.0
    for i in range(n):
        five, three = 0.0, 0.0
        for s in range(STAGES + 1):
            five += ERROR_FIFTH[s] * slopes[s, i]
            three += ERROR_THIRD[s] * slopes[s, i]
        scale = tolerance * max(1.0, abs(z[i]), abs(new[i]))
        fifth += (five / scale) ** 2
        third += (three / scale) ** 2
    if fifth == 0.0 and third == 0.0:
        return 0.0
    return float(abs(h) * fifth / np.sqrt((fifth + 0.01 * third) * n))


try_step = kernel(_try_step)


def _follow(corners: Floats, speeds: Floats, z: Floats, targets: Integers, reach: Floats, horizon: float,
            most_steps: int, tolerance: float) -> tuple[int, float]:  # fmt: skip
    """Follow one path, in place, until it is captured or the horizon or the number of steps is spent."""
    n = z.shape[0]
    slopes = np.empty((STAGES + 1, n))
    new, share, work = np.empty(n), np.empty(n), np.empty(1 << n)
    velocity(corners, speeds, z, slopes[0], work, share)
    fastest = 0.0
    for i in range(n):
        fastest = max(fastest, abs(slopes[0, i]))
    h = 0.05 / fastest if fastest > 0.0 else 1.0
    t = 0.0
    for _ in range(most_steps):
        outcome = captured(z, targets, reach)
        if outcome != UNSETTLED or t >= horizon:
            return outcome, t
        h = min(h, horizon - t)
        error = try_step(corners, speeds, z, h, slopes, new, work, share, tolerance)
        factor = FASTEST if error == 0.0 else SAFETY * error ** (-0.125)
        if error <= 1.0:
            t += h
            for i in range(n):
                z[i] = new[i]
                slopes[0, i] = slopes[STAGES, i]
        h *= min(FASTEST, max(SLOWEST, factor)) if error == error else SLOWEST
    return captured(z, targets, reach), t


follow = kernel(_follow)


def _follow_all(corners: Floats, speeds: Floats, z: Floats, targets: Integers, reach: Floats, horizon: float,
                most_steps: int, tolerance: float, outcome: Integers, time: Floats) -> None:  # fmt: skip
    for p in numba.prange(z.shape[0]):
        outcome[p], time[p] = follow(corners, speeds, z[p], targets, reach, horizon, most_steps, tolerance)


follow_all = kernel(_follow_all, parallel=True)


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
    n = advantages.ndim - 1
    x = np.asarray(starts, dtype=np.float64)
    if x.ndim != 2 or x.shape[1] != n:
        raise SolverInputError("shares.shape", shape=x.shape, players=n)
    inside: Booleans = (x > 0.0) & (x < 1.0)
    if not inside.all():
        raise SolverInputError("starts.inside", value=float(x[~inside][0]))
    pace = np.ones(n) if speeds is None else np.asarray(speeds, dtype=np.float64)
    if not ((pace > 0.0) & np.isfinite(pace)).all():
        raise SolverInputError("speeds.range", value=float(pace[~((pace > 0.0) & np.isfinite(pace))][0]))
    widths = {tuple(p): capture_width(advantages, tuple(p)) for p in np.ndindex((2,) * n)}
    targets = tuple(profile for profile, width in widths.items() if width > 0.0)
    reach = np.array([np.log1p(-widths[p]) - np.log(widths[p]) for p in targets], dtype=np.float64)
    unit = float((np.abs(corner_values(advantages)).max(axis=1) * pace).max()) or 1.0
    z = np.log(x) - np.log1p(-x)
    outcome, time = np.empty(len(x), np.int64), np.empty(len(x))
    wanted = np.array(targets, dtype=np.int64).reshape(len(targets), n)
    follow_all(
        corner_values(advantages) / unit, pace, z, wanted, reach, horizon, most_steps, tolerance, outcome, time
    )  # fmt: skip
    odds = np.exp(-np.abs(z))
    return Ends(targets, outcome, time / unit, np.where(z >= 0.0, 1.0, odds) / (1.0 + odds))
