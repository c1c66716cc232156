"""Continuation of the logit equilibrium equations: steps along the branch, and what happens on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from solvers.arrays import Complexes, Floats, PayoffTensor
from solvers.general.normal_form import MixedProfile
from solvers.mixed_profiles import payoff_slopes

FIRST_STEP = 0.02
LARGEST_GROWTH = 2.0
SMALLEST_STEP = 1e-9
STRAIGHT = 0.98
"""Least cosine between the tangents at both ends of a step: sharper turns are taken in smaller steps."""
CORRECTOR = 1e-13
ROUNDING = 1e-15
STALLED = 1e-9
"""A Newton step this small that no longer shrinks is what rounding leaves where the equations are nearly singular."""
FLAT = 1e-6
"""A smallest eigenvalue below this, located between two points, is taken for a zero."""


@dataclass(frozen=True, slots=True, eq=False)
class BranchPoint:
    """A point of the branch with its tangent in (z, lambda) and the eigenvalues of F's derivative in z."""

    z: Floats
    precision: float
    tangent: Floats
    eigenvalues: Complexes
    orientation: float


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """Something that happened between two points, and where."""

    kind: Literal["turning", "bifurcation"]
    point: BranchPoint
    rank_drop: int


@dataclass(slots=True, eq=False)
class Branch:
    """Points of the branch in order, what happened between them, and why it ends."""

    points: list[BranchPoint]
    events: list[Event] = field(default_factory=list)
    status: str = "complete"


class LogitSystem:
    """F(z, lambda) = z - lambda * (payoff of strategy k less that of strategy 0), players one after the other."""

    def __init__(self, payoffs: PayoffTensor) -> None:
        self.payoffs = payoffs
        self.sizes = payoffs.shape[1:]
        self.starts = np.concatenate([[0], np.cumsum([m - 1 for m in self.sizes])]).astype(int)
        self.unknowns = int(self.starts[-1])

    def profile(self, z: Floats) -> MixedProfile:
        """Return the probabilities at log-odds z, without overflow and exact to rounding also near 0 and 1."""
        mixed = []
        for i in range(len(self.sizes)):
            odds = np.concatenate([[0.0], z[self.starts[i] : self.starts[i + 1]]])
            weights = np.exp(odds - odds.max())
            mixed.append(weights / weights.sum())
        return tuple(mixed)

    def equations(self, z: Floats, precision: float) -> tuple[Floats, Floats]:
        """Return F, shape (d,), and its derivative in (z, lambda), shape (d, d + 1)."""
        x = self.profile(z)
        slopes = payoff_slopes(self.payoffs, x)
        derivative = np.zeros((self.unknowns, self.unknowns + 1))
        gains = np.zeros(self.unknowns)
        for i, own in enumerate(slopes):
            rows = slice(self.starts[i], self.starts[i + 1])
            if self.sizes[i] == 1:
                continue
            payoff = next((table @ x[j] for j, table in own.items()), self.payoffs[0] if not own else None)
            assert payoff is not None
            gains[rows] = payoff[1:] - payoff[0]
            for j, table in own.items():
                spread = np.diag(x[j]) - np.outer(x[j], x[j])
                difference = (table[1:] - table[0]) @ spread[:, 1:]
                derivative[rows, self.starts[j] : self.starts[j + 1]] = -precision * difference
        derivative[:, : self.unknowns] += np.eye(self.unknowns)
        derivative[:, -1] = -gains
        return z - precision * gains, derivative

    def distance(self, z: Floats, precision: float) -> float:
        """Largest difference between a probability and the logit response to the profile."""
        value, _ = self.equations(z, precision)
        x, response = self.profile(z), self.profile(z - value)
        return max(float(np.abs(a - b).max()) for a, b in zip(x, response, strict=True))


def follow(system: LogitSystem, *, farthest: float, most_steps: int) -> Branch:
    """Follow the branch from the centroid until lambda is ``farthest``."""
    upwards = np.zeros(system.unknowns + 1)
    upwards[-1] = 1.0
    here = _described(system, np.zeros(system.unknowns), 0.0, upwards)
    branch = Branch([here])
    step = FIRST_STEP
    for _ in range(most_steps):
        room = (farthest - here.precision) / max(here.tangent[-1], 1e-300) if here.tangent[-1] > 0.0 else np.inf
        last = step >= room
        there = _step(system, here, min(step, room))
        if there is None or not _smooth(here, there, step):
            step *= 0.5
            if step < SMALLEST_STEP * max(1.0, here.precision):
                branch.status = "stuck"
                return branch
            continue
        branch.events += _events(system, here, there)
        branch.points.append(there)
        if last or there.precision >= farthest:
            return branch
        turn = float(np.clip(here.tangent @ there.tangent, -1.0, 1.0))
        step *= LARGEST_GROWTH if turn > 0.9995 else 1.2 if turn > 0.995 else 0.8
        here = there
    branch.status = "budget"
    return branch


def _smooth(here: BranchPoint, there: BranchPoint, step: float) -> bool:
    """Whether a step stayed on the branch: no sharp turn, and no change of orientation unless at a true branching."""
    if float(here.tangent @ there.tangent) < STRAIGHT:
        return False
    # The orientation changes at a branching point and when a corrector lands on another branch: look closer.
    return here.orientation == there.orientation or step <= 1e-4 * max(1.0, here.precision)


def _step(system: LogitSystem, here: BranchPoint, step: float) -> BranchPoint | None:
    guess = np.append(here.z, here.precision) + step * here.tangent
    found = _corrected(system, guess, here.tangent, reach=0.25 * step)
    return None if found is None else _described(system, found[:-1], float(found[-1]), here.tangent)


def _corrected(system: LogitSystem, guess: Floats, normal: Floats, *, reach: float) -> Floats | None:
    """Newton's method in the plane through ``guess`` across ``normal``; None if it strays or does not settle."""
    point, before = guess.copy(), np.inf
    for _ in range(12):
        value, derivative = system.equations(point[:-1], float(point[-1]))
        matrix = np.vstack([derivative, normal])
        error = np.append(value, normal @ (point - guess))
        try:
            change = np.linalg.solve(matrix, error)
        except np.linalg.LinAlgError:  # right on a bifurcation
            change = np.linalg.lstsq(matrix, error, rcond=None)[0]
        point = point - change
        if not np.isfinite(point).all() or float(np.abs(point - guess).max()) > reach:
            return None
        # The equations are differences of numbers of size lambda, so that is where their rounding comes from.
        floor = np.maximum(1.0, np.abs(point)) + ROUNDING / CORRECTOR * abs(point[-1])
        size = float((np.abs(change) / floor).max())
        if size <= CORRECTOR or (size <= STALLED and size > 0.5 * before):
            return point if point[-1] >= 0.0 else None
        before = size
    return None


def _described(system: LogitSystem, z: Floats, precision: float, before: Floats) -> BranchPoint:
    _, derivative = system.equations(z, precision)
    matrix = np.vstack([derivative, before])
    across = np.zeros(len(before))
    across[-1] = 1.0
    try:
        tangent = np.linalg.solve(matrix, across)
    except np.linalg.LinAlgError:
        tangent = np.linalg.svd(derivative)[2][-1]
    tangent = tangent / float(np.linalg.norm(tangent))
    if float(tangent @ before) < 0.0:
        tangent = -tangent
    sign = float(np.sign(np.linalg.slogdet(np.vstack([derivative, tangent]))[0]))
    eigenvalues = np.linalg.eigvals(derivative[:, :-1]).astype(np.complex128)
    return BranchPoint(z, precision, np.asarray(tangent, dtype=np.float64), eigenvalues, sign)


def _negative(point: BranchPoint) -> int:
    """Eigenvalues of the derivative in z with negative real part; 0 at the centroid."""
    return int((point.eigenvalues.real < 0.0).sum())


def _smallest(point: BranchPoint) -> float:
    return float(np.abs(point.eigenvalues).min()) if point.eigenvalues.size else 1.0


def _events(system: LogitSystem, here: BranchPoint, there: BranchPoint) -> list[Event]:
    """Turning points and bifurcations between two neighbouring points."""
    change = abs(_negative(there) - _negative(here))
    turned = here.tangent[-1] * there.tangent[-1] < 0.0
    if not change and not turned:
        return []
    middle = _located(system, here, there)
    if turned:
        return [Event("turning", middle, 1)]
    # A pair of complex eigenvalues may cross into the left half-plane with none of them zero: nothing happens then.
    if _smallest(middle) > FLAT * max(1.0, float(np.abs(middle.eigenvalues).max())):
        return []
    return [Event("bifurcation", middle, change)]


def _located(system: LogitSystem, here: BranchPoint, there: BranchPoint) -> BranchPoint:
    """Halve a step until the change inside it is pinned down."""
    start = np.append(here.z, here.precision)
    low, high = 0.0, float(here.tangent @ (np.append(there.z, there.precision) - start))
    count, direction = _negative(here), here.tangent[-1] > 0.0
    best = there
    for _ in range(60):
        middle = 0.5 * (low + high)
        if high - low <= 1e-12 * max(1.0, high):
            break
        found = _corrected(system, start + middle * here.tangent, here.tangent, reach=np.inf)
        if found is None:
            break
        best = _described(system, found[:-1], float(found[-1]), here.tangent)
        same = _negative(best) == count and (best.tangent[-1] > 0.0) == direction
        low, high = (middle, high) if same else (low, middle)
    return best


def point_at(system: LogitSystem, branch: Branch, precision: float) -> list[BranchPoint]:
    """All points of the branch at a given lambda, in the order of the branch."""
    found: list[BranchPoint] = []
    upwards = np.zeros(system.unknowns + 1)
    upwards[-1] = 1.0
    for here, there in zip(branch.points, branch.points[1:], strict=False):
        first, last = here.precision - precision, there.precision - precision
        if first == 0.0:
            found.append(here)
        elif first * last < 0.0:
            share = first / (first - last)
            guess = np.append(here.z + share * (there.z - here.z), precision)
            settled = _corrected(system, guess, upwards, reach=np.inf)
            point = there if settled is None else _described(system, settled[:-1], float(settled[-1]), here.tangent)
            found.append(point)
    if branch.points[-1].precision == precision:
        found.append(branch.points[-1])
    return found
