"""Games of several regions: a common population, and blocks whose members meet only their block and the common one."""

import numpy as np


def block_game(blocks):
    """Join games of 1 + size players that share player 0; its payoff is the mean of its payoffs in the blocks.

    Parameters
    ----------
    blocks : payoff arrays of shape (1 + size, 2, ..., 2)

    Returns
    -------
    payoffs of the common player, then block by block
    """
    size = len(blocks[0]) - 1
    n = 1 + len(blocks) * size
    payoffs = np.zeros((n, *(2,) * n))
    for number, block in enumerate(blocks):
        first = 1 + number * size
        members = [0, *range(first, first + size)]
        shape = [2 if axis in members else 1 for axis in range(n)]
        payoffs[0] += block[0].reshape(shape) / len(blocks)
        for i in range(size):
            payoffs[first + i] += block[1 + i].reshape(shape)
    return payoffs


def random_blocks(rng, *, blocks=2, size=3):
    return block_game([rng.normal(size=(1 + size, *(2,) * (1 + size))) for _ in range(blocks)])
