"""Exact simplifications of a multi-affine function on an open face: what rounding can never decide.

A function whose rows at x_j = 0 and x_j = 1 are proportional is a product of a function of x_j and one of the others.
If the factor in x_j keeps its sign in (0, 1) it drops out: so does every function that vanishes on a facet. If the
other factor keeps its sign, that one drops out. If both change sign the roots are those of either factor. Whether
rows are proportional is decided by exact products, so nothing here rests on a tolerance.

Functions are tables over the corners of the face; a variable that a function does not depend on is not in its mask.
"""

from __future__ import annotations

from solvers.arrays import Floats
from solvers.compiled import kernel

NOWHERE = -2
"""The function has one strict sign in the open face."""
SIMPLE = -1
"""The function is no product that would have to be split."""

_SPLITTER = 134217729.0  # 2**27 + 1: cuts a double into two halves whose products are exact (Dekker 1971)
_SMALLEST = 1e-250  # below this the error of a product may underflow


def _product_error(a: float, b: float, product: float) -> float:
    """Rounding error of a product: a * b - product, exactly."""
    cut = _SPLITTER * a
    a_high = cut - (cut - a)
    a_low = a - a_high
    cut = _SPLITTER * b
    b_high = cut - (cut - b)
    b_low = b - b_high
    return a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low)


product_error = kernel(_product_error)


def _equal_products(a: float, b: float, c: float, d: float) -> bool:
    """Whether a * b equals c * d exactly; False where that cannot be told."""
    left, right = a * b, c * d
    if left != right:
        return False
    if abs(left) < _SMALLEST:
        return (a == 0.0 or b == 0.0) and (c == 0.0 or d == 0.0)
    return product_error(a, b, left) == product_error(c, d, right)


equal_products = kernel(_equal_products)


def _same_up_to_scale(first: Floats, second: Floats, corners: int) -> bool:
    """Whether two functions are proportional, exactly; both are somewhere different from zero."""
    pivot = 0
    while first[pivot] == 0.0:
        pivot += 1
    if second[pivot] == 0.0:
        return False
    for c in range(corners):  # noqa: SIM110  # numba compiles no generators
        if not equal_products(first[c], second[pivot], second[c], first[pivot]):
            return False
    return True


same_up_to_scale = kernel(_same_up_to_scale)


def _sign_of(table: Floats, corners: int) -> int:
    """1 or -1 if the function has that strict sign in the open face, 0 if it changes sign or vanishes."""
    lowest, highest = 0.0, 0.0
    for c in range(corners):
        lowest = min(lowest, table[c])
        highest = max(highest, table[c])
    if lowest == 0.0 and highest > 0.0:
        return 1
    if highest == 0.0 and lowest < 0.0:
        return -1
    return 0


sign_of = kernel(_sign_of)


def _split_ratio(table: Floats, corners: int, step: int) -> tuple[int, int]:
    """Relation of the rows of one variable: 0 none, 1 the factor keeps its sign, -1 it changes sign; and a pivot.

    A row of zeros counts as 1: the factor is x or 1 - x.
    """
    pivot = -1
    for c in range(corners):
        if c & step == 0:
            at_zero, at_one = table[c], table[c | step]
            if at_zero == 0.0 and at_one == 0.0:
                continue
            if pivot < 0:
                pivot = c
            elif not equal_products(at_zero, table[pivot | step], at_one, table[pivot]):
                return 0, -1
    return (1 if table[pivot] * table[pivot | step] >= 0.0 else -1), pivot


split_ratio = kernel(_split_ratio)


def _simplify(table: Floats, mask: int, variables: int) -> tuple[int, int]:
    """Drop, in place, factors without a root in the open face.

    Returns
    -------
    new mask; and ``NOWHERE``, ``SIMPLE``, or the variable of a linear factor that has to be split off
    """
    corners = 1 << variables
    j = 0
    while j < variables:
        step = 1 << j
        if mask & step == 0 or mask == step:
            j += 1
            continue
        relation, pivot = split_ratio(table, corners, step)
        if relation == 0:
            j += 1
            continue
        if relation == 1:
            # A row of zeros is replaced by the other one, else the lower row stands for both.
            from_one = table[pivot] == 0.0
            for c in range(corners):
                if c & step == 0:
                    if from_one:
                        table[c] = table[c | step]
                    else:
                        table[c | step] = table[c]
            mask &= ~step
        else:
            one_sign = True
            for c in range(corners):
                if c & step == 0 and table[c] * table[pivot] < 0.0:
                    one_sign = False
            if not one_sign:
                return mask, j
            at_zero, at_one = table[pivot], table[pivot | step]
            for c in range(corners):
                table[c] = at_one if c & step else at_zero
            mask = step
        if sign_of(table, corners) != 0:
            return mask, NOWHERE
        mask = depends_on(table, mask, variables)
        j = 0
    return mask, SIMPLE


def _depends_on(table: Floats, candidates: int, variables: int) -> int:
    """Variables among the candidates that the function depends on, exactly, as bits."""
    mask = 0
    for j in range(variables):
        step = 1 << j
        if candidates & step:
            for c in range(1 << variables):
                if c & step == 0 and table[c] != table[c | step]:
                    mask |= step
                    break
    return mask


depends_on = kernel(_depends_on)
simplify = kernel(_simplify)


def _split_off(table: Floats, variable: int, variables: int, linear: Floats) -> int:
    """Split a product: the factor in the variable goes to ``linear``, ``table`` keeps the other; returns its mask."""
    step, corners = 1 << variable, 1 << variables
    _, pivot = split_ratio(table, corners, step)
    at_zero, at_one = table[pivot], table[pivot | step]
    for c in range(corners):
        linear[c] = at_one if c & step else at_zero
    for c in range(corners):
        if c & step:
            table[c] = table[c & ~step]
    return depends_on(table, corners - 1, variables)


split_off = kernel(_split_off)
