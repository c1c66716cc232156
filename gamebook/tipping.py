"""``tip``: critical masses, the nearest border of the status quo's basin, and years to coordination."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.outcome_finder import REVISION_RATE, ending_of, finder_of, speeds_of, status_quo
from gamebook.problem import Problem, array_problem, case_problem
from gamebook.protocol_outcomes import ProtocolOutcomes
from gamebook.revision import check_open_start, chosen_protocol
from gamebook.subject import subject_of
from gamebook.tipping_result import Border, Kind, Line, Stretch, Switch, Tipping
from payoffs.game import Game
from solvers import critical_mass
from solvers.arrays import Floats
from solvers.attractors import Profile
from solvers.outcomes import OutcomeFinder
from solvers.separatrix import CHECK, nearest_border

POINTS = critical_mass.POINTS
POSITIONS = 101
"""Positions of a line at which the years are reported."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done (``lines`` or ``border``), how much of it is done, and how much there is."""


def tip(
    game: Case | Game | ArrayLike,
    *,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    by: Sequence[str] | None = None,
    toward: str | Mapping[str, float] | None = None,
    border: bool = True,
    points: int = POINTS,
    tolerance: float = critical_mass.TOLERANCE,
    revision_rate: float = REVISION_RATE,
    speeds: Mapping[str, float] | None = None,
    protocol: str = "replicator",
    noise: float | None = None,
    mutation: float | None = None,
    progress: Progress | None = None,
    command: str | None = None,
) -> Tipping:
    """Find where the outcome of evolution switches, and what it takes to get from the status quo to the other side.

    Every switch is reported on the diagonal (all free shares equal), on the way from the status quo to the goal, for
    each party alone, and for a group of parties that moves while the others stay at the status quo.

    Parameters
    ----------
    game : Case, Game or array
        What ``gamebook.load`` returns, a game of the ``payoffs`` package, or payoffs of shape (n, 2, ..., 2).
    values : mapping of parameter symbol to number
        Changes to the case's values.
    given : mapping of share symbol to a share in [0, 1]
        Shares that are held fixed. For an array the symbols are x_1, x_2, ...
    start : mapping of share symbol to a share in (0, 1)
        Changes to the status quo.
    by : ids or symbols of parties, their populations or shares
        A group that moves together, beside each party alone.
    toward : str or mapping of share symbol to a share in [0, 1]
        Where populations move to from the status quo: a profile, or shares of some while the others stay; default
        coordination, or all at index 1 where the game names none. Years are counted until the goal: the profile, or
        coordination.
    border : bool
        Whether to look for the nearest border of the status quo's basin, which takes longest.
    points, tolerance :
        Equal parts of each line for the first scan; part of the line to which switches are closed in.
    revision_rate, speeds, protocol, noise, mutation :
        As in ``simulate``.
    progress : callable
        Told what is done.
    command : str, optional
        Command line to record with the result.

    Raises
    ------
    PageError, InputError, SolverInputError
        Bad input, all ``ValueError``; each has ``text(lang)``.

    Examples
    --------
    >>> result = tip([[[2, 2], [0, 3]], [[2, 0], [2, 3]]], border=False)
    >>> [(round(switch.position, 5), switch.above.profile) for switch in result.diagonal.switches]
    [(0.66667, '11')]
    """
    chosen = chosen_protocol(protocol, noise, mutation)
    check_open_start(chosen, start)
    case = game if isinstance(game, Case) else Case.of(game) if isinstance(game, Game) else None
    name = "array" if case is None else case.game.id
    problem = array_problem(game, given, start) if case is None else case_problem(case, values, given, start)
    pace = speeds_of(problem, speeds or {}, name)
    finder = finder_of(problem, revision_rate, pace, chosen)
    here = status_quo(problem)
    goal, target = _toward(problem, toward, name)
    group = None if not by else _group(problem, by)
    outcome = finder.outcomes[int(finder.classified(here[None])[0][0])]
    survey = _Lines(problem, finder, goal, target, points, tolerance, progress)
    lines = survey.lines(group)
    found = None if not border else _border(problem, finder, here, progress)
    ending = ending_of(problem, outcome)
    name_of_goal = problem.name(problem.full_shares(goal))
    year = float(finder.arrival(here[None], goal)[0]) if ending.leads_to(name_of_goal) else np.nan
    return Tipping(
        **subject_of(problem, case, values, command).identity(),
        payoffs=problem.payoffs,
        goal=name_of_goal,
        toward=target,
        here=ending,
        years=None if np.isnan(year) else year,
        lines=lines,
        border=found,
        revision_rate=revision_rate,
        speeds=pace,
        scanned=points,
        protocol=chosen,
    )


def _toward(problem: Problem, toward: str | Mapping[str, float] | None, game: str) -> tuple[Profile, Floats]:
    """Return the goal of the free populations, and the shares of all populations to move to."""
    usual = problem.coordination or (1,) * len(problem.free)
    if toward is None or isinstance(toward, str):
        goal = usual if toward is None else problem.read_profile(toward)
        return goal, problem.full_shares(goal)
    target = problem.start.copy()
    for symbol, value in toward.items():
        if not 0.0 <= value <= 1.0:
            raise InputError("input.share_range", option="--toward", symbol=symbol, value=value)
        places = [i for i in problem.positions(symbol, option="--toward", game=game) if i in problem.free]
        if not places:
            raise InputError("basins.fixed", symbol=symbol)
        target[places] = value
    if (target == problem.start).all():
        raise InputError("tip.nowhere")
    return usual, target


def _group(problem: Problem, names: Sequence[str]) -> tuple[int, ...]:
    """Positions of the free populations that are named by id, symbol or share, their own or their party's."""
    found: set[int] = set()
    for name in names:
        own = [i for i, each in enumerate(problem.populations) if name in (each.id, each.symbol, each.share)]
        if not own:
            parties = [p for p, each in enumerate(problem.parties) if name in (each.id, each.symbol, each.share)]
            own = [i for i, each in enumerate(problem.populations) if each.party in parties]
        if not own:
            known = list(dict.fromkeys(each.id for each in (*problem.parties, *problem.populations)))
            raise InputError("tip.by", near=(name, known), name=name, known=", ".join(known))
        if not set(own) & set(problem.free):
            raise InputError("basins.fixed", symbol=name)
        found |= set(own) & set(problem.free)
    return tuple(sorted(found))


class _Lines:
    """Finds the switches on lines through the cube of shares, and the years along them."""

    def __init__(
        self, problem: Problem, finder: OutcomeFinder, goal: Profile, target: Floats, points: int, tolerance: float,
        progress: Progress | None,
    ) -> None:  # fmt: skip
        self.problem, self.finder, self.goal, self.target = problem, finder, goal, target
        self.points, self.tolerance, self.progress = points, tolerance, progress
        self.name = problem.name(problem.full_shares(goal))
        self.done, self.total = 0, 1

    def lines(self, group: tuple[int, ...] | None) -> tuple[Line, ...]:
        """Return all lines, the one of the group last."""
        free = self.problem.free
        parties = [
            tuple(i for i in free if self.problem.populations[i].party == party)
            for party in range(len(self.problem.parties))
        ]
        moved = [movers for movers in parties if movers and self._moves(movers)] if len(free) > 1 else []
        asked = [] if group is None or group in moved else [group]
        self.total = 2 + len(moved) + len(asked)
        found = [self._diagonal(), self._from_here("toward", free)]
        found += [self._from_here("party", movers) for movers in moved]
        found += [self._from_here("group", movers) for movers in asked]
        return tuple(found)

    def _moves(self, movers: tuple[int, ...]) -> bool:
        """Whether the way leads anywhere for them."""
        return len(movers) == 1 or bool((self.target != self.problem.start)[list(movers)].any())

    def _diagonal(self) -> Line:
        begin, end = (self.problem.full_shares((digit,) * len(self.problem.free)) for digit in (0, 1))
        here = self.problem.start[list(self.problem.free)]
        return self._line("diagonal", self.problem.free, begin, end, float(here[0]) if np.ptp(here) == 0.0 else None)

    def _from_here(self, kind: Kind, movers: tuple[int, ...]) -> Line:
        """One population over its whole range of shares; several from the status quo to where they move."""
        begin, end = self.problem.start.copy(), self.problem.start.copy()
        if len(movers) == 1:
            begin[movers[0]], end[movers[0]] = 0.0, 1.0
            return self._line(kind, movers, begin, end, float(self.problem.start[movers[0]]))
        end[list(movers)] = self.target[list(movers)]
        return self._line(kind, movers, begin, end, 0.0)

    def _line(self, kind: Kind, movers: tuple[int, ...], begin: Floats, end: Floats, here: float | None) -> Line:
        free = list(self.problem.free)
        found = critical_mass.switches_along(
            self.finder, begin[free], end[free], points=self.points, tolerance=self.tolerance, progress=self._tell,
            enclose=not isinstance(self.finder, ProtocolOutcomes),
        )  # fmt: skip
        self.done += 1
        self._tell(0, 1)
        at = np.linspace(found.stretches[0].low, found.stretches[-1].high, POSITIONS)
        here_and_there = np.clip(begin[free] + at[:, None] * (end - begin)[free], 2.0**-60, 1.0 - 2.0**-53)
        # Paths that do not end at the goal may still pass by.
        outcomes = map(found.outcome, at.tolist())
        ends = [each is not None and ending_of(self.problem, each).leads_to(self.name) for each in outcomes]
        switches = tuple(
            Switch(
                position=switch.position,
                low=switch.low,
                high=switch.high,
                shares=begin + switch.position * (end - begin),
                below=ending_of(self.problem, switch.below),
                above=ending_of(self.problem, switch.above),
            )
            for switch in found.switches
        )
        return Line(
            kind=kind,
            movers=movers,
            is_share=kind == "diagonal" or len(movers) == 1,
            here=here,
            begin=begin,
            end=end,
            switches=switches,
            stretches=tuple(
                Stretch(part.low, part.high, ending_of(self.problem, part.outcome), part.enclosed)
                for part in found.stretches
            ),
            step=found.step,
            unproved=found.unproved,
            tolerance=self.tolerance,
            complete=found.status == "complete",
            at=at,
            years=np.where(ends, self.finder.arrival(here_and_there, self.goal), np.nan),
        )

    def _tell(self, done: int, most: int) -> None:
        if self.progress is not None:
            self.progress("lines", 1000 * self.done + 1000 * done // most, 1000 * self.total)


def _border(problem: Problem, finder: OutcomeFinder, here: Floats, progress: Progress | None) -> Border:
    found = nearest_border(
        finder, here, progress=None if progress is None else lambda done, most: progress("border", done, most)
    )
    shares = None
    if found.point is not None:
        shares = problem.start.copy()
        shares[list(problem.free)] = found.point
        shares.flags.writeable = False
    return Border(
        distance=found.distance,
        at_least=found.at_least,
        everywhere=found.everywhere,
        shares=shares,
        beyond=None if found.beyond is None else ending_of(problem, found.beyond),
        confirmed=found.confirmed,
        check=CHECK,
        directions=found.directions,
    )
