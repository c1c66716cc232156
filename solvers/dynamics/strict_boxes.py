"""Proved neighbourhoods of strict equilibria under every protocol for which there is such a proof.

Take all profiles in which every population gives its strategy in the strict equilibrium s at least the share 1 - w.
Suppose that on this whole set every population earns strictly more with s than with any other strategy. Then, inside
it, the shares of s can only grow: under replicator, Maynard Smith, Smith, projection and best response always, under
BNN if no other strategy earns as much as the mean, for which it is enough that the smallest lead exceeds w times the
largest. So a path that enters the set stays, and converges to s. Payoffs are multi-affine in the populations' mixed
strategies: their values at the corners of the set decide. For share-dependent payoffs Bernstein coefficients on the
set enclose them. The proof does not hold for logit and mutation, which leave every pure profile.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solvers.arrays import Booleans, Floats, Integers
from solvers.dynamics.capture import BISECTIONS, WIDEST
from solvers.dynamics.population_game import PopulationGame

LEAST_LEAD = 1e-12
"""Smallest lead that counts, as a part of the population's largest payoff difference: rounding stays far below."""
MOST_PROFILES = 100_000
"""Pure profiles beyond which strict equilibria are not looked for, and nothing captures."""


@dataclass(frozen=True, slots=True, eq=False)
class StrictBoxes:
    """Strict equilibria with the widths of their proved neighbourhoods.

    Attributes
    ----------
    profiles : shape (boxes, n), strategy per population
    widths : shape (boxes,), a path in which every population gives its strategy a share of at least 1 - width
        converges to the profile
    """

    profiles: Integers
    widths: Floats


def strict_boxes(game: PopulationGame) -> StrictBoxes:
    """Find the strict equilibria of a game, in lexical order, and how far the proof of their capture reaches.

    Examples
    --------
    In the stag hunt with indifference at 2/3, (1, 1) captures all shares above 2/3:

    >>> from solvers.dynamics.population_game import population_game
    >>> found = strict_boxes(population_game([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]]))
    >>> found.profiles.tolist(), found.widths.round(3).tolist()
    ([[0, 0], [1, 1]], [0.667, 0.333])
    """
    n = game.players
    if np.prod(game.sizes, dtype=np.float64) > MOST_PROFILES:
        return StrictBoxes(np.zeros((0, n), dtype=np.int64), np.zeros(0))
    profiles = np.argwhere(_strict(game)).astype(np.int64).reshape(-1, n)
    widths = np.array([_width(game, tuple(int(s) for s in profile)) for profile in profiles])
    kept: Booleans = widths > 0.0
    return StrictBoxes(profiles[kept], widths[kept])


def _strict(game: PopulationGame) -> Booleans:
    """At which pure profiles every population loses by deviating; shape (m1, ..., mn)."""
    strict = np.ones(game.sizes, dtype=np.bool_)
    for i, size in enumerate(game.sizes):
        if size == 1:
            continue
        gains = _at_pure_profiles(game, i)
        own = np.arange(size).reshape([-1 if j == i else 1 for j in range(game.players)])
        chosen = np.take_along_axis(gains, np.broadcast_to(own, (1, *game.sizes)), axis=0)[0]
        others = np.where(np.arange(size).reshape(-1, *(1,) * game.players) == own, -np.inf, gains).max(axis=0)
        strict &= chosen - others > LEAST_LEAD
    return strict


def _at_pure_profiles(game: PopulationGame, i: int) -> Floats:
    """Payoffs of population i less that of its strategy 0; shape (strategy, m1, ..., mn)."""
    gains = game.rows[i].copy()
    gains[0] = 0.0
    if game.share_dependent:  # at the corners Bernstein forms equal their first and last coefficients
        for j in range(game.players):
            gains = np.take(gains, [0, -1], axis=1 + j)
    return np.broadcast_to(gains, (len(gains), *game.sizes))


def _width(game: PopulationGame, profile: tuple[int, ...]) -> float:
    if _proved(game, profile, WIDEST):
        return WIDEST
    low, high = 0.0, WIDEST
    for _ in range(BISECTIONS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _proved(game, profile, middle) else (low, middle)
    return low


def _proved(game: PopulationGame, profile: tuple[int, ...], width: float) -> bool:
    """Whether every strategy of the profile is the best on the set of this width, by the leads BNN asks for."""
    for i, rows in enumerate(game.rows):
        gains = rows.copy()
        gains[0] = 0.0
        leads = np.delete(gains[profile[i]] - gains, profile[i], axis=0)
        for j, length in enumerate(rows.shape[1:], start=1):
            if length > 1:
                corners = _corners(game, length, profile[j - 1], width)
                leads = np.moveaxis(np.tensordot(corners, leads, axes=(1, j)), 0, j)
        least, most = float(leads.min(initial=np.inf)), float(leads.max(initial=0.0))
        if least <= LEAST_LEAD or (len(leads) > 1 and least <= width * most):
            return False
    return True


def _corners(game: PopulationGame, length: int, strategy: int, width: float) -> Floats:
    """Matrix from values along an axis to those at the corners of the set, or to the coefficients on it."""
    if not game.share_dependent:
        matrix = width * np.eye(length)
        matrix[:, strategy] += 1.0 - width
        return matrix
    low, high = (0.0, width) if strategy == 0 else (1.0 - width, 1.0)
    return _from(_upto(np.eye(length), high), low / high)


def _upto(coefficients: Floats, end: float) -> Floats:
    """Bernstein coefficients (rows) on [0, end] of those on [0, 1], by de Casteljau."""
    level, found = coefficients, [coefficients[0]]
    while len(level) > 1:
        level = (1.0 - end) * level[:-1] + end * level[1:]
        found.append(level[0])
    return np.stack(found)


def _from(coefficients: Floats, start: float) -> Floats:
    """Bernstein coefficients (rows) on [start, 1] of those on [0, 1]."""
    return _upto(coefficients[::-1], 1.0 - start)[::-1]
