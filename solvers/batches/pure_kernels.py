"""Compiled loops over games for pure profiles: Nash, strict and nearly tied ones as bits, from signs of differences."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solvers.arrays import LARGEST_PAYOFF, Booleans, Floats, Integers
from solvers.compiled import kernel
from solvers.pure import ROUNDING_OF_PAYOFFS
from solvers.rest_points.workspace import Bits

Codes = NDArray[np.int16]

ONE = np.uint64(1)
NONE = np.uint64(0)


def _pure_words(
    payoffs: Floats, g: int, tie_tolerance: float, gain: Floats
) -> tuple[np.uint64, np.uint64, np.uint64, bool]:
    """Nash, strict and nearly tied profiles of one game as bits, by position in C order, and whether it is valid.

    Parameters
    ----------
    payoffs : shape (games, n, 2**n)
    gain : shape (2**n,), scratch
    """
    players, profiles = payoffs.shape[1], payoffs.shape[2]
    leaves, ties, near, valid = NONE, NONE, NONE, True
    for i in range(players):
        step = 1 << (players - 1 - i)
        largest, size = 0.0, 0.0
        for first in range(0, profiles, 2 * step):
            for s in range(first, first + step):
                low, high = payoffs[g, i, s], payoffs[g, i, s + step]
                gain[s] = high - low
                if not (abs(low) <= LARGEST_PAYOFF and abs(high) <= LARGEST_PAYOFF):
                    valid = False
                size = max(size, max(abs(low), abs(high)))
                largest = max(largest, abs(gain[s]))
        rounding = ROUNDING_OF_PAYOFFS * size
        tolerance = max(tie_tolerance * largest, rounding)
        for first in range(0, profiles, 2 * step):
            for s in range(first, first + step):
                up, down = gain[s] > tolerance, gain[s] < -tolerance
                pair = (ONE << np.uint64(s)) | (ONE << np.uint64(s + step))
                leaves |= np.uint64(up) << np.uint64(s)
                leaves |= np.uint64(down) << np.uint64(s + step)
                if not (up or down):
                    ties |= pair
                    if abs(gain[s]) > rounding:
                        near |= pair
    everything = NONE - ONE if profiles == 64 else (ONE << np.uint64(profiles)) - ONE
    nash = everything & ~leaves
    return nash, nash & ~ties, near, valid


pure_words = kernel(_pure_words)


def _pure_range(payoffs: Floats, tie_tolerance: float, nash: Bits, strict: Bits, near: Bits, valid: Booleans) -> None:
    """Write the Nash, the strict and the nearly tied profiles of every game as bits."""
    gain = np.empty(payoffs.shape[2])
    for g in range(payoffs.shape[0]):
        nash[g], strict[g], near[g], valid[g] = pure_words(payoffs, g, tie_tolerance, gain)


pure_range = kernel(_pure_range)


def _pure_points(
    nash: Bits, players: int, offsets: Integers, game: Integers, position: Integers, shares: Floats, face: Codes
) -> None:
    """Write one row per pure equilibrium; ``offsets`` says where the rows of each game begin."""
    for g in range(nash.shape[0]):
        row = offsets[g]
        if offsets[g + 1] == row:
            continue
        for s in range(1 << players):
            if (nash[g] >> np.uint64(s)) & ONE != NONE:
                code = 0
                for i in range(players - 1, -1, -1):
                    index = (s >> (players - 1 - i)) & 1
                    code = 3 * code + index
                    shares[row, i] = np.float64(index)
                game[row], position[row], face[row] = g, s, code
                row += 1


pure_points = kernel(_pure_points)
