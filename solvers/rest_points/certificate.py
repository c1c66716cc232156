"""Tests on one box that are proofs: no root here, at most one root, exactly one root.

Everything rests on one fact: a multi-affine function on a box takes its extreme values at the corners of the box. So
the values at the corners give the exact range of every function, of every preconditioned combination of functions,
and of every difference quotient. Rounding is covered by one error bound per function (see ``ROUNDING``).

Coordinates: ``x`` in [0, 1] are the shares of the mixing populations; on a box with centre c and half-width h,
``t = (x - c) / h`` runs over [-1, 1]. A corner is a number whose bit j says whether variable j is at its upper end.
Functions are given by their values at the corners of the whole face, ``coefficients[function, corner]``.
"""

from __future__ import annotations

from solvers.arrays import Floats
from solvers.compiled import kernel

EPSILON = 2.220446049250313e-16

ROUNDING = 128.0 * EPSILON
"""Bound on the error of a restricted corner value, relative to the largest corner value on the face.

One pass of ``restrict`` adds at most 2.8 machine epsilons of the largest value, and lets values and errors grow by
at most 1.2 on a box that reaches a tenth of its width beyond the face: 2.8 v 1.2**(v - 1) for v variables, 29 for
five. The rest covers the sums of a preconditioned function.
"""

ROUNDING_OF_MANY = 512.0 * EPSILON
"""The same for six to ten variables, where restricting alone comes to 145."""

FEW_VARIABLES = 5

NEWTON_STEPS = 12
"""Newton starts inside a proved box of contraction, where it converges quadratically; 12 is more than enough."""

MISSES, REACHES_OUT = 1e301, 1e302
"""What ``precondition`` returns instead of a contraction number."""

OUT_OF_REACH = 1.5
"""An image that reaches so far, in half-widths of the box, is not made to lie inside by widening the box a little."""

INFLATION = 1.1
"""A box is widened to this multiple before existence is tested, so that a root on its border lies inside."""


def _restrict(coefficients: Floats, box: Floats, out: Floats) -> None:
    """Write the values at the corners of the box into ``out[function, corner]``."""
    corners, variables = coefficients.shape[1], box.shape[0]
    for f in range(coefficients.shape[0]):
        for c in range(corners):
            out[f, c] = coefficients[f, c]
        for j in range(variables):
            step = 1 << j
            low, high = box[j, 0], box[j, 1]
            # An end on the border of the face keeps the exact value there.
            to_zero, to_one = low == 0.0, high == 1.0
            if to_zero and to_one:
                continue
            for first in range(0, corners, 2 * step):
                for c in range(first, first + step):
                    at_zero, at_one = out[f, c], out[f, c + step]
                    rise = at_one - at_zero
                    out[f, c] = at_zero + low * rise
                    out[f, c + step] = at_one if to_one else at_zero + high * rise


restrict = kernel(_restrict)


def _centre_jacobian(values: Floats, out: Floats) -> None:
    """Write the derivatives d f / d t_j at the centre of the box; exact means of corner differences."""
    corners = values.shape[1]
    for f in range(values.shape[0]):
        for j in range(out.shape[1]):
            step, total = 1 << j, 0.0
            for first in range(0, corners, 2 * step):
                for c in range(first, first + step):
                    total += values[f, c + step] - values[f, c]
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


def _precondition(values: Floats, errors: Floats, inverse: Floats, limit: float, image: Floats, work: Floats) -> float:
    """Range of the Krawczyk map t - C f(t) on the box, and its contraction number.

    Any root in the box lies in ``image[variable, end]`` (in t). If the returned number is below 1 the
    preconditioned map is one-to-one on the box: at most one root. If also the image lies inside (-1, 1), Brouwer's
    theorem gives one. Both statements include rounding, whatever the quality of the inverse C.

    Returns
    -------
    the contraction number; ``MISSES`` if the image lies beyond ``limit``, so that a box of that half-width holds no
    root; ``REACHES_OUT`` if it reaches so far out of the box that the number is of no use
    """
    variables, corners = inverse.shape[0], values.shape[1]
    contraction, out_of_reach = 0.0, False
    for i in range(variables):
        error = 4.0 * EPSILON
        for c in range(corners):
            work[c] = 0.0
        for k in range(variables):
            factor = inverse[i, k]
            error += 1.1 * abs(factor) * errors[k]
            for c in range(corners):
                work[c] += factor * values[k, c]
        smallest, largest = 1e300, -1e300
        step = 1 << i
        for first in range(0, corners, 2 * step):
            for c in range(first, first + step):
                below, above = -1.0 - work[c], 1.0 - work[c + step]
                smallest = below if below < smallest else smallest
                largest = below if below > largest else largest
                smallest = above if above < smallest else smallest
                largest = above if above > largest else largest
        image[i, 0], image[i, 1] = smallest - error, largest + error
        if image[i, 0] > limit or image[i, 1] < -limit:
            return MISSES
        if image[i, 0] < -OUT_OF_REACH or image[i, 1] > OUT_OF_REACH:
            out_of_reach = True
        if not out_of_reach:
            contraction = max(contraction, row_deviation(work, i, variables, corners) + variables * error)
    return REACHES_OUT if out_of_reach else contraction


def _row_deviation(work: Floats, i: int, variables: int, corners: int) -> float:
    """Sum over the variables of the largest distance of the row's slopes from those of the identity."""
    row = 0.0
    for j in range(variables):
        step, own, worst = 1 << j, 1.0 if i == j else 0.0, 0.0
        for first in range(0, corners, 2 * step):
            for c in range(first, first + step):
                slope = abs(0.5 * (work[c + step] - work[c]) - own)
                worst = slope if slope > worst else worst
        row += worst
    return row


row_deviation = kernel(_row_deviation)
precondition = kernel(_precondition)


def _value_and_slopes(
    coefficients: Floats, variables: int, point: Floats, work: Floats, values: Floats, matrix: Floats
) -> None:
    """Write f and d f / d x_j at ``point``: fold all variables but one, for each of them."""
    corners = 1 << variables
    for f in range(variables):
        for j in range(variables):
            for c in range(corners):
                work[c] = coefficients[f, c]
            # The highest variable first, so that what is left lies in front; below j, also behind the bit of j.
            for i in range(variables - 1, -1, -1):
                if i == j:
                    continue
                half = 1 << i
                for c in range(half):
                    work[c] += point[i] * (work[c | half] - work[c])
                if i < j:
                    for c in range(1 << j, (1 << j) | half):
                        work[c] += point[i] * (work[c | half] - work[c])
            at_one = work[1 << j]
            matrix[f, j] = at_one - work[0]
            if j == 0:
                values[f] = work[0] + point[0] * (at_one - work[0])


value_and_slopes = kernel(_value_and_slopes)


def _newton(
    coefficients: Floats, variables: int, point: Floats, values: Floats, matrix: Floats, inverse: Floats, work: Floats
) -> None:
    """Newton's method in x from ``point``, in place; stops when a step no longer shrinks."""
    last = 1e300
    for _ in range(NEWTON_STEPS):
        value_and_slopes(coefficients, variables, point, work, values, matrix)
        if not invert(matrix, variables, inverse):
            return
        size = 0.0
        for i in range(variables):
            move = 0.0
            for k in range(variables):
                move += inverse[i, k] * values[k]
            work[i] = move
            size = max(size, abs(move))
        if not size < last:
            return
        for i in range(variables):
            point[i] -= work[i]
        last = size


newton = kernel(_newton)
