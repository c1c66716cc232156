"""Analytic Jacobians of the protocols' velocities, where they exist; where not, the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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
from solvers.dynamics.velocity import contracted, payoff_shift, scaled_payoffs
from solvers.errors import SolverInputError
from solvers.messages import MESSAGES

TIE = 1e-12
"""Scaled payoffs this close may lie on a kink."""


@dataclass(frozen=True, slots=True, eq=False)
class VelocityJacobian:
    """Derivative of the velocity at one profile.

    Attributes
    ----------
    matrix : shape (strategies, strategies) over the flat profile, or None where there is no derivative
        Row is the equation, column the variable. It is meant for changes that keep every population's sum.
    in_shares : shape (n, n), derivative of the velocities of index 1 with respect to the shares of index 1; None
        where there is no derivative or a population has another number of strategies than two
    reason : why there is no derivative, as a key of ``solvers.messages.MESSAGES``; None if there is
    """

    matrix: Floats | None
    in_shares: Floats | None
    reason: str | None

    def why_not(self, lang: str = "en") -> str:
        """Reason in English (``en``) or Chinese (``zh``); empty if there is a derivative."""
        if self.reason is None:
            return ""
        english, chinese = MESSAGES[self.reason]
        return chinese if lang == "zh" else english


def payoff_jacobian(game: PopulationGame, profile: MixedProfile) -> Floats:
    """Derivative of every strategy's payoff with respect to every share, over ``2**exponents`` of the row.

    For share-dependent payoffs, with respect to the shares of index 1 (columns of index 0 are zero).
    """
    flat = flat_profiles(game, profile)
    parts, total = by_population(game, flat), sum(game.sizes)
    slopes = np.zeros((total, total))
    for j in range(game.players):
        first, last = game.offsets[j], game.offsets[j + 1]
        for i, kept in enumerate(contracted(game, parts, (j,))):
            if i == j and not game.share_dependent:
                continue
            values = kept.copy()
            values[1:] += kept[:1]
            rows = slice(game.offsets[i], game.offsets[i + 1])
            if game.share_dependent:
                slopes[rows, last - 1] = _bernstein_slope(values, parts[j][1])
            else:
                slopes[rows, first:last] = values
    return slopes


def _bernstein_slope(coefficients: Floats, x: float) -> Floats:
    """Derivative at x of forms whose coefficients stand in the last axis."""
    level = np.diff(coefficients, axis=-1) * (coefficients.shape[-1] - 1)
    if level.shape[-1] == 0:
        return np.zeros(coefficients.shape[:-1])
    while level.shape[-1] > 1:
        level = level[..., :-1] + x * np.diff(level, axis=-1)
    slope: Floats = level[..., 0]
    return slope


def velocity_jacobian(game: PopulationGame, profile: MixedProfile, protocol: Protocol) -> VelocityJacobian:
    """Derivative of the velocity at a profile.

    Parameters
    ----------
    profile : one mixed profile, see ``profiles.flat_profiles``

    Examples
    --------
    Matching pennies in its middle: a centre under the replicator, a sink under logit.

    >>> from solvers.dynamics.population_game import population_game
    >>> from solvers.dynamics.protocols import protocol
    >>> pennies = population_game([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    >>> velocity_jacobian(pennies, [0.5, 0.5], protocol()).in_shares.tolist()
    [[0.0, 1.0], [-1.0, 0.0]]
    >>> velocity_jacobian(pennies, [0.5, 0.5], protocol("logit", noise=1.0)).in_shares.tolist()
    [[-1.0, 1.0], [-1.0, -1.0]]
    >>> velocity_jacobian(pennies, [0.5, 0.5], protocol("smith")).reason
    'jacobian.tie'
    """
    flat = flat_profiles(game, profile)
    if flat.ndim != 1:
        raise SolverInputError("profile.paths", shape=flat.shape)
    slopes = payoff_jacobian(game, flat)
    shifts = np.ldexp(payoff_shift(game), -game.exponents)
    matrix = np.zeros_like(slopes)
    payoffs = scaled_payoffs(game, by_population(game, flat))
    for i, (x, pi) in enumerate(zip(by_population(game, flat), payoffs, strict=True)):
        rows = slice(game.offsets[i], game.offsets[i + 1])
        moves, gains = np.eye(len(flat))[rows], slopes[rows]
        speed, exponent = float(game.speeds[i]), int(game.exponents[i])
        if protocol.code == BEST_RESPONSE:
            several = (pi >= pi.max() - TIE).sum() > 1 and len(x) > 1
            block: Floats | str = "jacobian.best_response" if several else -moves
        elif protocol.code == MAYNARD_SMITH:
            block = _maynard_smith(x, pi + shifts[i], moves, gains)
        elif protocol.code == LOGIT:
            block = _logit(pi, float(np.ldexp(protocol.parameter, -exponent)), moves, gains)
        else:
            block = _PACED[protocol.code](x, pi, moves, gains)
            if not isinstance(block, str):
                block = np.ldexp(block, exponent)
                if protocol.code == MUTATION:
                    block = block - protocol.parameter * moves
        if isinstance(block, str):
            return VelocityJacobian(None, None, block)
        matrix[rows] = speed * block
    in_shares = np.ascontiguousarray(matrix[1::2, 1::2] - matrix[1::2, 0::2]) if game.two_strategies else None
    return VelocityJacobian(matrix, in_shares, None)


def _replicator(x: Floats, pi: Floats, moves: Floats, gains: Floats) -> Floats:
    change_of_mean = pi @ moves + x @ gains
    change: Floats = (pi - x @ pi)[:, None] * moves + x[:, None] * (gains - change_of_mean)
    return change


def _maynard_smith(x: Floats, pi: Floats, moves: Floats, gains: Floats) -> Floats:
    mean, change_of_mean = x @ pi, pi @ moves + x @ gains
    change: Floats = (_replicator(x, pi, moves, gains) - (x * (pi / mean - 1.0))[:, None] * change_of_mean) / mean
    return change


def _logit(pi: Floats, noise: float, moves: Floats, gains: Floats) -> Floats:
    odds = np.exp((pi - pi.max()) / noise)
    chosen = odds / odds.sum()
    change: Floats = (chosen / noise)[:, None] * (gains - chosen @ gains) - moves
    return change


def _smith(x: Floats, pi: Floats, moves: Floats, gains: Floats) -> Floats | str:
    lead = pi[:, None] - pi[None, :]
    tied: Booleans = (np.abs(lead) <= TIE) & ((x[:, None] > 0.0) | (x[None, :] > 0.0))
    np.fill_diagonal(tied, False)
    apart = np.abs(gains[:, None, :] - gains[None, :, :]).max(axis=-1) > 0.0
    if (tied & apart).any():
        return "jacobian.tie"
    better, positive = (lead > 0.0).astype(np.float64), np.maximum(lead, 0.0)
    inflow = positive @ moves + (better * x).sum(axis=1)[:, None] * gains - (better * x) @ gains
    outflow = positive.sum(axis=0)[:, None] * moves
    outflow += x[:, None] * (better.T @ gains - better.sum(axis=0)[:, None] * gains)
    change: Floats = inflow - outflow
    return change


def _bnn(x: Floats, pi: Floats, moves: Floats, gains: Floats) -> Floats | str:
    excess = pi - x @ pi
    above = excess > TIE
    tied: Booleans = np.abs(excess) <= TIE
    if tied.any():
        # In a pure state the strategy in use earns the mean. Beside it, it earns more if it is strictly the best.
        pure = x == 1.0
        if not (pure.any() and (tied == pure).all() and (excess[~pure] < 0.0).all()):
            return "jacobian.tie"
        above = pure
    change = above[:, None] * (gains - (pi @ moves + x @ gains))
    positive = np.where(above, np.maximum(excess, 0.0), 0.0)
    flow: Floats = change - positive.sum() * moves - x[:, None] * change.sum(axis=0)
    return flow


def _projection(x: Floats, pi: Floats, moves: Floats, gains: Floats) -> Floats | str:
    if len(x) > 1 and (x <= 0.0).any():
        return "jacobian.border"
    change: Floats = gains - gains.mean(axis=0)
    return change


_Block = Callable[[Floats, Floats, Floats, Floats], "Floats | str"]
_PACED: dict[int, _Block] = {
    REPLICATOR: _replicator,
    MUTATION: _replicator,
    SMITH: _smith,
    BNN: _bnn,
    PROJECTION: _projection,
}
