"""Basins of attraction: the share of all starts from which evolution ends in each strict equilibrium, or in none.

All starts are followed until a strict equilibrium captures them, with proof, or the budget is spent. What the others
do (rest, cycle, approach a heteroclinic cycle) is told from a sample of them in every set: the classes are the same
for whole regions of starts, and following every one of them further would cost far more than it tells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from solvers.arrays import Advantages, Booleans, Floats, Integers
from solvers.attractors import Profile
from solvers.dynamics.fate import ARRIVED, Fate, Fates, fates_in_log_odds
from solvers.dynamics.integrate import UNSETTLED, follow_log_odds
from solvers.dynamics.problem import Replicator, log_odds, replicator
from solvers.errors import SolverInputError

CONFIDENCE = 0.95
FEWEST_SETS = 8
CLASSIFIED = 32
"""How many of the paths that nothing captures are classified per set."""
MOST_STEPS = 300
"""Steps per path to capture; all but paths that start beside a border between basins need a few dozen."""
METHOD = (
    "replicator, equal speeds, starts uniform on (0,1)^n: independently scrambled Sobol sets, t interval over the "
    "sets; ends proved by capture"
)
SAMPLED = f"; of the paths that nothing captures, up to {CLASSIFIED} per set were classified, which is no proof"
NOTHING_CAPTURES = f"; no strict equilibrium exists, so only {CLASSIFIED} starts per set were followed"


@dataclass(frozen=True, slots=True)
class BasinShare:
    """Estimated share of the starts with a confidence interval (95 %)."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Basins:
    """Shares of starts by outcome; those of the strict equilibria and ``unsettled`` add up to one.

    Attributes
    ----------
    outcomes : share per strict equilibrium
    unsettled : share of starts that nothing captured within the budget; the four below add up to it
    at_rest, cycling, heteroclinic, undecided : what the unsettled paths do, see ``solvers.dynamics.fate``
    cycles : heteroclinic cycles that were seen, as pure profiles in the order of the visits
    samples : starts followed
    sets : independently scrambled Sobol sets they came in
    method : in words
    """

    outcomes: dict[Profile, BasinShare]
    unsettled: BasinShare
    at_rest: BasinShare
    cycling: BasinShare
    heteroclinic: BasinShare
    undecided: BasinShare
    cycles: tuple[tuple[Profile, ...], ...]
    samples: int
    sets: int
    method: str


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
    game = replicator(advantages)
    if not game.targets:
        samples = min(samples, CLASSIFIED)
    blocks = [qmc.Sobol(n, scramble=True, rng=child).random(samples) for child in rng.spawn(sets)]
    # A coordinate of exactly 0 has probability 2**-30 per start; it is moved inside, where paths can run.
    starts = log_odds(np.clip(np.concatenate(blocks), 2.0**-40, 1.0 - 2.0**-40), n)
    outcome, method = np.full(len(starts), UNSETTLED), METHOD
    if game.targets:
        outcome, _ = follow_log_odds(game, starts.copy(), horizon=1e6, most_steps=MOST_STEPS, tolerance=1e-8)
        followed = _classify(game, starts, np.flatnonzero(_chosen(outcome, sets)))
        late = np.array([fate is Fate.SETTLED for fate in followed[1].fate], dtype=np.bool_)
        if late.any():  # some only needed longer: then no path may be taken for another
            followed = _classify(game, starts, np.flatnonzero(outcome == UNSETTLED))
            late = np.array([fate is Fate.SETTLED for fate in followed[1].fate], dtype=np.bool_)
            ends = [game.targets.index(end) for end in followed[1].target if end is not None]
            outcome[followed[0][late]] = ends
    else:
        followed, method = _classify(game, starts, np.arange(len(starts))), METHOD + NOTHING_CAPTURES
    left = (outcome == UNSETTLED).reshape(sets, samples)
    if left.any() and game.targets:
        method = METHOD + SAMPLED
    total = sets * samples
    unsettled = interval(left.mean(axis=1), total) if game.targets else BasinShare(1.0, 1.0, 1.0)
    parts = _parts(left, unsettled, *followed)
    by_set = outcome.reshape(sets, samples)
    return Basins(
        outcomes={target: interval((by_set == k).mean(axis=1), total) for k, target in enumerate(game.targets)},
        unsettled=unsettled,
        at_rest=parts[Fate.AT_REST],
        cycling=parts[Fate.CYCLING],
        heteroclinic=parts[Fate.HETEROCLINIC],
        undecided=parts[Fate.UNDECIDED],
        cycles=tuple(sorted({cycle for cycle in followed[1].cycle if cycle}, reverse=True)),
        samples=total,
        sets=sets,
        method=method,
    )


def _chosen(outcome: Integers, sets: int) -> Booleans:
    """The first ``CLASSIFIED`` paths of every set that nothing captured."""
    left = (outcome == UNSETTLED).reshape(sets, -1)
    chosen: Booleans = (left & (np.cumsum(left, axis=1) <= CLASSIFIED)).ravel()
    return chosen


def _classify(game: Replicator, starts: Floats, which: Integers) -> tuple[Integers, Fates]:
    """Positions and fates of some of the paths."""
    n = starts.shape[1]
    goal = np.zeros(n)
    fates = fates_in_log_odds(
        game, starts[which], goal=goal, level=ARRIVED, horizon=1e9, most_steps=2_000, tolerance=1e-8, settled=1e-2
    )
    return which, fates


def _parts(left: Booleans, unsettled: BasinShare, which: Integers, fates: Fates) -> dict[Fate, BasinShare]:
    """Share of the starts by fate: its part of the classified paths, times the share that nothing captured."""
    sets, samples = left.shape
    count = {fate: np.zeros(sets) for fate in Fate}
    for place, fate in zip(which, fates.fate, strict=True):
        if left.ravel()[place]:
            count[fate][place // samples] += 1.0
    classified = sum(count.values(), np.zeros(sets))
    if not left.any():
        return dict.fromkeys(Fate, unsettled)
    parts = {}
    for fate, each in count.items():
        among = interval(each / np.maximum(classified, 1.0), int(classified.sum()))
        by_set = interval(left.mean(axis=1) * each / np.maximum(classified, 1.0), left.size)
        # None, or all, of the classified paths: no narrower than so many paths allow.
        low = unsettled.low * among.low if among.share == 1.0 else by_set.low
        high = unsettled.high * among.high if among.share in (0.0, 1.0) else by_set.high
        parts[fate] = BasinShare(by_set.share, low, high)
    return parts
