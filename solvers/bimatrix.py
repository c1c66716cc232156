"""Two-player games by another program: nashpy's support enumeration, to compare with our own rest points."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from solvers.arrays import Floats, PayoffTensor
from solvers.errors import SolverInputError


@dataclass(frozen=True, slots=True, eq=False)
class SupportEnumeration:
    """Equilibria that nashpy lists; ``degenerate`` if it says that the list may be incomplete.

    ``profiles`` has shape (count, 2): the share of index 1 of each player.
    """

    profiles: Floats
    degenerate: bool


def support_enumeration(payoffs: PayoffTensor) -> SupportEnumeration:
    """List the Nash equilibria of a game of two players with two strategies each.

    Parameters
    ----------
    payoffs : shape (2, 2, 2)

    Raises
    ------
    SolverInputError
        If the game does not have two players.

    Examples
    --------
    >>> hunt = np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])
    >>> support_enumeration(hunt).profiles.round(3).tolist()
    [[0.0, 0.0], [1.0, 1.0], [0.667, 0.667]]
    """
    if payoffs.shape[0] != 2:
        raise SolverInputError("bimatrix.players", players=payoffs.shape[0])
    import nashpy

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = [(row[1], column[1]) for row, column in nashpy.Game(payoffs[0], payoffs[1]).support_enumeration()]
    return SupportEnumeration(
        profiles=np.array(found, dtype=np.float64).reshape(len(found), 2),
        degenerate=any("degenerate" in str(item.message) for item in caught),
    )
