"""Velocities of all protocols at many profiles at once, as plain array formulas.

The kernels that follow paths have their own, faster form of these formulas; tests hold the two against each other.
"""

from __future__ import annotations

import numpy as np

from solvers.arrays import Booleans, Floats
from solvers.dynamics.population_game import PopulationGame
from solvers.dynamics.profiles import MixedProfile, by_population, flat_profiles
from solvers.dynamics.protocols import (
    BEST_RESPONSE,
    BNN,
    LOGIT,
    MAYNARD_SMITH,
    MUTATION,
    PROJECTION,
    REPLICATOR,
    SMITH,
    Protocol,
)

TIE = 1e-12
"""Payoffs this close, as a part of the largest payoff difference, are equally good best replies."""


def strategy_payoffs(game: PopulationGame, profiles: MixedProfile) -> tuple[Floats, ...]:
    """Expected payoff of every strategy against the others' mixed profile, one array [..., strategy] per population.

    Examples
    --------
    >>> from solvers.dynamics.population_game import population_game
    >>> hunt = population_game([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])
    >>> strategy_payoffs(hunt, [0.5, 1.0])[0].tolist()
    [2.0, 3.0]
    """
    scaled = scaled_payoffs(game, by_population(game, flat_profiles(game, profiles)))
    return tuple(np.ldexp(part, exponent) for part, exponent in zip(scaled, game.exponents, strict=True))


def scaled_payoffs(game: PopulationGame, parts: tuple[Floats, ...]) -> tuple[Floats, ...]:
    """Payoffs over ``2**exponents``."""
    found = []
    for row in contracted(game, parts, ()):
        payoffs = row.copy()
        payoffs[..., 1:] += row[..., :1]
        found.append(payoffs)
    return tuple(found)


def contracted(game: PopulationGame, parts: tuple[Floats, ...], keep: tuple[int, ...]) -> tuple[Floats, ...]:
    """Rows of the game contracted along all axes of populations but those to keep; shape (..., strategy, kept axes)."""
    found = []
    for i, rows in enumerate(game.rows):
        lead = parts[0].shape[:-1]
        table = np.broadcast_to(rows, (*lead, *rows.shape))
        for j in range(game.players - 1, -1, -1):
            if j in keep or (j == i and not game.share_dependent):
                continue
            axis = len(lead) + 1 + j
            weights = axis_weights(game, parts[j], table.shape[axis])
            moved = np.moveaxis(table, axis, -1)
            table = (moved * weights.reshape(*lead, *(1,) * (moved.ndim - len(lead) - 1), -1)).sum(axis=-1)
        if not game.share_dependent and i not in keep:
            table = np.squeeze(table, axis=len(lead) + 1 + sum(k < i for k in keep))
        found.append(table)
    return tuple(found)


def axis_weights(game: PopulationGame, share: Floats, length: int) -> Floats:
    """Weights along the axis of one population: its shares, or Bernstein's polynomials; shape (..., length)."""
    if not game.share_dependent:
        return share
    x = share[..., 1]
    weights = np.ones((*x.shape, 1))
    for _ in range(length - 1):
        grown = np.zeros((*x.shape, weights.shape[-1] + 1))
        grown[..., :-1] = weights * (1.0 - x[..., None])
        grown[..., 1:] += weights * x[..., None]
        weights = grown
    return weights


def payoff_shift(game: PopulationGame) -> Floats:
    """What Maynard Smith's protocol adds to each population's payoffs; shape (n,), in units of payoff.

    It divides by the mean payoff, which must be positive and whose zero is therefore part of the model. Where the
    lowest payoff of a population is positive, nothing is added; elsewhere as much as makes the lowest payoff equal to
    the range between lowest and highest, so that the divisor varies by no more than a factor of two.

    Examples
    --------
    >>> from solvers.dynamics.population_game import population_game
    >>> payoff_shift(population_game([[[1, -1], [-1, 1]], [[1, 2], [3, 4]]])).tolist()
    [3.0, 0.0]
    """
    low, spread = game.lowest_payoffs, game.payoff_ranges
    return np.where(low > 0.0, 0.0, np.where(spread > 0.0, spread, 1.0) - low)


def velocity(game: PopulationGame, profiles: MixedProfile, protocol: Protocol) -> tuple[Floats, ...]:
    """Rate of change of every share, one array [..., strategy] per population.

    Parameters
    ----------
    profiles : see ``profiles.flat_profiles``; leading axes broadcast
    protocol : from ``protocols.protocol``

    Returns
    -------
    Sums to zero in every population. Of best response, with several best replies, the velocity that lets those who
    already play one of them stay.

    Examples
    --------
    Matching pennies under Smith's protocol (Sandholm 2010, section 5.6):

    >>> from solvers.dynamics.population_game import population_game
    >>> from solvers.dynamics.protocols import protocol
    >>> pennies = population_game([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    >>> [part.tolist() for part in velocity(pennies, [0.5, 0.75], protocol("smith"))]
    [[-0.5, 0.5], [0.0, 0.0]]
    """
    parts = by_population(game, flat_profiles(game, profiles))
    payoffs = scaled_payoffs(game, parts)
    shifts = np.ldexp(payoff_shift(game), -game.exponents)
    found = []
    for x, pi, speed, exponent, shift in zip(parts, payoffs, game.speeds, game.exponents, shifts, strict=True):
        if protocol.code == MAYNARD_SMITH:
            mean = (x * (pi + shift)).sum(axis=-1, keepdims=True)
            found.append(speed * x * (pi - (x * pi).sum(axis=-1, keepdims=True)) / mean)
        elif protocol.code == LOGIT:
            found.append(speed * (_logit(pi, float(np.ldexp(protocol.parameter, -exponent))) - x))
        elif protocol.code == BEST_RESPONSE:
            found.append(speed * (best_reply(x, pi) - x))
        else:
            change = np.ldexp(_PACED[protocol.code](x, pi), exponent)
            if protocol.code == MUTATION:
                change += protocol.parameter * (1.0 / x.shape[-1] - x)
            found.append(speed * change)
    return tuple(found)


def _replicator(x: Floats, pi: Floats) -> Floats:
    change: Floats = x * (pi - (x * pi).sum(axis=-1, keepdims=True))
    return change


def _smith(x: Floats, pi: Floats) -> Floats:
    gain = np.maximum(pi[..., :, None] - pi[..., None, :], 0.0)  # [k, j]: what k pays more than j
    change: Floats = (gain * x[..., None, :]).sum(axis=-1) - x * gain.sum(axis=-2)
    return change


def _bnn(x: Floats, pi: Floats) -> Floats:
    excess = np.maximum(pi - (x * pi).sum(axis=-1, keepdims=True), 0.0)
    change: Floats = excess - x * excess.sum(axis=-1, keepdims=True)
    return change


def projection_support(x: Floats, pi: Floats) -> Booleans:
    """Strategies whose shares move: those in use, and the best unused ones that beat the average of all that move."""
    used = x > 0.0
    moving = used.copy()
    order = np.argsort(-np.where(used, -np.inf, pi), axis=-1, kind="stable")
    for rank in range(x.shape[-1]):
        k = order[..., rank : rank + 1]
        average = (pi * moving).sum(axis=-1, keepdims=True) / np.maximum(moving.sum(axis=-1, keepdims=True), 1)
        better = ~np.take_along_axis(used, k, -1) & (np.take_along_axis(pi, k, -1) > average)
        np.put_along_axis(moving, k, np.take_along_axis(moving, k, -1) | better, -1)
    return moving


def _projection(x: Floats, pi: Floats) -> Floats:
    moving = projection_support(x, pi)
    average = (pi * moving).sum(axis=-1, keepdims=True) / moving.sum(axis=-1, keepdims=True)
    return np.where(moving, pi - average, 0.0)


def _logit(pi: Floats, noise: float) -> Floats:
    # With a noise that underflows beside the payoffs only the best replies are left.
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        lag = (pi - pi.max(axis=-1, keepdims=True)) / noise
    odds = np.exp(np.where(np.isnan(lag), 0.0, lag))
    chosen: Floats = odds / odds.sum(axis=-1, keepdims=True)
    return chosen


def best_reply(x: Floats, pi: Floats) -> Floats:
    """A best reply; among several the one that lets those who play one of them stay."""
    best = pi >= pi.max(axis=-1, keepdims=True) - TIE
    kept = np.where(best, x, 0.0)
    total = kept.sum(axis=-1, keepdims=True)
    evenly = best / best.sum(axis=-1, keepdims=True)
    return np.where(total > 0.0, kept / np.where(total > 0.0, total, 1.0), evenly)


_PACED = {REPLICATOR: _replicator, SMITH: _smith, BNN: _bnn, PROJECTION: _projection, MUTATION: _replicator}
