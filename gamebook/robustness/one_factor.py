"""The nearest value of every single parameter at which a verdict changes, all others as they are.

Along one parameter every payoff advantage is as a rule a polynomial, often affine. It is recognised from its values at
Chebyshev points; its roots cut the range of the parameter into parts within which no advantage changes its sign, so
that one point of each part tells the verdict there. Where an advantage is no polynomial, a grid takes the place of the
roots. Either way the change is bracketed between two values at which the verdict was worked out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.polynomial import chebyshev

from gamebook.robustness.claim import Claim
from gamebook.sweeps.verdicts import OUT_OF_RANGE, PointJudge
from payoffs.parameters import Parameter
from solvers.arrays import Booleans, Floats
from solvers.expected import payoff_advantages

NODES = 33
"""Chebyshev points; an advantage of degree above 24 in one parameter counts as no polynomial."""
HIGHEST = 24
VANISHING = 1e-11
"""Part of the largest coefficient below which a coefficient is what rounding leaves."""
GRID = 513
FARTHEST = 1000.0
"""Where a page gives no bound, values up to so many times the one in use are looked at."""
HALVINGS = 64


@dataclass(frozen=True, slots=True, eq=False)
class Flip:
    """A change of the verdict.

    Attributes
    ----------
    holds_at, fails_at : neighbouring values, as close as numbers can be told apart, on its two sides
    in_evidence : whether it lies within the documented range of the parameter
    """

    holds_at: float
    fails_at: float
    in_evidence: bool


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """What one parameter can do to the verdict.

    Attributes
    ----------
    symbol, value : of the parameter
    low, high : range that was looked at: the bounds, or as far as derived quantities keep their ranges
    down, up : nearest changes below and above the value; None where there is none
    exact : whether all advantages are polynomials in it, so that no nearer change can be missed
    """

    symbol: str
    value: float
    low: float
    high: float
    down: Flip | None
    up: Flip | None
    exact: bool

    @property
    def distance(self) -> float:
        """Distance of the nearest change as a part of the value; infinite if there is none or the value is 0."""
        ends = [flip.fails_at for flip in (self.down, self.up) if flip is not None]
        if not ends or self.value == 0.0:
            return math.inf
        return min(abs(end - self.value) for end in ends) / abs(self.value)

    @property
    def in_evidence(self) -> bool:
        """Whether a change lies within the documented range."""
        return any(flip is not None and flip.in_evidence for flip in (self.down, self.up))


def one_factor(
    judge: PointJudge, claim: Claim, settings: Mapping[str, float], parameters: Mapping[str, Parameter]
) -> tuple[Factor, ...]:
    """Find the nearest changes of the verdict along every parameter that the judge varies, nearest first.

    Parameters
    ----------
    claim : holds at the values in use
    settings : these values
    """
    line = _Lines(judge, claim, settings, [parameters[symbol] for symbol in judge.varied])
    found = line.factors()
    return tuple(sorted(found, key=lambda factor: factor.distance))


class _Lines:
    """All lines through the values in use along which one parameter varies, worked on together."""

    def __init__(
        self, judge: PointJudge, claim: Claim, settings: Mapping[str, float], parameters: Sequence[Parameter]
    ) -> None:
        self.judge, self.claim, self.parameters = judge, claim, parameters
        self.centre = np.array([settings[each.symbol] for each in parameters], dtype=np.float64)
        reach = FARTHEST * np.maximum(np.abs(self.centre), 1.0)
        self.low = np.maximum([each.low for each in parameters], self.centre - reach)
        self.high = np.minimum([each.high for each in parameters], self.centre + reach)

    def points(self, which: Sequence[int], values: Floats) -> Floats:
        """One point per pair of a parameter and its value."""
        points = np.repeat(self.centre[None], len(which), axis=0)
        points[np.arange(len(which)), which] = values
        return points

    def holds(self, which: Sequence[int], values: Floats) -> Booleans:
        """Whether the claim is proved to hold where one parameter takes a value."""
        return np.asarray(self.claim.holds(self.judge.at(self.points(which, values))) == 1)

    def inside(self, which: Sequence[int], values: Floats) -> Booleans:
        """Whether the game allows the value."""
        return np.asarray(self.judge.at(self.points(which, values)).status != OUT_OF_RANGE)

    def factors(self) -> list[Factor]:
        """Work out every parameter."""
        everything = range(len(self.parameters))
        self.low = self._reach(self.low)
        self.high = self._reach(self.high)
        cuts, exact = self._cuts()
        which = [i for i in everything for _ in cuts[i]]
        held = np.split(self.holds(which, np.concatenate(cuts)), np.cumsum([len(each) for each in cuts])[:-1])
        found: list[tuple[Factor, dict[str, tuple[float, float]]]] = []
        for i in everything:
            sides = {"down": _first_change(cuts[i], held[i], self.centre[i], -1),
                     "up": _first_change(cuts[i], held[i], self.centre[i], 1)}  # fmt: skip
            found.append((self._factor(i, exact[i]), {name: pair for name, pair in sides.items() if pair is not None}))
        return self._narrowed(found)

    def _factor(self, i: int, exact: bool) -> Factor:
        low, high = float(self.low[i]), float(self.high[i])
        return Factor(self.parameters[i].symbol, float(self.centre[i]), low, high, None, None, exact)

    def _reach(self, end: Floats) -> Floats:
        """Farthest value towards an end at which derived quantities keep their ranges all the way, nearly."""
        steps = np.linspace(0.0, 1.0, 65)
        which = np.repeat(np.arange(len(end)), len(steps))
        values = (self.centre[:, None] + steps * (end - self.centre)[:, None]).reshape(-1)
        allowed = self.inside(which.tolist(), values).reshape(len(end), -1)
        first_bad = np.where(allowed.all(axis=1), len(steps), np.argmin(allowed, axis=1))
        good = np.where(first_bad == len(steps), 1.0, steps[np.maximum(first_bad - 1, 0)])
        bad = np.where(first_bad == len(steps), 1.0, steps[np.minimum(first_bad, len(steps) - 1)])
        for _ in range(HALVINGS if (good < bad).any() else 0):
            middle = 0.5 * (good + bad)
            ok = self.inside(range(len(end)), self.centre + middle * (end - self.centre))
            good, bad = np.where(ok, middle, good), np.where(ok, bad, middle)
        return np.where(good == 1.0, end, self.centre + good * (end - self.centre))

    def _cuts(self) -> tuple[list[Floats], list[bool]]:
        """Values of every parameter at which to look, and whether nothing can change in between unseen."""
        count = len(self.parameters)
        nodes = np.cos(np.pi * (np.arange(NODES) + 0.5) / NODES)
        half, middle = 0.5 * (self.high - self.low), 0.5 * (self.high + self.low)
        which = np.repeat(np.arange(count), NODES)
        payoffs = self.judge.payoffs(self.points(which.tolist(), (middle[:, None] + half[:, None] * nodes).reshape(-1)))
        gains = payoff_advantages(np.moveaxis(payoffs, 0, -1))
        table = np.moveaxis(gains.reshape(-1, count, NODES), 0, 1)
        found, exact = [], []
        for i in range(count):
            roots = _roots(nodes, table[i])
            inner = np.linspace(-1.0, 1.0, GRID) if roots is None else roots
            at = np.unique(np.clip(middle[i] + half[i] * inner, self.low[i], self.high[i]))
            ends = np.unique(np.concatenate([[self.low[i], self.centre[i], self.high[i]], at]))
            between = 0.5 * (ends[1:] + ends[:-1])
            found.append(np.unique(np.concatenate([[self.low[i], self.centre[i], self.high[i]], between])))
            exact.append(roots is not None)
        return found, exact

    def _narrowed(self, found: Sequence[tuple[Factor, Mapping[str, tuple[float, float]]]]) -> list[Factor]:
        """Halve all brackets together until no number lies between their ends."""
        rows = [(i, side, pair) for i, (_, pairs) in enumerate(found) for side, pair in pairs.items()]
        which = [i for i, _, _ in rows]
        holds_at, fails_at = (np.array([pair[k] for _, _, pair in rows]) for k in (0, 1))
        for _ in range(HALVINGS if rows else 0):
            middle = 0.5 * (holds_at + fails_at)
            ok = self.holds(which, middle)
            holds_at, fails_at = np.where(ok, middle, holds_at), np.where(ok, fails_at, middle)
        flips: dict[tuple[int, str], Flip] = {}
        for (i, side, _), one, other in zip(rows, holds_at.tolist(), fails_at.tolist(), strict=True):
            known = self.parameters[i].evidence
            flips[i, side] = Flip(one, other, known is not None and known[0] <= other <= known[1])
        return [
            Factor(
                each.symbol, each.value, each.low, each.high, flips.get((i, "down")), flips.get((i, "up")), each.exact
            )
            for i, (each, _) in enumerate(found)
        ]


def _roots(nodes: Floats, values: Floats) -> Floats | None:
    """Real roots in [-1, 1] of functions given at the Chebyshev points; None unless all are polynomials.

    Parameters
    ----------
    values : shape (functions, points)
    """
    coefficients = chebyshev.chebfit(nodes, values.T, NODES - 1).T
    largest = np.abs(coefficients).max(axis=1)
    kept = np.abs(coefficients) > VANISHING * largest[:, None]
    if kept[:, HIGHEST + 1 :].any():
        return None
    roots: list[Floats] = []
    for row, keep in zip(coefficients, kept, strict=True):
        degree = int(np.flatnonzero(keep).max(initial=0))
        if degree == 0:
            continue
        found = chebyshev.chebroots(row[: degree + 1])
        # A double root may come out as a pair with a small imaginary part: its real part is a cut all the same.
        roots.append(found.real[np.abs(found.imag) < 1e-3])
    joined = np.concatenate(roots) if roots else np.empty(0)
    return np.unique(joined[np.abs(joined) <= 1.0])


def _first_change(values: Floats, held: Booleans, centre: float, direction: int) -> tuple[float, float] | None:
    """Neighbouring values, the claim holding at the first only, nearest to the centre in a direction."""
    here = int(np.searchsorted(values, centre))
    order = range(here + direction, len(values) if direction > 0 else -1, direction)
    for place in order:
        if not held[place]:
            return float(values[place - direction]), float(values[place])
    return None
