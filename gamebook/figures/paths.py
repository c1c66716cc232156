"""Many paths over the years: a small panel for each party, thin lines told apart by where they end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gamebook.figures import font
from gamebook.figures.panels import (
    GAP_MM,
    GAP_OF_COLUMNS,
    LINE_MM,
    MARGIN_MM,
    TIME_MM,
    canvas,
    legend_of,
    open_lines,
    set_scale,
)
from gamebook.figures.style import LINE, LINES, MM, TEXT_SIZE, THIN, LineStyle
from gamebook.simulation import PathEnd, Simulation
from gamebook.texts import text
from solvers.arrays import Floats

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_PATHS = 300
"""More thin lines than these only make a grey area and a large file."""
FEW_PATHS = 30
MOST_OUTCOMES = 6
PANEL_MM, TITLE_MM = 32.0, 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """Paths that end alike: a label with their number, and their shares, shape (path, time, n)."""

    label: str
    style: LineStyle
    shares: Floats


@dataclass(frozen=True, slots=True, eq=False)
class PathSheet:
    """A figure of small panels, one for each party, with all bundles in each.

    Attributes
    ----------
    bundles : the most frequent first
    parties : headings of the panels
    times : shape (time,), years
    heading : of the legend
    time, scale : labels of the axes
    caption : text underneath
    """

    bundles: tuple[Bundle, ...]
    parties: tuple[str, ...]
    times: Floats
    heading: str
    time: str
    scale: str
    caption: str

    @property
    def family(self) -> str:
        """Font that has every character."""
        labels = (bundle.label for bundle in self.bundles)
        return font.family_for((self.heading, self.time, self.scale, self.caption, *self.parties, *labels))

    def figure(self, width_mm: float) -> Figure:
        """Draw it at a width in millimetres; call it inside ``style.drawing`` and write the figure there."""
        from matplotlib.collections import LineCollection
        from matplotlib.lines import Line2D

        family = self.family
        columns = min(len(self.parties), 2 if len(self.parties) <= 4 else 3)
        rows = -(-len(self.parties) // columns)
        legend = legend_of([b.label for b in self.bundles], (width_mm - 4 * MARGIN_MM) * MM, len(self.bundles), family)
        height = rows * (PANEL_MM + TITLE_MM + GAP_MM) + TIME_MM + legend.height_mm + LINE_MM
        figure = canvas(height, self.caption, width_mm, family)
        grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
        count = sum(len(bundle.shares) for bundle in self.bundles)
        width = LINE * 0.75 if count <= FEW_PATHS else THIN
        for i, (axes, name) in enumerate(zip(grid.flat, self.parties, strict=False)):
            for rank, bundle in enumerate(self.bundles):
                lines = [np.column_stack([self.times, path]) for path in bundle.shares[:, :, i]]
                axes.add_collection(LineCollection(lines, colors=bundle.style.color, linestyles=[bundle.style.dashes],
                                                   linewidths=width, zorder=2 + 0.1 * rank), autolim=False)  # fmt: skip
            set_scale(axes, self.times, is_share=True)
            axes.set_title(font.wrapped(name, width_mm / columns * 0.8 * MM, TEXT_SIZE, family))
        for axes in grid.flat[len(self.parties) :]:
            axes.set_axis_off()
        for i, axes in enumerate(grid.flat[: len(self.parties)]):
            if i + columns >= len(self.parties):
                axes.set_xlabel(self.time)
                axes.tick_params(labelbottom=True)
            if i % columns == 0:
                axes.set_ylabel(self.scale)
        handles = [Line2D([], [], color=b.style.color, linestyle=b.style.dashes) for b in self.bundles]
        made = figure.legend(handles, legend.labels, loc="outside upper left", ncols=legend.columns, alignment="left",
                             title=self.heading, columnspacing=GAP_OF_COLUMNS, borderaxespad=1.0)  # fmt: skip
        open_lines(made)
        return figure


def drawn_paths(count: int) -> list[int]:
    """Return which of so many paths are drawn: all, or evenly chosen ones."""
    return sorted({int(i) for i in np.linspace(0, count - 1, min(count, MOST_PATHS)).round()})


def path_sheet(simulation: Simulation, *, time: str, caption: str, lang: str) -> PathSheet:
    """Sort the paths of a simulation by where they end, and choose those that are drawn."""
    chosen = np.array(drawn_paths(len(simulation.shares)))
    outcomes = np.array([outcome(end, lang) for end in simulation.ends], dtype=object)
    ranked = [name for name, _ in sorted(Counter(outcomes).items(), key=lambda item: (-item[1], item[0]))]
    if len(ranked) > MOST_OUTCOMES:
        other = text("figure.outcome.other", lang)
        outcomes = np.array([name if name in ranked[: MOST_OUTCOMES - 1] else other for name in outcomes], dtype=object)
        ranked = [*ranked[: MOST_OUTCOMES - 1], other]
    drawn = outcomes[chosen]
    bundles = tuple(
        Bundle(
            text("figure.outcome_count", lang, outcome=name, count=f"{int((outcomes == name).sum()):,}"),
            LINES[rank],
            simulation.shares[chosen[drawn == name]],
        )
        for rank, name in enumerate(ranked)
    )
    return PathSheet(
        bundles,
        tuple(f"{font.plain(p.name.in_language(lang))} {font.variable(p.share)}" for p in simulation.populations),
        simulation.times,
        text("figure.outcomes", lang),
        time,
        text("figure.share", lang),
        caption,
    )


def outcome(end: PathEnd, lang: str) -> str:
    """Name where a path ends."""
    code = "rest_near" if end.status == "at rest" and end.near else end.status.replace(" ", "_")
    return text(f"figure.outcome.{code}", lang, profile=end.profile or end.near or "")
