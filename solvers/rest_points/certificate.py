"""Tests on one box that are proofs: no root here, at most one root, exactly one root.

Everything rests on one fact: a multi-affine function on a box takes its extreme values at the corners of the box. So
the values at the corners give the exact range of every function, of every preconditioned combination of functions,
and of every difference quotient. Rounding is covered by one error bound per function (see ``ROUNDING``).

Coordinates: ``x`` in [0, 1] are the shares of the mixing populations; on a box with centre c and half-width h,
``t = (x - c) / h`` runs over [-1, 1]. A corner is a number whose bit j says whether variable j is at its upper end.
Functions are given by their values at the corners of the whole face, ``coefficients[function, corner]``.
"""

from __future__ import annotations

import numpy as np

from solvers.arrays import Floats
from solvers.compiled import kernel

EPSILON = 2.220446049250313e-16

ROUNDING = 128.0 * EPSILON
"""Bound on the error of a restricted corner value, relative to the largest corner value on the face.

One pass of ``restrict`` adds at most 9 units of roundoff of the largest value; up to five passes on a box that
reaches a tenth of its width beyond the face (values grow by at most 1.2 a pass) stay below 56 machine epsilons.
"""

NEWTON_STEPS = 12
"""Newton starts inside a proved box of contraction, where it converges quadratically; 12 is more than enough."""

INFLATION = 1.1
"""A box is widened to this multiple before existence is tested, so that a root on its border lies inside."""


def _restrict(coefficients: Floats, low: Floats, high: Floats, variables: int, out: Floats) -> None:
    """Write the values at the corners of the box [low, high] into ``out[function, corner]``."""
    corners = 1 << variables
    for f in range(coefficients.shape[0]):
        for c in range(corners):
            out[f, c] = coefficients[f, c]
        for j in range(variables):
            step = 1 << j
            for c in range(corners):
                if c & step == 0:
                    at_zero = out[f, c]
                    rise = out[f, c | step] - at_zero
                    out[f, c] = at_zero + low[j] * rise
                    out[f, c | step] = at_zero + high[j] * rise


restrict = kernel(_restrict)


def _centre_jacobian(values: Floats, variables: int, out: Floats) -> None:
    """Write the derivatives d f / d t_j at the centre of the box; exact means of corner differences."""
    corners = 1 << variables
    for f in range(values.shape[0]):
        for j in range(variables):
            total = 0.0
            for c in range(corners):
                if (c >> j) & 1:
                    total += values[f, c]
                else:
                    total -= values[f, c]
            out[f, j] = total / corners


centre_jacobian = kernel(_centre_jacobian)


def _invert(matrix: Floats, size: int, inverse: Floats) -> bool:
    """Gauss-Jordan with partial pivots; destroys ``matrix``; False if it is singular to working precision."""
    for i in range(size):
        for j in range(size):
            inverse[i, j] = 1.0 if i == j else 0.0
    largest = 0.0
    for i in range(size):
        for j in range(size):
            largest = max(largest, abs(matrix[i, j]))
    for column in range(size):
        pivot = column
        for row in range(column + 1, size):
            if abs(matrix[row, column]) > abs(matrix[pivot, column]):
                pivot = row
        if abs(matrix[pivot, column]) <= 1e-13 * largest:
            return False
        if pivot != column:
            for j in range(size):
                matrix[pivot, j], matrix[column, j] = matrix[column, j], matrix[pivot, j]
                inverse[pivot, j], inverse[column, j] = inverse[column, j], inverse[pivot, j]
        scale = 1.0 / matrix[column, column]
        for j in range(size):
            matrix[column, j] *= scale
            inverse[column, j] *= scale
        for row in range(size):
            if row != column:
                factor = matrix[row, column]
                if factor != 0.0:
                    for j in range(size):
                        matrix[row, j] -= factor * matrix[column, j]
                        inverse[row, j] -= factor * inverse[column, j]
    return True


invert = kernel(_invert)


def _precondition(
    values: Floats, errors: Floats, inverse: Floats, variables: int, image: Floats, work: Floats
) -> float:
    """Range of the Krawczyk map t - C f(t) on the box, and its contraction number.

    Any root in the box lies in ``image[variable, end]`` (in t). If the returned number is below 1 the
    preconditioned map is one-to-one on the box: at most one root. If also the image lies inside (-1, 1), Brouwer's
    theorem gives one. Both statements include rounding, whatever the quality of the inverse C.
    """
    corners = 1 << variables
    contraction = 0.0
    for i in range(variables):
        error = 4.0 * EPSILON
        for k in range(variables):
            error += 1.1 * abs(inverse[i, k]) * errors[k]
        smallest = 1e300
        largest = -1e300
        for c in range(corners):
            g = 0.0
            for k in range(variables):
                g += inverse[i, k] * values[k, c]
            work[c] = g
            t = 1.0 if (c >> i) & 1 else -1.0
            smallest = min(smallest, t - g)
            largest = max(largest, t - g)
        image[i, 0] = smallest - error
        image[i, 1] = largest + error
        row = 0.0
        for j in range(variables):
            step = 1 << j
            worst = 0.0
            for c in range(corners):
                if c & step == 0:
                    slope = 0.5 * (work[c | step] - work[c])
                    if i == j:
                        slope -= 1.0
                    worst = max(worst, abs(slope))
            row += worst + error
        contraction = max(contraction, row)
    return contraction


precondition = kernel(_precondition)


def _slopes(coefficients: Floats, point: Floats, variables: int, matrix: Floats, values: Floats) -> None:
    """Write d f / d x_j at ``point`` into ``matrix``: exact differences between the two ends of each variable."""
    low = point.copy()
    high = point.copy()
    for j in range(variables):
        low[j] = 0.0
        high[j] = 1.0
        restrict(coefficients, low, high, variables, values)
        for f in range(variables):
            matrix[f, j] = values[f, 1 << j] - values[f, 0]
        low[j] = point[j]
        high[j] = point[j]


slopes = kernel(_slopes)


def _newton(coefficients: Floats, variables: int, point: Floats, values: Floats) -> None:
    """Newton's method in x from ``point``, in place; stops when a step no longer shrinks."""
    matrix, inverse = np.empty((variables, variables)), np.empty((variables, variables))
    move = np.empty(variables)
    last = 1e300
    for _ in range(NEWTON_STEPS):
        slopes(coefficients, point, variables, matrix, values)
        # A box of no width: every corner value is the value at the point.
        restrict(coefficients, point, point, variables, values)
        if not invert(matrix, variables, inverse):
            return
        size = 0.0
        for i in range(variables):
            move[i] = 0.0
            for k in range(variables):
                move[i] += inverse[i, k] * values[k, 0]
            size = max(size, abs(move[i]))
        if not size < last:
            return
        for i in range(variables):
            point[i] -= move[i]
        last = size


newton = kernel(_newton)
