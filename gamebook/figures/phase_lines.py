"""Phase diagrams of each party: its velocity F(x) over its own share, on either side of its critical surface and on it.

As papers of the field draw them: where the advantage D is positive the share runs to 1, where it is negative to 0, and
on the critical surface every share stays. The states of the others shown are the pure profiles at which D is largest
and smallest, so the curves enclose all others.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gamebook.errors import InputError
from gamebook.figures import font
from gamebook.figures.panels import GAP_MM, LINE_MM, MARGIN_MM, SCALE_MM, TIME_MM, canvas, legend_of, open_lines
from gamebook.figures.scene import Scene, check_populations
from gamebook.figures.simulation import comma
from gamebook.figures.style import GREY, LINE, LINES, MM, NARROW_BELOW_MM, SMALL_SIZE, TEXT_SIZE, THIN
from gamebook.texts import text
from solvers.arrays import Floats

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

POINTS = 101
PANEL_MM = 42.0


@dataclass(frozen=True, slots=True, eq=False)
class PhaseCurve:
    """Velocity of one party over its own share, with the others at a state.

    Attributes
    ----------
    label : where the others are, and the advantage there
    side : 1, 0 or -1, the sign of the advantage
    velocity : shape (POINTS,)
    """

    label: str
    side: int
    velocity: Floats


@dataclass(frozen=True, slots=True, eq=False)
class PhasePanel:
    """Curves of one party: its name, the label of its velocity, and of its share."""

    title: str
    velocity: str
    share: str
    curves: tuple[PhaseCurve, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PhaseSheet:
    """One panel for each party."""

    panels: tuple[PhasePanel, ...]
    caption: str

    @property
    def family(self) -> str:
        """Font that has every character."""
        words = (word for p in self.panels for word in (p.title, p.velocity, p.share, *(c.label for c in p.curves)))
        return font.family_for((*words, self.caption))

    def figure(self, width_mm: float) -> Figure:
        """Draw it at a width in millimetres; call it inside ``style.drawing`` and write the figure there."""
        columns = min(len(self.panels), (3 if len(self.panels) == 3 else 2) if width_mm >= NARROW_BELOW_MM else 1)
        rows = -(-len(self.panels) // columns)
        room = (width_mm / columns - SCALE_MM - 4 * MARGIN_MM) * MM
        keys = [legend_of([c.label for c in panel.curves], room, 1, self.family) for panel in self.panels]
        tallest = max(key.height_mm for key in keys)
        height = rows * (PANEL_MM + tallest + LINE_MM + TIME_MM + GAP_MM) + LINE_MM
        figure = canvas(height, self.caption, width_mm, self.family)
        grid = figure.subplots(rows, columns, squeeze=False).ravel()
        x = np.linspace(0.0, 1.0, POINTS)
        for axes, panel, key in zip(grid, self.panels, keys, strict=False):
            for curve, label in zip(panel.curves, key.labels, strict=True):
                _draw_curve(axes, x, curve, label)
            axes.axhline(0.0, color=GREY, linewidth=THIN, zorder=0.5)
            axes.set_xlim(0.0, 1.0)
            axes.set_xticks([0.0, 0.25, 0.5, 0.75, 1.0], ["0", "0.25", "0.5", "0.75", "1"])
            axes.locator_params(axis="y", nbins=5)
            axes.set_xlabel(panel.share)
            axes.set_ylabel(panel.velocity)
            made = axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.02), title=panel.title, alignment="left",
                               title_fontsize=TEXT_SIZE)  # fmt: skip
            open_lines(made)
        for axes in grid[len(self.panels) :]:
            axes.set_axis_off()
        return figure


def phase_sheet(scene: Scene) -> PhaseSheet:
    """Put together the phase diagrams of all moving populations.

    Raises
    ------
    InputError
        If fewer than two or more than six populations move, or if payoffs depend on shares.
    """
    check_populations(scene, "phase", least=2, most=6)
    if scene.problem.depends:
        raise InputError("plot.depends", kind="phase")
    panels = tuple(_panel(scene, place) for place in range(len(scene.free)))
    words = [text("plot.phase", scene.lang, d=font.variable("D")), *scene.values_words()]
    return PhaseSheet(panels, scene.caption("phase", words))


def _panel(scene: Scene, place: int) -> PhasePanel:
    count = len(scene.free)
    corners = np.array([c for c in itertools.product((0.0, 1.0), repeat=count) if c[place] == 0.0])
    gains = scene.advantages(corners)[:, place]
    highest, lowest = int(np.argmax(gains)), int(np.argmin(gains))
    chosen = [(corners[highest], float(gains[highest]))]
    if gains[lowest] != gains[highest]:
        chosen.append((corners[lowest], float(gains[lowest])))
    x = np.linspace(0.0, 1.0, POINTS)
    letter = scene.share(scene.free[place])
    curves = []
    for at, gain in chosen:
        others = {scene.free[k]: at[k] for k in range(count) if k != place}
        state = comma(scene.lang).join(scene.shares_at({k: v}) for k, v in others.items())
        value = f"{gain:.4g}".replace("-", "−")
        label = text("plot.advantage", scene.lang, state=state, d=font.variable("D"), value=value)
        curves.append(PhaseCurve(label, int(np.sign(gain)), x * (1.0 - x) * gain))
    if gains[highest] > 0.0 > gains[lowest]:
        curves.insert(1, PhaseCurve(text("plot.on_surface", scene.lang, d=font.variable("D")), 0, 0.0 * x))
    return PhasePanel(scene.party(scene.free[place]), f"{font.variable('F')}({letter})", letter, tuple(curves))


def _draw_curve(axes: Axes, x: Floats, curve: PhaseCurve, label: str) -> None:
    style = LINES[{1: 0, -1: 1, 0: 3}[curve.side]]
    axes.plot(x, curve.velocity, color=style.color, linestyle=style.dashes, linewidth=LINE, label=label,
              clip_on=False)  # fmt: skip
    if curve.side == 0:
        return
    middle = POINTS // 2
    axes.annotate("", (0.5 + 0.07 * curve.side, curve.velocity[middle]), (0.5 - 0.07 * curve.side,
                  curve.velocity[middle]), size=SMALL_SIZE, arrowprops={"arrowstyle": "-|>", "color": style.color,
                  "linewidth": LINE})  # fmt: skip
