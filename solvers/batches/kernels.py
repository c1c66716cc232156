"""The compiled loop over games: each through the search for one game, and what it found into rows.

They run on as many threads as the caller starts, each on games and memory of its own: nothing is allocated per game,
and the result of a game does not depend on where the games are cut or on how many threads run.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solvers.arrays import Floats, Integers
from solvers.batches.pure_kernels import NONE, ONE, Codes, pure_words
from solvers.compiled import kernel
from solvers.rest_points.description import (
    BORDERLINE,
    FLAGS,
    MIXERS,
    NASH,
    OUTSIDE,
    SADDLE,
    SINK,
    SOURCE,
    STABILITY,
    STRICT,
    TIED,
    UNDECIDED,
    UNKNOWN,
    UNSTABLE,
    VERIFIED,
)
from solvers.rest_points.response import closed_sets, sink_sets
from solvers.rest_points.search import solve_game
from solvers.rest_points.workspace import (
    BOXES,
    BRANCHES,
    FAMILIES,
    MIXING,
    ROOTS,
    WHOLE,
    Bits,
    Findings,
    Game,
    Tables,
    Workspace,
)

States = NDArray[np.uint8]
Verdicts = NDArray[np.int8]

NEAR_TIES, SINGLY, INVALID = 1, 2, 4
"""Bits of a game's state: a tie was only near; to be solved singly; NaN, infinite or too large."""

FACE, MIXING_COUNT, CLASS, MARKS = range(4)
"""Columns of the codes of a point: digits of its face in base 3, how many mix, its class, its flags."""


class Rows(NamedTuple):
    """Room for the points of some games.

    Attributes
    ----------
    numbers : shape (capacity, n + 3), shares, regret, residual, radius
    codes : shape (capacity, 4)
    sinks, closed : shape (capacity,), sets of profiles as bits in C order; digits of faces in base 3
    whole, whole_nash : shape (capacity,), faces that consist of rest points, in base 3; whether these are equilibria:
        1 if all are, 0 if none is, -1 if some are
    """

    numbers: Floats
    codes: Codes
    sinks: Bits
    closed: Codes
    whole: Codes
    whole_nash: Verdicts


class PerGame(NamedTuple):
    """What is known of each game.

    Attributes
    ----------
    states : shape (games,), see NEAR_TIES
    points, sinks, closed, whole : shape (games,), how many rows the game has
    nash, strict : shape (games,), pure profiles as bits in C order
    """

    states: States
    points: Integers
    sinks: Integers
    closed: Integers
    whole: Integers
    nash: Bits
    strict: Bits


def _face_codes(t: Tables) -> Integers:
    """Digits of every face with a mixing population in base 3."""
    codes = np.zeros(t.digits.shape[0], np.int64)
    for number in range(t.digits.shape[0]):
        power = 1
        for i in range(t.digits.shape[1]):
            codes[number] += power * t.digits[number, i]
            power *= 3
    return codes


face_codes = kernel(_face_codes)


def _pure_rows(t: Tables, g: Game, numbers: Floats, codes: Codes, row: int, nash_only: bool) -> int:
    """Describe the pure profiles, or those that are equilibria, in C order; returns the next free row."""
    order, advantages, given = t.order, g.advantages, g.given
    players = advantages.shape[0]
    for s in range(order.shape[0]):
        corner = order[s]
        up, flat, near, face, power = 0, 0, False, 0, 1
        regret = 0.0
        for i in range(players):
            index = (corner >> i) & 1
            face += power * index
            power *= 3
            side = 1.0 if index == 1 else -1.0
            loss, raw = side * advantages[i, corner], side * given[i, corner]
            if loss < 0.0:
                up += 1
            elif loss == 0.0:
                flat += 1
                near = near or raw != 0.0
            regret = max(regret, -raw)
            numbers[row, i] = np.float64(index)
        if nash_only and up > 0:
            continue
        if up == 0:
            stability = SINK if flat == 0 else UNDECIDED
        elif up == players:
            stability = SOURCE
        else:
            stability = UNSTABLE if flat > 0 else SADDLE
        marks = (NASH if up == 0 else 0) | (STRICT if up + flat == 0 else 0) | (TIED if flat else 0)
        numbers[row, players], numbers[row, players + 1], numbers[row, players + 2] = regret + 0.0, 0.0, 0.0
        codes[row, FACE], codes[row, MIXING_COUNT] = face, 0
        codes[row, CLASS], codes[row, MARKS] = stability, marks | (0 if near else VERIFIED)
        row += 1
    return row


pure_rows = kernel(_pure_rows)


def _mixed_rows(f: Findings, faces: Integers, numbers: Floats, codes: Codes, row: int, nash_only: bool) -> int:
    """Copy the mixed points, or those that are equilibria; returns the next free row."""
    points, found_codes, found_numbers, found_faces = f.points, f.codes, f.numbers, f.faces
    players = points.shape[1]
    for p in range(f.counts[ROOTS]):
        marks = found_codes[p, FLAGS]
        if marks & OUTSIDE or (nash_only and marks & NASH == 0):
            continue
        for i in range(players):
            numbers[row, i] = points[p, i, 0]
        numbers[row, players] = found_numbers[p, players + 1]
        numbers[row, players + 1] = found_numbers[p, players]
        numbers[row, players + 2] = found_numbers[p, players + 2]
        codes[row, FACE] = faces[found_faces[p]]
        codes[row, MIXING_COUNT], codes[row, CLASS] = found_codes[p, MIXERS], found_codes[p, STABILITY]
        codes[row, MARKS] = marks
        row += 1
    return row


mixed_rows = kernel(_mixed_rows)


def _needs_single_solution(f: Findings) -> bool:
    """Whether the game has components that are no whole faces, undecided boxes, points on borders, or open classes."""
    counts, codes = f.counts, f.codes
    if counts[FAMILIES] + counts[BOXES] + counts[BRANCHES] > 0 or counts[ROOTS] > f.points.shape[0]:
        return True
    for row in range(counts[ROOTS]):
        marks = codes[row, FLAGS]
        if marks & OUTSIDE == 0 and (marks & BORDERLINE or codes[row, STABILITY] == UNKNOWN):
            return True
    return False


needs_single_solution = kernel(_needs_single_solution)


def _whole_rows(
    t: Tables, g: Game, f: Findings, faces: Integers, whole: Codes, verdicts: Verdicts, row: int
) -> int:  # fmt: skip
    """Write the faces that consist of rest points, those that lie in others left out; returns the next free row."""
    digits, corners, found = t.digits, t.corners, f.whole
    positive, negative = g.positive, g.negative
    count = f.counts[WHOLE]
    # The faces with the most mixing populations come last.
    for a in range(count - 1, -1, -1):
        number = found[a]
        here, largest = corners[number, 0], True
        for b in range(a + 1, count):
            largest = largest and (here & ~corners[found[b], 0]) != NONE
        if not largest:
            continue
        everywhere, somewhere = False, False
        for i in range(digits.shape[1]):
            if digits[number, i] == MIXING:
                continue
            gains = here & (positive[i, 0] if digits[number, i] == 0 else negative[i, 0])
            somewhere = somewhere or gains != NONE
            everywhere = everywhere or gains == here
        whole[row] = faces[number]
        verdicts[row] = 0 if everywhere else -1 if somewhere else 1
        row += 1
    return row


whole_rows = kernel(_whole_rows)


def _in_profile_order(t: Tables, word: np.uint64) -> np.uint64:
    """Turn a set of corners into a set of positions in C order."""
    result = NONE
    for s in range(t.order.shape[0]):
        result |= ((word >> np.uint64(t.order[s])) & ONE) << np.uint64(s)
    return result


in_profile_order = kernel(_in_profile_order)


def _solve_range(
    t: Tables, w: Workspace, payoffs: Floats, start: int, tie_tolerance: float, nash_only: bool,
    with_attractors: bool, most_boxes: int, stop: Integers, rows: Rows, per_game: PerGame,
) -> tuple[int, int, int, int, int]:  # fmt: skip
    """Solve games from ``start`` on until all are solved or the room is used up.

    Returns
    -------
    the first game that was not solved; rows, sink components, closed faces and whole faces written
    """
    profiles = payoffs.shape[2]
    faces = face_codes(t)
    gain, reach = np.empty(profiles), np.empty(profiles, np.uint64)
    sinks, closed = np.empty(profiles + 1, np.uint64), np.empty(profiles, np.int64)
    free = np.empty(profiles, np.int64)
    # Records are taken apart once: doing it per game costs as much as solving one.
    numbers, codes, sink_rows, closed_rows = rows.numbers, rows.codes, rows.sinks, rows.closed
    states, points, nash, strict = per_game.states, per_game.points, per_game.nash, per_game.strict
    sink_counts, closed_counts, whole_counts = per_game.sinks, per_game.closed, per_game.whole
    whole, whole_nash = rows.whole, rows.whole_nash
    game, found = w.game, w.findings
    most = profiles + found.points.shape[0]
    row, sink_row, closed_row, whole_row = 0, 0, 0, 0
    for g in range(start, payoffs.shape[0]):
        full = row + most > numbers.shape[0] or whole_row + faces.shape[0] > whole.shape[0]
        if full or (with_attractors and max(sink_row, closed_row) + profiles > sink_rows.shape[0]):
            return g, row, sink_row, closed_row, whole_row
        nash[g], strict[g], near, valid = pure_words(payoffs, g, tie_tolerance, gain)
        state = (0 if valid else INVALID) | (NEAR_TIES if near != NONE else 0)
        before, whole_before = row, whole_row
        if valid:
            solve_game(t, w, payoffs[g], tie_tolerance, nash_only, most_boxes, stop)
            if needs_single_solution(found):
                state |= SINGLY
            else:
                row = pure_rows(t, game, numbers, codes, row, nash_only)
                row = mixed_rows(found, faces, numbers, codes, row, nash_only)
                if found.counts[WHOLE] > 0:
                    whole_row = whole_rows(t, game, found, faces, whole, whole_nash, whole_row)
            if with_attractors:
                count = sink_sets(game, reach, sinks)
                for j in range(count):
                    sink_rows[sink_row + j] = in_profile_order(t, sinks[j])
                sink_counts[g] = count
                sink_row += count
                count = closed_sets(game, reach, free, closed)
                for j in range(count):
                    closed_rows[closed_row + j] = closed[j]
                closed_counts[g] = count
                closed_row += count
        points[g], whole_counts[g] = row - before, whole_row - whole_before
        states[g] = np.uint8(state)
    return payoffs.shape[0], row, sink_row, closed_row, whole_row


solve_range = kernel(_solve_range)
