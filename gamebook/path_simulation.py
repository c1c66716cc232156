"""``simulate``: paths of a case of the book, or of a plain payoff array, over the years."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from gamebook.book import Case
from gamebook.discounting import DISCOUNT, check_discount
from gamebook.errors import InputError
from gamebook.flow import fastest_growth, path_ends_at, paths_at, paths_end
from gamebook.outcome_finder import MOST_REVISION_RATE, REVISION_RATE, speeds_of
from gamebook.path_cost import YEARS
from gamebook.path_quantities import Quantities, quantities
from gamebook.path_starts import check_size, given_starts, grid, read_starts
from gamebook.problem import Problem, array_problem, case_problem
from gamebook.simulation import NEAR, PathEnd, PathStatus, Simulation
from gamebook.states import segment_gaps
from gamebook.subject import subject_of
from payoffs.game import Game
from solvers.arrays import Floats
from solvers.dynamics.fate import Fate, Fates, fates

DELTA, MOST_DELTA = 0.1, 10.0
MOST_YEARS = 10_000.0
POINTS, MOST_POINTS = 101, 100_001
AT_ONCE = 4_000_000  # numbers in the arrays of one pass over some of the paths
STATUS: dict[Fate, PathStatus] = {
    Fate.SETTLED: "settled",
    Fate.AT_REST: "at rest",
    Fate.CYCLING: "cycling",
    Fate.HETEROCLINIC: "heteroclinic",
    Fate.UNDECIDED: "undecided",
}


def simulate(
    game: Case | Game | ArrayLike,
    *,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    starts: ArrayLike | str | Path | None = None,
    grid_count: int | None = None,
    years: float = YEARS,
    points: int = POINTS,
    revision_rate: float = REVISION_RATE,
    speeds: Mapping[str, float] | None = None,
    delta: float = DELTA,
    discount: float = DISCOUNT,
    command: str | None = None,
) -> Simulation:
    """Follow the replicator dynamics over the years from one or many starts, and say where each path goes.

    A share changes at the rate ``revision_rate * speed * x (1 - x) D`` per year, where D is what its party gains by
    index 1. Paths are recorded for the years asked for, and followed beyond them until their end is known.

    Parameters
    ----------
    game : Case, Game or array
        What ``gamebook.load`` returns, a game of the ``payoffs`` package, or payoffs of shape (n, 2, ..., 2).
    values : mapping of parameter symbol to number
        Changes to the case's values.
    given : mapping of share symbol to a share in [0, 1]
        Shares that are held fixed. For an array the symbols are x_1, x_2, ...
    start : mapping of share symbol to a share in (0, 1)
        Changes to the status quo, from which the path starts. Not with ``starts`` or ``grid_count``.
    starts : array of shape (paths, free parties), or the path of a CSV file with a column per share
    grid_count : int
        Starts at the middles of this many equal parts of (0, 1) for every free party.
    years : float
        In (0, 10000].
    points : int
        Number of recorded times, from 0 to ``years`` at equal distances.
    revision_rate : float
        Per unit of payoff and year, in [0, 10].
    speeds : mapping of share symbol to a factor on the revision rate, in [0.001, 1000]
    delta : float
        Rate per year at which dynamic mismatch follows mismatch, in [0, 10].
    discount : float
        Rate per year, in [0, 1], at which money counts less later in sums over the years.
    command : str, optional
        Command line to record with the result.

    Raises
    ------
    PageError, InputError, TableError, SolverInputError
        Bad input, all ``ValueError``; each has ``text(lang)``.

    Examples
    --------
    >>> paths = simulate([[[2, 2], [0, 3]], [[2, 0], [2, 3]]], starts=[[0.9, 0.6], [0.5, 0.5]], years=100)
    >>> [end.profile for end in paths.ends]
    ['11', '00']
    """
    _check(years=years, points=points, revision_rate=revision_rate, delta=delta, grid_count=grid_count)
    check_discount(discount)
    case = game if isinstance(game, Case) else Case.of(game) if isinstance(game, Game) else None
    problem = array_problem(game, given, start) if case is None else case_problem(case, values, given, start)
    pace = speeds_of(problem, speeds or {}, "array" if case is None else case.game.id)
    source, begin = _starts(problem, start, starts, grid_count, points)
    times = np.linspace(0.0, years, points)
    kappa = revision_rate * pace
    goal = problem.coordination
    followed = _ends(problem, begin, kappa, goal)
    found = _quantities(problem, begin, times, kappa, delta, discount)
    return Simulation(
        **subject_of(problem, case, values, command).identity(),
        revision_rate=revision_rate,
        speeds=pace,
        delta=delta,
        source=source,
        times=times,
        shares=found.shares,
        ends=tuple(_end(problem, followed, p, kappa) for p in range(len(begin))),
        goal=None if goal is None else problem.name(problem.full_shares(goal)),
        years_to_goal=tuple(None if np.isnan(year) else float(year) for year in followed.arrival),
        payoffs=found.payoffs,
        measures=found.measures,
        mismatch=None if "matched" not in found.measures else 1.0 - found.measures["matched"],
        dynamic_mismatch=found.dynamic_mismatch,
        mean_dynamic_mismatch=found.mean_dynamic_mismatch,
        money=found.money,
        discount=discount,
        discounted=found.discounted,
        segment_gap=segment_gaps(problem, found.payoffs),
    )


def _check(*, years: float, points: int, revision_rate: float, delta: float, grid_count: int | None) -> None:
    if not 0.0 < years <= MOST_YEARS:
        raise InputError("simulate.years", value=years, most=f"{MOST_YEARS:,.0f}")
    if not 2 <= points <= MOST_POINTS:
        raise InputError("simulate.points", value=points, most=f"{MOST_POINTS:,}")
    for option, value, most in (
        ("--revision-rate", revision_rate, MOST_REVISION_RATE),
        ("--delta", delta, MOST_DELTA),
    ):
        if not 0.0 <= value <= most:
            raise InputError("simulate.rate", option=option, value=value, most=f"{most:g}")
    if grid_count is not None and grid_count < 1:
        raise InputError("simulate.grid", value=grid_count)


def _starts(
    problem: Problem,
    start: Mapping[str, float] | None,
    starts: ArrayLike | str | Path | None,
    grid_count: int | None,
    points: int,
) -> tuple[Literal["status quo", "start", "grid", "file", "array"], Floats]:
    """Where the starts come from, and the starts of all populations, shape (paths, n)."""
    if sum(chosen is not None for chosen in (start or None, starts, grid_count)) > 1:
        raise InputError("simulate.one_source")
    accounts = problem.accounts
    columns = 2 * len(problem.populations) + (0 if accounts is None else len(accounts.measures) + 9)
    if grid_count is not None:
        check_size(grid_count ** len(problem.free), points, columns, option="--grid")
        return "grid", grid(problem, grid_count)
    if isinstance(starts, str | Path):
        begin = read_starts(Path(starts), problem)
        check_size(len(begin), points, columns, option="--starts")
        return "file", begin
    if starts is not None:
        begin = given_starts(problem, starts)
        check_size(len(begin), points, columns, option="starts")
        return "array", begin
    check_size(1, points, columns, option="--points")
    return "start" if start else "status quo", problem.start[None].copy()


def _ends(problem: Problem, begin: Floats, kappa: Floats, goal: tuple[int, ...] | None) -> Fates:
    """Where the paths go; without revision nothing ever moves."""
    free = list(problem.free)
    sides = (1,) * len(free) if goal is None else goal
    if not kappa.any():
        return fates(np.zeros_like(problem.pure.advantages), begin[:, free], goal=sides)
    level = float(np.log(NEAR / (1.0 - NEAR)))
    return paths_end(problem, begin[:, free], speeds=kappa[free], goal=sides, level=level)


def _end(problem: Problem, followed: Fates, p: int, kappa: Floats) -> PathEnd:
    free = list(problem.free)
    target = followed.target[p]
    rest = path_ends_at(problem, followed, p, speeds=kappa[free]) if kappa.all() else None
    shares = problem.full_shares((0,) * len(problem.free) if target is None else target)
    if target is None:
        shares[free] = followed.shares[p] if rest is None else rest[free]
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


def _quantities(
    problem: Problem, begin: Floats, times: Floats, kappa: Floats, delta: float, discount: float
) -> Quantities:
    """Everything along the paths, some of them at a time."""
    free = list(problem.free)
    moves = bool(kappa.any())
    fastest = fastest_growth(problem, kappa[free])

    def shares_at(moments: Floats, some: slice) -> Floats:
        full = np.repeat(begin[some][:, None], len(moments), axis=1)
        if moves:
            full[..., free] = paths_at(problem, begin[some][:, free], moments, speeds=kappa[free])
            # The detour over log-odds may cost the last digit; a result is repeated from the start it states.
            full[:, moments == 0.0] = begin[some][:, None]
        return full

    return quantities(
        problem, shares_at, paths=len(begin), times=times, delta=delta, discount=discount, fastest=fastest,
        at_once=AT_ONCE,
    )  # fmt: skip
