"""Pure profiles: ties, Nash, strict Nash, and the advantages from which every other solver starts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solvers.arrays import Advantages, Booleans, Floats, PayoffTensor
from solvers.expected import payoff_advantages

ROUNDING_OF_PAYOFFS = 16.0 * 2.220446049250313e-16
"""A difference below this part of a player's largest payoff is what rounding leaves of an exact tie."""


@dataclass(frozen=True, slots=True, eq=False)
class PureProfiles:
    """Advantages with ties made exact, and what they say of each pure profile.

    Attributes
    ----------
    advantages : shape (n, 2, ..., 2)
        Payoff of index 1 minus index 0; a difference that counts as a tie is exactly 0.
    scale : shape (n,)
        Each player's largest advantage in size; 0 for a player that never matters to itself.
    tolerance : shape (n,)
        Size up to which the player's advantage counted as a tie, in payoff units.
    rounding : shape (n,)
        Size up to which rounding of its payoffs alone can account for a difference.
    near_ties : bool
        Whether a difference beyond rounding was counted as a tie, so that the game solved is not quite the one given.
    losses : shape (n, 2, ..., 2)
        What each player loses by deviating from each pure profile; negative where it gains.
    nash, strict : shape (2, ..., 2), bool
        No player gains by deviating; every player loses.
    """

    advantages: Advantages
    scale: Floats
    tolerance: Floats
    rounding: Floats
    near_ties: bool
    losses: Floats
    nash: Booleans
    strict: Booleans

    def ties(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """List ``(player, profile)`` where the player is indifferent; profile has index 0 for the player itself."""
        found = []
        for cell in np.argwhere(self.advantages == 0.0):
            player, profile = int(cell[0]), tuple(int(s) for s in cell[1:])
            if profile[player] == 0:
                found.append((player, profile))
        return tuple(found)


def pure_profiles(payoffs: PayoffTensor, *, tie_tolerance: float) -> PureProfiles:
    """Classify every pure profile of a two-strategy game.

    Parameters
    ----------
    payoffs : shape (n, 2, ..., 2), payoff per player and pure profile
    tie_tolerance : float
        An advantage of at most this part of the player's largest advantage, or of at most the rounding error of
        its payoffs, is a tie.

    Examples
    --------
    >>> hunt = np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])
    >>> np.argwhere(pure_profiles(hunt, tie_tolerance=1e-10).strict).tolist()
    [[0, 0], [1, 1]]
    """
    players = payoffs.shape[0]
    each = tuple(range(1, players + 1))
    advantages = payoff_advantages(payoffs)
    largest = np.abs(advantages).max(axis=each)
    rounding = ROUNDING_OF_PAYOFFS * np.abs(payoffs).max(axis=each)
    tolerance = np.maximum(tie_tolerance * largest, rounding)
    column = (players,) + (1,) * players
    size = np.abs(advantages)
    tied = size <= tolerance.reshape(column)
    near_ties = bool((tied & (size > rounding.reshape(column))).any())
    advantages[tied] = 0.0
    losses = np.empty_like(advantages)
    for player in range(players):
        side = np.array([-1.0, 1.0]).reshape([2 if j == player else 1 for j in range(players)])
        losses[player] = side * advantages[player]
    losses += 0.0  # no negative zeros
    for array in (advantages, losses, tolerance):
        array.flags.writeable = False
    return PureProfiles(
        advantages=advantages,
        scale=np.abs(advantages).max(axis=each),
        tolerance=tolerance,
        rounding=rounding,
        near_ties=near_ties,
        losses=losses,
        nash=np.asarray((losses >= 0.0).all(axis=0)),
        strict=np.asarray((losses > 0.0).all(axis=0)),
    )


def corner_values(advantages: Advantages) -> Floats:
    """Flatten tables over pure profiles so that bit i of the position is player i's index; shape (n, 2**n).

    Examples
    --------
    >>> corner_values(np.array([[[0.0, 1.0], [2.0, 3.0]]]))
    array([[0., 2., 1., 3.]])
    """
    players = advantages.ndim - 1
    backwards = (0, *range(players, 0, -1))
    return np.ascontiguousarray(advantages.transpose(backwards).reshape(advantages.shape[0], -1))
