"""Basins of attraction: the share of all starts from which evolution ends in each strict equilibrium."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from solvers.arrays import Advantages, Floats
from solvers.attractors import Profile
from solvers.dynamics.capture import capture_width
from solvers.dynamics.integrate import UNSETTLED, Ends, follow_to_capture
from solvers.errors import SolverInputError

CONFIDENCE = 0.95
FEWEST_SETS = 8
NOT_FOLLOWED = "no strict equilibrium exists, so no path can be captured; none was followed"


@dataclass(frozen=True, slots=True)
class BasinShare:
    """Estimated share of the starts with a confidence interval (95 %)."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Basins:
    """Shares of starts by outcome; they add up to one with the unsettled ones.

    Attributes
    ----------
    outcomes : share per strict equilibrium
    unsettled : share of starts that nothing captured within the budget: cycles, heteroclinic paths, ties
    samples : starts followed
    sets : independently scrambled Sobol sets they came in
    method : in words
    """

    outcomes: dict[Profile, BasinShare]
    unsettled: BasinShare
    samples: int
    sets: int
    method: str = (
        "replicator, equal speeds, starts uniform on (0,1)^n: independently scrambled Sobol sets, "
        "t interval over the sets; ends proved by capture"
    )


def interval(per_set: Floats, samples: int) -> BasinShare:
    """Mean over the sets with its t interval.

    Where all sets agree on 0 or 1 the t interval has no width; the exact binomial bound for as many independent
    starts is given instead, so that no share is claimed more certain than the number of starts allows.

    Examples
    --------
    >>> interval(np.zeros(8), 4096).high < 0.001
    True
    """
    share = float(per_set.mean())
    spread = float(per_set.std(ddof=1)) / np.sqrt(per_set.size)
    half = float(stdtrit(per_set.size - 1, 0.5 + CONFIDENCE / 2) * spread)
    low, high = max(0.0, share - half), min(1.0, share + half)
    bound = 1.0 - (0.5 - CONFIDENCE / 2) ** (1.0 / samples)
    if share == 0.0:
        high = bound
    if share == 1.0:
        low = 1.0 - bound
    return BasinShare(share, low, high)


def basins(advantages: Advantages, *, rng: np.random.Generator, sets: int = 8, samples: int = 512) -> Basins:
    """Estimate the share of starts that each strict equilibrium attracts.

    Parameters
    ----------
    advantages : shape (n, 2, ..., 2)
        Payoff of index 1 minus index 0 at the pure profiles, ties exactly 0.
    rng : numpy.random.Generator
        Source of the scrambling; the same generator state gives the same bits.
    sets, samples : int
        Number of scrambled Sobol sets (at least 8) and starts per set (a power of two is best).

    Examples
    --------
    >>> from solvers.expected import payoff_advantages
    >>> pure = np.array([[[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]])
    >>> result = basins(payoff_advantages(pure), rng=np.random.default_rng(0))
    >>> result.outcomes[(1, 1)].low < 0.5 < result.outcomes[(1, 1)].high
    True
    """
    from scipy.stats import qmc

    if sets < FEWEST_SETS or samples < 2:
        raise SolverInputError("basins.sets", sets=sets, samples=samples)
    n = advantages.ndim - 1
    if not any(capture_width(advantages, profile) > 0.0 for profile in np.ndindex((2,) * n)):
        # Nothing can capture a path: following any would only spend the budget.
        return Basins({}, BasinShare(1.0, 1.0, 1.0), 0, 0, NOT_FOLLOWED)
    blocks = [qmc.Sobol(n, scramble=True, rng=child).random(samples) for child in rng.spawn(sets)]
    # A coordinate of exactly 0 has probability 2**-30 per start; it is moved inside, where paths can run.
    starts = np.clip(np.concatenate(blocks), 2.0**-40, 1.0 - 2.0**-40)
    ends: Ends = follow_to_capture(advantages, starts)
    by_set = ends.outcome.reshape(sets, samples)
    return Basins(
        outcomes={
            target: interval((by_set == k).mean(axis=1), sets * samples) for k, target in enumerate(ends.targets)
        },
        unsettled=interval((by_set == UNSETTLED).mean(axis=1), sets * samples),
        samples=sets * samples,
        sets=sets,
    )
