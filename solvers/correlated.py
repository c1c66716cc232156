"""Correlated and coarse correlated equilibria: the best and the worst for any linear objective, with a dual bound.

A mediator draws a pure profile and tells each player its own part. The distribution is a correlated equilibrium if
nobody gains by doing otherwise, whatever it is told (Aumann 1974, 1987); it is coarse if nobody gains by ignoring the
mediator from the start (Moulin and Vial 1978). Both sets are polytopes, so the best for a linear objective is a linear
programme. Its dual prices give a bound that no equilibrium can beat, computed here from the prices alone: if it meets
the value found, the value is proved.

References
----------
R. J. Aumann (1987), Correlated equilibrium as an expression of Bayesian rationality, Econometrica 55, 1-18.
H. Moulin, J.-P. Vial (1978), Strategically zero-sum games: the class of games whose completely mixed equilibria
cannot be improved upon, International Journal of Game Theory 7, 201-221.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from solvers.arrays import Floats, PayoffTensor
from solvers.errors import SolverInputError
from solvers.mixed_profiles import payoff_array, payoff_scale

Sense: TypeAlias = Literal["best", "worst"]

MOST_PROFILES = 1_000_000
TOLERANCE = 1e-9
"""Largest relative violation and gap of a verified result."""


@dataclass(frozen=True, slots=True, eq=False)
class CorrelatedEquilibrium:
    """A correlated equilibrium that is best or worst for an objective, with its checks.

    Attributes
    ----------
    coarse, sense : which concept, and which end
    distribution : shape (m1, ..., mn), probability of each pure profile; one of possibly many that are optimal
    payoffs : shape (n,), expected payoff of each player
    value : of the objective
    bound : what no equilibrium of this kind can go beyond, by the dual prices; value and bound bracket the optimum
    violation : largest expected gain of any player from any way of disobeying, in payoff units; 0 would be exact
    prices : dual price of each incentive constraint, in the order of ``incentives``
    verified : violation and gap are within rounding
    """

    coarse: bool
    sense: Sense
    distribution: Floats
    payoffs: Floats
    value: float
    bound: float
    violation: float
    prices: Floats
    verified: bool

    @property
    def gap(self) -> float:
        """How far the value is from the proved bound."""
        return abs(self.bound - self.value)


def incentives(payoffs: PayoffTensor, *, coarse: bool = False) -> csr_array:
    """Incentive constraints as a sparse matrix: rows @ distribution >= 0 makes an equilibrium.

    Parameters
    ----------
    payoffs : shape (n, m1, ..., mn)
    coarse : bool
        One row per player and deviation; else one per player, recommendation and other strategy.

    Returns
    -------
    shape (constraints, m1 * ... * mn), in payoff units

    Examples
    --------
    >>> hunt = np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])
    >>> incentives(hunt).toarray()[1]
    array([ 2., -1.,  0.,  0.])
    """
    shape = payoffs.shape[1:]
    where = np.arange(int(np.prod(shape))).reshape(shape)
    data, rows, columns, count = [], [], [], 0
    for player, cells in enumerate(payoffs):
        for deviation in range(shape[player]):
            instead = np.take(cells, [deviation], axis=player)
            loss = cells - instead
            for told in range(1 if coarse else shape[player]):
                if not coarse and told == deviation:
                    continue
                part = loss if coarse else np.take(loss, told, axis=player)
                place = where if coarse else np.take(where, told, axis=player)
                kept = part.ravel() != 0.0
                data.append(part.ravel()[kept])
                columns.append(place.ravel()[kept])
                rows.append(np.full(int(kept.sum()), count))
                count += 1
    joined = (np.concatenate(data), (np.concatenate(rows), np.concatenate(columns))) if data else ([], ([], []))
    return csr_array(joined, shape=(count, where.size), dtype=np.float64)


def correlated_equilibrium(
    payoffs: ArrayLike, objective: ArrayLike | None = None, *, sense: Sense = "best", coarse: bool = False
) -> CorrelatedEquilibrium:
    """Find the correlated equilibrium that is best, or worst, for a linear objective.

    Parameters
    ----------
    payoffs : shape (n, m1, ..., mn)
    objective : shape (m1, ..., mn), value of each pure profile; the sum of all payoffs by default
    sense : "best" or "worst"
    coarse : bool
        Whether disobeying is only possible before the recommendation is known.

    Raises
    ------
    SolverInputError
        If the payoffs or the objective cannot be worked with.

    Examples
    --------
    Chicken (Aumann 1987): a traffic light earns 5 1/4 each, more than any mixture of equilibria.

    >>> chicken = [[[6, 2], [7, 0]], [[6, 7], [2, 0]]]
    >>> best = correlated_equilibrium(chicken)
    >>> best.distribution.round(6).tolist(), round(best.value, 6), best.verified
    ([[0.5, 0.25], [0.25, 0.0]], 10.5, True)
    """
    tensor = payoff_array(payoffs)
    shape = tensor.shape[1:]
    size = int(np.prod(shape))
    if size > MOST_PROFILES:
        raise SolverInputError("correlated.size", profiles=size, most=MOST_PROFILES)
    goal = tensor.sum(axis=0) if objective is None else np.asarray(objective, dtype=np.float64)
    if goal.shape != shape or not np.isfinite(goal).all():
        raise SolverInputError("correlated.objective", given=goal.shape, shape=shape)
    sign = 1.0 if sense == "best" else -1.0
    raw = incentives(tensor, coarse=coarse)
    scale = _row_scale(tensor, coarse=coarse)
    rows = csr_array(raw.multiply(1.0 / scale[:, None]))
    spread = float(np.abs(goal - goal.flat[0]).max()) or 1.0
    heights = sign * (goal.ravel() - goal.flat[0]) / spread
    weights, prices = _optimum(heights, rows)
    value = float(goal.ravel() @ weights)
    # Any prices >= 0 give a bound: the objective plus the priced incentives is at least the objective at an
    # equilibrium.
    bound = sign * spread * float((heights + rows.T @ prices).max()) + float(goal.flat[0])
    slack = raw @ weights
    violation = float(max(0.0, -slack.min())) if slack.size else 0.0
    relative = float(max(0.0, -(rows @ weights).min())) if slack.size else 0.0
    distribution = weights.reshape(shape)
    distribution.flags.writeable = False
    return CorrelatedEquilibrium(
        coarse=coarse,
        sense=sense,
        distribution=distribution,
        payoffs=(tensor.reshape(len(tensor), -1) @ weights),
        value=value,
        bound=bound,
        violation=violation,
        prices=prices * spread / scale,
        verified=bool(relative <= TOLERANCE and abs(bound - value) <= TOLERANCE * spread),
    )


def _row_scale(payoffs: PayoffTensor, *, coarse: bool) -> Floats:
    """Size of each incentive row's player: rows of a player who counts in cents weigh like all others."""
    sizes = [m if coarse else m * (m - 1) for m in payoffs.shape[1:]]
    scale = payoff_scale(payoffs)
    return np.repeat(np.where(scale > 0.0, scale, 1.0), sizes)


def _optimum(heights: Floats, rows: csr_array) -> tuple[Floats, Floats]:
    """Maximise heights @ q over distributions q with rows @ q >= 0; returns q and the prices of the rows."""
    from scipy.optimize import linprog

    found = None
    for tolerance in (1e-10, 1e-7):
        found = linprog(
            c=-heights,
            A_ub=-rows if rows.shape[0] else None,
            b_ub=np.zeros(rows.shape[0]) if rows.shape[0] else None,
            A_eq=np.ones((1, heights.size)),
            b_eq=[1.0],
            bounds=(0.0, None),
            method="highs",
            options={"primal_feasibility_tolerance": tolerance, "dual_feasibility_tolerance": tolerance},
        )
        if found.status == 0:
            break
    if found is None or found.status != 0:
        raise SolverInputError("correlated.failed", reason=getattr(found, "message", "-"))
    weights = np.maximum(found.x, 0.0)
    prices = np.maximum(-found.ineqlin.marginals, 0.0) if rows.shape[0] else np.zeros(0)
    return weights / weights.sum(), prices


def violation(payoffs: ArrayLike, distribution: ArrayLike, *, coarse: bool = False) -> float:
    """Largest expected gain of any player from disobeying a mediator who draws from the distribution; 0 at equilibria.

    Examples
    --------
    >>> violation([[[6, 2], [7, 0]], [[6, 7], [2, 0]]], [[1, 0], [0, 0]])
    1.0
    """
    tensor = payoff_array(payoffs)
    weights = np.asarray(distribution, dtype=np.float64)
    if weights.shape != tensor.shape[1:]:
        raise SolverInputError("correlated.objective", given=weights.shape, shape=tensor.shape[1:])
    slack = incentives(tensor, coarse=coarse) @ weights.ravel()
    return float(max(0.0, -slack.min())) if slack.size else 0.0
