"""A population game prepared once: payoffs of any populations and strategies as tables that kernels can read.

Two forms of payoffs come in. A tensor ``[player, s1, ..., sn]`` is contracted with the shares of the other
populations. Payoffs ``[player, s1, ..., sn, b1, ..., bn]`` of two-strategy populations are, for each pure profile,
Bernstein coefficients in the populations' shares of index 1; expectation over the others' strategies raises the
degree in their shares by one. Both become one table per population and strategy, with one axis per population, that
is contracted with one vector of weights per axis: the shares, or Bernstein's polynomials at the share.

Each population's payoffs are multiplied by a power of two that brings its largest one near 1. That is exact, and
payoffs of 1e12 and 1e-12 then behave alike.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import LARGEST_PAYOFF, Booleans, Floats, Integers
from solvers.errors import SolverInputError

FASTEST = 1000.0
"""Largest speed of a population."""
MOST_CELLS = 20_000_000
"""Numbers in the payoff array beyond which a game is refused."""


@dataclass(frozen=True, slots=True, eq=False)
class PopulationGame:
    """Payoffs and speeds, ready for every protocol.

    Attributes
    ----------
    sizes : number of strategies per population
    speeds : shape (n,), factor on each population's velocity
    share_dependent : whether payoffs depend on shares beyond the expectation over the others' strategies
    rows : per population an array [strategy, axis of population 1, ..., axis of population n] of scaled payoffs,
        that of strategy 0 first and of the others *less that of strategy 0*
    exponents : shape (n,); payoffs are ``rows * 2**exponents``
    """

    sizes: tuple[int, ...]
    speeds: Floats
    share_dependent: bool
    rows: tuple[Floats, ...]
    exponents: Integers

    @property
    def players(self) -> int:
        """Number of populations."""
        return len(self.sizes)

    @property
    def offsets(self) -> Integers:
        """Where each population begins in a flat profile; shape (n + 1,)."""
        return np.concatenate([[0], np.cumsum(self.sizes)]).astype(np.int64)

    @property
    def two_strategies(self) -> bool:
        """Whether every population has exactly two strategies, so that one share says all."""
        return all(m == 2 for m in self.sizes)

    @property
    def lowest_payoffs(self) -> Floats:
        """Smallest payoff of each population, or with share-dependent payoffs a lower bound; shape (n,)."""
        low = [min(float(rows[0].min()), float((rows[0] + rows[1:]).min(initial=np.inf))) for rows in self.rows]
        lowest: Floats = np.ldexp(np.array(low), self.exponents)
        return lowest

    @property
    def payoff_ranges(self) -> Floats:
        """Largest payoff of each population less its smallest (bounds, if share-dependent); shape (n,)."""
        high = [max(float(rows[0].max()), float((rows[0] + rows[1:]).max(initial=-np.inf))) for rows in self.rows]
        ranges: Floats = np.ldexp(np.array(high), self.exponents) - self.lowest_payoffs
        return ranges


def population_game(payoffs: ArrayLike, speeds: ArrayLike | None = None) -> PopulationGame:
    """Prepare a game.

    Parameters
    ----------
    payoffs : shape (n, m1, ..., mn), or for share-dependent payoffs (n, 2, ..., 2, b1, ..., bn)
        In the latter the last n axes hold Bernstein coefficients: ``b_j`` of them are of degree ``b_j - 1`` in
        the share of index 1 of population j. A length of 1 means that payoffs do not depend on that share.
    speeds : shape (n,), each above 0 and at most 1000; default 1

    Raises
    ------
    SolverInputError
        If payoffs are not finite numbers of such a shape, or a speed is out of range.

    Examples
    --------
    >>> game = population_game([[[0, -1, 1], [1, 0, -1]], [[0, 2, 1], [5, 0, 1]]])
    >>> game.sizes, game.offsets.tolist(), game.two_strategies
    ((2, 3), [0, 2, 5], False)
    """
    array = _checked(payoffs)
    players = array.shape[0]
    share_dependent = array.ndim == 2 * players + 1 and any(b > 1 for b in array.shape[players + 1 :])
    if array.ndim == 2 * players + 1 and not share_dependent:
        array = array.reshape(array.shape[: players + 1])
    sizes = array.shape[1 : players + 1]
    rows, exponents = [], []
    for player in range(players):
        own = np.moveaxis(array[player], player, 0)
        tables = np.stack([own[0], *(own[k] - own[0] for k in range(1, len(own)))])
        tables = _expected_coefficients(tables, player, players) if share_dependent else np.expand_dims(
            tables, player + 1
        )  # fmt: skip
        largest = max(float(np.abs(tables[1:]).max(initial=0.0)), float(np.ptp(own)))
        exponents.append(math.frexp(largest)[1] if largest > 0.0 else 0)
        rows.append(np.ascontiguousarray(np.ldexp(tables, -exponents[-1])))
        rows[-1].flags.writeable = False
    return PopulationGame(
        sizes=tuple(int(m) for m in sizes),
        speeds=_checked_speeds(speeds, players),
        share_dependent=share_dependent,
        rows=tuple(rows),
        exponents=np.array(exponents, dtype=np.int64),
    )


def _checked(payoffs: ArrayLike) -> Floats:
    try:
        given = np.asarray(payoffs)
    except ValueError as error:
        raise SolverInputError("payoffs.ragged") from error
    if given.dtype.kind not in "iufb":
        raise SolverInputError("payoffs.kind", kind=given.dtype.name)
    array = np.array(given, dtype=np.float64)
    players = array.shape[0] if array.ndim else 0
    if players < 1 or array.ndim not in (players + 1, 2 * players + 1) or 0 in array.shape:
        raise SolverInputError("population_game.shape", shape=array.shape)
    if array.ndim > players + 1 and array.shape[1 : players + 1] != (2,) * players:
        raise SolverInputError("population_game.share_dependent", strategies=array.shape[1 : players + 1])
    if array.size > MOST_CELLS:
        raise SolverInputError("population_game.size", cells=array.size, most=MOST_CELLS)
    if not np.isfinite(array).all():
        where = tuple(int(k) for k in np.argwhere(~np.isfinite(array))[0])
        profile = ",".join(str(s) for s in where[1 : players + 1])
        raise SolverInputError("payoffs.finite", value=float(array[where]), player=where[0], profile=profile)
    if float(np.abs(array).max()) > LARGEST_PAYOFF:
        raise SolverInputError("payoffs.size", value=float(np.abs(array).max()), most=LARGEST_PAYOFF)
    return array


def _checked_speeds(speeds: ArrayLike | None, players: int) -> Floats:
    pace = np.ones(players) if speeds is None else np.array(speeds, dtype=np.float64)
    if pace.shape != (players,):
        raise SolverInputError("speeds.shape", shape=pace.shape, players=players)
    good: Booleans = (pace > 0.0) & (pace <= FASTEST)
    if not good.all():
        raise SolverInputError("population_game.speeds", value=float(pace[~good][0]), most=FASTEST)
    pace.flags.writeable = False
    return pace


def _expected_coefficients(tables: Floats, player: int, players: int) -> Floats:
    """Bernstein coefficients of expected payoffs; the strategy axes of the others merge with their share axes.

    With B(b, d) Bernstein's polynomials of degree d, (1 - x) B(b, d) = (d + 1 - b) / (d + 1) B(b, d + 1) and
    x B(b, d) = (b + 1) / (d + 1) B(b + 1, d + 1).

    Parameters
    ----------
    tables : shape (rows, strategy axes of the others, b1, ..., bn)

    Returns
    -------
    shape (rows, c1, ..., cn), where c is b for the own population and b + 1 for the others
    """
    others = [j for j in range(players) if j != player]
    for position, j in reversed(list(enumerate(others))):
        # The strategy axes still there come first: ``position`` more of them, then this one, then all share axes.
        low, high = np.take(tables, 0, axis=position + 1), np.take(tables, 1, axis=position + 1)
        axis = position + 1 + j
        count = low.shape[axis]
        weight = np.arange(count).reshape([-1 if a == axis else 1 for a in range(low.ndim)]) / count
        shape = list(low.shape)
        shape[axis] = count + 1
        tables = np.zeros(shape)
        first = tuple(slice(0, count) if a == axis else slice(None) for a in range(low.ndim))
        second = tuple(slice(1, count + 1) if a == axis else slice(None) for a in range(low.ndim))
        tables[first] += (1.0 - weight) * low
        tables[second] += (weight + 1.0 / count) * high
    return tables
