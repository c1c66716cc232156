"""Logit quantal response equilibrium: the principal branch, from the centroid to the Nash equilibrium that it selects.

At precision lambda every player plays strategy k with probability proportional to exp(lambda * its payoff). At
lambda = 0 all mix evenly; from there one curve of solutions starts, the principal branch, which is followed by
predictor and corrector in arc length (Turocy 2005), so that it may turn back in lambda. In a generic game it ends, as
lambda grows, at one Nash equilibrium (McKelvey and Palfrey 1995). In games with symmetries it may pass points at which
other branches leave; they are reported, and the smooth continuation is followed.

The unknowns are the log-odds z of each strategy against the player's first one, so that no probability can leave
(0, 1): F(z, lambda) = z - lambda * (u_k - u_0) = 0. lambda is per unit of payoff; inside, payoffs are divided by the
largest payoff difference that a choice can make, so that nothing depends on the unit.

References
----------
R. D. McKelvey, T. R. Palfrey (1995), Quantal response equilibria for normal form games, Games and Economic Behavior 10,
6-38. T. L. Turocy (2005), A dynamic homotopy interpretation of the logistic quantal response equilibrium
correspondence, Games and Economic Behavior 51, 243-263.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from solvers.errors import SolverInputError
from solvers.general.normal_form import MixedProfile
from solvers.logit_branch import Branch, BranchPoint, LogitSystem, follow, point_at
from solvers.mixed_profiles import payoff_array, payoff_scale, regrets
from solvers.polish import polished

MOST_STEPS = 2_000
FARTHEST = 1e6
"""The branch is followed to this precision, in units of 1 / the largest payoff difference."""


class Special(StrEnum):
    """Points of the branch that have a name."""

    TURNING = "turning point"  # lambda stops growing or falling
    BIFURCATION = "bifurcation"  # other branches leave here: a symmetry breaks


@dataclass(frozen=True, slots=True, eq=False)
class QuantalResponse:
    """A point of the branch.

    Attributes
    ----------
    precision : lambda, per unit of payoff
    profile : probabilities of each player's strategies
    residual : largest difference between a probability and the logit response to the profile; 0 would be exact
    regret : largest gain of any player from its best strategy, in payoff units
    """

    precision: float
    profile: MixedProfile
    residual: float
    regret: float


@dataclass(frozen=True, slots=True, eq=False)
class SpecialPoint:
    """A turning point or a bifurcation, located along the branch; ``rank_drop`` directions meet there."""

    kind: Special
    precision: float
    profile: MixedProfile
    rank_drop: int


@dataclass(frozen=True, slots=True, eq=False)
class QuantalBranch:
    """The principal branch.

    Attributes
    ----------
    points : as followed, from lambda = 0
    special : turning points and bifurcations, in the order of the branch
    chosen : for each lambda asked for, all points of the branch there, in the order of the branch
    end : last point reached
    limit : Nash equilibrium that the end leads to, by Newton's method on its support; None if there is none nearby
    limit_regret : largest gain from deviating at the limit, in payoff units
    limit_distance : largest difference of a probability between the end and the limit
    unit : payoff difference by which lambda is scaled; lambda * unit is free of units
    status : ``complete``, or why the branch ends early: ``budget`` or ``stuck``
    """

    points: tuple[QuantalResponse, ...]
    special: tuple[SpecialPoint, ...]
    chosen: tuple[tuple[float, tuple[QuantalResponse, ...]], ...]
    end: QuantalResponse
    limit: MixedProfile | None
    limit_regret: float | None
    limit_distance: float | None
    unit: float
    status: str
    method: str = "principal branch by arc-length continuation in log-odds"

    @property
    def bifurcations(self) -> tuple[SpecialPoint, ...]:
        """Points at which other branches leave: from the first on, which way to go is a convention."""
        return tuple(point for point in self.special if point.kind is Special.BIFURCATION)

    @property
    def verified(self) -> bool:
        """Whether the branch was followed to its end and the limit is a Nash equilibrium to rounding."""
        exact = self.limit_regret is not None and self.limit_regret <= 1e-9 * self.unit
        return self.status == "complete" and exact


def quantal_response(
    payoffs: ArrayLike, *, precisions: Sequence[float] = (), most_steps: int = MOST_STEPS
) -> QuantalBranch:
    """Follow the principal branch of logit quantal response equilibria to its limit.

    Parameters
    ----------
    payoffs : shape (n, m1, ..., mn)
    precisions : values of lambda >= 0, per unit of payoff, at which the points of the branch are wanted
    most_steps : int
        Budget of steps along the branch.

    Raises
    ------
    SolverInputError
        If the payoffs or a precision cannot be worked with.

    Examples
    --------
    Stag hunt: the branch leads to the safe strategy, which is risk dominant (hare pays 2, stag 3 if both hunt).

    >>> branch = quantal_response([[[2, 2], [0, 3]], [[2, 0], [2, 3]]], precisions=[1.0])
    >>> [mixed.tolist() for mixed in branch.limit]
    [[1.0, 0.0], [1.0, 0.0]]
    >>> round(float(branch.chosen[0][1][0].profile[0][0]), 4)
    0.8042
    """
    tensor = payoff_array(payoffs)
    for value in precisions:
        if not (np.isfinite(value) and value >= 0.0):
            raise SolverInputError("quantal.precision", value=value)
    if most_steps < 1:
        raise SolverInputError("quantal.steps", value=most_steps)
    unit = float(payoff_scale(tensor).max()) or 1.0
    system = LogitSystem(tensor / unit)
    wanted = [value * unit for value in precisions]
    branch = follow(system, farthest=max([FARTHEST, *(2.0 * value for value in wanted)]), most_steps=most_steps)

    def described(point: BranchPoint) -> QuantalResponse:
        profile = system.profile(point.z)
        regret = float(regrets(tensor, profile).max())
        return QuantalResponse(point.precision / unit, profile, system.distance(point.z, point.precision), regret)

    end = described(branch.points[-1])
    limit = polished(tensor, end.profile)
    return QuantalBranch(
        points=tuple(described(point) for point in branch.points),
        special=tuple(_special(system, branch, unit)),
        chosen=tuple(
            (value / unit, tuple(described(point) for point in point_at(system, branch, value))) for value in wanted
        ),
        end=end,
        limit=limit,
        limit_regret=None if limit is None else float(regrets(tensor, limit).max()),
        limit_distance=None
        if limit is None
        else max(float(np.abs(a - b).max()) for a, b in zip(limit, end.profile, strict=True)),
        unit=unit,
        status=branch.status,
    )


def _special(system: LogitSystem, branch: Branch, unit: float) -> list[SpecialPoint]:
    kinds = {"turning": Special.TURNING, "bifurcation": Special.BIFURCATION}
    return [
        SpecialPoint(kinds[event.kind], event.point.precision / unit, system.profile(event.point.z), event.rank_drop)
        for event in branch.events
    ]
