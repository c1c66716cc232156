"""One step of many paths in lockstep: the stages of the method of ``steps``, its error, and what the step says."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.dynamics.field_in_lanes import field_in_lanes, uses_log_odds
from solvers.dynamics.motion import Motion
from solvers.dynamics.sigmoid_in_lanes import COLUMNS, LANES, row
from solvers.dynamics.steps import ERROR_FIFTH, ERROR_THIRD, FASTEST, NODES, SAFETY, SLOWEST, STAGES, WEIGHTS
from solvers.dynamics.turns_in_lanes import has_turns

DRIVEN_BACK = 1e-6
"""Largest growth rate of a rare strategy at rest, as a part of the pace of its population."""
NEAR_REST = 1e-4
CALM = 2.5
"""Near rest a step times the local rate of change stays below this, well inside the method's stability."""
_GROUP = 4  # slopes that are added up in one pass
_LEAST = 1e-30  # errors below count as this: the step grows by the most there is
_FIFTH, _THIRD = STAGES + 1, STAGES + 2  # rows of the sums below that measure the error


def _sums() -> tuple[Floats, Integers, Integers]:
    """Weights and numbers of the slopes of every sum of a step, without those of weight 0, padded to whole groups."""
    rows = [*(NODES[s] for s in range(STAGES)), WEIGHTS, ERROR_FIFTH, ERROR_THIRD]
    weights, numbers = np.zeros((len(rows), STAGES)), np.zeros((len(rows), STAGES), dtype=np.int64)
    counts = np.zeros(len(rows), dtype=np.int64)
    for place, given in enumerate(rows):
        used = np.flatnonzero(given)
        counts[place] = len(used)
        weights[place, : len(used)], numbers[place, : len(used)] = given[used], used
    return weights, numbers, counts


_WEIGHTS, _NUMBERS, _COUNTS = _sums()


class LaneRoom(NamedTuple):
    """What the lanes of one thread work on.

    The first three groups have a number per population and lane, ``slopes`` also per stage, ``work`` per table cell and
    lane; the last has one per lane.
    """

    slopes: Floats
    state: Floats
    new: Floats
    side: Floats
    before: Floats
    gain: Floats
    high: Floats
    low: Floats

    rate: Floats
    step: Floats
    nothing: Floats

    share: Floats
    work: Floats
    spare: Floats
    power: Floats
    bits: Integers

    h: Floats
    error: Floats
    factor: Floats
    fastest: Floats
    rest: Floats
    longest: Floats
    usual: Floats


def _lane_room(motion: Motion) -> LaneRoom:
    """Arrays for the lanes of one thread."""
    n = motion.sizes.shape[0]
    cells = n
    for i in range(n):
        cells = max(cells, (motion.places[i + 1] - motion.places[i]) // 2)
    wide, lane = np.zeros((13, n * LANES)), np.zeros((7, LANES))
    rate, power = wide[7], wide[12]
    for i in range(n):
        rate[i * LANES : (i + 1) * LANES] = motion.rates[i]
    return LaneRoom(
        np.zeros((STAGES + 1, n * LANES)), wide[0], wide[1], wide[2], wide[3], wide[4], wide[5], wide[6],
        rate, wide[8], wide[9],
        wide[10], np.zeros(cells * LANES), wide[11], power, power.view(np.int64),
        lane[0], lane[1], lane[2], lane[3], lane[4], lane[5], lane[6],
    )  # fmt: skip


lane_room = kernel(_lane_room)


def _combined(sum_: int, slopes: Floats, start: Floats, step: Floats, out: Floats) -> None:
    """Write start + step times a weighted sum of slopes, see ``_sums``; some at a time: memory is what this costs."""
    count, size = _COUNTS[sum_], out.shape[0]
    p, q = _NUMBERS[sum_, 0], _NUMBERS[sum_, 1]
    a, b = _WEIGHTS[sum_, 0], _WEIGHTS[sum_, 1]
    if count <= 2:
        for c in range(size):
            out[c] = start[c] + step[c] * (a * slopes[p, c] + b * slopes[q, c])
        return
    u, v = _NUMBERS[sum_, 2], _NUMBERS[sum_, 3]
    g, d = _WEIGHTS[sum_, 2], _WEIGHTS[sum_, 3]
    for c in range(size):
        total = (a * slopes[p, c] + b * slopes[q, c]) + (g * slopes[u, c] + d * slopes[v, c])
        out[c] = start[c] + step[c] * total
    for r in range(_GROUP, count, _GROUP):
        p, q, u, v = _NUMBERS[sum_, r], _NUMBERS[sum_, r + 1], _NUMBERS[sum_, r + 2], _NUMBERS[sum_, r + 3]
        a, b, g, d = _WEIGHTS[sum_, r], _WEIGHTS[sum_, r + 1], _WEIGHTS[sum_, r + 2], _WEIGHTS[sum_, r + 3]
        for c in range(size):
            total = (a * slopes[p, c] + b * slopes[q, c]) + (g * slopes[u, c] + d * slopes[v, c])
            out[c] += step[c] * total


combined = kernel(_combined, fastmath={"contract"})


def _try_in_lanes(motion: Motion, room: LaneRoom, tolerance: float) -> None:
    """One step in every lane from the state to ``new``, its error over the tolerance, and the factor for the next.

    ``high`` and ``low`` get the extremes of the gains over the stages where the velocity has turns.
    """
    code, tables, places, drifts = motion.code, motion.tables, motion.places, motion.drift
    lengths, strides, multi, rate = motion.lengths, motion.strides, motion.multi, room.rate
    slopes, state, new, side, step, h = room.slopes, room.state, room.new, room.side, room.step, room.h
    gain, high, low, share = room.gain, room.high, room.low, room.share
    work, spare, power, bits = room.work, room.spare, room.power, room.bits
    turns = has_turns(code)
    for i in range(places.shape[0] - 1):
        o = row(i)
        for c in range(COLUMNS):
            step[o + c] = h[c]
    for s in range(1, STAGES + 1):
        combined(s, slopes, state, step, new)
        field_in_lanes(code, tables, places, lengths, strides, multi, drifts, rate, new, side, slopes[s], gain, share,
                       work, spare, power, bits)  # fmt: skip
        if turns:
            extremes(gain, high, low, s == 1)
    # The step goes in before squares are taken: a velocity of 1e300 is a short step, not an overflow.
    combined(_FIFTH, slopes, room.nothing, step, power)
    combined(_THIRD, slopes, room.nothing, step, spare)
    errors_in_lanes(room, tolerance)


def _extremes(gain: Floats, high: Floats, low: Floats, first: bool) -> None:
    """Widen the ranges of the gains."""
    for c in range(gain.shape[0]):
        now, up, down = gain[c], high[c], low[c]
        high[c] = now if first else max(up, now)
        low[c] = now if first else min(down, now)


def _errors_in_lanes(room: LaneRoom, tolerance: float) -> None:
    """Error of a step over the tolerance and factor for the next, from the differences in ``power`` and ``spare``."""
    state, new, error, third, factor = room.state, room.new, room.error, room.longest, room.factor
    fifths, thirds = room.power, room.spare
    n = state.shape[0] // LANES
    for c in range(COLUMNS):
        error[c] = 0.0
        third[c] = 0.0
    for i in range(n):
        o = row(i)
        for c in range(COLUMNS):
            scale = 1.0 / (tolerance * max(max(1.0, abs(state[o + c])), abs(new[o + c])))
            five, three = fifths[o + c] * scale, thirds[o + c] * scale
            error[c] += five * five
            third[c] += three * three
    for c in range(COLUMNS):
        five = error[c]
        both = five + 0.01 * third[c]
        wrong = five / np.sqrt(both * n) if both > 0.0 else both
        error[c] = wrong
        # As ``steps.step_factor``.
        least = wrong if wrong > _LEAST else _LEAST
        wanted = min(FASTEST, max(SLOWEST, SAFETY / np.sqrt(np.sqrt(np.sqrt(least)))))
        factor[c] = wanted if wrong < np.inf else SLOWEST


extremes = kernel(_extremes)
errors_in_lanes = kernel(_errors_in_lanes, ieee=True)
try_in_lanes = kernel(_try_in_lanes)


def _motion_in_lanes(motion: Motion, room: LaneRoom, stage: int) -> None:
    """Largest velocity of every lane's state, and of its shares unless a rare strategy grows (then the same).

    Writes ``fastest`` and ``rest``. ``share`` holds the shares at the state of that stage.
    """
    fastest, rest, share, slopes = room.fastest, room.rest, room.share, room.slopes
    for c in range(COLUMNS):
        fastest[c] = 0.0
        rest[c] = 0.0
    for i in range(motion.sizes.shape[0]):
        o = row(i)
        pace = 1.0 / motion.pace[i] if motion.pace[i] > 0.0 else 0.0
        if uses_log_odds(motion.code):
            for c in range(COLUMNS):
                x, own = share[o + c], slopes[stage, o + c] * pace
                back, fast = (-own if x >= 0.5 else own), abs(own)
                fastest[c] = max(fastest[c], fast)
                shrunk = fast * (x * (1.0 - x))
                rest[c] = max(rest[c], shrunk if back <= DRIVEN_BACK or x == 0.0 else fast)
        else:
            for c in range(COLUMNS):
                fast = abs(slopes[stage, o + c] * pace)
                fastest[c] = max(fastest[c], fast)
                rest[c] = max(rest[c], fast)


motion_in_lanes = kernel(_motion_in_lanes, ieee=True)


def _calm_in_lanes(room: LaneRoom) -> None:
    """Longest next step at which the method damps what it passes near a rest point; infinite away from one."""
    longest, changed, state, slopes = room.longest, room.share, room.state, room.slopes
    new, fastest = room.new, room.fastest
    for c in range(COLUMNS):
        longest[c] = 0.0
        changed[c] = 0.0
    for i in range(state.shape[0] // LANES):
        o = row(i)
        for c in range(COLUMNS):
            longest[c] = max(longest[c], abs(new[o + c] - state[o + c]))
            changed[c] = max(changed[c], abs(slopes[STAGES, o + c] - slopes[0, o + c]))
    for c in range(COLUMNS):
        moved, bent = longest[c], changed[c]
        limit = CALM * moved / bent
        longest[c] = limit if fastest[c] <= NEAR_REST and bent > 0.0 else np.inf


calm_in_lanes = kernel(_calm_in_lanes, ieee=True)
