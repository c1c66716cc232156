"""A map over two parameters: where the path from the status quo ends, and how long it takes to get there."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gamebook.basin_result import Ending
from gamebook.errors import InputError
from gamebook.figures import font
from gamebook.figures.fills import EDGE, HATCH_WIDTH, Fill, fills_of, label_of, patch_of
from gamebook.figures.panels import GAP_MM, GAP_OF_COLUMNS, LINE_MM, MARGIN_MM, TIME_MM, canvas, legend_of, open_lines
from gamebook.figures.path_effects import check_matters
from gamebook.figures.scene import Scene
from gamebook.figures.style import MM, NARROW_BELOW_MM, TEXT_SIZE
from gamebook.figures.timing import Timing
from gamebook.flow import paths_end
from gamebook.outcome_finder import STATUS
from gamebook.problem import case_problem
from gamebook.texts import text
from solvers.arrays import Floats, Integers
from solvers.attractors import Profile

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CELLS, MOST_CELLS = 31, 101
TITLE_MM = 5.0
SHADES = 7
LONGEST_QUANTILE = 0.9
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """A parameter on an axis: its symbol, its label, and the values at the middles of the cells."""

    symbol: str
    label: str
    values: Floats


@dataclass(frozen=True, slots=True, eq=False)
class EndMap:
    """Ends of the path over two parameters.

    Attributes
    ----------
    across, up : the axes
    endings : that occur, with what is drawn for each
    code : shape (up, across), index into ``endings``
    years : shape (up, across), until every share is near its end; NaN where it does not settle
    here : values of the case on both axes
    """

    across: Axis
    up: Axis
    endings: tuple[Ending, ...]
    code: Integers
    years: Floats
    here: tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class EndSheet:
    """A map of ends, and one of the time to settle."""

    found: EndMap
    labels: tuple[str, ...]
    fills: tuple[Fill, ...]
    headings: tuple[str, str]
    here_label: str
    caption: str

    @property
    def family(self) -> str:
        """Font that has every character."""
        axes = (self.found.across.label, self.found.up.label)
        return font.family_for((*axes, *self.labels, *self.headings, self.here_label, self.caption))

    def figure(self, width_mm: float) -> Figure:
        """Draw it at a width in millimetres; call it inside ``style.drawing`` and write the figure there."""
        import matplotlib as mpl
        from matplotlib.lines import Line2D

        mpl.rcParams["hatch.linewidth"] = HATCH_WIDTH
        timed = bool(np.isfinite(self.found.years).any())
        beside = timed and width_mm >= NARROW_BELOW_MM
        side = min(width_mm / 2.0 - 18.0 if beside else width_mm - 26.0, 62.0)
        legend = legend_of([*self.labels, self.here_label], (width_mm - 4 * MARGIN_MM) * MM, 3, self.family)
        rows = 1 if beside or not timed else 2
        height = rows * (side + TITLE_MM + TIME_MM + GAP_MM) + legend.height_mm + LINE_MM
        figure = canvas(height, self.caption, width_mm, self.family)
        grid = figure.subplots(rows, 2 if beside else 1, squeeze=False).ravel()
        room = (side - 4.0) * MM
        labels = [font.wrapped(axis.label, room, TEXT_SIZE, self.family) for axis in (self.found.across, self.found.up)]
        self._draw_ends(grid[0], labels)
        if timed:
            self._draw_years(grid[1], labels, figure)
        handles = [*map(patch_of, self.fills), Line2D([], [], **HERE)]
        made = figure.legend(handles, legend.labels, loc="outside upper left", ncols=legend.columns,
                             columnspacing=GAP_OF_COLUMNS, borderaxespad=1.0)  # fmt: skip
        open_lines(made)
        return figure

    def _draw_ends(self, axes: Axes, labels: list[str]) -> None:
        for row, high in enumerate(_edges(self.found.up.values)[1:]):
            low = _edges(self.found.up.values)[row]
            for first, last, k in runs(self.found.code[row]):
                edges = _edges(self.found.across.values)
                axes.fill_between([edges[first], edges[last]], low, high, facecolor=self.fills[k].color,
                                  hatch=self.fills[k].hatch, edgecolor=EDGE, linewidth=0.0)  # fmt: skip
        for line in borders(self.found):
            axes.plot(*line, color="black", linewidth=0.9)
        self._finish(axes, labels, self.headings[0])

    def _draw_years(self, axes: Axes, labels: list[str], figure: Figure) -> None:
        from matplotlib.colors import BoundaryNorm, ListedColormap
        from matplotlib.ticker import MaxNLocator

        most = float(np.nanquantile(self.found.years, LONGEST_QUANTILE))
        levels = MaxNLocator(SHADES, steps=[1, 2, 5, 10]).tick_values(0.0, max(most, 1e-9))
        shades = [str(1.0 - 0.75 * k / (len(levels) - 1)) for k in range(len(levels))]
        norm = BoundaryNorm(levels, len(shades), extend="max")
        drawn = axes.pcolormesh(_edges(self.found.across.values), _edges(self.found.up.values),
                                np.ma.masked_invalid(self.found.years), cmap=ListedColormap(shades), norm=norm,
                                edgecolors="face", linewidth=0.2)  # fmt: skip
        figure.colorbar(drawn, ax=axes, shrink=0.9, extend="max")
        for line in borders(self.found):
            axes.plot(*line, color="black", linewidth=0.9)
        self._finish(axes, labels, self.headings[1])

    def _finish(self, axes: Axes, labels: list[str], heading: str) -> None:
        across, up = _edges(self.found.across.values), _edges(self.found.up.values)
        axes.set_xlim(across[0], across[-1])
        axes.set_ylim(up[0], up[-1])
        axes.set_box_aspect(1.0)
        x, y = self.found.here
        if across[0] <= x <= across[-1] and up[0] <= y <= up[-1]:
            axes.plot([x], [y], **HERE, clip_on=False, zorder=6)
        axes.locator_params(nbins=6)
        axes.set_xlabel(labels[0])
        axes.set_ylabel(labels[1])
        axes.set_title(heading, loc="left")


HERE: dict[str, Any] = {
    "marker": "D", "markerfacecolor": "white", "markeredgecolor": "black", "markersize": 4.5, "linestyle": "none",
}  # fmt: skip


def end_map_sheet(
    scene: Scene,
    timing: Timing,
    *,
    across: tuple[str, float, float],
    up: tuple[str, float, float],
    cells: int = CELLS,
    progress: Progress | None = None,
) -> EndSheet:
    """Follow the path from the status quo at the middle of every cell of a map over two parameters.

    Parameters
    ----------
    across, up : symbol, lowest and highest value
    cells : along each axis

    Raises
    ------
    InputError
        If there are too few or too many cells, both axes are the same, or a parameter cancels from all advantages.
    PageError
        If a value is outside the parameter's bounds.
    """
    found = end_map(scene, timing, across=across, up=up, cells=cells, progress=progress)
    lang = scene.lang
    fills = fills_of(found.endings)
    start = {i: float(scene.problem.start[i]) for i in scene.free}
    words = [text("figure.start", lang, shares=scene.shares_at(start)), text("plot.end_map", lang, cells=cells)]
    words.append(text("figure.rate" if scene.is_yearly else "plot.rate", lang, rate=f"{timing.rate_of(scene):g}"))
    words += scene.values_words(leave_out=(across[0], up[0]))
    unit = "plot.settle_years" if scene.is_yearly else "plot.settle_time"
    return EndSheet(
        found,
        tuple(label_of(ending, lang) for ending in found.endings),
        tuple(fills[ending] for ending in found.endings),
        (text("figure.map_ends", lang), text(unit, lang)),
        text("plot.values_here", lang),
        scene.caption("map", words),
    )


def end_map(
    scene: Scene,
    timing: Timing,
    *,
    across: tuple[str, float, float],
    up: tuple[str, float, float],
    cells: int = CELLS,
    progress: Progress | None = None,
) -> EndMap:
    """Compute the map of :func:`end_map_sheet`."""
    if not 2 <= cells <= MOST_CELLS:
        raise InputError("plot.cells", value=cells, most=MOST_CELLS)
    if across[0] == up[0]:
        raise InputError("plot.same_axis", symbol=up[0])
    axes = [_axis(scene, *axis, cells) for axis in (across, up)]
    for axis in axes:
        check_matters(scene, axis.symbol, [float(axis.values[0]), float(axis.values[-1])])
    endings: dict[Ending, int] = {}
    goal: Profile | None = None
    code = np.zeros((cells, cells), dtype=np.int64)
    years = np.full((cells, cells), np.nan)
    for row, high in enumerate(axes[1].values):
        for column, value in enumerate(axes[0].values):
            values = {axes[0].symbol: float(value), axes[1].symbol: float(high)}
            ending, year, goal = _end(scene, timing, values, goal)
            code[row, column] = endings.setdefault(ending, len(endings))
            years[row, column] = year
        if progress is not None:
            progress(row + 1, cells)
    settings = scene.problem.settings
    here = (settings[axes[0].symbol], settings[axes[1].symbol])
    return EndMap(axes[0], axes[1], tuple(endings), code, years, here)


def _axis(scene: Scene, symbol: str, low: float, high: float, cells: int) -> Axis:
    scene.case.game.check_values({**scene.case.values, **scene.values, symbol: low})
    scene.case.game.check_values({**scene.case.values, **scene.values, symbol: high})
    if not low < high:
        raise InputError("plot.range", symbol=symbol, low=low, high=high)
    name = font.plain(scene.case.game.parameters[symbol].name.in_language(scene.lang))
    middles = low + (high - low) * (np.arange(cells) + 0.5) / cells
    return Axis(symbol, f"{name} {scene.symbol(symbol)}", middles)


def _end(
    scene: Scene, timing: Timing, values: dict[str, float], guess: Profile | None
) -> tuple[Ending, float, Profile | None]:
    """Where the path from the status quo ends under some values, and when it is within 0.05 of it.

    ``guess`` is where the path of the cell before ended: if this one ends there too, it is followed only once.
    """
    problem = case_problem(scene.case, {**scene.values, **values}, scene.given, scene.start)
    begin = problem.start[None, list(problem.free)]
    rate = timing.rate_of(scene)
    speeds = np.full(len(problem.free), rate)
    followed = paths_end(problem, begin, speeds=speeds, goal=guess)
    target = followed.target[0]
    if target is None:
        return Ending(STATUS[followed.fate[0]]), np.nan, guess
    if target != guess:
        followed = paths_end(problem, begin, speeds=speeds, goal=target)
    return Ending("settled", problem.name(problem.full_shares(target))), float(followed.arrival[0]), target


def runs(codes: Integers) -> list[tuple[int, int, int]]:
    """First and last edge of the stretches of a row that end alike, with their code.

    Examples
    --------
    >>> runs(np.array([0, 0, 1]))
    [(0, 2, 0), (2, 3, 1)]
    """
    changes = [0, *(int(k) + 1 for k in np.flatnonzero(np.diff(codes))), len(codes)]
    return [(first, last, int(codes[first])) for first, last in itertools.pairwise(changes)]


def borders(found: EndMap) -> list[tuple[Floats, Floats]]:
    """Lines between cells that end differently."""
    across, up = _edges(found.across.values), _edges(found.up.values)
    lines = []
    for row, column in zip(*np.nonzero(np.diff(found.code, axis=1)), strict=True):
        lines.append((np.full(2, across[column + 1]), up[row : row + 2]))
    for row, column in zip(*np.nonzero(np.diff(found.code, axis=0)), strict=True):
        lines.append((across[column : column + 2], np.full(2, up[row + 1])))
    return lines


def _edges(middles: Floats) -> Floats:
    """Edges of cells of one width from their middles."""
    half = 0.5 * (middles[1] - middles[0])
    found: Floats = np.concatenate([middles - half, middles[-1:] + half])
    return found
