"""A bundle of paths from many starts, through the space of shares, told apart by where they end.

Two shares make a square and three a cube. Four or five are drawn as squares over pairs, since a projection of four
dimensions would show crossings that do not exist.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gamebook.errors import InputError
from gamebook.figures import font
from gamebook.figures.critical_surface import CUBE, box_of, cubes
from gamebook.figures.panels import GAP_MM, GAP_OF_COLUMNS, LINE_MM, MARGIN_MM, TIME_MM, canvas, legend_of, open_lines
from gamebook.figures.paths import Bundle, path_sheet
from gamebook.figures.scene import Scene, check_populations
from gamebook.figures.style import MM, NARROW_BELOW_MM
from gamebook.figures.timing import Timing, simulated
from gamebook.texts import text
from solvers.arrays import Floats

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_STARTS = 1000
ALL_EQUAL = {2: 6, 3: 4, 4: 3, 5: 2}
"""Starts per axis that make a readable bundle, by the number of shares."""
MARK = 2.2


@dataclass(frozen=True, slots=True, eq=False)
class BundleSheet:
    """Paths through the space of shares.

    Attributes
    ----------
    bundles : paths that end alike, shape (path, time, free)
    shares : symbols of the axes
    heading : of the legend
    caption : text underneath
    """

    bundles: tuple[Bundle, ...]
    shares: tuple[str, ...]
    heading: str
    caption: str

    @property
    def family(self) -> str:
        """Font that has every character."""
        return font.family_for((*(b.label for b in self.bundles), *self.shares, self.heading, self.caption))

    def figure(self, width_mm: float) -> Figure:
        """Draw it at a width in millimetres; call it inside ``style.drawing`` and write the figure there."""
        from matplotlib.lines import Line2D

        legend = legend_of([b.label for b in self.bundles], (width_mm - 4 * MARGIN_MM) * MM, 3, self.family)
        pairs = list(itertools.combinations(range(len(self.shares)), 2))
        solid = len(self.shares) == CUBE
        if solid:
            pairs = pairs[:1]
        columns = min(len(pairs), 3 if width_mm >= NARROW_BELOW_MM else 2)
        rows = -(-len(pairs) // columns)
        side = min((width_mm - 4 * MARGIN_MM) / columns - 12.0, 100.0 if solid else 78.0)
        height = rows * (side + (0.0 if solid else TIME_MM + GAP_MM)) + legend.height_mm + 2 * LINE_MM
        figure = canvas(height, self.caption, width_mm, self.family)
        if solid:
            grid = cubes(figure, 1, 1, height - legend.height_mm - 2 * LINE_MM, height, 0.0)
        else:
            grid = list(figure.subplots(rows, columns, squeeze=False).ravel())
        for axes, pair in zip(grid, pairs, strict=False):
            if solid:
                self._draw_cube(axes)
            else:
                self._draw_square(axes, pair)
        for axes in grid[len(pairs) :]:
            axes.set_axis_off()
        handles = [Line2D([], [], color=b.style.color, linestyle=b.style.dashes) for b in self.bundles]
        place: dict[str, Any] = {"loc": "upper left"} if solid else {"loc": "outside upper left"}
        made = figure.legend(handles, legend.labels, **place, ncols=legend.columns, alignment="left",
                             title=self.heading, columnspacing=GAP_OF_COLUMNS, borderaxespad=1.0)  # fmt: skip
        open_lines(made)
        return figure

    def _draw_cube(self, axes: Any) -> None:  # noqa: ANN401 - matplotlib's 3-D axes have no types
        from mpl_toolkits.mplot3d.art3d import Line3DCollection  # type: ignore[import-untyped]

        box_of(axes, self.shares, zoom=0.92)
        for bundle in self.bundles:
            style = bundle.style
            axes.add_collection3d(Line3DCollection(list(bundle.shares), colors=style.color,
                                                   linestyles=[style.dashes], linewidths=0.7, zorder=6))  # fmt: skip
            starts, ends = bundle.shares[:, 0], bundle.shares[:, -1]
            axes.plot(*starts.T, "o", color=style.color, markersize=MARK, zorder=7)
            axes.plot(*ends.T, "o", color="black", markersize=1.6 * MARK, clip_on=False, zorder=8)

    def _draw_square(self, axes: Axes, pair: Sequence[int]) -> None:
        from matplotlib.collections import LineCollection

        for rank, bundle in enumerate(self.bundles):
            lines, style = bundle.shares[..., list(pair)], bundle.style
            axes.add_collection(LineCollection(list(lines), colors=style.color, linestyles=[style.dashes],
                                               linewidths=0.7, zorder=2 + 0.1 * rank), autolim=False)  # fmt: skip
            axes.plot(*lines[:, 0].T, "o", color=style.color, markersize=MARK, zorder=3)
            axes.plot(*lines[:, -1].T, "o", color="black", markersize=1.6 * MARK, clip_on=False, zorder=4)
        axes.set(xlim=(0.0, 1.0), ylim=(0.0, 1.0), aspect="equal")
        ticks = [0.0, 0.5, 1.0]
        axes.set_xticks(ticks, ["0", "0.5", "1"])
        axes.set_yticks(ticks, ["0", "0.5", "1"])
        axes.set_xlabel(self.shares[pair[0]])
        axes.set_ylabel(self.shares[pair[1]])


def bundle_sheet(scene: Scene, timing: Timing, *, grid: int | None = None, starts: Floats | None = None) -> BundleSheet:
    """Follow paths from a grid of starts, or from given ones, and put them together.

    Parameters
    ----------
    grid : starts at the middles of so many equal parts of every axis
    starts : shape (paths, free), instead of a grid

    Raises
    ------
    InputError
        If not two to five populations move, or there are more than 1,000 starts.
    """
    check_populations(scene, "bundle", least=2, most=5)
    count = len(scene.free)
    each = ALL_EQUAL[count] if grid is None else grid
    number = each**count if starts is None else len(starts)
    if not 1 <= number <= MOST_STARTS:
        raise InputError("plot.starts", count=number, most=MOST_STARTS)
    simulation = simulated(scene, timing, grid=each if starts is None else None, starts=starts)
    words = [text("figure.starts", scene.lang, count=f"{number:,}"), text("plot.marks", scene.lang)]
    words += [*timing.words(scene), *scene.values_words()]
    sorted_paths = path_sheet(simulation, time=scene.time_label, caption="", lang=scene.lang)
    free = list(scene.free)
    bundles = tuple(Bundle(b.label, b.style, np.ascontiguousarray(b.shares[..., free])) for b in sorted_paths.bundles)
    shares = tuple(scene.share(i) for i in scene.free)
    return BundleSheet(bundles, shares, sorted_paths.heading, scene.caption("bundle", words))
