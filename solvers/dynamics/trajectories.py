"""Replicator paths recorded at given times, all starts at once, on all cores.

Steps are as long as the error allows; between their ends the path is read from the interpolant of order 7. Capture
plays no part: a recorded path is followed to the last time asked for.
"""

from __future__ import annotations

import numba
import numpy as np

from solvers.arrays import Advantages, Floats, Shares
from solvers.compiled import kernel
from solvers.dynamics.problem import from_log_odds, log_odds, replicator
from solvers.dynamics.steps import (
    EXTRA_STAGES,
    STAGES,
    TERMS,
    between,
    first_step,
    interpolant,
    step_factor,
    try_step,
    velocity,
)
from solvers.dynamics.times import checked_times
from solvers.errors import SolverInputError


def _record(tables: Floats, z: Floats, times: Floats, most_steps: int, tolerance: float, out: Floats) -> float:
    """Follow one path, in place, and write its log-odds at the times; returns how far it came."""
    n = z.shape[0]
    slopes, terms = np.zeros((STAGES + 1 + EXTRA_STAGES, n)), np.zeros((TERMS, n))
    new, share, work = np.zeros(n), np.zeros(n), np.zeros(tables.shape[1])
    velocity(tables, z, slopes[0], work, share)
    h, t, written = first_step(slopes[0]), 0.0, 0
    last = times[times.shape[0] - 1]
    while written < times.shape[0] and times[written] <= 0.0:
        out[written] = z
        written += 1
    for _ in range(most_steps):
        if written == times.shape[0]:
            return float(last)
        h = min(h, last - t)
        error = try_step(tables, z, h, slopes, new, work, share, tolerance)
        if error <= 1.0:
            end = last if h == last - t else t + h
            if times[written] < end:
                interpolant(tables, z, new, h, slopes, share, work, out[written], terms)
            while written < times.shape[0] and times[written] <= end:
                if times[written] < end:
                    between(z, terms, (times[written] - t) / h, out[written])
                else:
                    out[written] = new
                written += 1
            t = end
            for i in range(n):
                z[i] = new[i]
                slopes[0, i] = slopes[STAGES, i]
        h *= step_factor(error)
    return float(last if written == times.shape[0] else t)


record = kernel(_record)


def _record_all(tables: Floats, z: Floats, times: Floats, most_steps: int, tolerance: float, out: Floats,
                reached: Floats) -> None:  # fmt: skip
    for p in numba.prange(z.shape[0]):
        reached[p] = record(tables, z[p], times, most_steps, tolerance, out[p])


record_all = kernel(_record_all, parallel=True)


def _fixed_steps(tables: Floats, z: Floats, h: float, steps: int) -> None:
    """Follow one path, in place, by steps of equal length; the error is not looked at."""
    n = z.shape[0]
    slopes, new = np.zeros((STAGES + 1, n)), np.zeros(n)
    share, work = np.zeros(n), np.zeros(tables.shape[1])
    velocity(tables, z, slopes[0], work, share)
    for _ in range(steps):
        try_step(tables, z, h, slopes, new, work, share, 1.0)
        for i in range(n):
            z[i] = new[i]
            slopes[0, i] = slopes[STAGES, i]


fixed_steps = kernel(_fixed_steps)


def trajectories(
    advantages: Advantages,
    starts: Shares,
    times: Floats,
    *,
    speeds: Floats | None = None,
    most_steps: int = 2_000_000,
    tolerance: float = 1e-9,
) -> Shares:
    """Shares along replicator paths.

    Parameters
    ----------
    advantages : shape (n, 2, ..., 2), payoff of index 1 minus index 0 at the pure profiles
    starts : shape (paths, n), inside (0, 1)
    times : shape (times,), increasing from 0 or later, in the time unit of the advantages
    speeds : shape (n,), positive; default 1
    most_steps : steps per path after which the request is refused
    tolerance : error per step in log-odds, relative to max(1, |z|)

    Returns
    -------
    shape (paths, times, n), within [0, 1]

    Raises
    ------
    SolverInputError
        If a start lies on or outside the border, a speed is not positive, the times do not increase, or the last
        one cannot be reached in ``most_steps``.

    Examples
    --------
    A constant advantage of 0.5 multiplies the odds by exp(0.5 t):

    >>> from solvers.expected import payoff_advantages
    >>> path = trajectories(payoff_advantages(np.array([[0.0, 0.5]])), np.array([[0.5]]), np.array([0.0, 4.0]))
    >>> path[0, :, 0].round(6).tolist(), round(float(1 / (1 + np.exp(-2.0))), 6)
    ([0.5, 0.880797], 0.880797)
    """
    n = advantages.ndim - 1
    moments = checked_times(times)
    z = log_odds(starts, n)
    game = replicator(advantages, speeds)
    out, reached = np.empty((len(z), moments.size, n)), np.empty(len(z))
    scaled = moments * game.unit
    record_all(game.tables, z, scaled, most_steps, tolerance, out, reached)
    short = reached < scaled[-1]
    if short.any():
        far = float(reached[short].min()) / game.unit
        raise SolverInputError("times.steps", steps=most_steps, time=float(moments[-1]), reached=far)
    return from_log_odds(out)


def end_after_fixed_steps(advantages: Advantages, start: Floats, *, duration: float, steps: int) -> Floats:
    """Shares after a number of equal steps, without error control: to measure the order of the method.

    Parameters
    ----------
    start : shape (n,), inside (0, 1)
    duration : in the time unit of the advantages

    Examples
    --------
    >>> from solvers.expected import payoff_advantages
    >>> game = payoff_advantages(np.array([[0.0, 0.5]]))
    >>> end_after_fixed_steps(game, np.array([0.5]), duration=4.0, steps=3).round(6).tolist()
    [0.880797]
    """
    z = log_odds(np.asarray(start, dtype=np.float64)[None], advantages.ndim - 1)
    game = replicator(advantages)
    fixed_steps(game.tables, z[0], duration * game.unit / steps, steps)
    return from_log_odds(z[0])
