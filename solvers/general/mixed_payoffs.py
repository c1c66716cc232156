"""Expected payoffs at mixed profiles of a general game, and the linear part of the replicator dynamics there."""

from __future__ import annotations

import numpy as np

from solvers.arrays import Complexes, Floats, PayoffTensor
from solvers.general.normal_form import MixedProfile, Support
from solvers.stability import ZERO_EIGENVALUE


def relative_to_first(payoffs: PayoffTensor) -> PayoffTensor:
    """Payoff of each strategy less that of the player's first one, so that no common level drowns the differences."""
    return np.stack([own - np.take(own, [0], axis=player) for player, own in enumerate(payoffs)])


def contracted(table: Floats, profile: MixedProfile, kept: tuple[int, ...]) -> Floats:
    """Expectation over all players but the kept ones; axes of the kept players remain, in order.

    Examples
    --------
    >>> table = np.array([[1.0, 3.0], [5.0, 9.0]])
    >>> contracted(table, (np.array([0.5, 0.5]), np.array([0.25, 0.75])), (0,))
    array([2.5, 8. ])
    """
    for player in range(len(profile) - 1, -1, -1):
        if player not in kept:
            table = np.tensordot(table, profile[player], axes=(player, 0))
    return np.asarray(table)


def strategy_payoffs(payoffs: PayoffTensor, profile: MixedProfile) -> tuple[Floats, ...]:
    """Expected payoff of every strategy of every player against the others' mixed strategies."""
    return tuple(contracted(own, profile, (player,)) for player, own in enumerate(payoffs))


def replicator_blocks(relative: PayoffTensor, profile: MixedProfile, support: Support) -> Floats:
    """Jacobian of the replicator dynamics on the strategies in use, in the shares of all but the first of each player.

    At a rest point. A population's own share does not enter its payoffs, so its diagonal block is zero there, and so
    is the trace.

    Parameters
    ----------
    relative : payoffs up to terms that a player's own strategy cannot change
    profile, support : the rest point

    Returns
    -------
    shape (k, k), k = strategies in use beyond one per player, players in order
    """
    counts = [len(used) - 1 for used in support]
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(int)
    jacobian = np.zeros((starts[-1], starts[-1]))
    for i, own in enumerate(support):
        for j, other in enumerate(support):
            if i == j or not counts[i] or not counts[j]:
                continue
            pair = contracted(relative[i], profile, (i, j))
            pair = (pair if i < j else pair.T)[np.ix_(own, other)]
            slopes = pair[:, 1:] - pair[:, :1]
            x = profile[i][list(own)]
            growth = x[:, None] * (slopes - x @ slopes)
            jacobian[starts[i] : starts[i + 1], starts[j] : starts[j + 1]] = growth[1:]
    return jacobian


def spectrum(losses: tuple[Floats, ...], jacobian: Floats, support: Support) -> Complexes:
    """Eigenvalues of the dynamics at a rest point, in the order of the players that own them.

    Parameters
    ----------
    losses : one array per player, its payoff less that of each of its absent strategies
    jacobian : what `replicator_blocks` returns

    Returns
    -------
    Per player, first the transversal ones of its absent strategies, then its number of those of the mixing block
    """
    block = np.linalg.eigvals(jacobian) if jacobian.size else np.zeros(0)
    shared = iter(sorted((complex(v) for v in block), key=lambda v: (-v.real, -v.imag)))
    values: list[complex] = []
    for absent, used in zip(losses, support, strict=True):
        values += [complex(-loss + 0.0) for loss in absent]
        values += [next(shared) for _ in used[1:]]
    return np.array(values, dtype=np.complex128)


def zero_level(jacobian: Floats) -> float:
    """Real part below which an eigenvalue of the mixing block counts as zero."""
    if not jacobian.size:
        return 0.0
    return ZERO_EIGENVALUE * float(np.abs(np.linalg.eigvals(np.abs(jacobian))).max())
