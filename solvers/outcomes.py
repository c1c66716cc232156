"""What becomes of starts, as one number each: the question that basins, maps and tipping points all ask.

A finder answers it for one dynamics. ``ReplicatorOutcomes`` does so for the replicator dynamics of two-strategy
populations; every other dynamics that answers the same questions can be put in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from solvers.arrays import Advantages, Floats, Integers, Shares
from solvers.attractors import Profile
from solvers.dynamics.bounding import bounded_ends
from solvers.dynamics.fate import ARRIVED, Fate, Fates, at_rest_in_log_odds, fates_in_log_odds
from solvers.dynamics.integrate import UNSETTLED, follow_log_odds
from solvers.dynamics.problem import log_odds, replicator
from solvers.errors import SolverInputError

OTHERS = (Fate.AT_REST, Fate.CYCLING, Fate.HETEROCLINIC, Fate.UNDECIDED)
"""What can become of a path that no strict equilibrium captures; their codes follow those of the equilibria."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a path goes: the strict equilibrium that captures it, or what it does instead.

    Attributes
    ----------
    fate : ``SETTLED`` if captured
    profile : the equilibrium, else None
    """

    fate: Fate
    profile: Profile | None = None

    @property
    def is_decided(self) -> bool:
        """Whether it is known where the path goes."""
        return self.fate is not Fate.UNDECIDED


class OutcomeFinder(Protocol):
    """A dynamics that can say what becomes of starts inside (0, 1)^n. Codes are positions in ``outcomes``."""

    @property
    def dynamics(self) -> str:
        """Name of the dynamics, in words."""
        ...

    @property
    def players(self) -> int:
        """Number of populations."""
        ...

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """All outcomes that a start can have: strict equilibria first, then ``OTHERS``."""
        ...

    def captured(self, starts: Shares) -> Integers:
        """Code of the equilibrium that captures each start within a small budget, else ``UNSETTLED``."""
        ...

    def classified(self, starts: Shares) -> tuple[Integers, tuple[tuple[Profile, ...], ...]]:
        """Code of each start with a larger budget, and the heteroclinic cycles that were seen."""
        ...

    def settle(self, starts: Shares) -> Integers:
        """Code of each start: captured, else classified. Accurate enough to find a border between basins."""
        ...

    def arrival(self, starts: Shares, goal: Profile) -> Floats:
        """Time at which every share is first beyond 0.95 on its side of a profile; NaN if that is not seen."""
        ...

    def enclosed(self, low: Shares, high: Shares) -> Integers:
        """Code of the equilibrium that captures every start of each box, if that could be shown; else ``UNSETTLED``."""
        ...


class ReplicatorOutcomes:
    """Outcomes under the replicator dynamics with payoffs that do not depend on the own share.

    Parameters
    ----------
    advantages : shape (n, 2, ..., 2), payoff of index 1 minus index 0 at the pure profiles, ties exactly 0
    speeds : shape (n,), positive; default 1
    quick_steps, most_steps : steps per path until it must be captured, and until it must be classified
    tolerance : error per step in log-odds of the paths that are only captured; ``fine`` is that of ``settle``

    Examples
    --------
    >>> from solvers.expected import payoff_advantages
    >>> hunt = payoff_advantages(np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]]))
    >>> finder = ReplicatorOutcomes(hunt)
    >>> [finder.outcomes[k].profile for k in finder.settle(np.array([[0.9, 0.6], [0.5, 0.5]]))]
    [(1, 1), (0, 0)]
    """

    def __init__(
        self,
        advantages: Advantages,
        speeds: Floats | None = None,
        *,
        quick_steps: int = 300,
        most_steps: int = 2_000,
        tolerance: float = 1e-8,
        fine: float = 1e-11,
    ) -> None:
        self.game = replicator(advantages, speeds)
        self.quick_steps, self.most_steps = quick_steps, most_steps
        self.tolerance, self.fine = tolerance, fine
        equal = speeds is None or np.ptp(speeds) == 0.0
        self.dynamics = "replicator, equal speeds" if equal else "replicator, speeds as given"
        self._outcomes = tuple(Outcome(Fate.SETTLED, target) for target in self.game.targets) + tuple(
            Outcome(fate) for fate in OTHERS
        )

    @property
    def players(self) -> int:
        """Number of populations."""
        return int(self.game.tables.shape[0])

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Strict equilibria in the order of their digits, then ``OTHERS``."""
        return self._outcomes

    def captured(self, starts: Shares) -> Integers:
        """See ``OutcomeFinder``."""
        return self._captured(starts, self.quick_steps, self.tolerance)

    def _captured(self, starts: Shares, most_steps: int, tolerance: float) -> Integers:
        z = log_odds(starts, self.players)
        if not self.game.targets:
            return np.full(len(z), UNSETTLED)
        code, _ = follow_log_odds(self.game, z, horizon=1e6, most_steps=most_steps, tolerance=tolerance)
        return code

    def classified(self, starts: Shares) -> tuple[Integers, tuple[tuple[Profile, ...], ...]]:
        """See ``OutcomeFinder``."""
        return self._classified(starts, self.tolerance)

    def _classified(self, starts: Shares, tolerance: float) -> tuple[Integers, tuple[tuple[Profile, ...], ...]]:
        found = self._fates(starts, np.zeros(self.players), tolerance)
        codes = [
            self.game.targets.index(target) if target is not None else len(self.game.targets) + OTHERS.index(fate)
            for fate, target in zip(found.fate, found.target, strict=True)
        ]
        return np.array(codes, dtype=np.int64), tuple(sorted({cycle for cycle in found.cycle if cycle}, reverse=True))

    def _fates(self, starts: Shares, goal: Floats, tolerance: float) -> Fates:
        z = log_odds(starts, self.players)
        return fates_in_log_odds(
            self.game, z, goal=goal, level=ARRIVED, horizon=1e9, most_steps=self.most_steps, tolerance=tolerance,
            settled=1e-2,
        )  # fmt: skip

    def settle(self, starts: Shares) -> Integers:
        """See ``OutcomeFinder``."""
        code = self._captured(starts, 2 * self.quick_steps, self.fine)
        code[at_rest_in_log_odds(self.game, log_odds(starts, self.players))] = UNSETTLED
        left = np.flatnonzero(code == UNSETTLED)
        if left.size:
            code[left] = self._classified(np.asarray(starts)[left], self.fine)[0]
        return code

    def arrival(self, starts: Shares, goal: Profile) -> Floats:
        """See ``OutcomeFinder``; in the time unit of the advantages over the speeds."""
        if len(goal) != self.players:
            raise SolverInputError("shares.shape", shape=(len(goal),), players=self.players)
        return self._fates(starts, 2.0 * np.array(goal, dtype=np.float64) - 1.0, self.tolerance).arrival

    def enclosed(self, low: Shares, high: Shares) -> Integers:
        """See ``OutcomeFinder``; by bounding paths, see ``solvers.dynamics.bounding``."""
        return bounded_ends(self.game, low, high)
