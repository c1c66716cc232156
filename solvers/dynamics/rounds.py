"""Rounds that close in on a rest point more and more slowly, as under Smith, BNN and best response in zero-sum games.

There the size of the rounds falls like one over their number, so that a path comes to rest at no time that can be
waited for. A path closes in if after many rounds the latest is small, smaller than every recent one, and clearly
smaller than the one half as many rounds ago. That is read from the numbers and not proved.
"""

from __future__ import annotations

from solvers.arrays import Floats
from solvers.compiled import kernel

ROUNDS = 512
"""How many sizes of rounds are kept."""
FEWEST, RECENT = 64, 8
SMALL = 5e-2
"""Largest range of a share over a round that counts as closing in."""
SHRUNK = 0.75


def _begin_round(x: Floats, low: Floats, high: Floats) -> None:
    for k in range(x.shape[0]):
        low[k], high[k] = x[k], x[k]


begin_round = kernel(_begin_round)


def _widen_round(x: Floats, low: Floats, high: Floats) -> None:
    for k in range(x.shape[0]):
        low[k], high[k] = min(low[k], x[k]), max(high[k], x[k])


widen_round = kernel(_widen_round)


def _closes_in(low: Floats, high: Floats, sizes: Floats, rounds: int) -> bool:
    """Note the size of a round that has ended, the ``rounds``-th, and tell whether the path closes in.

    Where it does, ``low`` becomes the middle of the round.
    """
    size = 0.0
    for k in range(low.shape[0]):
        size = max(size, high[k] - low[k])
    sizes[rounds % ROUNDS] = size
    if rounds < FEWEST or size > SMALL or rounds - rounds // 2 >= ROUNDS:
        return False
    for back in range(1, RECENT + 1):
        if sizes[(rounds - back) % ROUNDS] <= sizes[(rounds - back + 1) % ROUNDS]:
            return False
    if size > SHRUNK * sizes[(rounds // 2) % ROUNDS]:
        return False
    for k in range(low.shape[0]):
        low[k] = 0.5 * (low[k] + high[k])
    return True


closes_in = kernel(_closes_in)
