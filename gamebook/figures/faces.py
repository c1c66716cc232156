"""The vector field on every face of the cube of shares: arrows, lines without gain, and rest points by their kind."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gamebook.figures import font
from gamebook.figures.panels import GAP_MM, LINE_MM, MARGIN_MM, TIME_MM, canvas, legend_of
from gamebook.figures.scene import Scene, check_populations
from gamebook.figures.simulation import comma
from gamebook.figures.style import LINES, MM, NARROW_BELOW_MM, SMALL_SIZE, TEXT_SIZE
from gamebook.texts import text
from solvers.arrays import Floats
from solvers.results import RestPoint
from solvers.stability import Stability

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ARROWS = 9
"""Arrows per axis."""
GRID = 81
KINDS: dict[str, dict[str, Any]] = {
    "sink": {"marker": "o", "markerfacecolor": "black"},
    "saddle": {"marker": "s", "markerfacecolor": "white"},
    "unstable": {"marker": "o", "markerfacecolor": "white"},
    "other": {"marker": "X", "markerfacecolor": "0.6"},
}
"""Marks of rest points: asymptotically stable, saddle, unstable, and not decided by the linear part."""
ALONE, SIX = 2, 6
"""Populations of a square, and faces of a cube."""
STREAM = 21
"""Points per axis from which the lines of a square alone are drawn."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A face on which two shares move and the others are 0 or 1.

    Attributes
    ----------
    title : the fixed shares
    across, up : labels of the axes
    at : shape (arrows,), positions of the arrows on either axis
    velocity : shape (arrows, arrows, 2), of both shares; first axis across
    gains : shape (2, GRID, GRID), payoff advantage of both parties
    points : kind and place of every isolated rest point on the face
    """

    title: str
    across: str
    up: str
    at: Floats
    velocity: Floats
    gains: Floats
    points: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class FaceSheet:
    """All faces."""

    faces: tuple[Face, ...]
    labels: tuple[str, ...]
    caption: str

    @property
    def family(self) -> str:
        """Font that has every character."""
        words = (word for face in self.faces for word in (face.title, face.across, face.up))
        return font.family_for((*words, *self.labels, self.caption))

    @property
    def kinds(self) -> list[str]:
        """Kinds of rest points that occur."""
        found = {kind for face in self.faces for kind, _, _ in face.points}
        return [kind for kind in KINDS if kind in found]

    def figure(self, width_mm: float) -> Figure:
        """Draw it at a width in millimetres; call it inside ``style.drawing`` and write the figure there."""
        from matplotlib.lines import Line2D

        wide = width_mm >= NARROW_BELOW_MM
        count = len(self.faces)
        columns = 1 if count == 1 else (3 if wide else 2) if count <= SIX else (6 if wide else 3)
        rows = -(-count // columns)
        small = count > SIX or (count > 1 and not wide)
        side = min((width_mm - 4 * MARGIN_MM) / columns - (5.0 if small else 14.0), 78.0)
        titled = LINE_MM + MARGIN_MM if self.faces[0].title else MARGIN_MM
        labels = [*(self.labels[list(KINDS).index(kind)] for kind in self.kinds), *self.labels[len(KINDS) :]]
        legend = legend_of(labels, (width_mm - 4 * MARGIN_MM) * MM, 3 if wide else 2, self.family)
        scale = LINE_MM + 3.0 if small else TIME_MM
        height = rows * (side + titled + scale + GAP_MM) + legend.height_mm + LINE_MM
        figure = canvas(height, self.caption, width_mm, self.family)
        grid = figure.subplots(rows, columns, squeeze=False).ravel()
        for axes, face in zip(grid, self.faces, strict=False):
            _draw(axes, face, small=small)
        for axes in grid[len(self.faces) :]:
            axes.set_axis_off()
        marks = [Line2D([], [], **_mark(kind)) for kind in self.kinds]
        lines = [Line2D([], [], color=LINES[k].color, linestyle=LINES[k].dashes) for k in range(ALONE)]
        figure.legend([*marks, *lines], legend.labels, loc="outside upper left", ncols=legend.columns,
                      borderaxespad=1.0)  # fmt: skip
        return figure


def face_sheet(scene: Scene) -> FaceSheet:
    """Put together the vector field on all faces.

    Raises
    ------
    InputError
        If not two, three or four populations move.

    Examples
    --------
    >>> import gamebook
    >>> from gamebook.figures.scene import scene_of
    >>> (square,) = face_sheet(scene_of(gamebook.load("farm-quality"))).faces
    >>> [(kind, round(x, 3), round(y, 3)) for kind, x, y in square.points if kind == "saddle"]
    [('saddle', 0.556, 0.392)]
    """
    check_populations(scene, "faces", least=2, most=4)
    count, points = len(scene.free), rest_points(scene)
    faces = []
    for a, b in itertools.combinations(range(count), 2):
        others = [k for k in range(count) if k not in (a, b)]
        for fixed in itertools.product((0.0, 1.0), repeat=len(others)):
            faces.append(_face(scene, (a, b), dict(zip(others, fixed, strict=True)), points))
    lang = scene.lang
    labels = [text(f"plot.kind.{kind}", lang) for kind in KINDS]
    if scene.problem.depends:
        labels[0] = text("plot.attracting", lang)
    labels += [text("plot.no_gain", lang, place=text(f"plot.place.{axis}", lang)) for axis in ("across", "up")]
    if count == ALONE:
        labels[-2:] = [text("plot.no_gain_of", lang, share=scene.share(i)) for i in scene.free]
    parts = [text("plot.faces" if count > ALONE else "plot.square", lang), *scene.values_words()]
    return FaceSheet(tuple(faces), tuple(labels), scene.caption("faces" if count > ALONE else "square", parts))


def rest_points(scene: Scene) -> list[RestPoint]:
    """Isolated rest points of the moving populations, with shares of all populations."""
    import gamebook

    found = gamebook.solve(scene.case, values=scene.values, given=scene.given, start=scene.start)
    return [point for point in found.equilibria.rest_points if isinstance(point, RestPoint)]


def kind_of(point: RestPoint) -> str:
    """Kind of a rest point, as the figures tell them apart."""
    if point.stability is Stability.SINK:
        return "sink"
    if point.stability is Stability.SADDLE:
        return "saddle"
    return "unstable" if point.stability in (Stability.SOURCE, Stability.UNSTABLE) else "other"


def _face(scene: Scene, pair: tuple[int, int], fixed: dict[int, float], points: list[RestPoint]) -> Face:
    def shares(x: Floats) -> Floats:
        full = np.zeros((len(x), len(x), len(scene.free)))
        full[..., pair[0]], full[..., pair[1]] = x[:, None], x[None, :]
        for place, value in fixed.items():
            full[..., place] = value
        return full

    at = (np.arange(ARROWS) + 0.5) / ARROWS if fixed else np.linspace(0.0, 1.0, STREAM)
    coarse = shares(at)
    velocity = (coarse * (1.0 - coarse) * scene.advantages(coarse))[..., list(pair)]
    gains = np.moveaxis(scene.advantages(shares(np.linspace(0.0, 1.0, GRID)))[..., list(pair)], -1, 0)
    on = [p for p in points if all(p.shares[place] == value for place, value in fixed.items())]
    words = comma(scene.lang).join(scene.shares_at({scene.free[k]: x}) for k, x in fixed.items())
    return Face(
        title=words,
        across=scene.share(scene.free[pair[0]]),
        up=scene.share(scene.free[pair[1]]),
        at=at,
        velocity=velocity,
        gains=gains,
        points=tuple((kind_of(p), float(p.shares[pair[0]]), float(p.shares[pair[1]])) for p in on),
    )


def _mark(kind: str) -> dict[str, Any]:
    size = 5.0 if kind == "other" else 4.4
    return {"linestyle": "none", "markeredgecolor": "black", "markeredgewidth": 0.8, "markersize": size, **KINDS[kind]}


def _draw_arrows(axes: Axes, face: Face, *, small: bool) -> None:
    speed = np.linalg.norm(face.velocity, axis=-1)
    step = 0.8 / ARROWS * face.velocity / np.where(speed > 0.0, speed, 1.0)[..., None]
    across, up = np.meshgrid(face.at, face.at, indexing="ij")
    axes.quiver(across, up, step[..., 0], step[..., 1], angles="xy", scale_units="xy", scale=1.0, pivot="mid",
                width=0.009 if small else 0.006, headwidth=4.0, headlength=4.5, headaxislength=4.0,
                color="0.35")  # fmt: skip


def _draw(axes: Axes, face: Face, *, small: bool) -> None:
    x = np.linspace(0.0, 1.0, GRID)
    for k in range(ALONE):
        if (face.gains[k] > 0).any() and (face.gains[k] < 0).any():
            axes.contour(x, x, face.gains[k].T, levels=[0.0], colors=[LINES[k].color], linewidths=1.0,
                         linestyles=[LINES[k].dashes])  # fmt: skip
    if face.title:
        _draw_arrows(axes, face, small=small)
    else:
        axes.streamplot(face.at, face.at, face.velocity[..., 0].T, face.velocity[..., 1].T, density=0.8, color="0.45",
                        linewidth=0.7, arrowsize=0.7)  # fmt: skip
    for kind, across, up in face.points:
        axes.plot([across], [up], clip_on=False, zorder=5, **_mark(kind))
    axes.set(xlim=(0.0, 1.0), ylim=(0.0, 1.0), aspect="equal")
    ticks = [0.0, 1.0] if small else [0.0, 0.25, 0.5, 0.75, 1.0]
    names = [f"{tick:g}" for tick in ticks]
    axes.set_xticks(ticks, names)
    axes.set_yticks(ticks, names)
    for spine in axes.spines.values():
        spine.set_visible(True)
    axes.set_xlabel(face.across, labelpad=-6.0 if small else None)
    axes.set_ylabel(face.up, labelpad=-4.0 if small else None, rotation=0 if small else 90)
    if face.title:
        axes.set_title(face.title, size=SMALL_SIZE if small else TEXT_SIZE, pad=4.0)
