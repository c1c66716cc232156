"""Where a velocity has a kink or a jump, for paths in lockstep: steps are cut so that they end there.

Smith's and the BNN protocol have a kink where a gain changes sign. Under projection a share stops at its border, and
leaves it again once its gain turns inwards. Between such turns the velocity is smooth: the number ``side`` of every
population (1 or 0) says which smooth piece holds, and a step keeps it. So the method keeps its order, and a turn
costs two or three more steps instead of the dozens by which an error control gropes for it.

For Smith and BNN side 1 means that the gain of index 1 is positive; for projection, that the share moves.
"""

from __future__ import annotations

import numpy as np

from solvers.arrays import Floats
from solvers.compiled import kernel
from solvers.dynamics.motion import Motion
from solvers.dynamics.protocols import BNN, PROJECTION, SMITH
from solvers.dynamics.sigmoid_in_lanes import COLUMNS, LANES, row
from solvers.dynamics.steps import STAGES

OVER = 1e-10
"""How far a share may pass the border before it is held there."""
TURNED = 1e-7
"""How far a scaled gain may pass 0 before the side changes; the velocity is wrong by no more than this until then."""
_SHORTEST, _LONGEST = 1e-3, 0.999
_HALVINGS = 40


def _has_turns(code: int) -> bool:
    """Whether the velocity of the protocol consists of smooth pieces."""
    return code in (SMITH, BNN, PROJECTION)


has_turns = kernel(_has_turns)


def _between_ends(x: float, new: float, v: float, w: float, part: float) -> float:
    """Cubic with values x, new and slopes v, w (times the step) at the ends."""
    rest = 1.0 - part
    return (x * (1.0 + 2.0 * part) + v * part) * rest * rest + (new * (1.0 + 2.0 * rest) - w * rest) * part * part


between_ends = kernel(_between_ends)


def _extremum(x: float, new: float, v: float, w: float, sign: float) -> float:
    """Where that cubic has one of its extrema (by the sign of the root); 2 if there is none within the step."""
    third, second = 3.0 * (2.0 * (x - new) + v + w), 3.0 * (new - x) - 2.0 * v - w
    inner = second * second - third * v
    if inner < 0.0:
        return 2.0
    # The root with the sum without cancellation, the other one by the product of both.
    sum_ = -second - np.sqrt(inner) if second > 0.0 else -second + np.sqrt(inner)
    below = sum_ if sign > 0.0 else third
    if below == 0.0:
        return 2.0
    part = (v if sign > 0.0 else sum_) / below
    return part if 0.0 < part < 1.0 else 2.0


extremum = kernel(_extremum)


def _border_part(x: float, new: float, v: float, w: float) -> float:
    """Part of a step at which a share that moves is ``OVER`` / 2 beyond a border; 2 if it stays inside.

    It is looked for at the extrema and at the end: between them the share only rises or only falls.
    """
    one, two = extremum(x, new, v, w, 1.0), extremum(x, new, v, w, -1.0)
    low, high = 0.0, 2.0
    for place in (min(one, two), max(one, two), 1.0):
        if place > 1.0:
            continue
        value = between_ends(x, new, v, w, place)
        if value < -OVER or value > 1.0 + OVER:
            high = place
            break
        low = place
    if high > 1.0:
        return 2.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        value = between_ends(x, new, v, w, middle)
        if value < -0.5 * OVER or value > 1.0 + 0.5 * OVER:
            high = middle
        else:
            low = middle
    return high


border_part = kernel(_border_part)


def _turning(project: bool, x: float, side: float) -> float:
    """Sign of the gain at which the side changes."""
    if project:
        return 1.0 if x < 0.5 else -1.0
    return -1.0 if side > 0.0 else 1.0


turning = kernel(_turning)


def _lanes_to_look_at(motion: Motion, state: Floats, new: Floats, side: Floats, high: Floats, low: Floats,
                      slopes: Floats, h: Floats, flag: Floats) -> None:  # fmt: skip
    """Write a positive number where a step may pass a turn, so that the lane needs a look.

    Under projection a step that moves stays inside if the four Bezier points of its cubic do.
    """
    project = motion.code == PROJECTION
    for c in range(COLUMNS):
        flag[c] = 0.0
    for i in range(motion.sizes.shape[0]):
        o = row(i)
        if project:
            for c in range(COLUMNS):
                x, y, third = state[o + c], new[o + c], h[c] / 3.0
                one, two = x + third * slopes[0, o + c], y - third * slopes[STAGES, o + c]
                least, most = min(min(x, y), min(one, two)), max(max(x, y), max(one, two))
                outside = 1.0 if least <= 0.0 or most >= 1.0 else 0.0
                flag[c] = max(flag[c], outside if side[o + c] > 0.0 else 1.0)
        else:
            for c in range(COLUMNS):
                back, ahead = -low[o + c], high[o + c]
                flag[c] = max(flag[c], back if side[o + c] > 0.0 else ahead)


lanes_to_look_at = kernel(_lanes_to_look_at)


def _first_turn(motion: Motion, state: Floats, new: Floats, side: Floats, before: Floats, gain: Floats, high: Floats,
                low: Floats, slopes: Floats, h: float, lane: int) -> float:  # fmt: skip
    """Part of the lane's step that ends at its first turn; 1 or more if the step may stand."""
    part, project = 2.0, motion.code == PROJECTION
    for i in range(motion.sizes.shape[0]):
        c = i * LANES + lane
        if project and side[c] > 0.0:
            v, w = h * slopes[0, c], h * slopes[STAGES, c]
            part = min(part, border_part(state[c], new[c], v, w))
            continue
        sign = turning(project, state[c], side[c])
        start, end = sign * before[c], sign * gain[c]
        if end > TURNED:
            part = min(part, (0.5 * TURNED - start) / (end - start) if end > start else 0.5)
        elif (high[c] if sign > 0.0 else -low[c]) > TURNED and end <= 0.0:  # there and back within the step
            part = min(part, 0.5)
    return min(_LONGEST, max(_SHORTEST, part)) if part < 1.0 else 2.0


first_turn = kernel(_first_turn)


def _take_turns(motion: Motion, state: Floats, gain: Floats, side: Floats, slope: Floats, lane: int) -> None:
    """Change sides where a turn has been reached, at the end of a step."""
    project = motion.code == PROJECTION
    for i in range(motion.sizes.shape[0]):
        c = i * LANES + lane
        if project and side[c] > 0.0:
            x, lead = state[c], gain[c]
            outwards = (x <= 0.0 and lead <= 0.0) or (x >= 1.0 and lead >= 0.0)
            state[c] = min(1.0, max(0.0, x))
            if outwards:
                side[c], slope[c] = 0.0, 0.0
        elif turning(project, state[c], side[c]) * gain[c] > 0.0:
            side[c] = 1.0 - side[c]
            if project:
                slope[c] = 0.5 * motion.rates[i] * gain[c]


take_turns = kernel(_take_turns)


def _choose_sides(motion: Motion, state: Floats, gain: Floats, side: Floats, slope: Floats, lane: int) -> None:
    """Sides of a new path, where they are not 1, and the velocity there."""
    for i in range(motion.sizes.shape[0]):
        c = i * LANES + lane
        if motion.code == PROJECTION:
            if (state[c] <= 0.0 and gain[c] <= 0.0) or (state[c] >= 1.0 and gain[c] >= 0.0):
                side[c], slope[c] = 0.0, 0.0
        elif gain[c] < 0.0:
            left = min(1.0, max(0.0, state[c]))
            side[c] = 0.0
            slope[c] = motion.rates[i] * gain[c] * (left if motion.code == SMITH else left * left)


choose_sides = kernel(_choose_sides)
