"""Show in exact rationals that a face holds no rest point beside the known ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from flint import fmpq

from solvers.arrays import Floats
from solvers.exact.functions import ZERO, Table, as_float, halves
from solvers.exact.roots import Enclosure

DEEPEST = 40
"""Halvings of one variable after which a box is left open."""


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """A part of a face: ends in whole multiples of 2**-depth per variable, and the corner values there."""

    low: tuple[fmpq, ...]
    high: tuple[fmpq, ...]
    depth: tuple[int, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Outcome: boxes that could not be decided (empty means proved), and how many were examined."""

    left: tuple[Box, ...]
    examined: int


def search(tables: Sequence[Table], variables: int, known: Sequence[Enclosure], *, most_boxes: int) -> Search:
    """Cut the open face into boxes until each holds no zero, or only one that is known.

    Parameters
    ----------
    tables : functions by their corner values on the unit box, without factors x_j or 1 - x_j
    variables : number of shares that mix
    known : zeros that are proved
    most_boxes : boxes to examine

    Examples
    --------
    A function that is 1 at one end and 2 at the other has no zero:

    >>> search([[fmpq(1), fmpq(2)]], 1, [], most_boxes=10).left
    ()
    """
    start = Box((ZERO,) * variables, (fmpq(1),) * variables, (0,) * variables, tuple(tables))
    waiting, left, examined = [start], [], 0
    while waiting:
        box = waiting.pop()
        examined += 1
        if any(_holds_only(box, point) for point in known) or _no_zero(box):
            continue
        variable = _widest(box) if examined <= most_boxes else None
        if variable is None:
            left.append(box)
        else:
            waiting.extend(_cut(box, variable))
    return Search(tuple(left), examined)


def _holds_only(box: Box, point: Enclosure) -> bool:
    """Whether the box lies in the surroundings of a known zero that hold no second one."""
    return all(
        c - point.alone <= low and high <= c + point.alone
        for low, high, c in zip(box.low, box.high, point.centre, strict=True)
    )


def _no_zero(box: Box) -> bool:
    if any(_one_sign(table, box) for table in box.tables):
        return True
    if len(box.tables) != len(box.low):
        return False
    return any(_one_sign(table, box) for table in _preconditioned(box))


def _one_sign(table: Table, box: Box) -> bool:
    """Whether the function has one strict sign on the part of the box in the open face.

    It is a weighted mean of its corner values. Where the box touches the border of the face, the points of the open
    face put a positive weight on the corners of the inner side; elsewhere either end may carry all of it.
    """
    lowest, highest = min(table), max(table)
    if lowest > 0 or highest < 0:
        return True
    if lowest < 0 < highest or lowest == highest:
        return False
    both = single = inner = 0
    for j, (low, high) in enumerate(zip(box.low, box.high, strict=True)):
        if low == 0 and high == 1:
            both |= 1 << j
        elif low == 0:
            single |= 1 << j
            inner |= 1 << j
        elif high == 1:
            single |= 1 << j
    free = ~(both | single) & (len(table) - 1)
    seen = {c & free for c, v in enumerate(table) if v and c & single == inner}
    return len(seen) == 1 << free.bit_count()


def _preconditioned(box: Box) -> list[Table]:
    """Combine the functions with the inverse of their mean slopes, so that each follows one variable."""
    slopes = _mean_slopes(box)
    try:
        inverse = np.linalg.inv(slopes)
    except np.linalg.LinAlgError:
        return []
    size = np.abs(inverse).max()
    if not np.isfinite(size) or size == 0.0:
        return []
    # Any combination proves what it proves; few digits keep the rationals short.
    rows = np.rint(inverse / size * 4096.0)
    return [
        [sum((int(row[k]) * box.tables[k][c] for k in range(len(row))), ZERO) for c in range(len(box.tables[0]))]
        for row in rows
    ]


def _mean_slopes(box: Box) -> Floats:
    """Mean over the box of the change of each function along each variable, rounded."""
    variables = len(box.low)
    corners = np.array([[as_float(v) for v in table] for table in box.tables])
    cube = corners.reshape((len(box.tables), *(2,) * variables))
    ends = [np.diff(cube, axis=variables - j).mean(axis=tuple(range(1, variables + 1))) for j in range(variables)]
    return np.stack(ends, axis=-1)


def _widest(box: Box) -> int | None:
    """Variable along which the functions change most, relative to their size; None if all are cut finely enough."""
    corners = np.array([[as_float(v) for v in table] for table in box.tables])
    variables = len(box.low)
    if not len(box.tables):
        return None
    scale = np.abs(corners).max(axis=1)
    cube = (corners / np.where(scale > 0.0, scale, 1.0)[:, None]).reshape((len(box.tables), *(2,) * variables))
    effect = np.array([np.abs(np.diff(cube, axis=variables - j)).max() for j in range(variables)])
    effect[np.array(box.depth) >= DEEPEST] = -1.0
    best = int(effect.argmax())
    return best if effect[best] > 0.0 else None


def _cut(box: Box, variable: int) -> tuple[Box, Box]:
    middle = (box.low[variable] + box.high[variable]) / 2
    parts = [halves(table, variable) for table in box.tables]
    depth = tuple(d + (j == variable) for j, d in enumerate(box.depth))
    below = tuple(middle if j == variable else end for j, end in enumerate(box.high))
    above = tuple(middle if j == variable else end for j, end in enumerate(box.low))
    return (
        Box(box.low, below, depth, tuple(low for low, _ in parts)),
        Box(above, box.high, depth, tuple(high for _, high in parts)),
    )
