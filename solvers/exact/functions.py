"""Payoff advantages as exact rationals: multi-affine functions given by their values at the corners of a box.

A float is a rational number, so the game that was given is known exactly; only differences that were taken for ties
are replaced by zero, as the certificate says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from flint import fmpq
from numpy.typing import ArrayLike

from solvers.arrays import Booleans

Table: TypeAlias = "list[fmpq]"
"""Values at the corners of a box; bit j of the position tells the end of variable j."""

ZERO = fmpq(0)
HALF = fmpq(1, 2)


def rational(value: object) -> fmpq:
    """Return a float, an integer or a Fraction as the rational number that it is.

    Examples
    --------
    >>> rational(0.375)
    3/8
    """
    numerator, denominator = value.as_integer_ratio()  # type: ignore[attr-defined]
    return fmpq(int(numerator), int(denominator))


def exact_advantages(payoffs: ArrayLike, ties: Booleans) -> list[Table]:
    """Payoff of index 1 minus index 0 per player at every pure profile.

    Parameters
    ----------
    payoffs : shape (n, 2, ..., 2), floats, integers or Fractions
    ties : shape (n, 2, ..., 2), bool
        Where a difference counts as a tie: exactly zero here.

    Examples
    --------
    >>> hunt = [[[2, 2], [0, 3]], [[2, 0], [2, 3]]]
    >>> exact_advantages(hunt, np.zeros((2, 2, 2), dtype=bool))[0]
    [-2, -2, 1, 1]
    """
    given = np.asarray(payoffs, dtype=object)
    players = given.ndim - 1
    tables: list[Table] = []
    for player in range(players):
        table = []
        for corner in range(1 << players):
            profile = [(corner >> i) & 1 for i in range(players)]
            ends = []
            for own in range(2):
                profile[player] = own
                ends.append(rational(given[(player, *profile)]))
            profile[player] = 0
            table.append(ZERO if ties[(player, *profile)] else ends[1] - ends[0])
        tables.append(table)
    return tables


def on_face(table: Table, face: str) -> Table:
    """Restrict a function to a face: the variables that are left are those of the stars, in their order."""
    stars = [i for i, digit in enumerate(face) if digit == "*"]
    fixed = sum(1 << i for i, digit in enumerate(face) if digit == "1")
    positions = [
        fixed + sum(1 << star for bit, star in enumerate(stars) if (corner >> bit) & 1)
        for corner in range(1 << len(stars))
    ]
    return [table[position] for position in positions]


def without_border_factors(table: Table, variables: int) -> Table:
    """Divide by x_j or 1 - x_j as long as the function vanishes on that facet; its zeros in the open face stay.

    Examples
    --------
    >>> [int(v) for v in without_border_factors([fmpq(0), fmpq(2), fmpq(0), fmpq(-1)], 2)]
    [2, 2, -1, -1]
    """
    found = list(table)
    changed = any(found)
    while changed:
        changed = False
        for j in range(variables):
            for side in range(2):
                facet = [found[c] for c in range(len(found)) if (c >> j) & 1 == side]
                other = [found[c] for c in range(len(found)) if (c >> j) & 1 != side]
                if any(facet) or facet == other:
                    continue
                found = [found[c ^ (1 << j)] if (c >> j) & 1 == side else found[c] for c in range(len(found))]
                changed = True
    return found


def independent(tables: Sequence[Table]) -> list[Table]:
    """Leave out functions that vanish everywhere and those proportional to one that is kept."""
    kept: list[Table] = []
    for table in tables:
        if any(table) and not any(_proportional(table, other) for other in kept):
            kept.append(table)
    return kept


def _proportional(one: Table, other: Table) -> bool:
    pivot = next(position for position, value in enumerate(other) if value)
    ratio = one[pivot] / other[pivot]
    return all(a == ratio * b for a, b in zip(one, other, strict=True))


def face_functions(tables: Sequence[Table], face: str) -> list[Table]:
    """Advantages of the mixing players on a face, without border factors and repetitions."""
    stars = [i for i, digit in enumerate(face) if digit == "*"]
    return independent([without_border_factors(on_face(tables[i], face), len(stars)) for i in stars])


def as_float(number: fmpq) -> float:
    """Nearest float of a rational."""
    return int(number.p) / int(number.q)


def halves(table: Table, variable: int) -> tuple[Table, Table]:
    """Corner values on the two halves of the box, cut across one variable."""
    step = 1 << variable
    low, high = list(table), list(table)
    for corner in range(len(table)):
        if not corner & step:
            middle = (table[corner] + table[corner | step]) * HALF
            low[corner | step] = middle
            high[corner] = middle
    return low, high
