"""Exclusion by sign: a multi-affine function that has one sign at the corners has it on the whole box.

Ties make functions vanish at corners of a face. Those are not part of the open face, so a function that is zero there
and of one sign elsewhere still has no root inside; the exact signs of the input decide that.
"""

from __future__ import annotations

from solvers.arrays import Floats
from solvers.compiled import kernel

VANISHES = 2.0
"""Mark for a function that is zero on a whole facet, where signs per facet are tabulated."""


def _safe_corner(coefficients: Floats, box: Floats, f: int, corner: int, sign: float) -> bool:
    """Whether the corner of the box lies on a border of the face where function f never has the other sign."""
    variables = box.shape[0]
    fixed = 0
    for j in range(variables):
        side = (corner >> j) & 1
        if box[j, 1] == 1.0 if side == 1 else box[j, 0] == 0.0:
            fixed |= 1 << j
    if fixed == 0:
        return False
    wanted = corner & fixed
    for c in range(1 << variables):  # noqa: SIM110  # numba compiles no generators
        if c & fixed == wanted and sign * coefficients[f, c] < 0.0:
            return False
    return True


safe_corner = kernel(_safe_corner)


def _has_one_sign(values: Floats, errors: Floats, coefficients: Floats, box: Floats) -> bool:
    """Whether some function has one strict sign on the part of the box that lies in the open face.

    Each corner must have the strict sign, or lie on a border of the face where the function never has the other
    sign. A point of the open face has a positive weight on every corner; those on the border add nothing of the
    other sign, so the function, a weighted mean of its corner values, has the strict sign if one corner has it.
    """
    for f in range(values.shape[0]):
        error = errors[f]
        above, below, near = False, False, False
        for c in range(values.shape[1]):
            entry = values[f, c]
            if entry > error:
                above = True
            elif entry < -error:
                below = True
            else:
                near = True
            if above and below:
                break
        if above == below:
            continue
        if not near:
            return True
        sign, proved = 1.0 if above else -1.0, True
        for c in range(values.shape[1]):
            if abs(values[f, c]) <= error and not safe_corner(coefficients, box, f, c, sign):
                proved = False
                break
        if proved:
            return True
    return False


has_one_sign = kernel(_has_one_sign)
