"""What the measures of a block of points are computed from: payoffs, figures at a few states, and all rest points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gamebook.problem import Problem
from gamebook.sweeps.array_verdicts import array_library, judged_on
from gamebook.sweeps.payoffs import PayoffSource, conditional, expectations
from gamebook.sweeps.response_words import ResponseSets, Signs, losses_at, response_sets, signs
from solvers.arrays import Booleans, Floats
from solvers.attractors import Profile
from solvers.batches.equilibria import batch_equilibria
from solvers.batches.results import STATUSES, Batch
from solvers.equilibria import TIE_TOLERANCE

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
    device : where pure equilibria are worked out, "cpu" or "cuda"
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
    device: str = "cpu"

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self.values)

    @cached_property
    def games(self) -> Floats:
        """Payoffs of the populations whose shares are not fixed; shape (points, m, 2, ..., 2)."""
        return conditional(self.payoffs, self.problem.given)

    @cached_property
    def _judged(self) -> tuple[Signs, ResponseSets]:
        goal = self.problem.coordination
        library = array_library(self.device)
        if library is not None:
            return judged_on(library, self.games, goal, tie_tolerance=TIE_TOLERANCE)
        found = signs(self.games, TIE_TOLERANCE)
        return found, response_sets(found, goal)

    @property
    def signs(self) -> Signs:
        """Signs of what everybody gains by turning, ties as ``solve`` has them."""
        return self._judged[0]

    @property
    def sets(self) -> ResponseSets:
        """Pure equilibria, sink components, and the verdict on coordination."""
        return self._judged[1]

    @cached_property
    def found(self) -> Batch:
        """All rest points of all games."""
        # One thread: whole blocks are what several threads share.
        return batch_equilibria(self.games, what="rest", players=len(self.problem.free), threads=1)

    @property
    def status(self) -> NDArray[np.int8]:
        """Position in ``solvers.batches.results.STATUSES`` of every point, as far as it is solved."""
        if self.depth == "payoffs":
            return np.zeros(len(self), np.int8)
        if self.depth == "rest":
            return self.found.status
        return np.where(self.signs.near, STATUSES.index("near ties"), 0).astype(np.int8)

    @cached_property
    def state_payoffs(self) -> Floats:
        """Expected payoffs at the states; shape (points, states, population)."""
        return np.stack([expectations(self.payoffs, each) for each in state_shares(self.problem, self.starts)], axis=1)

    def losses(self, profile: Profile) -> Floats:
        """What the free populations lose by leaving a pure profile, exactly 0 at a tie; shape (points, m)."""
        return losses_at(self.signs, profile)


def state_names(problem: Problem) -> tuple[str, ...]:
    """States at which payoffs and money are worked out."""
    return (STATUS_QUO,) if problem.coordination is None else (COORDINATION, STATUS_QUO)


def state_shares(problem: Problem, starts: Floats) -> list[Floats]:
    """Shares of all populations at these states; shape (n,), or (points, n) where they differ."""
    moving = starts[0] if len(starts) and (starts == starts[0]).all() else starts
    return [moving] if problem.coordination is None else [problem.full_shares(problem.coordination), moving]


def point_block(
    source: PayoffSource, start: int, stop: int, starts: Floats, *, depth: Depth, seed: int, device: str = "cpu"
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
    block = PointBlock(problem, source.points.varied, values, starts, payoffs, figures, names, depth, seed, device)
    return block, good
