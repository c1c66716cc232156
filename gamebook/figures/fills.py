"""Fills for areas that say where paths end: a light colour and a hatching each, so that print without colour does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gamebook.basin_result import Ending
from gamebook.figures import font
from gamebook.texts import text

if TYPE_CHECKING:
    from matplotlib.patches import Patch

HATCH_WIDTH = 0.45
EDGE = "0.25"


@dataclass(frozen=True, slots=True)
class Fill:
    """Colour and hatching of an area."""

    color: str
    hatch: str


# Tints of the colours of the lines; no two hatchings look alike at the size of a journal's column.
SETTLED = (
    Fill("#CFE3F1", ""),
    Fill("#F7D9C4", "////"),
    Fill("#C9EADF", "...."),
    Fill("#F2DDEA", "\\\\\\\\"),
    Fill("#DDF0FA", "----"),
    Fill("#FAE6BF", "++"),
    Fill("#D9D9D9", "||||"),
    Fill("#E8D3E6", "oo"),
)
OTHERS = {
    "at rest": Fill("#F2F2F2", "xxx"),
    "cycling": Fill("#BFBFBF", "OO"),
    "heteroclinic": Fill("#A6A6A6", "**"),
    "undecided": Fill("#FFFFFF", "xxxxxx"),
    "sliding": Fill("#E6E6E6", "///..."),
}


def fills_of(endings: Sequence[Ending]) -> dict[Ending, Fill]:
    """Fill of each ending; those of strict equilibria and of rest points go by the order of their profiles."""
    settled = sorted({ending.where for ending in endings if ending.where is not None})
    places = {where: SETTLED[place % len(SETTLED)] for place, where in enumerate(settled)}
    return {ending: OTHERS[ending.status] if ending.where is None else places[ending.where] for ending in endings}


def label_of(ending: Ending, lang: str) -> str:
    """Label of an ending in a legend."""
    code = ending.status.replace(" ", "_") if ending.rest is None else "rest_near"
    return font.plain(text(f"figure.outcome.{code}", lang, profile=ending.where or ""))


def patch_of(fill: Fill) -> Patch:
    """Sample of a fill for a legend."""
    from matplotlib.patches import Patch

    return Patch(facecolor=fill.color, hatch=fill.hatch, edgecolor=EDGE, linewidth=0.5)
