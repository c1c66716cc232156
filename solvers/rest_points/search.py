"""Solve one game in its workspace: load it, find its rest points, describe them."""

from __future__ import annotations

import numpy as np

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.rest_points.description import describe_point
from solvers.rest_points.faces import solve_faces
from solvers.rest_points.loading import load_game, note_signs
from solvers.rest_points.response import closed_sets, sink_sets
from solvers.rest_points.workspace import ROOTS, Bits, Game, Tables, Workspace


def _solve_game(
    t: Tables, w: Workspace, payoffs: Floats, tie_tolerance: float, nash: bool, most_boxes: int, stop: Integers
) -> bool:
    """Find and describe all mixed rest points of a game.

    Parameters
    ----------
    payoffs : shape (n, 2**n), pure profiles in C order
    tie_tolerance, most_boxes, stop : as in ``solvers.equilibria`` and ``faces.solve_faces``
    nash : leave out faces that hold no Nash equilibrium

    Returns
    -------
    whether a tie was only near; everything else is in the workspace
    """
    game, found = w.game, w.findings
    near, changed = load_game(t, game, payoffs, tie_tolerance)
    note_signs(t, game)
    solve_faces(t, game, w.system, w.pieces, found, nash, most_boxes, stop)
    counts, points = found.counts, found.points
    for row in range(min(counts[ROOTS], points.shape[0])):
        describe_point(t, game, found, row, changed)
    return near


solve_game = kernel(_solve_game, inline="always")


def _attractors(g: Game, sinks: Bits, closed: Integers) -> tuple[int, int]:
    """Write sink components and minimal closed faces of a game; up to six players.

    Parameters
    ----------
    sinks, closed : shape (2**n,), written: sets of corners, and digits in base 3

    Returns
    -------
    how many there are of each
    """
    corners = g.advantages.shape[1]
    reach, free = np.empty(corners, np.uint64), np.empty(corners, np.int64)
    return sink_sets(g, reach, sinks), closed_sets(g, reach, free, closed)


attractors_in_words = kernel(_attractors)
