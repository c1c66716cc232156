"""Where the parameters may lie: bounds of the page, assumptions of the user, and sampled points that satisfy both.

Parameters are taken strictly inside their bounds: at a bound, such as a subsidy of nothing, a formula may be 0 whose
sign is otherwise plain.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
import sympy
from numpy.typing import NDArray

from gamebook.derivations.assumptions import Assumption
from gamebook.derivations.evaluation import Value, evaluate
from gamebook.derivations.payoff_cells import Part, PayoffCells, exact
from gamebook.derivations.ranges import Range, range_of
from gamebook.errors import InputError
from payoffs.formula_symbols import symbol

SAMPLES = 2048  # tried at each of the two scales
GRID = 4096  # sampled values are this many steps between the bounds, so that they are short fractions
FAR = 8.0  # an infinite bound is sampled up to this many times the value in use


@dataclass(frozen=True, eq=False)
class Domain:
    """A set of parameter points, and what is known on it.

    Attributes
    ----------
    cells : the game
    assumptions : of the user
    ranges : of every symbolic parameter, without the ends, of every part, and of shares that payoffs depend on
    samples : admissible points, one array per symbolic parameter, exact multiples of a grid step
    """

    cells: PayoffCells
    assumptions: tuple[Assumption, ...]
    ranges: Mapping[sympy.Symbol, Range]
    samples: Mapping[sympy.Symbol, NDArray[np.float64]]
    known: dict[sympy.Expr, Value] = field(default_factory=dict)
    range_known: dict[sympy.Expr, Range] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Number of sampled points."""
        return next((len(values) for values in self.samples.values()), 1)

    def at_samples(self, formula: sympy.Expr) -> NDArray[np.float64]:
        """Return a formula's values at the sampled points, in float64; parts are computed where needed."""
        return self._at(formula, self.samples, self.known, self.count)

    def at(self, formula: sympy.Expr, points: Mapping[sympy.Symbol, NDArray[np.float64]]) -> NDArray[np.float64]:
        """Return a formula's values at points of the parameters, one array per parameter."""
        count = next((len(values) for values in points.values()), 1)
        return self._at(formula, points, {}, count)

    def at_all(
        self, formulas: Sequence[sympy.Expr], points: Mapping[sympy.Symbol, NDArray[np.float64]]
    ) -> NDArray[np.float64]:
        """Return the values of many formulas at the same points; shape (formula, point)."""
        count = next((len(values) for values in points.values()), 1)
        known: dict[sympy.Expr, Value] = {}
        return np.array([self._at(formula, points, known, count) for formula in formulas])

    def _at(
        self,
        formula: sympy.Expr,
        points: Mapping[sympy.Symbol, NDArray[np.float64]],
        known: dict[sympy.Expr, Value],
        count: int,
    ) -> NDArray[np.float64]:
        # Only parts are remembered: arrays of every piece of every formula would fill the memory.
        value = evaluate(formula, _WithParts(points, self.cells.parts, known), {})
        return np.broadcast_to(np.asarray(value, dtype=np.float64), (count,))

    def point(self, index: int) -> dict[sympy.Symbol, Fraction]:
        """Return a sampled point exactly."""
        return {name: Fraction(float(values[index])) for name, values in self.samples.items()}

    def value(self, formula: sympy.Expr, point: Mapping[sympy.Symbol, Fraction]) -> Fraction:
        """Return the exact value of a formula at a point of the parameters."""
        known: dict[sympy.Expr, Value] = {}
        value = evaluate(formula, _WithParts(point, self.cells.parts, known), known)
        if not isinstance(value, Fraction):
            raise TypeError(f"{formula} has no exact value")
        return value

    def holds(self, point: Mapping[sympy.Symbol, Fraction]) -> bool:
        """Tell whether a point is within the bounds, ends included, and satisfies the assumptions, exactly."""
        for name, value in point.items():
            found = self.ranges[name]
            if (found.low is not None and value < found.low) or (found.high is not None and value > found.high):
                return False
        gains = [(self.value(found.positive, point), found.strict) for found in self.assumptions]
        return all(gain > 0 or (gain == 0 and not strict) for gain, strict in gains)

    def range(self, formula: sympy.Expr) -> Range:
        """Return a range that holds all values of a formula."""
        return range_of(formula, self.ranges, self.range_known)


class _WithParts(Mapping[sympy.Symbol, Value]):
    """Values of parameters, and of parts once somebody asks for them."""

    def __init__(
        self, values: Mapping[sympy.Symbol, Value], parts: Sequence[Part], known: dict[sympy.Expr, Value]
    ) -> None:
        self.values_ = values
        self.parts = {part.symbol: part.formula for part in parts}
        self.known = known

    def __getitem__(self, name: sympy.Symbol) -> Value:
        if name in self.parts:
            return evaluate(self.parts[name], self, self.known)
        return self.values_[name]

    def __iter__(self):  # type: ignore[no-untyped-def]  # noqa: ANN204
        return iter((*self.values_, *self.parts))

    def __len__(self) -> int:
        return len(self.values_) + len(self.parts)


def domain(cells: PayoffCells, assumptions: Sequence[Assumption], *, seed: int = 0) -> Domain:
    """Return the domain of a game's symbolic parameters.

    Raises
    ------
    InputError
        the assumptions leave a parameter no value
    """
    ranges: dict[sympy.Symbol, Range] = {}
    for name in cells.symbolic:
        parameter = cells.game.parameters[name]
        ends = [exact(end) if math.isfinite(end) else None for end in (parameter.low, parameter.high)]
        ranges[symbol(name)] = Range(ends[0], ends[1], True, True)
    for assumption in assumptions:
        _tighten(ranges, assumption)
    for name, found in ranges.items():
        if found.low is not None and found.high is not None and found.low >= found.high:
            raise InputError("derive.assume_empty", symbol=name.name)
    ranges.update(dict.fromkeys(cells.shares, Range(Fraction(0), Fraction(1))))
    for part in cells.parts:
        ranges[part.symbol] = range_of(part.formula, ranges).meet(part.range)
    return Domain(cells, tuple(assumptions), ranges, _samples(cells, assumptions, ranges, seed))


def _tighten(ranges: dict[sympy.Symbol, Range], assumption: Assumption) -> None:
    """Let an assumption about one parameter alone, such as ``V > 3``, move that parameter's bound."""
    formula = assumption.positive
    names = formula.free_symbols
    if len(names) != 1:
        return
    (name,) = names
    try:
        affine = sympy.Poly(formula, name, domain="QQ")
    except (sympy.PolynomialError, sympy.CoercionFailed):
        return
    if affine.degree() != 1 or name not in ranges:
        return
    slope, constant = (Fraction(int(factor.p), int(factor.q)) for factor in affine.all_coeffs())
    bound = -constant / slope
    side = Range(bound, None, True) if slope > 0 else Range(None, bound, False, True)
    ranges[name] = ranges[name].meet(side)


def _samples(
    cells: PayoffCells, assumptions: Sequence[Assumption], ranges: Mapping[sympy.Symbol, Range], seed: int
) -> dict[sympy.Symbol, NDArray[np.float64]]:
    """Return points all over the domain and points about the values in use, those that are admissible."""
    names = [symbol(name) for name in cells.symbolic]
    if not names:
        return {}
    rng = np.random.default_rng(seed)
    wide = {name: _spread(rng, ranges[name], cells.values[name.name]) for name in names}
    near = {name: _about(rng, ranges[name], cells.values[name.name]) for name in names}
    points = {name: np.concatenate([near[name], wide[name]]) for name in names}
    inside = admissible(cells, points)
    for assumption in assumptions:
        value = np.asarray(evaluate(assumption.positive, points), dtype=np.float64)
        inside &= value > 0 if assumption.strict else value >= 0
    return {name: values[inside] for name, values in points.items()}


def admissible(cells: PayoffCells, points: Mapping[sympy.Symbol, NDArray[np.float64]]) -> NDArray[np.bool_]:
    """Tell for each point whether the game accepts it: no derived quantity out of its range.

    Where quantities follow the shares they are looked at where all shares are 0 or 1, and with every factor at 1.
    """
    count = next(len(values) for values in points.values())
    if not cells.game.has_ledger and not cells.depends:
        return np.ones(count, dtype=np.bool_)
    fixed = {name: value for name, value in cells.values.items() if name not in cells.symbolic}
    game = cells.game.without_share_factors() if cells.depends else cells.game
    violations = game.range_violations(**fixed, **{name.name: values for name, values in points.items()})
    good = ~np.broadcast_to(violations, (count,))
    for part in cells.parts:
        if part.moves:
            good &= _within(cells, part, points, count)
    return good


def _within(
    cells: PayoffCells, part: Part, points: Mapping[sympy.Symbol, NDArray[np.float64]], count: int
) -> NDArray[np.bool_]:
    """Tell where a part that follows the shares keeps to its range at all shares of 0 and 1."""
    good = np.ones(count, dtype=np.bool_)
    for chosen in itertools.product((Fraction(0), Fraction(1)), repeat=len(part.shares)):
        ends = {cells.shares[place]: own for place, own in zip(part.shares, chosen, strict=True)}
        found = evaluate(part.formula, _WithParts({**points, **ends}, cells.parts, {}), {})
        value = np.broadcast_to(np.asarray(found, dtype=np.float64), (count,))
        for end, side in ((part.range.low, 1.0), (part.range.high, -1.0)):
            if end is not None:
                good &= side * (value - float(end)) >= -1e-9 * max(1.0, abs(float(end)))
    return good


def sampled_step(area: Domain, name: sympy.Symbol) -> tuple[float, float]:
    """Return where the sampling grid of a parameter begins, and its step."""
    low, high = _ends(area.ranges[name], area.cells.values[name.name])
    return low, _rounded((high - low) / GRID)


def _ends(found: Range, value: float) -> tuple[float, float]:
    size = FAR * max(abs(value), 1.0)
    low = -size if found.low is None else float(found.low)
    high = max(low, 0.0) + size if found.high is None else float(found.high)
    return low, high


def _spread(rng: np.random.Generator, found: Range, value: float) -> NDArray[np.float64]:
    """Return points strictly between the ends, half of them near the lower one: bounds are often far apart."""
    low, high = _ends(found, value)
    steps = rng.integers(1, GRID, SAMPLES)
    small = np.maximum(1, steps // 2 ** rng.integers(0, 8, SAMPLES))
    steps = np.where(rng.random(SAMPLES) < 0.5, steps, small)
    return np.asarray(low + _rounded((high - low) / GRID) * steps, dtype=np.float64)


def _about(rng: np.random.Generator, found: Range, value: float) -> NDArray[np.float64]:
    """Return points within a factor of the value in use, or near 0 if that is 0."""
    low, high = _ends(found, value)
    width = abs(value) if value else (high - low) / 16
    raw = value + width * rng.uniform(-0.9, 1.5, SAMPLES)
    step = _rounded((high - low) / GRID)
    steps = np.clip(np.round((raw - low) / step), 1, GRID - 1)
    return np.asarray(low + step * steps, dtype=np.float64)


def _rounded(step: float) -> float:
    """Return the power of two at or below a step, so that sampled points are short binary fractions."""
    return 2.0 ** math.floor(math.log2(step))
