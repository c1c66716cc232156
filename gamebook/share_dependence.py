"""What ``solve`` says of a case whose payoffs depend on shares, beside what it says of every case.

Mixed states can attract there, so their basins are sampled too; what is certain rests on iterated dominance; and the
same case with all rates held at their full value, *static*, stands beside the one whose rates follow the shares,
*dynamic*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from gamebook.book import Case
from gamebook.flow import path_ends_at, status_quo_path
from gamebook.problem import Problem, case_problem
from solvers.arrays import Floats
from solvers.attractors import Profile
from solvers.basins import BasinShare
from solvers.dynamics.fate import Fates
from solvers.equilibria import TIE_TOLERANCE, equilibria
from solvers.results import Equilibria, RestPoint
from solvers.share_dependent.equilibria import share_equilibria
from solvers.share_dependent.mixed_basins import mixed_basins
from solvers.share_dependent.results import ShareEquilibria
from solvers.stability import Stability

SAME = 1e-6
"""Mixed rest points closer than this, in every share, are set side by side as the same state."""


@dataclass(frozen=True, slots=True, eq=False)
class Static:
    """The same case with every rate at its full value, whatever the shares are.

    Attributes
    ----------
    equilibria : of the free populations
    path : what becomes of the path from the status quo
    end : shares of all populations where it ends; None if it ends nowhere
    """

    equilibria: Equilibria
    path: Fates | None
    end: Floats | None


@dataclass(frozen=True, slots=True, eq=False)
class ShareDependence:
    """What is said only where payoffs depend on shares.

    Attributes
    ----------
    degrees : largest power of each population's share in the payoffs
    dominant : profile of the free populations that every path from inside approaches, if iterated dominance proves it
    sinks : mixed rest points of the free populations that attract, by their eigenvalues
    basins : share of starts that come to rest at each of these, with an interval
    end : shares of all populations where the path from the status quo ends, mixed or pure; None if it ends nowhere
    static : the case with constant rates; None for a payoff array
    """

    degrees: tuple[int, ...]
    dominant: Profile | None
    sinks: tuple[RestPoint, ...]
    basins: tuple[BasinShare, ...]
    end: Floats | None
    static: Static | None


def share_dependence(
    problem: Problem,
    found: Equilibria,
    path: Fates | None,
    *,
    static: Static | None,
    seed: int,
) -> ShareDependence | None:
    """Return it, or None where payoffs do not depend on shares.

    Parameters
    ----------
    found, path : rest points of the free populations, and the path from the status quo
    static : the case with constant rates
    seed : of the sampled starts
    """
    if problem.copies is None or not isinstance(found, ShareEquilibria):
        return None
    sinks = tuple(point for point in found.sinks if point.pure is None)
    shares = [point.shares for point in sinks]
    return ShareDependence(
        degrees=problem.degrees,
        dominant=found.dominant,
        sinks=sinks,
        basins=mixed_basins(problem.copies, shares, rng=np.random.default_rng(seed)) if sinks else (),
        end=path_ends_at(problem, path),
        static=static,
    )


def mixed_sinks(problem: Problem, speeds: Floats) -> list[Floats]:
    """Shares of the free populations at the mixed rest points that attract at these speeds, of the same populations."""
    if not problem.depends:
        return []
    pace = speeds.reshape(-1, *(1,) * (problem.conditional.ndim - 1))
    found = share_equilibria(problem.conditional * pace)  # speeds move no rest point, but may change its class
    return [point.shares for point in found.sinks if point.pure is None]


def static_case(
    case: Case,
    values: Mapping[str, float] | None,
    given: Mapping[str, float] | None,
    start: Mapping[str, float] | None,
    *,
    most_boxes: int,
) -> Static:
    """Solve a case with every share factor at 1; arguments as for ``gamebook.analysis.solve``."""
    frozen = replace(case, game=case.game.without_share_factors())
    problem = case_problem(frozen, values, given, start)
    path = status_quo_path(problem)
    found = equilibria(problem.conditional, tie_tolerance=TIE_TOLERANCE, most_boxes=most_boxes)
    return Static(found, path, path_ends_at(problem, path))


def certain_with_shares(profile: Profile, found: ShareEquilibria) -> bool | None:
    """Whether every path from inside ends at a profile: proved or refuted, else None.

    The response graph of pure profiles proves nothing here, since a mixed state may attract.
    """
    if found.dominant is not None:
        return found.dominant == profile
    here = next(point for point in found.rest_points if point.pure == profile)
    others = (point for point in found.sinks if point.verified and point.pure != profile)
    return False if not here.is_nash or any(others) else None


def pairs(static: Equilibria, dynamic: Equilibria) -> list[tuple[RestPoint | None, RestPoint | None]]:
    """Set rest points of the two side by side: mixed ones, and pure ones whose class differs; by their shares."""
    left = list(static.rest_points)
    found: list[tuple[RestPoint | None, RestPoint | None]] = []
    for point in dynamic.rest_points:
        same = [each for each in left if np.abs(each.shares - point.shares).max() <= SAME]
        left = [each for each in left if each not in same]
        found.append((same[0] if same else None, point))
    found += [(point, None) for point in left]

    def shown(pair: tuple[RestPoint | None, RestPoint | None]) -> bool:
        one, other = pair
        if one is None or other is None:
            return True
        return one.pure is None or one.stability is not other.stability

    def place(pair: tuple[RestPoint | None, RestPoint | None]) -> tuple[float, ...]:
        point = pair[1] or pair[0]
        return () if point is None else tuple(point.shares.tolist())

    return sorted(filter(shown, found), key=place)


def attracts(point: RestPoint | None) -> bool:
    """Whether a rest point is there and attracts."""
    return point is not None and point.stability is Stability.SINK
