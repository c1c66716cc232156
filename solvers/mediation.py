"""What a mediator is worth: the best correlated equilibrium against the best Nash equilibrium."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np

from solvers.arrays import Floats
from solvers.general.normal_form import MixedProfile
from solvers.nash_list import NashList, NashSet

MOST_CORNERS = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class BestNash:
    """The largest value of an objective at any Nash equilibrium, bracketed.

    Attributes
    ----------
    low : value at the best equilibrium known; minus infinity if none is
    high : no equilibrium is better; equal to ``low`` where the list is complete and its sets are resolved
    profile : the best equilibrium known
    """

    low: float
    high: float
    profile: MixedProfile | None

    @property
    def exact(self) -> bool:
        """Whether the best is known, to rounding."""
        return math.isfinite(self.low) and self.high - self.low <= 1e-9 * max(1.0, abs(self.high), abs(self.low))


def expectation(table: Floats, profile: MixedProfile) -> float:
    """Expected value of a table over pure profiles when players mix independently."""
    for player in range(len(profile) - 1, -1, -1):
        table = table @ profile[player]
    return float(table)


def best_nash(objective: Floats, nash: NashList, *, ceiling: float = math.inf) -> BestNash:
    """Bracket the best value of an objective over all Nash equilibria.

    Parameters
    ----------
    objective : shape (m1, ..., mn), value of each pure profile
    nash : what ``nash_list`` returns
    ceiling : what no equilibrium can exceed, such as the bound of the best correlated equilibrium

    Notes
    -----
    Continua and undecided boxes are bounded by what a product of independent choices can reach inside their extent.
    Where ties that are not exact were assumed, the list is of a game next to this one, and only the ceiling bounds.

    Examples
    --------
    >>> from solvers.nash_list import nash_list
    >>> chicken = np.array([[[6.0, 2.0], [7.0, 0.0]], [[6.0, 7.0], [2.0, 0.0]]])
    >>> best = best_nash(chicken.sum(axis=0), nash_list(chicken))
    >>> round(best.low, 6), best.exact
    (9.333333, True)
    """
    known = [(expectation(objective, point.profile), point.profile) for point in nash.points]
    highs = []
    for item in nash.sets:
        if item.is_nash and item.vertices is not None and math.prod(map(len, item.vertices)) <= MOST_CORNERS:
            # Affine in each player's choice, so the best over a product of polytopes is at a choice of vertices.
            known += [(expectation(objective, corner), corner) for corner in itertools.product(*item.vertices)]
            continue
        if item.is_nash and item.representative is not None:
            known.append((expectation(objective, item.representative), item.representative))
        highs.append(_reach(objective, item))
    highs += [_reach(objective, item) for item in nash.undecided]
    low, profile = max(known, key=lambda pair: pair[0], default=(-math.inf, None))
    open_ended = nash.status == "near ties" or not (known or highs)
    high = ceiling if open_ended else min(ceiling, max([low, *highs]))
    return BestNash(low, max(low, high), profile)


def _reach(objective: Floats, item: NashSet) -> float:
    """Upper bound of an objective over the extent of a set: player by player, each cell for itself."""
    table = objective
    for low, high in zip(reversed(item.low), reversed(item.high), strict=True):
        order = np.argsort(-table, axis=-1)
        values = np.take_along_axis(table, order, axis=-1)
        least, most = low[order], high[order]
        # Every strategy has its least probability; what is left goes to the best ones, up to their most.
        room = most - least
        left = 1.0 - float(low.sum())
        before = np.cumsum(room, axis=-1) - room
        table = (values * (least + np.clip(left - before, 0.0, room))).sum(axis=-1)
    return float(table)
