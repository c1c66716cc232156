"""All rest points of very many games: chunk after chunk through the compiled loop, the rare others one at a time."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from solvers.arrays import Floats, Integers
from solvers.batches.games import block as block_of
from solvers.batches.games import refuse_invalid
from solvers.batches.kernels import (
    CLASS,
    FACE,
    INVALID,
    MARKS,
    MIXING_COUNT,
    NEAR_TIES,
    SINGLY,
    PerGame,
    Rows,
    Verdicts,
    solve_range,
)
from solvers.batches.pure_kernels import Codes
from solvers.batches.results import STATUSES, Batch, offsets_of
from solvers.batches.threads import on_threads
from solvers.equilibria import equilibria
from solvers.rest_points.description import NASH, STRICT, TIED, VERIFIED
from solvers.rest_points.records import CLASSES
from solvers.rest_points.workspace import Workspace, tables_of, workspace
from solvers.results import Equilibria, RestPoint

FACES_PER_GAME = 8
"""Room for faces that consist of rest points; a block with more is solved in several goes."""


class Segment(NamedTuple):
    """Points of some games, game after game: their numbers, and how many rows of each kind they have."""

    games: Integers
    points: Integers
    numbers: Floats
    codes: Codes
    sinks: Integers
    sink_words: NDArray[np.uint64]
    closed: Integers
    closed_codes: Codes
    whole: Integers
    whole_codes: Codes
    whole_nash: Verdicts


class Search:
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
            np.zeros(count, np.int64), np.zeros(count, np.uint64), np.zeros(count, np.uint64),
        )  # fmt: skip
        self.rows_per_game = 5 if nash_only else profiles + 12
        self.segments: list[Segment] = []
        self.singly: dict[int, Equilibria] = {}

    def solve(self, chunk: int, threads: int) -> None:
        """Solve all games, the regular ones first."""
        on_threads(self._work, len(self.games), chunk, threads)
        refuse_invalid(self.games, self.per_game.states & INVALID == 0)
        for game in np.flatnonzero(self.per_game.states & SINGLY).tolist():
            self._alone(game)

    def _work(self, first: int, end: int) -> None:
        """Solve some games in memory that no other thread uses; in several goes if their points need more room."""
        block = block_of(self.games, first, end)
        try:
            memory = self.idle.pop()
        except IndexError:
            memory = workspace(block.shape[1])
        mine = _slice_of(self.per_game, first, end)
        start, players, profiles = 0, block.shape[1], block.shape[2]
        most = profiles + len(memory.findings.points)
        capacity = self.rows_per_game * len(block) + most
        room = capacity if self.attractors else 1
        faces = len(self.tables.digits) + FACES_PER_GAME * len(block)
        while start < len(block):
            rows = Rows(
                np.empty((capacity, players + 3)), np.empty((capacity, 4), np.int16), np.empty(room, np.uint64),
                np.empty(room, np.int16), np.empty(faces, np.int16), np.empty(faces, np.int8),
            )  # fmt: skip
            done, points, sinks, closed, whole = solve_range(
                self.tables, memory, block, start, self.tie_tolerance, self.nash_only, self.attractors,
                self.most_boxes, np.zeros(1, np.int64), rows, mine,
            )  # fmt: skip
            solved = slice(start, done)
            self.segments.append(
                Segment(
                    games=np.arange(first + start, first + done),
                    points=mine.points[solved].copy(),
                    numbers=rows.numbers[:points].copy(),
                    codes=rows.codes[:points].copy(),
                    sinks=mine.sinks[solved].copy(),
                    sink_words=rows.sinks[:sinks].copy(),
                    closed=mine.closed[solved].copy(),
                    closed_codes=rows.closed[:closed].copy(),
                    whole=mine.whole[solved].copy(),
                    whole_codes=rows.whole[:whole].copy(),
                    whole_nash=rows.whole_nash[:whole].copy(),
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
            Segment(
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
                whole=none,
                whole_codes=none.astype(np.int16),
                whole_nash=none.astype(np.int8),
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
            sinks = self._rows("sinks", "sink_words", np.uint64)
            closed = self._rows("closed", "closed_codes", np.int16)
            sink_offsets, closed_offsets = offsets_of(per_game.sinks), offsets_of(per_game.closed)
        return Batch(
            shape=shape,
            players=players,
            what=what,
            offsets=offsets_of(per_game.points),
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
            whole=self._rows("whole", "whole_codes", np.int16),
            whole_nash=self._rows("whole", "whole_nash", np.int8),
            whole_offsets=offsets_of(per_game.whole),
            singly=self.singly,
        )

    def _rows(self, counts: str, values: str, kind: type) -> NDArray[Any]:
        """Rows of a kind, in the order of the games."""
        parts = [part for part in self.segments if getattr(part, counts).size]
        game = _joined([np.repeat(part.games, getattr(part, counts)) for part in parts], np.int64, ())
        return _joined([getattr(part, values) for part in parts], kind, ())[np.argsort(game, kind="stable")]

    def _statuses(self) -> NDArray[np.int8]:
        status = np.where(self.per_game.states & NEAR_TIES != 0, STATUSES.index("near ties"), 0).astype(np.int8)
        for game, found in self.singly.items():
            status[game] = STATUSES.index(found.status)
        return status


def _slice_of(whole: PerGame, first: int, end: int) -> PerGame:
    mine = slice(first, end)
    return PerGame(
        whole.states[mine], whole.points[mine], whole.sinks[mine], whole.closed[mine], whole.whole[mine],
        whole.nash[mine], whole.strict[mine],
    )  # fmt: skip


def _codes_of(point: RestPoint) -> tuple[int, int, int, int]:
    """Codes of a record, as the compiled loop writes them."""
    digits = [2 if i in point.mixing else int(point.shares[i]) for i in range(point.shares.size)]
    marks = NASH * point.is_nash | STRICT * point.is_strict_nash | VERIFIED * point.verified | TIED * bool(point.ties)
    face = sum(digit * 3**i for i, digit in enumerate(digits))
    return face, len(point.mixing), CLASSES.index(point.stability), marks


def _joined(parts: list[NDArray[Any]], kind: type, tail: tuple[int, ...]) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros((0, *tail), kind)
