"""Modes of the government: it evolves with the others, commits itself, or commits to what will pay it more.

*Evolving*: its share moves like any other. *Committed*: it is held at its coordination strategy, and the others play
on. *Farsighted*: of all it could commit to, it takes what pays it most where the others then end up from the status
quo. The same for any public party; several of them commit together.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gamebook.flow import end_name, path_ends_at, sampled_basins, status_quo_path
from gamebook.problem import Problem
from gamebook.verdict import joint_share
from solvers.arrays import Floats
from solvers.attractors import Profile, sink_components
from solvers.basins import Basins, BasinShare
from solvers.dynamics.fate import Fates

Name = Literal["evolving", "committed", "farsighted"]


@dataclass(frozen=True, slots=True, eq=False)
class Mode:
    """What becomes of the game under one mode.

    Attributes
    ----------
    name : of the mode
    held : what the public populations are held at, by position; empty if they evolve
    stable : strict equilibria, as strings over all populations
    sinks : sink components of the response graph, likewise
    end : where the path from the status quo settles, likewise; None if it settles nowhere
    payoff : of the public parties there, in payoff units
    others : share of starts from which all others end up coordinating; None if the game names no such profile
    """

    name: Name
    held: dict[int, float]
    stable: tuple[str, ...]
    sinks: tuple[tuple[str, ...], ...]
    end: str | None
    payoff: float | None
    others: BasinShare | None

    def like(self, other: Mode) -> bool:
        """Whether both lead to the same, as far as the sampled starts can tell."""
        same = (self.stable, self.sinks, self.end) == (other.stable, other.sinks, other.end)
        if self.others is None or other.others is None:
            return same
        return same and self.others.low <= other.others.high and other.others.low <= self.others.high


@dataclass(frozen=True, slots=True, eq=False)
class Government:
    """The modes of the public parties side by side.

    Attributes
    ----------
    parties : positions of the public parties that could commit
    modes : evolving and committed; farsighted unless it is open what pays more
    open : what the public parties could be held at without the path from the status quo settling anywhere
    """

    parties: tuple[int, ...]
    modes: tuple[Mode, ...]
    open: tuple[dict[int, float], ...]

    @property
    def differ(self) -> bool:
        """Whether it matters how the government behaves."""
        return bool(self.open) or not all(mode.like(self.modes[0]) for mode in self.modes)


def government(problem: Problem, sampled: Basins, path: Fates | None, *, seed: int) -> Government | None:
    """Set the modes side by side; None unless a public party is free to move, and somebody else as well.

    Parameters
    ----------
    sampled, path : basins of the game in which all evolve, and its path from the status quo
    seed : of the sampled starts
    """
    public = [i for i in problem.free if i in problem.public]
    if not public or len(public) == len(problem.free):
        return None
    evolving = _mode("evolving", problem, problem, sampled, path)
    options = [
        _mode("committed", problem, held, sampled_basins(held, seed), status_quo_path(held))
        for held in (problem.fix(shares) for shares in _commitments(problem, public))
    ]
    loyal = _loyal(problem, public)
    committed = next(mode for mode in options if _over(mode.held, public) == loyal)
    left_open = tuple(mode.held for mode in options if mode.payoff is None)
    modes = [evolving, committed]
    if not left_open:
        # Of two that pay the same it takes the one that coordinates.
        best = max(options, key=lambda mode: (mode.payoff or 0.0, mode is committed))
        modes.append(_renamed(best))
    parties = tuple(dict.fromkeys(problem.populations[i].party for i in public))
    return Government(parties, tuple(modes), left_open)


def _commitments(problem: Problem, public: list[int]) -> Iterator[dict[int, float]]:
    """Every choice of a strategy by every public party, for all of its populations."""
    parties = list(dict.fromkeys(problem.populations[i].party for i in public))
    for digits in itertools.product((0.0, 1.0), repeat=len(parties)):
        chosen = dict(zip(parties, digits, strict=True))
        yield {i: chosen[problem.populations[i].party] for i in public}


def _loyal(problem: Problem, public: list[int]) -> dict[int, float]:
    """Coordination strategies of the public populations; index 1 if the game names no profile."""
    if problem.coordination is None:
        return dict.fromkeys(public, 1.0)
    goal = dict(zip(problem.free, problem.coordination, strict=True))
    return {i: float(goal[i]) for i in public}


def _over(held: dict[int, float], public: list[int]) -> dict[int, float]:
    return {i: held[i] for i in public}


def _renamed(mode: Mode) -> Mode:
    return Mode("farsighted", mode.held, mode.stable, mode.sinks, mode.end, mode.payoff, mode.others)


def _mode(name: Name, whole: Problem, problem: Problem, sampled: Basins, path: Fates | None) -> Mode:
    """Describe a mode by the problem in which public parties are held, or all evolve."""
    end = path_ends_at(problem, path)
    others = [own for own, i in enumerate(problem.free) if i not in problem.public]
    goal = problem.coordination
    return Mode(
        name=name,
        held={i: x for i, x in problem.given.items() if i not in whole.given},
        stable=tuple(_written(problem, tuple(profile)) for profile in np.argwhere(problem.pure.strict).tolist()),
        sinks=tuple(tuple(_written(problem, state) for state in sink) for sink in sink_components(problem.pure.losses)),
        end=None if end is None else end_name(problem, end),
        payoff=None if end is None else _public_payoff(whole, end),
        others=None if goal is None else joint_share(sampled, lambda state: all(state[o] == goal[o] for o in others)),
    )


def _written(problem: Problem, profile: Profile) -> str:
    return problem.name(problem.full_shares(profile))


def _public_payoff(problem: Problem, shares: Floats) -> float:
    """Payoff of the public parties that could commit, each the mean over its populations."""
    payoffs = problem.payoffs_at(shares)
    public = (i for i in problem.free if i in problem.public)
    return float(sum(problem.populations[i].weight * payoffs[i] for i in public))
