"""Tests on one box that are proofs, for polynomials of any degree: no root here, at most one, exactly one.

Bernstein coefficients on a box enclose a polynomial there, and differences of neighbouring ones enclose its
derivatives. So they bound the preconditioned map t - C f(t) and how it contracts; the bounds are sufficient, and grow
exact as boxes shrink. Rounding is covered by one error bound per function (``rounding_errors``).
"""

from __future__ import annotations

import numpy as np

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.rest_points.certificate import EPSILON, invert
from solvers.share_dependent.boxes import values_and_slopes

NEWTON_STEPS = 12
"""Newton starts inside a proved box of contraction, where it converges quadratically; 12 is more than enough."""


def _rounding_errors(coefficients: Floats, degrees: Integers, out: Floats) -> None:
    """Write a bound on the error of every restricted coefficient and value, per function.

    A restriction makes at most sum(degrees) interpolation steps on the way to one coefficient. A step adds at most 3
    units of roundoff of the largest coefficient so far, which on a box that reaches a twentieth of its width beyond
    the face grows by at most 1.1 per step; up to 20 steps stay below 60 units each. The systems themselves are
    computed from payoffs with errors of the same kind, which are part of the game that is solved.
    """
    steps = 0
    for j in range(degrees.shape[0]):
        steps += degrees[j]
    growth = 1.1**steps
    for f in range(coefficients.shape[0]):
        largest = 0.0
        for c in range(coefficients.shape[1]):
            largest = max(largest, abs(coefficients[f, c]))
        out[f] = (4.0 + 3.0 * steps) * growth * EPSILON * largest


rounding_errors = kernel(_rounding_errors)


def _precondition(
    values: Floats, errors: Floats, inverse: Floats, nodes: Floats, degrees: Integers, strides: Integers,
    image: Floats, work: Floats,
) -> float:  # fmt: skip
    """Range of the Krawczyk map t - C f(t) on the box, and its contraction number.

    Any root in the box lies in ``image[variable, end]`` (in t). If the returned number is below 1 the preconditioned
    map is one-to-one on the box: at most one root. If also the image lies inside (-1, 1), Brouwer's theorem gives
    one. Both statements include rounding, whatever the quality of the inverse C.
    """
    variables, size = inverse.shape[0], values.shape[1]
    contraction = 0.0
    for i in range(variables):
        error = 4.0 * EPSILON
        for k in range(variables):
            error += 1.1 * abs(inverse[i, k]) * errors[k]
        smallest, largest = 1e300, -1e300
        for c in range(size):
            g = 0.0
            for k in range(variables):
                g += inverse[i, k] * values[k, c]
            work[c] = nodes[i, c] - g
            smallest, largest = min(smallest, work[c]), max(largest, work[c])
        image[i, 0] = smallest - error
        image[i, 1] = largest + error
        row = 0.0
        for j in range(variables):
            worst = 0.0
            for c in range(size):
                if (c // strides[j]) % (degrees[j] + 1) < degrees[j]:
                    worst = max(worst, abs(work[c + strides[j]] - work[c]))
            # The derivative with respect to t is half the degree times the difference.
            row += degrees[j] * (0.5 * worst + error)
        contraction = max(contraction, row)
    return contraction


precondition = kernel(_precondition)


def _newton(coefficients: Floats, degrees: Integers, strides: Integers, point: Floats) -> None:
    """Newton's method in x from ``point``, in place; stops when a step no longer shrinks."""
    variables = degrees.shape[0]
    matrix, inverse = np.empty((variables, variables)), np.empty((variables, variables))
    values, move = np.empty(variables), np.empty(variables)
    last = 1e300
    for _ in range(NEWTON_STEPS):
        values_and_slopes(coefficients, degrees, strides, point, values, matrix)
        if not invert(matrix, variables, inverse):
            return
        size = 0.0
        for i in range(variables):
            move[i] = 0.0
            for k in range(variables):
                move[i] += inverse[i, k] * values[k]
            size = max(size, abs(move[i]))
        if not size < last:
            return
        for i in range(variables):
            point[i] -= move[i]
        last = size


newton = kernel(_newton)
