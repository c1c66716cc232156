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
from gamebook.outcome_finder import MOST_REVISION_RATE, REVISION_RATE, speeds_of
from gamebook.path_cost import YEARS
from gamebook.path_quantities import quantities
from gamebook.path_runs import FollowedProtocol, ReplicatorRun, Run
from gamebook.path_starts import check_size, given_starts, grid, read_starts
from gamebook.problem import Problem, array_problem, case_problem
from gamebook.revision import chosen_protocol, is_standard
from gamebook.simulation import Simulation
from gamebook.states import segment_gaps
from gamebook.subject import subject_of
from payoffs.game import Game
from solvers.arrays import Floats

DELTA, MOST_DELTA = 0.1, 10.0
MOST_YEARS = 10_000.0
POINTS, MOST_POINTS = 101, 100_001
AT_ONCE = 4_000_000  # numbers in the arrays of one pass over some of the paths


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
    protocol: str = "replicator",
    noise: float | None = None,
    mutation: float | None = None,
    command: str | None = None,
) -> Simulation:
    """Follow the dynamics over the years from one or many starts, and say where each path goes.

    Under the replicator dynamics a share changes at the rate ``revision_rate * speed * x (1 - x) D`` per year, where
    D is what its party gains by index 1; under other protocols at ``revision_rate * speed`` times the velocity in
    ``solvers.dynamics.protocols``. Paths are recorded for the years asked for, and followed beyond them until their
    end is known.

    Parameters
    ----------
    game : Case, Game or array
        What ``gamebook.load`` returns, a game of the ``payoffs`` package, or payoffs of shape (n, 2, ..., 2).
    values : mapping of parameter symbol to number
        Changes to the case's values.
    given : mapping of share symbol to a share in [0, 1]
        Shares that are held fixed. For an array the symbols are x_1, x_2, ...
    start : mapping of share symbol to a share in (0, 1), or [0, 1] under protocols that take up unused strategies
        Changes to the status quo, from which the path starts. Not with ``starts`` or ``grid_count``.
    starts : array of shape (paths, free parties), or the path of a CSV file with a column per share
    grid_count : int
        Starts at the middles of this many equal parts of (0, 1) for every free party.
    years : float
        In (0, 10000].
    points : int
        Number of recorded times, from 0 to ``years`` at equal distances.
    revision_rate : float
        In [0, 10]: per unit of payoff and year, or under maynard-smith, logit and best-response per year.
    speeds : mapping of share symbol to a factor on the revision rate, in [0.001, 1000]
    delta : float
        Rate per year at which dynamic mismatch follows mismatch, in [0, 10].
    discount : float
        Rate per year, in [0, 1], at which money counts less later in sums over the years.
    protocol : str
        By which people revise: one of ``solvers.dynamics.protocols.protocol_names()``.
    noise, mutation : float
        Positive, in the unit of payoffs: the parameter that logit, or mutation, needs.
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
    chosen = chosen_protocol(protocol, noise, mutation)
    _check(years=years, points=points, revision_rate=revision_rate, delta=delta, grid_count=grid_count)
    check_discount(discount)
    case = game if isinstance(game, Case) else Case.of(game) if isinstance(game, Game) else None
    border = not chosen.properties.faces_invariant
    if case is None:
        problem = array_problem(game, given, start, border=border)
    else:
        problem = case_problem(case, values, given, start, border=border)
    pace = speeds_of(problem, speeds or {}, "array" if case is None else case.game.id)
    source, begin = _starts(problem, start, starts, grid_count, points, border=border)
    times = np.linspace(0.0, years, points)
    run: Run
    if is_standard(chosen) or revision_rate == 0.0:
        run = ReplicatorRun(problem, revision_rate * pace)
    else:
        run = FollowedProtocol(problem, chosen, revision_rate, pace)
    goal = problem.coordination
    ends, arrival = run.ends(begin, (1,) * len(problem.free) if goal is None else goal)
    found = quantities(
        problem, run.recorder(begin), paths=len(begin), times=times, delta=delta, discount=discount,
        fastest=run.fastest, at_once=AT_ONCE,
    )  # fmt: skip
    return Simulation(
        **subject_of(problem, case, values, command).identity(),
        revision_rate=revision_rate,
        speeds=pace,
        delta=delta,
        source=source,
        times=times,
        shares=found.shares,
        ends=ends,
        goal=None if goal is None else problem.name(problem.full_shares(goal)),
        years_to_goal=tuple(None if np.isnan(year) else float(year) for year in arrival),
        payoffs=found.payoffs,
        measures=found.measures,
        mismatch=None if "matched" not in found.measures else 1.0 - found.measures["matched"],
        dynamic_mismatch=found.dynamic_mismatch,
        mean_dynamic_mismatch=found.mean_dynamic_mismatch,
        money=found.money,
        discount=discount,
        discounted=found.discounted,
        segment_gap=segment_gaps(problem, found.payoffs),
        protocol=chosen,
        known_until=run.known_until,
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
    *,
    border: bool,
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
        begin = read_starts(Path(starts), problem, border=border)
        check_size(len(begin), points, columns, option="--starts")
        return "file", begin
    if starts is not None:
        begin = given_starts(problem, starts)
        check_size(len(begin), points, columns, option="starts")
        return "array", begin
    check_size(1, points, columns, option="--points")
    return "start" if start else "status quo", problem.start[None].copy()
