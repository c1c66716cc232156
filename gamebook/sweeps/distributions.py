"""Uncertain parameters: distributions within the bounds of their pages, and rank correlations between them.

Each is written SYMBOL=KIND:NUMBERS::

    V=uniform:60:90             low, high
    V=triangular:60:75:90       low, mode, high
    V=normal:75:5               mean, standard deviation
    V=lognormal:75:0.2          median, standard deviation of the logarithm
    sigma=beta:2:3:0:1          two shapes, low, high
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

import numpy as np

from gamebook.errors import InputError
from gamebook.sweeps.axes import Faults
from payoffs.parameters import Parameter
from solvers.arrays import Floats

KINDS: dict[str, int] = {"uniform": 2, "triangular": 3, "normal": 2, "lognormal": 2, "beta": 4}
"""How many numbers each kind takes."""
LEAST_INSIDE = 0.5
"""A distribution of which less lies within the bounds is refused: it would say more of the bounds than of itself."""


class Law(Protocol):
    """What is used of a distribution of scipy."""

    def cdf(self, value: float) -> float:
        """Probability of lying below a value."""

    def ppf(self, probability: Floats) -> Floats:
        """Inverse of ``cdf``."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """Distribution of one parameter, cut to its bounds.

    Attributes
    ----------
    symbol, kind, numbers : as written
    low, high : bounds of the parameter
    """

    symbol: str
    kind: str
    numbers: tuple[float, ...]
    low: float
    high: float

    def quantile(self, probability: Floats) -> Floats:
        """Values below which the parameter lies with the given probabilities, all within the bounds.

        Examples
        --------
        >>> wage = Distribution("V", "uniform", (60.0, 90.0), 0.0, 500.0)
        >>> wage.quantile(np.array([0.0, 0.5, 1.0])).tolist()
        [60.0, 75.0, 90.0]
        """
        below, above = self._reach()
        inside: Floats = self._frozen().ppf(below + probability * (above - below))
        return np.clip(inside, self.low, self.high)

    @property
    def inside(self) -> float:
        """Part of the distribution that lies within the bounds of the parameter."""
        below, above = self._reach()
        return above - below

    def _reach(self) -> tuple[float, float]:
        law = self._frozen()
        return float(law.cdf(self.low)), float(law.cdf(self.high))

    def _frozen(self) -> Law:
        from scipy import stats

        if self.kind == "uniform":
            low, high = self.numbers
            law = stats.uniform(low, high - low)
        elif self.kind == "triangular":
            low, mode, high = self.numbers
            law = stats.triang((mode - low) / (high - low), low, high - low)
        elif self.kind == "normal":
            law = stats.norm(*self.numbers)
        elif self.kind == "lognormal":
            median, spread = self.numbers
            law = stats.lognorm(spread, scale=median)
        else:
            first, second, low, high = self.numbers
            law = stats.beta(first, second, low, high - low)
        return cast("Law", law)


def read_distributions(texts: Sequence[str], parameters: Mapping[str, Parameter]) -> tuple[Distribution, ...]:
    """Read distributions as written on the command line.

    Raises
    ------
    InputError
        One message with everything that is wrong.
    """
    found: list[Distribution] = []
    faults: list[InputError] = []
    for written in texts:
        try:
            distribution = _read(written, parameters)
        except InputError as error:
            faults.append(error)
            continue
        if any(other.symbol == distribution.symbol for other in found):
            faults.append(InputError("draws.twice", symbol=distribution.symbol))
        found.append(distribution)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise InputError("draws.faults", count=len(faults), faults=Faults(faults))
    return tuple(found)


def around(values: Mapping[str, float], part: float, parameters: Mapping[str, Parameter]) -> tuple[Distribution, ...]:
    """Uniform distributions within a part of given values, cut to the bounds; zero values do not vary.

    Examples
    --------
    >>> bounds = Parameter("V", 75.0, 0.0, 500.0, "", None, "V", None, "assumption")
    >>> around({"V": 75.0}, 0.2, {"V": bounds})[0].numbers
    (60.0, 90.0)
    """
    return tuple(
        Distribution(
            symbol,
            "uniform",
            tuple(sorted((value * (1.0 - part), value * (1.0 + part)))),
            parameters[symbol].low,
            parameters[symbol].high,
        )
        for symbol, value in values.items()
        if value != 0.0
    )


def _read(written: str, parameters: Mapping[str, Parameter]) -> Distribution:
    symbol, equals, rest = (part.strip() for part in written.partition("="))
    kind, *numbers = (part.strip() for part in rest.split(":"))
    if not equals or not symbol:
        raise InputError("draws.form", value=written)
    if symbol not in parameters:
        raise InputError("draws.unknown", near=(symbol, parameters), symbol=symbol)
    if kind not in KINDS:
        raise InputError("draws.kind", near=(kind, KINDS), symbol=symbol, kind=kind, known=", ".join(KINDS))
    if len(numbers) != KINDS[kind]:
        raise InputError("draws.count", symbol=symbol, kind=kind, count=len(numbers), needed=KINDS[kind])
    try:
        given = tuple(float(number) for number in numbers)
    except ValueError as error:
        raise InputError("draws.number", symbol=symbol, value=rest) from error
    if not all(math.isfinite(number) for number in given) or not _sensible(kind, given):
        raise InputError("draws.sense", symbol=symbol, value=rest)
    bounds = parameters[symbol]
    distribution = Distribution(symbol, kind, given, bounds.low, bounds.high)
    if distribution.inside < LEAST_INSIDE:
        raise InputError(
            "draws.outside", symbol=symbol, value=rest, part=f"{distribution.inside:.0%}", low=f"{bounds.low:g}",
            high=f"{bounds.high:g}",
        )  # fmt: skip
    return distribution


def _sensible(kind: str, numbers: tuple[float, ...]) -> bool:
    if kind == "uniform":
        return numbers[0] < numbers[1]
    if kind == "triangular":
        return numbers[0] <= numbers[1] <= numbers[2] and numbers[0] < numbers[2]
    if kind == "normal":
        return numbers[1] > 0.0
    if kind == "lognormal":
        return numbers[0] > 0.0 and numbers[1] > 0.0
    return numbers[0] > 0.0 and numbers[1] > 0.0 and numbers[2] < numbers[3]
