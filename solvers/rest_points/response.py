"""Sinks of the response graph and closed faces of games of up to six players, on bits: one word per set of profiles.

``solvers.attractors`` says what these are. Bit c of a word stands for the corner c, whose bit i is player i's index.
"""

from __future__ import annotations

import numpy as np

from solvers.arrays import Integers
from solvers.attractors import Profile
from solvers.compiled import kernel
from solvers.rest_points.workspace import MIXING, Bits, Game

MOST_PLAYERS_IN_A_WORD = 6

ONE = np.uint64(1)
NONE = np.uint64(0)


def _sink_sets(g: Game, reach: Bits, out: Bits) -> int:
    """Write the sink components as sets of corners, by their lowest corner; returns how many there are.

    Parameters
    ----------
    reach : shape (2**n,), scratch
    out : shape (at least 2**(n - 1) + 1,), written
    """
    advantages, loses = g.advantages, g.loses
    n, corners = advantages.shape
    for c in range(corners):
        reach[c] = ONE << np.uint64(c)
        for i in range(n):
            if (loses[i, 0] >> np.uint64(c)) & ONE == NONE:
                reach[c] |= ONE << np.uint64(c ^ (1 << i))
    for via in range(corners):
        for c in range(corners):
            if (reach[c] >> np.uint64(via)) & ONE:
                reach[c] |= reach[via]
    count = 0
    for c in range(corners):
        is_sink, is_lowest = True, True
        for other in range(corners):
            if (reach[c] >> np.uint64(other)) & ONE:
                is_sink = is_sink and reach[other] == reach[c]
                is_lowest = is_lowest and other >= c
        if is_sink and is_lowest:
            out[count] = reach[c]
            count += 1
    return count


sink_sets = kernel(_sink_sets)


def _closure(g: Game, corner: int) -> tuple[int, np.uint64]:
    """Smallest closed face that holds a corner: its free players, and its corners."""
    advantages, loses = g.advantages, g.loses
    n = advantages.shape[0]
    free, inside = 0, ONE << np.uint64(corner)
    growing = True
    while growing:
        growing = False
        for i in range(n):
            if (free >> i) & 1 == 0 and inside & ~loses[i, 0] != NONE:
                free |= 1 << i
                if (corner >> i) & 1:
                    inside |= inside >> np.uint64(1 << i)
                else:
                    inside |= inside << np.uint64(1 << i)
                growing = True
    return free, inside


closure = kernel(_closure)


def _closed_sets(g: Game, closures: Bits, free: Integers, out: Integers) -> int:
    """Write the minimal closed faces as digits in base 3, player 0 lowest; returns how many there are.

    Parameters
    ----------
    closures, free : shape (2**n,), scratch
    out : shape (at least 2**n,), written
    """
    advantages = g.advantages
    n, corners = advantages.shape
    for c in range(corners):
        free[c], closures[c] = closure(g, c)
    count = 0
    for c in range(corners):
        minimal = True
        for other in range(corners):
            # Listed once, by the lowest of its corners whose closure it is.
            if closures[other] == closures[c]:
                minimal = minimal and other >= c
            elif closures[other] & ~closures[c] == NONE:
                minimal = False
        if minimal:
            code, power = 0, 1
            for i in range(n):
                code += power * (MIXING if (free[c] >> i) & 1 else (c >> i) & 1)
                power *= 3
            out[count] = code
            count += 1
    return count


closed_sets = kernel(_closed_sets)


def sink_profiles(sinks: Bits, players: int) -> tuple[tuple[Profile, ...], ...]:
    """Turn sets of corners into profiles, sorted."""
    return tuple(sorted(tuple(sorted(profiles_in(int(word), players))) for word in sinks))


def profiles_in(word: int, players: int) -> list[Profile]:
    """Pure profiles whose corners are set in a word.

    Examples
    --------
    >>> profiles_in(0b1010, 2)
    [(1, 0), (1, 1)]
    """
    corners = [c for c in range(1 << players) if word >> c & 1]
    return [tuple(c >> i & 1 for i in range(players)) for c in corners]


def closed_face_names(codes: Integers, players: int) -> tuple[str, ...]:
    """Turn digits in base 3 into strings of 0, 1 and *, sorted."""
    return tuple(sorted("".join("01*"[int(code) // 3**i % 3] for i in range(players)) for code in codes))
