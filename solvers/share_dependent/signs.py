"""Exclusion by sign: a polynomial whose coefficients have one sign on a box has it there.

A function may vanish on a border of its face without a root in the open face; coefficients on such a border that are
nowhere of the other sign do not count. The exact signs of the coefficients on the whole face decide that.
"""

from __future__ import annotations

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.rest_points.signs import VANISHES


def _facet_signs(coefficients: Floats, degrees: Integers, strides: Integers, signs: Floats) -> None:
    """Exact sign of each function's coefficients on each facet of the face, into ``signs[function, variable, side]``.

    +1 where none is negative, -1 where none is positive, ``VANISHES`` where both, else 0.
    """
    for f in range(coefficients.shape[0]):
        for j in range(degrees.shape[0]):
            for side in range(2):
                lowest, highest = 1e300, -1e300
                for c in range(coefficients.shape[1]):
                    if (c // strides[j]) % (degrees[j] + 1) == side * degrees[j]:
                        lowest = min(lowest, coefficients[f, c])
                        highest = max(highest, coefficients[f, c])
                signs[f, j, side] = 0.0
                if lowest == 0.0 and highest == 0.0:
                    signs[f, j, side] = VANISHES
                elif lowest >= 0.0:
                    signs[f, j, side] = 1.0
                elif highest <= 0.0:
                    signs[f, j, side] = -1.0


facet_signs = kernel(_facet_signs)


def _on_safe_facet(
    signs: Floats, box: Floats, degrees: Integers, strides: Integers, f: int, c: int, sign: float
) -> bool:
    """Whether a coefficient of the box lies on a facet of the face where function f never has the other sign."""
    for j in range(degrees.shape[0]):
        place = (c // strides[j]) % (degrees[j] + 1)
        if place == 0 and box[j, 0] == 0.0 and (signs[f, j, 0] == VANISHES or signs[f, j, 0] == sign):
            return True
        if place == degrees[j] and box[j, 1] == 1.0 and (signs[f, j, 1] == VANISHES or signs[f, j, 1] == sign):
            return True
    return False


on_safe_facet = kernel(_on_safe_facet)


def _excluded(
    values: Floats, errors: Floats, signs: Floats, box: Floats, degrees: Integers, strides: Integers, sign: float
) -> bool:
    """Whether some function has the given strict sign on the part of the box that lies in the open face.

    Each coefficient must have the strict sign, or lie on a facet of the face where the function's coefficients never
    have the other sign: there it is a mean of them. A point of the open face gives weight to the other coefficients.
    """
    for f in range(values.shape[0]):
        proved = True
        for c in range(values.shape[1]):
            if sign * values[f, c] <= errors[f] and not on_safe_facet(signs, box, degrees, strides, f, c, sign):
                proved = False
                break
        if proved:
            return True
    return False


excluded = kernel(_excluded)
