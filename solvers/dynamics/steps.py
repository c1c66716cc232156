"""One step of the replicator equation in log-odds, with its error and the path between its ends.

With z = log(x / (1 - x)) the replicator dynamics reads dz/dt = speed * D(x): no share can leave (0, 1), nothing is
clipped, and near a corner the equation is almost linear, so that steps grow there. The method is the explicit
Runge-Kutta pair of order 8(5,3) of Dormand and Prince with its interpolant of order 7 (Hairer, Norsett and Wanner
1993), with SciPy's coefficients; the error is measured in z, relative to max(1, |z|), because z decides when a path
leaves a corner again.
"""

from __future__ import annotations

import numpy as np
from scipy.integrate import DOP853

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel

STAGES = 12
NODES = np.array(DOP853.A, dtype=np.float64)
WEIGHTS = np.array(DOP853.B, dtype=np.float64)
ERROR_FIFTH = np.array(DOP853.E5, dtype=np.float64)
ERROR_THIRD = np.array(DOP853.E3, dtype=np.float64)
EXTRA_NODES = np.array(DOP853.A_EXTRA, dtype=np.float64)
EXTRA_STAGES = 3
SHAPE = np.array(DOP853.D, dtype=np.float64)  # from all slopes of a step to the upper terms of the interpolant
TERMS = 7
SAFETY, SLOWEST, FASTEST = 0.9, 0.2, 8.0
FIRST = 1.0
"""The first step would change no log-odds by more than this; if that is too much, the error control says so."""
UNSETTLED = -1


def _shares_at(z: Floats, share: Floats) -> None:
    """Write the shares at log-odds z; accurate at both ends, and nothing overflows."""
    for i in range(z.shape[0]):
        if z[i] >= 0.0:
            share[i] = 1.0 / (1.0 + np.exp(-z[i]))
        else:
            e = np.exp(z[i])
            share[i] = e / (1.0 + e)


shares_at = kernel(_shares_at)


def _velocity(tables: Floats, z: Floats, out: Floats, work: Floats, share: Floats) -> None:
    """Write speed * D(x(z)) into ``out`` and x(z) into ``share``; ``tables`` as in ``problem``."""
    n = z.shape[0]
    shares_at(z, share)
    for i in range(n):
        # Fold the last other population first.
        size = tables.shape[1]
        for c in range(size):
            work[c] = tables[i, c]
        for j in range(n - 1, -1, -1):
            if j != i:
                size >>= 1
                for c in range(size):
                    work[c] += share[j] * (work[c + size] - work[c])
        out[i] = work[0]


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


def _first_step(slope: Floats) -> float:
    """Length of the first step from the velocity at the start."""
    fastest = 0.0
    for i in range(slope.shape[0]):
        fastest = max(fastest, abs(slope[i]))
    return FIRST / fastest if fastest > 0.0 else 1.0


first_step = kernel(_first_step)


def _try_step(tables: Floats, z: Floats, h: float, slopes: Floats, new: Floats, work: Floats,
              share: Floats, tolerance: float) -> float:  # fmt: skip
    """One step from z to ``new``; ``slopes[0]`` holds the velocity at z. Returns the error over the tolerance."""
    n = z.shape[0]
    for s in range(1, STAGES):
        for i in range(n):
            total = 0.0
            for r in range(s):
                total += NODES[s, r] * slopes[r, i]
            new[i] = z[i] + h * total
        velocity(tables, new, slopes[s], work, share)
    for i in range(n):
        total = 0.0
        for s in range(STAGES):
            total += WEIGHTS[s] * slopes[s, i]
        new[i] = z[i] + h * total
    velocity(tables, new, slopes[STAGES], work, share)
    fifth, third = 0.0, 0.0
    for i in range(n):
        five, three = 0.0, 0.0
        for s in range(STAGES + 1):
            five += ERROR_FIFTH[s] * slopes[s, i]
            three += ERROR_THIRD[s] * slopes[s, i]
        scale = tolerance * max(1.0, abs(z[i]), abs(new[i]))
        fifth += (five / scale) ** 2
        third += (three / scale) ** 2
    both = (fifth + 0.01 * third) * n
    if both == 0.0:  # also where a tiny error underflows
        return 0.0
    return float(abs(h) * fifth / np.sqrt(both))


try_step = kernel(_try_step)


def _step_factor(error: float) -> float:
    """By how much to change the step after an error relative to the tolerance; the largest reduction if it is NaN."""
    if error == 0.0:
        return FASTEST
    if not error < np.inf:
        return SLOWEST
    return float(min(FASTEST, max(SLOWEST, SAFETY / np.sqrt(np.sqrt(np.sqrt(error))))))


step_factor = kernel(_step_factor)


def _interpolant(tables: Floats, z: Floats, new: Floats, h: float, slopes: Floats, point: Floats,
                 work: Floats, share: Floats, terms: Floats) -> None:  # fmt: skip
    """Write the terms of the path within an accepted step from z to ``new``; fills the last rows of ``slopes``."""
    n = z.shape[0]
    for e in range(EXTRA_STAGES):
        s = STAGES + 1 + e
        for i in range(n):
            total = 0.0
            for r in range(s):
                total += EXTRA_NODES[e, r] * slopes[r, i]
            point[i] = z[i] + h * total
        velocity(tables, point, slopes[s], work, share)
    for i in range(n):
        change = new[i] - z[i]
        terms[0, i] = change
        terms[1, i] = h * slopes[0, i] - change
        terms[2, i] = 2.0 * change - h * (slopes[STAGES, i] + slopes[0, i])
        for q in range(SHAPE.shape[0]):
            total = 0.0
            for s in range(SHAPE.shape[1]):
                total += SHAPE[q, s] * slopes[s, i]
            terms[3 + q, i] = h * total


interpolant = kernel(_interpolant)


def _between(z: Floats, terms: Floats, part: float, out: Floats) -> None:
    """Write the point at the given part (0 to 1) of a step that began at z."""
    for i in range(z.shape[0]):
        value = 0.0
        for q in range(TERMS - 1, -1, -1):
            value += terms[q, i]
            value *= part if q % 2 == 0 else 1.0 - part
        out[i] = z[i] + value


between = kernel(_between)
