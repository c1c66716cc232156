"""All roots of a multi-affine system in a product of simplices, by certified subdivision of the unit cube around it.

The coordinates of a population with classes 0, 1, ..., c are the shares of 1, ..., c; they are at least 0 and sum to
at most 1. Boxes, roots and proofs are those of ``solvers.rest_points``; the simplex adds one exclusion: a box whose
lower ends sum to more than 1 in some population holds no profile, and an upper end beyond what the others' lower
ends leave is cut off.
"""

from __future__ import annotations

import numpy as np

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.rest_points.boxes import (
    FOUND,
    NOTHING,
    SMALLEST_WIDTH,
    begin,
    lies_in_known,
    longer,
    put_back,
    record,
    set_aside,
    take,
)
from solvers.rest_points.certificate import EPSILON, centre_jacobian, restrict
from solvers.rest_points.scratch import new_scratch
from solvers.rest_points.signs import has_one_sign
from solvers.rest_points.subdivision import examine_square, split_variable

SLACK = 1e-12
"""Room left beyond the simplex, so that a root on its border is found and can be named a tie."""


def rounding_bound(variables: int) -> float:
    """Bound on the error of a restricted corner value, relative to the largest corner value of the function.

    A pass over one variable adds at most 9 units of roundoff of the largest value, and lets values grow by at most
    1.2 on a box that reaches a tenth of its width beyond the cube; the corner values themselves come from a few
    additions per population. The bound is at least that of ``solvers.rest_points.certificate``.
    """
    passes = max(5, variables)
    return float(2.0 * EPSILON * 9.0 * passes * 1.2**passes)


def _clip(box: Floats, population: Integers) -> bool:
    """Cut off in place what lies outside the simplices; False if nothing is left."""
    for j in range(box.shape[0]):
        others = 0.0
        for k in range(box.shape[0]):
            if k != j and population[k] == population[j]:
                others += box[k, 0]
        room = 1.0 + SLACK - others
        if box[j, 0] > room:
            return False
        box[j, 1] = min(box[j, 1], room)
    return True


clip = kernel(_clip)


def _solve_simplices(
    coefficients: Floats, population: Integers, rounding: float, most_boxes: int, stop: Integers, roots: Floats,
    leftovers: Floats,
) -> tuple[int, int, int]:  # fmt: skip
    """Find all roots in a product of open simplices.

    Parameters
    ----------
    coefficients : shape (functions, 2**variables), values at the corners of the unit cube
    population : shape (variables,), which variables belong together
    rounding : what `rounding_bound` says
    most_boxes : int
        Boxes to examine before the rest is handed back as undecided.
    stop : shape (1,)
        Another thread writes a number other than 0 to end the search as if the boxes were spent.
    roots : shape (capacity, variables, 4), written
        Newton point, radius and the ends of the box of uniqueness; some may lie just outside, the caller looks.
    leftovers : shape (capacity, variables, 2), written
        Undecided boxes. When this many wait, all that wait are handed back, so the capacity is never exceeded.

    Returns
    -------
    roots found, undecided boxes, boxes examined
    """
    functions, variables = coefficients.shape[0], population.shape[0]
    s = new_scratch(functions, variables)
    for f in range(functions):
        s.errors[f] = rounding * np.max(np.abs(coefficients[f]))
    queue = np.empty((64, variables, 2))
    begin(queue, variables)
    head, waiting = 0, 1
    found, undecided, examined = 0, 0, 0
    ended = False
    while waiting > 0:
        take(queue, head, s.box)
        head = (head + 1) % queue.shape[0]
        waiting -= 1
        if not clip(s.box, population) or lies_in_known(s.box, roots, found):
            continue
        if examined >= most_boxes or stop[0] != 0:
            ended = True
        if waiting + undecided + 2 >= leftovers.shape[0] or found == roots.shape[0]:
            ended = True
        if ended or np.max(s.box[:, 1] - s.box[:, 0]) < SMALLEST_WIDTH:
            set_aside(leftovers, undecided, s.box)
            undecided += 1
            continue
        examined += 1
        restrict(coefficients, s.box, s.values)
        if has_one_sign(s.values, s.errors, coefficients, s.box):
            continue
        centre_jacobian(s.values, s.matrix)
        split = split_variable(s.values, s.matrix, s.errors, s.box)
        narrowed = False
        if functions == variables:
            proof, narrowed = examine_square(coefficients, s)
            if proof == FOUND:
                found = record(roots, found, s.root)
            if proof != NOTHING:
                continue
        if waiting + 2 > queue.shape[0]:
            queue, head = longer(queue, head, waiting), 0
        waiting = put_back(queue, head, waiting, s.box, split, narrowed)
    return found, undecided, examined


solve_simplices = kernel(_solve_simplices)
