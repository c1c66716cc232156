"""Where a party is indifferent: its critical surface among the others' shares, and the volumes on either side."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import sympy
from numpy.typing import NDArray

from gamebook.derivations.bernstein_volume import share_volume
from gamebook.derivations.common_factors import grouped
from gamebook.derivations.ranges import Range
from gamebook.derivations.replicator import Replicator
from gamebook.derivations.signs import Sign, Signs, range_sign

CELLS = {0: 1, 1: 65536, 2: 512, 3: 64, 4: 24}  # per dimension of the shares that are not solved for


@dataclass(frozen=True, slots=True, eq=False)
class CriticalSurface:
    """D_i = 0.

    Attributes
    ----------
    solved : the share that is solved for, with its formula ``-rest / slope``; None if D_i depends on no share or is
        affine in none
    slope_sign : whether D_i rises with that share; the sign of D_i if it depends on no share
    low, high : bounds that enclose the volume of the region D_i > 0 at the values in use, among the shares on which
        D_i may depend
    constant : whether D_i depends on no share
    """

    player: int
    solved: int | None
    slope: sympy.Expr
    rest: sympy.Expr
    slope_sign: Sign
    low: float
    high: float
    constant: bool = False

    @property
    def formula(self) -> sympy.Expr:
        """The share on the surface as a function of the others."""
        return -self.rest / self.slope


def critical_surface(
    field: Replicator, signs: Signs, here: Mapping[sympy.Symbol, Fraction], player: int
) -> CriticalSurface:
    """Return a party's critical surface, solved for the share whose formula is shortest."""
    slopes = _slopes(field, player)
    gain = field.advantage(player)
    low, high = _volume(field, signs, here, player)
    if not slopes:
        return CriticalSurface(player, None, sympy.Integer(0), gain, signs.of(_level(field, player)), low, high, True)
    affine = [
        (_slope_sign(field, signs, slope).mark == "x", sympy.count_ops(slope), other, slope)
        for other, slope in slopes.items()
        if other != player and not slope.has(field.shares[other])
    ]
    if not affine:
        return CriticalSurface(player, None, sympy.Integer(0), gain, Sign("x", ""), low, high)
    _, _, solved, slope = min(affine, key=lambda choice: choice[:3])
    rest = grouped(field.cells.in_shares(gain).xreplace({field.shares[solved]: sympy.Integer(0)}))
    return CriticalSurface(player, solved, slope, rest, _slope_sign(field, signs, slope), low, high)


def _slopes(field: Replicator, player: int) -> dict[int, sympy.Expr]:
    """Return the derivatives of D_i that are not 0, with what follows the shares written out."""
    found = {}
    for other in field.reach[player]:
        slope = field.slope(player, other)
        if field.depends:
            slope = sympy.expand(field.cells.in_shares(slope))
        if slope != 0:
            found[other] = grouped(slope) if field.depends else slope
    return found


def _level(field: Replicator, player: int) -> sympy.Expr:
    """Return an advantage that depends on no share, at any of them."""
    return field.at(player, (0,) * field.n) if field.depends else field.advantage(player)


def _slope_sign(field: Replicator, signs: Signs, slope: sympy.Expr) -> Sign:
    """Return the sign of a slope for all admissible parameters and all shares strictly between 0 and 1."""
    if not slope.free_symbols & set(field.shares):
        return signs.of(slope)
    ranges = {**signs.domain.ranges, **dict.fromkeys(field.shares, Range(Fraction(0), Fraction(1), True, True))}
    mark = range_sign(slope, ranges)
    return Sign(mark or "x", "range" if mark else "")


def _volume(
    field: Replicator, signs: Signs, here: Mapping[sympy.Symbol, Fraction], player: int
) -> tuple[float, float]:
    """Enclose the volume where D_i > 0 in the cube of the shares that D_i may depend on, at the values in use."""
    if field.depends:
        return share_volume(field, player)
    size = field.n - 1
    values = np.zeros((2,) * size)
    for chosen in itertools.product((0, 1), repeat=size):
        number = signs.value_here(field.values[player][chosen], here)
        if number is None:
            return 0.0, 1.0
        values[chosen] = float(number)
    return enclosed_volume(values)


def enclosed_volume(values: NDArray[np.float64]) -> tuple[float, float]:
    """Enclose the volume of the part of the unit cube where a multi-affine function is positive.

    One share is solved for in closed form; over each cell of a grid of the others the solution is monotone in each
    of them, so its extremes are at the cell's corners.

    Parameters
    ----------
    values : shape (2, ..., 2), the function at the corners of the cube

    Examples
    --------
    >>> enclosed_volume(np.array([-1.0, 3.0]))
    (0.75, 0.75)
    >>> low, high = enclosed_volume(np.array([[-1.0, 0.0], [0.0, 1.0]]))      # x + y > 1
    >>> low < 0.5 < high, high - low < 1e-4
    (True, True)
    """
    if values.ndim == 0:
        return (1.0, 1.0) if values > 0 else (0.0, 0.0)
    axis = int(np.argmax([np.abs(np.diff(values, axis=place)).min() for place in range(values.ndim)]))
    at_low, at_high = np.take(values, 0, axis=axis), np.take(values, 1, axis=axis)
    size = values.ndim - 1
    count = CELLS.get(size, 8) if size > 0 else 1
    lengths_low, lengths_high = _lengths(_on_grid(at_low, count), _on_grid(at_high, count), size)
    return float(lengths_low.mean()), float(lengths_high.mean())


def _on_grid(corner: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return a multi-affine function on the nodes of a grid with so many cells per dimension."""
    for axis in range(corner.ndim):
        shape = [-1 if place == axis else 1 for place in range(corner.ndim)]
        position = np.linspace(0.0, 1.0, count + 1).reshape(shape)
        low, high = np.take(corner, [0], axis=axis), np.take(corner, [-1], axis=axis)
        corner = low * (1 - position) + high * position
    return corner


def _lengths(
    at_low: NDArray[np.float64], at_high: NDArray[np.float64], size: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return least and greatest length of the positive part of the solved share over each cell.

    At fixed others the function runs from ``at_low`` to ``at_high``; the positive part rises with both ends, so its
    extremes are attained at corners as far as the cell's corner values order the ends.
    """
    lows, highs = _extremes(at_low, size), _extremes(at_high, size)
    least = _length(lows[0], highs[0])
    most = _length(lows[1], highs[1])
    return least, most


def _extremes(nodes: NDArray[np.float64], size: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    corners = [
        nodes[tuple(slice(side, nodes.shape[place] - 1 + side) for place, side in enumerate(sides))]
        for sides in itertools.product((0, 1), repeat=size)
    ]
    return np.min(corners, axis=0), np.max(corners, axis=0)


def _length(start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the length of the part of [0, 1] on which the line from start to end is positive."""
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = np.where(start != end, start / (start - end), 0.0)
    crossing = np.clip(crossing, 0.0, 1.0)
    return np.where((start > 0) & (end > 0), 1.0, np.where((start <= 0) & (end <= 0), 0.0,
                    np.where(start > 0, crossing, 1 - crossing)))  # fmt: skip
