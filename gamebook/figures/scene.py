"""What the figures of one case have in common: its problem, how its shares are written, and captions.

A figure is first put together from plain data (a *sheet*), then drawn at some width, so that what it shows can be
tested without looking at pixels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy.special import comb

from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.figures import font
from gamebook.figures.files import checked_path, write_figure
from gamebook.figures.simulation import comma
from gamebook.figures.style import PAGE_MM, checked_width, drawing
from gamebook.figures.symbols import assigned, parameter_symbol
from gamebook.problem import Problem, case_problem
from gamebook.texts import text
from payoffs.texts import Text
from solvers.arrays import Floats

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_VALUES = 20
"""Of a game with more parameters than these, a caption lists only those that differ from the page's defaults."""


class Sheet(Protocol):
    """A figure put together, not yet drawn."""

    @property
    def caption(self) -> str:
        """Text underneath."""

    @property
    def family(self) -> str:
        """Font that has every character."""

    def figure(self, width_mm: float) -> Figure:
        """Draw it at a width in millimetres, inside ``style.drawing``."""


@dataclass(frozen=True, slots=True)
class Head:
    """How a caption begins.

    Attributes
    ----------
    number : of the figure, as in "Fig. 3"; None for none
    title : instead of the one that the kind of figure has
    bilingual : whether the title stands in both languages, as many Chinese journals ask
    """

    number: int | None = None
    title: Text | None = None
    bilingual: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A case to be drawn, with changed values and fixed shares, in a language.

    Attributes
    ----------
    case, values, given, start : what was asked for
    problem : what follows from it
    lang : ``en`` or ``zh``
    head : how captions begin
    """

    case: Case
    values: Mapping[str, float]
    given: Mapping[str, float]
    start: Mapping[str, float]
    problem: Problem
    lang: str
    head: Head

    @property
    def free(self) -> tuple[int, ...]:
        """Positions of the populations that move."""
        return self.problem.free

    @property
    def is_yearly(self) -> bool:
        """Whether payoffs are per year, so that time is."""
        return "year" in self.case.game.unit

    @property
    def time_label(self) -> str:
        """Label of the axis of time."""
        return text("figure.time" if self.is_yearly else "plot.time", self.lang, t=font.variable("t"))

    def share(self, population: int) -> str:
        """Symbol of a share, as a formula."""
        return font.variable(self.problem.populations[population].share)

    def party(self, population: int) -> str:
        """Name of a population with the symbol of its share."""
        name = font.plain(self.problem.populations[population].name.in_language(self.lang))
        return f"{name} {self.share(population)}"

    def symbol(self, name: str) -> str:
        """Symbol of a parameter, as a formula."""
        return parameter_symbol(self.case.game.parameters[name])

    def listed(self, values: Mapping[str, float]) -> str:
        """Parameters with their values, as formulas."""
        return comma(self.lang).join(assigned(self.symbol(name), value) for name, value in values.items())

    def shares_at(self, shares: Mapping[int, float]) -> str:
        """Shares with their values, as formulas, by position."""
        return comma(self.lang).join(assigned(self.share(i), float(x)) for i, x in shares.items())

    def advantages(self, shares: Floats) -> Floats:
        """Payoff advantage of index 1 of the free populations at their shares; both of shape (..., free)."""
        if self.problem.shares is not None:
            return np.stack([bernstein_values(table, shares) for table in self.problem.shares.tables], axis=-1)
        full = np.broadcast_to(self.problem.start, (*shares.shape[:-1], len(self.problem.start))).copy()
        full[..., list(self.free)] = shares
        found: Floats = self.problem.advantages_at(full)[..., list(self.free)]
        return found

    def values_words(self, leave_out: Sequence[str] = ()) -> list[str]:
        """Parts of a caption: values of the parameters, and shares that are held fixed."""
        parameters = self.case.game.parameters
        settings = {name: value for name, value in self.problem.settings.items() if name not in leave_out}
        parts = []
        if len(settings) <= MOST_VALUES:
            parts.append(text("plot.values", self.lang, values=self.listed(settings)) if settings else "")
        else:
            changed = {name: value for name, value in settings.items() if value != parameters[name].default}
            code = "plot.values_changed" if changed else "plot.values_defaults"
            parts.append(text(code, self.lang, values=self.listed(changed)))
        if self.problem.given:
            parts.append(text("figure.fixed", self.lang, shares=self.shares_at(self.problem.given)))
        return [part for part in parts if part]

    def caption(self, kind: str, parts: Sequence[str]) -> str:
        """Put a caption together: number and title, then what is shown and with which values."""
        languages = [self.lang, "zh" if self.lang == "en" else "en"] if self.head.bilingual else [self.lang]
        titles = [self._title(kind, lang) for lang in languages]
        settings = ("" if self.lang == "zh" else " ").join(parts)
        if self.head.bilingual:
            return "\n".join([*titles, settings])
        return titles[0] + ("" if self.lang == "zh" else " ") + settings

    def _title(self, kind: str, lang: str) -> str:
        case = self.case.title.in_language(lang).rstrip(".。")
        title = text(f"plot.title.{kind}", lang, title=case) if self.head.title is None else (
            self.head.title.in_language(lang).rstrip(".。"))  # fmt: skip
        number = "" if self.head.number is None else text("plot.number", lang, number=self.head.number)
        return number + text("figure.title", lang, title=font.plain(title))


def bernstein_values(table: Floats, shares: Floats) -> Floats:
    """Values of a polynomial in Bernstein coefficients, one axis per share, at many points of shape (..., share).

    Examples
    --------
    >>> bernstein_values(np.array([[0.0], [1.0]]), np.array([[0.25, 0.5], [0.75, 0.5]]))
    array([0.25, 0.75])
    """
    points = shares.reshape(-1, shares.shape[-1])
    found = np.broadcast_to(table, (len(points), *table.shape))
    for axis, length in enumerate(table.shape):
        x, k = points[:, axis, None], np.arange(length)
        weights = comb(length - 1, k) * x**k * (1.0 - x) ** (length - 1 - k)
        found = np.einsum("pk...,pk->p...", found, weights)
    return np.asarray(found).reshape(shares.shape[:-1])


def scene_of(
    case: Case,
    *,
    lang: str = "en",
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    head: Head | None = None,
) -> Scene:
    """State what is drawn.

    Raises
    ------
    PageError, InputError
        Whatever is wrong with the values or shares, or if a party has more or fewer than two strategies.
    """
    if any(len(party.strategies) != 2 for party in case.game.parties):
        raise InputError("plot.two_strategies", game=case.game.id)
    problem = case_problem(case, values, given, start)
    return Scene(case, values or {}, given or {}, start or {}, problem, lang, head or Head())


def check_populations(scene: Scene, kind: str, *, least: int, most: int) -> None:
    """Refuse a figure that so many moving populations do not fit into.

    Raises
    ------
    InputError
        With how many there may be.
    """
    count = len(scene.free)
    if not least <= count <= most:
        raise InputError("plot.populations", kind=kind, count=count, least=least, most=most)


def write_sheet(sheet: Sheet, *paths: str | Path, width_mm: float = PAGE_MM) -> None:
    """Draw a sheet once and write it to new files; the same sheet gives the same bytes.

    Parameters
    ----------
    paths : each ends in .png (300 dots per inch), .svg or .pdf
    width_mm : of the figure, from 60 to 400; journals ask for 84 or 170

    Raises
    ------
    InputError
        If the file cannot be written there, the width is out of range, or no font has all characters.
    """
    for path in paths:
        checked_path(path)
    width = checked_width(width_mm)
    with drawing(sheet.family):
        figure = sheet.figure(width)
        for path in paths:
            write_figure(figure, path)
