"""What every certified subdivision does with its boxes: a ring of boxes that wait, roots found, boxes given back.

A box is an array ``[variable, end]``; end 0 is the lower, end 1 the upper. A root is a row
``[variable, (point, radius, low, high)]``: the Newton point, the half-width of a proved enclosure around it, and the
box in which it is the only root. Rows of the arrays that hold many may have room for more variables than are used.
"""

from __future__ import annotations

import numpy as np

from solvers.arrays import Floats
from solvers.compiled import kernel
from solvers.rest_points.certificate import EPSILON

SMALLEST_WIDTH = 2.0**-24
"""Below this width a root that resists is double or worse to working precision: f differs from 0 by its square."""

SPLIT_AT = 0.4871
"""Where boxes are split; off the middle, because symmetric games have their roots there."""

ENOUGH = 0.7
"""A box narrowed below this part of its width is examined again before it is split."""

DOUBTFUL_CONTRACTION = 0.95
"""Contraction numbers from here to 1 leave too little room for the inflated box; the box is split instead."""

NOTHING, ABSENT, FOUND = 0, 1, 2
"""What an examination of a box for a single root can prove."""


def _begin(queue: Floats, variables: int) -> None:
    """Let the whole unit cube wait as the first box."""
    for j in range(variables):
        queue[0, j, 0], queue[0, j, 1] = 0.0, 1.0


begin = kernel(_begin)


def _take(queue: Floats, head: int, box: Floats) -> float:
    """Copy the box whose turn it is; returns its largest width."""
    widest = 0.0
    for j in range(box.shape[0]):
        box[j, 0], box[j, 1] = queue[head, j, 0], queue[head, j, 1]
        widest = max(widest, box[j, 1] - box[j, 0])
    return widest


take = kernel(_take)


def _put_back(queue: Floats, head: int, waiting: int, box: Floats, split: int, narrowed: bool) -> int:
    """Let a box wait again: as it is if it was narrowed, else cut in two; returns how many wait."""
    slot = (head + waiting) % queue.shape[0]
    other = (slot + 1) % queue.shape[0]
    cut = box[split, 0] + SPLIT_AT * (box[split, 1] - box[split, 0])
    for j in range(box.shape[0]):
        low, high = box[j, 0], box[j, 1]
        queue[slot, j, 0], queue[slot, j, 1] = low, high
        if not narrowed:
            queue[other, j, 0], queue[other, j, 1] = low, high
    if narrowed:
        return waiting + 1
    queue[slot, split, 1], queue[other, split, 0] = cut, cut
    return waiting + 2


put_back = kernel(_put_back)


def _longer(queue: Floats, head: int, waiting: int) -> Floats:
    """Return a ring of twice the length with the same boxes, the next one in front."""
    variables = queue.shape[1]
    longer = np.empty((2 * queue.shape[0], variables, 2))
    for k in range(waiting):
        for j in range(variables):
            for end in range(2):
                longer[k, j, end] = queue[(head + k) % queue.shape[0], j, end]
    return longer


longer = kernel(_longer)


def _set_aside(leftovers: Floats, row: int, box: Floats) -> None:
    """Give a box back as undecided."""
    for j in range(box.shape[0]):
        leftovers[row, j, 0], leftovers[row, j, 1] = box[j, 0], box[j, 1]


set_aside = kernel(_set_aside)


def _lies_in_known(box: Floats, roots: Floats, found: int) -> bool:
    """Whether the box lies in the uniqueness box of a root already found."""
    for r in range(found):
        inside = True
        for j in range(box.shape[0]):
            if box[j, 0] < roots[r, j, 2] or box[j, 1] > roots[r, j, 3]:
                inside = False
                break
        if inside:
            return True
    return False


lies_in_known = kernel(_lies_in_known)


def _write_root(
    point: Floats, values: Floats, inverse: Floats, errors: Floats, wide: Floats, contraction: float, root: Floats
) -> bool:
    """Write a Newton point with a proved radius around it; False if it left the box.

    The distance from any point of the box to its one root is at most |C f(point)| / (1 - contraction), in units of
    the box's half-width, because x - C f(x) contracts on the box.
    """
    variables = point.shape[0]
    step = 0.0
    for i in range(variables):
        entry = 0.0
        for k in range(variables):
            entry += abs(inverse[i, k]) * (abs(values[k]) + errors[k])
        step = max(step, entry)
    for j in range(variables):
        if not wide[j, 0] <= point[j] <= wide[j, 1]:
            return False
        root[j, 0] = point[j]
        root[j, 1] = step / (1.0 - contraction) * 0.5 * (wide[j, 1] - wide[j, 0]) + EPSILON
        root[j, 2] = wide[j, 0]
        root[j, 3] = wide[j, 1]
    return True


write_root = kernel(_write_root)


def _record(roots: Floats, found: int, root: Floats) -> int:
    """Keep the root unless it is one already found: inside, with its radius, the box where that one is alone."""
    for r in range(found):
        same = True
        for j in range(root.shape[0]):
            if root[j, 0] - root[j, 1] < roots[r, j, 2] or root[j, 0] + root[j, 1] > roots[r, j, 3]:
                same = False
                break
        if same:
            return found
    for j in range(root.shape[0]):
        for k in range(root.shape[1]):
            roots[found, j, k] = root[j, k]
    return found + 1


record = kernel(_record)
