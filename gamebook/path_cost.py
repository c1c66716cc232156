"""What a policy costs along the path from the status quo: outlay and burden, counting less the later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gamebook.discounting import annuity
from gamebook.flow import fastest_growth, paths_at
from gamebook.path_quantities import COST, quantities
from gamebook.problem import Problem
from solvers.arrays import Floats

YEARS, REVISION_RATE = 50.0, 0.1
"""Of the path, as ``simulate`` has them."""


@dataclass(frozen=True, slots=True)
class PathCost:
    """Outlay and burden along the path from the status quo.

    Attributes
    ----------
    total : per worker, discounted to the first year, in the unit of the game times years
    mean : the constant yearly amount that would cost as much
    discount : rate per year
    years, revision_rate : of the path
    """

    total: float
    mean: float
    discount: float
    years: float
    revision_rate: float


def path_cost(problem: Problem, discount: float) -> PathCost | None:
    """Follow the path from the status quo; None without a ledger, or where a share starts at its border."""
    free = list(problem.free)
    here = problem.start[free]
    if problem.accounts is None or not ((here > 0.0) & (here < 1.0)).all():
        return None
    pace = np.full(len(free), REVISION_RATE)

    def shares_at(moments: Floats, some: slice) -> Floats:
        full = np.repeat(problem.start[None, None], len(moments), axis=1)
        full[..., free] = paths_at(problem, here[None], moments, speeds=pace)
        return full

    found = quantities(
        problem, shares_at, paths=1, times=np.array([0.0, YEARS]), delta=0.0, discount=discount,
        fastest=fastest_growth(problem, pace), at_once=1,
    )  # fmt: skip
    total = float(found.discounted[COST][0])
    return PathCost(total, total / annuity(discount, YEARS), discount, YEARS, REVISION_RATE)
