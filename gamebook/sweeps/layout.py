"""How the points of a sweep lie in its store: a grid of axes, cut into blocks that are whole chunks of every array.

Points are numbered in the order of the axes, the last running fastest. A block is a range of numbers, so that what is
computed for it does not depend on how many dimensions the grid has.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from solvers.arrays import Floats

BLOCK_POINTS = 65_536
"""Points per block: large enough for the kernels, small enough to lose little when a run is killed."""


@dataclass(frozen=True, slots=True)
class Block:
    """Points ``start`` to ``stop`` (not included) of a sweep, and where they lie in the grid."""

    number: int
    start: int
    stop: int
    place: tuple[slice, ...]

    @property
    def points(self) -> int:
        """How many points it holds."""
        return self.stop - self.start

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the block in the grid."""
        return tuple(part.stop - part.start for part in self.place)


@dataclass(frozen=True)
class Layout:
    """A grid cut into blocks.

    Parameters
    ----------
    shape : number of values on each axis, at least one axis
    most_points : points per block, at most

    Examples
    --------
    >>> grid = Layout((3, 4), most_points=8)
    >>> grid.chunks, [(block.start, block.stop) for block in grid.blocks()]
    ((2, 4), [(0, 8), (8, 12)])
    """

    shape: tuple[int, ...]
    most_points: int = BLOCK_POINTS

    @property
    def points(self) -> int:
        """Number of points."""
        return math.prod(self.shape)

    @cached_property
    def chunks(self) -> tuple[int, ...]:
        """Shape of a chunk: whole trailing axes, a part of one axis, one value of those before it."""
        sizes = [1] * len(self.shape)
        room = max(1, self.most_points)
        for axis in reversed(range(len(self.shape))):
            sizes[axis] = min(self.shape[axis], room)
            if sizes[axis] < self.shape[axis]:
                break
            room //= sizes[axis]
            if room <= 1:
                break
        return tuple(sizes)

    @property
    def count(self) -> int:
        """Number of blocks."""
        return math.prod(-(-size // chunk) for size, chunk in zip(self.shape, self.chunks, strict=True))

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks in the order of their points."""
        starts = [range(0, size, chunk) for size, chunk in zip(self.shape, self.chunks, strict=True)]
        first = 0
        for number, corner in enumerate(itertools.product(*starts)):
            place = tuple(
                slice(low, min(low + chunk, size))
                for low, chunk, size in zip(corner, self.chunks, self.shape, strict=True)
            )
            points = math.prod(part.stop - part.start for part in place)
            yield Block(number, first, first + points, place)
            first += points

    def coordinates(self, values: Sequence[Floats], start: int, stop: int) -> Floats:
        """Return the values on all axes at a range of points; shape (points, axes)."""
        where = np.unravel_index(np.arange(start, stop), self.shape)
        return np.stack([axis[index] for axis, index in zip(values, where, strict=True)], axis=-1)
