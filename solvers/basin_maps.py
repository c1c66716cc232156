"""Maps of basins: the outcome, and the time until it is reached, over a grid of two shares.

Either share may be that of several populations that move together; all others stay at one base point. The starts lie
at the middles of the cells, so none is on the border of the cube; a border between basins runs somewhere through the
cells beside it, no more is claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from solvers.arrays import Floats, Integers
from solvers.attractors import Profile
from solvers.errors import SolverInputError
from solvers.outcomes import Outcome, OutcomeFinder

MOST_CELLS = 1_000_000
AT_ONCE = 2**14
"""Starts followed between two reports of progress."""

Progress = Callable[[int, int], None]
"""Called with the paths followed and the number there will be."""


@dataclass(frozen=True, slots=True, eq=False)
class BasinMap:
    """Outcomes over two shares.

    Attributes
    ----------
    axes : positions of the populations on the horizontal and on the vertical axis
    base : shape (n,), the other shares; those of the two axes are not used
    across, up : shape (columns,) and (rows,), shares at the middles of the cells
    outcomes : the outcomes that occur
    code : shape (rows, columns), position in ``outcomes``; row 0 has the smallest share
    time : shape (rows, columns), until every share is beyond 0.95 on its side of the strict equilibrium in which the
        path ends; NaN where it ends in none
    """

    axes: tuple[tuple[int, ...], tuple[int, ...]]
    base: Floats
    across: Floats
    up: Floats
    outcomes: tuple[Outcome, ...]
    code: Integers
    time: Floats

    def share(self, outcome: Outcome) -> float:
        """Part of the cells with an outcome."""
        if outcome not in self.outcomes:
            return 0.0
        return float((self.code == self.outcomes.index(outcome)).mean())


def basin_map(
    finder: OutcomeFinder,
    axes: tuple[Sequence[int], Sequence[int]],
    base: Floats,
    *,
    cells: tuple[int, int] = (100, 100),
    progress: Progress | None = None,
) -> BasinMap:
    """Follow a start in every cell of a grid over two shares.

    Parameters
    ----------
    finder : the dynamics
    axes : positions of the populations on either axis; none on both
    base : shape (n,), shares of all populations, inside (0, 1) for those that are not on an axis
    cells : number of columns and rows
    progress : called now and then

    Examples
    --------
    >>> from solvers.expected import payoff_advantages
    >>> from solvers.outcomes import ReplicatorOutcomes
    >>> hunt = payoff_advantages(np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]]))
    >>> result = basin_map(ReplicatorOutcomes(hunt), ([0], [1]), np.array([0.5, 0.5]), cells=(4, 4))
    >>> for row in result.code[::-1]:
    ...     print(*("".join(map(str, result.outcomes[k].profile)) for k in row))
    00 00 11 11
    00 00 00 11
    00 00 00 00
    00 00 00 00
    """
    first, second = (tuple(axis) for axis in axes)
    n = finder.players
    both = (*first, *second)
    if not first or not second or len(set(both)) < len(both) or not set(both) <= set(range(n)):
        raise SolverInputError("map.axes", axes=(first, second), players=n)
    if min(cells) < 1 or cells[0] * cells[1] > MOST_CELLS:
        raise SolverInputError("map.cells", columns=cells[0], rows=cells[1], most=MOST_CELLS)
    point = np.array(base, dtype=np.float64)
    if point.shape != (n,):
        raise SolverInputError("shares.shape", shape=point.shape, players=n)
    point[list(both)] = 0.5
    across, up = ((np.arange(count) + 0.5) / count for count in cells)
    starts = np.tile(point, (cells[0] * cells[1], 1))
    starts[:, list(first)] = np.tile(across, cells[1])[:, None]
    starts[:, list(second)] = np.repeat(up, cells[0])[:, None]
    code, time = _follow(finder, starts, progress)
    used = np.unique(code)
    point.flags.writeable = False
    return BasinMap(
        axes=(first, second),
        base=point,
        across=across,
        up=up,
        outcomes=tuple(finder.outcomes[k] for k in used),
        code=np.searchsorted(used, code).reshape(cells[1], cells[0]),
        time=time.reshape(cells[1], cells[0]),
    )


def _follow(finder: OutcomeFinder, starts: Floats, progress: Progress | None) -> tuple[Integers, Floats]:
    """Code of every start, then its time of arrival where it ends in a strict equilibrium."""
    total, done = 2 * len(starts), 0
    code, time = np.empty(len(starts), np.int64), np.full(len(starts), np.nan)
    for first in range(0, len(starts), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        code[some] = finder.settle(starts[some])
        done += len(starts[some])
        if progress is not None:
            progress(done, total)
    for k in np.unique(code):
        goal: Profile | None = finder.outcomes[k].profile
        here = np.flatnonzero(code == k)
        for first in range(0, len(here), AT_ONCE):
            some_here = here[first : first + AT_ONCE]
            if goal is not None:
                time[some_here] = finder.arrival(starts[some_here], goal)
            done += len(some_here)
            if progress is not None:
                progress(done, total)
    return code, time
