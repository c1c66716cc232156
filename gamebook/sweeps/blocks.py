"""What the measures of a block of points are computed from: payoffs, figures at a few states, and all rest points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from gamebook.problem import Problem
from gamebook.sweeps.payoffs import PayoffSource, conditional, expectations
from solvers.arrays import Booleans, Floats
from solvers.batches.equilibria import batch_equilibria
from solvers.batches.results import Batch
from solvers.equilibria import TIE_TOLERANCE
from solvers.pure import ROUNDING_OF_PAYOFFS

COORDINATION, STATUS_QUO = "coordination", "status_quo"
Depth = Literal["payoffs", "pure", "rest", "paths"]
"""How much must be solved for a measure, each including those before it."""
DEPTHS: tuple[Depth, ...] = ("payoffs", "pure", "rest", "paths")


@dataclass(frozen=True, eq=False)
class PointBlock:
    """Points of a sweep with their payoffs; points that the pages refuse are left out.

    Attributes
    ----------
    problem : the case without what varies: populations, fixed shares, coordination
    varied : symbols of the parameters that vary
    values : shape (points, varied), of these parameters
    starts : shape (points, population), shares at the status quo
    payoffs : shape (points, population, 2**n), at the pure profiles in C order
    figures : name -> shape (points, states), expected values at the states
    states : "coordination" if the game names such a profile, and "status_quo"
    depth : how much is solved: of games that are only asked for pure equilibria no others are sought
    seed : for what is sampled
    """

    problem: Problem
    varied: tuple[str, ...]
    values: Floats
    starts: Floats
    payoffs: Floats
    figures: Mapping[str, Floats]
    states: tuple[str, ...]
    depth: Depth
    seed: int

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self.values)

    @cached_property
    def games(self) -> Floats:
        """Payoffs of the populations whose shares are not fixed; shape (points, m, 2, ..., 2)."""
        return conditional(self.payoffs, self.problem.given)

    @cached_property
    def found(self) -> Batch:
        """Rest points of all games with their sink components, or no more than their pure equilibria."""
        players = len(self.problem.free)
        # One thread: whole blocks are what several threads share.
        if DEPTHS.index(self.depth) < DEPTHS.index("rest"):
            return batch_equilibria(self.games, what="pure", players=players, threads=1)
        return batch_equilibria(self.games, what="rest", players=players, attractors=True, threads=1)

    @cached_property
    def state_payoffs(self) -> Floats:
        """Expected payoffs at the states; shape (points, states, population)."""
        return np.stack([expectations(self.payoffs, each) for each in state_shares(self.problem, self.starts)], axis=1)

    @cached_property
    def tolerance(self) -> Floats:
        """Size up to which an advantage counts as a tie, as in ``solvers.pure``; shape (points, m)."""
        flat = self.games.reshape(len(self), -1, 1 << self.games.shape[1])
        largest = np.zeros(flat.shape[:2])
        for own in range(self.games.shape[1]):
            cells = self.games[:, own]
            gain = np.take(cells, 1, axis=own + 1) - np.take(cells, 0, axis=own + 1)
            largest[:, own] = np.abs(gain.reshape(len(self), -1)).max(axis=1)
        found: Floats = np.maximum(TIE_TOLERANCE * largest, ROUNDING_OF_PAYOFFS * np.abs(flat).max(axis=2))
        return found

    def losses(self, profile: Sequence[int]) -> Floats:
        """What the free populations lose by leaving a pure profile, exactly 0 at a tie; shape (points, m)."""
        players = len(profile)
        tables = self.games.reshape(len(self), players, 1 << players)
        here = int("".join(map(str, profile)), 2)
        found = np.stack(
            [tables[:, own, here] - tables[:, own, here ^ (1 << (players - 1 - own))] for own in range(players)], axis=1
        )
        found[np.abs(found) <= self.tolerance] = 0.0
        return found

    @cached_property
    def tied(self) -> Booleans:
        """Whether anybody is indifferent at a pure profile; shape (points,)."""
        rows = self.found.ties & (self.found.mixing == 0)
        found = np.zeros(len(self), np.bool_)
        found[self.found.game[rows]] = True
        return found


def state_names(problem: Problem) -> tuple[str, ...]:
    """States at which payoffs and money are worked out."""
    return (STATUS_QUO,) if problem.coordination is None else (COORDINATION, STATUS_QUO)


def state_shares(problem: Problem, starts: Floats) -> list[Floats]:
    """Shares of all populations at these states; shape (n,), or (points, n) where they differ."""
    moving = starts[0] if len(starts) and (starts == starts[0]).all() else starts
    return [moving] if problem.coordination is None else [problem.full_shares(problem.coordination), moving]


def point_block(
    source: PayoffSource, start: int, stop: int, starts: Floats, *, depth: Depth, seed: int
) -> tuple[PointBlock, Booleans]:
    """Work out the payoffs and figures of points ``start`` to ``stop``.

    Returns
    -------
    the block without the points that are refused, and which points are not; shape (points,)
    """
    problem, names = source.problem, state_names(source.problem)
    pieces = []
    for piece in source.pieces(start, stop):
        here = starts[piece.first : piece.first + len(piece.values)]
        shares = state_shares(problem, here)
        at = np.stack([expectations(piece.figures, each) for each in shares], axis=-1)  # points, figure, state
        pieces.append((piece.values, piece.payoffs, at))
    values, payoffs, at = (np.concatenate(parts) for parts in zip(*pieces, strict=True))
    good = np.isfinite(payoffs).all(axis=(1, 2))
    if not good.all():
        values, payoffs, at, starts = values[good], payoffs[good], at[good], starts[good]
    figures = {name: at[:, i] for i, name in enumerate(source.figures)}
    block = PointBlock(problem, source.points.varied, values, starts, payoffs, figures, names, depth, seed)
    return block, good
