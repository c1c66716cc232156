"""Basins of attraction: the share of all starts from which evolution ends in each strict equilibrium, or in none.

All starts are followed until a strict equilibrium captures them, with proof, or the budget is spent. What the others
do (rest, cycle, approach a heteroclinic cycle) is told from a sample of them in every set: the classes are the same
for whole regions of starts, and following every one of them further would cost far more than it tells.

Starts come in independently scrambled Sobol sets, so that the shares found in the sets are independent and a t
interval over them holds. Where a width is wanted, every set is doubled until all intervals are that narrow; a Sobol
set of twice the size keeps the starts it had.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit
from scipy.stats import qmc

from solvers.arrays import Advantages, Booleans, Floats, Integers
from solvers.attractors import Profile
from solvers.dynamics.fate import Fate
from solvers.dynamics.integrate import UNSETTLED
from solvers.errors import SolverInputError
from solvers.outcomes import OTHERS, OutcomeFinder, ReplicatorOutcomes

CONFIDENCE = 0.95
FEWEST_SETS, MOST_SETS = 8, 1024
CLASSIFIED = 32
"""How many of the paths that nothing captures are classified per set, at first."""
MOST_CLASSIFIED = 2**15
"""Of all sets together."""
MOST_STARTS = 2**21
"""Starts in all after which no set is doubled any more."""
AT_ONCE = 2**17
"""Starts followed between two reports of progress."""
NARROWEST, WIDEST = 1e-4, 1.0
INSIDE = 2.0**-40
"""A share of exactly 0 or 1 has probability 2**-30 per start; it is moved inside, where paths can run."""
METHOD = (
    "{dynamics}, starts uniform on {box}: independently scrambled Sobol sets, t interval over the sets; ends proved "
    "by capture"
)
SAMPLED = f"; of the paths that nothing captures, up to {CLASSIFIED} per set were classified, which is no proof"
SAMPLED_MORE = "; of the paths that nothing captures, {count:,} were classified, which is no proof"
NOTHING_CAPTURES = f"; no strict equilibrium exists, so only {CLASSIFIED} starts per set were followed"

Progress = Callable[[int, int], None]
"""Called with the starts followed and the largest number there will be."""


@dataclass(frozen=True, slots=True)
class BasinShare:
    """Estimated share of the starts with a confidence interval (95 %)."""

    share: float
    low: float
    high: float

    @property
    def width(self) -> float:
        """Of the interval."""
        return self.high - self.low


@dataclass(frozen=True, slots=True, eq=False)
class Basins:
    """Shares of starts by outcome; those of the strict equilibria and ``unsettled`` add up to one.

    Attributes
    ----------
    outcomes : share per strict equilibrium
    counts : number of starts per strict equilibrium
    unsettled : share of starts that nothing captured within the budget; the four below add up to it
    at_rest, cycling, heteroclinic, undecided : what the unsettled paths do, see ``solvers.dynamics.fate``
    classified : number of unsettled paths by what they do, of those that were looked at
    cycles : heteroclinic cycles that were seen, as pure profiles in the order of the visits
    samples : starts followed
    sets : independently scrambled Sobol sets they came in
    width : wanted of every interval; None if none was
    method : in words
    """

    outcomes: dict[Profile, BasinShare]
    counts: dict[Profile, int]
    unsettled: BasinShare
    at_rest: BasinShare
    cycling: BasinShare
    heteroclinic: BasinShare
    undecided: BasinShare
    classified: dict[Fate, int]
    cycles: tuple[tuple[Profile, ...], ...]
    samples: int
    sets: int
    width: float | None
    method: str

    @property
    def widest(self) -> float:
        """Width of the widest interval of any outcome."""
        others = (self.unsettled, self.at_rest, self.cycling, self.heteroclinic, self.undecided)
        return max(each.width for each in (*self.outcomes.values(), *others))

    @property
    def reached(self) -> bool:
        """Whether every interval is as narrow as was wanted; True if no width was."""
        return self.width is None or self.widest <= self.width


def interval(per_set: Floats, samples: int) -> BasinShare:
    """Mean over the sets with its t interval.

    Where all sets agree on 0 or 1 the t interval has no width; the exact binomial bound for as many independent
    starts is given instead, so that no share is claimed more certain than the number of starts allows. Where they
    agree on another share, as they do if a border runs along the cells of the Sobol sets, one start is allowed for.

    Examples
    --------
    >>> interval(np.zeros(8), 4096).high < 0.001
    True
    """
    share = float(per_set.mean())
    spread = float(per_set.std(ddof=1)) / np.sqrt(per_set.size)
    half = float(stdtrit(per_set.size - 1, 0.5 + CONFIDENCE / 2) * spread)
    if 0.0 < share < 1.0:
        half = max(half, 1.0 / samples)
    low, high = max(0.0, share - half), min(1.0, share + half)
    bound = 1.0 - (0.5 - CONFIDENCE / 2) ** (1.0 / samples)
    if share == 0.0:
        high = bound
    if share == 1.0:
        low = 1.0 - bound
    return BasinShare(share, low, high)


def basins(
    game: Advantages | OutcomeFinder,
    *,
    rng: np.random.Generator,
    sets: int = 8,
    samples: int = 512,
    low: Floats | None = None,
    high: Floats | None = None,
    width: float | None = None,
    most_starts: int = MOST_STARTS,
    progress: Progress | None = None,
) -> Basins:
    """Estimate the share of starts that each strict equilibrium attracts.

    Parameters
    ----------
    game : shape (n, 2, ..., 2), or OutcomeFinder
        Payoff of index 1 minus index 0 at the pure profiles, ties exactly 0, for the replicator dynamics at equal
        speeds; a finder for anything else.
    rng : numpy.random.Generator
        Source of the scrambling; the same generator state gives the same bits, on any number of threads.
    sets, samples : int
        Number of scrambled Sobol sets (at least 8) and starts per set (a power of two is best).
    low, high : shape (n,)
        Box from which the starts are drawn uniformly; default the whole cube.
    width : float
        Double the sets until every 95 % interval is at most this wide, from 1e-4 to 1.
    most_starts : int
        Starts in all beyond which no set is doubled; ``reached`` then says whether it was enough.
    progress : callable
        Told of the starts followed.

    Examples
    --------
    >>> from solvers.expected import payoff_advantages
    >>> pure = np.array([[[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]])
    >>> result = basins(payoff_advantages(pure), rng=np.random.default_rng(0), width=0.02)
    >>> result.outcomes[(1, 1)].low < 0.5 < result.outcomes[(1, 1)].high, result.reached
    (True, True)
    """
    if not FEWEST_SETS <= sets <= MOST_SETS or samples < 2:
        raise SolverInputError("basins.sets", sets=sets, samples=samples)
    if width is not None and not NARROWEST <= width <= WIDEST:
        raise SolverInputError("basins.width", value=width, least=NARROWEST, most=WIDEST)
    finder = ReplicatorOutcomes(game) if isinstance(game, np.ndarray) else game
    box = _box(finder.players, low, high)
    most = max(sets * samples, 0 if width is None else most_starts)
    sample = _Sample(finder, rng, sets, box, most=most, progress=progress)
    sample.grow(samples if sample.strict else min(samples, CLASSIFIED))
    result = sample.result(width)
    while width is not None and not result.reached:
        captured = max(each.width for each in (*result.outcomes.values(), result.unsettled))
        if sample.strict and captured > width:
            grown = sample.grow(sample.per_set)
        else:
            grown = sample.classify_more() or sample.grow(sample.per_set)
        if not grown:
            break
        result = sample.result(width)
    return result


def _box(players: int, low: Floats | None, high: Floats | None) -> tuple[Floats, Floats] | None:
    """Check the corners of the box of starts; None for the whole cube."""
    if low is None and high is None:
        return None
    corners = []
    for side, usual in ((low, 0.0), (high, 1.0)):
        x = np.full(players, usual) if side is None else np.asarray(side, dtype=np.float64)
        if x.shape != (players,):
            raise SolverInputError("shares.shape", shape=x.shape, players=players)
        good: Booleans = (x >= 0.0) & (x <= 1.0)
        if not good.all():
            raise SolverInputError("shares.range", value=float(x[~good][0]))
        corners.append(x)
    if not (corners[0] <= corners[1]).all():
        raise SolverInputError("basins.box", low=corners[0].tolist(), high=corners[1].tolist())
    return corners[0], corners[1]


class _Sample:
    """Scrambled Sobol sets with the code of every start, which grow by doubling."""

    def __init__(
        self, finder: OutcomeFinder, rng: np.random.Generator, sets: int, box: tuple[Floats, Floats] | None, *,
        most: int, progress: Progress | None,
    ) -> None:  # fmt: skip
        self.finder, self.box, self.most, self.progress = finder, box, most, progress
        self.engines = [qmc.Sobol(finder.players, scramble=True, rng=child) for child in rng.spawn(sets)]
        self.strict = len(finder.outcomes) - len(OTHERS)
        self.starts: Floats = np.empty((sets, 0, finder.players))
        self.code: Integers = np.empty((sets, 0), np.int64)
        self.fate: Integers = np.empty((sets, 0), np.int64)  # position in OTHERS of a classified path, else UNSETTLED
        self.limit = CLASSIFIED
        self.cycles: set[tuple[Profile, ...]] = set()

    @property
    def per_set(self) -> int:
        """Starts per set."""
        return int(self.code.shape[1])

    def grow(self, more: int) -> bool:
        """Follow more starts of every set; False if there would be too many."""
        sets = len(self.engines)
        if self.code.size + sets * more > self.most:
            return False
        starts = np.stack([engine.random(more) for engine in self.engines])
        if self.box is not None:
            starts = self.box[0] + starts * (self.box[1] - self.box[0])
        starts = np.clip(starts, INSIDE, 1.0 - INSIDE)
        flat = starts.reshape(-1, self.finder.players)
        code = np.empty(len(flat), np.int64)
        for first in range(0, len(flat), AT_ONCE):
            code[first : first + AT_ONCE] = self.finder.captured(flat[first : first + AT_ONCE])
            if self.progress is not None:
                self.progress(self.code.size + min(first + AT_ONCE, len(flat)), self.most)
        self.starts = np.concatenate([self.starts, starts], axis=1)
        self.code = np.concatenate([self.code, code.reshape(sets, more)], axis=1)
        self.fate = np.concatenate([self.fate, np.full((sets, more), UNSETTLED)], axis=1)
        self._classify()
        return True

    def classify_more(self) -> bool:
        """Classify twice as many of the paths that nothing captured; False if all are, or there would be too many."""
        left = self.code == UNSETTLED
        if not (left & (self.fate == UNSETTLED)).any() or 2 * self.limit * len(self.code) > MOST_CLASSIFIED:
            return False
        self.limit *= 2
        self._classify()
        return True

    def _classify(self) -> None:
        """Classify the first paths of every set that nothing captured; all, if some of them only needed longer."""
        left = self.code == UNSETTLED
        chosen = left & (np.cumsum(left, axis=1) <= self.limit) & (self.fate == UNSETTLED)
        if self._look_at(chosen):
            self._look_at((self.code == UNSETTLED) & (self.fate == UNSETTLED))

    def _look_at(self, chosen: Booleans) -> bool:
        """Classify some paths; returns whether any of them settled late."""
        if not chosen.any():
            return False
        code, cycles = self.finder.classified(self.starts[chosen])
        self.cycles.update(cycles)
        late = code < self.strict
        self.code[chosen] = np.where(late, code, UNSETTLED)
        self.fate[chosen] = np.where(late, UNSETTLED, code - self.strict)
        return bool(late.any())

    def result(self, width: float | None) -> Basins:
        """Shares with their intervals."""
        sets, total = len(self.code), self.code.size
        left = self.code == UNSETTLED
        unsettled = interval(left.mean(axis=1), total) if self.strict else BasinShare(1.0, 1.0, 1.0)
        count = np.stack([(left & (self.fate == k)).sum(axis=1) for k in range(len(OTHERS))]).astype(np.float64)
        parts = dict(zip(OTHERS, _parts(left, unsettled, count), strict=True))
        profiles = [outcome.profile for outcome in self.finder.outcomes[: self.strict]]
        known = {profile: self.code == k for k, profile in enumerate(profiles) if profile is not None}
        return Basins(
            outcomes={profile: interval(here.mean(axis=1), total) for profile, here in known.items()},
            counts={profile: int(here.sum()) for profile, here in known.items()},
            unsettled=unsettled,
            at_rest=parts[Fate.AT_REST],
            cycling=parts[Fate.CYCLING],
            heteroclinic=parts[Fate.HETEROCLINIC],
            undecided=parts[Fate.UNDECIDED],
            classified={fate: int(each.sum()) for fate, each in zip(OTHERS, count, strict=True)},
            cycles=tuple(sorted(self.cycles, reverse=True)),
            samples=total,
            sets=sets,
            width=width,
            method=self._method(int(count.sum()), bool(left.any())),
        )

    def _method(self, classified: int, unsettled: bool) -> str:
        box = "(0,1)^n" if self.box is None else "a box"
        words = METHOD.format(dynamics=self.finder.dynamics, box=box)
        if not self.strict:
            return words + (NOTHING_CAPTURES if self.per_set <= CLASSIFIED else SAMPLED_MORE.format(count=classified))
        if not unsettled:
            return words
        return words + (SAMPLED if self.limit == CLASSIFIED else SAMPLED_MORE.format(count=classified))


def _parts(left: Booleans, unsettled: BasinShare, count: Floats) -> list[BasinShare]:
    """Share of the starts by fate: its part of the classified paths, times the share that nothing captured.

    Parameters
    ----------
    left : shape (sets, starts), what nothing captured
    count : shape (fates, sets), classified paths
    """
    classified = count.sum(axis=0)
    if not left.any():
        return [unsettled] * len(count)
    parts = []
    for each in count:
        among = interval(each / np.maximum(classified, 1.0), int(classified.sum()))
        by_set = interval(left.mean(axis=1) * each / np.maximum(classified, 1.0), left.size)
        # None, or all, of the classified paths: no narrower than so many paths allow.
        low = unsettled.low * among.low if among.share == 1.0 else by_set.low
        high = unsettled.high * among.high if among.share in (0.0, 1.0) else by_set.high
        parts.append(BasinShare(by_set.share, low, high))
    return parts
