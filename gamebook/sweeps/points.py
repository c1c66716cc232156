"""Policy points of a sweep: which values each point gives the parameters, and where its status quo lies.

Points are numbered in the order of the axes, the last running fastest; draws of uncertain parameters, if there are
any, run fastest of all. Axes of the status quo do not change payoffs, so the points of the other dimensions have
numbers of their own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gamebook.sweeps.axes import Axis
from gamebook.sweeps.layout import Block
from solvers.arrays import Floats, Integers

DRAW = "draw"
"""Name of the dimension of the draws."""


@dataclass(frozen=True, eq=False)
class Draws:
    """Joint values of uncertain parameters.

    Attributes
    ----------
    symbols : of the parameters
    values : shape (draws, parameters)
    """

    symbols: tuple[str, ...]
    values: Floats


@dataclass(frozen=True, eq=False)
class Points:
    """The points of a sweep.

    Attributes
    ----------
    axes : in order
    draws : of uncertain parameters at every point of the axes; None if there are none
    full : what bundles scale, by symbol
    start : shape (populations,), the status quo where no axis changes it
    shares : positions of the populations that each share symbol on an axis stands for
    taken : names that no dimension may have, since measures or their own dimensions have them
    """

    axes: tuple[Axis, ...]
    draws: Draws | None
    full: Mapping[str, float]
    start: Floats
    shares: Mapping[str, tuple[int, ...]]
    taken: frozenset[str] = frozenset()

    @property
    def shape(self) -> tuple[int, ...]:
        """Values on each dimension."""
        drawn = () if self.draws is None else (len(self.draws.values),)
        return (*(len(axis.values) for axis in self.axes), *drawn)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Names of the dimensions."""
        return (*(dimension(axis.name, self.taken) for axis in self.axes), *(() if self.draws is None else (DRAW,)))

    @property
    def varied(self) -> tuple[str, ...]:
        """Symbols of the parameters that vary, in the order of the columns of ``values``."""
        on_axes = [symbol for axis in self.axes if axis.kind in ("parameter", "bundle") for symbol in axis.symbols]
        return (*on_axes, *(() if self.draws is None else self.draws.symbols))

    @property
    def moves_start(self) -> bool:
        """Whether the status quo varies."""
        return any(axis.kind == "start" for axis in self.axes)

    @property
    def settings(self) -> int:
        """How many points differ in their parameters."""
        return math.prod(size for size, varies in zip(self.shape, self._parametric, strict=True) if varies)

    def numbers(self, start: int, stop: int) -> Integers:
        """Numbers, among the settings of the parameters, of points ``start`` to ``stop``; shape (points,)."""
        if not self.moves_start:
            return np.arange(start, stop)
        where = np.unravel_index(np.arange(start, stop), self.shape)
        kept = [index for index, varies in zip(where, self._parametric, strict=True) if varies]
        sizes = [size for size, varies in zip(self.shape, self._parametric, strict=True) if varies]
        if not kept:
            return np.zeros(stop - start, np.int64)
        return np.asarray(np.ravel_multi_index(tuple(kept), sizes), dtype=np.int64)

    def values(self, numbers: Integers) -> Floats:
        """Values of the parameters that vary at some settings; shape (settings, varied)."""
        where = self._where(numbers)
        columns: list[Floats] = []
        for axis in self.axes:
            if axis.kind in ("parameter", "bundle"):
                along = axis.values[where[axis.name]]
                columns += [self.full[symbol] * along if axis.kind == "bundle" else along for symbol in axis.symbols]
        if self.draws is not None:
            columns += list(self.draws.values[where[DRAW]].T)
        return np.stack(columns, axis=-1) if columns else np.empty((len(numbers), 0))

    def weights(self, numbers: Integers) -> Floats | None:
        """Weights of segments and regions on axes at some settings, (settings, axes); None if no axis has any."""
        where = self._where(numbers)
        columns = [axis.values[where[axis.name]] for axis in self.axes if axis.kind == "weight"]
        return np.stack(columns, axis=-1) if columns else None

    def _where(self, numbers: Integers) -> dict[str, Integers]:
        """Place of some settings on every dimension of the parameters, by name."""
        names = (*(axis.name for axis in self.axes), *(() if self.draws is None else (DRAW,)))
        sizes = {name: n for name, n, varies in zip(names, self.shape, self._parametric, strict=True) if varies}
        places = np.unravel_index(numbers, tuple(sizes.values())) if sizes else ()
        return dict(zip(sizes, places, strict=True))

    def starts(self, block: Block) -> Floats:
        """Shares of all populations at the status quo of each point; shape (points, populations)."""
        found = np.broadcast_to(self.start, (block.points, self.start.size))
        if not self.moves_start:
            return found
        found = found.copy()
        where = np.unravel_index(np.arange(block.start, block.stop), self.shape)
        for axis, index in zip(self.axes, where, strict=False):
            if axis.kind == "start":
                found[:, list(self.shares[axis.name])] = axis.values[index][:, None]
        return found

    @property
    def _parametric(self) -> Sequence[bool]:
        drawn = () if self.draws is None else (True,)
        return (*(axis.kind != "start" for axis in self.axes), *drawn)


def dimension(name: str, taken: Collection[str]) -> str:
    """Name of an axis or a drawn parameter in the store, where it is the name of a folder.

    Examples
    --------
    >>> dimension("bundle:s_F+c_F", ()), dimension("margin", {"margin"})
    ('bundle_s_F_c_F', 'margin_value')
    """
    plain = re.sub(r"\W+", "_", name)
    return f"{plain}_value" if plain in taken else plain
