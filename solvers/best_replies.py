"""Vertices of the best-reply polytopes of a two-player game, and the extreme equilibria that they pair up to.

A mixed strategy y of one player is a vertex if the other's strategies that are best replies to it, and its own
strategies that it leaves out, pin it down. The Nash equilibria of a two-player game are the convex hulls of pairs of
such vertices in which each plays only best replies to the other (Mangasarian 1964). A game is degenerate if some y
has more best replies than strategies in its support; at a vertex, if anywhere.

References
----------
O. L. Mangasarian (1964), Equilibrium points of bimatrix games, Journal of the Society for Industrial and Applied
Mathematics 12, 778-780.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np

from solvers.arrays import Booleans, Floats, PayoffTensor
from solvers.normal_form import payoff_scale

MOST_BASES = 60_000
"""Linear systems to solve per player; 9x9 games need about 48,000."""
NEAR = 1e-10
"""Differences below this, in units of the largest payoff difference, count as none."""
SINGULAR = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Vertices:
    """Vertices of one player's mixed strategies.

    Attributes
    ----------
    mixed : shape (count, m), probabilities
    best : shape (count, k), whether each strategy of the other player is a best reply
    """

    mixed: Floats
    best: Booleans

    @property
    def degenerate(self) -> bool:
        """Whether some vertex has more best replies than strategies in its support."""
        return bool((self.best.sum(axis=1) > (self.mixed > 0.0).sum(axis=1)).any())


def bases(rows: int, columns: int) -> int:
    """Return how many linear systems :func:`reply_vertices` solves."""
    return math.comb(rows + columns, rows)


def reply_vertices(payoffs: Floats) -> Vertices:
    """Mixed strategies of the column player at which as many rows are best replies as columns are played.

    Parameters
    ----------
    payoffs : shape (rows, columns), of the row player, in units of about 1

    Examples
    --------
    >>> reply_vertices(np.array([[2.0, 2.0], [0.0, 3.0]])).mixed.round(4).tolist()
    [[1.0, 0.0], [0.0, 1.0], [0.3333, 0.6667]]
    """
    rows, columns = payoffs.shape
    found = [np.zeros((0, columns))]
    for size in range(1, min(rows, columns) + 1):
        tied = np.array(list(itertools.combinations(range(rows), size)))
        played = np.array(list(itertools.combinations(range(columns), size)))
        blocks = payoffs[tied[:, None, :, None], played[None, :, None, :]].reshape(-1, size, size)
        support = np.broadcast_to(played[None], (len(tied), len(played), size)).reshape(-1, size)
        # Unknowns: the probabilities of the columns played and the common payoff of the tied rows.
        system = np.zeros((len(blocks), size + 1, size + 1))
        system[:, :size, :size], system[:, :size, size], system[:, size, :size] = blocks, -1.0, 1.0
        regular = np.abs(np.linalg.det(system)) > SINGULAR
        right = np.zeros((int(regular.sum()), size + 1, 1))
        right[:, -1] = 1.0
        solved = np.linalg.solve(system[regular], right)[:, :size, 0]
        mixed = np.zeros((len(solved), columns))
        np.put_along_axis(mixed, support[regular], solved, axis=1)
        mixed = mixed[(mixed >= -NEAR).all(axis=1)]
        mixed = np.where(mixed > NEAR, mixed, 0.0)
        found.append(mixed / mixed.sum(axis=1, keepdims=True))
    mixed = _different(np.concatenate(found))
    # A tied set is only a vertex of best replies if no other row does better.
    values = mixed @ payoffs.T
    best = values >= values.max(axis=1, keepdims=True) - NEAR
    kept = best.sum(axis=1) >= (mixed > 0.0).sum(axis=1)
    return Vertices(mixed[kept], best[kept])


def _different(mixed: Floats) -> Floats:
    """Leave out repetitions, keep the order."""
    _, first = np.unique(mixed.round(9), axis=0, return_index=True)
    return mixed[np.sort(first)]


def extreme_equilibria(payoffs: PayoffTensor) -> tuple[list[tuple[Floats, Floats]], bool]:
    """Extreme Nash equilibria of a two-player game, and whether the game is degenerate.

    Parameters
    ----------
    payoffs : shape (2, m1, m2)

    Examples
    --------
    >>> pairs, degenerate = extreme_equilibria(np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]]))
    >>> [(x.round(3).tolist(), y.round(3).tolist()) for x, y in pairs], degenerate
    ([([1.0, 0.0], [1.0, 0.0]), ([0.0, 1.0], [0.0, 1.0]), ([0.333, 0.667], [0.333, 0.667])], False)
    """
    scale = payoff_scale(payoffs)
    unit = np.where(scale > 0.0, scale, 1.0)
    row, column = (payoffs[0] - payoffs[0].max(axis=0)) / unit[0], (payoffs[1].T - payoffs[1].max(axis=1)) / unit[1]
    of_column, of_row = reply_vertices(row), reply_vertices(column)
    # Nothing that the first plays may fail to be a best reply to the second, and the other way round.
    wrong = (of_row.mixed > 0.0).astype(int) @ (~of_column.best).T.astype(int)
    wrong = wrong + (~of_row.best).astype(int) @ (of_column.mixed > 0.0).T.astype(int)
    pairs = [(of_row.mixed[i], of_column.mixed[j]) for i, j in np.argwhere(wrong == 0)]
    return pairs, of_row.degenerate or of_column.degenerate
