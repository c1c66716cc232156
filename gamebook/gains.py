"""What each party gains by the policy: its payoff where the status quo leads, over that without any instrument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from gamebook.book import Case
from gamebook.flow import end_name, path_ends_at, status_quo_path
from gamebook.populations import party_means
from gamebook.problem import Problem, case_problem
from payoffs.game import Game
from payoffs.scenario import Region, Scenario, Segment
from solvers.arrays import Floats
from solvers.dynamics.fate import Fates


@dataclass(frozen=True, slots=True, eq=False)
class Gains:
    """Payoffs at the end of the path from the status quo, less those at the end without any policy instrument.

    Attributes
    ----------
    ends : where the two paths settle, with the policy and without, as strings; None where one settles nowhere
    by_party : shape (party,), per party and period, means over its populations; None if an end is missing
    """

    ends: tuple[str | None, str | None]
    by_party: Floats | None

    @property
    def least(self) -> float | None:
        """Smallest gain of any party; negative: what it loses."""
        return None if self.by_party is None else float(self.by_party.min())

    @property
    def loser(self) -> int | None:
        """Position of the party with the smallest gain."""
        return None if self.by_party is None else int(self.by_party.argmin())


def gains_over_nothing(
    problem: Problem,
    path: Fates | None,
    case: Case,
    values: Mapping[str, float] | None,
    given: Mapping[str, float] | None,
    start: Mapping[str, float] | None,
) -> Gains | None:
    """Compare with the same case without its instruments; None if none is in force.

    Parameters
    ----------
    path : of the problem, from the status quo
    values, given, start : what the problem was stated with
    """
    if not problem.instruments:
        return None
    base = case_problem(without_tools(case, {**case.values, **(values or {})}), None, given, start)
    ends = (path_ends_at(problem, path), path_ends_at(base, status_quo_path(base)))
    if ends[0] is None or ends[1] is None:
        names = [None if end is None else end_name(problem, end) for end in ends]
        return Gains((names[0], names[1]), None)
    now, before = (
        party_means(each.populations, each.payoffs_at(end)) for each, end in ((problem, ends[0]), (base, ends[1]))
    )
    by_party = np.asarray(now - before)
    by_party.flags.writeable = False
    return Gains((end_name(problem, ends[0]), end_name(base, ends[1])), by_party)


def without_tools(case: Case, values: Mapping[str, float]) -> Case:
    """Return the case with the values, without what they and its segments set of policy instruments."""
    scenario = None if case.scenario is None else _bare(case.scenario, case.game)
    return replace(case, scenario=scenario, values=_base(case.game, values))


def _bare(scenario: Scenario, game: Game) -> Scenario:
    def bare(part: Segment | Region) -> dict[str, float]:
        return _base(game, part.values)

    return replace(
        scenario,
        values=_base(game, scenario.values),
        segments=tuple(replace(part, values=bare(part)) for part in scenario.segments),
        regions=tuple(replace(part, values=bare(part)) for part in scenario.regions),
    )


def _base(game: Game, values: Mapping[str, float]) -> dict[str, float]:
    return {symbol: value for symbol, value in values.items() if game.parameters[symbol].instrument is None}
