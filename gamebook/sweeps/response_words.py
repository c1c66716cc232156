"""What the signs of payoff differences say of very many games: equilibria and sinks as sets of bits.

Bit s of a word stands for the pure profile at position s in C order. Games of a sweep share few patterns of signs, so
each pattern is worked out once and handed to all games that have it. Ties are those of ``solvers.pure``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solvers.arrays import Booleans, Floats, Integers
from solvers.attractors import Profile
from solvers.pure import ROUNDING_OF_PAYOFFS

Words = NDArray[np.uint64]
MOST_PLAYERS = 6
"""A word has room for the 64 pure profiles of six."""
YES, NO, OPEN = np.int8(1), np.int8(0), np.int8(-1)
"""What is proved, refuted, and left open by ties."""


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """Signs of what each player gains by index 1, at every pure profile of the others, in many games.

    Attributes
    ----------
    up, down : shape (games, n, 2**(n - 1)), whether index 1 pays more, or less; neither is a tie. The others'
        profiles are in C order
    gains : likewise, in payoff units
    near : shape (games,), whether a difference beyond rounding counted as a tie
    """

    up: Booleans
    down: Booleans
    gains: Floats
    near: Booleans


@dataclass(frozen=True, slots=True, eq=False)
class ResponseSets:
    """Sets of pure profiles per game.

    Attributes
    ----------
    nash, strict : shape (games,)
    sinks, sink_offsets : sink components of all games, those of game i in rows ``offsets[i]`` to ``offsets[i + 1]``,
        by their lowest bit
    stable, certain : shape (games,), whether the asked profile is strict, and the only sink; -1 if ties leave it open
    """

    nash: Words
    strict: Words
    sinks: Words
    sink_offsets: Integers
    stable: NDArray[np.int8]
    certain: NDArray[np.int8]


def signs(payoffs: Floats, tie_tolerance: float) -> Signs:
    """Read the signs of payoff differences.

    Parameters
    ----------
    payoffs : shape (games, n, 2, ..., 2)
    tie_tolerance : as in ``solvers.pure.pure_profiles``
    """
    games, players = payoffs.shape[:2]
    half = 1 << (players - 1)
    gains = np.empty((games, players, half))
    up, down = np.empty_like(gains, dtype=np.bool_), np.empty_like(gains, dtype=np.bool_)
    near = np.zeros(games, dtype=np.bool_)
    for i in range(players):
        cells = payoffs[:, i].reshape(games, 1 << i, 2, 1 << (players - 1 - i))
        gain = (cells[:, :, 1] - cells[:, :, 0]).reshape(games, half)
        size = np.abs(gain)
        rounding = ROUNDING_OF_PAYOFFS * np.abs(cells).max(axis=(1, 2, 3))
        tolerance = np.maximum(tie_tolerance * size.max(axis=1), rounding)[:, None]
        gains[:, i], up[:, i], down[:, i] = gain, gain > tolerance, gain < -tolerance
        near |= ((size <= tolerance) & (size > rounding[:, None])).any(axis=1)
    return Signs(up, down, gains, near)


def losses_at(found: Signs, profile: Profile) -> Floats:
    """What each player loses by leaving a pure profile; shape (games, n), exactly 0 at a tie."""
    losses = np.empty(found.gains.shape[:2])
    for i, own in enumerate(profile):
        place = position(profile[:i] + profile[i + 1 :])
        tied = ~(found.up[:, i, place] | found.down[:, i, place])
        losses[:, i] = np.where(tied, 0.0, found.gains[:, i, place] * (1.0 if own == 1 else -1.0))
    return losses + 0.0


def position(profile: Profile) -> int:
    """Position of a pure profile in C order.

    Examples
    --------
    >>> position((1, 0, 1))
    5
    """
    return int(sum(digit << place for place, digit in enumerate(reversed(profile))))


def response_sets(found: Signs, profile: Profile | None) -> ResponseSets:
    """Work out equilibria, sinks and the verdict on a profile for every pattern of signs that occurs.

    Parameters
    ----------
    profile : pure profile that is asked for; None leaves everything about it open
    """
    games, players = found.up.shape[:2]
    both = np.concatenate([found.up, found.down], axis=1)
    packed = np.packbits(both.reshape(games, 2 * players * found.up.shape[2]), axis=1)
    keys = np.ascontiguousarray(packed).view(np.dtype((np.void, packed.shape[1]))).reshape(games)
    _, first, which = np.unique(keys, return_index=True, return_inverse=True)
    which = which.reshape(games)
    leaves, may_leave = _moves(found.up[first], found.down[first], players)
    nash, strict = _word(leaves), _word(may_leave)
    sets = _sinks(may_leave)
    counts = np.array([len(each) for each in sets], dtype=np.int64)[which]
    longest = max((len(each) for each in sets), default=0)
    table = np.zeros((len(sets), longest), dtype=np.uint64)
    for row, each in enumerate(sets):
        table[row, : len(each)] = each
    chosen = np.arange(longest) < counts[:, None]
    stable = certain = np.full(len(sets), OPEN)
    if profile is not None:
        stable, certain = _verdicts(leaves, may_leave, position(profile))
    return ResponseSets(
        nash=nash[which],
        strict=strict[which],
        sinks=table[which][chosen],
        sink_offsets=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)]),
        stable=stable[which],
        certain=certain[which],
    )


def _moves(up: Booleans, down: Booleans, players: int) -> tuple[Booleans, Booleans]:
    """Whether a player leaves a profile, and whether it may where ties are moves too; shape (n, 2**n, patterns)."""
    count = len(up)
    leaves = np.empty((players, 1 << players, count), dtype=np.bool_)
    may_leave = np.empty_like(leaves)
    for i in range(players):
        shape = (1 << i, 1 << (players - 1 - i), count)
        gains, loses = up[:, i].T.reshape(shape), down[:, i].T.reshape(shape)
        for table, at_zero, at_one in ((leaves, gains, loses), (may_leave, ~loses, ~gains)):
            both = np.stack([at_zero, at_one], axis=1)
            table[i] = both.reshape(1 << players, count)
    return leaves, may_leave


def _word(moves: Booleans) -> Words:
    """Profiles that nobody leaves, as words, shape (patterns,)."""
    members = ~moves.any(axis=0)
    packed = np.zeros((8, members.shape[1]), dtype=np.uint8)
    packed[: -(-members.shape[0] // 8)] = np.packbits(members, axis=0, bitorder="little")
    return np.ascontiguousarray(packed.T).view("<u8").reshape(-1).astype(np.uint64)


def _neighbours(players: int, i: int) -> Integers:
    """Position of the profile that differs from each by player i."""
    return np.arange(1 << players) ^ (1 << (players - 1 - i))


def _sinks(may_leave: Booleans) -> list[Words]:
    """Sink components of every pattern, as words, by their lowest bit."""
    players, profiles, count = may_leave.shape
    one = np.uint64(1)
    reach = np.repeat((one << np.arange(profiles, dtype=np.uint64))[:, None], count, axis=1)
    for i in range(players):
        steps = one << _neighbours(players, i).astype(np.uint64)
        reach |= np.where(may_leave[i], steps[:, None], np.uint64(0))
    for via in range(profiles):
        through = (reach >> np.uint64(via)) & one
        reach |= through * reach[via]
    # A profile lies in a sink if everything that it reaches reaches the same.
    closed = np.ones((profiles, count), dtype=np.bool_)
    for other in range(profiles):
        reached = (reach >> np.uint64(other)) & one != 0
        closed &= ~reached | (reach == reach[other])
    lowest = reach & (~reach + one) == one << np.arange(profiles, dtype=np.uint64)[:, None]
    listed = closed & lowest
    return [reach[listed[:, pattern], pattern] for pattern in range(count)]


def _verdicts(leaves: Booleans, may_leave: Booleans, place: int) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Whether the profile at a position is strict, and the only sink, as ``solvers.attractors.is_only_sink`` says."""
    left, open_to_leave = leaves[:, place].any(axis=0), may_leave[:, place].any(axis=0)
    stable = np.where(left, NO, np.where(open_to_leave, OPEN, YES))
    proved = ~open_to_leave & _reached_from_everywhere(leaves, place)
    refuted = left | ~_reached_from_everywhere(may_leave, place)
    return stable, np.where(proved, YES, np.where(refuted, NO, OPEN))


def _reached_from_everywhere(moves: Booleans, place: int) -> Booleans:
    """Whether moves lead to the profile at a position from every profile; shape (patterns,)."""
    players, profiles, count = moves.shape
    reached = np.zeros((profiles, count), dtype=np.bool_)
    reached[place] = True
    growing = True
    while growing:
        before = int(reached.sum())
        for i in range(players):
            reached |= moves[i] & reached[_neighbours(players, i)]
        growing = int(reached.sum()) > before
    return np.asarray(reached.all(axis=0))
