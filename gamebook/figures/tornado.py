"""The figure of ``sensitivity``: a tornado of the margin, and beside it the total effects on the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gamebook.errors import InputError
from gamebook.figures import font
from gamebook.figures.files import checked_path, write_figure
from gamebook.figures.panels import GAP_MM, LINE_MM, MARGIN_MM, TIME_MM, canvas
from gamebook.figures.style import GREY, LINE, NARROW_BELOW_MM, PAGE_MM, SMALL_SIZE, THIN, checked_width, drawing
from gamebook.figures.symbols import parameter_symbol
from gamebook.robustness.sensitivity import Part, Sensitivity
from gamebook.texts import text, unit_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_ROWS = 12
ROW_MM = 5.0
LOW_COLOR, HIGH_COLOR = "#0072B2", "#E69F00"
"""Ends of the range of an unknown: told apart in grey print too, and the upper end is hatched."""
HATCH = "////"


@dataclass(frozen=True, slots=True, eq=False)
class TornadoSheet:
    """What the figure shows.

    Attributes
    ----------
    names : unknowns of the tornado, largest swing first
    spans : margin at the lower and the upper end of each
    base : margin at the values in use
    effects : unknowns by total effect, each with its symbol, estimate and interval
    scale, scale_effects, ends : labels of the axes and of the two ends
    caption : text underneath
    """

    names: tuple[str, ...]
    spans: tuple[tuple[float, float], ...]
    base: float | None
    effects: tuple[tuple[str, float, float, float], ...]
    scale: str
    scale_effects: str
    ends: tuple[str, str]
    caption: str

    @property
    def family(self) -> str:
        """Font that has every character."""
        return font.family_for((*self.names, self.scale, self.scale_effects, *self.ends, self.caption))

    def figure(self, width_mm: float) -> Figure:
        """Draw it at a width in millimetres; call it inside ``style.drawing`` and write the figure there."""
        panels = [draw for draw, wanted in ((self._bars, self.spans), (self._dots, self.effects)) if wanted]
        beside = width_mm >= NARROW_BELOW_MM and len(panels) == 2
        heights = [ROW_MM * max(len(self.names), 1), ROW_MM * max(len(self.effects), 1)][: len(panels)]
        total = max(heights) if beside else sum(heights)
        count = 1 if beside else len(panels)
        height = total + count * (TIME_MM + GAP_MM) + LINE_MM + 2 * MARGIN_MM
        figure = canvas(height, self.caption, width_mm, self.family)
        shape = (1, 2) if beside else (len(panels), 1)
        ratios = None if beside else heights
        grid = figure.subplots(*shape, squeeze=False, height_ratios=ratios).ravel()
        for axes, draw in zip(grid, panels, strict=False):
            draw(axes)
        return figure

    def _bars(self, axes: Axes) -> None:
        base = self.base or 0.0
        for row, (low, high) in enumerate(self.spans):
            for end, color, hatch in ((low, LOW_COLOR, None), (high, HIGH_COLOR, HATCH)):
                axes.barh(row, end - base, left=base, height=0.62, color=color, hatch=hatch, edgecolor="black",
                          linewidth=THIN)  # fmt: skip
        axes.axvline(base, color="black", linewidth=LINE)
        axes.axvline(0.0, color=GREY, linewidth=THIN, linestyle="--", zorder=0)
        self._rows(axes, self.names)
        axes.set_xlabel(self.scale)
        self._legend(axes)

    def _legend(self, axes: Axes) -> None:
        from matplotlib.patches import Patch

        handles = [
            Patch(facecolor=color, hatch=hatch, edgecolor="black", linewidth=THIN, label=label)
            for color, hatch, label in zip((LOW_COLOR, HIGH_COLOR), (None, HATCH), self.ends, strict=True)
        ]
        axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.0, 1.01), ncols=2, handlelength=1.6)

    def _dots(self, axes: Axes) -> None:
        for row, (_, value, low, high) in enumerate(self.effects):
            axes.plot([low, high], [row, row], color="black", linewidth=LINE)
            axes.plot([value], [row], marker="o", color=LOW_COLOR, markersize=4.0, markeredgecolor="black",
                      markeredgewidth=0.4)  # fmt: skip
        self._rows(axes, [name for name, *_ in self.effects])
        axes.set_xlim(left=0.0)
        axes.set_xlabel(self.scale_effects)

    def _rows(self, axes: Axes, names: Sequence[str]) -> None:
        axes.set_yticks(range(len(names)), list(names), size=SMALL_SIZE)
        axes.set_ylim(len(names) - 0.4, -0.6)


def draw(
    found: Sensitivity, path: str | Path, *, lang: str = "en", width_mm: float = PAGE_MM, part: int = 0
) -> None:
    """Draw a sensitivity and write it to a new file; the same result gives the same bytes.

    Parameters
    ----------
    path : ends in .png (300 dots per inch), .svg or .pdf
    lang : ``en`` or ``zh``
    width_mm : of the figure, from 60 to 400; journals ask for 84 or 170
    part : number of the region to draw, the first unless said otherwise

    Raises
    ------
    InputError
        If the file cannot be written there, the width is out of range, no font has all characters, or nothing varies.
    """
    checked_path(path)
    width = checked_width(width_mm)
    sheet = tornado_sheet(found, found.parts[part], lang)
    with drawing(sheet.family):
        write_figure(sheet.figure(width), path)


def tornado_sheet(found: Sensitivity, part: Part, lang: str) -> TornadoSheet:
    """Put together what the figure shows, before it is drawn at some width."""
    bars = [bar for bar in part.bars if bar.margins is not None][:MOST_ROWS]
    measured = next((each for each in part.measures if each.effects), None)
    effects = () if measured is None or measured.effects is None else measured.effects[:MOST_ROWS]
    symbols = {parameter.symbol: parameter_symbol(parameter) for parameter in found.unknowns}
    if not bars and not effects:
        raise InputError("sensitivity.nothing_to_draw")
    title = font.plain(found.title.in_language(lang)).rstrip(".。")
    words = [text("figure.title", lang, title=title)]
    if part.name is not None:
        words.append(text("sensitivity.figure.region", lang, region=font.plain(part.name.in_language(lang))))
    if bars:
        words.append(text("sensitivity.figure.bars", lang))
    if measured is not None:
        what = text(f"sensitivity.of.{measured.name}", lang)
        words.append(text("sensitivity.figure.dots", lang, what=what))
    if not found.declared:
        words.append(text("sensitivity.figure.usual", lang, within=f"{100 * found.within:g}"))
    return TornadoSheet(
        names=tuple(symbols[bar.symbol] for bar in bars),
        spans=tuple(bar.margins for bar in bars if bar.margins is not None),
        base=part.margin,
        effects=tuple(
            (symbols[e.symbol], max(e.total.value, 0.0), max(e.total.low, 0.0), e.total.high) for e in effects
        ),
        scale=text("sensitivity.figure.margin", lang, unit=unit_text(found.unit, lang)),
        scale_effects=text("sensitivity.figure.total", lang),
        ends=(text("sensitivity.figure.low", lang), text("sensitivity.figure.high", lang)),
        caption=("" if lang == "zh" else " ").join(words),
    )
