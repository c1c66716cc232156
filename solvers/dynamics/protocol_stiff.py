"""Steps of the logit dynamics where noise is small: near indifference shares then follow payoffs almost at once.

An explicit step would have to be as short as the noise. These are steps of a Rosenbrock method, RODAS of Hairer and
Wanner (1996, section IV.7): order 4 with an error estimate of order 3, L-stable, six linear systems with the Jacobian
of the velocity, which is known exactly. Populations are few, so the systems are small. Where the path moves freely
again, explicit steps are cheaper and take over.
"""

from __future__ import annotations

import numpy as np

from solvers.arrays import Floats
from solvers.compiled import kernel
from solvers.dynamics.field import field_at, gains_at
from solvers.dynamics.motion import Motion
from solvers.dynamics.steps import FASTEST, NODES, SAFETY, SLOWEST, STAGES, WEIGHTS

ROUNDS = 6
IMPLICIT, REASONS, RATE, TAKEN = range(4)
"""What the mode of a path holds: whether its next step is implicit, how many in a row spoke for the other kind, a bound
on the local rate of change, and whether its last step was implicit."""
_GAMMA = 0.25
_POINTS = np.array(
    [
        [0.0, 0.0, 0.0, 0.0, 0.0],
        [1.544, 0.0, 0.0, 0.0, 0.0],
        [0.9466785280815826, 0.2557011698983284, 0.0, 0.0, 0.0],
        [3.314825187068521, 2.896124015972201, 0.9986419139977817, 0.0, 0.0],
        [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950, 0.0],
        [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950, 1.0],
    ]
)
_CARRIED = np.array(
    [
        [0.0, 0.0, 0.0, 0.0, 0.0],
        [-5.6688, 0.0, 0.0, 0.0, 0.0],
        [-2.430093356833875, -0.2063599157091915, 0.0, 0.0, 0.0],
        [-0.1073529058151375, -9.594562251023355, -20.47028614809616, 0.0, 0.0],
        [7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160, 0.0],
        [8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054],
    ]
)
# A step times the local rate of change: beyond the first number stability, not accuracy, limits explicit steps; below
# the second the explicit method is the better one.
_EXPLICIT_LIMIT, _FREE = 4.0, 1.0
_IN_A_ROW = 6
_REACH = 1.0 / 32.0


def _gain_slopes(motion: Motion, share: Floats, slopes: Floats, point: Floats, gain: Floats, base: Floats,
                 work: Floats, weight: Floats) -> None:  # fmt: skip
    """Write the derivative of every gain (row) with respect to every share (column).

    Gains are linear in each population's shares: the derivative is the gain at a pure strategy. Where payoffs depend
    on shares they are polynomials in the share of index 1: differences that are exact up to degree 4.
    """
    offsets = motion.offsets
    for k in range(share.shape[0]):
        point[k] = share[k]
    for j in range(offsets.shape[0] - 1):
        first, last = offsets[j], offsets[j + 1]
        for k in range(first, last):
            for r in range(share.shape[0]):
                slopes[r, k] = 0.0
            if motion.dependent == 0:
                for c in range(first, last):
                    point[c] = 1.0 if c == k else 0.0
                gains_at(motion, point, gain, base, work, weight)
                for r in range(share.shape[0]):
                    slopes[r, k] = gain[r] if r < first or r >= last else 0.0
            elif k > first:
                for side in (-2.0, -1.0, 1.0, 2.0):
                    part = (8.0 if abs(side) == 1.0 else -1.0) * (1.0 if side > 0.0 else -1.0) / (12.0 * _REACH)
                    point[k] = share[k] + side * _REACH
                    gains_at(motion, point, gain, base, work, weight)
                    for r in range(share.shape[0]):
                        slopes[r, k] += part * gain[r]
        for c in range(first, last):
            point[c] = share[c]


gain_slopes = kernel(_gain_slopes)


def _logit_jacobian(motion: Motion, share: Floats, velocity: Floats, slopes: Floats, matrix: Floats) -> None:
    """Write the derivative of the logit velocity, from the shares, their velocity and the slopes of the gains."""
    for i in range(motion.sizes.shape[0]):
        first, last, rate = motion.offsets[i], motion.offsets[i + 1], motion.rates[i]
        for c in range(share.shape[0]):
            mean = 0.0
            for k in range(first, last):
                mean += (velocity[k] / rate + share[k]) * slopes[k, c]
            for k in range(first, last):
                chosen = velocity[k] / rate + share[k]
                matrix[k, c] = rate * (motion.drift[i] * chosen * (slopes[k, c] - mean) - (1.0 if c == k else 0.0))


logit_jacobian = kernel(_logit_jacobian)


def _factored(matrix: Floats, order: Floats) -> bool:
    """Factor a matrix in place into triangles, rows exchanged; False if it is singular."""
    size = matrix.shape[0]
    for c in range(size):
        best = c
        for r in range(c + 1, size):
            if abs(matrix[r, c]) > abs(matrix[best, c]):
                best = r
        if not (abs(matrix[best, c]) > 0.0 and abs(matrix[best, c]) < np.inf):
            return False
        order[c] = best
        if best != c:
            for k in range(size):
                matrix[c, k], matrix[best, k] = matrix[best, k], matrix[c, k]
        for r in range(c + 1, size):
            matrix[r, c] /= matrix[c, c]
            for k in range(c + 1, size):
                matrix[r, k] -= matrix[r, c] * matrix[c, k]
    return True


factored = kernel(_factored)


def _solve_factored(matrix: Floats, order: Floats, right: Floats) -> None:
    """Solve the linear system with a factored matrix, in place."""
    size = matrix.shape[0]
    for c in range(size):
        best = int(order[c])
        right[c], right[best] = right[best], right[c]
    for c in range(size):
        for r in range(c + 1, size):
            right[r] -= matrix[r, c] * right[c]
    for c in range(size - 1, -1, -1):
        for k in range(c + 1, size):
            right[c] -= matrix[c, k] * right[k]
        right[c] /= matrix[c, c]


solve_factored = kernel(_solve_factored)


def _stiff_attempt(motion: Motion, state: Floats, h: float, tolerance: float, slopes: Floats, new: Floats,
                   point: Floats, out: Floats, gain: Floats, share: Floats, moving: Floats, base: Floats,
                   work: Floats, weight: Floats, stiff: Floats, mode: Floats) -> float:  # fmt: skip
    """One step from the state to ``new``; returns its error over the tolerance.

    ``slopes[0]`` is the velocity at the state; ``slopes[STAGES]`` becomes that at ``new``. ``stiff`` is room for two
    matrices, the stages and an order, see ``rows_for``.
    """
    size = state.shape[0]
    matrix, gains, stages = stiff[:size], stiff[size : 2 * size], stiff[2 * size : 2 * size + ROUNDS]
    order = stiff[2 * size + ROUNDS]
    for k in range(size):
        share[k] = min(1.0, max(0.0, state[k]))
    gain_slopes(motion, share, gains, point, gain, base, work, weight)
    logit_jacobian(motion, share, slopes[0], gains, matrix)
    mode[RATE] = 0.0
    for r in range(size):
        total = 0.0
        for c in range(size):
            total += abs(matrix[r, c])
        mode[RATE] = max(mode[RATE], total)
    for r in range(size):
        for c in range(size):
            matrix[r, c] = -matrix[r, c] + (1.0 / (_GAMMA * h) if r == c else 0.0)
    if not factored(matrix, order):
        return np.inf
    for s in range(ROUNDS):
        for k in range(size):
            new[k] = state[k]
            for r in range(s):
                new[k] += _POINTS[s, r] * stages[r, k]
        if s == 0:
            for k in range(size):
                out[k] = slopes[0, k]
        else:
            field_at(motion, new, moving, out, gain, share, base, work, weight)
        for k in range(size):
            stages[s, k] = out[k]
            for r in range(s):
                stages[s, k] += _CARRIED[s, r] / h * stages[r, k]
        solve_factored(matrix, order, stages[s])
    error = 0.0
    for k in range(size):
        last = stages[ROUNDS - 1, k]
        new[k] += last
        error = max(error, abs(last) / tolerance)
        if not abs(last) < np.inf:
            error = np.inf
    field_at(motion, new, moving, slopes[STAGES], gain, share, base, work, weight)
    return error


stiff_attempt = kernel(_stiff_attempt)


def _stiff_factor(error: float) -> float:
    """By how much to change a step of order 4 after an error relative to the tolerance."""
    if error == 0.0:
        return FASTEST
    if not error < np.inf:
        return SLOWEST
    return float(min(FASTEST, max(SLOWEST, SAFETY / np.sqrt(np.sqrt(error)))))


stiff_factor = kernel(_stiff_factor)


def _stability(slopes: Floats) -> float:
    """An explicit step times the rate of change of the velocity between its last two points."""
    moved, changed = 0.0, 0.0
    for k in range(slopes.shape[1]):
        apart = 0.0
        for s in range(STAGES):
            apart += (WEIGHTS[s] - NODES[STAGES - 1, s]) * slopes[s, k]
        moved = max(moved, abs(apart))
        changed = max(changed, abs(slopes[STAGES, k] - slopes[STAGES - 1, k]))
    return float(changed / moved) if moved > 0.0 else 0.0


stability = kernel(_stability)


def _update_mode(slopes: Floats, h: float, mode: Floats) -> None:
    """Choose the kind of the next step after one that was taken.

    Where stability has limited several explicit steps in a row, implicit ones follow, until several of these are as
    short as explicit ones could be.
    """
    mode[TAKEN] = mode[IMPLICIT]
    implicit = mode[IMPLICIT] == 1.0
    change = mode[RATE] * h < _FREE if implicit else stability(slopes) > _EXPLICIT_LIMIT
    mode[REASONS] = mode[REASONS] + 1.0 if change else 0.0
    if mode[REASONS] >= _IN_A_ROW:
        mode[IMPLICIT], mode[REASONS] = 1.0 - mode[IMPLICIT], 0.0


update_mode = kernel(_update_mode)


def _rows_for(size: int) -> int:
    """Rows of the room for a step."""
    return 2 * size + ROUNDS + 1


rows_for = kernel(_rows_for)
