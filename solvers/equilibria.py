"""All rest points and Nash equilibria of a game of two strategies each, with certificates: the entry to the solvers.

The path of one game: ``rest_points.search`` loads it, makes ties exact, finds every mixed rest point and describes it;
``rest_points.components`` names what is not isolated; ``rest_points.records`` turns numbers into results. Promised
complete for regular games of up to five populations of two strategies; up to ten are taken, and what could not be
decided within the budget is listed.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Booleans, Floats, Integers, PayoffTensor, two_strategy_payoffs
from solvers.attractors import Profile, closed_faces, sink_components
from solvers.errors import SolverInputError
from solvers.pure import pure_profiles
from solvers.rest_points.components import Exact, describe_boxes, exact_components, without_repetitions
from solvers.rest_points.description import BORDER, BORDERLINE, FLAGS, OUTSIDE
from solvers.rest_points.faces import BUDGET, SURFACE_OF
from solvers.rest_points.records import losses_of, mixed_points, pure_points
from solvers.rest_points.response import MOST_PLAYERS_IN_A_WORD, closed_face_names, sink_profiles
from solvers.rest_points.search import attractors_in_words, solve_game
from solvers.rest_points.workspace import (
    BOXES,
    BRANCHES,
    EXAMINED,
    FAMILIES,
    FEW_PLAYERS,
    ROOTS,
    WHOLE,
    Tables,
    Workspace,
    tables_of,
    workspace,
)
from solvers.results import Component, Equilibria, RestPoint, Undecided

T = TypeVar("T")

MOST_PLAYERS = 10
MOST_BOXES = 200_000
TIE_TOLERANCE = 1e-12
"""Differences of payoffs below this part of a player's largest advantage are taken for ties, and said to be."""
WIDE = 1e-3
"""An undecided cluster wider than this was left by the budget, not by a double root."""

__all__ = ["BORDER", "MOST_BOXES", "MOST_PLAYERS", "TIE_TOLERANCE", "WIDE", "equilibria"]


def equilibria(
    payoffs: ArrayLike,
    *,
    tie_tolerance: float = TIE_TOLERANCE,
    most_boxes: int = MOST_BOXES,
    most_seconds: float | None = None,
) -> Equilibria:
    """Find every rest point of the replicator dynamics of a game, and which of them are Nash equilibria.

    Parameters
    ----------
    payoffs : shape (n, 2, ..., 2), 1 to 10 players of two strategies, payoff per player and pure profile
    tie_tolerance : float, in [0, 0.01]
        An advantage of at most this part of the player's largest advantage counts as a tie. If one beyond rounding
        does, the result is not complete and says ``near ties``.
    most_boxes : int
        Budget of the whole search: boxes to examine before the rest is listed as undecided. The same budget gives
        the same result to the last bit.
    most_seconds : float, optional
        Budget of the whole search in seconds. ``boxes`` of the result says how far it came; given as ``most_boxes``
        it repeats the result on any machine.

    Raises
    ------
    SolverInputError
        If the payoffs cannot be worked with; the message says why.

    Notes
    -----
    A rest point fixes some populations at 0 or 1 and makes the others indifferent. Continua of rest points (ties)
    are components; boxes that could not be decided are listed and ``complete`` is then False. Up to 2**n pure plus
    the mixed points are returned, pure ones first.

    Examples
    --------
    Stag hunt: two strict equilibria and the mixed one between their basins.

    >>> hunt = [[[2, 2], [0, 3]], [[2, 0], [2, 3]]]
    >>> result = equilibria(hunt)
    >>> [(point.shares.round(3).tolist(), point.stability.value) for point in result.nash]
    [([0.0, 0.0], 'sink'), ([1.0, 1.0], 'sink'), ([0.667, 0.667], 'saddle')]
    >>> result.complete
    True
    """
    if not 0.0 <= tie_tolerance <= 0.01:
        raise SolverInputError("tolerance.range", name="tie_tolerance", value=tie_tolerance)
    if isinstance(most_boxes, bool) or not isinstance(most_boxes, int | np.integer) or most_boxes < 1:
        raise SolverInputError("budget.range", value=most_boxes)
    if most_seconds is not None and not most_seconds > 0.0:
        raise SolverInputError("budget.seconds", value=most_seconds)
    tensor = two_strategy_payoffs(payoffs, most_players=MOST_PLAYERS)
    tables = tables_of(tensor.shape[0])
    memory, near_ties = _searched(tensor, tables, float(tie_tolerance), int(most_boxes), most_seconds)
    losses = losses_of(memory.game, tables)
    points, components, undecided, cut = _findings(tensor, tables, memory, float(tie_tolerance))
    decided = not undecided and all(item.dimension_proved for item in components)
    complete = decided and not near_ties
    sinks, closed = _attractors(memory, losses)
    return Equilibria(
        payoffs=tensor,
        rest_points=tuple(points),
        components=tuple(components),
        undecided=tuple(undecided),
        status="complete" if complete else "near ties" if decided else "budget" if cut else "undecided",
        complete=complete,
        sink_components=sinks,
        closed_faces=closed,
        ties=_ties(losses),
        tie_tolerance=tie_tolerance,
        boxes=int(memory.findings.counts[EXAMINED]),
    )


def _searched(
    tensor: PayoffTensor, tables: Tables, tie_tolerance: float, most_boxes: int, most_seconds: float | None
) -> tuple[Workspace, bool]:
    """Run the search, again with more room if what it found did not fit."""
    players = tensor.shape[0]
    flat = np.array(tensor.reshape(players, -1), order="C")
    interruptible = most_seconds is not None or players > FEW_PLAYERS
    room = [0, 0, 0]
    while True:
        memory = workspace(players, points=room[0], families=room[1], boxes=room[2])
        stop = np.zeros(1, np.int64)

        def search() -> bool:
            return solve_game(tables, memory, flat, tie_tolerance, False, most_boxes, stop)  # noqa: B023

        near_ties = _in_time(search, stop, most_seconds) if interruptible else search()
        found, counts = memory.findings, memory.findings.counts
        room = [int(counts[ROOTS]), int(counts[FAMILIES]), int(counts[BOXES])]
        if room[0] <= len(found.points) and room[1] <= len(found.families) and room[2] <= len(found.boxes):
            return memory, near_ties
        # The boxes it came to repeat a search that the clock ended.
        most_boxes, most_seconds = (int(counts[EXAMINED]) if stop[0] else most_boxes), None


def _in_time(search: Callable[[], T], stop: Integers, most_seconds: float | None) -> T:
    """Run a search on a thread of its own, so that the clock and an interrupt from the keyboard can end it."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(search)
        try:
            return running.result(timeout=most_seconds)
        except TimeoutError:
            stop[0] = 1
            return running.result()
        except BaseException:
            stop[0] = 1
            raise


def _findings(
    tensor: PayoffTensor, tables: Tables, memory: Workspace, tie_tolerance: float
) -> tuple[list[RestPoint], list[Component], list[Undecided], bool]:
    """Points, components and undecided boxes; and whether the budget left some of the latter."""
    found, counts = memory.findings, memory.findings.counts
    flags = found.codes[: counts[ROOTS], FLAGS]
    kept = np.flatnonzero(flags & (BORDERLINE | OUTSIDE) == 0)
    border = np.flatnonzero((flags & BORDERLINE != 0) & (flags & OUTSIDE == 0))
    points = pure_points(tensor, tables, memory.game)
    if counts[FAMILIES] == counts[BOXES] == counts[WHOLE] == counts[BRANCHES] == border.size == 0:
        return points + mixed_points(tensor, tables, memory, kept), [], [], False
    exact = Exact(
        pure=pure_profiles(tensor, tie_tolerance=tie_tolerance),
        whole=tables.digits[found.whole[: counts[WHOLE]]],
        families=found.families[: counts[FAMILIES]],
    )
    components = exact_components(exact)
    if counts[BRANCHES]:
        kept = without_repetitions(found.points, kept, components)
    points += mixed_points(tensor, tables, memory, kept)
    kinds = found.kinds[: counts[BOXES]]
    boxes = found.boxes[: counts[BOXES]]
    more, undecided = describe_boxes(exact.pure, boxes[kinds != BUDGET], kinds[kinds != BUDGET] - SURFACE_OF)
    components += more
    undecided += [_open_box(box) for box in boxes[kinds == BUDGET]]
    undecided += [_open_point(row) for row in found.points[border] if not _known(row, points, components)]
    return points, components, undecided, bool((kinds == BUDGET).any())


def _attractors(memory: Workspace, losses: Floats) -> tuple[tuple[tuple[Profile, ...], ...], tuple[str, ...]]:
    """Sink components and minimal closed faces: on words of bits as long as a word holds all profiles."""
    players = losses.ndim - 1
    if players > MOST_PLAYERS_IN_A_WORD:
        return sink_components(losses), closed_faces(losses)
    sinks, closed = np.empty(1 << players, np.uint64), np.empty(1 << players, np.int64)
    count, faces = attractors_in_words(memory.game, sinks, closed)
    return sink_profiles(sinks[:count], players), closed_face_names(closed[:faces], players)


def _ties(losses: Floats) -> tuple[tuple[int, Profile], ...]:
    """``(player, profile)`` where the player is indifferent; profile has index 0 for the player itself."""
    tied: Booleans = losses == 0.0
    if not tied.any():
        return ()
    cells = [(int(cell[0]), tuple(int(s) for s in cell[1:])) for cell in np.argwhere(tied)]
    return tuple((player, profile) for player, profile in cells if profile[player] == 0)


def _known(row: Floats, points: list[RestPoint], components: list[Component]) -> bool:
    """Whether a point on the border of its face is already listed in the smaller face, with its tie."""
    share, slack = np.clip(row[:, 0], 0.0, 1.0), 10.0 * BORDER + 4.0 * np.abs(row[:, 1])
    for point in points:
        if (np.abs(point.shares - share) <= slack).all() and point.ties:
            return True
    return any(((item.low - slack <= share) & (share <= item.high + slack)).all() for item in components)


def _open_box(box: Floats) -> Undecided:
    """Box that the budget left."""
    face = "".join("0" if high == 0.0 else "1" if low == 1.0 else "*" for low, high in box)
    return Undecided(face=face, low=box[:, 0].copy(), high=box[:, 1].copy(), boxes=1)


def _open_point(row: Floats) -> Undecided:
    """Point on a border whose side could not be told."""
    face = "".join("*" if radius > 0.0 else str(int(share)) for share, radius in row)
    low, high = np.clip(row[:, 0] - row[:, 1], 0.0, 1.0), np.clip(row[:, 0] + row[:, 1], 0.0, 1.0)
    return Undecided(face=face, low=low, high=high, boxes=1)
