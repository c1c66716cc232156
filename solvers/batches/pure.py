"""Pure Nash equilibria of very many games, from the signs of differences, without a search."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from solvers.arrays import Booleans, Floats, Integers
from solvers.batches.games import block, refuse_invalid
from solvers.batches.pure_kernels import pure_points, pure_range
from solvers.batches.results import STATUSES, Batch, offsets_of
from solvers.batches.threads import on_threads
from solvers.rest_points.description import SINK, UNDECIDED

PURE_CHUNK = 16_384


def pure_equilibria(games: NDArray[Any], shape: tuple[int, ...], tie_tolerance: float, threads: int) -> Batch:
    """Pure Nash equilibria only: signs of differences, no search."""
    count, players, _ = games.shape
    nash, strict, near = np.zeros(count, np.uint64), np.zeros(count, np.uint64), np.zeros(count, np.uint64)
    valid = np.ones(count, np.bool_)
    direct = games.dtype == np.float64 and games.flags.c_contiguous and games.flags.writeable

    def work(first: int, end: int) -> None:
        part = games[first:end] if direct else block(games, first, end)
        mine = slice(first, end)
        pure_range(part, tie_tolerance, nash[mine], strict[mine], near[mine], valid[mine])

    on_threads(work, count, PURE_CHUNK, threads)
    refuse_invalid(games, valid)
    offsets = offsets_of(np.bitwise_count(nash).astype(np.int64))
    rows = int(offsets[-1])
    game, position = np.empty(rows, np.int64), np.empty(rows, np.int64)
    shares, face = np.empty((rows, players)), np.empty(rows, np.int16)
    on_threads(
        lambda first, end: pure_points(
            nash[first:end], players, offsets[first : end + 1], game, position, shares, face
        ),
        count, PURE_CHUNK, threads,
    )  # fmt: skip
    strictly = _has_bit(strict[game], position)
    return Batch(
        shape=shape,
        players=players,
        what="pure",
        offsets=offsets,
        game=game,
        shares=shares,
        face=face,
        mixing=np.zeros(rows, np.int8),
        stability=np.where(strictly, SINK, UNDECIDED).astype(np.int8),
        nash=np.ones(rows, np.bool_),
        strict=strictly,
        verified=~_has_bit(near[game], position),
        ties=~strictly,
        regret=_regrets(games, game, position, near),
        residual=np.zeros(rows),
        radius=np.zeros(rows),
        status=np.where(near != 0, STATUSES.index("near ties"), 0).astype(np.int8),
        nash_profiles=nash,
        strict_profiles=strict,
        sinks=None,
        sink_offsets=None,
        closed=None,
        closed_offsets=None,
        whole=np.zeros(0, np.int16),
        whole_nash=np.zeros(0, np.int8),
        whole_offsets=np.zeros(count + 1, np.int64),
        singly={},
    )


def _has_bit(words: NDArray[np.uint64], position: Integers) -> Booleans:
    return np.asarray((words >> position.astype(np.uint64)) & np.uint64(1) != 0)


def _regrets(games: NDArray[Any], game: Integers, position: Integers, near: NDArray[np.uint64]) -> Floats:
    """Regrets of pure equilibria: zero but for ties that were only called so."""
    regret = np.zeros(game.size)
    players = games.shape[1]
    for row in np.flatnonzero(_has_bit(near[game], position)).tolist():
        table, s = np.asarray(games[game[row]], dtype=np.float64), int(position[row])
        gains = [table[i, s ^ (1 << (players - 1 - i))] - table[i, s] for i in range(players)]
        regret[row] = max(0.0, *gains)
    return regret
