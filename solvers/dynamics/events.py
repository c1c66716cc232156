"""Events within a step of a path: a share peaks, a share crosses 1/2, all shares have arrived at a goal.

All are found on the interpolant of an accepted step. Peaks and crossings go into the records that ``returns`` reads.
"""

from __future__ import annotations

import numpy as np

from solvers.arrays import Floats
from solvers.compiled import kernel
from solvers.dynamics.returns import growing_cycle, period, room
from solvers.dynamics.steps import STAGES, between, velocity

_HALVINGS = 60
_PEAK_STEPS = 12


def _lead(z: Floats, goal: Floats) -> float:
    """Least log-odds towards the goal over the populations that have one; infinite if none has."""
    least = np.inf
    for i in range(z.shape[0]):
        if goal[i] != 0.0:
            least = min(least, goal[i] * z[i])
    return float(least)


lead = kernel(_lead)


def _arrival_part(z: Floats, terms: Floats, goal: Floats, level: float, point: Floats) -> float:
    """Part of the step at which the lead reaches the level, which it has at the end and not at the beginning."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        between(z, terms, middle, point)
        if lead(point, goal) >= level:
            high = middle
        else:
            low = middle
    return high


arrival_part = kernel(_arrival_part)


def _flip_part(z: Floats, terms: Floats, i: int, point: Floats) -> float:
    """Part of the step at which share i crosses 1/2."""
    low, high = 0.0, 1.0
    above = z[i] >= 0.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        between(z, terms, middle, point)
        if (point[i] >= 0.0) == above:
            low = middle
        else:
            high = middle
    return high


flip_part = kernel(_flip_part)


def _peak_part(tables: Floats, z: Floats, terms: Floats, slopes: Floats, i: int, point: Floats,
               out: Floats, work: Floats, share: Floats) -> float:  # fmt: skip
    """Part of the step at which the growth of share i ends (Illinois method); leaves the shares there in ``share``."""
    low, high = 0.0, 1.0
    f_low, f_high = slopes[0, i], slopes[STAGES, i]
    part, side = 1.0, 0
    for _ in range(_PEAK_STEPS):
        part = low + (high - low) * f_low / (f_low - f_high)
        between(z, terms, part, point)
        velocity(tables, point, out, work, share)
        if out[i] > 0.0:
            low, f_low = part, out[i]
            f_high *= 0.5 if side == 1 else 1.0
            side = 1
        else:
            high, f_high = part, out[i]
            f_low *= 0.5 if side == -1 else 1.0
            side = -1
        if abs(out[i]) <= 1e-14 * slopes[0, i] or high - low <= 1e-15:
            break
    return part


peak_part = kernel(_peak_part)


def _add_peaks(tables: Floats, z: Floats, terms: Floats, slopes: Floats, start: float, h: float,
               peaks: Floats, kept: int, point: Floats, out: Floats, work: Floats,
               share: Floats) -> tuple[int, float]:  # fmt: skip
    """Record every share that peaks within the step; returns how many peaks are kept, and a period or 0."""
    for i in range(z.shape[0]):
        if slopes[0, i] > 0.0 >= slopes[STAGES, i]:
            part = peak_part(tables, z, terms, slopes, i, point, out, work, share)
            row = room(peaks, kept)
            peaks[row, 0], peaks[row, 1] = i, start + part * h
            for j in range(z.shape[0]):
                peaks[row, 2 + j] = share[j]
            kept = row + 1
            found = period(peaks, kept)
            if found > 0.0:
                return kept, found
    return kept, 0.0


add_peaks = kernel(_add_peaks)


def _add_flips(z: Floats, new: Floats, terms: Floats, start: float, h: float, deep: float, visits: Floats, kept: int,
               parts: Floats, point: Floats, settled: float) -> tuple[int, float, int, float]:  # fmt: skip
    """Record every share that crosses 1/2 within the step, in order of time.

    Returns how many visits are kept, how deep the path came since the last, and the length and the ratio of a
    growing cycle or zeros.
    """
    n = z.shape[0]
    code = 0
    for i in range(n):
        if z[i] >= 0.0:
            code |= 1 << i
        parts[i] = flip_part(z, terms, i, point) if (z[i] >= 0.0) != (new[i] >= 0.0) else 2.0
    for _ in range(n):
        first = 0
        for i in range(1, n):
            if parts[i] < parts[first]:
                first = i
        if parts[first] > 1.0:
            break
        if kept > 0:
            visits[kept - 1, 2] = deep
        deep = 0.0
        code ^= 1 << first
        row = room(visits, kept)
        visits[row, 0], visits[row, 1], visits[row, 2] = code, start + parts[first] * h, 0.0
        kept = row + 1
        parts[first] = 2.0
        length, ratio = growing_cycle(visits, kept, settled)
        if length > 0:
            return kept, deep, length, ratio
    return kept, deep, 0, 0.0


add_flips = kernel(_add_flips)


def _decided(z: Floats) -> float:
    """Log-odds of the least decided share."""
    least = np.inf
    for i in range(z.shape[0]):
        least = min(least, abs(z[i]))
    return float(least)


decided = kernel(_decided)


def _something_happens(z: Floats, new: Floats, slopes: Floats) -> bool:
    """Whether a share peaks or crosses 1/2 within the step."""
    for i in range(z.shape[0]):  # noqa: SIM110  # compiled code takes no generators
        if slopes[0, i] > 0.0 >= slopes[STAGES, i] or (z[i] >= 0.0) != (new[i] >= 0.0):
            return True
    return False


something_happens = kernel(_something_happens)
