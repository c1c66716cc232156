"""Hopf points along a family of games: where a complex pair of eigenvalues of a mixed rest point crosses zero.

On one side of a Hopf point the rest point attracts (within its face), on the other it repels, and a cycle is born:
one that attracts if the crossing is supercritical, one that repels if it is subcritical. The sign of the first
Lyapunov coefficient tells which. Between two given games payoffs are interpolated linearly, which is exact wherever
they are affine in the parameter; give more games where they are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Complexes, Floats
from solvers.errors import SolverInputError
from solvers.share_dependent.advantages import ShareAdvantages, share_advantages, share_payoffs
from solvers.share_dependent.equilibria import MOST_BOXES, MOST_PLAYERS, share_equilibria
from solvers.share_dependent.lyapunov import first_lyapunov
from solvers.share_dependent.stability import replicator_jacobian

STEPS = 32
"""Steps from one game to the next; smaller ones where Newton's method does not follow."""
SMALLEST_STEP = 1e-6
MOST_MOVED = 0.1
"""In one step; a rest point that jumps farther is another one."""
NEWTON_STEPS = 12
CLOSE = 1e-7
"""Rest points this close at the same parameter are the same."""
BISECTIONS = 60
ZERO_SUM = 1e-10
"""A sum of two eigenvalues below this part of the size of the block is no crossing: payoffs that do not depend on
shares have trace zero for all parameters."""
ROUNDING_OF_COEFFICIENT = 1e-7
"""A Lyapunov coefficient below this part of its terms is not determined."""

Criticality = Literal["supercritical", "subcritical"]


@dataclass(frozen=True, slots=True, eq=False)
class HopfPoint:
    """A parameter at which a complex pair of eigenvalues of a mixed rest point crosses zero.

    Attributes
    ----------
    parameter : where
    shares : shape (n,), of the rest point there
    mixing : players that mix
    frequency : imaginary part of the pair, per unit of time; paths nearby turn once in 2 pi / frequency
    eigenvalues : shape (k,), of the block of mixing players
    speed : how fast the real part of the pair grows with the parameter; positive: stable before, unstable beyond
    lyapunov : first Lyapunov coefficient
    criticality : supercritical (an attracting cycle is born) or subcritical; None where it is not determined
    attracts_in_face : all other eigenvalues of the block have negative real parts
    residual : largest advantage of a mixing player, relative to its largest coefficient
    """

    parameter: float
    shares: Floats
    mixing: tuple[int, ...]
    frequency: float
    eigenvalues: Complexes
    speed: float
    lyapunov: float
    criticality: Criticality | None
    attracts_in_face: bool
    residual: float


@dataclass(frozen=True, slots=True, eq=False)
class HopfSearch:
    """Hopf points found along a family.

    Attributes
    ----------
    points : by parameter
    branches : how many pieces of branches of mixed rest points were followed between neighbouring games
    lost : of these, how many ended before the next game, at a fold or at the border of their face
    complete : every rest point of every given game is known, and no branch was lost. Even then two crossings within
        one step, or a branch that begins and ends between two games, can be missed
    """

    points: tuple[HopfPoint, ...]
    branches: int
    lost: int
    complete: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Segment:
    """Two neighbouring games; ``at(w)`` is the game at part w of the way."""

    start: float
    end: float
    first: Floats
    last: Floats

    def at(self, part: float) -> ShareAdvantages:
        return share_advantages(self.first + part * (self.last - self.first), tie_tolerance=0.0)

    def parameter(self, part: float) -> float:
        return self.start + part * (self.end - self.start)


def hopf_points(parameters: ArrayLike, payoffs: ArrayLike, *, most_boxes: int = MOST_BOXES) -> HopfSearch:
    """Follow the mixed rest points of a family of games and report where a complex pair crosses zero.

    Parameters
    ----------
    parameters : shape (m,), increasing
    payoffs : shape (m, n, 2, ..., 2, b1, ..., bn), the games at these parameters
    most_boxes : budget of the search for rest points at each given game

    Raises
    ------
    SolverInputError
        If the parameters do not increase, or payoffs cannot be worked with.

    Examples
    --------
    Two populations that chase one another; the first also follows its own share with strength a, up to a limit:
    D_1 = 1/2 - y + a u - 2 u**3 with u = x - 1/2, D_2 = u. At a = 0 the state 1/2, 1/2 stops attracting.

    >>> x = np.array([-0.5, -1 / 6, 1 / 6, 0.5])  # u as Bernstein coefficients of degree 3
    >>> cube = np.array([-1.0, 1.0, -1.0, 1.0]) / 8
    >>> family = np.zeros((2, 2, 2, 2, 4, 1))
    >>> for k, a in enumerate((-0.3, 0.5)):
    ...     for y in (0, 1):
    ...         family[k, 0, 1, y, :, 0] = 0.5 - y + a * x - 2 * cube
    ...     family[k, 1, :, 1, :, 0] = x
    >>> (point,) = hopf_points([-0.3, 0.5], family).points
    >>> round(abs(point.parameter), 9), point.shares.round(9).tolist(), point.criticality
    (0.0, [0.5, 0.5], 'supercritical')
    """
    values = np.asarray(parameters, dtype=np.float64)
    tables = np.asarray(payoffs)
    if values.ndim != 1 or len(values) < 2 or not np.isfinite(values).all() or not (np.diff(values) > 0.0).all():
        raise SolverInputError("hopf.parameters")
    if tables.ndim < 2 or len(tables) != len(values):
        raise SolverInputError("hopf.count", games=len(tables) if tables.ndim else 0, parameters=len(values))
    games = [share_payoffs(table, most_players=MOST_PLAYERS) for table in tables]
    known = [share_equilibria(game, most_boxes=most_boxes) for game in games]
    found: list[HopfPoint] = []
    branches, lost = 0, 0
    for k in range(len(games) - 1):
        segment = _Segment(float(values[k]), float(values[k + 1]), games[k], games[k + 1])
        reached: list[Floats] = []
        for backwards, result in ((False, known[k]), (True, known[k + 1])):
            for point in result.rest_points:
                if len(point.mixing) < 2 or (backwards and _is_among(point.shares, reached)):
                    continue
                branches += 1
                crossings, end = _follow(segment, point.shares, point.mixing, backwards)
                lost += end is None
                if end is not None and not backwards:
                    reached.append(end)
                found += [each for each in crossings if not _is_known(each, found)]
    return HopfSearch(
        points=tuple(sorted(found, key=lambda each: each.parameter)),
        branches=branches,
        lost=lost,
        complete=lost == 0 and all(result.complete for result in known),
    )


def _is_among(shares: Floats, others: list[Floats]) -> bool:
    return any(float(np.abs(shares - other).max()) < CLOSE for other in others)


def _is_known(point: HopfPoint, found: list[HopfPoint]) -> bool:
    return any(
        point.mixing == other.mixing
        and abs(point.parameter - other.parameter) <= CLOSE * max(1.0, abs(point.parameter))
        and float(np.abs(point.shares - other.shares).max()) < np.sqrt(CLOSE)
        for other in found
    )


def _follow(
    segment: _Segment, shares: Floats, mixing: tuple[int, ...], backwards: bool
) -> tuple[list[HopfPoint], Floats | None]:
    """Follow a rest point from one game to the next; crossings on the way, and where it ends if it gets there."""
    here, step = 0.0, 1.0 / STEPS
    crossings: list[HopfPoint] = []
    x = shares.copy()
    # The last place where the sign was not 0: a step may end on a crossing.
    signed = here, x, _sums(segment.at(1.0 if backwards else 0.0), x, mixing)
    while here < 1.0:
        there = min(1.0, here + step)
        part = 1.0 - there if backwards else there
        moved = _corrected(segment.at(part), x, mixing)
        if moved is None or float(np.abs(moved - x).max()) > MOST_MOVED:
            step *= 0.5
            if step < SMALLEST_STEP:
                return crossings, None
            continue
        after = _sums(segment.at(part), moved, mixing)
        if signed[2] * after < 0.0:
            ends = (part, 1.0 - signed[0]) if backwards else (signed[0], part)
            point = _crossing(segment, ends, moved if backwards else signed[1], mixing)
            if point is not None:
                crossings.append(point)
        here, x = there, moved
        if after != 0.0:
            signed = here, x, after
        step = min(1.0 / STEPS, 2.0 * step)
    return crossings, x


def _corrected(advantages: ShareAdvantages, shares: Floats, mixing: tuple[int, ...]) -> Floats | None:
    """Rest point nearby by Newton's method; None if it does not converge or leaves the open face."""
    rows, x = list(mixing), shares.copy()
    for _ in range(NEWTON_STEPS):
        values, slopes = advantages.at(x)[rows], advantages.slopes(x)[np.ix_(rows, rows)]
        try:
            step = np.linalg.solve(slopes, values)
        except np.linalg.LinAlgError:
            return None
        x[rows] -= step
        if not ((x[rows] > 0.0) & (x[rows] < 1.0)).all():
            return None
        if float(np.abs(step).max()) < 1e-14:
            break
    residual = np.abs(advantages.at(x)[rows])
    return x if (residual <= 1e-10 * advantages.scale[rows]).all() else None


def _block(advantages: ShareAdvantages, shares: Floats, mixing: tuple[int, ...]) -> Floats:
    return replicator_jacobian(advantages, shares)[np.ix_(mixing, mixing)]


def _sums(advantages: ShareAdvantages, shares: Floats, mixing: tuple[int, ...], zero: float = ZERO_SUM) -> float:
    """Product of all sums of two eigenvalues: it changes its sign where a complex pair crosses zero.

    The sums are those of real pairs and complex pairs, so that the product is real; scaled to the size of the block,
    and exactly 0 where a sum is below the part ``zero`` of it.
    """
    block = _block(advantages, shares, mixing)
    eigenvalues = np.linalg.eigvals(block)
    size = float(np.abs(eigenvalues).max())
    if size == 0.0:
        return 0.0
    product = complex(1.0)
    for i in range(len(eigenvalues)):
        for j in range(i):
            pair = (eigenvalues[i] + eigenvalues[j]) / size
            product *= 0.0 if abs(pair) < zero else pair
    return product.real


def _crossing(
    segment: _Segment, ends: tuple[float, float], shares: Floats, mixing: tuple[int, ...]
) -> HopfPoint | None:
    """Bisect to the crossing; None if it is one of two real eigenvalues, or is lost."""
    low, high = ends
    x = shares
    at_low = _sums(segment.at(low), x, mixing, zero=0.0)
    for _ in range(BISECTIONS):
        middle = 0.5 * (low + high)
        moved = _corrected(segment.at(middle), x, mixing)
        if moved is None:
            return None
        value = _sums(segment.at(middle), moved, mixing, zero=0.0)
        x = moved
        if value == 0.0 or not low < middle < high:
            break
        if at_low * value < 0.0:
            high = middle
        else:
            low, at_low = middle, value
    return _hopf_point(segment, 0.5 * (low + high) if low < high else low, x, mixing)


def _hopf_point(segment: _Segment, part: float, shares: Floats, mixing: tuple[int, ...]) -> HopfPoint | None:
    advantages = segment.at(part)
    x = _corrected(advantages, shares, mixing)
    if x is None:
        return None
    block = _block(advantages, x, mixing)
    eigenvalues = np.linalg.eigvals(block)
    size = float(np.abs(eigenvalues).max())
    upper = [k for k in range(len(eigenvalues)) if eigenvalues[k].imag > 1e-6 * size]
    if not upper:
        return None
    pair = min(upper, key=lambda k: abs(eigenvalues[k].real))
    if abs(eigenvalues[pair].real) > 1e-6 * size:
        return None
    others = [v for k, v in enumerate(eigenvalues) if k != pair and abs(v - eigenvalues[pair].conj()) > 1e-6 * size]
    lyapunov, terms = first_lyapunov(advantages, x, mixing, block, float(eigenvalues[pair].imag))
    certain = abs(lyapunov) > ROUNDING_OF_COEFFICIENT * terms
    rows = list(mixing)
    frozen = x.copy()
    frozen.flags.writeable = False
    return HopfPoint(
        parameter=segment.parameter(part),
        shares=frozen,
        mixing=mixing,
        frequency=float(eigenvalues[pair].imag),
        eigenvalues=np.array(sorted(eigenvalues, key=lambda v: (-v.real, -v.imag))),
        speed=_speed(segment, part, x, mixing, complex(eigenvalues[pair])),
        lyapunov=lyapunov,
        criticality=None if not certain else "supercritical" if lyapunov < 0.0 else "subcritical",
        attracts_in_face=all(v.real < -1e-9 * size for v in others),
        residual=float((np.abs(advantages.at(x)[rows]) / advantages.scale[rows]).max()),
    )


def _speed(segment: _Segment, part: float, shares: Floats, mixing: tuple[int, ...], pair: complex) -> float:
    """Change of the pair's real part with the parameter, by differences."""
    step = 1e-5
    real = []
    for each in (max(0.0, part - step), min(1.0, part + step)):
        advantages = segment.at(each)
        x = _corrected(advantages, shares, mixing)
        if x is None:
            return float("nan")
        eigenvalues = np.linalg.eigvals(_block(advantages, x, mixing))
        real.append((segment.parameter(each), eigenvalues[np.argmin(np.abs(eigenvalues - pair))].real))
    return float((real[1][1] - real[0][1]) / (real[1][0] - real[0][0]))
