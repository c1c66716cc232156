"""Whether a value stays in its range at all shares in [0, 1]: proved, refuted at a state, or left open.

Bernstein coefficients enclose a polynomial, and are exact at the corners of the cube of shares. Where they leave the
range although no corner does, the cube is cut into smaller ones until all are proved or a corner of one refutes it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from payoffs.bernstein import coefficients_of
from payoffs.share_polynomials import Monomial, SharePolynomial, terms_of

MOST_PARTS = 20_000
"""Cubes to look at for one quantity; a polynomial that needs more stays within rounding of its bound."""


class Outside(NamedTuple):
    """A place where a value is not proved to be in its range.

    Attributes
    ----------
    place : index in the value's own axes
    shares : party positions and their shares where it is outside; None if it is neither proved nor refuted
    value : the value there; where it is open, the end of the enclosure that is farthest out
    """

    place: tuple[int, ...]
    shares: dict[int, float] | None
    value: float


def outside(value: SharePolynomial, low: float, high: float) -> Outside | None:
    """Return a place where the value leaves [low, high] at some shares, or may; None if it is proved not to.

    Examples
    --------
    >>> x = SharePolynomial({(): np.float64(0.25), (0,): np.float64(-1.0), (0, 0): np.float64(1.0)})
    >>> outside(x, 0.0, 1.0) is None, outside(x, 0.01, 1.0)
    (True, Outside(place=(), shares={0: 0.5}, value=0.0))
    """
    positions = sorted(value.shares)
    renamed: dict[Monomial, NDArray[np.float64]] = {
        tuple(positions.index(position) for position in monomial): np.asarray(each)
        for monomial, each in terms_of(value).items()
    }
    degrees = [value.degree(position) for position in positions]
    table = coefficients_of(SharePolynomial(renamed), degrees)
    own = table.ndim - len(positions)
    axes = tuple(range(own, table.ndim))
    doubtful = (table.min(axis=axes) < low) | (table.max(axis=axes) > high)
    for place in np.argwhere(doubtful):
        index = tuple(int(each) for each in place)
        found = _search(table[index], low, high)
        if found is not None:
            shares = None if found[0] is None else dict(zip(positions, found[0], strict=True))
            return Outside(index, shares, found[1])
    return None


def _search(table: NDArray[np.float64], low: float, high: float) -> tuple[list[float] | None, float] | None:
    """Cut the cube until every part is proved; return the shares and the value of a corner outside."""
    parts = [(table, [(0.0, 1.0)] * table.ndim)]
    for number in itertools.count():
        if not parts:
            return None
        part, ends = parts.pop()
        if part.min() >= low and part.max() <= high:
            continue
        for corner in itertools.product((0, 1), repeat=part.ndim):
            value = float(part[tuple(-side for side in corner)])
            if not low <= value <= high:
                return [end[side] for end, side in zip(ends, corner, strict=True)], value
        if number >= MOST_PARTS:
            farthest = part.min() if low - part.min() > part.max() - high else part.max()
            return None, float(farthest)
        parts += _halves(part, ends)
    return None


def _halves(
    part: NDArray[np.float64], ends: Sequence[tuple[float, float]]
) -> list[tuple[NDArray[np.float64], list[tuple[float, float]]]]:
    """Cut in the middle of the variable along which the coefficients vary most."""
    spread = [float(np.ptp(part, axis=axis).max()) for axis in range(part.ndim)]
    axis = int(np.argmax(spread))
    left, right, line = [], [], np.moveaxis(part, axis, 0)
    while len(line):
        left.append(line[0])
        right.append(line[-1])
        line = 0.5 * (line[:-1] + line[1:])
    low, high = ends[axis]
    middle = 0.5 * (low + high)
    halves = []
    for rows, interval in ((left, (low, middle)), (right[::-1], (middle, high))):
        cut = list(ends)
        cut[axis] = interval
        halves.append((np.moveaxis(np.stack(rows), 0, axis), cut))
    return halves
