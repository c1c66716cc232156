"""One step of a path under any protocol but best response, its error, and the path between its ends.

The method is that of ``steps``. The state is that of ``field``; ``Room`` holds what a path needs besides. Where the
velocity jumps, at the border under projection, a step is cut so that it ends there.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from solvers.arrays import Floats
from solvers.compiled import kernel
from solvers.dynamics.field import choose_moving, field_at
from solvers.dynamics.field_in_lanes import uses_log_odds
from solvers.dynamics.motion import Motion
from solvers.dynamics.protocol_stiff import IMPLICIT, TAKEN, rows_for, stiff_attempt, stiff_factor, update_mode
from solvers.dynamics.protocols import LOGIT, MUTATION, PROJECTION
from solvers.dynamics.steps import (
    ERROR_FIFTH,
    ERROR_THIRD,
    EXTRA_NODES,
    EXTRA_STAGES,
    FIRST,
    NODES,
    SHAPE,
    STAGES,
    TERMS,
    WEIGHTS,
    between,
    step_factor,
)

OVER = 1e-10
"""How far a share may pass the border under projection before it is held there."""
TURNED = 1e-9
"""Scaled lead over the average from which on an unused strategy is taken up under projection."""
NEAR_REST, CALM = 1e-4, 2.5
"""Below such velocities a step times the local rate of change stays below ``CALM``, inside the method's stability."""
_SAMPLES, _HALVINGS = 16, 45
_LOWEST = -700.0  # logarithm of the smallest share that mutation starts from


class Room(NamedTuple):
    """Arrays of one path; one row of ``slopes`` per stage, one of ``terms`` per term of the interpolant."""

    slopes: Floats
    terms: Floats
    new: Floats
    point: Floats
    out: Floats
    gain: Floats
    share: Floats
    moving: Floats
    base: Floats
    work: Floats
    weight: Floats
    stiff: Floats
    mode: Floats


def _room_for(motion: Motion) -> Room:
    """Arrays for one path."""
    total, n = motion.offsets[motion.sizes.shape[0]], motion.sizes.shape[0]
    cells, longest = 1, 1
    for i in range(n):
        cells = max(cells, (motion.places[i + 1] - motion.places[i]) // motion.sizes[i])
        for j in range(n):
            longest = max(longest, motion.lengths[i, j])
    return Room(
        np.zeros((STAGES + 1 + EXTRA_STAGES, total)),
        np.zeros((TERMS, total)),
        np.zeros(total),
        np.zeros(total),
        np.zeros(total),
        np.zeros(total),
        np.zeros(total),
        np.ones(total),
        np.zeros(n),
        np.zeros(cells),
        np.zeros(longest),
        np.zeros((rows_for(int(total)), int(total))),
        np.zeros(TAKEN + 1),
    )


room_for = kernel(_room_for)


def _velocity_at(motion: Motion, state: Floats, out: Floats, room: Room) -> None:
    """Velocity of the state, with gains and shares left in the room."""
    field_at(motion, state, room.moving, out, room.gain, room.share, room.base, room.work, room.weight)


velocity_at = kernel(_velocity_at)


def _begin(motion: Motion, state: Floats, room: Room) -> float:
    """Set a path up at its state, which for mutation is moved off the border; returns the length of the first step."""
    offsets = motion.offsets
    if motion.code == MUTATION:
        for i in range(offsets.shape[0] - 1):
            top = -np.inf
            for k in range(offsets[i], offsets[i + 1]):
                top = max(top, state[k])
            for k in range(offsets[i], offsets[i + 1]):
                state[k] = max(state[k] - top, _LOWEST)
    choose_again(motion, state, room)
    slopes = room.slopes
    fastest = 0.0
    for k in range(state.shape[0]):
        fastest = max(fastest, abs(slopes[0, k]))
    return FIRST / fastest if fastest > 0.0 else 1.0


def _choose_again(motion: Motion, state: Floats, room: Room) -> None:
    """Velocity at the state of a path, under projection after choosing anew which shares move."""
    slopes, offsets = room.slopes, motion.offsets
    velocity_at(motion, state, slopes[0], room)
    if motion.code == PROJECTION:
        for i in range(offsets.shape[0] - 1):
            choose_moving(room.gain, state, offsets[i], offsets[i + 1], room.moving)
        velocity_at(motion, state, slopes[0], room)


choose_again = kernel(_choose_again)
begin = kernel(_begin)


def _attempt(motion: Motion, state: Floats, h: float, tolerance: float, room: Room) -> float:
    """One step from the state to ``room.new``; returns its error over the tolerance."""
    if room.mode[IMPLICIT] == 1.0:
        return stiff_attempt(motion, state, h, tolerance, room.slopes, room.new, room.point, room.out, room.gain,
                             room.share, room.moving, room.base, room.work, room.weight, room.stiff,
                             room.mode)  # fmt: skip
    slopes, new = room.slopes, room.new
    size = state.shape[0]
    for s in range(1, STAGES + 1):
        for i in range(size):
            total = 0.0
            for r in range(s):
                total += (NODES[s, r] if s < STAGES else WEIGHTS[r]) * slopes[r, i]
            new[i] = state[i] + h * total
        velocity_at(motion, new, slopes[s], room)
    fifth, third = 0.0, 0.0
    for i in range(size):
        five, three = 0.0, 0.0
        for s in range(STAGES + 1):
            five += ERROR_FIFTH[s] * slopes[s, i]
            three += ERROR_THIRD[s] * slopes[s, i]
        # The step goes in before squares are taken: a velocity of 1e300 is a short step, not an overflow.
        scale = h / (tolerance * max(1.0, abs(state[i]), abs(new[i])))
        fifth += (five * scale) ** 2
        third += (three * scale) ** 2
    both = (fifth + 0.01 * third) * size
    if both == 0.0:
        return 0.0
    return float(fifth / np.sqrt(both))


attempt = kernel(_attempt)


def _dense(motion: Motion, state: Floats, h: float, room: Room) -> None:
    """Write the terms of the path within an accepted step from the state to ``room.new``."""
    slopes, terms, new, point = room.slopes, room.terms, room.new, room.point
    size, implicit = state.shape[0], room.mode[TAKEN] == 1.0  # an implicit step has a cubic
    for e in range(0 if implicit else EXTRA_STAGES):
        s = STAGES + 1 + e
        for i in range(size):
            total = 0.0
            for r in range(s):
                total += EXTRA_NODES[e, r] * slopes[r, i]
            point[i] = state[i] + h * total
        velocity_at(motion, point, slopes[s], room)
    for i in range(size):
        change = new[i] - state[i] if new[i] != state[i] else 0.0  # minus infinity stays what it is
        terms[0, i] = change
        terms[1, i] = h * slopes[0, i] - change
        terms[2, i] = 2.0 * change - h * (slopes[STAGES, i] + slopes[0, i])
        for q in range(SHAPE.shape[0]):
            total = 0.0
            for s in range(SHAPE.shape[1]):
                total += SHAPE[q, s] * slopes[s, i]
            terms[3 + q, i] = 0.0 if implicit else h * total


dense = kernel(_dense)


def _border_passed(motion: Motion, point: Floats, room: Room) -> bool:
    """Whether at a point of a step a moving share has passed the border, or an unused strategy should be taken up."""
    offsets, moving, gain = motion.offsets, room.moving, room.gain
    held = False
    for k in range(point.shape[0]):
        if moving[k] > 0.0 and point[k] < -OVER:
            return True
        held = held or moving[k] == 0.0
    if not held:
        return False
    velocity_at(motion, point, room.out, room)
    for i in range(offsets.shape[0] - 1):
        total, count = 0.0, 0.0
        for k in range(offsets[i], offsets[i + 1]):
            total += moving[k] * gain[k]
            count += moving[k]
        for k in range(offsets[i], offsets[i + 1]):
            if moving[k] == 0.0 and gain[k] - total / count > TURNED:
                return True
    return False


border_passed = kernel(_border_passed)


def _first_turn_part(motion: Motion, state: Floats, h: float, room: Room) -> float:
    """Part of an accepted step at which projection turns; 1 if it does not. Moves ``room.new`` there."""
    dense(motion, state, h, room)
    low, high, point = 0.0, 2.0, room.point
    for k in range(1, _SAMPLES + 1):
        between(state, room.terms, k / _SAMPLES, point)
        if border_passed(motion, point, room):
            high = k / _SAMPLES
            break
        low = k / _SAMPLES
    if high > 1.0:
        return 1.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        between(state, room.terms, middle, point)
        if border_passed(motion, point, room):
            high = middle
        else:
            low = middle
    between(state, room.terms, high, point)
    for k in range(state.shape[0]):
        room.new[k] = point[k]
    return high


first_turn_part = kernel(_first_turn_part)


def _advance(motion: Motion, state: Floats, h: float, tolerance: float, room: Room) -> tuple[float, float]:
    """Try a step of length h. Returns the part of it that was taken, 0 if none, and the factor for the next one.

    If part of it was taken, the interpolant's terms describe the whole of it.
    """
    error = attempt(motion, state, h, tolerance, room)
    factor = stiff_factor(error) if room.mode[IMPLICIT] == 1.0 else step_factor(error)
    if not error <= 1.0:
        return 0.0, factor
    if uses_log_odds(motion.code):
        return 1.0, factor
    if motion.code == PROJECTION:
        return first_turn_part(motion, state, h, room), factor
    farthest = 0.0
    for k in range(state.shape[0]):
        farthest = max(farthest, -room.new[k])
    if farthest > tolerance:
        return 0.0, step_factor(farthest / tolerance)
    if motion.code == LOGIT:
        update_mode(room.slopes, h, room.mode)
    return 1.0, factor


advance = kernel(_advance)


def _calm(motion: Motion, state: Floats, room: Room) -> float:
    """Longest next step that damps what it passes near a rest point; infinite away from one."""
    slopes, new = room.slopes, room.new
    moved, changed = 0.0, 0.0
    if motion.code == LOGIT:  # implicit steps need no limit, and where explicit ones do, implicit ones follow
        return np.inf
    for i in range(motion.sizes.shape[0]):
        for k in range(motion.offsets[i], motion.offsets[i + 1]):
            if abs(slopes[STAGES, k]) > NEAR_REST * motion.pace[i] and not (
                uses_log_odds(motion.code) and slopes[STAGES, k] == slopes[0, k]
            ):
                return np.inf
            if new[k] != state[k]:
                moved = max(moved, abs(new[k] - state[k]))
                changed = max(changed, abs(slopes[STAGES, k] - slopes[0, k]))
    return float(CALM * moved / changed) if changed > 0.0 else np.inf


calm = kernel(_calm)


def _commit(motion: Motion, state: Floats, part: float, room: Room) -> None:
    """Take ``room.new`` as the state: put on the border what an error carried over it, sums of shares to 1."""
    slopes, new, offsets = room.slopes, room.new, motion.offsets
    in_log_odds = uses_log_odds(motion.code)
    for i in range(offsets.shape[0] - 1):
        top, total = -np.inf, 0.0
        for k in range(offsets[i], offsets[i + 1]):
            if not in_log_odds and (new[k] < 0.0 or (motion.code == PROJECTION and new[k] < OVER and part < 1.0)):
                new[k] = 0.0
            top = max(top, new[k])
            total += new[k]
        for k in range(offsets[i], offsets[i + 1]):
            state[k] = new[k] - top if in_log_odds else new[k] / total
    if part < 1.0:
        choose_again(motion, state, room)
    else:
        for k in range(state.shape[0]):
            slopes[0, k] = slopes[STAGES, k]


commit = kernel(_commit)
