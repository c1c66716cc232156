"""Where the status quo leads if people revise in another way, or the government is slower than the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gamebook.flow import path_ends_at, paths_end
from gamebook.problem import Problem
from solvers.arrays import Floats
from solvers.dynamics.fate import Fate
from solvers.dynamics.population_game import population_game
from solvers.dynamics.protocol_ends import protocol_ends
from solvers.dynamics.protocols import Protocol, protocol

NOISE = 0.02
"""Noise of logit choice as a part of the largest payoff advantage of anybody."""
NEAR = 0.1
"""A rest point of logit choice this close to a pure profile, in every share, is told by its name."""
SLOWER = (0.5, 0.25)


@dataclass(frozen=True, slots=True, eq=False)
class OtherPath:
    """The path from the status quo under other dynamics.

    Attributes
    ----------
    protocol, noise : how people revise
    speed : factor on the speed of the public populations
    profile : where it ends, all populations, as a string: at it, or for logit choice near it; None if nowhere pure
    shares : of all populations where it ends; None if it ends nowhere
    fate : what it does
    same : whether it ends where the path of the replicator dynamics does; None if either ends nowhere pure
    """

    protocol: str
    noise: float | None
    speed: float
    profile: str | None
    shares: Floats | None
    fate: Fate | None
    same: bool | None


def other_paths(problem: Problem, end: str | None) -> tuple[OtherPath, ...]:
    """Follow the status quo under Smith's protocol and logit choice, and with a slow government.

    Parameters
    ----------
    end : profile in which the path of the replicator dynamics settles; None if in none
    """
    here = problem.start[list(problem.free)]
    if not ((here > 0.0) & (here < 1.0)).all():
        return ()
    noise = float(f"{NOISE * float(problem.pure.scale.max()):.1g}") or 1.0
    found = [_revised(problem, here, protocol("smith"), None, end)]
    found.append(_revised(problem, here, protocol("logit", noise=noise), noise, end))
    public = np.array([i in problem.public for i in problem.free])
    if public.any() and not public.all():
        found += [_slow(problem, here, public, factor, end) for factor in SLOWER]
    return tuple(found)


def _revised(problem: Problem, here: Floats, chosen: Protocol, noise: float | None, end: str | None) -> OtherPath:
    ends = protocol_ends(population_game(problem.conditional), here[None], chosen)
    place = int(ends.outcome[0])
    shares = None
    if place >= 0:
        shares = problem.full_shares((0,) * len(problem.free))
        shares[list(problem.free)] = [float(own[1]) for own in ends.places[place].profile]
    profile = _name_near(problem, shares)
    return OtherPath(chosen.name, noise, 1.0, profile, shares, ends.fate[0], _same(profile, end))


def _slow(problem: Problem, here: Floats, public: Floats, factor: float, end: str | None) -> OtherPath:
    pace = np.where(public, factor, 1.0)
    path = paths_end(problem, here[None], speeds=pace)
    shares = path_ends_at(problem, path, speeds=pace)
    profile = _name_near(problem, shares)
    return OtherPath("replicator", None, factor, profile, shares, path.fate[0], _same(profile, end))


def _name_near(problem: Problem, shares: Floats | None) -> str | None:
    """Profile of all populations that the free ones are near; fixed shares stay as they are."""
    if shares is None:
        return None
    free = list(problem.free)
    rounded = shares.copy()
    rounded[free] = np.round(shares[free])
    return problem.name(rounded) if np.abs(shares - rounded).max() <= NEAR else None


def _same(profile: str | None, end: str | None) -> bool | None:
    return None if profile is None or end is None else profile == end
