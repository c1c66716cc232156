"""Bring one game into memory: differences of payoffs with ties made exact, and their signs as bits."""

from __future__ import annotations

import math

import numpy as np

from solvers.arrays import Floats
from solvers.compiled import kernel
from solvers.pure import ROUNDING_OF_PAYOFFS
from solvers.rest_points.workspace import Game, Tables


def _load_game(t: Tables, g: Game, payoffs: Floats, tie_tolerance: float) -> tuple[bool, bool]:
    """Fill the game.

    Parameters
    ----------
    payoffs : shape (n, 2**n), pure profiles in C order

    Returns
    -------
    whether a tie was only near, as ``solvers.pure`` says it; whether any difference was changed to make a tie exact
    """
    given, order, rounding, tolerance = g.given, t.order, g.rounding, g.tolerance
    n, corners = payoffs.shape
    near, changed = False, False
    for i in range(n):
        step = 1 << (n - 1 - i)
        largest, size = 0.0, 0.0
        for s in range(corners):
            size = max(size, abs(payoffs[i, s]))
            if s & step == 0:
                gain = payoffs[i, s | step] - payoffs[i, s]
                largest = max(largest, abs(gain))
                given[i, order[s]] = gain
                given[i, order[s | step]] = gain
        rounding[i] = ROUNDING_OF_PAYOFFS * size
        tolerance[i] = max(tie_tolerance * largest, rounding[i])
        one_near, one_changed = make_ties_exact(g, i)
        near, changed = near or one_near, changed or one_changed
    return near, changed


def _make_ties_exact(g: Game, i: int) -> tuple[bool, bool]:
    """Make the ties of a player exact, and scale; returns whether one was beyond rounding, or changed at all."""
    given, tolerance, rounding, advantages = g.given, g.tolerance, g.rounding, g.advantages
    scale_, scaled = g.scale, g.scaled
    corners = given.shape[1]
    near, changed, scale = False, False, 0.0
    for c in range(corners):
        gain = given[i, c]
        if abs(gain) <= tolerance[i]:
            near = near or abs(gain) > rounding[i]
            changed = changed or gain != 0.0
            gain = 0.0
        advantages[i, c] = gain
        scale = max(scale, abs(gain))
    scale_[i] = scale
    _, exponent = math.frexp(scale)
    # Powers of two change no digit; two steps, because one factor could overflow.
    first, second = math.ldexp(1.0, -(exponent // 2)), math.ldexp(1.0, -(exponent - exponent // 2))
    for c in range(corners):
        scaled[i, c] = advantages[i, c] * first * second
    return near, changed


make_ties_exact = kernel(_make_ties_exact)
load_game = kernel(_load_game)


def _note_signs(t: Tables, g: Game) -> None:
    """Write the signs of the advantages, and who loses by leaving each pure profile, as bits."""
    advantages, own_, positive, negative = g.advantages, t.own, g.positive, g.negative
    loses = g.loses
    n, corners = advantages.shape
    for i in range(n):
        for word in range(own_.shape[1]):
            above, below = np.uint64(0), np.uint64(0)
            for b in range(min(64, corners - 64 * word)):
                gain = advantages[i, 64 * word + b]
                if gain > 0.0:
                    above |= np.uint64(1) << np.uint64(b)
                elif gain < 0.0:
                    below |= np.uint64(1) << np.uint64(b)
            own = own_[i, word]
            positive[i, word], negative[i, word] = above, below
            loses[i, word] = (above & own) | (below & ~own)


note_signs = kernel(_note_signs)
