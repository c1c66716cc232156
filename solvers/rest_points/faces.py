"""Run over the faces of the cube of shares and solve each one that can hold rest points with mixing populations.

A face fixes some populations at 0 or 1 and lets the others mix. On it a rest point is a common zero of the mixing
populations' advantages. Signs at the corners, kept as bits, empty most faces at once. On the others exact tests come
first: advantages that vanish identically drop out, products are split, functions proportional to another drop out,
and populations that no remaining function depends on are free, so that whole faces and products (a point times free
shares) are found exactly, with their dimension proved.
"""

from __future__ import annotations

import numpy as np

from solvers.arrays import Booleans, Floats, Integers
from solvers.compiled import kernel
from solvers.rest_points.factors import NOWHERE, depends_on, same_up_to_scale, simplify, split_off
from solvers.rest_points.pieces import (
    BOX_COUNT,
    FIRST_BOX,
    LINEAR_RADIUS,
    ROOT_COUNT,
    SMALLEST_RADIUS,
    SURFACE,
    VARIABLES,
    bit_count,
    boxes_offered,
    choice_has_box,
    solve_pieces,
    write_choice,
)
from solvers.rest_points.triples import UNSURE, solve_triple
from solvers.rest_points.workspace import (
    BOXES,
    BRANCHES,
    FAMILIES,
    MIXING,
    ROOTS,
    WHOLE,
    Findings,
    Game,
    Pieces,
    System,
    Tables,
)

STUCK, BUDGET, SURFACE_OF = 0, 1, 2
"""Why a box is undecided: at the resolution; the budget; or, from SURFACE_OF on, it lies near zero sets of functions
that share no variables. Then the number less SURFACE_OF is twice the dimensions they take away, plus 1 if each of them
surely has zeros in the box."""

MOST_BRANCHES = 5000
"""Combinations of factors to follow on one face; beyond, the face is left undecided as a whole."""

MOST_COMBINATIONS = 2000
"""Combinations of undecided boxes of several pieces; beyond, each piece's boxes are put into one."""


def _can_mix(t: Tables, g: Game, number: int, nash: bool) -> tuple[bool, bool]:
    """Whether the signs at the corners let the face hold a root, and whether every mixing advantage vanishes on it.

    With ``nash``, a pure player that strictly gains by leaving everywhere rules the face out as well.
    """
    digits, corners, positive, negative = t.digits, t.corners, g.positive, g.negative
    vanish = True
    for i in range(digits.shape[1]):
        digit = digits[number, i]
        plus, minus, rest = False, False, False
        if digit == MIXING or nash:
            for word in range(corners.shape[1]):
                here = corners[number, word]
                above, below = here & positive[i, word], here & negative[i, word]
                plus = plus or above != 0
                minus = minus or below != 0
                rest = rest or (above | below) != here
        if digit == MIXING:
            if plus != minus:
                return False, False
            vanish = vanish and not plus
        elif nash and not rest and (plus and not minus if digit == 0 else minus and not plus):
            return False, False
    return True, vanish


can_mix = kernel(_can_mix)


# The next three are the fast path of regular faces. They take arrays one by one: handing whole records over costs more
# than what they do.


def _solve_pair(
    scaled: Floats, spread: Integers, at: int, mixing: Integers, number: int, points: Floats, row: int
) -> bool:
    """Two mixing populations: each advantage is a function of the other's share, with ends of opposite signs.

    Returns False if one of them vanishes.
    """
    i, j = mixing[number, 0], mixing[number, 1]
    i_low, i_high = scaled[i, spread[at]], scaled[i, spread[at + 2]]
    j_low, j_high = scaled[j, spread[at]], scaled[j, spread[at + 1]]
    if i_low * i_high >= 0.0 or j_low * j_high >= 0.0:
        return False
    if row < points.shape[0]:
        of_i, of_j = j_low / (j_low - j_high), i_low / (i_low - i_high)
        points[row, i, 0], points[row, i, 1] = of_i, LINEAR_RADIUS * of_i + SMALLEST_RADIUS
        points[row, j, 0], points[row, j, 1] = of_j, LINEAR_RADIUS * of_j + SMALLEST_RADIUS
    return True


solve_pair = kernel(_solve_pair)


def _solve_three(
    scaled: Floats, spread: Integers, at: int, mixing: Integers, number: int, points: Floats, row: int,
    coefficients: Floats, roots: Floats,
) -> int:  # fmt: skip
    """Three mixing populations in closed form: how many points were found, or UNSURE."""
    for a in range(3):
        player = mixing[number, a]
        for c in range(8):
            coefficients[a, c] = scaled[player, spread[at + c]]
    found = solve_triple(coefficients, roots)
    for r in range(found):
        if row + r < points.shape[0]:
            for a in range(3):
                points[row + r, mixing[number, a], 0] = roots[r, a, 0]
                points[row + r, mixing[number, a], 1] = roots[r, a, 1]
    return found


solve_three = kernel(_solve_three)


def _fill_pure(
    points: Floats, faces: Integers, split: Booleans, first: int, end: int, digits: Integers, number: int
) -> None:
    """Write the face and the pure shares of points whose mixing shares are there."""
    for row in range(first, min(end, points.shape[0])):
        faces[row], split[row] = number, False
        for i in range(digits.shape[1]):
            if digits[number, i] != MIXING:
                points[row, i, 0], points[row, i, 1] = np.float64(digits[number, i]), 0.0


fill_pure = kernel(_fill_pure)


def _tabulate(t: Tables, g: Game, y: System, number: int) -> tuple[int, int]:
    """Write the advantages of the mixing populations over the face's corners, those that vanish left out.

    Returns
    -------
    how many populations mix, how many functions there are
    """
    tables, owner, masks, scaled = y.tables, y.owner, y.masks, g.scaled
    spread, mixing = t.spread, t.mixing
    k, first, functions = t.sizes[number], t.first[number], 0
    for a in range(k):
        player, zero = mixing[number, a], True
        for c in range(1 << k):
            entry = scaled[player, spread[first + c]]
            tables[functions, c] = entry
            zero = zero and entry == 0.0
        if not zero:
            owner[functions] = a
            masks[functions] = depends_on(tables[functions], ((1 << k) - 1) & ~(1 << a), k)
            functions += 1
    return int(k), functions


tabulate = kernel(_tabulate)


def _reduce_system(y: System, functions: int, k: int, waiting: int) -> tuple[bool, int]:
    """Simplify all functions; a product that has to be split puts the system with its linear factor on the stack.

    Returns
    -------
    whether the system can have a root, how many systems wait on the stack
    """
    masks, tables, stack, stack_masks = y.masks, y.tables, y.stack, y.stack_masks
    for f in range(functions):
        if masks[f] == 0:
            continue
        masks[f], verdict = simplify(tables[f], masks[f], k)
        while verdict >= 0 and waiting < stack.shape[0]:
            for g in range(functions):
                stack_masks[waiting, g] = masks[g]
                for c in range(1 << k):
                    stack[waiting, g, c] = tables[g, c]
            masks[f] = split_off(tables[f], verdict, k, stack[waiting, f])
            stack_masks[waiting, f] = 1 << verdict
            waiting += 1
            masks[f], verdict = simplify(tables[f], masks[f], k)
        if verdict == NOWHERE:
            return False, waiting
        for g in range(f):
            if masks[f] != 0 and masks[g] == masks[f]:
                if same_up_to_scale(tables[g], tables[f], 1 << k):
                    masks[f] = 0
                elif masks[f] & (masks[f] - 1) == 0:
                    # Two functions of one variable that are not proportional have different roots.
                    return False, waiting
    return True, waiting


reduce_system = kernel(_reduce_system)


def _pop(y: System, functions: int, k: int, waiting: int) -> None:
    """Take the last system from the stack."""
    masks, stack_masks, tables, stack = y.masks, y.stack_masks, y.tables, y.stack
    for g in range(functions):
        masks[g] = stack_masks[waiting, g]
        for c in range(1 << k):
            tables[g, c] = stack[waiting, g, c]


pop = kernel(_pop)


def _leave_open(f: Findings, digits: Integers, kind: int) -> None:
    """List the whole face as undecided."""
    counts, boxes, kinds = f.counts, f.boxes, f.kinds
    row = counts[BOXES]
    if row < boxes.shape[0]:
        for i in range(digits.shape[0]):
            mixes = digits[i] == MIXING
            boxes[row, i, 0] = 0.0 if mixes else np.float64(digits[i])
            boxes[row, i, 1] = 1.0 if mixes else np.float64(digits[i])
        kinds[row] = kind
    counts[BOXES] += 1


leave_open = kernel(_leave_open)


def _surface_kind(s: Pieces, count: int, choice: int, taken: int) -> int:
    """Kind of a box near surfaces: whether all pieces of which it takes a box surely have zeros there."""
    table, crossed, all_crossed = s.table, s.crossed, 1
    for p in range(count):
        options = table[p, ROOT_COUNT] + table[p, BOX_COUNT]
        chosen = choice % options - table[p, ROOT_COUNT]
        choice //= options
        if chosen >= 0:
            all_crossed = min(all_crossed, crossed[table[p, FIRST_BOX] + chosen])
    return int(SURFACE_OF + 2 * taken + all_crossed)


surface_kind = kernel(_surface_kind)


def _combine(t: Tables, s: Pieces, f: Findings, number: int, k: int, count: int, spent: bool, branched: bool) -> None:
    """Write all combinations of the pieces' roots and undecided boxes."""
    table, counts, boxes_ = s.table, f.counts, f.boxes
    mixing, digits = t.mixing[number], t.digits[number]
    kinds, points, faces, families, split = f.kinds, f.points, f.faces, f.families, f.split
    combinations, bound, hull, surfaces, boxes, taken = 1, 0, False, True, False, 0
    for p in range(count):
        if table[p, BOX_COUNT] > 0:
            boxes = True
            surfaces = surfaces and table[p, SURFACE] == 1
            taken += 1
        else:
            taken += bit_count(table[p, VARIABLES])
        bound |= table[p, VARIABLES]
        combinations *= table[p, ROOT_COUNT] + table[p, BOX_COUNT]
    if boxes and combinations > MOST_COMBINATIONS:
        hull, combinations = True, 1
        for p in range(count):
            combinations *= table[p, ROOT_COUNT] + boxes_offered(s, p, hull)
    isolated = bound == (1 << k) - 1
    for choice in range(combinations):
        if boxes and choice_has_box(s, count, choice, hull):
            row = counts[BOXES]
            if row < boxes_.shape[0]:
                write_choice(s, mixing, digits, k, count, choice, hull, boxes_, row)
                kinds[row] = (
                    surface_kind(s, count, choice, taken)
                    if surfaces and not (spent or hull)
                    else BUDGET
                    if spent
                    else STUCK
                )
            counts[BOXES] += 1
        elif isolated:
            row = counts[ROOTS]
            if row < points.shape[0]:
                write_choice(s, mixing, digits, k, count, choice, hull, points, row)
                faces[row], split[row] = number, branched
            counts[ROOTS] += 1
        else:
            row = counts[FAMILIES]
            if row < families.shape[0]:
                write_choice(s, mixing, digits, k, count, choice, hull, families, row)
            counts[FAMILIES] += 1


combine = kernel(_combine, inline="always")


def _solve_face(
    t: Tables, g: Game, y: System, s: Pieces, f: Findings, number: int, most_boxes: int, stop: Integers
) -> None:
    """Solve one face whose functions all change sign or vanish, whatever else they do."""
    counts, digits = f.counts, t.digits
    k, functions = tabulate(t, g, y, number)
    waiting, branches = 0, 0
    while True:
        possible, waiting = reduce_system(y, functions, k, waiting)
        if waiting > 0 or branches > 0:
            branches += 1
            if branches == 1:
                counts[BRANCHES] += 1
        if possible:
            count, spent = solve_pieces(y, s, counts, functions, k, most_boxes, stop)
            if count > 0:
                combine(t, s, f, number, k, count, spent, branches > 0)
        if waiting == 0:
            return
        if branches > MOST_BRANCHES:
            leave_open(f, digits[number], STUCK)
            return
        waiting -= 1
        pop(y, functions, k, waiting)


solve_face = kernel(_solve_face)


def _solve_faces(
    t: Tables, g: Game, y: System, s: Pieces, f: Findings, nash: bool, most_boxes: int, stop: Integers
) -> None:
    """Find the rest points with mixing populations of the game in the workspace.

    Parameters
    ----------
    nash : leave out faces on which some pure player gains by leaving everywhere
    most_boxes : int
        Boxes to examine in all; once they are spent, faces that cannot be excluded at once stay undecided.
    stop : shape (1,)
        Another thread writes a number other than 0 to end the search.

    Writes points, families, boxes and whole faces; ``f.counts`` says how many, and may exceed the capacities: then
    only the first were written and the search has to be repeated with more room.
    """
    counts, digits, whole = f.counts, t.digits, f.whole
    for i in range(counts.shape[0]):
        counts[i] = 0
    scaled, spread, first, mixing, sizes = g.scaled, t.spread, t.first, t.mixing, t.sizes
    points, faces, split, roots = f.points, f.faces, f.split, s.roots
    coefficients = s.coefficients[:24].reshape((3, 8)) if digits.shape[1] > 2 else s.coefficients.reshape((1, -1))
    for number in range(digits.shape[0]):
        possible, vanish = can_mix(t, g, number, nash)
        if not possible:
            continue
        if vanish:
            whole[counts[WHOLE]] = number
            counts[WHOLE] += 1
            continue
        size, at, row = sizes[number], first[number], counts[ROOTS]
        found = UNSURE
        if size == 2 and solve_pair(scaled, spread, at, mixing, number, points, row):
            found = 1
        elif size == 3:
            found = solve_three(scaled, spread, at, mixing, number, points, row, coefficients, roots)
        if found == UNSURE:
            solve_face(t, g, y, s, f, number, most_boxes, stop)
        elif found > 0:
            fill_pure(points, faces, split, row, row + found, digits, number)
            counts[ROOTS] = row + found


solve_faces = kernel(_solve_faces, inline="always")
