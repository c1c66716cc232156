"""Iterated strict dominance by pure strategies: what no Nash equilibrium uses."""

from __future__ import annotations

import numpy as np

from solvers.general.normal_form import NormalForm, Support


def undominated(game: NormalForm) -> Support:
    """Strategies that survive the removal, again and again, of those strictly worse than another whatever others do.

    The order of removal does not matter. Exact: only signs of differences are looked at. No Nash equilibrium uses a
    strategy that goes; rest points that are not equilibria may.

    Examples
    --------
    The prisoners' dilemma leaves the second strategies:

    >>> from solvers.general.normal_form import normal_form
    >>> undominated(normal_form([[[1, -2], [3, 0]], [[1, 3], [-2, 0]]], tie_tolerance=0.0))
    ((1,), (1,))
    """
    left = [list(range(size)) for size in game.sizes]
    changed = True
    while changed:
        changed = False
        for player, own in enumerate(left):
            if len(own) == 1:
                continue
            rows = np.moveaxis(game.tied[player][np.ix_(*left)], player, 0).reshape(len(own), -1)
            worse = [bool((rows > row).all(axis=1).any()) for row in rows]
            if any(worse):
                left[player] = [s for s, gone in zip(own, worse, strict=True) if not gone]
                changed = True
    return tuple(tuple(own) for own in left)


def never_best_together(game: NormalForm, support: Support, allowed: Support) -> bool:
    """Whether a strategy in the support loses to another one at every profile where all of the support is in use.

    Then no Nash equilibrium has this support: the other pays at least as much against all the others' strategies in
    use, and more against some.
    """
    for player, used in enumerate(support):
        cells = list(support)
        cells[player] = allowed[player]
        rows = np.moveaxis(game.tied[player][np.ix_(*cells)], player, 0).reshape(len(allowed[player]), -1)
        for s in used:
            row = rows[allowed[player].index(s)]
            if bool(((rows >= row).all(axis=1) & (rows > row).any(axis=1)).any()):
                return True
    return False
