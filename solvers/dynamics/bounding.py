"""Where a whole box of starts goes: two paths that bound all paths from the box.

Let l and u be the lower and the upper corner of a box and let each move at the slowest, respectively the fastest,
rate that any point of the moving box allows: in log-odds, dl_i/dt = speed_i * min D_i and du_i/dt = speed_i * max D_i
over the box between l and u. No path from the box ever leaves the moving box: one that touches a side moves, in that
coordinate, no further outwards than the side does. The corners are a system of twice the dimension, and a monotone
one: a wider box stays the wider one. Advantages are
multi-affine and do not depend on the own share, so the extremes over a box are those over its corners. Once the moving
box lies in the proved neighbourhood of a strict equilibrium, every start of the box goes there.

The bounds are computed in floating point: after every step the box is widened by the error that the step may have,
as the error control estimates it. That is no interval arithmetic, so it is called enclosed, not proved.
"""

from __future__ import annotations

import numba
import numpy as np

from solvers.arrays import Floats, Integers, Shares
from solvers.compiled import kernel
from solvers.dynamics.problem import Replicator, log_odds
from solvers.dynamics.steps import (
    ERROR_FIFTH,
    ERROR_THIRD,
    NODES,
    STAGES,
    UNSETTLED,
    WEIGHTS,
    first_step,
    shares_at,
    step_factor,
)

TOLERANCE = 1e-9
"""Error per step in log-odds, relative to max(1, |z|); the box is widened by as much."""
MOST_STEPS = 200
GUARD = 1e-13
"""Rounding of an advantage, as a part of the largest; its extremes are widened by it."""


def _bounding_velocity(tables: Floats, z: Floats, out: Floats, work: Floats, share: Floats) -> None:
    """Write the velocity of the lower corner z[:n] and of the upper corner z[n:] of the box into ``out``."""
    n = z.shape[0] >> 1
    shares_at(z, share)
    for i in range(n):
        size = tables.shape[1]
        for c in range(size):
            work[c] = tables[i, c]
        bit = 1
        for j in range(n):
            if j == i:
                continue
            below, above = share[j], share[n + j]
            for c in range(size):
                if c & bit == 0:
                    low, gain = work[c], work[c | bit] - work[c]
                    work[c] = low + below * gain
                    work[c | bit] = low + above * gain
            bit <<= 1
        least, most = np.inf, -np.inf
        for c in range(size):
            least, most = min(least, work[c]), max(most, work[c])
        out[i], out[n + i] = least - GUARD, most + GUARD


bounding_velocity = kernel(_bounding_velocity)


def _try_bounding_step(tables: Floats, z: Floats, h: float, slopes: Floats, new: Floats, work: Floats,
                       share: Floats, tolerance: float) -> float:  # fmt: skip
    """One step of the corners from z to ``new``, as ``steps.try_step``; returns the error over the tolerance."""
    size = z.shape[0]
    for s in range(1, STAGES + 1):
        for i in range(size):
            total = 0.0
            for r in range(s):
                total += (NODES[s, r] if s < STAGES else WEIGHTS[r]) * slopes[r, i]
            new[i] = z[i] + h * total
        bounding_velocity(tables, new, slopes[s], work, share)
    fifth, third = 0.0, 0.0
    for i in range(size):
        five, three = 0.0, 0.0
        for s in range(STAGES + 1):
            five += ERROR_FIFTH[s] * slopes[s, i]
            three += ERROR_THIRD[s] * slopes[s, i]
        scale = tolerance * max(1.0, abs(z[i]), abs(new[i]))
        fifth += (five / scale) ** 2
        third += (three / scale) ** 2
    both = (fifth + 0.01 * third) * size
    if both == 0.0:
        return 0.0
    return float(abs(h) * fifth / np.sqrt(both))


try_bounding_step = kernel(_try_bounding_step)


def _holds(z: Floats, targets: Integers, reach: Floats) -> int:
    """Number of the target whose neighbourhood holds the whole box, or ``UNSETTLED``."""
    n = targets.shape[1]
    for k in range(targets.shape[0]):
        inside = True
        for i in range(n):
            nearest = z[i] if targets[k, i] == 1 else -z[n + i]
            if nearest < reach[k]:
                inside = False
                break
        if inside:
            return k
    return UNSETTLED


holds = kernel(_holds)


def _only_grows(slope: Floats) -> bool:
    """Whether no side of the box moves inwards; then none ever will, since the bounding system is monotone."""
    n = slope.shape[0] >> 1
    for i in range(n):  # noqa: SIM110  # compiled code takes no generators
        if slope[i] > 0.0 or slope[n + i] < 0.0:
            return False
    return True


only_grows = kernel(_only_grows)


def _bounded_end(tables: Floats, z: Floats, targets: Integers, reach: Floats, most_steps: int,
                 tolerance: float) -> int:  # fmt: skip
    """Follow the corners of one box, in place, until a target holds it or it is given up."""
    size = z.shape[0]
    slopes = np.zeros((STAGES + 1, size))
    new, share, work = np.zeros(size), np.zeros(size), np.zeros(tables.shape[1])
    bounding_velocity(tables, z, slopes[0], work, share)
    h = first_step(slopes[0])
    for _ in range(most_steps):
        found = holds(z, targets, reach)
        if found != UNSETTLED or only_grows(slopes[0]):
            return found
        error = try_bounding_step(tables, z, h, slopes, new, work, share, tolerance)
        if error <= 1.0:
            for i in range(size):
                wider = tolerance * max(1.0, abs(new[i]))
                z[i] = new[i] - wider if i < size >> 1 else new[i] + wider
                slopes[0, i] = slopes[STAGES, i]
            bounding_velocity(tables, z, slopes[0], work, share)
        h *= step_factor(error)
    return UNSETTLED


bounded_end = kernel(_bounded_end)


def _bounded_ends(tables: Floats, z: Floats, targets: Integers, reach: Floats, most_steps: int, tolerance: float,
                  found: Integers) -> None:  # fmt: skip
    for p in numba.prange(z.shape[0]):
        found[p] = bounded_end(tables, z[p], targets, reach, most_steps, tolerance)


bounded_ends_of_all = kernel(_bounded_ends, parallel=True)


def bounded_ends(game: Replicator, low: Shares, high: Shares, *, most_steps: int = MOST_STEPS) -> Integers:
    """Strict equilibrium that captures every start of each box, as far as bounding paths show it.

    Parameters
    ----------
    game : from ``solvers.dynamics.problem.replicator``
    low, high : shape (boxes, n), opposite corners inside (0, 1)
    most_steps : steps per box before it is given up

    Returns
    -------
    shape (boxes,), position in ``game.targets``, or ``UNSETTLED`` where it is not shown: the box may be too wide,
    or not all of it goes to one strict equilibrium.

    Examples
    --------
    Above 2/3 in both shares everybody joins the hunt; no box across the border is enclosed:

    >>> from solvers.dynamics.problem import replicator
    >>> from solvers.expected import payoff_advantages
    >>> hunt = replicator(payoff_advantages(np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])))
    >>> low, high = np.array([[0.68, 0.7], [0.6, 0.7]]), np.array([[0.9, 0.99], [0.7, 0.8]])
    >>> bounded_ends(hunt, low, high).tolist(), hunt.targets[1]
    ([1, -1], (1, 1))
    """
    n = game.tables.shape[0]
    z = np.ascontiguousarray(np.concatenate([log_odds(low, n), log_odds(high, n)], axis=1))
    found = np.full(len(z), UNSETTLED)
    if len(z) and game.targets:
        bounded_ends_of_all(game.tables, z, game.target_array, game.reach, most_steps, TOLERANCE, found)
    return found
