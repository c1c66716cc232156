"""All roots of a polynomial system in the open unit cube, by certified subdivision of any degree.

The search of :mod:`solvers.rest_points.subdivision`, with Bernstein coefficients in place of corner values: a box is
dropped when a function keeps its sign on it or the Krawczyk image misses it; a box with exactly one root, proved,
gives that root; any other box is narrowed to its image or split. Boxes that reach ``SMALLEST_WIDTH`` or outlive the
budget come back as undecided: nothing is ever dropped without proof, and nothing loops.

A box is an array ``[variable, end]``. A root is a row ``[variable, (point, radius, low, high)]``: the Newton point,
the half-width of a proved enclosure around it, and the box in which it is the only root.
"""

from __future__ import annotations

import numpy as np

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
    longer,
    put_back,
    record,
    set_aside,
    take,
    write_root,
)
from solvers.rest_points.certificate import EPSILON, INFLATION, invert
from solvers.share_dependent.boxes import restrict, values_and_slopes
from solvers.share_dependent.certificate import newton, precondition, rounding_errors
from solvers.share_dependent.signs import excluded, facet_signs

THINNEST = 1e-3
"""No side is narrowed below this part of the widest one: the Jacobian of a flat box is singular to working precision,
and its root would never be proved."""

def _centre_jacobian(values: Floats, slopes: Floats, out: Floats) -> None:
    """Write the derivatives d f / d t_j at the centre of the box."""
    for f in range(values.shape[0]):
        for j in range(slopes.shape[0]):
            total = 0.0
            for c in range(values.shape[1]):
                total += slopes[j, c] * values[f, c]
            out[f, j] = total


centre_jacobian = kernel(_centre_jacobian)


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
            largest = errors[f]
            for c in range(values.shape[1]):
                largest = max(largest, abs(values[f, c]))
            if largest > 0.0:
                effect += abs(matrix[f, j]) / largest
        # The constant keeps a variable without slope at the centre from never being split.
        effect = (effect + 0.05) * (box[j, 1] - box[j, 0] + 1e-3 * widest)
        if effect > best:
            best, choice = effect, j
    return choice


split_variable = kernel(_split_variable)


def _enclose(
    coefficients: Floats, errors: Floats, degrees: Integers, strides: Integers, wide: Floats, inverse: Floats,
    image: Floats, contraction: float, root: Floats,
) -> bool:  # fmt: skip
    """Newton from the middle of the image, and a proved radius around where it ends; False if it left the box."""
    variables = wide.shape[0]
    point, values = np.empty(variables), np.empty(variables)
    matrix = np.empty((variables, variables))
    for j in range(variables):
        half = 0.5 * (wide[j, 1] - wide[j, 0])
        point[j] = 0.5 * (wide[j, 0] + wide[j, 1]) + half * 0.5 * (image[j, 0] + image[j, 1])
    newton(coefficients, degrees, strides, point)
    values_and_slopes(coefficients, degrees, strides, point, values, matrix)
    return write_root(point, values, inverse, errors, wide, contraction, root)


enclose = kernel(_enclose)


def _single_root(
    coefficients: Floats, errors: Floats, degrees: Integers, strides: Integers, nodes: Floats, slopes: Floats,
    box: Floats, values: Floats, matrix: Floats, inverse: Floats, image: Floats, work: Floats, root: Floats,
) -> int:  # fmt: skip
    """Look at a slightly larger box, so that a root on the border is inside, and try to prove one root or none.

    Returns ``FOUND`` with the root written, ``ABSENT`` if the box itself has none, else ``NOTHING``. ``image`` is
    left as an interval of shares that holds every root of the box.
    """
    variables = box.shape[0]
    wide = np.empty((variables, 2))
    for j in range(variables):
        margin = 0.5 * (INFLATION - 1.0) * (box[j, 1] - box[j, 0])
        wide[j, 0] = box[j, 0] - margin
        wide[j, 1] = box[j, 1] + margin
    restrict(coefficients, degrees, strides, wide[:, 0], wide[:, 1], values)
    centre_jacobian(values, slopes, matrix)
    if not invert(matrix, variables, inverse):
        for j in range(variables):
            image[j, 0], image[j, 1] = box[j, 0], box[j, 1]
        return NOTHING
    contraction = precondition(values, errors, inverse, nodes, degrees, strides, image, work)
    proved = contraction < 1.0
    for j in range(variables):
        if image[j, 0] > 1.0 / INFLATION or image[j, 1] < -1.0 / INFLATION:
            return ABSENT
        if image[j, 0] <= -1.0 or image[j, 1] >= 1.0:
            proved = False
    if proved and enclose(coefficients, errors, degrees, strides, wide, inverse, image, contraction, root):
        return FOUND
    for j in range(variables):
        centre, half = 0.5 * (wide[j, 0] + wide[j, 1]), 0.5 * (wide[j, 1] - wide[j, 0])
        image[j, 0] = centre + half * image[j, 0]
        image[j, 1] = centre + half * image[j, 1]
    return NOTHING


single_root = kernel(_single_root)


def _narrow(box: Floats, image: Floats, thinnest: float) -> bool:
    """Narrow the box to the image, but no side to less than ``thinnest``; whether it became much narrower."""
    narrowed = False
    for j in range(box.shape[0]):
        width = box[j, 1] - box[j, 0]
        start, end = image[j, 0], image[j, 1]
        missing = 0.5 * (thinnest - (end - start))
        if missing > 0.0:
            start, end = max(box[j, 0], start - missing), min(box[j, 1], end + missing)
        box[j, 0], box[j, 1] = start, end
        if end - start < ENOUGH * width:
            narrowed = True
    return narrowed


narrow = kernel(_narrow)


def _examine_square(
    coefficients: Floats, errors: Floats, degrees: Integers, strides: Integers, nodes: Floats, slopes: Floats,
    box: Floats, values: Floats, matrix: Floats, inverse: Floats, image: Floats, work: Floats, root: Floats,
) -> tuple[int, bool]:  # fmt: skip
    """Precondition a square system on the box: prove a root or none, or narrow the box in place.

    Returns what was proved and whether the box became much narrower.
    """
    variables = box.shape[0]
    if not invert(matrix, variables, inverse):
        return NOTHING, False
    contraction = precondition(values, errors, inverse, nodes, degrees, strides, image, work)
    for j in range(variables):
        if image[j, 0] > 1.0 or image[j, 1] < -1.0:
            return ABSENT, False
    for j in range(variables):
        centre, half = 0.5 * (box[j, 0] + box[j, 1]), 0.5 * (box[j, 1] - box[j, 0])
        image[j, 0] = centre + half * image[j, 0]
        image[j, 1] = centre + half * image[j, 1]
    if contraction < DOUBTFUL_CONTRACTION:
        proof = single_root(
            coefficients, errors, degrees, strides, nodes, slopes, box, values, matrix, inverse, image, work, root
        )
        if proof != NOTHING:
            return proof, False
    widest = 0.0
    for j in range(variables):
        image[j, 0] = max(box[j, 0], image[j, 0] - 4.0 * EPSILON)
        image[j, 1] = min(box[j, 1], image[j, 1] + 4.0 * EPSILON)
        if image[j, 1] < image[j, 0]:
            return ABSENT, False
        widest = max(widest, image[j, 1] - image[j, 0])
    return NOTHING, narrow(box, image, max(THINNEST * widest, 2.0 * SMALLEST_WIDTH))


examine_square = kernel(_examine_square)


def _solve_face(
    coefficients: Floats, degrees: Integers, strides: Integers, nodes: Floats, slopes: Floats, most_boxes: int,
    roots: Floats, leftovers: Floats,
) -> tuple[int, int, int, int]:  # fmt: skip
    """Find all roots in the open face.

    Parameters
    ----------
    coefficients : shape (functions, size), with the arrays of :class:`solvers.share_dependent.boxes.Grid`
    most_boxes : int
        Boxes to examine before the rest is handed back as undecided.
    roots : shape (capacity, variables, 4), written
        Roots; some may lie just outside the face, the caller looks.
    leftovers : shape (capacity, variables, 2), written
        Undecided boxes. When this many wait, the roots are not isolated points: all that wait are handed back at
        that coarse resolution, so the capacity is never exceeded.

    Returns
    -------
    roots found, undecided boxes, how many of these come before those that the budget cut off, boxes examined
    """
    functions, variables = coefficients.shape[0], degrees.shape[0]
    values = np.empty(coefficients.shape)
    errors = np.empty(functions)
    rounding_errors(coefficients, degrees, errors)
    signs = np.empty((functions, variables, 2))
    facet_signs(coefficients, degrees, strides, signs)
    matrix, inverse = np.empty((functions, variables)), np.empty((variables, variables))
    work, image = np.empty(coefficients.shape[1]), np.empty((variables, 2))
    root, box = np.empty((variables, 4)), np.empty((variables, 2))
    queue = np.empty((64, variables, 2))
    begin(queue, variables)
    head, waiting = 0, 1
    found, undecided, examined = 0, 0, 0
    ended, before_cut = False, -1
    while waiting > 0:
        widest = take(queue, head, box)
        head = (head + 1) % queue.shape[0]
        waiting -= 1
        if lies_in_known(box, roots, found):
            continue
        if waiting + undecided + 2 >= leftovers.shape[0] or examined >= most_boxes or found == roots.shape[0]:
            if not ended and examined >= most_boxes:
                before_cut = undecided
            ended = True
        if ended or widest < SMALLEST_WIDTH:
            set_aside(leftovers, undecided, box)
            undecided += 1
            continue
        examined += 1
        restrict(coefficients, degrees, strides, box[:, 0], box[:, 1], values)
        if excluded(values, errors, signs, box, degrees, strides, 1.0) or excluded(
            values, errors, signs, box, degrees, strides, -1.0
        ):
            continue
        centre_jacobian(values, slopes, matrix)
        split = split_variable(values, matrix, errors, box)
        narrowed = False
        if functions == variables:
            proof, narrowed = examine_square(
                coefficients, errors, degrees, strides, nodes, slopes, box, values, matrix, inverse, image, work, root
            )
            if proof == FOUND:
                found = record(roots, found, root)
            if proof != NOTHING:
                continue
        if waiting + 2 > queue.shape[0]:
            queue, head = longer(queue, head, waiting), 0
        waiting = put_back(queue, head, waiting, box, split, narrowed)
    return found, undecided, before_cut if before_cut >= 0 else undecided, examined


solve_face = kernel(_solve_face)
