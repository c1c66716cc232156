"""``basins``: which part of all starts ends where, and a map of the ends over two shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from gamebook.basin_result import UNSETTLED, BasinSurvey, Ending, MixedEnd, Part, ShareMap
from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.outcome_finder import (
    REVISION_RATE,
    ending_of,
    finder_of,
    free_position,
    rest_place,
    speeds_of,
    status_quo,
)
from gamebook.problem import Problem, array_problem, case_problem
from gamebook.protocol_outcomes import RestOutcome
from gamebook.revision import check_open_start, chosen_protocol, is_standard
from gamebook.share_dependence import mixed_sinks
from gamebook.subject import subject_of
from payoffs.game import Game
from solvers import basins as sampling
from solvers.arrays import Floats
from solvers.basin_maps import basin_map
from solvers.basins import Basins
from solvers.outcomes import OutcomeFinder
from solvers.share_dependent.mixed_basins import mixed_basins

WIDTH = 0.01
SETS, SAMPLES = 8, 512
GRID, MOST_GRID = 60, 1000

Progress = Callable[[str, int, int], None]
"""Called with what is being done (``sample`` or ``map``), how much of it is done, and how much there may be."""


def basins(
    game: Case | Game | ArrayLike,
    *,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    around: float | None = None,
    width: float | None = WIDTH,
    sets: int = SETS,
    samples: int = SAMPLES,
    most_starts: int = sampling.MOST_STARTS,
    map_axes: Sequence[str] | None = None,
    grid: int = GRID,
    revision_rate: float = REVISION_RATE,
    speeds: Mapping[str, float] | None = None,
    protocol: str = "replicator",
    noise: float | None = None,
    mutation: float | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    command: str | None = None,
) -> BasinSurvey:
    """Estimate which part of all starts ends in each strict equilibrium, or does something else.

    Parameters
    ----------
    game : Case, Game or array
        What ``gamebook.load`` returns, a game of the ``payoffs`` package, or payoffs of shape (n, 2, ..., 2).
    values : mapping of parameter symbol to number
        Changes to the case's values.
    given : mapping of share symbol to a share in [0, 1]
        Shares that are held fixed, for all starts. For an array the symbols are x_1, x_2, ...
    start : mapping of share symbol to a share in (0, 1)
        Changes to the status quo: the middle of ``around``, and where a map holds the other shares.
    around : float
        Draw starts uniformly from within this distance of the status quo in every share, instead of from (0, 1).
    width : float or None
        Follow more starts until every 95 % interval is at most this wide; None for no more than ``sets * samples``.
    sets, samples : int
        Independently scrambled Sobol sets, at least 8, and starts in each of them to begin with.
    most_starts : int
        Budget of starts.
    map_axes : two share symbols
        Map the ends over these two; a party's symbol moves all of its populations together.
    grid : int
        Cells of the map along each axis.
    revision_rate, speeds :
        As in ``simulate``; only the years on the map depend on the rate, the ends depend on unequal speeds.
    protocol, noise, mutation :
        As in ``simulate``. Under logit and mutation paths end at rest points near pure profiles, not in them.
    seed : int
        The same seed gives the same bits.
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
    >>> survey = basins([[[2, 2], [0, 3]], [[2, 0], [2, 3]]])
    >>> [part.ending.profile for part in survey.parts[:2]]
    ['00', '11']
    """
    chosen = chosen_protocol(protocol, noise, mutation)
    check_open_start(chosen, start)
    if seed < 0:
        raise InputError("input.seed", value=seed)
    case = game if isinstance(game, Case) else Case.of(game) if isinstance(game, Game) else None
    name = "array" if case is None else case.game.id
    problem = array_problem(game, given, start) if case is None else case_problem(case, values, given, start)
    pace = speeds_of(problem, speeds or {}, name)
    finder = finder_of(problem, revision_rate, pace, chosen)
    low, high = _box(problem, around)
    free = list(problem.free)
    axes = None if map_axes is None else _axes(problem, map_axes, grid, name)
    sample = sampling.basins(
        finder,
        rng=np.random.default_rng(seed),
        sets=sets,
        samples=samples,
        low=None if around is None else low[free],
        high=None if around is None else high[free],
        width=width,
        most_starts=most_starts,
        progress=None if progress is None else lambda done, most: progress("sample", done, most),
    )
    return BasinSurvey(
        **subject_of(problem, case, values, command).identity(),
        payoffs=problem.payoffs,
        parts=_parts(problem, finder, sample),
        sample=sample if is_standard(chosen) else replace(sample, method=method_of(sample.method)),
        around=around,
        low=low,
        high=high,
        revision_rate=revision_rate,
        speeds=pace,
        map=None if axes is None or map_axes is None else _map(problem, finder, axes, map_axes, grid, progress),
        seed=seed,
        first_samples=samples,
        most_starts=most_starts,
        mixed=_mixed(problem, revision_rate * pace[free], seed, low[free], high[free]) if is_standard(chosen) else (),
        protocol=chosen,
        closing=tuple(rest_place(problem, rest) for rest in getattr(finder, "closing", ())),
    )


def _mixed(problem: Problem, speeds: Floats, seed: int, low: Floats, high: Floats) -> tuple[MixedEnd, ...]:
    """Mixed rest points that attract, with the share of starts in the box that come to rest there."""
    sinks = mixed_sinks(problem, speeds)
    if problem.copies is None or not sinks:
        return ()
    rng = np.random.default_rng(seed)
    found = mixed_basins(problem.copies, sinks, rng=rng, speeds=speeds, low=low, high=high)
    ends = []
    for shares, basin in zip(sinks, found, strict=True):
        full = problem.full_shares((0,) * len(problem.free))
        full[list(problem.free)] = shares
        full.flags.writeable = False
        ends.append(MixedEnd(full, basin))
    return tuple(ends)


def _box(problem: Problem, around: float | None) -> tuple[Floats, Floats]:
    """Corners of the box of starts, all populations; fixed shares are what they are."""
    low, high = np.zeros(len(problem.populations)), np.ones(len(problem.populations))
    if around is not None:
        if not 0.0 < around <= 1.0:
            raise InputError("basins.around", value=around)
        low, high = np.maximum(problem.start - around, 0.0), np.minimum(problem.start + around, 1.0)
    for position, share in problem.given.items():
        low[position] = high[position] = share
    return low, high


def method_of(words: str) -> str:
    """Say in the method of a sample what is proved of its ends under protocols."""
    return words.replace("ends proved by capture", "ends in strict equilibria proved by capture, others seen")


def _parts(problem: Problem, finder: OutcomeFinder, sample: Basins) -> tuple[Part, ...]:
    """Shares by ending, the largest first; others than settled only where something was not captured."""
    endings = {outcome.profile: ending_of(problem, outcome) for outcome in finder.outcomes}
    parts = [Part(endings[key], share, sample.counts[key]) for key, share in sample.outcomes.items()]
    if sample.unsettled.share > 0.0:
        for status, fate in UNSETTLED:
            parts.append(Part(Ending(status), getattr(sample, fate.name.lower()), sample.classified[fate]))
    return tuple(sorted(parts, key=lambda part: (-part.share.share, part.ending.where or "~")))


def _axes(
    problem: Problem, symbols: Sequence[str], grid: int, game: str
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Places of the populations on the two axes among the free ones."""
    if len(symbols) != 2:
        raise InputError("basins.map_two", value=", ".join(symbols))
    if not 2 <= grid <= MOST_GRID:
        raise InputError("basins.grid", value=grid, most=MOST_GRID)
    first, second = (problem.positions(symbol, option="--map", game=game) for symbol in symbols)
    if set(first) & set(second):
        raise InputError("basins.map_same", first=symbols[0], second=symbols[1])
    status_quo(problem)
    across, up = (tuple(free_position(problem, i) for i in axis) for axis in (first, second))
    return across, up


def _map(
    problem: Problem,
    finder: OutcomeFinder,
    axes: tuple[tuple[int, ...], tuple[int, ...]],
    symbols: Sequence[str],
    grid: int,
    progress: Progress | None,
) -> ShareMap:
    """Map the ends over two shares; settled endings first, then by profile."""
    found = basin_map(
        finder,
        axes,
        status_quo(problem),
        cells=(grid, grid),
        progress=None if progress is None else lambda done, most: progress("map", done, most),
    )
    marks: dict[tuple[float, float], list[str]] = {}
    for outcome in found.outcomes:
        ending = ending_of(problem, outcome)
        end, where = ending.where, outcome.shares if isinstance(outcome, RestOutcome) else outcome.profile
        if where is not None and end is not None:
            place = tuple(float(np.mean([where[i] for i in axis])) for axis in axes)
            marks.setdefault((place[0], place[1]), []).append(end)
    return ShareMap(
        axes=(symbols[0], symbols[1]),
        across=found.across,
        up=found.up,
        endings=tuple(ending_of(problem, outcome) for outcome in found.outcomes),
        code=found.code,
        years=found.time,
        marks=tuple((tuple(names), *place) for place, names in marks.items()),
    )
