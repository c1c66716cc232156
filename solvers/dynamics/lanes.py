"""The replicator equation for many starts in lockstep: one path per lane, so that the processor's vector units work.

Each lane has its own time, step size and error control; a lane whose path is captured or given up takes the next
start. The result of a path does not depend on its neighbours, to the last bit. The method is that of ``steps``.

Arrays of the lanes are flat: element ``i * LANES + l`` belongs to population i in lane l. All inner loops run over
the lanes with a fixed count and no branch, which is the form compilers turn into vector instructions.
"""

from __future__ import annotations

import math
from decimal import Decimal

import numba
import numpy as np

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.dynamics.steps import (
    ERROR_FIFTH,
    ERROR_THIRD,
    FIRST,
    NODES,
    STAGES,
    UNSETTLED,
    WEIGHTS,
    captured,
    step_factor,
)

LANES = 64

_LOG2_E = 1.0 / math.log(2.0)
_LN2_HIGH = math.floor(math.log(2.0) * 2.0**20) / 2.0**20  # the first bits of log 2: small multiples are exact
_LN2_LOW = float(Decimal(2).ln() - Decimal(_LN2_HIGH))  # the rest of it
_TO_WHOLE = 1.5 * 2.0**52  # adding this rounds to a whole number, which then stands in the lowest bits
_FARTHEST = 700.0  # exp(-700) is still a normal number; log-odds beyond it make no difference to any payoff
_T2, _T3, _T4, _T5, _T6, _T7 = (1.0 / math.factorial(k) for k in range(2, 8))
_T8, _T9, _T10, _T11, _T12, _T13 = (1.0 / math.factorial(k) for k in range(8, 14))


def _shares_in_lanes(z: Floats, share: Floats, power: Floats, bits: Integers) -> None:
    """Write the shares at log-odds z; ``bits`` is the memory of ``power`` seen as whole numbers.

    The library's exponential is one call per number; this one, a Taylor polynomial on [-log(2)/2, log(2)/2] scaled by
    a power of two, is right to a few units in the last place and runs in vectors.
    """
    for c in range(z.shape[0]):
        power[c] = -min(abs(z[c]), _FARTHEST) * _LOG2_E + _TO_WHOLE
    for c in range(z.shape[0]):
        whole = power[c] - _TO_WHOLE
        r = (-min(abs(z[c]), _FARTHEST) - whole * _LN2_HIGH) - whole * _LN2_LOW
        high = _T8 + r * (_T9 + r * (_T10 + r * (_T11 + r * (_T12 + r * _T13))))
        share[c] = 1.0 + r * (1.0 + r * (_T2 + r * (_T3 + r * (_T4 + r * (_T5 + r * (_T6 + r * (_T7 + r * high)))))))
    for c in range(z.shape[0]):
        bits[c] = (bits[c] << 52) + (1023 << 52)
    for c in range(z.shape[0]):
        odds = share[c] * power[c]
        share[c] = (1.0 if z[c] >= 0.0 else odds) / (1.0 + odds)


shares_in_lanes = kernel(_shares_in_lanes)


def _velocity_in_lanes(tables: Floats, z: Floats, out: Floats, share: Floats, work: Floats, power: Floats,
                       bits: Integers) -> None:  # fmt: skip
    """Write the velocity in log-odds at z for every lane; ``tables`` as in ``problem``."""
    shares_in_lanes(z, share, power, bits)
    n, half = tables.shape[0], tables.shape[1] >> 1
    for i in range(n):
        if half == 0:  # one population alone: its advantage is constant
            for c in range(LANES):
                out[c] = tables[0, 0]
            continue
        other = n - 1 if i < n - 1 else n - 2
        x = share[other * LANES : (other + 1) * LANES]
        for k in range(half):
            low, gain = tables[i, k], tables[i, k + half] - tables[i, k]
            cell = work[k * LANES : (k + 1) * LANES]
            for c in range(LANES):
                cell[c] = low + x[c] * gain
        size = half
        while size > 1:
            size >>= 1
            other -= 2 if other - 1 == i else 1
            x = share[other * LANES : (other + 1) * LANES]
            for k in range(size):
                lower, upper = work[k * LANES : (k + 1) * LANES], work[(k + size) * LANES : (k + size + 1) * LANES]
                for c in range(LANES):
                    lower[c] += x[c] * (upper[c] - lower[c])
        for c in range(LANES):
            out[i * LANES + c] = work[c]


velocity_in_lanes = kernel(_velocity_in_lanes)


def _try_step_in_lanes(tables: Floats, z: Floats, h: Floats, slopes: Floats, new: Floats, error: Floats,
                       third: Floats, tolerance: float, share: Floats, work: Floats, power: Floats,
                       bits: Integers) -> None:  # fmt: skip
    """One step in every lane from z to ``new`` and its error over the tolerance; as ``steps.try_step``."""
    n, size = tables.shape[0], z.shape[0]
    for s in range(1, STAGES + 1):
        for c in range(size):
            new[c] = 0.0
        for r in range(s):
            weight = NODES[s, r] if s < STAGES else WEIGHTS[r]
            if weight != 0.0:
                slope = slopes[r]
                for c in range(size):
                    new[c] += weight * slope[c]
        for i in range(n):
            point, start = new[i * LANES : (i + 1) * LANES], z[i * LANES : (i + 1) * LANES]
            for c in range(LANES):
                point[c] = start[c] + h[c] * point[c]
        velocity_in_lanes(tables, new, slopes[s], share, work, power, bits)
    for c in range(LANES):
        error[c] = 0.0
        third[c] = 0.0
    for i in range(n):
        five, three = work[:LANES], power[:LANES]
        for c in range(LANES):
            five[c] = 0.0
            three[c] = 0.0
        for s in range(STAGES + 1):
            slope = slopes[s, i * LANES : (i + 1) * LANES]
            for c in range(LANES):
                five[c] += ERROR_FIFTH[s] * slope[c]
                three[c] += ERROR_THIRD[s] * slope[c]
        point, start = new[i * LANES : (i + 1) * LANES], z[i * LANES : (i + 1) * LANES]
        for c in range(LANES):
            scale = 1.0 / (tolerance * max(1.0, abs(start[c]), abs(point[c])))
            error[c] += (five[c] * scale) * (five[c] * scale)
            third[c] += (three[c] * scale) * (three[c] * scale)
    for c in range(LANES):
        both = error[c] + 0.01 * third[c]
        error[c] = abs(h[c]) * error[c] / np.sqrt(both * n) if both > 0.0 else 0.0


try_step_in_lanes = kernel(_try_step_in_lanes)


def _next_start(outcome: Integers, place: int) -> int:
    """First start from ``place`` on that is not captured where it stands."""
    while place < outcome.shape[0] and outcome[place] != UNSETTLED:
        place += 1
    return place


next_start = kernel(_next_start)


def _follow_in_lanes(tables: Floats, paths: Floats, targets: Integers, reach: Floats, horizon: float, most_steps: int,
                     tolerance: float, outcome: Integers, time: Floats) -> None:  # fmt: skip
    """Follow paths, in place, until each is captured or its horizon or number of steps is spent."""
    count, n = paths.shape
    size = n * LANES
    slopes = np.zeros((STAGES + 1, size))
    z, new, share, power = np.zeros(size), np.zeros(size), np.zeros(size), np.zeros(size)
    bits = power.view(np.int64)
    work = np.zeros(tables.shape[1] * LANES)
    h, error, third, t, point = np.zeros(LANES), np.zeros(LANES), np.zeros(LANES), np.zeros(LANES), np.zeros(n)
    path, steps, fresh = np.full(LANES, -1), np.zeros(LANES, np.int64), np.zeros(LANES, np.bool_)
    for p in range(count):
        outcome[p] = captured(paths[p], targets, reach)
        time[p] = 0.0
    waiting = next_start(outcome, 0)
    alive = 0
    for lane in range(LANES):
        fresh[lane] = True  # an empty lane takes the next start below, as one whose path has ended does
    refill = True
    while True:
        if refill:
            for lane in range(LANES):
                if fresh[lane] and waiting < count:
                    path[lane], steps[lane], t[lane] = waiting, 0, 0.0
                    for i in range(n):
                        z[i * LANES + lane] = paths[waiting, i]
                    waiting = next_start(outcome, waiting + 1)
                    alive += 1
            if alive == 0:
                return
            velocity_in_lanes(tables, z, slopes[0], share, work, power, bits)
            for lane in range(LANES):
                if fresh[lane]:
                    fresh[lane] = False
                    fastest = 0.0
                    for i in range(n):
                        fastest = max(fastest, abs(slopes[0, i * LANES + lane]))
                    h[lane] = FIRST / fastest if fastest > 0.0 and path[lane] >= 0 else 1.0
            refill = False
        for lane in range(LANES):
            h[lane] = min(h[lane], horizon - t[lane]) if path[lane] >= 0 else 0.0
        try_step_in_lanes(tables, z, h, slopes, new, error, third, tolerance, share, work, power, bits)
        for i in range(n):
            for lane in range(LANES):
                c = i * LANES + lane
                z[c] = new[c] if error[lane] <= 1.0 else z[c]
                slopes[0, c] = slopes[STAGES, c] if error[lane] <= 1.0 else slopes[0, c]
        for lane in range(LANES):
            if path[lane] < 0:
                continue
            steps[lane] += 1
            found = UNSETTLED
            if error[lane] <= 1.0:
                t[lane] += h[lane]
                for i in range(n):
                    point[i] = z[i * LANES + lane]
                found = captured(point, targets, reach)
            h[lane] *= step_factor(error[lane])
            if found != UNSETTLED or t[lane] >= horizon or steps[lane] >= most_steps:
                p = path[lane]
                outcome[p], time[p] = found, t[lane]
                for i in range(n):
                    paths[p, i] = z[i * LANES + lane]
                path[lane], fresh[lane], refill = -1, True, True
                alive -= 1


follow_in_lanes = kernel(_follow_in_lanes)


def _follow_all(tables: Floats, paths: Floats, targets: Integers, reach: Floats, horizon: float, most_steps: int,
                tolerance: float, chunk: int, outcome: Integers, time: Floats) -> None:  # fmt: skip
    """Follow all paths, ``chunk`` of them per thread at a time: many times the lanes, so that they stay filled."""
    for k in numba.prange((paths.shape[0] + chunk - 1) // chunk):
        a, b = k * chunk, min((k + 1) * chunk, paths.shape[0])
        follow_in_lanes(tables, paths[a:b], targets, reach, horizon, most_steps, tolerance, outcome[a:b], time[a:b])


follow_all = kernel(_follow_all, parallel=True)
