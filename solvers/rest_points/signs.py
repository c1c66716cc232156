"""Exclusion by sign: a multi-affine function that has one sign at the corners has it on the whole box.

Ties make functions vanish on whole facets of a face. Such facets are not part of the open face, so a function that
is zero there and of one sign elsewhere still has no root inside; the exact signs of the input decide that.
"""

from __future__ import annotations

from solvers.arrays import Floats
from solvers.compiled import kernel

VANISHES = 2.0


def _facet_signs(coefficients: Floats, variables: int, signs: Floats) -> None:
    """Exact sign of each function on each facet of the face, into ``signs[function, variable, side]``.

    +1 where it is nowhere negative, -1 where nowhere positive, ``VANISHES`` where both, else 0.
    """
    for f in range(coefficients.shape[0]):
        for j in range(variables):
            for side in range(2):
                lowest, highest = 1e300, -1e300
                for c in range(1 << variables):
                    if (c >> j) & 1 == side:
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


def _on_safe_facet(signs: Floats, box: Floats, f: int, corner: int, sign: float) -> bool:
    """Whether the corner of the box lies on a facet of the face where function f never has the other sign."""
    for j in range(box.shape[0]):
        side = (corner >> j) & 1
        touches = box[j, 1] == 1.0 if side == 1 else box[j, 0] == 0.0
        if touches and (signs[f, j, side] == VANISHES or signs[f, j, side] == sign):
            return True
    return False


on_safe_facet = kernel(_on_safe_facet)


def _excluded(values: Floats, errors: Floats, signs: Floats, box: Floats, sign: float) -> bool:
    """Whether some function has the given strict sign on the part of the box that lies in the open face.

    Each corner must have the strict sign, or lie on a facet of the face where the function never has the other
    sign. A point of the open face has a positive weight on corners away from all those facets, so the function,
    a weighted mean of its corner values, has the strict sign there.
    """
    for f in range(values.shape[0]):
        proved = True
        for c in range(values.shape[1]):
            if sign * values[f, c] <= errors[f] and not on_safe_facet(signs, box, f, c, sign):
                proved = False
                break
        if proved:
            return True
    return False


excluded = kernel(_excluded)
