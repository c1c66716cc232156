"""The paths of a simulation under its dynamics: where each goes, and its shares at any time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol as Interface

import numpy as np

from gamebook.flow import fastest_growth, path_ends_at, paths_at, paths_end
from gamebook.problem import Problem
from gamebook.protocol_run import RESTING, ProtocolRun, near_name
from gamebook.simulation import NEAR, PathEnd, PathStatus
from solvers.arrays import Floats
from solvers.attractors import Profile
from solvers.dynamics.fate import Fate, Fates, fates
from solvers.dynamics.protocol_fate import ProtocolFates
from solvers.dynamics.protocols import Protocol

Recorder = Callable[[Floats, slice], Floats]
"""Gives shares (path, time, population) for years and a range of paths."""
STATUS: dict[Fate, PathStatus] = {
    Fate.SETTLED: "settled",
    Fate.AT_REST: "at rest",
    Fate.CLOSING_IN: "closing in",
    Fate.CYCLING: "cycling",
    Fate.HETEROCLINIC: "heteroclinic",
    Fate.SLIDING: "sliding",
    Fate.UNDECIDED: "undecided",
    Fate.OUT_OF_BUDGET: "out of budget",
}


class Run(Interface):
    """What a simulation asks of a dynamics."""

    known_until: Floats | None
    """Shape (path,), last year at which shares are known; None where all are."""

    @property
    def fastest(self) -> float:
        """Largest rate of change, per year."""

    def ends(self, begin: Floats, goal: Profile) -> tuple[tuple[PathEnd, ...], Floats]:
        """Where paths from starts (path, population) go, and when they arrive at the goal of the free populations."""

    def recorder(self, begin: Floats) -> Recorder:
        """Return what gives their shares."""


class ReplicatorRun:
    """The replicator dynamics; without revision nothing ever moves, under any dynamics.

    Parameters
    ----------
    kappa : shape (population,), growth per unit of payoff and year
    """

    def __init__(self, problem: Problem, kappa: Floats) -> None:
        self.problem, self.kappa, self.free = problem, kappa, list(problem.free)
        self.known_until: Floats | None = None

    @property
    def fastest(self) -> float:
        """See ``Run``."""
        return fastest_growth(self.problem, self.kappa[self.free])

    def ends(self, begin: Floats, goal: Profile) -> tuple[tuple[PathEnd, ...], Floats]:
        """See ``Run``."""
        if not self.kappa.any():
            inside = np.clip(begin[:, self.free], 2.0**-60, 1.0 - 2.0**-53)
            found = fates(np.zeros_like(self.problem.pure.advantages), inside, goal=goal)
        else:
            level = float(np.log(NEAR / (1.0 - NEAR)))
            found = paths_end(self.problem, begin[:, self.free], speeds=self.kappa[self.free], goal=goal, level=level)
        return tuple(self._end(found, p) for p in range(len(begin))), found.arrival

    def _end(self, followed: Fates, p: int) -> PathEnd:
        problem = self.problem
        target = followed.target[p]
        rest = path_ends_at(problem, followed, p, speeds=self.kappa[self.free]) if self.kappa.all() else None
        shares = problem.full_shares((0,) * len(problem.free) if target is None else target)
        if target is None:
            shares[self.free] = followed.shares[p] if rest is None else rest[self.free]
        shares.flags.writeable = False
        status = STATUS[followed.fate[p]]
        return PathEnd(
            status=status,
            proved=status == "settled",
            profile=None if target is None else problem.name(shares),
            shares=shares,
            year=float(followed.time[p]),
            velocity=float(followed.velocity[p]),
            period=float(followed.period[p]) if status == "cycling" else None,
            cycle=tuple(problem.name(problem.full_shares(corner)) for corner in followed.cycle[p]),
            ratio=float(followed.ratio[p]) if status == "heteroclinic" else None,
            attracts=target is None and rest is not None,
        )

    def recorder(self, begin: Floats) -> Recorder:
        """See ``Run``."""

        def shares_at(moments: Floats, some: slice) -> Floats:
            full = np.repeat(begin[some][:, None], len(moments), axis=1)
            if self.kappa.any():
                speeds = self.kappa[self.free]
                full[..., self.free] = paths_at(self.problem, begin[some][:, self.free], moments, speeds=speeds)
                # The detour over log-odds may cost the last digit; a result is repeated from the start it states.
                full[:, moments == 0.0] = begin[some][:, None]
            return full

        return shares_at


class FollowedProtocol:
    """Any other protocol, at a revision rate above 0."""

    def __init__(self, problem: Problem, chosen: Protocol, revision_rate: float, speeds: Floats) -> None:
        self.problem, self.free = problem, list(problem.free)
        self.run = ProtocolRun(problem, chosen, revision_rate, speeds)
        self.known_until: Floats | None = None

    @property
    def fastest(self) -> float:
        """See ``Run``."""
        return self.run.fastest

    def ends(self, begin: Floats, goal: Profile) -> tuple[tuple[PathEnd, ...], Floats]:
        """See ``Run``."""
        found = self.run.fates(begin[:, self.free], goal=goal, level=NEAR)
        ends = tuple(self._end(found, p) for p in range(len(begin)))
        return ends, found.arrival / self.run.rate

    def _end(self, followed: ProtocolFates, p: int) -> PathEnd:
        problem, rate, fate = self.problem, self.run.rate, followed.fate[p]
        target = followed.target[p]
        last = np.array([part[p, 1] for part in followed.profiles])
        check = self.run.check(last) if fate is Fate.AT_REST else None
        shares = problem.full_shares((0,) * len(problem.free) if target is None else target)
        if target is None:
            shares[self.free] = last if check is None else check.shares
        shares.flags.writeable = False
        near = near_name(problem, shares[self.free]) if fate in RESTING else None
        return PathEnd(
            status=STATUS[fate],
            proved=fate is Fate.SETTLED,
            profile=None if target is None else problem.name(shares),
            shares=shares,
            year=float(followed.time[p]) / rate,
            velocity=float(followed.velocity[p]) * rate,
            period=float(followed.period[p]) / rate if fate is Fate.CYCLING else None,
            cycle=tuple(problem.name(problem.full_shares(corner)) for corner in followed.cycle[p]),
            ratio=float(followed.ratio[p]) if fate is Fate.HETEROCLINIC else None,
            attracts=check is not None and check.attracts is True,
            near=near,
            distance=None if check is None else check.distance,
            repels=check is not None and check.attracts is False,
        )

    def recorder(self, begin: Floats) -> Recorder:
        """See ``Run``; also notes up to when shares are known."""
        until = np.full(len(begin), np.inf)

        def shares_at(moments: Floats, some: slice) -> Floats:
            full = np.repeat(begin[some][:, None], len(moments), axis=1)
            full[..., self.free], reached = self.run.shares_at(begin[some][:, self.free], moments)
            full[:, moments == 0.0] = begin[some][:, None]
            short = np.isnan(full).any(axis=(1, 2))
            until[some] = np.where(short, np.minimum(until[some], reached), until[some])
            if np.isfinite(until).any():
                self.known_until = until
            return full

        return shares_at
