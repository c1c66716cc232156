"""Where each party is indifferent: its critical surface in the unit cube, the two regions, and their volumes.

On one side of the surface the share of strategy 1 grows, on the other it falls. With two or three moving populations
the axes are their shares (the own share does not matter, so the surface is straight along it); with four, each party
has the cube of the other three.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gamebook.derivations.critical_surfaces import enclosed_volume
from gamebook.figures import font
from gamebook.figures.isosurface import zero_surface
from gamebook.figures.panels import GAP_MM, LINE_MM, MARGIN_MM, TIME_MM, canvas, legend_of
from gamebook.figures.scene import Scene, check_populations
from gamebook.figures.style import LINE, LINE_HEIGHT, MM, NARROW_BELOW_MM, SMALL_SIZE
from gamebook.texts import text
from solvers.arrays import Floats

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CUBE = 3
GRID = 64
"""Points per axis for volumes where payoffs depend on shares, and of the lines on the faces of a cube."""
RISES, FALLS = "#CFE3F1", "#F7D9C4"
SURFACE, HATCH = "#8FB8D8", "////"
VIEW = (22.0, -58.0)
WIDE = 3
"""Panels beside each other on a page."""
GROWS: dict[str, Any] = {"marker": "o", "color": "black", "markersize": 3.6, "linestyle": "none"}
SHRINKS: dict[str, Any] = {**GROWS, "markerfacecolor": "white", "markeredgewidth": 0.8}
"""Marks of corners at which the party's share grows, or falls."""


@dataclass(frozen=True, slots=True, eq=False)
class SurfacePanel:
    """The critical surface of one party.

    Attributes
    ----------
    title : name of the party
    low, high : bounds of the volume of the region in which its share grows; far apart only if they are sampled
    words : the volumes of both regions
    axes : labels of the axes, two or three
    values : shape (2, ..., 2), advantage at the corners of the square or cube, in the order of the axes
    grid : advantage on a grid, shape (GRID, ..., GRID)
    triangles : of the surface, shape (k, 3, 3); empty in a square or where there is none
    """

    title: str
    low: float
    high: float
    words: str
    axes: tuple[str, ...]
    values: Floats
    grid: Floats
    triangles: Floats


@dataclass(frozen=True, slots=True, eq=False)
class SurfaceSheet:
    """Panels of critical surfaces, one for each party."""

    panels: tuple[SurfacePanel, ...]
    legend: tuple[str, ...]
    caption: str

    @property
    def family(self) -> str:
        """Font that has every character."""
        words = (word for panel in self.panels for word in (panel.title, panel.words, *panel.axes))
        return font.family_for((*words, *self.legend, self.caption))

    def figure(self, width_mm: float) -> Figure:
        """Draw it at a width in millimetres; call it inside ``style.drawing`` and write the figure there."""
        import matplotlib as mpl

        mpl.rcParams["hatch.linewidth"] = 0.4
        wide = WIDE if len(self.panels) == WIDE else 2
        columns = 1 if width_mm < NARROW_BELOW_MM else min(wide, len(self.panels))
        rows = -(-len(self.panels) // columns)
        solid = len(self.panels[0].axes) == CUBE
        room = width_mm / columns
        titles = [self._title(panel, room) for panel in self.panels]
        head = (max(title.count("\n") for title in titles) + 1) * LINE_MM + MARGIN_MM
        side = min(room, 70.0) * (0.92 if solid else 0.72)
        legend = legend_of(self.legend, (width_mm - 4 * MARGIN_MM) * MM, len(self.legend), self.family)
        height = rows * (side + head + (0.0 if solid else TIME_MM) + GAP_MM) + legend.height_mm + GAP_MM
        figure = canvas(height, self.caption, width_mm, self.family)
        if solid:
            grid = cubes(figure, rows, columns, height - legend.height_mm - GAP_MM, height, head)
        else:
            grid = list(figure.subplots(rows, columns, squeeze=False).ravel())
        for axes, panel, title in zip(grid, self.panels, titles, strict=False):
            (_draw_cube if solid else _draw_square)(axes, panel)
            axes.set_title(title, size=SMALL_SIZE, linespacing=LINE_HEIGHT, pad=2.0 if solid else 4.0)
        for axes in grid[len(self.panels) :]:
            axes.set_axis_off()
        place: dict[str, Any] = {"loc": "upper left"} if solid else {"loc": "outside upper left"}
        figure.legend(_marks(solid=solid), legend.labels, **place, ncols=legend.columns, borderaxespad=1.0,
                      handlelength=1.8)  # fmt: skip
        return figure

    def _title(self, panel: SurfacePanel, room_mm: float) -> str:
        points = (room_mm - 3 * MARGIN_MM) * MM
        return "\n".join(font.wrapped(words, points, SMALL_SIZE, self.family) for words in (panel.title, panel.words))


def surface_sheet(scene: Scene) -> SurfaceSheet:
    """Put together the critical surfaces of all moving populations.

    Raises
    ------
    InputError
        If not two, three or four populations move.

    Examples
    --------
    >>> import gamebook
    >>> from gamebook.figures.scene import scene_of
    >>> sheet = surface_sheet(scene_of(gamebook.load("farm-quality")))
    >>> [round(panel.low, 4) for panel in sheet.panels]      # the saddle is at (5/9, 31/79)
    [0.6076, 0.4444]
    """
    check_populations(scene, "surface", least=2, most=4)
    panels = tuple(_panel(scene, place) for place in range(len(scene.free)))
    solid = len(panels[0].axes) == CUBE
    parts = [text("plot.surface", scene.lang), *scene.values_words()]
    if scene.problem.depends:
        parts.insert(1, text("plot.surface_sampled", scene.lang, points=GRID))
        if len(panels) > CUBE:
            parts.insert(2, text("plot.surface_own", scene.lang))
    legend = [text("plot.rises", scene.lang), text("plot.falls", scene.lang)]
    if solid:
        legend.insert(0, text("plot.surface_zero", scene.lang))
    return SurfaceSheet(panels, tuple(legend), scene.caption("surface", parts))


def _panel(scene: Scene, place: int) -> SurfacePanel:
    count = len(scene.free)
    shown = list(range(count)) if count <= CUBE else [other for other in range(count) if other != place]

    here = scene.problem.start[list(scene.free)]

    def advantage(points: Floats) -> Floats:
        shares = np.broadcast_to(here, (*points.shape[:-1], count)).copy()
        shares[..., shown] = points
        found: Floats = scene.advantages(shares)[..., place]
        return found

    size = len(shown)
    corners = np.array(list(itertools.product((0.0, 1.0), repeat=size))).reshape((*(2,) * size, size))
    values = advantage(corners)
    axis = np.linspace(0.0, 1.0, GRID)
    grid = advantage(np.stack(np.meshgrid(*[axis] * size, indexing="ij"), axis=-1))
    if scene.problem.depends:
        low = high = float((grid > 0).mean())
    elif count <= CUBE:
        low, high = enclosed_volume(np.take(values, 0, axis=place))  # the own share does not matter
    else:
        low, high = enclosed_volume(values)
    population = scene.free[place]
    part = 0.5 * (low + high)
    words = text("plot.volumes", scene.lang, share=scene.share(population), up=f"{part:.3f}", down=f"{1 - part:.3f}")
    triangles = zero_surface(advantage) if size == CUBE else np.zeros((0, 3, 3))
    axes = tuple(scene.share(scene.free[other]) for other in shown)
    return SurfacePanel(scene.party(population), low, high, words, axes, values, grid, triangles)


def _marks(*, solid: bool) -> list[Artist]:
    """Samples for the legend: of the surface and the two marks of corners, or of the two areas."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    edge: dict[str, Any] = {"edgecolor": "0.25", "linewidth": 0.5}
    if solid:
        return [Patch(facecolor=SURFACE, **edge), Line2D([], [], **GROWS), Line2D([], [], **SHRINKS)]
    return [Patch(facecolor=RISES, **edge), Patch(facecolor=FALLS, hatch=HATCH, **edge)]


def _draw_square(axes: Axes, panel: SurfacePanel) -> None:
    x = np.linspace(0.0, 1.0, GRID)
    for sign, color, hatch in ((1.0, RISES, ""), (-1.0, FALLS, HATCH)):
        inside = (sign * panel.grid.T > 0).any()
        if inside:
            axes.contourf(x, x, sign * panel.grid.T, levels=[0.0, np.inf], colors=[color], hatches=[hatch])
    if (panel.grid > 0).any() and (panel.grid < 0).any():
        axes.contour(x, x, panel.grid.T, levels=[0.0], colors="black", linewidths=LINE)
    ticks = [0.0, 0.25, 0.5, 0.75, 1.0]
    axes.set_xticks(ticks, ["0", "0.25", "0.5", "0.75", "1"])
    axes.set_yticks(ticks, ["0", "0.25", "0.5", "0.75", "1"])
    axes.set_aspect("equal")
    axes.set_xlabel(panel.axes[0])
    axes.set_ylabel(panel.axes[1])


def _draw_cube(axes: Any, panel: SurfacePanel) -> None:  # noqa: ANN401 - matplotlib's 3-D axes have no types
    from mpl_toolkits.mplot3d.art3d import Line3DCollection, Poly3DCollection  # type: ignore[import-untyped]

    box_of(axes, panel.axes)
    if len(panel.triangles):
        axes.add_collection3d(Poly3DCollection(panel.triangles, facecolors=SURFACE, edgecolors=SURFACE,
                                               linewidths=0.3))  # fmt: skip
        axes.add_collection3d(Line3DCollection(face_lines(panel.grid), colors="black", linewidths=0.9))
    for corner in itertools.product((0, 1), repeat=CUBE):
        value = panel.values[corner]
        if value != 0.0:
            axes.plot(*[[float(x)] for x in corner], **(GROWS if value > 0 else SHRINKS), clip_on=False,
                      zorder=6)  # fmt: skip


def cubes(
    figure: Figure, rows: int, columns: int, below_mm: float, height_mm: float, head_mm: float
) -> list[Any]:
    """Place 3-D axes by hand: matplotlib's layout does not know what they hold.

    Parameters
    ----------
    below_mm : height of all axes, down to the caption; the legend stands above
    height_mm : of the figure without its caption
    head_mm : room for the heading of each
    """
    figure.set_layout_engine("none")
    total = figure.get_figheight() * 72.0 / MM
    row_mm = below_mm / rows
    found = []
    for row in range(rows):
        bottom = total - height_mm + below_mm - (row + 1) * row_mm
        for column in range(columns):
            place = (column / columns, bottom / total, 1.0 / columns, (row_mm - head_mm) / total)
            found.append(figure.add_axes(place, projection="3d"))
    return found


def box_of(axes: Any, labels: tuple[str, ...], *, zoom: float = 0.96) -> None:  # noqa: ANN401 - no types
    """Draw the unit cube with its labels, in place of matplotlib's panes."""
    from mpl_toolkits.mplot3d.art3d import Line3DCollection

    corners = list(itertools.product((0.0, 1.0), repeat=CUBE))
    edges = [(a, b) for a, b in itertools.combinations(corners, 2) if sum(map(abs, np.subtract(a, b))) == 1.0]
    axes.computed_zorder = False
    axes.add_collection3d(Line3DCollection(np.array(edges), colors="0.45", linewidths=0.5, zorder=5))
    axes.set_axis_off()
    axes.set_box_aspect((1, 1, 1), zoom=zoom)
    axes.view_init(elev=VIEW[0], azim=VIEW[1])
    axes.set(xlim=(0, 1), ylim=(0, 1), zlim=(0, 1))
    middles = ((0.5, -0.12, -0.12), (1.12, 0.5, -0.12), (-0.1, -0.1, 0.5))
    ends = ((0.97, -0.1, -0.1), (1.1, 0.97, -0.1), (-0.1, -0.1, 0.97))
    for label, middle, end in zip(labels, middles, ends, strict=True):
        axes.text(*middle, label, ha="center", va="center")
        axes.text(*end, "1", ha="center", va="center", size=SMALL_SIZE, color="0.25")
    axes.text(-0.1, -0.1, -0.06, "0", ha="center", va="center", size=SMALL_SIZE, color="0.25")


def face_lines(grid: Floats) -> list[Floats]:
    """Lines in which the zero surface of a function on the unit cube meets its faces, each of shape (points, 3)."""
    from contourpy import contour_generator

    x = np.linspace(0.0, 1.0, grid.shape[0])
    lines = []
    for axis, side in itertools.product(range(CUBE), (0, 1)):
        face = np.take(grid, -side, axis=axis)
        first, second = (other for other in range(CUBE) if other != axis)
        for found in contour_generator(x, x, face.T).lines(0.0):
            line = np.asarray(found, dtype=np.float64)
            points = np.full((len(line), CUBE), float(side))
            points[:, first], points[:, second] = line[:, 0], line[:, 1]
            lines.append(points)
    return lines
