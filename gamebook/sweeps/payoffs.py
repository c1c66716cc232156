"""Payoffs and money at the points of a sweep, the same bits however the points are cut into blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from gamebook.book import Case
from gamebook.problem import Problem, settings_of_matches
from gamebook.sweeps.points import Points
from payoffs.accounts import Accounts
from payoffs.fast_tensor import TensorPlan, plan_with_figures
from payoffs.ledger import profile_weights
from payoffs.polynomial_tensor import ROWS
from payoffs.segments import Matches, matches
from solvers.arrays import Floats, Integers

PIECE = 128 * ROWS
"""Points whose payoffs and figures are worked out together: they stay small beside what is kept of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Payoffs and figures of some points in a row.

    Attributes
    ----------
    first : number of the first point within its block
    values : shape (points, varied), of the parameters
    payoffs : shape (points, population, 2**n), at the pure profiles in C order; NaN where a point is refused
    figures : shape (points, figure, 2**n), likewise
    """

    first: int
    values: Floats
    payoffs: Floats
    figures: Floats


class PayoffSource:
    """Computes payoffs and figures at many points.

    Parameters
    ----------
    case, problem : what is swept
    points : where
    settings : values of the parameters that do not vary
    figures : of money, and measures of the game

    Raises
    ------
    PageError
        If the payoffs depend on shares, or the game has no ledger for the figures.
    """

    def __init__(
        self, case: Case, problem: Problem, points: Points, settings: Mapping[str, float], figures: Sequence[str]
    ) -> None:
        self.points, self.problem, self.figures = points, problem, tuple(figures)
        self.case = case
        self._weighted = [axis.name.partition(":")[2].strip() for axis in points.axes if axis.kind == "weight"]
        self._known: dict[tuple[float, ...], Matches] = {}
        self._matches = matches_of(case)
        self._plans = match_plans(case, self._matches, points.varied, settings, self.figures)

    def pieces(self, start: int, stop: int) -> Iterator[Piece]:
        """Yield payoffs and figures of points ``start`` to ``stop`` of the sweep."""
        numbers = self.points.numbers(start, stop)
        for first in range(0, len(numbers), PIECE):
            yield self._piece(first, numbers[first : first + PIECE])

    def _piece(self, first: int, numbers: Integers) -> Piece:
        """Work out whole rows of the matrix product, so that every point stands at the same place of one."""
        tiles = np.unique(numbers // ROWS)
        every = (tiles[:, None] * ROWS + np.arange(ROWS)).ravel()
        every = every[every < self.points.settings]
        values = self.points.values(every)
        payoffs, figures = self._tables(values, self.points.weights(every))
        place = np.searchsorted(tiles, numbers // ROWS) * ROWS + numbers % ROWS
        if place.size == place[-1] - place[0] + 1 and (np.diff(place) == 1).all():
            here: slice | Integers = slice(int(place[0]), int(place[-1]) + 1)
        else:
            here = place
        return Piece(first, values[here], payoffs[here], figures[here])

    def _tables(self, values: Floats, weights: Floats | None) -> tuple[Floats, Floats]:
        found = [plan.tables(values) for plan in self._plans]
        payoffs, figures = found[0]
        profiles = 1 << len(self.problem.populations)
        if not self._matches.trivial:
            cells = np.stack([own for own, _ in found], axis=1)
            money = np.stack([own for _, own in found], axis=2)
            payoffs = np.empty((len(values), len(self.problem.populations), *self._sizes))
            figures = np.empty((len(values), len(self.figures), *self._sizes))
            for rows, own in self._matches_of(weights, len(values)):
                payoffs[rows], figures[rows] = own.joined(cells[rows]), own.mean(money[rows])
        return payoffs.reshape(len(values), -1, profiles), figures.reshape(len(values), len(self.figures), profiles)

    @property
    def _sizes(self) -> tuple[int, ...]:
        return (2,) * len(self.problem.populations)

    def _matches_of(self, weights: Floats | None, count: int) -> Iterator[tuple[slice | Integers, Matches]]:
        """Which of some settings have which matches."""
        if weights is None:
            yield slice(0, count), self._matches
            return
        each, which = np.unique(weights, axis=0, return_inverse=True)
        for k, own in enumerate(map(tuple, each.tolist())):
            if own not in self._known:
                self._known[own] = matches_of(self.case, dict(zip(self._weighted, own, strict=True)))
            yield np.flatnonzero(which.reshape(-1) == k), self._known[own]


Own = tuple[Mapping[str, float], frozenset[str]]
"""Settings of a match, and which symbols its region and segments set for good."""


class MatchPlan(Protocol):
    """Computes payoffs and figures of the parties in one match."""

    def tables(self, values: Floats) -> tuple[Floats, Floats]:
        """Payoffs and figures at all pure profiles; shape (points, player or figure, s1, ..., sn)."""
        ...


def match_plans(
    case: Case,
    found: Matches,
    varied: Sequence[str],
    settings: Mapping[str, float],
    figures: Sequence[str] = (),
    *,
    exact: bool = False,
) -> list[MatchPlan]:
    """Prepare payoffs and figures in every match of a case.

    Parameters
    ----------
    found : the matches
    varied : symbols of the parameters that vary
    settings : value of every parameter, those that vary included
    exact : whether payoffs have the very bits of ``solve``, at a tenth of the speed
    """
    if not case.game.parameters:
        return [_Table(case, figures) for _ in found.weights]
    return [_Plan(case, varied, own, figures, exact=exact) for own in _own(found, settings)]


class _Plan:
    """Payoffs and figures in one match, in which some of what varies may be set for good."""

    def __init__(self, case: Case, varied: Sequence[str], own: Own, figures: Sequence[str], *, exact: bool) -> None:
        settings, fixed = own
        self.columns = [k for k, symbol in enumerate(varied) if symbol not in fixed]
        names = [varied[k] for k in self.columns]
        self.still: Floats | None = None
        if not names:
            # A plan needs something that varies; here it is a parameter that keeps its value.
            names = list(case.game.parameters)[:1]
            self.still = np.array([settings[symbol] for symbol in names])
        rest = {symbol: value for symbol, value in settings.items() if symbol not in names}
        made = plan_with_figures(case.game, names, figures, rest)
        self.plan: TensorPlan = made.as_expressions() if exact else made

    def tables(self, values: Floats) -> tuple[Floats, Floats]:
        """Payoffs and figures at all pure profiles; shape (points, player or figure, s1, ..., sn)."""
        points = values[:, self.columns]
        if self.still is not None:
            points = np.broadcast_to(self.still, (len(values), self.still.size))
        # One thread each: whole blocks are what several threads share.
        return self.plan.with_figures(np.ascontiguousarray(points), threads=1)


class _Table:
    """Payoffs and figures of a game without parameters, the same at every point."""

    def __init__(self, case: Case, figures: Sequence[str]) -> None:
        self.payoffs = case.game.tensor()
        self.figures = np.empty((0, *case.game.shape))
        if figures:
            measures, money = Accounts(case.game.ledger(), matches(case.game)).at_profiles()
            self.figures = np.stack([{**money, **measures}[name].reshape(case.game.shape) for name in figures])

    def tables(self, values: Floats) -> tuple[Floats, Floats]:
        """Payoffs and figures at all pure profiles, once per point."""
        count = len(values)
        payoffs = np.broadcast_to(self.payoffs, (count, *self.payoffs.shape))
        return payoffs, np.broadcast_to(self.figures, (count, *self.figures.shape))


def weighted_parts(case: Case) -> dict[str, str]:
    """Segments and regions of a case by name, with what their weights add up in: a party, or all regions.

    A segment whose id another party uses too is named with its party in front, as in ``worker.young``.
    """
    if case.scenario is None:
        return {}
    ids = [part.id for part in case.scenario.segments]
    found = {
        part.id if ids.count(part.id) == 1 else f"{part.party}.{part.id}": part.party for part in case.scenario.segments
    }
    return {**found, **{part.id: "regions" for part in case.scenario.regions}}


def matches_of(case: Case, weights: Mapping[str, float] | None = None) -> Matches:
    """Who meets whom, with other weights of some segments and regions; the others of their kind share the rest."""
    if case.scenario is None:
        return matches(case.game)
    segments, regions = list(case.scenario.segments), list(case.scenario.regions)
    for name, weight in (weights or {}).items():
        party, _, part = name.rpartition(".")
        for k, own in enumerate(segments):
            if own.id == part and party in ("", own.party):
                segments = [
                    replace(each, weight=_shared(each.weight, own.weight, weight, i == k))
                    if each.party == own.party
                    else each
                    for i, each in enumerate(segments)
                ]
                break
        for k, home in enumerate(regions):
            if home.id == name:
                regions = [
                    replace(each, weight=_shared(each.weight, home.weight, weight, i == k))
                    for i, each in enumerate(regions)
                ]
                break
    return matches(case.game, segments, regions)


def _shared(own: float, before: float, now: float, is_it: bool) -> float:
    """Weight of a part when one of its kind has another weight than before."""
    return now if is_it else own * (1.0 - now) / (1.0 - before)


def _own(found: Matches, settings: Mapping[str, float]) -> list[Own]:
    """Settings of every match, and which symbols its region and segments set."""
    return [
        (own, frozenset(symbol for symbol, row in found.values.items() if not np.isnan(row[match])))
        for match, own in enumerate(settings_of_matches(found, settings))
    ]


def conditional(payoffs: Floats, given: Mapping[int, float]) -> Floats:
    """Games of the other populations when some shares are fixed, as ``solvers.expected.conditional_payoffs`` has them.

    Parameters
    ----------
    payoffs : shape (points, n, 2**n)
    given : position -> share

    Returns
    -------
    shape (points, m, 2, ..., 2) for the m populations left
    """
    count, n = payoffs.shape[:2]
    table = payoffs.reshape(count, n, *(2,) * n)
    if given:
        table = table[:, [i for i in range(n) if i not in given]]
    for i in sorted(given, reverse=True):
        share = given[i]
        low, high = np.take(table, 0, axis=i + 2), np.take(table, 1, axis=i + 2)
        table = low if share == 0.0 else high if share == 1.0 else low + share * (high - low)
    return np.ascontiguousarray(table)


def expectations(tables: Floats, shares: Floats) -> Floats:
    """Expected values of tables over pure profiles when populations mix.

    Parameters
    ----------
    tables : shape (points, rows, 2**n)
    shares : shape (n,), or (points, n)

    Returns
    -------
    shape (points, rows)

    Examples
    --------
    >>> expectations(np.array([[[1.0, 3.0]]]), np.array([0.25])).tolist()
    [[1.5]]
    """
    weights = profile_weights(shares).reshape(*shares.shape[:-1], 1, 1 << shares.shape[-1])
    # A product and a sum along the last axis: the bits do not depend on how many points there are.
    found: Floats = (tables * weights).sum(axis=-1)
    return found
