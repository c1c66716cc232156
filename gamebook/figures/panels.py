"""Panels over time, from plain arrays: lines with markers, legends beside or above the data, a caption underneath."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from gamebook.figures import font
from gamebook.figures.style import (
    GREY,
    LINE_HEIGHT,
    MM,
    NARROW_BELOW_MM,
    SMALL_SIZE,
    TEXT_SIZE,
    THIN,
    LineStyle,
    style_of,
)
from solvers.arrays import Floats

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.legend import Legend

T = TypeVar("T")

MARKERS = 8
HANDLE = 4.6 * SMALL_SIZE
"""Points that the sample of a line takes in a legend, with the gap after it."""
GAP_OF_COLUMNS = 1.2
ROUND_STEPS = [1, 2, 5, 10]
BESIDE_MM = 40.0
"""Room for legends beside the data."""
SCALE_MM = 10.0
"""Least room for the vertical scale beside the data; a legend above the data begins above it."""
TIME_MM = 11.0
"""Room for the horizontal scale."""
GAP_MM = 3.0
MARGIN_MM = 1.5
LINE_MM = SMALL_SIZE * LINE_HEIGHT / MM


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A line of a panel: its label, ready to be set, and its values, shape (time,)."""

    label: str
    values: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Curves over the same years with one scale.

    Attributes
    ----------
    scale : label of the vertical axis, with the unit
    curves : the lines, drawn in the styles from ``first`` on
    height_mm : of the data
    is_share : whether the scale runs from 0 to 1
    """

    scale: str
    curves: tuple[Curve, ...]
    height_mm: float
    is_share: bool
    first: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class PanelSheet:
    """A figure of panels one below the other over the same years.

    Attributes
    ----------
    panels : from top to bottom
    times : shape (time,), years
    time : label of the horizontal axis
    caption : text underneath, wrapped when drawn; formulas stand between dollar signs
    """

    panels: tuple[Panel, ...]
    times: Floats
    time: str
    caption: str

    @property
    def family(self) -> str:
        """Font that has every character."""
        labels = (curve.label for panel in self.panels for curve in panel.curves)
        return font.family_for((self.time, self.caption, *(panel.scale for panel in self.panels), *labels))

    def figure(self, width_mm: float) -> Figure:
        """Draw it at a width in millimetres; call it inside ``style.drawing`` and write the figure there."""
        family = self.family
        beside = width_mm >= NARROW_BELOW_MM
        room = (BESIDE_MM if beside else width_mm - 4 * MARGIN_MM) * MM
        legends = [_legend(panel, room, 1 if beside else len(panel.curves), family) for panel in self.panels]
        heights = [panel.height_mm for panel in self.panels]
        if beside:
            heights = [max(height, legend.height_mm) for height, legend in zip(heights, legends, strict=True)]
        above = 0.0 if beside else sum(legend.height_mm for legend in legends)
        figure = canvas(sum(heights) + above + TIME_MM + GAP_MM * len(heights), self.caption, width_mm, family)
        rows = figure.subplots(len(heights), 1, sharex=True, squeeze=False, height_ratios=heights)[:, 0]
        for axes, panel, legend in zip(rows, self.panels, legends, strict=True):
            for position, (curve, label) in enumerate(zip(panel.curves, legend.labels, strict=True)):
                shift = (position + 0.5) / len(panel.curves)
                draw_curve(axes, self.times, curve.values, style_of(panel.first + position), label, shift=shift)
            set_scale(axes, self.times, is_share=panel.is_share)
            axes.set_ylabel(font.wrapped(panel.scale, panel.height_mm * MM, TEXT_SIZE, family))
            place_legend(axes, legend.columns, beside=beside)
        rows[-1].set_xlabel(self.time)
        figure.align_ylabels(rows)
        return figure


def draw_curve(axes: Axes, times: Floats, values: Floats, style: LineStyle, label: str, *, shift: float) -> None:
    """Draw one line whose markers stand between those of the others, so that lines that coincide are all seen."""
    span = float(times[-1] - times[0])
    wanted = float(times[0]) + span * (np.arange(MARKERS) + shift) / MARKERS
    marked = sorted({int(i) for i in np.clip(np.searchsorted(times, wanted), 0, len(times) - 1)})
    axes.plot(times, values, color=style.color, linestyle=style.dashes, marker=style.marker, markevery=marked,
              markersize=style.size, markeredgecolor="white", markeredgewidth=0.3, label=label,
              clip_on=False)  # fmt: skip


def place_legend(axes: Axes, columns: int, *, beside: bool) -> None:
    """Put the legend to the right of the data, or above the data and their vertical scale."""
    from matplotlib.transforms import ScaledTranslation

    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("axes without a figure")
    left, up = (2 * MARGIN_MM, 0.0) if beside else (-SCALE_MM, MARGIN_MM)
    moved = ScaledTranslation(left * MM / 72.0, up * MM / 72.0, figure.dpi_scale_trans)
    made = axes.legend(loc="upper left" if beside else "lower left", bbox_to_anchor=(float(beside), 1.0),
                       bbox_transform=axes.transAxes + moved, ncols=columns, columnspacing=GAP_OF_COLUMNS)  # fmt: skip
    open_lines(made)


def open_lines(legend: Legend) -> None:
    """Give labels of several lines the line height that the layout reckons with."""
    for label in legend.get_texts():
        if "\n" in label.get_text():
            label.set_linespacing(LINE_HEIGHT)


def set_scale(axes: Axes, times: Floats, *, is_share: bool) -> None:
    """Set limits and ticks: shares from 0 to 1, other amounts with zero in sight, as a line where it is inside."""
    first, last = float(times[0]), float(times[-1])
    axes.set_xlim(first, last if last > first else first + 1.0)
    axes.locator_params(axis="x", nbins=7, steps=ROUND_STEPS)
    axes.margins(y=0.08)
    if is_share:
        axes.set_ylim(-0.03, 1.03)
        axes.set_yticks([0.0, 0.25, 0.5, 0.75, 1.0], ["0", "0.25", "0.5", "0.75", "1"])
        return
    axes.locator_params(axis="y", nbins=6, steps=ROUND_STEPS)
    axes.update_datalim([(first, 0.0)])
    axes.autoscale_view(scalex=False)
    low, high = axes.get_ylim()
    if low < 0.0 < high:
        axes.axhline(0.0, color=GREY, linewidth=THIN, zorder=0.5)


def canvas(height_mm: float, caption: str, width_mm: float, family: str) -> Figure:
    """Return an empty figure of that height, and below it the caption."""
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    room = (width_mm - 2 * MARGIN_MM) * MM
    words = "\n".join(font.wrapped(line, room, SMALL_SIZE, family) for line in caption.split("\n")) if caption else ""
    below = ((words.count("\n") + 1) * LINE_MM + 2 * MARGIN_MM) if words else 0.0
    total = height_mm + below
    figure = Figure(figsize=(width_mm * MM / 72.0, total * MM / 72.0), facecolor="white")
    pad = MARGIN_MM * MM / 72.0
    area = (0.0, below / total, 1.0, 1.0 - below / total)
    figure.set_layout_engine(ConstrainedLayoutEngine(w_pad=pad, h_pad=pad, hspace=0.0, wspace=0.0, rect=area))
    if words:
        top = (below - MARGIN_MM / 2) / total
        figure.text(MARGIN_MM / width_mm, top, words, size=SMALL_SIZE, va="top", linespacing=LINE_HEIGHT)
    return figure


@dataclass(frozen=True, slots=True)
class Arranged:
    """Labels broken to fit, in how many columns they stand, and the height that takes."""

    labels: tuple[str, ...]
    columns: int
    height_mm: float


def legend_of(labels: Sequence[str], points: float, most_columns: int, family: str) -> Arranged:
    """Arrange the labels of a legend in a width in points, in as many columns as fit."""
    fitted = tuple(font.wrapped(label, points - HANDLE, SMALL_SIZE, family) for label in labels)
    widths = [max(font.width_of(line, SMALL_SIZE, family) for line in label.split("\n")) for label in fitted]
    for columns in range(min(most_columns, len(fitted)), 0, -1):
        taken = sum(max(part) + HANDLE + GAP_OF_COLUMNS * SMALL_SIZE for part in _columns(widths, columns))
        if taken <= points or columns == 1:
            break
    rows = math.ceil(len(fitted) / columns)
    columns = math.ceil(len(fitted) / rows)  # no fuller first columns than the rows need
    tallest = [0] * rows
    for column in _columns([label.count("\n") + 1 for label in fitted], columns):
        tallest = [max(pair) for pair in itertools.zip_longest(tallest, column, fillvalue=0)]
    return Arranged(fitted, columns, sum(tallest) * LINE_MM + MARGIN_MM)


def _columns(entries: Sequence[T], columns: int) -> Iterator[Sequence[T]]:
    """Share entries out among columns as matplotlib does: one after the other, the first columns longer by one."""
    short, longer = divmod(len(entries), columns)
    first = 0
    for column in range(columns):
        last = first + short + (column < longer)
        yield entries[first:last]
        first = last


def _legend(panel: Panel, points: float, most_columns: int, family: str) -> Arranged:
    return legend_of([curve.label for curve in panel.curves], points, most_columns, family)
