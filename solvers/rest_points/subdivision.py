"""All roots of a multi-affine system in the open unit cube, by certified subdivision.

A queue of boxes starts with the whole face. A box is dropped when a function keeps its sign on it or the Krawczyk
image misses it; a box with exactly one root, proved, gives that root; any other box is narrowed to its image or
split. Boxes that reach ``SMALLEST_WIDTH`` or outlive the budget come back as undecided: nothing is ever dropped
without proof, and nothing loops.
"""

from __future__ import annotations

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.rest_points.boxes import (
    ABSENT,
    DOUBTFUL_CONTRACTION,
    ENOUGH,
    FOUND,
    NOTHING,
    SMALLEST_WIDTH,
    begin,
    lies_in_known,
    put_back,
    record,
    set_aside,
    take,
    write_root,
)
from solvers.rest_points.certificate import (
    EPSILON,
    FEW_VARIABLES,
    INFLATION,
    MISSES,
    ROUNDING,
    ROUNDING_OF_MANY,
    centre_jacobian,
    invert,
    newton,
    precondition,
    restrict,
    value_and_slopes,
)
from solvers.rest_points.scratch import Scratch
from solvers.rest_points.signs import has_one_sign

THINNEST = 2.0**-22
"""A variable that is settled sooner than the others keeps at least this width until they follow."""


def _largest(coefficients: Floats, out: Floats) -> None:
    """Write a bound on the rounding of each function's restricted values into ``out``."""
    bound = ROUNDING if coefficients.shape[1] <= 1 << FEW_VARIABLES else ROUNDING_OF_MANY
    for f in range(coefficients.shape[0]):
        largest = 0.0
        for c in range(coefficients.shape[1]):
            largest = max(largest, abs(coefficients[f, c]))
        out[f] = bound * largest


rounding_errors = kernel(_largest)


def _split_variable(values: Floats, matrix: Floats, errors: Floats, box: Floats) -> int:
    """Variable whose split changes the functions most, relative to their size; widths settle near-ties."""
    functions = values.shape[0]
    widest = 0.0
    for j in range(box.shape[0]):
        widest = max(widest, box[j, 1] - box[j, 0])
    best, choice = -1.0, 0
    for j in range(box.shape[0]):
        effect = 0.0
        for f in range(functions):
            # The slopes of a function add up to no more than its largest value.
            size = errors[f]
            for i in range(box.shape[0]):
                size += abs(matrix[f, i])
            if size > 0.0:
                effect += abs(matrix[f, j]) / size
        # The small constant keeps a variable without effect at the centre from never being split.
        effect = (effect + 0.05) * (box[j, 1] - box[j, 0] + 1e-3 * widest)
        if effect > best:
            best, choice = effect, j
    return choice


split_variable = kernel(_split_variable)


def _enclose(coefficients: Floats, contraction: float, s: Scratch) -> bool:
    """Newton from the middle of the image, and a proved radius around where it ends; False if it left the box."""
    image, point, at_point, matrix = s.image, s.point, s.at_point, s.matrix
    newton_inverse, work, inverse, errors = s.newton_inverse, s.work, s.inverse, s.errors
    root, wide = s.root, s.wide
    variables = point.shape[0]
    for j in range(variables):
        half = 0.5 * (wide[j, 1] - wide[j, 0])
        point[j] = 0.5 * (wide[j, 0] + wide[j, 1]) + half * 0.5 * (image[j, 0] + image[j, 1])
    newton(coefficients, variables, point, at_point, matrix, newton_inverse, work)
    value_and_slopes(coefficients, variables, point, work, at_point, matrix)
    return write_root(point, at_point, inverse, errors, wide, contraction, root)


enclose = kernel(_enclose)


def _single_root(coefficients: Floats, s: Scratch) -> int:
    """Look at a slightly larger box, so that a root on the border is inside, and try to prove one root or none.

    The slopes at the centre are those of the box itself, wider by the inflation; so is their inverse, narrower.
    """
    point, box, wide, values = s.point, s.box, s.wide, s.values
    errors, inverse, image, work = s.errors, s.inverse, s.image, s.work
    variables = point.shape[0]
    for j in range(variables):
        margin = 0.5 * (INFLATION - 1.0) * (box[j, 1] - box[j, 0])
        wide[j, 0] = box[j, 0] - margin
        wide[j, 1] = box[j, 1] + margin
        for k in range(variables):
            inverse[j, k] /= INFLATION
    restrict(coefficients, wide, values)
    contraction = precondition(values, errors, inverse, 1.0 / INFLATION, image, work)
    if contraction == MISSES:
        return ABSENT
    if contraction >= 1.0:
        return NOTHING
    for j in range(variables):
        if image[j, 0] <= -1.0 or image[j, 1] >= 1.0:
            return NOTHING
    return FOUND if enclose(coefficients, contraction, s) else NOTHING


single_root = kernel(_single_root)


def _examine_square(coefficients: Floats, s: Scratch) -> tuple[int, bool]:
    """Precondition a square system: prove one root or none in ``s.box``, or narrow it in place.

    ``s.values`` and ``s.matrix`` hold the values at its corners and the slopes at its centre.

    Returns
    -------
    ``FOUND`` with ``s.root`` written, ``ABSENT``, or ``NOTHING``; and whether the box became much narrower.
    """
    point, matrix, values, errors = s.point, s.matrix, s.values, s.errors
    inverse, image, work, own_image = s.inverse, s.image, s.work, s.own_image
    box = s.box
    variables = point.shape[0]
    if not invert(matrix, variables, inverse):
        return NOTHING, False
    contraction = precondition(values, errors, inverse, 1.0, image, work)
    if contraction == MISSES:
        return ABSENT, False
    narrowed = False
    for j in range(variables):
        centre, half = 0.5 * (box[j, 0] + box[j, 1]), 0.5 * (box[j, 1] - box[j, 0])
        own_image[j, 0] = centre + half * image[j, 0] - 4.0 * EPSILON
        own_image[j, 1] = centre + half * image[j, 1] + 4.0 * EPSILON
    if contraction < DOUBTFUL_CONTRACTION:
        proof = single_root(coefficients, s)
        if proof != NOTHING:
            return proof, False
    for j in range(variables):
        width = box[j, 1] - box[j, 0]
        start, end = max(box[j, 0], own_image[j, 0]), min(box[j, 1], own_image[j, 1])
        if end < start:
            return ABSENT, False
        if end - start < THINNEST:
            # A box with sides of very different widths makes its Jacobian look singular.
            start, end = max(box[j, 0], start - 0.5 * THINNEST), min(box[j, 1], end + 0.5 * THINNEST)
        box[j, 0], box[j, 1] = start, end
        if end - start < ENOUGH * width:
            narrowed = True
    return NOTHING, narrowed


examine_square = kernel(_examine_square)


def _solve_system(
    coefficients: Floats, most_boxes: int, most_waiting: int, stop: Integers, s: Scratch, queue: Floats,
    roots: Floats, leftovers: Floats, start: int,
) -> tuple[int, int, int, bool]:  # fmt: skip
    """Find all roots in the open face.

    Parameters
    ----------
    coefficients : shape (functions, 2**variables), values at the corners of the face
    most_boxes : int
        Boxes to examine before the rest is handed back as undecided.
    most_waiting : int
        When this many wait, the roots are not isolated points: all that wait are handed back at that coarse
        resolution.
    stop : shape (1,)
        Another thread writes a number other than 0 to end the search as if the boxes were spent.
    queue : shape (at least most_waiting + 2, variables or more, 2), scratch
    roots : shape (capacity, variables or more, 4), written
        Roots; some may lie just outside the face, the caller looks.
    leftovers : shape (capacity, variables or more, 2), written from ``start`` on
        Undecided boxes, at most ``most_waiting`` of them.

    Returns
    -------
    roots found, undecided boxes, boxes examined, whether the budget ended the search
    """
    matrix, errors, box, values = s.matrix, s.errors, s.box, s.values
    root = s.root
    functions, variables = matrix.shape
    rounding_errors(coefficients, errors)
    begin(queue, variables)
    head, waiting = 0, 1
    found, undecided, examined = 0, 0, 0
    ended, spent = False, False
    while waiting > 0:
        widest = take(queue, head, box)
        head = (head + 1) % queue.shape[0]
        waiting -= 1
        if lies_in_known(box, roots, found):
            continue
        if examined >= most_boxes or stop[0] != 0:
            spent = True
        if spent or waiting + undecided + 2 >= most_waiting or found == roots.shape[0]:
            ended = True
        if ended or widest < SMALLEST_WIDTH:
            set_aside(leftovers, start + undecided, box)
            undecided += 1
            continue
        examined += 1
        restrict(coefficients, box, values)
        # On the whole face every function changes sign.
        if examined > 1 and has_one_sign(values, errors, coefficients, box):
            continue
        centre_jacobian(values, matrix)
        split = split_variable(values, matrix, errors, box)
        narrowed = False
        if functions == variables:
            proof, narrowed = examine_square(coefficients, s)
            if proof == FOUND:
                found = record(roots, found, root)
            if proof != NOTHING:
                continue
        waiting = put_back(queue, head, waiting, box, split, narrowed)
    return found, undecided, examined, spent


solve_system = kernel(_solve_system)
