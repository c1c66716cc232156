"""Rest points, Nash equilibria or pure equilibria of very many games of one size, on all processors.

    found = batch_equilibria(payoffs, what="nash")           # payoffs [..., player, s1, ..., sn]
    found.shares[found.strict]                               # flat arrays over all games
    found.game_view(7).shares                                # one of them

Regular games go through one compiled loop, and so do games with ties whose continua are whole faces; the rare others
(curved continua, points on borders) are solved one at a time by ``solvers.equilibria``. Either way a game has the same
bits as when it is solved alone, whatever the chunks and the number of threads.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from solvers.batches.games import MOST_PLAYERS, games_of
from solvers.batches.pure import pure_equilibria
from solvers.batches.results import Batch
from solvers.batches.search import Search
from solvers.batches.threads import processors
from solvers.equilibria import MOST_BOXES, TIE_TOLERANCE
from solvers.errors import SolverInputError

CHUNK = 2_048
"""Games that a thread takes at a time: their points take a few megabytes."""

__all__ = ["CHUNK", "MOST_PLAYERS", "batch_equilibria", "processors"]


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
    games, shape = games_of(payoffs, players)
    used = threads or processors()
    if what == "pure":
        return pure_equilibria(games, shape, float(tie_tolerance), used)
    search = Search(games, what == "nash", attractors, float(tie_tolerance), int(most_boxes))
    search.solve(chunk, used)
    return search.batch(shape, what)


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
