"""Existence and uniqueness of a rest point in ball arithmetic: Krawczyk's test at 192 bits (Krawczyk 1969)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import flint
from flint import arb, arb_mat, fmpq

from solvers.exact.functions import Table

PRECISION = 192
"""Bits of the balls; a double has 53."""
SMALLEST = -120
"""Exponent of two of the first radius that is tried."""
NEWTON_STEPS = 8


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A box proved to hold exactly one zero of all functions.

    Attributes
    ----------
    centre : the zero, to about 36 digits
    radius : half-width of the box around it in which existence is proved, as a rational
    alone : half-width of the largest box tried around it in which there is no second zero
    """

    centre: tuple[fmpq, ...]
    radius: fmpq
    alone: fmpq

    @property
    def in_open_face(self) -> bool:
        """Whether the whole box lies strictly between 0 and 1."""
        return all(self.radius < c < 1 - self.radius for c in self.centre)


def value(table: Table, point: Sequence[arb]) -> arb:
    """Value of a multi-affine function on balls."""
    level: list[arb] = [arb(each) for each in table]
    for x in point:
        level = [level[c] + x * (level[c + 1] - level[c]) for c in range(0, len(level), 2)]
    return level[0]


def slope(table: Table, point: Sequence[arb], variable: int) -> arb:
    """Derivative with respect to one variable on balls."""
    step = 1 << variable
    difference = [table[c | step] - table[c & ~step] for c in range(len(table))]
    return value(difference, point)


def prove(tables: Sequence[Table], start: Sequence[float]) -> Enclosure | None:
    """Prove that the functions have exactly one common zero near a point.

    Parameters
    ----------
    tables : as many functions as variables, corner values on the unit box
    start : approximate zero

    Returns
    -------
    Enclosure, or None if no box passes the test: a double zero, or none at all.

    Examples
    --------
    >>> found = prove([[fmpq(-1), fmpq(-1), fmpq(2), fmpq(2)], [fmpq(-1), fmpq(1), fmpq(-1), fmpq(1)]], [0.5, 0.3])
    >>> [round(float(x.p) / float(x.q), 6) for x in found.centre]
    [0.5, 0.333333]
    """
    before = flint.ctx.prec
    flint.ctx.prec = PRECISION
    try:
        return _prove(tables, start)
    finally:
        flint.ctx.prec = before


def _prove(tables: Sequence[Table], start: Sequence[float]) -> Enclosure | None:
    point = [arb(x) for x in start]
    inverse = None
    for _ in range(NEWTON_STEPS):
        inverse = _inverse(tables, point)
        if inverse is None:
            return None
        step = inverse * arb_mat([[value(table, point)] for table in tables])
        point = [(x - step[i, 0]).mid() for i, x in enumerate(point)]
    if inverse is None or not all(x.is_finite() for x in point):
        return None
    proved, alone = None, None
    for exponent in range(SMALLEST, 1, 2):
        radius = arb(2) ** exponent
        box = [_ball(x, radius) for x in point]
        rest = _contraction(tables, box, inverse)
        if rest is None:
            break
        alone = exponent
        if proved is None and _maps_inside(tables, point, inverse, rest, radius):
            proved = exponent
    if proved is None or alone is None:
        return None
    return Enclosure(tuple(x.fmpq() for x in point), _power(proved), _power(alone))


def _power(exponent: int) -> fmpq:
    return fmpq(2) ** exponent


def _ball(centre: arb, radius: arb) -> arb:
    return arb(centre, radius)


def _inverse(tables: Sequence[Table], point: Sequence[arb]) -> arb_mat | None:
    """Inverse of the Jacobian at a point, rounded to its midpoints; None if it is singular to this precision."""
    size = len(point)
    matrix = arb_mat([[slope(table, point, j) for j in range(size)] for table in tables])
    try:
        inverse = matrix.inv()
    except ZeroDivisionError:
        return None
    return arb_mat([[inverse[i, j].mid() for j in range(size)] for i in range(size)])


def _contraction(tables: Sequence[Table], box: Sequence[arb], inverse: arb_mat) -> arb_mat | None:
    """I - A J(X) if its row sums stay below 1 for certain, else None: then at most one zero lies in the box."""
    size = len(box)
    slopes = arb_mat([[slope(table, box, j) for j in range(size)] for table in tables])
    product = inverse * slopes
    rest = arb_mat([[(1 if i == j else 0) - product[i, j] for j in range(size)] for i in range(size)])
    for i in range(size):
        row = arb(0)
        for j in range(size):
            row += abs(rest[i, j]).upper()
        if not row < 1:
            return None
    return rest


def _maps_inside(tables: Sequence[Table], point: Sequence[arb], inverse: arb_mat, rest: arb_mat, radius: arb) -> bool:
    """Whether m - A f(m) + (I - A J(X)) (X - m) lies in the interior of X: then a zero exists in X."""
    size = len(point)
    move = inverse * arb_mat([[value(table, point)] for table in tables])
    for i in range(size):
        reach = abs(move[i, 0]).upper()
        for j in range(size):
            reach += abs(rest[i, j]).upper() * radius
        if not reach < radius:
            return False
    return True
