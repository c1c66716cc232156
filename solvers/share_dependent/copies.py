"""A game whose payoffs depend on shares as a larger game whose payoffs do not.

A polynomial of degree e in a share x is a multi-affine symmetric function of e arguments that are all x: its polar
form. Its values at the corners of the cube of arguments are Bernstein coefficients: with k arguments at 1 and the
others at 0, the coefficient k. So each population is replaced by as many *copies* as its share has powers, one of
them playing, the others standing for the share in the payoffs; payoffs of the larger game depend on no population's
own share. Copies that start together stay together, to the last bit, since they are driven by the same numbers.

Everything that is known of share-independent games serves on the diagonal: integrators, fates of paths, proved
captures (a corner test in the larger game is a test of Bernstein coefficients in this one), bounds on paths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from solvers.arrays import Floats, Integers, Shares
from solvers.attractors import Profile
from solvers.dynamics.fate import ARRIVED, Fate, Fates, fates
from solvers.dynamics.problem import Replicator
from solvers.dynamics.trajectories import trajectories
from solvers.errors import SolverInputError
from solvers.outcomes import OTHERS, Outcome, ReplicatorOutcomes
from solvers.share_dependent import bernstein
from solvers.share_dependent.advantages import ShareAdvantages

MOST_COPIES = 16
"""In all: tables double with each."""
MOST_STEPS = 20_000
"""Until a path must be classified: a mixed rest point near a Hopf point attracts slowly."""


@dataclass(frozen=True, slots=True, eq=False)
class Copies:
    """The larger game.

    Attributes
    ----------
    advantages : shape (N, 2, ..., 2), of the copies, constant along the own axis
    owner : shape (N,), population of each copy; copies of one population stand together
    """

    advantages: Floats
    owner: Integers

    @property
    def first(self) -> Integers:
        """Position of the first copy of each population."""
        return np.searchsorted(self.owner, np.arange(int(self.owner[-1]) + 1))

    def spread(self, shares: Floats) -> Floats:
        """Give every copy the number of its population, in the last axis."""
        spread: Floats = np.asarray(shares, dtype=np.float64)[..., self.owner]
        return spread

    def collapse(self, profile: Sequence[int]) -> Profile:
        """Profile of the populations from one of the copies."""
        return tuple(int(profile[k]) for k in self.first)

    def is_diagonal(self, profile: Sequence[int]) -> bool:
        """Whether all copies of every population play alike."""
        return all(profile[k] == profile[self.first[owner]] for k, owner in enumerate(self.owner))


def copies(advantages: ShareAdvantages) -> Copies:
    """Return the larger game.

    Raises
    ------
    SolverInputError
        If it has more than ``MOST_COPIES`` copies.

    Examples
    --------
    Congestion, D(x) = 1 - 2x: one copy moves by what the other's strategy makes of it.

    >>> one = ShareAdvantages((np.array([1.0, -1.0]),), np.ones(1), np.zeros(1), np.zeros(1), False)
    >>> copies(one).advantages[0]
    array([[ 1., -1.],
           [ 1., -1.]])
    """
    n = advantages.players
    count = [1] * n
    for player, table in enumerate(advantages.tables):
        for other in range(n):
            # The copy that moves is not among those that stand for its own share.
            count[other] = max(count[other], table.shape[other] - 1 + (other == player))
    if sum(count) > MOST_COPIES:
        raise SolverInputError("dependence.copies", count=sum(count), most=MOST_COPIES)
    owner = np.repeat(np.arange(n), count)
    total = len(owner)
    digits = np.indices((2,) * total).reshape(total, -1)
    ones = np.array([digits[owner == other].sum(axis=0) for other in range(n)])  # per population, at each corner
    rows = np.empty((total,) + (2,) * total)
    for k, player in enumerate(owner.tolist()):
        standing = np.array(count) - (np.arange(n) == player)
        table = bernstein.raised(advantages.tables[player], standing.tolist())
        others = ones - (np.arange(n) == player)[:, None] * digits[k]
        rows[k] = table[tuple(others)].reshape((2,) * total)
    rows.flags.writeable = False
    return Copies(rows, owner)


def expectation_table(values: Floats, degrees: Sequence[int]) -> Floats:
    """Expectation of a quantity over pure profiles, itself a polynomial in the shares, as a table over copies.

    Parameters
    ----------
    values : shape (2, ..., 2, b1, ..., bn), per pure profile the Bernstein coefficients in the shares
    degrees : of the table in each share before the expectation, at least those of the values

    Returns
    -------
    shape (2, ..., 2) with degree + 1 axes per population. Its multi-affine interpolation, each population's share put
    in for all its copies, is the expectation

    Examples
    --------
    Those who play index 1 receive 1 - x each, x being their share: x (1 - x) in the mean.

    >>> table = expectation_table(np.array([[0.0, 0.0], [1.0, 0.0]]), [1])
    >>> table.tolist()
    [[0.0, 0.5], [0.5, 0.0]]
    """
    n = len(degrees)
    for _ in range(n):
        # The strategy axis of the population is the first one left; without it n - 1 axes come before its own b.
        values = bernstein.mixed(values[0], values[1], n - 1)
    table = bernstein.raised(values, [degree + 1 for degree in degrees])
    owner = np.repeat(np.arange(n), [degree + 1 for degree in degrees])
    digits = np.indices((2,) * len(owner)).reshape(len(owner), -1)
    ones = np.array([digits[owner == population].sum(axis=0) for population in range(n)])
    found: Floats = table[tuple(ones)].reshape((2,) * len(owner))
    return found


def _diagonal(large: Copies, game: Replicator) -> Replicator:
    """Keep the captures at profiles where copies play alike; no path on the diagonal goes to the others."""
    kept = [k for k, target in enumerate(game.targets) if large.is_diagonal(target)]
    return replace(game, targets=tuple(game.targets[k] for k in kept), reach=game.reach[kept])


def share_fates(
    large: Copies,
    starts: Shares,
    *,
    speeds: Floats | None = None,
    goal: Sequence[int | None] | None = None,
    level: float = ARRIVED,
) -> Fates:
    """Tell what becomes of replicator paths; arguments and result as for :func:`solvers.dynamics.fate.fates`.

    A path that comes to rest may have reached a mixed rest point that attracts.

    Examples
    --------
    >>> one = ShareAdvantages((np.array([1.0, -1.0]),), np.ones(1), np.zeros(1), np.zeros(1), False)
    >>> found = share_fates(copies(one), np.array([[0.1]]))
    >>> found.fate[0].name, found.shares.round(6).tolist()
    ('AT_REST', [[0.5]])
    """
    sides = None if goal is None else [goal[owner] for owner in large.owner]
    pace = None if speeds is None else large.spread(speeds)
    found = fates(large.advantages, large.spread(starts), speeds=pace, goal=sides, level=level)
    return replace(
        found,
        target=tuple(None if target is None else large.collapse(target) for target in found.target),
        shares=found.shares[:, large.first],
        cycle=tuple(_collapsed(large, cycle) for cycle in found.cycle),
    )


def _collapsed(large: Copies, cycle: Sequence[Profile]) -> tuple[Profile, ...]:
    """Profiles of a cycle; copies that turn at the same moment turned one after the other in the larger game."""
    profiles = [large.collapse(profile) for profile in cycle]
    visited = [profile for k, profile in enumerate(profiles) if profile != profiles[k - 1]]
    if not visited:
        return tuple(profiles[:1])
    first = visited.index(max(visited))
    return tuple(visited[first:] + visited[:first])


def share_trajectories(large: Copies, starts: Shares, times: Floats, *, speeds: Floats | None = None) -> Shares:
    """Shares along replicator paths; arguments and result as for :func:`solvers.dynamics.trajectories`."""
    pace = None if speeds is None else large.spread(speeds)
    found = trajectories(large.advantages, large.spread(starts), times, speeds=pace)
    shares: Shares = found[..., large.first]
    return shares


class ShareOutcomes:
    """Outcomes under the replicator dynamics where payoffs depend on shares; see ``solvers.outcomes.OutcomeFinder``.

    Parameters
    ----------
    large : the larger game; only starts at which copies agree are followed in it
    speeds : shape (n,), positive; default 1
    """

    def __init__(self, large: Copies, speeds: Floats | None = None) -> None:
        self._large = large
        pace = None if speeds is None else large.spread(speeds)
        self._finder = ReplicatorOutcomes(large.advantages, pace, most_steps=MOST_STEPS)
        self._finder.game = _diagonal(large, self._finder.game)
        self.dynamics = f"{self._finder.dynamics}, payoffs that depend on shares"
        self._outcomes = tuple(
            Outcome(Fate.SETTLED, large.collapse(target)) for target in self._finder.game.targets
        ) + tuple(Outcome(fate) for fate in OTHERS)

    @property
    def players(self) -> int:
        """Number of populations."""
        return len(self._large.first)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Strict equilibria in the order of their digits, then ``OTHERS``."""
        return self._outcomes

    def captured(self, starts: Shares) -> Integers:
        """See ``OutcomeFinder``."""
        return self._finder.captured(self._large.spread(starts))

    def classified(self, starts: Shares) -> tuple[Integers, tuple[tuple[Profile, ...], ...]]:
        """See ``OutcomeFinder``."""
        codes, cycles = self._finder.classified(self._large.spread(starts))
        return codes, tuple(sorted({_collapsed(self._large, cycle) for cycle in cycles}, reverse=True))

    def settle(self, starts: Shares) -> Integers:
        """See ``OutcomeFinder``."""
        return self._finder.settle(self._large.spread(starts))

    def arrival(self, starts: Shares, goal: Profile) -> Floats:
        """See ``OutcomeFinder``."""
        return self._finder.arrival(self._large.spread(starts), tuple(goal[owner] for owner in self._large.owner))

    def enclosed(self, low: Shares, high: Shares) -> Integers:
        """See ``OutcomeFinder``; the boxes are those in which copies are bounded one by one, so they hold more."""
        return self._finder.enclosed(self._large.spread(low), self._large.spread(high))
