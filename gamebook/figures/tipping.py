"""The figure of ``tip``: on which stretch of each line paths end where, and the years to the goal along the lines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gamebook.basin_result import Ending
from gamebook.figures import font
from gamebook.figures.files import checked_path, write_figure
from gamebook.figures.fills import EDGE, HATCH_WIDTH, Fill, fills_of, label_of, patch_of
from gamebook.figures.panels import (
    GAP_MM,
    GAP_OF_COLUMNS,
    LINE_MM,
    MARGIN_MM,
    TIME_MM,
    Curve,
    canvas,
    draw_curve,
    legend_of,
    open_lines,
)
from gamebook.figures.rates import rate_sentence
from gamebook.figures.simulation import assigned
from gamebook.figures.style import LINE, MM, PAGE_MM, SMALL_SIZE, THIN, checked_width, drawing, style_of
from gamebook.reports.tipping import line_name
from gamebook.texts import text
from gamebook.tipping_result import Line, Tipping
from solvers.arrays import Floats

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

ROW_MM, YEARS_MM = 9.5, 32.0
BAR_LOW, BAR_HIGH = 0.52, 0.95
"""Part of the height of a row that the bar takes; the name of the line and the switches stand above it."""


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """One line of starts: stretches by where they end, the switches between them, and where the status quo is."""

    label: str
    stretches: tuple[tuple[float, float, int], ...]
    switches: tuple[float, ...]
    here: float | None


@dataclass(frozen=True, slots=True, eq=False)
class TipSheet:
    """Strips one below the other, and curves of years underneath.

    Attributes
    ----------
    strips : from top to bottom
    labels, fills : per ending
    at, curves : positions and years to the goal; no curves where none is reached
    scale, years : labels of the axes
    here_label, heading : of the marker of the status quo, and of the curves' legend
    caption : text underneath
    """

    strips: tuple[Strip, ...]
    labels: tuple[str, ...]
    fills: tuple[Fill, ...]
    at: tuple[Floats, ...]
    curves: tuple[Curve, ...]
    scale: str
    years: str
    here_label: str
    caption: str

    @property
    def family(self) -> str:
        """Font that has every character."""
        words = (self.scale, self.years, self.here_label, self.caption, *self.labels)
        return font.family_for((*words, *(s.label for s in self.strips), *(c.label for c in self.curves)))

    def figure(self, width_mm: float) -> Figure:
        """Draw it at a width in millimetres; call it inside ``style.drawing`` and write the figure there."""
        import matplotlib as mpl

        mpl.rcParams["hatch.linewidth"] = HATCH_WIDTH
        room = (width_mm - 4 * MARGIN_MM) * MM
        legend = legend_of([*self.labels, self.here_label], room, 3, self.family)
        keys = legend_of([curve.label for curve in self.curves], room, 2, self.family) if self.curves else None
        heights = [len(self.strips) * ROW_MM] + ([YEARS_MM] if self.curves else [])
        below = 0.0 if keys is None else keys.height_mm + TIME_MM
        total = sum(heights) + legend.height_mm + below + TIME_MM + GAP_MM * len(heights) + LINE_MM
        figure = canvas(total, self.caption, width_mm, self.family)
        grid = figure.subplots(len(heights), 1, squeeze=False, height_ratios=heights)[:, 0]
        self._draw_strips(grid[0])
        if keys is not None:
            self._draw_years(grid[1])
            made = grid[1].legend(*grid[1].get_legend_handles_labels(), loc="lower left", bbox_to_anchor=(0.0, 1.02),
                                  ncols=keys.columns, columnspacing=GAP_OF_COLUMNS)  # fmt: skip
            open_lines(made)
        handles: list[Artist] = [*map(patch_of, self.fills), _here_handle()]
        figure.legend(handles, legend.labels, loc="outside upper left", ncols=legend.columns,
                      columnspacing=GAP_OF_COLUMNS, borderaxespad=1.0)  # fmt: skip
        return figure

    def _draw_strips(self, axes: Axes) -> None:
        for row, strip in enumerate(self.strips):
            for low, high, k in strip.stretches:
                fill = self.fills[k]
                axes.broken_barh([(low, high - low)], (row + BAR_LOW, BAR_HIGH - BAR_LOW), facecolor=fill.color,
                                 hatch=fill.hatch, edgecolor=EDGE, linewidth=THIN)  # fmt: skip
            axes.text(0.0, row + BAR_LOW - 0.06, strip.label, size=SMALL_SIZE, va="bottom", ha="left")
            for position in strip.switches:
                axes.plot([position, position], [row + BAR_LOW - 0.03, row + BAR_HIGH + 0.03], color="black",
                          linewidth=LINE, clip_on=False)  # fmt: skip
            if strip.switches:
                values = ", ".join(f"{position:.3f}" for position in strip.switches)
                axes.text(1.0, row + BAR_LOW - 0.06, values, size=SMALL_SIZE, va="bottom", ha="right")
            if strip.here is not None:
                axes.plot([strip.here], [row + 0.5 * (BAR_LOW + BAR_HIGH)], marker="D", markerfacecolor="white",
                          markeredgecolor="black", markersize=4.0, linestyle="none", clip_on=False,
                          zorder=5)  # fmt: skip
        axes.set_ylim(len(self.strips), 0.0)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        self._finish(axes)

    def _draw_years(self, axes: Axes) -> None:
        for position, (at, curve) in enumerate(zip(self.at, self.curves, strict=True)):
            shift = (position + 0.5) / len(self.curves)
            draw_curve(axes, at, curve.values, style_of(position), curve.label, shift=shift)
        axes.set_ylabel(self.years)
        axes.set_ylim(bottom=0.0)
        self._finish(axes)

    def _finish(self, axes: Axes) -> None:
        axes.set_xlim(0.0, 1.0)
        axes.set_xticks([0.0, 0.25, 0.5, 0.75, 1.0], ["0", "0.25", "0.5", "0.75", "1"])
        axes.set_xlabel(self.scale)


def draw(tipping: Tipping, path: str | Path, *, lang: str = "en", width_mm: float = PAGE_MM) -> None:
    """Draw tipping points and write them to a new file; the same result gives the same bytes.

    Parameters
    ----------
    path : ends in .png (300 dots per inch), .svg or .pdf
    lang : ``en`` or ``zh``
    width_mm : of the figure, from 60 to 400; journals ask for 84 or 170

    Raises
    ------
    InputError
        If the file cannot be written there, the width is out of range, or no font has all characters.
    """
    checked_path(path)
    width = checked_width(width_mm)
    sheet = tip_sheet(tipping, lang)
    with drawing(sheet.family):
        write_figure(sheet.figure(width), path)


def tip_sheet(tipping: Tipping, lang: str) -> TipSheet:
    """Put together what the figure shows, before it is drawn at some width."""
    endings: list[Ending] = list(dict.fromkeys(part.ending for line in tipping.lines for part in line.stretches))
    endings.sort(key=lambda ending: (ending.where is None, ending.where or ending.status))
    fills = fills_of(endings)
    reached = [line for line in tipping.lines if np.isfinite(line.years).any()]
    start = {tipping.populations[i].share: float(tipping.start[i]) for i in tipping.free}
    caption = [text("figure.title", lang, title=font.plain(tipping.title.in_language(lang)).rstrip(".。"))]
    caption.append(text("figure.tip", lang, shares=assigned(start, lang)))
    if tipping.given:
        fixed = {tipping.populations[i].share: x for i, x in tipping.given.items()}
        caption.append(text("figure.fixed", lang, shares=assigned(fixed, lang)))
    caption.append(rate_sentence(tipping.protocol, tipping.revision_rate, tipping.unit, lang))
    return TipSheet(
        strips=tuple(_strip(tipping, line, endings, lang) for line in tipping.lines),
        labels=tuple(label_of(ending, lang) for ending in endings),
        fills=tuple(fills[ending] for ending in endings),
        at=tuple(line.at for line in reached),
        curves=tuple(Curve(_label(tipping, line, lang), line.years) for line in reached),
        scale=text("figure.tip_scale", lang),
        years=text("figure.years_to", lang, goal=tipping.goal),
        here_label=text("figure.status_quo", lang),
        caption=("" if lang == "zh" else " ").join(caption),
    )


def _strip(tipping: Tipping, line: Line, endings: list[Ending], lang: str) -> Strip:
    return Strip(
        label=_label(tipping, line, lang),
        stretches=tuple((part.low, part.high, endings.index(part.ending)) for part in line.stretches),
        switches=tuple(switch.position for switch in line.switches),
        here=line.here,
    )


def _label(tipping: Tipping, line: Line, lang: str) -> str:
    """Say who moves on a line, with the symbol of a share as a formula."""
    words = font.plain(line_name(tipping, line, lang))
    if line.kind == "party" and line.is_share:
        share = tipping.populations[line.movers[0]].share
        words = words.removesuffix(share) + font.variable(share)
    return words


def _here_handle() -> Line2D:
    from matplotlib.lines import Line2D

    return Line2D([], [], marker="D", markerfacecolor="white", markeredgecolor="black", markersize=4.0,
                  linestyle="none")  # fmt: skip
