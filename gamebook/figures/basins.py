"""The figure of ``basins``: a map of where paths end and how long it takes; without a map, the parts of all starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gamebook.basin_result import BasinSurvey, ShareMap
from gamebook.figures import font
from gamebook.figures.files import checked_path, write_figure
from gamebook.figures.fills import EDGE, HATCH_WIDTH, Fill, fills_of, label_of, patch_of
from gamebook.figures.panels import GAP_MM, GAP_OF_COLUMNS, LINE_MM, MARGIN_MM, TIME_MM, canvas, legend_of
from gamebook.figures.rates import rate_sentence
from gamebook.figures.simulation import assigned, comma
from gamebook.figures.style import LINE, MM, NARROW_BELOW_MM, PAGE_MM, SMALL_SIZE, THIN, checked_width, drawing
from gamebook.reports.basins import status_quo_of
from gamebook.texts import text
from solvers.arrays import Floats

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

BAR_MM = 7.0
TITLE_MM = 5.0
LONGEST_QUANTILE = 0.98
"""Years beyond this part of the cells are drawn alike: beside a border they grow without bound."""
SHADES = 7


@dataclass(frozen=True, slots=True, eq=False)
class MapSheet:
    """A map of ends beside one of years, from plain arrays.

    Attributes
    ----------
    found : the map
    labels, fills : per ending of the map
    here : status quo on the two axes
    marks : label and place of each strict equilibrium that occurs
    across, up : labels of the axes
    headings : of the two panels
    years : label of the scale of years
    here_label : of the marker of the status quo
    caption : text underneath
    """

    found: ShareMap
    labels: tuple[str, ...]
    fills: tuple[Fill, ...]
    here: tuple[float, float]
    marks: tuple[tuple[str, float, float], ...]
    across: str
    up: str
    headings: tuple[str, str]
    years: str
    here_label: str
    caption: str

    @property
    def family(self) -> str:
        """Font that has every character."""
        marks = (label for label, _, _ in self.marks)
        words = (self.across, self.up, *self.headings, self.years, self.here_label, self.caption)
        return font.family_for((*words, *self.labels, *marks))

    def figure(self, width_mm: float) -> Figure:
        """Draw it at a width in millimetres; call it inside ``style.drawing`` and write the figure there."""
        import matplotlib as mpl

        mpl.rcParams["hatch.linewidth"] = HATCH_WIDTH
        timed = bool(np.isfinite(self.found.years).any())
        beside = timed and width_mm >= NARROW_BELOW_MM
        panels = 2 if timed else 1
        side = min(width_mm / 2.0 - 16.0 if beside or not timed else width_mm - 26.0, 62.0)
        legend = legend_of([*self.labels, self.here_label], (width_mm - 4 * MARGIN_MM) * MM, 3, self.family)
        rows = 1 if beside or not timed else 2
        height = rows * (side + TITLE_MM + TIME_MM + GAP_MM) + legend.height_mm + LINE_MM
        figure = canvas(height, self.caption, width_mm, self.family)
        grid = figure.subplots(rows, panels // rows, squeeze=False).ravel()
        self._draw_ends(grid[0])
        if timed:
            self._draw_years(grid[1], figure)
        handles: list[Artist] = [*map(patch_of, self.fills), _here_handle()]
        figure.legend(handles, legend.labels, loc="outside upper left", ncols=legend.columns,
                      columnspacing=GAP_OF_COLUMNS, borderaxespad=1.0)  # fmt: skip
        return figure

    def _draw_ends(self, axes: Axes) -> None:
        across, up, code = _padded(self.found.across), _padded(self.found.up), np.pad(self.found.code, 1, mode="edge")
        for k, fill in enumerate(self.fills):
            here = (code == k).astype(np.float64)
            axes.contourf(across, up, here, levels=[0.5, 1.5], colors=[fill.color], hatches=[fill.hatch])
            if len(self.fills) > 1:
                axes.contour(across, up, here, levels=[0.5], colors="black", linewidths=LINE * 0.7)
        self._finish(axes, self.headings[0])
        for label, x, y in self.marks:
            axes.plot([x], [y], marker="o", color="black", markersize=4.0, clip_on=False, zorder=5)
            side, above = (-1 if x > 0.5 else 1), (-1 if y > 0.5 else 1)
            axes.annotate(label, (x, y), xytext=(4 * side, 5 * above), textcoords="offset points", size=SMALL_SIZE,
                          ha="right" if x > 0.5 else "left", va="top" if y > 0.5 else "bottom",
                          bbox={"boxstyle": "round,pad=0.15", "fc": "white", "ec": "none"})  # fmt: skip

    def _draw_years(self, axes: Axes, figure: Figure) -> None:
        from matplotlib.ticker import MaxNLocator

        years = np.pad(self.found.years, 1, mode="edge")
        most = float(np.nanquantile(self.found.years, LONGEST_QUANTILE))
        levels = MaxNLocator(SHADES, steps=[1, 2, 5, 10]).tick_values(0.0, max(most, 1e-9))
        shades = [str(1.0 - 0.75 * k / (len(levels) - 1)) for k in range(len(levels))]
        axes.set_facecolor("white")
        drawn = axes.contourf(_padded(self.found.across), _padded(self.found.up), np.ma.masked_invalid(years),
                              levels=levels, colors=shades, extend="max")  # fmt: skip
        figure.colorbar(drawn, ax=axes, label=self.years, shrink=0.9)
        self._finish(axes, self.headings[1])

    def _finish(self, axes: Axes, heading: str) -> None:
        axes.plot([self.here[0]], [self.here[1]], marker="D", markerfacecolor="white", markeredgecolor="black",
                  markersize=4.5, markeredgewidth=0.9, linestyle="none", zorder=6, clip_on=False)  # fmt: skip
        axes.set_xlim(0.0, 1.0)
        axes.set_ylim(0.0, 1.0)
        axes.set_aspect("equal")
        ticks = [0.0, 0.25, 0.5, 0.75, 1.0]
        axes.set_xticks(ticks, ["0", "0.25", "0.5", "0.75", "1"])
        axes.set_yticks(ticks, ["0", "0.25", "0.5", "0.75", "1"])
        axes.set_xlabel(self.across)
        axes.set_ylabel(self.up)
        axes.set_title(heading, loc="left")


@dataclass(frozen=True, slots=True, eq=False)
class PartSheet:
    """Bars for the parts of all starts, with their intervals."""

    labels: tuple[str, ...]
    fills: tuple[Fill, ...]
    shares: Floats
    low: Floats
    high: Floats
    scale: str
    caption: str

    @property
    def family(self) -> str:
        """Font that has every character."""
        return font.family_for((*self.labels, self.scale, self.caption))

    def figure(self, width_mm: float) -> Figure:
        """Draw it at a width in millimetres; call it inside ``style.drawing`` and write the figure there."""
        import matplotlib as mpl

        mpl.rcParams["hatch.linewidth"] = HATCH_WIDTH
        figure = canvas(len(self.labels) * BAR_MM + TIME_MM + GAP_MM, self.caption, width_mm, self.family)
        axes = figure.subplots()
        for k, fill in enumerate(self.fills):
            axes.barh(k, self.shares[k], height=0.6, color=fill.color, hatch=fill.hatch, edgecolor=EDGE, linewidth=THIN)
            axes.errorbar(self.shares[k], k, xerr=[[self.shares[k] - self.low[k]], [self.high[k] - self.shares[k]]],
                          color="black", capsize=2.0, linewidth=0.9)  # fmt: skip
        axes.set_yticks(range(len(self.labels)), self.labels)
        axes.invert_yaxis()
        axes.set_xlim(0.0, 1.0)
        axes.set_xlabel(self.scale)
        return figure


def draw(survey: BasinSurvey, path: str | Path, *, lang: str = "en", width_mm: float = PAGE_MM) -> None:
    """Draw a survey of basins and write it to a new file; the same survey gives the same bytes.

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
    sheet = map_sheet(survey, survey.map, lang) if survey.map is not None else part_sheet(survey, lang)
    with drawing(sheet.family):
        write_figure(sheet.figure(width), path)


def map_sheet(survey: BasinSurvey, found: ShareMap, lang: str) -> MapSheet:
    """Put together what the figure of a map shows."""
    fills = fills_of(found.endings)
    rows, columns = found.code.shape
    here = status_quo_of(survey, found)
    others = {
        survey.populations[i].share: float(survey.start[i])
        for i in survey.free
        if not {survey.populations[i].share, survey.parties[survey.populations[i].party].share} & set(found.axes)
    }
    parts = [text("figure.map", lang, cells=f"{columns} × {rows}")]
    if others:
        parts.append(text("figure.others", lang, shares=assigned(others, lang)))
    return MapSheet(
        found=found,
        labels=tuple(label_of(ending, lang) for ending in found.endings),
        fills=tuple(fills[ending] for ending in found.endings),
        here=here,
        marks=tuple((font.plain(comma(lang).join(names)), x, y) for names, x, y in found.marks),
        across=_axis_label(survey, found.axes[0], lang),
        up=_axis_label(survey, found.axes[1], lang),
        headings=(text("figure.map_ends", lang), text("figure.map_years", lang)),
        years=text("figure.years", lang),
        here_label=text("figure.status_quo", lang),
        caption=_caption(survey, parts, lang),
    )


def part_sheet(survey: BasinSurvey, lang: str) -> PartSheet:
    """Put together what the figure of the parts of all starts shows."""
    endings = [part.ending for part in survey.parts]
    fills = fills_of(endings)
    parts = [text("figure.parts", lang, count=f"{survey.sample.samples:,}", sets=survey.sample.sets)]
    if survey.around is not None:
        parts.append(text("figure.around", lang, around=f"{survey.around:g}"))
    return PartSheet(
        labels=tuple(label_of(ending, lang) for ending in endings),
        fills=tuple(fills[ending] for ending in endings),
        shares=np.array([part.share.share for part in survey.parts]),
        low=np.array([part.share.low for part in survey.parts]),
        high=np.array([part.share.high for part in survey.parts]),
        scale=text("figure.part_of_starts", lang),
        caption=_caption(survey, parts, lang),
    )


def _axis_label(survey: BasinSurvey, symbol: str, lang: str) -> str:
    names = {party.share: party.name for party in survey.parties}
    names.update({population.share: population.name for population in survey.populations})
    return f"{font.plain(names[symbol].in_language(lang))} {font.variable(symbol)}"


def _caption(survey: BasinSurvey, parts: list[str], lang: str) -> str:
    """Title, what is shown, what is held fixed, and how fast shares move."""
    words = [text("figure.title", lang, title=font.plain(survey.title.in_language(lang)).rstrip(".。")), *parts]
    if survey.given:
        fixed = {survey.populations[i].share: x for i, x in survey.given.items()}
        words.append(text("figure.fixed", lang, shares=assigned(fixed, lang)))
    words.append(rate_sentence(survey.protocol, survey.revision_rate, survey.unit, lang))
    if np.ptp(survey.speeds) > 0.0:
        pairs = zip(survey.populations, survey.speeds, strict=True)
        listed = comma(lang).join(f"{population.symbol} {speed:g}" for population, speed in pairs)
        words.append(text("figure.speeds", lang, speeds=font.plain(listed)))
    return ("" if lang == "zh" else " ").join(words)


def _padded(middles: Floats) -> Floats:
    """Middles of the cells with both ends of the scale, up to which the outer cells are drawn."""
    return np.concatenate([[0.0], middles, [1.0]])


def _here_handle() -> Line2D:
    from matplotlib.lines import Line2D

    return Line2D([], [], marker="D", markerfacecolor="white", markeredgecolor="black", markersize=4.5,
                  linestyle="none")  # fmt: skip
