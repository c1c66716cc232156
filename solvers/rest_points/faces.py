"""Run over the faces of the cube of shares and solve each one that can hold rest points with mixing populations.

A face fixes some populations at 0 or 1 and lets the others mix. On it a rest point is a common zero of the mixing
populations' advantages. Exact tests come first: an advantage with one sign empties the face; advantages that vanish
identically drop out, and populations that no remaining advantage depends on are free, so that whole faces and
products (a point times free shares) are found exactly, with their dimension proved.
"""

from __future__ import annotations

import numpy as np

from solvers.arrays import Booleans, Floats, Integers
from solvers.compiled import kernel
from solvers.rest_points.subdivision import solve_face

MIXING = 2
"""Digit of a face code for a mixing population; 0 and 1 are the pure strategies."""


def _gather(advantages: Floats, digits: Integers, coefficients: Floats, mixing: Integers) -> int:
    """Write the mixing populations' advantages at the face's corners; return how many populations mix."""
    players = advantages.shape[0]
    k, base = 0, 0
    for i in range(players):
        if digits[i] == MIXING:
            mixing[k] = i
            k += 1
        elif digits[i] == 1:
            base |= 1 << i
    for a in range(k):
        for c in range(1 << k):
            cell = base
            for j in range(k):
                if (c >> j) & 1:
                    cell |= 1 << mixing[j]
            coefficients[a, c] = advantages[mixing[a], cell]
    return k


gather = kernel(_gather)


def _sort_functions(coefficients: Floats, k: int, active: Integers) -> int:
    """List the functions that do not vanish identically; -1 if one of them has one sign: no root in the face."""
    count = 0
    for a in range(k):
        lowest, highest = 0.0, 0.0
        for c in range(1 << k):
            lowest = min(lowest, coefficients[a, c])
            highest = max(highest, coefficients[a, c])
        if lowest == 0.0 and highest == 0.0:
            continue
        if lowest == 0.0 or highest == 0.0:
            # Nowhere of the other sign and not zero everywhere: strictly of one sign in the open face.
            return -1
        active[count] = a
        count += 1
    return count


sort_functions = kernel(_sort_functions)


def _bound_variables(coefficients: Floats, k: int, active: Integers, functions: int, bound: Integers) -> int:
    """List the variables that some active function depends on, exactly."""
    count = 0
    for j in range(k):
        matters = False
        for f in range(functions):
            for c in range(1 << k):
                if (c >> j) & 1 == 0 and coefficients[active[f], c] != coefficients[active[f], c | (1 << j)]:
                    matters = True
        if matters:
            bound[count] = j
            count += 1
    return count


bound_variables = kernel(_bound_variables)


def _write_point(
    digits: Integers, mixing: Integers, k: int, bound: Integers, variables: int, root: Floats, out: Floats
) -> None:
    """Write a root of the bound variables as a full profile; free populations span [0, 1] with radius -1."""
    for i in range(out.shape[0]):
        out[i, 0], out[i, 1], out[i, 2], out[i, 3] = digits[i], 0.0, digits[i], digits[i]
    for a in range(k):
        out[mixing[a], 0], out[mixing[a], 1], out[mixing[a], 2], out[mixing[a], 3] = 0.5, -1.0, 0.0, 1.0
    for j in range(variables):
        out[mixing[bound[j]]] = root[j]


write_point = kernel(_write_point)


def _write_box(
    digits: Integers, mixing: Integers, k: int, bound: Integers, variables: int, box: Floats, out: Floats
) -> None:
    """Write a box of the bound variables as a full box; pure populations have equal ends."""
    for i in range(out.shape[0]):
        out[i, 0], out[i, 1] = digits[i], digits[i]
    for a in range(k):
        out[mixing[a], 0], out[mixing[a], 1] = 0.0, 1.0
    for j in range(variables):
        out[mixing[bound[j]]] = box[j]


write_box = kernel(_write_box)


def _reduced(coefficients: Floats, active: Integers, functions: int, bound: Integers, variables: int) -> Floats:
    """Corner values of the active functions over the bound variables only."""
    system = np.empty((functions, 1 << variables))
    for f in range(functions):
        for c in range(1 << variables):
            cell = 0
            for j in range(variables):
                if (c >> j) & 1:
                    cell |= 1 << bound[j]
            system[f, c] = coefficients[active[f], cell]
    return system


reduced = kernel(_reduced)


def _solve_faces(
    advantages: Floats, faces: Integers, most_boxes: int, stop: Integers, points: Floats, families: Floats,
    boxes: Floats, cut: Booleans, whole: Integers,
) -> tuple[int, int, int, int, int]:  # fmt: skip
    """Solve every face with at least one mixing population.

    Parameters
    ----------
    advantages : shape (n, 2**n)
        Advantage of each population at the corners of the cube; bit i of the corner is population i's index.
    faces : shape (count,)
        Codes of the faces in the order in which they are solved: digit i to base 3 is that of population i.
    most_boxes : int
        Boxes to examine in all; once they are spent, faces that cannot be excluded at once stay undecided.
    stop : shape (1,)
        Another thread writes a number other than 0 to end the search.
    points : shape (capacity, n, 4), written
        Isolated rest points: share, radius, uniqueness box (low, high). A pure population has radius 0.
    families : shape (capacity, n, 4), written
        The same times free shares, marked by low = 0, high = 1 and radius -1: components of proved dimension.
    boxes : shape (capacity, n, 2), written
        Undecided boxes; a pure population has equal ends.
    cut : shape (capacity,), written
        Whether it was the budget that left the box undecided.
    whole : shape (capacity, n), written
        Digits of faces that consist of rest points.

    Returns
    -------
    counts of points, families, undecided boxes, whole faces (a count may exceed the capacity: then only the first
    were written and the caller says so), boxes examined
    """
    n = advantages.shape[0]
    digits, mixing = np.zeros(n, np.int64), np.zeros(n, np.int64)
    active, bound = np.zeros(n, np.int64), np.zeros(n, np.int64)
    coefficients = np.empty((n, 1 << n))
    n_points, n_families, n_boxes, n_whole, examined = 0, 0, 0, 0, 0
    roots = np.empty((ROOTS_PER_FACE, n, 4))
    leftovers = np.empty((BOXES_THAT_WAIT << max(0, n - 5), n, 2))
    for code in faces:
        rest = code
        for i in range(n):
            digits[i] = rest % 3
            rest //= 3
        k = gather(advantages, digits, coefficients, mixing)
        functions = sort_functions(coefficients, k, active)
        if k == 0 or functions < 0:
            continue
        if functions == 0:
            if n_whole < whole.shape[0]:
                whole[n_whole] = digits
            n_whole += 1
            continue
        variables = bound_variables(coefficients, k, active, functions, bound)
        system = reduced(coefficients, active, functions, bound, variables)
        found, undecided, seen, spent = solve_face(
            system, variables, min(BOXES_PER_FACE, most_boxes - examined), stop, roots, leftovers
        )
        examined += seen
        for r in range(found):
            if variables == k:
                if n_points < points.shape[0]:
                    write_point(digits, mixing, k, bound, variables, roots[r], points[n_points])
                n_points += 1
            else:
                if n_families < families.shape[0]:
                    write_point(digits, mixing, k, bound, variables, roots[r], families[n_families])
                n_families += 1
        for b in range(undecided):
            if n_boxes + b < boxes.shape[0]:
                write_box(digits, mixing, k, bound, variables, leftovers[b], boxes[n_boxes + b])
                cut[n_boxes + b] = spent
        n_boxes += undecided
    return n_points, n_families, n_boxes, n_whole, examined


BOXES_PER_FACE = 20_000
"""Most boxes that one face may use up, so that a face that cannot be decided leaves something for the others."""

BOXES_THAT_WAIT = 1250
"""A face of up to five populations with more boxes waiting has no isolated roots, in all experience.

Random games need a few dozen. Twice as many for each population beyond five.
"""

ROOTS_PER_FACE = 512
"""More isolated roots than a regular face of six populations can have (265; 44 for five: McKelvey, McLennan 1997)."""

solve_faces = kernel(_solve_faces)
