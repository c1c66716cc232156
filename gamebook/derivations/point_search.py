"""Looking for parameters at which several formulas are positive at once; what is found is confirmed exactly.

Affine formulas are settled by a linear programme. For others the best sampled point is improved by random steps, then
by linear programmes one after another; not finding a point then says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import sympy
from numpy.typing import NDArray

from gamebook.derivations.climbing import climb
from gamebook.derivations.domain import GRID, Domain, admissible, sampled_step
from gamebook.derivations.evaluation import InexactError
from gamebook.derivations.positivity import Polynomial, polynomial

ROUNDS = 24
CANDIDATES = 128
LARGEST_DENOMINATOR = 10_000
CLIMBED = (0, 40, 600)  # ranks among the sampled points of those from which programmes climb
Point = dict[sympy.Symbol, Fraction]


def find_point(domain: Domain, formulas: Sequence[sympy.Expr], *, seed: int = 0) -> Point | None:
    """Return a point of the domain where all formulas are positive, if one is found.

    Examples
    --------
    >>> import gamebook
    >>> from gamebook.derivations.domain import domain
    >>> from gamebook.derivations.payoff_cells import payoff_cells
    >>> game = gamebook.load("inspection").game
    >>> cells = payoff_cells(game, game.defaults(), ["c", "f", "k"])
    >>> c, f, k = (sympy.Symbol(name, real=True) for name in "cfk")
    >>> point = find_point(domain(cells, []), [f - 3*c, c - 2*k])
    >>> point[f] > 3*point[c] > 6*point[k]
    True
    """
    if not formulas or not domain.count:
        return None
    affine = [polynomial(formula) for formula in (*formulas, *(found.positive for found in domain.assumptions))]
    if all(found is not None and _is_affine(found) for found in affine):
        there_is, found = _by_programme(domain, [found for found in affine if found is not None], formulas)
        if found is not None or not there_is:
            return found
    return _by_steps(domain, formulas, np.random.default_rng(seed)) or _by_climbing(domain, formulas)


def nearer(
    domain: Domain,
    formulas: Sequence[sympy.Expr],
    point: Mapping[sympy.Symbol, Fraction],
    here: Mapping[sympy.Symbol, Fraction],
) -> Point:
    """Return a point where the formulas are positive too and as many parameters as possible have the values in use.

    One parameter after another takes its value in use if all formulas stay positive. That may be an end of its
    bounds: the formulas are then also positive close by. The other values are made as short as that allows.
    """
    found = dict(point)
    for name, value in here.items():
        tried = {**found, name: value}
        if found[name] != value and _confirmed(domain, formulas, tried) is not None:
            found = tried
    for name, value in found.items():
        for digits in (1, 2, 3):
            tried = {**found, name: Fraction(f"{float(value):.{digits}g}")}
            if value != here[name] and _confirmed(domain, formulas, tried) is not None:
                found = tried
                break
    return found


def _is_affine(formula: Polynomial) -> bool:
    return all(sum(power for _, power in key) <= 1 and not any("[" in name for name, _ in key) for key in formula)


def _by_programme(
    domain: Domain, affine: Sequence[Polynomial], formulas: Sequence[sympy.Expr]
) -> tuple[bool, Point | None]:
    """Make the smallest of the affine formulas as large as the bounds allow.

    Returns whether the bounds leave room for a point, and the point if the game accepts it.
    """
    from scipy.optimize import linprog

    names = list(domain.samples)
    place = {name.name: column for column, name in enumerate(names)}
    rows, right = [], []
    for formula in affine:
        row = np.zeros(len(names) + 1)
        for key, factor in formula.items():
            if key:
                row[place[key[0][0]]] = -float(factor)
        row[-1] = max(np.abs(row[:-1]).max(), 1e-12)
        rows.append(row)
        right.append(float(formula.get((), Fraction(0))))
    bounds: list[tuple[float | None, float | None]] = []
    for name in names:
        low, high = domain.ranges[name].low, domain.ranges[name].high
        slack = (float(high) - float(low)) / GRID if low is not None and high is not None else 1e-3
        bounds.append((None if low is None else float(low) + slack, None if high is None else float(high) - slack))
    found = linprog([*np.zeros(len(names)), -1.0], A_ub=rows, b_ub=right, bounds=[*bounds, (None, 1.0)])
    if found.status != 0 or found.x[-1] <= 0:
        return False, None
    short = [Fraction(float(value)).limit_denominator(LARGEST_DENOMINATOR) for value in found.x[:-1]]
    return True, _confirmed(domain, formulas, dict(zip(names, short, strict=True)))


def _confirmed(domain: Domain, formulas: Sequence[sympy.Expr], point: Point) -> Point | None:
    try:
        good = domain.holds(point) and all(domain.value(formula, point) > 0 for formula in formulas)
    except InexactError:
        return None
    arrays = {name: np.array([float(value)]) for name, value in point.items()}
    return point if good and admissible(domain.cells, arrays)[0] else None


def _by_steps(domain: Domain, formulas: Sequence[sympy.Expr], rng: np.random.Generator) -> Point | None:
    margins = np.stack([domain.at_samples(formula) for formula in formulas])
    scale = np.nanmedian(np.abs(margins), axis=1, keepdims=True) + 1e-300
    worst = np.min(margins / scale, axis=0)
    worst = np.where(np.isnan(worst), -np.inf, worst)
    best = int(np.argmax(worst))
    here = {name: float(values[best]) for name, values in domain.samples.items()}
    for _ in range(ROUNDS):
        near = _around(domain, here, rng)
        values = np.min(np.stack([domain.at(formula, near) for formula in formulas]) / scale, axis=0)
        values = np.where(_inside(domain, near), values, -np.inf)
        top = int(np.nanargmax(values))
        if values[top] > worst[best]:
            worst[best] = values[top]
            here = {name: float(column[top]) for name, column in near.items()}
        if worst[best] > 0:
            found = _confirmed(domain, formulas, {name: Fraction(value) for name, value in here.items()})
            if found is not None:
                return found
    return None


def _by_climbing(domain: Domain, formulas: Sequence[sympy.Expr]) -> Point | None:
    """Climb from a few sampled points, the best ones and others further down."""
    margins = np.stack([domain.at_samples(formula) for formula in formulas])
    scale = np.nanmedian(np.abs(margins), axis=1, keepdims=True) + 1e-300
    order = np.argsort(-np.nan_to_num(np.min(margins / scale, axis=0), nan=-np.inf), kind="stable")
    for found in climb(domain, formulas, [int(order[place]) for place in CLIMBED if place < len(order)]):
        for denominator in (LARGEST_DENOMINATOR, LARGEST_DENOMINATOR**2):
            point = {name: Fraction(value).limit_denominator(denominator) for name, value in found.items()}
            if _confirmed(domain, formulas, point) is not None:
                return point
    return None


def _inside(domain: Domain, points: dict[sympy.Symbol, NDArray[np.float64]]) -> NDArray[np.bool_]:
    good = admissible(domain.cells, points)
    for assumption in domain.assumptions:
        value = domain.at(assumption.positive, points)
        good &= value > 0 if assumption.strict else value >= 0
    return good


def _around(
    domain: Domain, here: dict[sympy.Symbol, float], rng: np.random.Generator
) -> dict[sympy.Symbol, NDArray[np.float64]]:
    """Return points that differ from one in a few parameters, by small and large steps of the sampling grid."""
    changed = rng.random((len(here), CANDIDATES)) < np.minimum(1.0, 3.0 / len(here))
    found = {}
    for row, (name, value) in enumerate(here.items()):
        low, step = sampled_step(domain, name)
        steps = np.round((value - low) / step)
        jump = np.round(rng.normal(0.0, 1.0, CANDIDATES) * 4.0 ** rng.integers(0, 7, CANDIDATES))
        found[name] = low + step * np.clip(np.where(changed[row], steps + jump, steps), 1, GRID - 1)
    return found
