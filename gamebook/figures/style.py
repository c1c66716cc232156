"""What all figures share: widths of journals, lines that survive black-and-white print, and the settings of matplotlib.

Nothing is set globally: figures are drawn inside :func:`drawing`, on ``Figure`` objects, without pyplot.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl

from gamebook.errors import InputError
from gamebook.figures import font

COLUMN_MM, PAGE_MM = 84.0, 170.0
"""Widths of one column and of a page, as Chinese and English journals ask for them."""
NARROWEST_MM, WIDEST_MM = 60.0, 400.0
NARROW_BELOW_MM = 120.0
"""Narrower figures have no room for a legend beside the data."""
TEXT_SIZE, SMALL_SIZE = 8.0, 7.5
LINE_HEIGHT = 1.35
THIN, LINE = 0.5, 1.2
GREY = "0.6"
DOTS_PER_INCH = 300
MM = 72.0 / 25.4
"""Points per millimetre."""


@dataclass(frozen=True, slots=True)
class LineStyle:
    """Colour, dashes and marker of a line, with the size of the marker; dashes and marker tell it apart in print."""

    color: str
    dashes: Any
    marker: str
    size: float = 3.6


# Colours of Okabe and Ito, which colour-blind readers tell apart, the darker ones first, without the pale yellow;
# then dark tones that differ from those in lightness.
LINES = (
    LineStyle("#0072B2", "-", "o"),
    LineStyle("#D55E00", (0, (5, 1.6)), "s", 3.3),
    LineStyle("#009E73", (0, (5, 1.4, 1, 1.4)), "^", 4.2),
    LineStyle("#000000", (0, (1.2, 1.2)), "D", 3.2),
    LineStyle("#CC79A7", (0, (9, 1.6)), "v", 4.2),
    LineStyle("#56B4E9", (0, (8, 1.6, 1, 1.6, 1, 1.6)), "P", 4.8),
    LineStyle("#E69F00", (0, (3, 1.2, 3, 1.2, 1, 1.2)), "X", 4.8),
    LineStyle("#5A5A5A", (0, (2.4, 1)), "<", 4.2),
    LineStyle("#003F5C", "-", ">", 4.2),
    LineStyle("#8C510A", (0, (4, 1.4)), "p", 4.4),
    LineStyle("#882255", (0, (1.6, 1.2)), "*", 5.4),
)


def style_of(position: int) -> LineStyle:
    """Style of the line at a position; they repeat after eleven."""
    return LINES[position % len(LINES)]


def checked_width(width_mm: float) -> float:
    """Return the width of a figure in millimetres if it can be drawn.

    Raises
    ------
    InputError
        If it is not within 60 to 400 mm.
    """
    if not NARROWEST_MM <= width_mm <= WIDEST_MM:
        raise InputError("figure.width", value=f"{width_mm:g}", low=f"{NARROWEST_MM:g}", high=f"{WIDEST_MM:g}")
    return float(width_mm)


@contextmanager
def drawing(family: str = font.FAMILY) -> Iterator[None]:
    """Settings of matplotlib under which figures are made and written; they end with the block."""
    font.register()
    settings: dict[Any, Any] = {
        "font.family": [family],
        "font.size": TEXT_SIZE,
        "mathtext.fontset": "custom",
        **{f"mathtext.{name}": family for name in ("rm", "bf", "bfit", "cal", "sf", "tt")},
        "mathtext.it": font.FAMILY,  # only variables are set in italics
        "axes.unicode_minus": True,
        "axes.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlesize": TEXT_SIZE,
        "axes.labelsize": TEXT_SIZE,
        "xtick.labelsize": SMALL_SIZE,
        "ytick.labelsize": SMALL_SIZE,
        "xtick.major.width": 0.6,
        "ytick.major.width": 0.6,
        "xtick.major.size": 2.5,
        "ytick.major.size": 2.5,
        "legend.fontsize": SMALL_SIZE,
        "legend.frameon": False,
        "legend.handlelength": 3.2,
        "legend.borderaxespad": 0.0,
        "legend.borderpad": 0.2,
        "lines.linewidth": LINE,
        "pdf.fonttype": 42,  # TrueType, as journals ask; the words can be copied
        "svg.fonttype": "path",  # looks the same without the font
        "svg.hashsalt": "gamebook",
        "text.hinting": "none",  # the same layout at every size
    }
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(settings)
        yield
