"""Rest points, Nash equilibria or pure equilibria of very many games of one size, on all processors.

    found = batch_equilibria(payoffs, what="nash")           # payoffs [..., player, s1, ..., sn]
    found.shares[found.strict]                               # flat arrays over all games
    found.game_view(7).shares                                # one of them

Regular games go through one compiled loop; the rare others (ties, continua, points on borders) are solved one at a
time by ``solvers.equilibria``. Either way a game has the same bits as when it is solved alone, whatever the chunks
and the number of threads.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solvers.arrays import LARGEST_PAYOFF, Booleans, Floats, Integers
from solvers.batches.kernels import (
    CLASS,
    FACE,
    INVALID,
    MARKS,
    MIXING_COUNT,
    NEAR_TIES,
    SINGLY,
    Codes,
    PerGame,
    Rows,
    pure_points,
    pure_range,
    solve_range,
)
from solvers.batches.results import STATUSES, Batch
from solvers.equilibria import MOST_BOXES, TIE_TOLERANCE, equilibria
from solvers.errors import SolverInputError
from solvers.rest_points.description import NASH, SINK, STRICT, TIED, UNDECIDED, VERIFIED
from solvers.rest_points.records import CLASSES
from solvers.rest_points.response import MOST_PLAYERS_IN_A_WORD
from solvers.rest_points.workspace import Workspace, tables_of, workspace
from solvers.results import Equilibria, RestPoint

MOST_PLAYERS = MOST_PLAYERS_IN_A_WORD
CHUNK = 2_048
"""Games that a thread takes at a time: their points take a few megabytes."""
PURE_CHUNK = 16_384


def batch_equilibria(
    payoffs: ArrayLike,
    *,
    what: Literal["pure", "nash", "rest"] = "nash",
    players: int | None = None,
    attractors: bool = False,
    tie_tolerance: float = TIE_TOLERANCE,
    most_boxes: int = MOST_BOXES,
    chunk: int = CHUNK,
    threads: int | None = None,
) -> Batch:
    """Solve many games of two strategies per player at once.

    Parameters
    ----------
    payoffs : shape (..., n, 2, ..., 2), 1 to 6 players
    what : ``pure``: pure Nash equilibria; ``nash``: all Nash equilibria; ``rest``: all rest points of the
        replicator dynamics, every pure profile among them
    players : number of players, n. Taken from the shape if not given, as the largest that fits: an array
        (3, 2, 2, 2) is one game of three players; three games of two players need ``players=2``
    attractors : also list sink components and minimal closed faces of every game; not with ``pure``
    tie_tolerance, most_boxes : as in ``solvers.equilibria``, per game
    chunk : games that a thread takes at a time
    threads : threads to use; one per processor if not given

    Raises
    ------
    SolverInputError
        If the payoffs cannot be worked with; the message names the first game at fault.

    Examples
    --------
    Two stag hunts that differ in what hunting alone costs:

    >>> hunts = [[[[2, 2], [0, 3]], [[2, 0], [2, 3]]], [[[2, 2], [1, 3]], [[2, 1], [2, 3]]]]
    >>> found = batch_equilibria(hunts, what="nash")
    >>> found.offsets.tolist(), found.shares[found.mixing > 0].round(3).tolist()
    ([0, 3, 6], [[0.667, 0.667], [0.5, 0.5]])
    >>> found.game_view(1).status
    'complete'
    """
    _check(what, attractors, tie_tolerance, most_boxes, chunk, threads)
    games, shape = _games(payoffs, players)
    used = threads or processors()
    if what == "pure":
        return _pure(games, shape, float(tie_tolerance), used)
    run = _Run(games, what == "nash", attractors, float(tie_tolerance), int(most_boxes))
    run.solve(chunk, used)
    return run.batch(shape, what)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _on_threads(work: Callable[[int, int], None], count: int, chunk: int, threads: int) -> None:
    """Call ``work(first, end)`` for every chunk of the games, on several threads."""
    ranges = [(first, min(first + chunk, count)) for first in range(0, count, chunk)]
    if threads == 1 or len(ranges) <= 1:
        for first, end in ranges:
            work(first, end)
        return
    with ThreadPoolExecutor(min(threads, len(ranges))) as pool:
        running = [pool.submit(work, first, end) for first, end in ranges]
        try:
            for task in running:
                task.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _check(what: str, attractors: bool, tie_tolerance: float, most_boxes: int, chunk: int, threads: int | None) -> None:
    if what not in ("pure", "nash", "rest") or (what == "pure" and attractors):
        raise SolverInputError("batch.what", what=what)
    if not 0.0 <= tie_tolerance <= 0.01:
        raise SolverInputError("tolerance.range", name="tie_tolerance", value=tie_tolerance)
    if isinstance(most_boxes, bool) or not isinstance(most_boxes, int | np.integer) or most_boxes < 1:
        raise SolverInputError("budget.range", value=most_boxes)
    for name, value in (("chunk", chunk), ("threads", 1 if threads is None else threads)):
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 1:
            raise SolverInputError("batch.count", name=name, value=value)


def _games(payoffs: ArrayLike, players: int | None) -> tuple[NDArray[Any], tuple[int, ...]]:
    """View the payoffs as (games, n, 2**n), in their own type, and return the leading axes."""
    try:
        given = np.asarray(payoffs)
    except ValueError as error:
        raise SolverInputError("payoffs.ragged") from error
    if given.dtype.kind not in "iufb":
        raise SolverInputError("payoffs.kind", kind=given.dtype.name)
    fitting = [n for n in range(given.ndim - 1, 0, -1) if given.shape[-n - 1 :] == (n, *(2,) * n)]
    n = next((n for n in fitting if players in (None, n)), 0)
    if not 1 <= n <= MOST_PLAYERS:
        raise SolverInputError("batch.shape", shape=given.shape, most=MOST_PLAYERS)
    return given.reshape(-1 if given.size else 0, n, 1 << n), given.shape[: given.ndim - n - 1]


def _block(games: NDArray[Any], first: int, end: int) -> Floats:
    """Games of a block as an array of its own, since compiled code wants one that may be written."""
    return np.array(games[first:end], dtype=np.float64, order="C")


def _refuse_invalid(games: NDArray[Any], valid: Booleans) -> None:
    """Refuse NaN, infinite and too large payoffs by the game that has them."""
    if valid.all():
        return
    game = int(np.flatnonzero(~valid)[0])
    table = np.asarray(games[game], dtype=np.float64)
    with np.errstate(invalid="ignore"):
        player, s = (int(x) for x in np.argwhere(~(np.abs(table) <= LARGEST_PAYOFF))[0])
    profile = f"{s:0{table.shape[0]}b}"
    value = float(table[player, s])
    raise SolverInputError("batch.finite", value=value, game=game, player=player, profile=profile, most=LARGEST_PAYOFF)


def _pure(games: NDArray[Any], shape: tuple[int, ...], tie_tolerance: float, threads: int) -> Batch:
    """Pure Nash equilibria only: signs of differences, no search."""
    count, players, _ = games.shape
    nash, strict, near = np.zeros(count, np.uint64), np.zeros(count, np.uint64), np.zeros(count, np.uint64)
    valid = np.ones(count, np.bool_)
    direct = games.dtype == np.float64 and games.flags.c_contiguous and games.flags.writeable

    def work(first: int, end: int) -> None:
        block = games[first:end] if direct else _block(games, first, end)
        mine = slice(first, end)
        pure_range(block, tie_tolerance, nash[mine], strict[mine], near[mine], valid[mine])

    _on_threads(work, count, PURE_CHUNK, threads)
    _refuse_invalid(games, valid)
    offsets = _offsets(np.bitwise_count(nash).astype(np.int64))
    rows = int(offsets[-1])
    game, position = np.empty(rows, np.int64), np.empty(rows, np.int64)
    shares, face = np.empty((rows, players)), np.empty(rows, np.int16)
    _on_threads(
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


class _Segment(NamedTuple):
    """Points of some games, game after game: their numbers, and how many rows of each kind they have."""

    games: Integers
    points: Integers
    numbers: Floats
    codes: Codes
    sinks: Integers
    sink_words: NDArray[np.uint64]
    closed: Integers
    closed_codes: Codes


class _Run:
    """Solves chunk after chunk, on several threads, and collects the points."""

    def __init__(
        self, games: NDArray[Any], nash_only: bool, attractors: bool, tie_tolerance: float, most_boxes: int
    ) -> None:
        self.games, self.nash_only, self.attractors = games, nash_only, attractors
        self.tie_tolerance, self.most_boxes = tie_tolerance, most_boxes
        count, players, profiles = games.shape
        self.tables = tables_of(players)
        self.idle: list[Workspace] = []
        self.per_game = PerGame(
            np.zeros(count, np.uint8), np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count, np.int64),
            np.zeros(count, np.uint64), np.zeros(count, np.uint64),
        )  # fmt: skip
        self.rows_per_game = 5 if nash_only else profiles + 12
        self.segments: list[_Segment] = []
        self.singly: dict[int, Equilibria] = {}

    def solve(self, chunk: int, threads: int) -> None:
        """Solve all games, the regular ones first."""
        _on_threads(self._work, len(self.games), chunk, threads)
        _refuse_invalid(self.games, self.per_game.states & INVALID == 0)
        for game in np.flatnonzero(self.per_game.states & SINGLY).tolist():
            self._alone(game)

    def _work(self, first: int, end: int) -> None:
        """Solve some games in memory that no other thread uses; in several goes if their points need more room."""
        block = _block(self.games, first, end)
        memory = self.idle.pop() if self.idle else workspace(block.shape[1])
        mine = _slice_of(self.per_game, first, end)
        start, players, profiles = 0, block.shape[1], block.shape[2]
        most = profiles + len(memory.findings.points)
        capacity = self.rows_per_game * len(block) + most
        room = capacity if self.attractors else 1
        while start < len(block):
            rows = Rows(
                np.empty((capacity, players + 3)), np.empty((capacity, 4), np.int16), np.empty(room, np.uint64),
                np.empty(room, np.int16),
            )  # fmt: skip
            done, points, sinks, closed = solve_range(
                self.tables, memory, block, start, self.tie_tolerance, self.nash_only, self.attractors,
                self.most_boxes, np.zeros(1, np.int64), rows, mine,
            )  # fmt: skip
            solved = slice(start, done)
            self.segments.append(
                _Segment(
                    games=np.arange(first + start, first + done),
                    points=mine.points[solved].copy(),
                    numbers=rows.numbers[:points].copy(),
                    codes=rows.codes[:points].copy(),
                    sinks=mine.sinks[solved].copy(),
                    sink_words=rows.sinks[:sinks].copy(),
                    closed=mine.closed[solved].copy(),
                    closed_codes=rows.closed[:closed].copy(),
                )
            )
            start = done
        self.idle.append(memory)

    def _alone(self, game: int) -> None:
        """Solve a game by itself; its points come in the form of the others."""
        players = self.games.shape[1]
        tensor = np.asarray(self.games[game]).reshape((players,) + (2,) * players)
        found = equilibria(tensor, tie_tolerance=self.tie_tolerance, most_boxes=self.most_boxes)
        self.singly[game] = found
        points = found.nash if self.nash_only else found.rest_points
        self.per_game.points[game] = len(points)
        none = np.zeros(0, np.int64)
        self.segments.append(
            _Segment(
                games=np.array([game]),
                points=np.array([len(points)]),
                numbers=np.array([[*p.shares, p.regret, p.residual, p.radius] for p in points]).reshape(
                    -1, players + 3
                ),
                codes=np.array([_codes_of(p) for p in points], dtype=np.int16).reshape(-1, 4),
                sinks=none,
                sink_words=none.astype(np.uint64),
                closed=none,
                closed_codes=none.astype(np.int16),
            )
        )

    def batch(self, shape: tuple[int, ...], what: str) -> Batch:
        """Put everything together in the order of the games."""
        players = self.games.shape[1]
        per_game = self.per_game
        game = _joined([np.repeat(part.games, part.points) for part in self.segments], np.int64, ())
        numbers = _joined([part.numbers for part in self.segments], np.float64, (players + 3,))
        codes = _joined([part.codes for part in self.segments], np.int16, (4,))
        if (np.diff(game) < 0).any():
            order = np.argsort(game, kind="stable")
            game, numbers, codes = game[order], numbers[order], codes[order]
        marks = codes[:, MARKS]
        sinks = closed = sink_offsets = closed_offsets = None
        if self.attractors:
            whose = _joined(
                [np.repeat(part.games, part.sinks) for part in self.segments if part.sinks.size], np.int64, ()
            )
            sinks = _joined([part.sink_words for part in self.segments], np.uint64, ())
            sinks = sinks[np.argsort(whose, kind="stable")]
            whose = _joined(
                [np.repeat(part.games, part.closed) for part in self.segments if part.closed.size], np.int64, ()
            )
            closed = _joined([part.closed_codes for part in self.segments], np.int16, ())
            closed = closed[np.argsort(whose, kind="stable")]
            sink_offsets, closed_offsets = _offsets(per_game.sinks), _offsets(per_game.closed)
        return Batch(
            shape=shape,
            players=players,
            what=what,
            offsets=_offsets(per_game.points),
            game=game,
            shares=np.ascontiguousarray(numbers[:, :players]),
            face=np.ascontiguousarray(codes[:, FACE]),
            mixing=codes[:, MIXING_COUNT].astype(np.int8),
            stability=codes[:, CLASS].astype(np.int8),
            nash=marks & NASH != 0,
            strict=marks & STRICT != 0,
            verified=marks & VERIFIED != 0,
            ties=marks & TIED != 0,
            regret=np.ascontiguousarray(numbers[:, players]),
            residual=np.ascontiguousarray(numbers[:, players + 1]),
            radius=np.ascontiguousarray(numbers[:, players + 2]),
            status=self._statuses(),
            nash_profiles=per_game.nash,
            strict_profiles=per_game.strict,
            sinks=sinks,
            sink_offsets=sink_offsets,
            closed=closed,
            closed_offsets=closed_offsets,
            singly=self.singly,
        )

    def _statuses(self) -> NDArray[np.int8]:
        status = np.where(self.per_game.states & NEAR_TIES != 0, STATUSES.index("near ties"), 0).astype(np.int8)
        for game, found in self.singly.items():
            status[game] = STATUSES.index(found.status)
        return status


def _slice_of(whole: PerGame, first: int, end: int) -> PerGame:
    mine = slice(first, end)
    return PerGame(
        whole.states[mine], whole.points[mine], whole.sinks[mine], whole.closed[mine], whole.nash[mine],
        whole.strict[mine],
    )  # fmt: skip


def _codes_of(point: RestPoint) -> tuple[int, int, int, int]:
    """Codes of a record, as the compiled loop writes them."""
    digits = [2 if i in point.mixing else int(point.shares[i]) for i in range(point.shares.size)]
    marks = NASH * point.is_nash | STRICT * point.is_strict_nash | VERIFIED * point.verified | TIED * bool(point.ties)
    face = sum(digit * 3**i for i, digit in enumerate(digits))
    return face, len(point.mixing), CLASSES.index(point.stability), marks


def _joined(parts: list[NDArray[Any]], kind: type, tail: tuple[int, ...]) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros((0, *tail), kind)


def _offsets(counts: Integers) -> Integers:
    return np.concatenate([[0], np.cumsum(counts)])
