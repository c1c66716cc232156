"""The figure of ``compare``: a bar per scenario in a panel per measure, shares with their intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gamebook.figures import font
from gamebook.figures.files import checked_path, write_figure
from gamebook.figures.panels import GAP_MM, MARGIN_MM, TIME_MM, canvas
from gamebook.figures.style import (
    GREY,
    LINE,
    MM,
    NARROW_BELOW_MM,
    PAGE_MM,
    SMALL_SIZE,
    TEXT_SIZE,
    THIN,
    checked_width,
    drawing,
)
from gamebook.reports.side_by_side import with_unit
from gamebook.side_by_side import Row, SideBySide
from gamebook.texts import text
from solvers.basins import BasinShare

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHOWN = ("basin", "robust", "margin", "years", "end.welfare", "end.outlay", "end.burden", "end.mismatch")
"""Measures that get a panel, where the scenarios have them."""
ROW_MM, COLOR = 5.2, "#0072B2"
TITLE_MM = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """One measure.

    Attributes
    ----------
    title : measure with its unit
    values : per scenario; None where it has none
    limits : interval of a share per scenario, or None
    """

    title: str
    values: tuple[float | None, ...]
    limits: tuple[tuple[float, float] | None, ...]


    @property
    def is_share(self) -> bool:
        """Whether it is a share with an interval wherever it is known."""
        pairs = zip(self.limits, self.values, strict=True)
        return all(limits is not None for limits, value in pairs if value is not None)


@dataclass(frozen=True, slots=True, eq=False)
class CompareSheet:
    """Panels of bars with one row per scenario.

    Attributes
    ----------
    names : of the scenarios, from top to bottom
    panels : measures
    caption : text underneath
    """

    names: tuple[str, ...]
    panels: tuple[Panel, ...]
    caption: str

    @property
    def family(self) -> str:
        """Font that has every character."""
        return font.family_for((*self.names, *(panel.title for panel in self.panels), self.caption))

    def figure(self, width_mm: float) -> Figure:
        """Draw it at a width in millimetres; call it inside ``style.drawing`` and write the figure there."""
        columns = min(len(self.panels), 4 if width_mm >= NARROW_BELOW_MM else 2)
        rows = math.ceil(len(self.panels) / columns)
        height = rows * (ROW_MM * len(self.names) + TIME_MM + TITLE_MM + GAP_MM) + MARGIN_MM
        figure = canvas(height, self.caption, width_mm, self.family)
        grid = figure.subplots(rows, columns, squeeze=False, sharey=True)
        for place, axes in enumerate(grid.ravel()):
            if place < len(self.panels):
                self._draw(axes, self.panels[place], (width_mm / columns - 10.0) * MM)
            else:
                axes.set_visible(False)
        return figure

    def _draw(self, axes: Axes, panel: Panel, room: float) -> None:
        for row, (value, limits) in enumerate(zip(panel.values, panel.limits, strict=True)):
            if value is None:
                axes.text(0.02, row, "-", transform=axes.get_yaxis_transform(), va="center", size=SMALL_SIZE)
                continue
            axes.barh(row, value, height=0.6, color=COLOR, edgecolor="black", linewidth=THIN)
            if limits is not None:
                axes.plot(limits, [row, row], color="black", linewidth=LINE)
        axes.axvline(0.0, color=GREY, linewidth=THIN, zorder=0)
        axes.set_yticks(range(len(self.names)), list(self.names), size=SMALL_SIZE)
        axes.set_ylim(len(self.names) - 0.4, -0.6)
        if panel.is_share:
            axes.set_xlim(0.0, 1.0)
        axes.set_title(font.wrapped(panel.title, room, TEXT_SIZE, self.family), loc="left")


def draw(found: SideBySide, path: str | Path, *, lang: str = "en", width_mm: float = PAGE_MM) -> None:
    """Draw a comparison and write it to a new file; the same result gives the same bytes.

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
    sheet = compare_sheet(found, lang)
    with drawing(sheet.family):
        write_figure(sheet.figure(width), path)


def compare_sheet(found: SideBySide, lang: str) -> CompareSheet:
    """Put together what the figure shows, before it is drawn at some width."""
    rows = {row.key: row for row in found.rows}
    chosen = [rows[key] for key in SHOWN if key in rows and any(value is not None for value in rows[key].values)]
    return CompareSheet(
        names=tuple(font.plain(target) for target in found.targets),
        panels=tuple(_panel(row, lang) for row in chosen),
        caption=text("compare.figure", lang, game=font.plain(found.solutions[0].game)),
    )


def _panel(row: Row, lang: str) -> Panel:
    label = font.plain(with_unit(row, lang))
    values, limits = [], []
    for value in row.values:
        is_share = isinstance(value, BasinShare)
        values.append(value.share if isinstance(value, BasinShare) else value if isinstance(value, float) else None)
        limits.append((value.low, value.high) if is_share and isinstance(value, BasinShare) else None)
    return Panel(label, tuple(values), tuple(limits))
