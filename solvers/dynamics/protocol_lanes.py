"""Paths of two-strategy games under any protocol but best response, many in lockstep, to their ends.

The lockstep of ``lanes`` with the fields of ``field_in_lanes``: each lane has its own time, step size and error
control, and the result of a path does not depend on its neighbours. A path ends when a strict equilibrium captures
it (with proof; only protocols for which the proof holds are given targets), when nothing moves, or when its time or
its number of steps is spent.
"""

from __future__ import annotations

import numba
import numpy as np

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.dynamics.field_in_lanes import field_in_lanes, uses_log_odds
from solvers.dynamics.motion import Motion
from solvers.dynamics.sigmoid_in_lanes import LANES
from solvers.dynamics.steps import (
    ERROR_FIFTH,
    ERROR_THIRD,
    FIRST,
    NODES,
    STAGES,
    UNSETTLED,
    WEIGHTS,
    step_factor,
)
from solvers.dynamics.turns_in_lanes import choose_sides, first_turn, has_turns, take_turns

RESTING, SPENT = -2, -3
"""Outcomes besides the targets and ``UNSETTLED`` (the time is up): nothing moves; the steps are used up."""
REST = 1e-9
"""Largest velocity of a share at rest, as a part of the pace of its population."""
DRIVEN_BACK = 1e-6
"""Largest growth rate of a rare strategy at rest, likewise."""
NEAR_REST = 1e-4
CALM = 2.5
"""Near rest a step times the local rate of change stays below this, well inside the method's stability."""


def _combined(weights: Floats, slopes: Floats, count: int, start: Floats, h: Floats, out: Floats) -> None:
    """Write start + h times the weighted sum of the first slopes; four at a time, since memory is what this costs."""
    chosen, held, first = np.zeros(4, np.int64), 0, True
    for r in range(count + 1):
        if r < count and weights[r] != 0.0:
            chosen[held] = r
            held += 1
        if held < 4 and r < count:
            continue
        for k in range(held, 4):
            chosen[k] = 0  # any slope with weight 0
        p, q, u, v = chosen[0], chosen[1], chosen[2], chosen[3]
        a, b = weights[p] if held > 0 else 0.0, weights[q] if held > 1 else 0.0
        g, d = weights[u] if held > 2 else 0.0, weights[v] if held > 3 else 0.0
        for i in range(out.shape[0]):
            if first:
                for c in range(LANES):
                    total = (a * slopes[p, i, c] + b * slopes[q, i, c]) + (g * slopes[u, i, c] + d * slopes[v, i, c])
                    out[i, c] = start[i, c] + h[c] * total
            else:
                for c in range(LANES):
                    total = (a * slopes[p, i, c] + b * slopes[q, i, c]) + (g * slopes[u, i, c] + d * slopes[v, i, c])
                    out[i, c] += h[c] * total
        held, first = 0, False


combined = kernel(_combined)


def _try_in_lanes(motion: Motion, state: Floats, side: Floats, h: Floats, slopes: Floats, new: Floats, error: Floats,
                  third: Floats, tolerance: float, gain: Floats, high: Floats, low: Floats, share: Floats,
                  work: Floats, power: Floats, bits: Integers) -> None:  # fmt: skip
    """One step in every lane from the state to ``new`` and its error over the tolerance.

    ``high`` and ``low`` get the extremes of the gains over the stages where the velocity has turns.
    """
    n, turns = motion.sizes.shape[0], has_turns(motion.code)
    for s in range(1, STAGES + 1):
        combined(NODES[s] if s < STAGES else WEIGHTS, slopes, s, state, h, new)
        field_in_lanes(motion, new, side, slopes[s], gain, share, work, power, bits)
        if turns:
            for i in range(n):
                for c in range(LANES):
                    high[i, c] = max(high[i, c], gain[i, c]) if s > 1 else gain[i, c]
                    low[i, c] = min(low[i, c], gain[i, c]) if s > 1 else gain[i, c]
    # The step goes in before squares are taken: a velocity of 1e300 is a short step, not an overflow.
    share[:], work[:n] = 0.0, 0.0
    combined(ERROR_FIFTH, slopes, STAGES + 1, share, h, power)
    combined(ERROR_THIRD, slopes, STAGES + 1, share, h, work[:n])
    for c in range(LANES):
        error[c] = 0.0
        third[c] = 0.0
    for i in range(n):
        for c in range(LANES):
            scale = 1.0 / (tolerance * max(1.0, abs(state[i, c]), abs(new[i, c])))
            error[c] += (power[i, c] * scale) * (power[i, c] * scale)
            third[c] += (work[i, c] * scale) * (work[i, c] * scale)
    for c in range(LANES):
        both = error[c] + 0.01 * third[c]
        error[c] = error[c] / np.sqrt(both * n) if both > 0.0 else both


try_in_lanes = kernel(_try_in_lanes)


def _lane_captured(state: Floats, lane: int, middle: float, targets: Integers, reach: Floats) -> int:
    """Number of the target whose proved box holds the lane's point, or ``UNSETTLED``."""
    for k in range(targets.shape[0]):
        inside = True
        for i in range(targets.shape[1]):
            towards = state[i, lane] - middle
            if (towards if targets[k, i] == 1 else -towards) < reach[k]:
                inside = False
                break
        if inside:
            return k
    return UNSETTLED


lane_captured = kernel(_lane_captured)


def _put_inside(new: Floats, lane: int, n: int, tolerance: float) -> float:
    """Put shares that the error of a step carried over the border back on it; returns by how many tolerances."""
    farthest = 0.0
    for i in range(n):
        farthest = max(farthest, -new[i, lane], new[i, lane] - 1.0)
    if farthest <= tolerance:
        for i in range(n):
            new[i, lane] = min(1.0, max(0.0, new[i, lane]))
    return farthest / tolerance


put_inside = kernel(_put_inside)


def _largest_motion(motion: Motion, state: Floats, slope: Floats, lane: int) -> tuple[float, float]:
    """Largest velocity of the lane's state, and of its shares unless a rare strategy grows (then the same)."""
    fastest, rest = 0.0, 0.0
    in_log_odds = uses_log_odds(motion.code)
    for i in range(motion.sizes.shape[0]):
        if slope[i, lane] == 0.0:
            continue
        own = abs(slope[i, lane]) / motion.pace[i]
        fastest = max(fastest, own)
        if in_log_odds:
            odds = np.exp(-abs(state[i, lane]))
            back = -slope[i, lane] if state[i, lane] >= 0.0 else slope[i, lane]
            if back <= DRIVEN_BACK * motion.pace[i] or odds == 0.0:
                own *= odds / (1.0 + odds) ** 2
        rest = max(rest, own)
    return fastest, rest


largest_motion = kernel(_largest_motion)


def _calm_step(state: Floats, new: Floats, old_slope: Floats, slope: Floats, lane: int, n: int) -> float:
    """Longest step at which the method damps what it passes near a rest point."""
    moved, changed = 0.0, 0.0
    for i in range(n):
        moved = max(moved, abs(new[i, lane] - state[i, lane]))
        changed = max(changed, abs(slope[i, lane] - old_slope[i, lane]))
    return float(CALM * moved / changed) if changed > 0.0 else np.inf


calm_step = kernel(_calm_step)


def _follow_protocol(motion: Motion, paths: Floats, targets: Integers, reach: Floats, horizon: float,
                     most_steps: int, tolerance: float, outcome: Integers, time: Floats) -> None:  # fmt: skip
    """Follow paths, in place, until each has ended."""
    count, n = paths.shape
    turns, in_log_odds = has_turns(motion.code), uses_log_odds(motion.code)
    middle = 0.0 if in_log_odds else 0.5
    slopes, room = np.zeros((STAGES + 1, n, LANES)), np.zeros((9, n, LANES))
    state, new, share, power, gain = room[0], room[1], room[2], room[3], room[4]
    before, high, low, side = room[5], room[6], room[7], room[8]
    bits = power.view(np.int64)
    cells = n
    for i in range(n):
        cells = max(cells, (motion.places[i + 1] - motion.places[i]) // 2)
    work = np.zeros((cells, LANES))
    h, error, third, t, usual = np.zeros(LANES), np.zeros(LANES), np.zeros(LANES), np.zeros(LANES), np.zeros(LANES)
    path, steps, fresh = np.full(LANES, -1), np.zeros(LANES, np.int64), np.ones(LANES, np.bool_)
    waiting, alive, refill = 0, 0, True
    state[:] = middle
    while True:
        if refill:
            for lane in range(LANES):
                if fresh[lane] and waiting < count:
                    path[lane], steps[lane], t[lane], usual[lane] = waiting, 0, 0.0, 0.0
                    for i in range(n):
                        state[i, lane] = paths[waiting, i]
                        side[i, lane] = 1.0
                    waiting += 1
                    alive += 1
            if alive == 0:
                return
            field_in_lanes(motion, state, side, slopes[0], before, share, work, power, bits)
            refill = False
            for lane in range(LANES):
                if not fresh[lane] or path[lane] < 0:
                    continue
                if turns:
                    choose_sides(motion, state, before, side, slopes[0], lane)
                fastest, rest = largest_motion(motion, state, slopes[0], lane)
                found = lane_captured(state, lane, middle, targets, reach)
                if found != UNSETTLED or rest <= REST:  # it has ended where it starts; the lane takes another
                    p = path[lane]
                    outcome[p], time[p] = found if found != UNSETTLED else RESTING, 0.0
                    path[lane], refill = -1, True
                    alive -= 1
                    continue
                fresh[lane] = False
                fastest = 0.0
                for i in range(n):
                    fastest = max(fastest, abs(slopes[0, i, lane]))
                h[lane] = FIRST / fastest
            if refill:
                continue
        for lane in range(LANES):
            h[lane] = min(h[lane], horizon - t[lane]) if path[lane] >= 0 else 0.0
        try_in_lanes(motion, state, side, h, slopes, new, error, third, tolerance, gain, high, low, share, work,
                     power, bits)  # fmt: skip
        for lane in range(LANES):
            third[lane] = 1.0  # from here on: how much longer the next step may be
            if path[lane] < 0:
                continue
            steps[lane] += 1
            found = UNSETTLED
            if error[lane] <= 1.0 and turns:
                part = first_turn(motion, state, new, side, before, gain, high, low, slopes, h[lane], lane)
                if part < 1.0:
                    usual[lane] = max(usual[lane], h[lane])
                    error[lane] = np.inf
                    third[lane] = part
            if error[lane] <= 1.0 and not in_log_odds:
                error[lane] = max(error[lane], put_inside(new, lane, n, tolerance))
            if error[lane] <= 1.0 and turns:
                take_turns(motion, new, gain, side, slopes[STAGES], lane)
            if third[lane] == 1.0:
                third[lane] = step_factor(error[lane])
            if error[lane] <= 1.0:
                t[lane] += h[lane]
                found = lane_captured(new, lane, middle, targets, reach)
                fastest, rest = largest_motion(motion, new, slopes[STAGES], lane)
                if found == UNSETTLED and rest <= REST:
                    found = RESTING
                longest = calm_step(state, new, slopes[0], slopes[STAGES], lane, n) if fastest <= NEAR_REST else np.inf
                h[lane] = min(max(h[lane] * third[lane], usual[lane]), longest)
                usual[lane] = 0.0
            else:
                h[lane] *= third[lane]
            if found == UNSETTLED and steps[lane] >= most_steps and t[lane] < horizon:
                found = SPENT
            if found != UNSETTLED or t[lane] >= horizon:
                p = path[lane]
                outcome[p], time[p] = found, t[lane]
                path[lane], fresh[lane], refill = -1, True, True
                alive -= 1
                for i in range(n):
                    paths[p, i] = new[i, lane] if error[lane] <= 1.0 else state[i, lane]
        for i in range(n):
            for lane in range(LANES):
                state[i, lane] = new[i, lane] if error[lane] <= 1.0 else state[i, lane]
                slopes[0, i, lane] = slopes[STAGES, i, lane] if error[lane] <= 1.0 else slopes[0, i, lane]
                before[i, lane] = gain[i, lane] if error[lane] <= 1.0 else before[i, lane]


follow_protocol = kernel(_follow_protocol)


def _follow_protocol_all(motion: Motion, paths: Floats, targets: Integers, reach: Floats, horizon: float,
                         most_steps: int, tolerance: float, chunk: int, outcome: Integers,
                         time: Floats) -> None:  # fmt: skip
    """Follow all paths, ``chunk`` of them per thread at a time: many times the lanes, so that they stay filled."""
    for k in numba.prange((paths.shape[0] + chunk - 1) // chunk):
        a, b = k * chunk, min((k + 1) * chunk, paths.shape[0])
        follow_protocol(motion, paths[a:b], targets, reach, horizon, most_steps, tolerance, outcome[a:b], time[a:b])


follow_protocol_all = kernel(_follow_protocol_all, parallel=True)
