"""Events within a step of a path under any protocol: a share peaks, another strategy becomes the most frequent.

All are found on the interpolant of an accepted step, and go into the records that ``returns`` reads. A point is near
the pure profile of each population's most frequent strategy; profiles are numbered with the last population first.
"""

from __future__ import annotations

import numpy as np

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.dynamics.field import share_velocity_at, shares_of
from solvers.dynamics.motion import Motion
from solvers.dynamics.protocol_steps import Room, velocity_at
from solvers.dynamics.returns import growing_cycle, period, room
from solvers.dynamics.steps import between

_HALVINGS = 60
_PEAK_STEPS = 12


def _leader(state: Floats, first: int, last: int) -> int:
    """Most frequent strategy of one population, flat; the first of several."""
    best = first
    for k in range(first + 1, last):
        if state[k] > state[best]:
            best = k
    return best


leader = kernel(_leader)


def _depth(motion: Motion, state: Floats) -> float:
    """Log-odds of the most frequent strategy, in the population where they are least; the state is in logarithms."""
    least = np.inf
    for i in range(motion.sizes.shape[0]):
        first, last = motion.offsets[i], motion.offsets[i + 1]
        best = leader(state, first, last)
        others = 0.0
        for k in range(first, last):
            if k != best:
                others += np.exp(state[k] - state[best])
        if others > 0.0:
            least = min(least, -np.log(others))
    return float(least)


depth = kernel(_depth)


def _change_part(motion: Motion, state: Floats, i: int, before: int, path: Room) -> float:
    """Part of the step at which the leading strategy of a population changes."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        between(state, path.terms, middle, path.point)
        if leader(path.point, motion.offsets[i], motion.offsets[i + 1]) == before:
            low = middle
        else:
            high = middle
    return high


change_part = kernel(_change_part)


def _add_visits(motion: Motion, state: Floats, start: float, h: float, deep: float, visits: Floats, kept: int,
                parts: Floats, settled: float, path: Room) -> tuple[int, float, int, float]:  # fmt: skip
    """Record every change of the nearest pure profile within the step, in order of time.

    Returns how many visits are kept, how deep the path came since the last, and the length and the ratio of a
    growing cycle or zeros.
    """
    n, offsets = motion.sizes.shape[0], motion.offsets
    leaders = np.zeros(n, np.int64)
    for i in range(n):
        leaders[i] = leader(state, offsets[i], offsets[i + 1])
        changed = leader(path.new, offsets[i], offsets[i + 1]) != leaders[i]
        parts[i] = change_part(motion, state, i, leaders[i], path) if changed else 2.0
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
        leaders[first] = leader(path.new, offsets[first], offsets[first + 1])
        code, step = 0, 1
        for i in range(n):
            code += step * (leaders[i] - offsets[i])
            step *= motion.sizes[i]
        row = room(visits, kept)
        visits[row, 0], visits[row, 1], visits[row, 2] = code, start + parts[first] * h, 0.0
        kept = row + 1
        parts[first] = 2.0
        length, ratio = growing_cycle(visits, kept, settled)
        if length > 0:
            return kept, deep, length, ratio
    return kept, deep, 0, 0.0


add_visits = kernel(_add_visits)


def _growth(motion: Motion, state: Floats, slope: Floats, path: Room, out: Floats) -> None:
    """Write the velocities of the shares at a state whose velocity is known."""
    for i in range(motion.sizes.shape[0]):
        shares_of(motion.code, state, motion.offsets[i], motion.offsets[i + 1], path.share)
    share_velocity_at(motion, slope, path.share, out)


growth = kernel(_growth)


def _growth_within(motion: Motion, state: Floats, part: float, k: int, path: Room, out: Floats) -> float:
    """Velocity of one share within the step."""
    between(state, path.terms, part, path.point)
    velocity_at(motion, path.point, path.out, path)
    share_velocity_at(motion, path.out, path.share, out)
    return float(out[k])


growth_within = kernel(_growth_within)


def _add_peaks(motion: Motion, state: Floats, start: float, h: float, before: Floats, after: Floats, peaks: Floats,
               kept: int, path: Room, out: Floats) -> tuple[int, float]:  # fmt: skip
    """Record every share that peaks within the step (Illinois method); returns how many are kept, and a period or 0."""
    for k in range(before.shape[0]):
        if not (before[k] > 0.0 >= after[k]):
            continue
        low, high, f, g, side, part = 0.0, 1.0, before[k], after[k], 0, 1.0
        for _ in range(_PEAK_STEPS):
            part = low + (high - low) * f / (f - g)
            value = growth_within(motion, state, part, k, path, out)
            if value > 0.0:
                low, f = part, value
                g *= 0.5 if side == 1 else 1.0
                side = 1
            else:
                high, g = part, value
                f *= 0.5 if side == -1 else 1.0
                side = -1
            if abs(value) <= 1e-14 * before[k] or high - low <= 1e-15:
                break
        row = room(peaks, kept)
        peaks[row, 0], peaks[row, 1] = k, start + part * h
        for j in range(before.shape[0]):
            peaks[row, 2 + j] = path.share[j]
        kept = row + 1
        found = period(peaks, kept)
        if found > 0.0:
            return kept, found
    return kept, 0.0


add_peaks = kernel(_add_peaks)


def _least_lead(motion: Motion, share: Floats, goal: Integers) -> float:
    """Smallest share that a population gives its strategy of the goal; 2 if no population has one."""
    least = 2.0
    for i in range(motion.sizes.shape[0]):
        if goal[i] >= 0:
            least = min(least, share[motion.offsets[i] + goal[i]])
    return least


least_lead = kernel(_least_lead)


def _arrival_part(motion: Motion, state: Floats, goal: Integers, level: float, path: Room) -> float:
    """Part of the step at which every population has reached the level of its goal, as it has at the end."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        between(state, path.terms, middle, path.point)
        for i in range(motion.sizes.shape[0]):
            shares_of(motion.code, path.point, motion.offsets[i], motion.offsets[i + 1], path.share)
        if least_lead(motion, path.share, goal) >= level:
            high = middle
        else:
            low = middle
    return high


arrival_part = kernel(_arrival_part)
