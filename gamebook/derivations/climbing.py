"""Climbing to a point at which several formulas are positive: a linear programme at every step.

The formulas are taken as affine near a point; a linear programme moves within a box so that the smallest of them, each
in its own scale, becomes as large as it can, and the box grows or shrinks as that succeeds. Ranges of derived
quantities that the game asks for are kept to on the way. What is found counts only after an exact check elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import sympy
from numpy.typing import NDArray
from scipy.optimize import linprog

from gamebook.derivations.domain import Domain, sampled_step
from gamebook.derivations.evaluation import rational

STEPS = 24
SMALL = 1e-6  # of a parameter's width: step of the differences
CLEAR = 1e-3  # of a formula's scale: how far above 0 it has to come
Place = dict[sympy.Symbol, float]


def climb(domain: Domain, formulas: Sequence[sympy.Expr], starts: Sequence[int]) -> list[Place]:
    """Return points at which all formulas are positive in floating point, the clearest first.

    Parameters
    ----------
    starts : numbers of the sampled points to begin at

    Examples
    --------
    >>> import gamebook
    >>> from gamebook.derivations.domain import domain
    >>> from gamebook.derivations.payoff_cells import payoff_cells
    >>> game = gamebook.load("inspection").game
    >>> c, f, k = (sympy.Symbol(name, real=True) for name in "cfk")
    >>> (found,) = climb(domain(payoff_cells(game, game.defaults(), ["c", "f", "k"]), []), [f*c - 900*k, k - 990], [0])
    >>> found[f] * found[c] > 900 * found[k] > 900 * 990
    True
    """
    climber = _Climber(domain, formulas)
    found = [climber.from_start(index) for index in starts]
    good = sorted((item for item in found if item[0] > 0), key=lambda item: -item[0])
    return [dict(zip(climber.names, map(float, place), strict=True)) for _, place in good]


class _Climber:
    def __init__(self, domain: Domain, formulas: Sequence[sympy.Expr]) -> None:
        self.domain = domain
        self.names = list(domain.samples)
        self.low = np.array([sampled_step(domain, name)[0] for name in self.names])
        steps = np.array([sampled_step(domain, name)[1] for name in self.names])
        high = [domain.ranges[name].high for name in self.names]
        reach = self.low + 4096 * steps
        self.high = np.array([far if end is None else float(end) for end, far in zip(high, reach, strict=True)])
        self.width = self.high - self.low
        self.formulas = list(formulas)
        limits = [(part.symbol, part.range) for part in domain.cells.parts if not part.shares]
        self.guards = [found.positive for found in domain.assumptions]
        for formula, allowed in (*limits, *domain.cells.limits):
            if allowed.low is not None:
                self.guards.append(formula - rational(allowed.low))
            if allowed.high is not None:
                self.guards.append(rational(allowed.high) - formula)
        values = np.array([domain.at_samples(formula) for formula in formulas])
        self.scale = np.nanmedian(np.abs(values), axis=1) + 1e-300

    def values(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return all formulas and guards at many places; shape (formula, place)."""
        points = {name: places[:, column] for column, name in enumerate(self.names)}
        return self.domain.at_all([*self.formulas, *self.guards], points)

    def from_start(self, index: int) -> tuple[float, NDArray[np.float64]]:
        """Climb from a sampled point; return the least formula in its scale, and where."""
        place = np.array([self.domain.samples[name][index] for name in self.names])
        count = len(self.formulas)
        scale = np.concatenate([self.scale, np.ones(len(self.guards))])
        radius, best = 0.25, -np.inf
        for _ in range(STEPS):
            steps = np.where(place + SMALL * self.width < self.high, 1.0, -1.0) * SMALL * self.width
            around = self.values(np.vstack([place, place + np.diag(steps)])) / scale[:, None]
            here = around[:, 0]
            best = float(here[:count].min()) if (here[count:] >= -1e-9).all() else -np.inf
            if best > CLEAR:
                break
            slopes = (around[:, 1:] - here[:, None]) / steps * self.width
            moved = self._programme(place, here, slopes, radius, count)
            if moved is None:
                break
            there = self.values(moved[None])[:, 0] / scale
            better = float(there[:count].min()) if (there[count:] >= -1e-9).all() else -np.inf
            if better > best:
                place, best, radius = moved, better, min(1.0, radius * 2)
            else:
                radius /= 4
                if radius < 1e-4:
                    break
        return best, place

    def _programme(
        self, place: NDArray[np.float64], here: NDArray[np.float64], slopes: NDArray[np.float64], radius: float,
        count: int,
    ) -> NDArray[np.float64] | None:  # fmt: skip
        """Move within a box so that the least of the formulas, taken as affine, is as large as it can be."""
        least = np.maximum((self.low - place) / self.width + 1e-6, -radius)
        most = np.minimum((self.high - place) / self.width - 1e-6, radius)
        lift = np.zeros((len(here), 1))
        lift[:count] = 1.0
        good = np.isfinite(slopes).all(axis=1) & np.isfinite(here)
        bounds = [*zip(np.minimum(least, 0), np.maximum(most, 0), strict=True), (None, 10.0)]
        cost = np.zeros(len(place) + 1)
        cost[-1] = -1.0
        found = linprog(cost, A_ub=np.hstack([-slopes, lift])[good], b_ub=here[good],
                        bounds=bounds, method="highs")  # fmt: skip
        return None if found.status != 0 else np.asarray(place + found.x[:-1] * self.width, dtype=np.float64)
