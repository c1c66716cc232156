"""The dynamics of a problem as a finder of outcomes, in years, and what several verbs check before they use one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gamebook.basin_result import Ending, RestPlace, Status
from gamebook.errors import InputError
from gamebook.flow import outcomes
from gamebook.problem import Problem
from gamebook.protocol_outcomes import CLOSING_RADIUS, RADIUS, ProtocolOutcomes, RestOutcome
from gamebook.protocol_run import ProtocolRun
from gamebook.revision import STANDARD, is_standard
from solvers.arrays import Floats
from solvers.attractors import Profile
from solvers.dynamics.fate import Fate
from solvers.dynamics.protocols import Protocol
from solvers.outcomes import Outcome, OutcomeFinder

REVISION_RATE, MOST_REVISION_RATE = 0.1, 10.0
SLOWEST, FASTEST = 0.001, 1000.0


def finder_of(problem: Problem, revision_rate: float, speeds: Floats, chosen: Protocol = STANDARD) -> OutcomeFinder:
    """Return what tells the outcomes of starts of the free populations; times are in years.

    Parameters
    ----------
    revision_rate : above 0; per unit of payoff and year, or per year where the protocol's velocity is a rate
    speeds : shape (population,), factors on it
    chosen : protocol by which people revise
    """
    if not 0.0 < revision_rate <= MOST_REVISION_RATE:
        raise InputError("basins.rate", value=revision_rate, most=f"{MOST_REVISION_RATE:g}")
    if not is_standard(chosen):
        return ProtocolOutcomes(problem, ProtocolRun(problem, chosen, revision_rate, speeds))
    return outcomes(problem, revision_rate * speeds[list(problem.free)])


def speeds_of(problem: Problem, speeds: Mapping[str, float], game: str) -> Floats:
    """Factor on the revision rate per population, shape (population,).

    Raises
    ------
    InputError
        If a symbol is unknown or a factor out of range.
    """
    pace = np.ones(len(problem.populations))
    own = {population.share for population in problem.populations}
    for symbol, value in sorted(speeds.items(), key=lambda item: item[0] in own):
        places = problem.positions(symbol, option="--speed", game=game)
        if not SLOWEST <= value <= FASTEST:
            raise InputError("simulate.speed", symbol=symbol, value=value, least=f"{SLOWEST:g}", most=f"{FASTEST:g}")
        pace[list(places)] = value
    return pace


def status_quo(problem: Problem) -> Floats:
    """Shares of the free populations at the status quo, shape (free,).

    Raises
    ------
    InputError
        If one of them lies on its border, where it never moves.
    """
    here: Floats = problem.start[list(problem.free)]
    for position, x in zip(problem.free, here.tolist(), strict=True):
        if not 0.0 < x < 1.0:
            raise InputError("basins.start_border", symbol=problem.populations[position].share, value=f"{x:g}")
    return here


def free_position(problem: Problem, position: int) -> int:
    """Place of a population among the free ones.

    Raises
    ------
    InputError
        If it is held fixed.
    """
    if position not in problem.free:
        raise InputError("basins.fixed", symbol=problem.populations[position].share)
    return problem.free.index(position)


STATUS: dict[Fate, Status] = {
    Fate.SETTLED: "settled",
    Fate.AT_REST: "at rest",
    Fate.CLOSING_IN: "closing in",
    Fate.SLIDING: "sliding",
    Fate.CYCLING: "cycling",
    Fate.HETEROCLINIC: "heteroclinic",
    Fate.UNDECIDED: "undecided",
}


def ending_of(problem: Problem, outcome: Outcome) -> Ending:
    """Name an outcome of the free populations in terms of all."""
    if isinstance(outcome, RestOutcome):
        return Ending(STATUS[outcome.fate], rest=rest_place(problem, outcome))
    profile = outcome.profile if outcome.fate is Fate.SETTLED else None
    return Ending(STATUS[outcome.fate], end_of(problem, profile))


def rest_place(problem: Problem, rest: RestOutcome) -> RestPlace:
    """Describe a rest point of the free populations in terms of all."""
    shares = problem.full_shares((0,) * len(problem.free))
    shares[list(problem.free)] = rest.shares
    radius = CLOSING_RADIUS if rest.fate is Fate.CLOSING_IN else RADIUS
    return RestPlace(rest.near, rest.number, tuple(shares.tolist()), rest.attracts, radius, rest.distance)


def end_of(problem: Problem, profile: Profile | None) -> str | None:
    """Write the strict equilibrium of the free populations in which a path settles as a profile of all."""
    return None if profile is None else problem.name(problem.full_shares(profile))
