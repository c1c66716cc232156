"""Critical mass: every place on a line of starts at which the outcome of evolution switches.

The line is scanned, each switch is closed in by subdivision, and then every stretch between two starts of the same
outcome is tried with bounding paths (``solvers.dynamics.bounding``), which show that all starts between go there too.
Where that succeeds no switch has been missed; the rest is only as sure as the scan is fine, and is reported as such.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from solvers.arrays import Floats, Integers, Shares
from solvers.dynamics.fate import Fate
from solvers.dynamics.integrate import UNSETTLED
from solvers.errors import SolverInputError
from solvers.outcomes import Outcome, OutcomeFinder

POINTS, FEWEST_POINTS, MOST_POINTS = 400, 8, 100_000
TOLERANCE, FINEST = 1e-6, 1e-12
PARTS = 8
"""Into how many parts a stretch with a switch is cut at a time."""
OFF_CENTRE = 0.118
"""Cuts avoid halves, quarters, ...: in symmetric games borders lie there, and a start on a border goes nowhere."""
ENDS = 0.5 ** np.arange(2, 26)
"""Beside an end on the border of the cube, starts at these parts of the scan's step."""
NARROW = 4.0
"""A stretch at rest or undecided no wider than this many tolerances, between two switches, is the border itself."""
MOST_STARTS = 200_000
MOST_BOXES = 8_000
LARGE = 5
"""With more populations than this, boxes are dearer and fewer."""

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is, as far as that is known."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the line in which all starts that were followed have one outcome; positions from 0 to 1.

    ``enclosed`` is the length of the part in which bounding paths show it of all starts.
    """

    low: float
    high: float
    outcome: Outcome
    enclosed: float


@dataclass(frozen=True, slots=True)
class Switch:
    """A switch of outcome between two positions that are no further apart than the tolerance, unless a budget ended."""

    low: float
    high: float
    below: Outcome
    above: Outcome

    @property
    def position(self) -> float:
        """The middle."""
        return 0.5 * (self.low + self.high)


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """What becomes of the starts on a line.

    Attributes
    ----------
    begin, end : shape (n,), shares at positions 0 and 1
    switches : in order of position; empty if the outcome is the same everywhere
    stretches : between the switches
    step : largest distance between neighbouring starts that were followed outside the enclosed parts
    tolerance : width to which switches were closed in
    unproved : length outside switches in which a pair of switches closer than the starts could hide
    status : ``complete``, or ``budget`` if starts ran out before all switches were closed in
    starts, boxes : followed, tried
    """

    begin: Floats
    end: Floats
    switches: tuple[Switch, ...]
    stretches: tuple[Stretch, ...]
    step: float
    tolerance: float
    unproved: float
    status: str
    starts: int
    boxes: int

    def shares(self, position: float) -> Floats:
        """Shares at a position, shape (n,)."""
        at: Floats = self.begin + position * (self.end - self.begin)
        return at

    def outcome(self, position: float) -> Outcome | None:
        """Outcome at a position; None within a switch or outside what was scanned."""
        return next((part.outcome for part in self.stretches if part.low <= position <= part.high), None)


class _Scan:
    """Positions with their codes, kept in order, and which gaps between neighbours are enclosed."""

    def __init__(self, finder: OutcomeFinder, begin: Floats, end: Floats) -> None:
        self.finder, self.begin, self.end = finder, begin, end
        self.at: Floats = np.empty(0)
        self.code: Integers = np.empty(0, np.int64)
        self.tried: set[tuple[float, float]] = set()
        self.enclosed: set[tuple[float, float]] = set()

    def shares(self, at: Floats) -> Shares:
        """Shares at positions; a share that rounding would put on its border stays inside."""
        return np.clip(self.begin + at[:, None] * (self.end - self.begin), 2.0**-60, 1.0 - 2.0**-53)

    def add(self, at: Floats) -> None:
        """Follow starts at new positions."""
        new = np.setdiff1d(at, self.at)
        both = np.concatenate([self.at, new])
        codes = np.concatenate([self.code, self.finder.settle(self.shares(new))])
        order = np.argsort(both, kind="stable")
        self.at, self.code = both[order], codes[order]

    def try_boxes(self, gaps: Integers) -> None:
        """Try to enclose the starts between the neighbours at positions k and k + 1."""
        first, second = self.shares(self.at[gaps]), self.shares(self.at[gaps + 1])
        found = self.finder.enclosed(np.minimum(first, second), np.maximum(first, second))
        for k, code in zip(gaps.tolist(), found.tolist(), strict=True):
            gap = (float(self.at[k]), float(self.at[k + 1]))
            self.tried.add(gap)
            if code != UNSETTLED and code == self.code[k] == self.code[k + 1]:
                self.enclosed.add(gap)

    def open_gaps(self) -> list[tuple[int, float, float]]:
        """Gaps that are not enclosed: number, both ends."""
        gaps = itertools.pairwise(self.at.tolist())
        return [(k, a, b) for k, (a, b) in enumerate(gaps) if (a, b) not in self.enclosed]


def switches_along(
    finder: OutcomeFinder,
    begin: Floats,
    end: Floats,
    *,
    points: int = POINTS,
    tolerance: float = TOLERANCE,
    enclose: bool = True,
    most_starts: int = MOST_STARTS,
    most_boxes: int = MOST_BOXES,
    progress: Progress | None = None,
) -> Line:
    """Find every switch of outcome on the line between two points of the cube of shares.

    Parameters
    ----------
    finder : the dynamics
    begin, end : shape (n,), in [0, 1]. Where a share lies on its border the line is followed up to very near it only,
        since a share of exactly 0 or 1 never moves.
    points : equal parts of the line for the scan
    tolerance : width to which switches are closed in, as a part of the line
    enclose : whether to try bounding paths
    most_starts, most_boxes : budgets; boxes are fewer with more than five populations
    progress : called now and then

    Examples
    --------
    In the stag hunt with indifference at 2/3 the diagonal switches there, and everything else is enclosed:

    >>> from solvers.expected import payoff_advantages
    >>> from solvers.outcomes import ReplicatorOutcomes
    >>> hunt = payoff_advantages(np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]]))
    >>> line = switches_along(ReplicatorOutcomes(hunt), np.zeros(2), np.ones(2))
    >>> [round(switch.position, 6) for switch in line.switches], line.unproved < 1e-4
    ([0.666667], True)
    """
    begin, end = _point(begin, finder.players), _point(end, finder.players)
    if not FEWEST_POINTS <= points <= MOST_POINTS:
        raise SolverInputError("line.points", value=points, least=FEWEST_POINTS, most=MOST_POINTS)
    if not FINEST <= tolerance <= 0.1:
        raise SolverInputError("line.tolerance", value=tolerance, least=FINEST)
    scan = _Scan(finder, begin, end)
    scan.add(_grid(begin, end, points))
    left = most_boxes >> max(0, finder.players - LARGE) if enclose else 0
    budget, boxes, status = most_starts - len(scan.at), 0, "complete"
    while True:
        cuts, tries = _next(scan, tolerance, left - boxes)
        if len(tries):
            scan.try_boxes(tries)
            boxes += len(tries)
        if progress is not None:
            done = sum(b - a for a, b in scan.enclosed)
            progress(int(1000 * done), 1000)
        if not len(cuts) and not len(tries):
            break
        if len(cuts) > budget:
            status = "budget"
            break
        budget -= len(cuts)
        scan.add(cuts)
    return _line(scan, tolerance=tolerance, status=status, boxes=boxes)


def _point(shares: Floats, players: int) -> Floats:
    x = np.array(shares, dtype=np.float64)
    if x.shape != (players,):
        raise SolverInputError("shares.shape", shape=x.shape, players=players)
    good = (x >= 0.0) & (x <= 1.0)
    if not good.all():
        raise SolverInputError("shares.range", value=float(x[~good][0]))
    x.flags.writeable = False
    return x


def _grid(begin: Floats, end: Floats, points: int) -> Floats:
    """Positions of the scan: middles of equal parts, and each end itself or, on the border, starts close to it."""
    middles = (np.arange(points) + 0.5) / points
    near = ENDS / points
    moves = begin != end
    first = np.zeros(1) if ((begin > 0.0) & (begin < 1.0))[moves].all() else near
    last = np.ones(1) if ((end > 0.0) & (end < 1.0))[moves].all() else 1.0 - near
    return np.unique(np.concatenate([first, middles, last]))


def _next(scan: _Scan, tolerance: float, boxes: int) -> tuple[Floats, Integers]:
    """Positions to follow next, and gaps to try to enclose next."""
    settled = len(scan.finder.outcomes)
    strict = [k for k in range(settled) if scan.finder.outcomes[k].fate is Fate.SETTLED]
    cuts: list[float] = []
    tries: list[int] = []
    for k, low, high in scan.open_gaps():
        width = high - low
        if scan.code[k] != scan.code[k + 1]:
            if width > tolerance:
                cuts += [low + width * (part + OFF_CENTRE) / PARTS for part in range(1, PARTS)]
        elif boxes > 0 and int(scan.code[k]) in strict:
            if (low, high) not in scan.tried:
                tries.append(k)
            elif width > tolerance and len(tries) + len(cuts) < boxes:
                cuts += [low + width * (0.5 - OFF_CENTRE / PARTS)]
    return np.array(cuts), np.array(tries[: max(boxes, 0)], dtype=np.int64)


def _line(scan: _Scan, *, tolerance: float, status: str, boxes: int) -> Line:
    """Put switches and stretches together."""
    outcomes = scan.finder.outcomes
    enclosed = np.array([gap in scan.enclosed for gap in itertools.pairwise(scan.at.tolist())])
    widths = np.diff(scan.at)
    cuts = np.flatnonzero(np.diff(scan.code))
    edges = np.concatenate([[-1], cuts, [len(scan.at) - 1]])
    parts = []
    for before, last in itertools.pairwise(edges.tolist()):
        first = before + 1
        covered = float(widths[first:last][enclosed[first:last]].sum())
        parts.append(Stretch(float(scan.at[first]), float(scan.at[last]), outcomes[scan.code[first]], covered))
    switches: list[Switch] = []
    stretches = [parts[0]]
    for part in parts[1:]:
        border = len(switches) > 0 and _is_border(stretches[-1], tolerance)
        if border:  # the start on the border itself rests at the saddle: both switches are one
            stretches.pop()
            old = switches.pop()
            switches.append(Switch(old.low, part.low, old.below, part.outcome))
        else:
            switches.append(Switch(stretches[-1].high, part.low, stretches[-1].outcome, part.outcome))
        stretches.append(part)
    same = np.diff(scan.code) == 0
    hidden = same & ~enclosed
    return Line(
        begin=scan.begin,
        end=scan.end,
        switches=tuple(switches),
        stretches=tuple(stretches),
        step=float(widths[hidden].max()) if hidden.any() else 0.0,
        tolerance=tolerance,
        unproved=float(widths[hidden].sum()),
        status=status,
        starts=len(scan.at),
        boxes=boxes,
    )


def _is_border(part: Stretch, tolerance: float) -> bool:
    return part.outcome.fate is not Fate.SETTLED and part.high - part.low <= NARROW * tolerance
