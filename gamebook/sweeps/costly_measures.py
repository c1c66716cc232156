"""Measures that follow paths: milliseconds to a second per policy point, so they are computed only if they are named.

Each point is worked on as ``basins``, ``simulate`` and ``tip`` work on one case: replicator dynamics, equal speeds,
the same sampling, 0.1 revisions per unit of payoff and year.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gamebook.outcome_finder import REVISION_RATE
from gamebook.problem import Problem
from gamebook.sweeps.blocks import PointBlock
from gamebook.sweeps.measures import Array, Inner, Measure, no_inner
from gamebook.texts.sweep_measures import MEASURES, UNITS_OF_MEASURES
from payoffs.texts import Text
from solvers.arrays import Advantages, Floats
from solvers.attractors import Profile
from solvers.basins import basins
from solvers.critical_mass import switches_along
from solvers.dynamics.fate import Fate, fates
from solvers.equilibria import TIE_TOLERANCE
from solvers.outcomes import ReplicatorOutcomes
from solvers.pure import PureProfiles, pure_profiles

OPEN = -1


def _games(block: PointBlock) -> list[PureProfiles]:
    return [pure_profiles(game, tie_tolerance=TIE_TOLERANCE) for game in block.games]


def _goal(block: PointBlock) -> Profile:
    goal = block.problem.coordination
    assert goal is not None  # these measures are only offered where there is one
    return goal


def _basin(block: PointBlock) -> Array:
    """Share of the starts that end in coordination with its interval, as ``solve`` has it."""
    goal = _goal(block)
    found = np.zeros((len(block), 3))
    for row, game in zip(found, _games(block), strict=True):
        losses = np.array([cells[goal] for cells in game.losses])
        if (losses < 0.0).any():
            continue  # the limit of a path inside the cube is a Nash equilibrium: no start leads here
        share = basins(game.advantages, rng=np.random.default_rng(block.seed)).outcomes.get(goal)
        row[:] = np.nan if share is None else (share.share, share.low, share.high)
    return found


def _ends(block: PointBlock) -> list[tuple[int, float]]:
    """Whether the path from the status quo ends in coordination, -1 if open, and after how many years it is there."""
    goal, free = _goal(block), list(block.problem.free)
    return [
        _end(game.advantages, start[free], goal) for game, start in zip(_games(block), block.starts, strict=True)
    ]


def _end(advantages: Advantages, here: Floats, goal: Profile) -> tuple[int, float]:
    if not ((here > 0.0) & (here < 1.0)).all():
        return OPEN, np.nan
    path = fates(advantages, here[None], speeds=np.full(len(goal), REVISION_RATE), goal=goal)
    if path.fate[0] is Fate.SETTLED:
        ends = path.target[0] == goal
        return int(ends), float(path.arrival[0]) if ends else np.nan
    return (0 if path.fate[0] in (Fate.CYCLING, Fate.HETEROCLINIC) else OPEN), np.nan


def _reached(block: PointBlock) -> Array:
    return np.array([ends for ends, _ in _ends(block)], dtype=np.int8)


def _years(block: PointBlock) -> Array:
    return np.array([years for _, years in _ends(block)], dtype=np.float64)


def _critical_mass(block: PointBlock) -> Array:
    """Share from which on all starts on the diagonal end in coordination, and how often the outcome switches."""
    goal = _goal(block)
    found = np.full((len(block), 2), np.nan)
    for row, game in zip(found, _games(block), strict=True):
        low, high = np.zeros(len(goal)), np.ones(len(goal))
        line = switches_along(ReplicatorOutcomes(game.advantages), low, high)
        row[1] = len(line.switches)
        if line.switches and line.switches[-1].above.profile == goal:
            row[0] = line.switches[-1].position
        elif not line.switches and line.stretches[0].outcome.profile == goal:
            row[0] = 0.0
    return found


def _basin_parts(problem: Problem) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("interval", ("share", "low", "high")),)


def _mass_parts(problem: Problem) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("line", ("share", "switches")),)


def _measure(name: str, dtype: str, compute: Callable[[PointBlock], Array], inner: Inner) -> Measure:
    title, meaning = MEASURES[name]
    return Measure(
        name, Text(*title), Text(*meaning), UNITS_OF_MEASURES[name], "paths", dtype, compute, inner, group="paths",
        costly=True,
    )  # fmt: skip


COSTLY = {
    each.name: each
    for each in (
        _measure("basin", "float64", _basin, _basin_parts),
        _measure("reached", "int8", _reached, no_inner),
        _measure("years", "float64", _years, no_inner),
        _measure("critical_mass", "float64", _critical_mass, _mass_parts),
    )
}
