"""Derived quantities and measures: named functions of the parameters and the profile."""

from __future__ import annotations

import math
from dataclasses import dataclass

from payoffs.expressions import Expression
from payoffs.texts import Text

RANGE_TOLERANCE = 1e-9  # relative to the bound, at least absolute: earmarks of .34 + .56 + .1 sum to 1 + 2e-16


def with_slack(low: float, high: float) -> tuple[float, float]:
    """Return a range with what rounding may add at its ends."""
    slack = [RANGE_TOLERANCE * max(1.0, abs(end)) if math.isfinite(end) else 0.0 for end in (low, high)]
    return low - slack[0], high + slack[1]


@dataclass(frozen=True, slots=True)
class Derived:
    """A quantity with the value ``(base + sum of terms) * product of factors``.

    Attributes
    ----------
    symbol, name, unit, latex : how it is written
    base : the formula of the page that declares it
    terms, factors : (instrument id, formula) in order of the ids
    low, high : its allowed range at every profile (may be infinite)
    instrument : id of the instrument that declares it; None for the base game
    """

    symbol: str
    name: Text
    unit: str
    latex: str
    base: Expression
    terms: tuple[tuple[str, Expression], ...]
    factors: tuple[tuple[str, Expression], ...]
    low: float
    high: float
    instrument: str | None = None

    @property
    def tolerated(self) -> tuple[float, float]:
        """The range with what rounding may add at its ends."""
        return with_slack(self.low, self.high)

    @property
    def needs(self) -> frozenset[str]:
        """Every name that its value depends on directly."""
        return self.base.names.union(*(formula.names for _, formula in (*self.terms, *self.factors)))


@dataclass(frozen=True, slots=True)
class Measure:
    """A function of the profile whose expected value is reported."""

    id: str
    name: Text
    unit: str
    formula: Expression
