"""Rationalizability when a player believes that the others choose independently: bounded from both sides, with proofs.

A strategy is ruled out where no product of beliefs makes it a best response. The set of products is split into cells,
each a product of simplices. Payoffs are affine in each player's probabilities, so their values in a cell are averages
of those at its corners: a mixture that does better at every corner does better in the whole cell, and a corner at
which nothing does better is a belief that supports the strategy. All of it in integers. What neither settles within
the budget is said to be open.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from solvers.exact_payoffs import Exact, ExactPayoffs
from solvers.mixture_dominance import Standing, dominance, gains_over

Sets: TypeAlias = tuple[tuple[int, ...], ...]

MOST_CELLS = 64
"""Cells examined per strategy."""


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A product of simplices of beliefs: per other player the corners as integer rows over ``2**depth``."""

    corners: tuple[Exact, ...]
    depths: tuple[int, ...]


def independent_beliefs(exact: ExactPayoffs, survivors: Sets) -> tuple[Sets, tuple[tuple[int, int], ...]]:
    """Split survivors of iterated dominance by whether independent beliefs support them.

    Returns
    -------
    known : strategies proved rationalizable with independent beliefs: each is a best response to independent beliefs
        over strategies in ``known``
    undecided : (player, strategy) for which neither a belief nor a proof against all beliefs was found. All other
        survivors are proved not to be rationalizable with independent beliefs
    """
    outer = survivors
    while True:
        gone = {
            (i, s)
            for i, own in enumerate(outer)
            for s in own
            if len(own) > 1 and _supported(exact, outer, i, s) is False
        }
        if not gone:
            break
        outer = tuple(tuple(s for s in own if (i, s) not in gone) for i, own in enumerate(outer))
    known = outer
    while True:
        weak = {
            (i, s)
            for i, own in enumerate(known)
            for s in own
            if len(outer[i]) > 1 and _supported(exact, known, i, s, rivals=outer[i]) is not True
        }
        if not weak:
            break
        known = tuple(tuple(s for s in own if (i, s) not in weak) for i, own in enumerate(known))
        if not all(known):
            known = tuple(() for _ in known)
            break
    undecided = tuple((i, s) for i, own in enumerate(outer) for s in own if s not in known[i])
    return known, undecided


def _supported(
    exact: ExactPayoffs, sets: Sets, player: int, strategy: int, *, rivals: Sequence[int] | None = None
) -> bool | None:
    """Whether some independent belief over the others' sets makes a strategy a best response; None if open.

    ``rivals`` are the player's strategies that it has to be as good as; its own set by default.
    """
    sets = tuple(tuple(rivals) if rivals is not None and i == player else own for i, own in enumerate(sets))
    sizes = [len(own) for i, own in enumerate(sets) if i != player]
    table = gains_over(exact.cells[player], player, strategy, sets).reshape(-1, *sizes)
    slack = exact.slack[player]
    if sum(size > 1 for size in sizes) <= 1:  # a belief about one player is independent of nothing
        standing = dominance(table.reshape(table.shape[0], -1), slack).standing
        return None if standing is Standing.OPEN else standing is not Standing.DOMINATED
    start = Cell(tuple(_unit_corners(size) for size in sizes), (0,) * len(sizes))
    tie = itertools.count()
    waiting: list[tuple[float, int, Cell]] = []
    for examined, cell in enumerate(_cells(start, waiting)):
        gains = _at_corners(table, cell)
        level = slack << sum(cell.depths)
        if any(max(gains[:, c]) <= level for c in range(gains.shape[1])):
            return True
        verdict = dominance(gains, level)
        if verdict.standing is not Standing.DOMINATED:
            for part in _halves(cell):
                promise = float(verdict.margin / (1 << sum(cell.depths)))
                heapq.heappush(waiting, (promise, next(tie), part))
        if examined + 1 >= MOST_CELLS:
            return False if not waiting else None
    return False


def _cells(start: Cell, waiting: list[tuple[float, int, Cell]]) -> Iterator[Cell]:
    """Yield the first cell, then the most promising one that waits, for as long as there is one."""
    yield start
    while waiting:
        yield heapq.heappop(waiting)[2]


def _unit_corners(size: int) -> Exact:
    corners = np.zeros((size, size), dtype=object)
    corners[np.arange(size), np.arange(size)] = 1
    return corners


def _at_corners(table: Exact, cell: Cell) -> Exact:
    """Gains at all corners of a cell, times ``2**sum(depths)``; shape (rivals, corners)."""
    for axis, corners in enumerate(cell.corners):
        moved = np.moveaxis(table, axis + 1, -1)
        table = np.moveaxis(np.dot(moved, corners.T), -1, axis + 1)
    return table.reshape(table.shape[0], -1)


def _halves(cell: Cell) -> tuple[Cell, ...]:
    """Two cells that make up the cell: the longest edge of any of its simplices is cut in the middle."""
    best, where = -1.0, (0, 0, 0)
    for j, corners in enumerate(cell.corners):
        for a, b in itertools.combinations(range(len(corners)), 2):
            length = float(sum(abs(x) for x in corners[a] - corners[b])) / float(1 << cell.depths[j])
            if length > best:
                best, where = length, (j, a, b)
    if best <= 0.0:
        return ()
    j, a, b = where
    middle = cell.corners[j][a] + cell.corners[j][b]
    parts = []
    for end in (a, b):
        corners = 2 * cell.corners[j]
        corners[end] = middle
        parts.append(
            Cell(
                (*cell.corners[:j], corners, *cell.corners[j + 1 :]),
                (*cell.depths[:j], cell.depths[j] + 1, *cell.depths[j + 1 :]),
            )
        )
    return tuple(parts)
