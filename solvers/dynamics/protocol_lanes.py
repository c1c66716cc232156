"""Paths of two-strategy games under any protocol but best response, many in lockstep, to their ends.

Each lane has its own time, step size and error control, and the result of a path does not depend on its neighbours.
A path ends when a strict equilibrium captures it (with proof; only protocols for which the proof holds are given
targets), when nothing moves, or when its time or its number of steps is spent; its lane then takes another.
"""

from __future__ import annotations

import numba
import numpy as np

from solvers.arrays import Booleans, Floats, Integers
from solvers.compiled import kernel
from solvers.dynamics.field_in_lanes import field_in_lanes, uses_log_odds
from solvers.dynamics.lane_steps import (
    DRIVEN_BACK,
    LaneRoom,
    calm_in_lanes,
    lane_room,
    motion_in_lanes,
    try_in_lanes,
)
from solvers.dynamics.motion import Motion
from solvers.dynamics.sigmoid_in_lanes import COLUMNS, LANES, row
from solvers.dynamics.steps import FIRST, STAGES, UNSETTLED, step_factor
from solvers.dynamics.turns_in_lanes import choose_sides, first_turn, has_turns, lanes_to_look_at, take_turns

__all__ = ["DRIVEN_BACK", "REST", "RESTING", "SPENT", "follow_protocol", "follow_protocol_all"]

RESTING, SPENT = -2, -3
"""Outcomes besides the targets and ``UNSETTLED`` (the time is up): nothing moves; the steps are used up."""
REST = 1e-9
"""Largest velocity of a share at rest, as a part of the pace of its population."""
_IDLE = LANES // 16  # lanes that wait for each other before they are given new paths: that costs all lanes a stage


def _lane_captured(state: Floats, lane: int, middle: float, targets: Integers, reach: Floats) -> int:
    """Number of the target whose proved box holds the lane's point, or ``UNSETTLED``."""
    for k in range(targets.shape[0]):
        inside = True
        for i in range(targets.shape[1]):
            towards = state[i * LANES + lane] - middle
            if (towards if targets[k, i] == 1 else -towards) < reach[k]:
                inside = False
                break
        if inside:
            return k
    return UNSETTLED


lane_captured = kernel(_lane_captured)


def _put_inside(new: Floats, error: Floats, factor: Floats, over: Floats, tolerance: float) -> None:
    """Put shares that the error of a step carried over the border back on it, and refuse steps that went farther."""
    for c in range(COLUMNS):
        over[c] = 0.0
    for i in range(new.shape[0] // LANES):
        o = row(i)
        for c in range(COLUMNS):
            over[c] = max(over[c], max(-new[o + c], new[o + c] - 1.0))
    for i in range(new.shape[0] // LANES):
        o = row(i)
        for c in range(COLUMNS):
            held = min(1.0, max(0.0, new[o + c]))
            new[o + c] = held if over[c] <= tolerance else new[o + c]
    for lane in range(LANES):
        part = over[lane] / tolerance
        if error[lane] <= 1.0 and part > error[lane]:
            error[lane] = part
            factor[lane] = step_factor(part)


put_inside = kernel(_put_inside)


def _begin_in_lanes(motion: Motion, room: LaneRoom, fresh: Booleans) -> None:
    """Velocities of all lanes; of fresh ones also the sides of their turns and the length of the first step."""
    slopes, n, h, usual = room.slopes, motion.sizes.shape[0], room.h, room.usual
    field_in_lanes(motion.code, motion.tables, motion.places, motion.lengths, motion.strides, motion.multi,
                   motion.drift, room.rate, room.state, room.side, slopes[0], room.before, room.share, room.work,
                   room.spare, room.power, room.bits)  # fmt: skip
    if has_turns(motion.code):
        for lane in range(LANES):
            if fresh[lane]:
                choose_sides(motion, room.state, room.before, room.side, slopes[0], lane)
    motion_in_lanes(motion, room, 0)
    for lane in range(LANES):
        if fresh[lane]:
            fastest = 0.0
            for i in range(n):
                fastest = max(fastest, abs(slopes[0, i * LANES + lane]))
            h[lane] = FIRST / fastest if fastest > 0.0 else 1.0
            usual[lane] = 0.0


begin_in_lanes = kernel(_begin_in_lanes)


def _judge_in_lanes(motion: Motion, room: LaneRoom, tolerance: float) -> None:
    """Refuse steps that pass a turn or leave the unit interval; put on the border and turn those that end there."""
    error, factor, flag, usual, h = room.error, room.factor, room.rest, room.usual, room.h
    state, new, side, gain, before, slopes = room.state, room.new, room.side, room.gain, room.before, room.slopes
    high, low, over, turns = room.high, room.low, room.longest, has_turns(motion.code)
    if turns:
        lanes_to_look_at(motion, state, new, side, high, low, slopes, h, flag)
        for lane in range(LANES):
            if flag[lane] > 0.0 and h[lane] > 0.0 and error[lane] <= 1.0:
                part = first_turn(motion, state, new, side, before, gain, high, low, slopes, h[lane], lane)
                if part < 1.0:
                    usual[lane] = max(usual[lane], h[lane])
                    error[lane], factor[lane] = np.inf, part
    put_inside(new, error, factor, over, tolerance)
    if turns:
        for lane in range(LANES):
            if flag[lane] > 0.0 and error[lane] <= 1.0:
                take_turns(motion, new, gain, side, slopes[STAGES], lane)


judge_in_lanes = kernel(_judge_in_lanes)


def _accept_in_lanes(room: LaneRoom) -> None:
    """Take the new state in every lane whose step is good."""
    slopes, state, new, before, gain, error = room.slopes, room.state, room.new, room.before, room.gain, room.error
    for i in range(state.shape[0] // LANES):
        o = row(i)
        for c in range(COLUMNS):
            good, x, y = error[c] <= 1.0, state[o + c], new[o + c]
            v, w, d, e = slopes[0, o + c], slopes[STAGES, o + c], before[o + c], gain[o + c]
            state[o + c] = y if good else x
            slopes[0, o + c] = w if good else v
            before[o + c] = e if good else d


accept_in_lanes = kernel(_accept_in_lanes)


def _take_up(paths: Floats, room: LaneRoom, path: Integers, fresh: Booleans, waiting: int) -> int:
    """Give empty lanes the next paths; returns the number of the first that still waits."""
    state, side = room.state, room.side
    for lane in range(LANES):
        fresh[lane] = path[lane] < 0 and waiting < paths.shape[0]
        if fresh[lane]:
            path[lane] = waiting
            for i in range(paths.shape[1]):
                state[i * LANES + lane] = paths[waiting, i]
                side[i * LANES + lane] = 1.0
            waiting += 1
    return waiting


take_up = kernel(_take_up)


def _follow_protocol(motion: Motion, paths: Floats, targets: Integers, reach: Floats, horizon: float,
                     most_steps: int, tolerance: float, outcome: Integers, time: Floats) -> None:  # fmt: skip
    """Follow paths, in place, until each has ended."""
    count, n = paths.shape
    in_log_odds = uses_log_odds(motion.code)
    middle = 0.0 if in_log_odds else 0.5
    room = lane_room(motion)
    state, h, error, rest = room.state, room.h, room.error, room.rest
    factor, usual, longest = room.factor, room.usual, room.longest
    path, steps, t = np.full(LANES, -1), np.zeros(LANES, np.int64), np.zeros(LANES)
    fresh, waiting, idle = np.zeros(LANES, np.bool_), 0, LANES
    state[:] = middle
    while True:
        begun = waiting < count and (idle >= _IDLE or idle == LANES)
        if begun:
            waiting = take_up(paths, room, path, fresh, waiting)
            begin_in_lanes(motion, room, fresh)
            idle = 0
        else:
            if idle == LANES:
                return
            for lane in range(LANES):
                h[lane] = min(h[lane], horizon - t[lane]) if path[lane] >= 0 else 0.0
            try_in_lanes(motion, room, tolerance)
            if not in_log_odds:
                judge_in_lanes(motion, room, tolerance)
            motion_in_lanes(motion, room, STAGES)
            calm_in_lanes(room)
            accept_in_lanes(room)
        for lane in range(LANES):
            if begun and fresh[lane]:
                steps[lane], t[lane] = 0, 0.0
            elif begun or path[lane] < 0:
                idle += 1 if path[lane] < 0 and begun else 0
                continue
            good, found = begun or error[lane] <= 1.0, UNSETTLED
            if not begun:
                steps[lane] += 1
                if good:
                    t[lane] += h[lane]
                    h[lane] = min(max(h[lane] * factor[lane], usual[lane]), longest[lane])
                    usual[lane] = 0.0
                else:
                    h[lane] *= factor[lane]
            if good:
                found = lane_captured(state, lane, middle, targets, reach)
                if found == UNSETTLED and rest[lane] <= REST:
                    found = RESTING
            if found == UNSETTLED and steps[lane] >= most_steps and t[lane] < horizon:
                found = SPENT
            if found != UNSETTLED or t[lane] >= horizon:
                p = path[lane]
                outcome[p], time[p] = found, t[lane]
                path[lane] = -1
                idle += 1
                for i in range(n):
                    paths[p, i] = state[i * LANES + lane]


follow_protocol = kernel(_follow_protocol)


def _follow_protocol_all(motion: Motion, paths: Floats, targets: Integers, reach: Floats, horizon: float,
                         most_steps: int, tolerance: float, chunk: int, outcome: Integers,
                         time: Floats) -> None:  # fmt: skip
    """Follow all paths, ``chunk`` of them per thread at a time: many times the lanes, so that they stay filled."""
    for k in numba.prange((paths.shape[0] + chunk - 1) // chunk):
        a, b = k * chunk, min((k + 1) * chunk, paths.shape[0])
        follow_protocol(motion, paths[a:b], targets, reach, horizon, most_steps, tolerance, outcome[a:b], time[a:b])


follow_protocol_all = kernel(_follow_protocol_all, parallel=True)
