"""How far a state is from the border of its basin: the smallest change of shares that changes where evolution ends.

From the state the border is looked for along many directions, and closed in on each by subdivision. The best of them
are then turned towards the normal of the border, which for the nearest point is the direction itself, until that
brings nothing more. What comes out is a point just beyond the border, so its distance is an upper bound. A lower
bound comes from the other side: boxes around the state are enclosed by bounding paths (``solvers.dynamics.bounding``),
nearest first, and no border lies nearer than the first box for which that fails.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri
from scipy.stats import qmc

from solvers.arrays import Floats, Integers
from solvers.errors import SolverInputError
from solvers.outcomes import Outcome, OutcomeFinder

SURVEYED = 512
"""Directions of the survey for four or five populations, beside those along the axes and towards the corners."""
FULL = 4
FEWEST, MOST_CORNERS = 8, 256
LOOKS = 24
"""Starts along each direction before the first switch on it is closed in."""
BEST, EARLY, FINALISTS = 8, 4, 3
"""Directions that are refined; after so many rounds; so many of them are refined further."""
ROUNDS = 40
ROUGH, PRECISION = 1e-4, 1e-9
"""Width to which the border is closed in along a direction, in shares: in the survey, and afterwards."""
CHECK = 1e-6
"""The outcome is confirmed so far before and behind the border."""
TILT = 1e-4
"""Change of direction from which the slope of the border is taken."""
TURNS = np.array([1.0, 0.5, 0.25, 0.1, 0.03])
"""How far a direction is turned towards the normal of the border; the best is kept."""
SLOW, STEADY = 1e-3, 1e-8
"""Steps to the side are halved once a round shortens the distance by less than the first part; refinement ends when
they are as short as ``TILT`` and a round brings less than the second."""
PARTS = 16
INSIDE = 2.0**-40
MOST_BOXES, BATCH = 4_000, 128
LARGE = 5
"""With more populations than this, boxes are dearer and fewer."""
ENOUGH = 0.9
"""The lower bound is not raised any more once it is this part of the upper one."""

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is."""


@dataclass(frozen=True, slots=True, eq=False)
class NearestBorder:
    """The nearest point that was found of the border of a state's basin.

    Attributes
    ----------
    start : shape (n,), the state
    outcome : where it leads
    distance : Euclidean in shares, to just beyond the border: an upper bound; None if no border was found
    point : shape (n,), the start just beyond; None likewise
    beyond : where that leads; None likewise
    confirmed : whether the outcome is the state's own ``CHECK`` before the border and another one ``CHECK`` behind it,
        along the direction
    at_least : lower bound on the distance: every start nearer than this is enclosed; 0 if nothing is
    everywhere : whether all starts of the cube are enclosed, so that there is no border
    directions : in which the border was looked for; 0 where no strict equilibrium exists, so that no basin has a
        border that could be confirmed; ``starts`` and ``boxes`` that were followed and tried
    """

    start: Floats
    outcome: Outcome
    distance: float | None
    point: Floats | None
    beyond: Outcome | None
    confirmed: bool
    at_least: float
    everywhere: bool
    directions: int
    starts: int
    boxes: int

    @property
    def change(self) -> Floats | None:
        """Change of each share from the state to the point, shape (n,)."""
        return None if self.point is None else self.point - self.start


def nearest_border(
    finder: OutcomeFinder,
    start: Floats,
    *,
    surveyed: int = SURVEYED,
    most_boxes: int = MOST_BOXES,
    progress: Progress | None = None,
) -> NearestBorder:
    """Find the smallest change of shares that changes the outcome.

    Parameters
    ----------
    finder : the dynamics
    start : shape (n,), inside (0, 1)
    surveyed : directions in which the border is looked for, beside the axes and the corners; with fewer than four
        populations fewer do, with more than six fewer are afforded
    most_boxes : budget of the lower bound; fewer with more than five populations, since boxes are dearer
    progress : called now and then

    Examples
    --------
    From the middle of the stag hunt with indifference at 2/3, by symmetry, the diagonal is the shortest way:

    >>> from solvers.expected import payoff_advantages
    >>> from solvers.outcomes import ReplicatorOutcomes
    >>> hunt = payoff_advantages(np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]]))
    >>> border = nearest_border(ReplicatorOutcomes(hunt), np.array([0.5, 0.5]))
    >>> round(border.distance, 6), round(2**0.5 / 6, 6), border.at_least > 0.2
    (0.235702, 0.235702, True)
    """
    x = np.array(start, dtype=np.float64)
    if x.shape != (finder.players,):
        raise SolverInputError("shares.shape", shape=x.shape, players=finder.players)
    if not ((x > 0.0) & (x < 1.0)).all():
        raise SolverInputError("starts.inside", value=float(x[~((x > 0.0) & (x < 1.0))][0]))
    x.flags.writeable = False
    search = _Search(finder, x)
    if not any(outcome.profile is not None for outcome in finder.outcomes):
        return _result(search, np.inf, np.zeros_like(x), 0.0, everywhere=False, directions=0, boxes=0)
    fewer = max(0, FULL - finder.players) + max(0, (finder.players - LARGE) // 2)
    directions = _directions(search, max(FEWEST, surveyed >> fewer))
    rough = search.distances(directions, precision=ROUGH)
    if progress is not None:
        progress(1, 3)
    distance, direction = np.inf, directions[0]
    if np.isfinite(rough).any():
        best = np.argsort(rough, kind="stable")[: min(BEST, int(np.isfinite(rough).sum()))]
        distance, direction = _refine(search, directions[best])
    if progress is not None:
        progress(2, 3)
    at_least, everywhere, boxes = _lower_bound(search, distance, most_boxes >> max(0, finder.players - LARGE))
    if progress is not None:
        progress(3, 3)
    return _result(
        search, distance, direction, at_least, everywhere=everywhere, directions=len(directions), boxes=boxes
    )


class _Search:
    """Looks from one state along straight lines for the first change of outcome."""

    def __init__(self, finder: OutcomeFinder, start: Floats) -> None:
        self.finder, self.start = finder, start
        # A state on a border comes to rest at a saddle; only this way of following it can tell.
        self.home = int(finder.classified(start[None])[0][0])
        self.starts = 1

    def codes(self, points: Floats) -> Integers:
        """Outcome of each point; shape (..., n) becomes (...)."""
        flat = np.clip(points.reshape(-1, points.shape[-1]), INSIDE, 1.0 - INSIDE)
        self.starts += len(flat)
        return self.finder.settle(flat).reshape(points.shape[:-1])

    def room(self, directions: Floats) -> Floats:
        """Distance to the border of the cube along unit vectors."""
        moves = directions != 0.0
        safe = np.where(moves, directions, 1.0)
        each = np.where(moves, np.where(safe > 0.0, 1.0 - self.start, -self.start) / safe, np.inf)
        least: Floats = each.min(axis=1)
        return least

    def distances(self, directions: Floats, *, precision: float, within: float = np.inf) -> Floats:
        """Distance to just beyond the first change of outcome along unit vectors; infinite where none is seen.

        Parameters
        ----------
        directions : shape (k, n)
        precision : to which it is closed in
        within : distance beyond which it does not matter
        """
        far = np.minimum(self.room(directions), within)
        parts = np.linspace(0.0, 1.0, LOOKS + 1)
        away = self.codes(self.start + (far[:, None] * parts[1:])[:, :, None] * directions[:, None, :]) != self.home
        seen = np.flatnonzero(away.any(axis=1))
        first = away[seen].argmax(axis=1)
        low, high = far[seen] * parts[first], far[seen] * parts[first + 1]
        steps = np.arange(1, PARTS) / PARTS
        while (wide := np.flatnonzero(high - low > precision)).size:
            at = low[wide, None] + (high - low)[wide, None] * steps
            away = self.codes(self.start + at[:, :, None] * directions[seen[wide], None, :]) != self.home
            which = np.where(away.any(axis=1), away.argmax(axis=1), PARTS - 1)
            edges = np.concatenate([low[wide, None], at, high[wide, None]], axis=1)
            row = np.arange(len(wide))
            low[wide], high[wide] = edges[row, which], edges[row, which + 1]
        found = np.full(len(directions), np.inf)
        found[seen] = high
        return found


def _directions(search: _Search, surveyed: int) -> Floats:
    """Unit vectors: along the axes, towards the corners of the cube, and evenly spread ones; the same every time."""
    n = len(search.start)
    axes = np.concatenate([np.eye(n), -np.eye(n)])
    if n == 1:
        return axes
    count = min(2**n, MOST_CORNERS)
    corners = (np.arange(count)[:, None] >> np.arange(n) & 1) - search.start
    spread = ndtri(np.clip(qmc.Sobol(n, scramble=True, rng=np.random.default_rng(0)).random(surveyed), 1e-9, 1 - 1e-9))
    both = np.concatenate([corners, spread])
    length = np.linalg.norm(both, axis=1, keepdims=True)
    return np.concatenate([axes, both / np.where(length > 0.0, length, 1.0)])


def _refine(search: _Search, directions: Floats) -> tuple[float, Floats]:
    """Turn directions towards the normal of the border, and step to their sides, while that shortens the distance."""
    best = search.distances(directions, precision=PRECISION)
    u, side = directions.copy(), np.full(len(directions), 0.1)
    for turn in range(ROUNDS if u.shape[1] > 1 else 0):
        if turn == EARLY:
            kept = np.argsort(best, kind="stable")[:FINALISTS]
            best, u, side = best[kept], u[kept], side[kept]
        tried = _turned(search, u, best, side)
        lengths = search.distances(tried.reshape(-1, u.shape[1]), precision=PRECISION, within=float(best.max()))
        lengths = lengths.reshape(tried.shape[:2])
        before, choice, row = best.copy(), lengths.argmin(axis=1), np.arange(len(u))
        better = lengths[row, choice] < best
        best[better], u[better] = lengths[row, choice][better], tried[row, choice][better]
        side[best > before * (1.0 - SLOW)] *= 0.5
        if (side < TILT).all() and not (best < before * (1.0 - STEADY)).any():
            break
    return float(best.min()), u[best.argmin()]


def _turned(search: _Search, u: Floats, distance: Floats, side: Floats) -> Floats:
    """Directions to try in place of each: towards the normal of the border, and to all sides; shape (k, tried, n)."""
    k, n = u.shape
    basis = np.linalg.svd(u[:, None, :])[2][:, 1:]  # n - 1 unit vectors across each direction
    tilted = u[:, None, :] + TILT * basis
    tilted /= np.linalg.norm(tilted, axis=2, keepdims=True)
    lengths = search.distances(tilted.reshape(-1, n), precision=PRECISION, within=2.0 * float(distance.max()))
    lengths = lengths.reshape(k, n - 1)
    slopes = np.where(np.isfinite(lengths), (lengths - distance[:, None]) / TILT, 0.0) / distance[:, None]
    normal = u[:, None, :] - TURNS[:, None] * np.einsum("ki,kij->kj", slopes, basis)[:, None, :]
    normal /= np.linalg.norm(normal, axis=2, keepdims=True)
    # Where the foot of the perpendicular lies outside the cube, towards the nearest point of the cube instead.
    foot = np.clip(search.start + distance[:, None, None] * normal, 0.0, 1.0) - search.start
    steps = side[:, None, None] * basis
    tried = np.concatenate([normal, foot, u[:, None, :] + steps, u[:, None, :] - steps], axis=1)
    length = np.linalg.norm(tried, axis=2, keepdims=True)
    found: Floats = np.where(length > 0.0, tried / np.where(length > 0.0, length, 1.0), u[:, None, :])
    return found


def _lower_bound(search: _Search, distance: float, most_boxes: int) -> tuple[float, bool, int]:
    """Distance within which every start is enclosed, whether that is the whole cube, and the boxes tried."""
    x = search.start
    low, high = np.maximum(x - distance, INSIDE), np.minimum(x + distance, 1.0 - INSIDE)
    farthest = float(np.linalg.norm(np.maximum(x, 1.0 - x)))
    if search.finder.outcomes[search.home].profile is None:
        return 0.0, False, 0
    waiting: list[tuple[float, int, Floats, Floats]] = [(0.0, 0, low, high)]
    number, tried = 1, 0
    while waiting and tried < most_boxes and waiting[0][0] < ENOUGH * distance:
        some = [heapq.heappop(waiting) for _ in range(min(BATCH, len(waiting)))]
        codes = search.finder.enclosed(np.array([box[2] for box in some]), np.array([box[3] for box in some]))
        tried += len(some)
        for (_, _, below, above), code in zip(some, codes, strict=True):
            if code == search.home:
                continue
            axis = int((above - below).argmax())
            middle = 0.5 * (below[axis] + above[axis])
            for half in range(2):
                a, b = below.copy(), above.copy()
                (b if half == 0 else a)[axis] = middle
                near = float(np.linalg.norm(np.maximum(0.0, np.maximum(a - x, x - b))))
                if near < distance:
                    heapq.heappush(waiting, (near, number, a, b))
                    number += 1
    if not waiting:
        return (distance, False, tried) if np.isfinite(distance) else (farthest, True, tried)
    return min(waiting[0][0], distance), False, tried


def _result(
    search: _Search, distance: float, direction: Floats, at_least: float, *, everywhere: bool, directions: int,
    boxes: int,
) -> NearestBorder:  # fmt: skip
    """Put the answer together, with the check on both sides of the border."""
    outcomes = search.finder.outcomes
    point, beyond, confirmed = None, None, False
    if np.isfinite(distance):
        room = float(search.room(direction[None])[0])
        at = np.array([max(0.0, distance - CHECK), distance, min(distance + CHECK, room)])
        codes = search.codes(search.start + at[:, None] * direction)
        point = np.clip(search.start + distance * direction, 0.0, 1.0)
        point.flags.writeable = False
        beyond = outcomes[codes[2]]
        confirmed = bool(codes[0] == search.home and codes[2] != search.home)
    return NearestBorder(
        start=search.start,
        outcome=outcomes[search.home],
        distance=float(distance) if np.isfinite(distance) else None,
        point=point,
        beyond=beyond,
        confirmed=confirmed,
        at_least=float(at_least),
        everywhere=everywhere,
        directions=directions,
        starts=search.starts,
        boxes=boxes,
    )
