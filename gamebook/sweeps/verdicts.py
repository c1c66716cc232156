"""What holds at very many parameter points of a case: pure equilibria, sinks, and the verdict on coordination.

    judge = point_judge(book.case("package"), ["s_F", "V"])
    found = judge.at(points)                                 # points (count, 2)
    found.certain.mean(), found.strict, found.margin

Payoffs have the bits of ``solve``, and so does every verdict. Points are worked on in chunks that do not change them.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.problem import case_problem, check_effect
from gamebook.refusals import refuse_unsolvable
from gamebook.sweeps.payoffs import MatchPlan, conditional, match_plans, matches_of
from gamebook.sweeps.response_words import (
    MOST_PLAYERS,
    OPEN,
    ResponseSets,
    Words,
    losses_at,
    response_sets,
    signs,
)
from payoffs.segments import Matches
from solvers.arrays import LARGEST_PAYOFF, Booleans, Floats, Integers
from solvers.attractors import Profile
from solvers.equilibria import TIE_TOLERANCE

CHUNK = 8_192
"""Points that are worked on together."""
STATUSES = ("decided", "ties", "near ties", "out of range")
"""What ``PointVerdicts.status`` holds, by number: no ties; exact ties; a difference beyond rounding counted as one;
a parameter out of its bounds or a derived quantity out of its range."""
DECIDED, TIES, NEAR_TIES, OUT_OF_RANGE = range(4)


@dataclass(frozen=True, slots=True, eq=False)
class PointVerdicts:
    """What holds at every point. Bit s of a word is the pure profile of the free populations at position s in C order.

    Attributes
    ----------
    players : number of free populations
    coordination : profile that is judged, or None
    status : shape (points,), position in ``STATUSES``
    nash, strict : shape (points,), pure Nash equilibria and strict ones as sets; empty where out of range
    sinks, sink_offsets : sink components of the response graph as sets; those of point i are the rows
        ``sink_offsets[i]`` to ``sink_offsets[i + 1]``; none where out of range
    stable, certain : shape (points,), 1 yes, 0 no, -1 open: ties, out of range, or no profile to judge
    margin : shape (points,), smallest loss from leaving the profile, in payoff units; NaN where there is none
    """

    players: int
    coordination: Profile | None
    status: NDArray[np.int8]
    nash: Words
    strict: Words
    sinks: Words
    sink_offsets: Integers
    stable: NDArray[np.int8]
    certain: NDArray[np.int8]
    margin: Floats

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self.status)

    @property
    def decided(self) -> Booleans:
        """Whether a point is in range and has no ties; shape (points,)."""
        return np.asarray(self.status == DECIDED)

    @property
    def outside(self) -> Booleans:
        """Whether a point is out of range; shape (points,)."""
        return np.asarray(self.status == OUT_OF_RANGE)

    @property
    def regimes(self) -> Integers:
        """Number of the regime of every point, by first appearance: points with the same sinks share one.

        -1 where out of range.
        """
        numbers: dict[tuple[int, ...], int] = {}
        words, ends = self.sinks.tolist(), self.sink_offsets.tolist()
        kinds = (tuple(words[a:b]) for a, b in itertools.pairwise(ends))
        return np.array([numbers.setdefault(kind, len(numbers)) if kind else -1 for kind in kinds], dtype=np.int64)


def judge_payoffs(
    payoffs: Floats, coordination: Profile | None, *, tie_tolerance: float = TIE_TOLERANCE
) -> PointVerdicts:
    """Judge many games given as payoffs.

    Parameters
    ----------
    payoffs : shape (games, n, 2, ..., 2), at most six players; a game with a number that is not finite is out of range
    coordination : profile to judge

    Examples
    --------
    Two stag hunts, one of them with a hunt that pays less than going alone:

    >>> hunts = np.array([[[[2, 2], [0, 3]], [[2, 0], [2, 3]]], [[[4, 4], [0, 3]], [[4, 0], [4, 3]]]], dtype=float)
    >>> found = judge_payoffs(hunts, (1, 1))
    >>> found.stable.tolist(), found.certain.tolist(), found.strict.tolist(), found.margin.tolist()
    ([1, 0], [0, 0], [9, 1], [1.0, -1.0])
    """
    players = payoffs.shape[1]
    if players > MOST_PLAYERS:
        raise InputError("verdicts.populations", count=players, most=MOST_PLAYERS)
    inside: Booleans = np.asarray((np.abs(payoffs) <= LARGEST_PAYOFF).reshape(len(payoffs), -1).all(axis=1))
    games = payoffs if inside.all() else np.where(inside.reshape(-1, *(1,) * (payoffs.ndim - 1)), payoffs, 0.0)
    found = signs(games, tie_tolerance)
    sets = response_sets(found, coordination)
    tied = ~(found.up | found.down).all(axis=(1, 2))
    status = np.where(inside, np.where(found.near, NEAR_TIES, np.where(tied, TIES, DECIDED)), OUT_OF_RANGE)
    margin = np.full(len(games), np.nan)
    if coordination is not None:
        margin = np.where(inside, losses_at(found, coordination).min(axis=1), np.nan)
    return _marked(sets, inside, status.astype(np.int8), margin, players, coordination)


def _marked(
    sets: ResponseSets, inside: Booleans, status: NDArray[np.int8], margin: Floats, players: int,
    coordination: Profile | None,
) -> PointVerdicts:  # fmt: skip
    """Empty what was found of games that are out of range."""
    counts = np.diff(sets.sink_offsets)
    kept = np.repeat(inside, counts)
    offsets = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.where(inside, counts, 0))])
    none = np.uint64(0)
    return PointVerdicts(
        players=players,
        coordination=coordination,
        status=status,
        nash=np.where(inside, sets.nash, none),
        strict=np.where(inside, sets.strict, none),
        sinks=sets.sinks[kept],
        sink_offsets=offsets,
        stable=np.where(inside, sets.stable, OPEN),
        certain=np.where(inside, sets.certain, OPEN),
        margin=margin,
    )


@dataclass(frozen=True, slots=True, eq=False)
class PointJudge:
    """A case ready to be judged at many values of some parameters.

    Attributes
    ----------
    case : what is judged
    varied : symbols of the parameters that vary, in the order of the columns of the points
    settings : value of every other parameter
    coordination : profile of the free populations, or None if the game names none
    given : share of every population that is held fixed, by position
    """

    case: Case
    varied: tuple[str, ...]
    settings: Mapping[str, float]
    coordination: Profile | None
    given: Mapping[int, float]
    _matches: Matches
    _parts: Sequence[MatchPlan]

    def at(self, points: ArrayLike, *, chunk: int = CHUNK, threads: int | None = None) -> PointVerdicts:
        """Judge points.

        Parameters
        ----------
        points : shape (count, varied parameters)
        chunk : points that a thread takes at a time; the result does not depend on it
        threads : as many as there are processors if left out
        """
        values = np.asarray(points, dtype=np.float64).reshape(-1, len(self.varied))
        parts = [values[first : first + chunk] for first in range(0, len(values), chunk)] or [values]
        used = min(len(parts), threads or _processors())
        if used <= 1:
            return _joined([self._judge(part) for part in parts])
        with ThreadPoolExecutor(used) as pool:
            return _joined(list(pool.map(self._judge, parts)))

    def chunks(self, points: Floats, *, chunk: int = CHUNK) -> Iterator[tuple[slice, PointVerdicts]]:
        """Judge points piece by piece, in bounded memory."""
        for first in range(0, len(points), chunk):
            part = slice(first, min(first + chunk, len(points)))
            yield part, self._judge(points[part])

    def payoffs(self, points: Floats) -> Floats:
        """Payoffs of the free populations, shape (points, n, 2, ..., 2); NaN where out of range."""
        tables = [part.tables(points)[0] for part in self._parts]
        joined = tables[0] if self._matches.trivial else self._matches.joined(np.stack(tables, axis=1))
        players = joined.shape[1]
        return conditional(joined.reshape(len(points), players, 1 << players), self.given)

    def _judge(self, points: Floats) -> PointVerdicts:
        return judge_payoffs(self.payoffs(points), self.coordination)


def point_judge(
    case: Case,
    varied: Sequence[str],
    *,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
) -> PointJudge:
    """Prepare a case to be judged at many points.

    Parameters
    ----------
    varied : symbols of the parameters that vary; what segments and regions set themselves does not
    values : changes to the case's other values
    given : shares that are held fixed, by symbol

    Raises
    ------
    PageError, InputError
        What is wrong with them; more than two strategies, more than six free populations, payoffs that depend on
        shares, and tools that need the dynamics

    Examples
    --------
    >>> from gamebook.book import Book
    >>> judge = point_judge(Book.open().case("package"), ["s_F", "t_S"])
    >>> judge.at([[0.2, 0.3], [0.9, 0.0]]).certain.tolist()
    [1, 0]
    """
    game, symbols = case.game, tuple(varied)
    changes = {symbol: value for symbol, value in (values or {}).items() if symbol not in symbols}
    settings = game.check_values({**case.values, **changes})
    refuse_unsolvable(case, {**settings, **_switched_on(case, symbols)})
    problem = case_problem(case, changes, given, None)
    if len(problem.free) > MOST_PLAYERS:
        raise InputError("verdicts.populations", count=len(problem.free), most=MOST_PLAYERS)
    found = matches_of(case)
    check_effect(found, dict.fromkeys(symbols, 0.0))
    parts = match_plans(case, found, symbols, settings, exact=True)
    fixed = {symbol: value for symbol, value in settings.items() if symbol not in symbols}
    return PointJudge(case, symbols, fixed, problem.coordination, problem.given, found, parts)


def _switched_on(case: Case, varied: Sequence[str]) -> dict[str, float]:
    """Values of the varied parameters at which every instrument that they can turn on is in force."""
    known = [case.game.parameters[symbol] for symbol in varied if symbol in case.game.parameters]
    inside = {each.symbol: min(max(1.0, each.low), each.high) for each in known}
    return {each.symbol: inside[each.symbol] or each.low for each in known}


def _joined(parts: Sequence[PointVerdicts]) -> PointVerdicts:
    if len(parts) == 1:
        return parts[0]
    counts = np.concatenate([np.diff(part.sink_offsets) for part in parts])
    return PointVerdicts(
        players=parts[0].players,
        coordination=parts[0].coordination,
        status=np.concatenate([part.status for part in parts]),
        nash=np.concatenate([part.nash for part in parts]),
        strict=np.concatenate([part.strict for part in parts]),
        sinks=np.concatenate([part.sinks for part in parts]),
        sink_offsets=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)]),
        stable=np.concatenate([part.stable for part in parts]),
        certain=np.concatenate([part.certain for part in parts]),
        margin=np.concatenate([part.margin for part in parts]),
    )


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
