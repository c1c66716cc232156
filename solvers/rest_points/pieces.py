"""Solve one system of a face piece by piece: functions that share no variables have nothing to do with each other.

The roots of the face are all combinations of the roots of its pieces, and there is none if one piece has none. A
piece of one function in one variable, or of three in three, is solved in closed form; any other by subdivision.
"""

from __future__ import annotations

import numpy as np

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.rest_points.certificate import EPSILON, restrict
from solvers.rest_points.scratch import Scratch, scratch_in
from solvers.rest_points.subdivision import solve_system
from solvers.rest_points.triples import UNSURE, solve_triple
from solvers.rest_points.workspace import EXAMINED, Pieces, System

VARIABLES, FIRST_ROOT, ROOT_COUNT, FIRST_BOX, BOX_COUNT, SURFACE = range(6)
"""Columns of ``Pieces.table``."""

LINEAR_RADIUS = 4.0 * EPSILON
"""Relative error of the root of a linear function: rounding of two differences of payoffs, a sum and a quotient."""

SMALLEST_RADIUS = 1e-300

BOXES_OF_A_SURFACE = 200
"""Boxes in which a set that is not isolated points is laid out; more would only draw it finer."""

BOXES_PER_PIECE = 20_000
"""Most boxes that one piece may use up, so that a face that cannot be decided leaves something for the others."""


def _components(masks: Integers, table: Integers, functions: int) -> int:
    """Write the variables of each connected piece into ``table``; returns how many pieces there are."""
    count = 0
    for f in range(functions):
        joined = masks[f]
        if joined == 0:
            continue
        kept = 0
        for p in range(count):
            if table[p, VARIABLES] & joined:
                joined |= table[p, VARIABLES]
            else:
                table[kept, VARIABLES] = table[p, VARIABLES]
                kept += 1
        table[kept, VARIABLES] = joined
        count = kept + 1
    return count


components = kernel(_components)


def _members(masks: Integers, owner: Integers, functions: int, variables: int) -> tuple[int, int]:
    """Count the functions of a piece and the variables of it that own one of its functions."""
    count, owners = 0, 0
    for f in range(functions):
        if masks[f] & variables:
            count += 1
            owners |= (1 << owner[f]) & variables
    size = 0
    while owners:
        owners &= owners - 1
        size += 1
    return count, size


members = kernel(_members)


def _bit_count(mask: int) -> int:
    count = 0
    while mask:
        mask &= mask - 1
        count += 1
    return count


bit_count = kernel(_bit_count)


def _copy_piece(y: System, coefficients: Floats, functions: int, variables: int) -> int:
    """Write the piece's functions over its own corners to ``coefficients``, owners' functions in their order."""
    masks, tables = y.masks, y.tables
    size = bit_count(variables)
    # The corners of the piece among those of the face; the other variables do not matter, so they are 0.
    at = 0
    for f in range(functions):
        if masks[f] & variables == 0:
            continue
        for c in range(1 << size):
            corner, rest, j = 0, c, 0
            while rest:
                while (variables >> j) & 1 == 0:
                    j += 1
                if rest & 1:
                    corner |= 1 << j
                rest >>= 1
                j += 1
            coefficients[at] = tables[f, corner]
            at += 1
    return size


copy_piece = kernel(_copy_piece)


def _solve_linear(y: System, roots: Floats, functions: int, variables: int, first: int) -> None:
    """Root of one function of one variable, whose ends have opposite signs, so that nothing cancels."""
    masks, tables = y.masks, y.tables
    for f in range(functions):
        if masks[f] == variables:
            at_zero, at_one = tables[f, 0], tables[f, variables]
            share = at_zero / (at_zero - at_one)
            roots[first, 0, 0], roots[first, 0, 1] = share, LINEAR_RADIUS * share + SMALLEST_RADIUS
            roots[first, 0, 2], roots[first, 0, 3] = 0.0, 1.0
            return


solve_linear = kernel(_solve_linear)


def _note_crossings(
    coefficients: Floats, leftovers: Floats, crossed: Integers, first: int, count: int, s: Scratch
) -> None:
    """Note the boxes on which the function of a surface surely has both signs."""
    box, values, errors = s.box, s.values, s.errors
    for b in range(first, first + count):
        for j in range(box.shape[0]):
            box[j, 0], box[j, 1] = leftovers[b, j, 0], leftovers[b, j, 1]
        restrict(coefficients, box, values)
        above, below = False, False
        for c in range(values.shape[1]):
            above = above or values[0, c] > errors[0]
            below = below or values[0, c] < -errors[0]
        crossed[b] = 1 if above and below else 0


note_crossings = kernel(_note_crossings)


def _solve_piece(
    y: System,
    s: Pieces,
    counts: Integers,
    p: int,
    functions: int,
    first_root: int,
    first_box: int,
    most_boxes: int,
    stop: Integers,
) -> bool:
    """Solve one piece and record where its roots and undecided boxes lie; returns whether the budget ended it."""
    table, masks, owner, coefficients_ = s.table, y.masks, y.owner, s.coefficients
    roots_, scratch, queue, leftovers = s.roots, s.scratch, s.queue, s.leftovers
    variables = table[p, VARIABLES]
    count, owners = members(masks, owner, functions, variables)
    size = bit_count(variables)
    table[p, FIRST_ROOT], table[p, ROOT_COUNT] = first_root, 1
    table[p, FIRST_BOX], table[p, BOX_COUNT] = first_box, 0
    table[p, SURFACE] = 1 if count == 1 and size > 1 else 0
    if count == 1 and size == 1:
        solve_linear(y, roots_, functions, variables, first_root)
        return False
    copy_piece(y, coefficients_, functions, variables)
    corners = 1 << size
    coefficients = coefficients_[: count * corners].reshape((count, corners))
    roots = roots_[first_root:]
    if count == 3 and size == 3 and owners == 3:
        found = solve_triple(coefficients, roots)
        if found != UNSURE:
            table[p, ROOT_COUNT] = found
            return False
    most_waiting = min(queue.shape[0] - 2, leftovers.shape[0] - table.shape[0] - first_box)
    if count != size:
        most_waiting = min(most_waiting, BOXES_OF_A_SURFACE)
    found, undecided, examined, spent = solve_system(
        coefficients, min(BOXES_PER_PIECE, most_boxes), most_waiting, stop, scratch_in(scratch, count, size),
        queue, roots, leftovers, first_box,
    )  # fmt: skip
    if count == 1:
        note_crossings(coefficients, leftovers, s.crossed, first_box, undecided, scratch_in(scratch, 1, size))
    counts[EXAMINED] += examined
    table[p, ROOT_COUNT], table[p, BOX_COUNT] = found, undecided
    return spent


solve_piece = kernel(_solve_piece, inline="always")


def _solve_pieces(
    y: System, s: Pieces, counts: Integers, functions: int, k: int, most_boxes: int, stop: Integers
) -> tuple[int, bool]:
    """Solve all pieces of the system in hand, small ones first.

    Returns
    -------
    number of pieces, or 0 if one of them has no root; whether the budget ended the search in one of them
    """
    masks, table = y.masks, s.table
    count = components(masks, table, functions)
    first_root, first_box = 0, 0
    any_spent = False
    for size in range(1, k + 1):
        for p in range(count):
            if bit_count(table[p, VARIABLES]) != size:
                continue
            left = most_boxes - counts[EXAMINED]
            spent = solve_piece(y, s, counts, p, functions, first_root, first_box, left, stop)
            any_spent = any_spent or spent
            if table[p, ROOT_COUNT] == 0 and table[p, BOX_COUNT] == 0:
                return 0, False
            first_root += table[p, ROOT_COUNT]
            first_box += table[p, BOX_COUNT]
    return count, any_spent


solve_pieces = kernel(_solve_pieces, inline="always")


def _write_choice(
    s: Pieces, mixing: Integers, digits: Integers, k: int, count: int, choice: int, hull: bool, target: Floats, row: int
) -> None:
    """Put one root or box of every piece together to a point, a family or a box, in the shares of all populations.

    ``choice`` numbers the combination: per piece its roots first, then its boxes (or one hull of them).
    """
    table, roots = s.table, s.roots
    n = digits.shape[0]
    boxed = choice_has_box(s, count, choice, hull)
    for i in range(n):
        share = np.float64(digits[i])
        if boxed:
            target[row, i, 0], target[row, i, 1] = share, share
        else:
            target[row, i, 0], target[row, i, 1] = share, 0.0
    for a in range(k):
        if boxed:
            target[row, mixing[a], 0], target[row, mixing[a], 1] = 0.0, 1.0
        else:
            target[row, mixing[a], 0], target[row, mixing[a], 1] = 0.5, -1.0
    for p in range(count):
        options = table[p, ROOT_COUNT] + boxes_offered(s, p, hull)
        taken = choice % options
        choice //= options
        j = 0
        for a in range(k):
            if (table[p, VARIABLES] >> a) & 1 == 0:
                continue
            i = mixing[a]
            if taken < table[p, ROOT_COUNT]:
                r = table[p, FIRST_ROOT] + taken
                share, radius = roots[r, j, 0], roots[r, j, 1]
                if boxed:
                    target[row, i, 0], target[row, i, 1] = max(0.0, share - radius), min(1.0, share + radius)
                else:
                    target[row, i, 0], target[row, i, 1] = share, radius
            else:
                low, high = side(s, p, taken - table[p, ROOT_COUNT], j, hull)
                target[row, i, 0], target[row, i, 1] = low, high
            j += 1


def _boxes_offered(s: Pieces, p: int, hull: bool) -> int:
    table = s.table
    return int(min(1, table[p, BOX_COUNT]) if hull else table[p, BOX_COUNT])


def _side(s: Pieces, p: int, b: int, j: int, hull: bool) -> tuple[float, float]:
    """Ends of one side of a box of a piece, or of the hull of its boxes."""
    table, leftovers = s.table, s.leftovers
    first = table[p, FIRST_BOX]
    if not hull:
        return leftovers[first + b, j, 0], leftovers[first + b, j, 1]
    low, high = 1.0, 0.0
    for k in range(table[p, BOX_COUNT]):
        low = min(low, leftovers[first + k, j, 0])
        high = max(high, leftovers[first + k, j, 1])
    return low, high


def _choice_has_box(s: Pieces, count: int, choice: int, hull: bool) -> bool:
    table = s.table
    for p in range(count):
        options = table[p, ROOT_COUNT] + boxes_offered(s, p, hull)
        if choice % options >= table[p, ROOT_COUNT]:
            return True
        choice //= options
    return False


boxes_offered = kernel(_boxes_offered)
side = kernel(_side)
choice_has_box = kernel(_choice_has_box)
write_choice = kernel(_write_choice)
