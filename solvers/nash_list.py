"""Nash equilibria of a game of any size in one form, whichever solver found them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Floats, PayoffTensor
from solvers.attractors import Profile
from solvers.equilibria import MOST_PLAYERS, equilibria
from solvers.general.equilibria import general_equilibria
from solvers.general.normal_form import MixedProfile
from solvers.mixed_profiles import payoff_array
from solvers.pure import ROUNDING_OF_PAYOFFS
from solvers.results import Equilibria


@dataclass(frozen=True, slots=True, eq=False)
class NashPoint:
    """An isolated Nash equilibrium.

    Attributes
    ----------
    profile : probabilities of each player's strategies
    pure : the pure profile, or None if somebody mixes
    payoffs : shape (n,)
    strict : every deviation loses
    tied : somebody is indifferent to a strategy that it does not use
    regret : largest gain of any player from deviating, in payoff units
    verified : existence and all signs are proved
    """

    profile: MixedProfile
    pure: Profile | None
    payoffs: Floats
    strict: bool
    tied: bool
    regret: float
    verified: bool


@dataclass(frozen=True, slots=True, eq=False)
class NashSet:
    """A continuum that may consist of Nash equilibria, or a box that could not be decided.

    Attributes
    ----------
    low, high : extent, per player the least and the greatest probability of each strategy
    representative : a profile of it; None for an undecided box
    vertices : where it is a product of polytopes, their vertices, one array [vertex, strategy] per player; else None
    is_nash : whether its points are Nash equilibria; None if that is open, or only some are
    dimension : None for an undecided box
    proved : whether dimension and extent are proved
    """

    low: MixedProfile
    high: MixedProfile
    representative: MixedProfile | None
    vertices: tuple[Floats, ...] | None
    is_nash: bool | None
    dimension: int | None
    proved: bool


@dataclass(frozen=True, slots=True, eq=False)
class NashList:
    """All Nash equilibria of a game: every one is a point, or lies in a set, or in an undecided box.

    ``complete`` is False if something is undecided or rests on ties that are not exact; ``status`` says which.
    """

    points: tuple[NashPoint, ...]
    sets: tuple[NashSet, ...]
    undecided: tuple[NashSet, ...]
    complete: bool
    status: str
    method: str

    @property
    def all_verified(self) -> bool:
        """Whether the list is complete and every point is proved."""
        return self.complete and all(point.verified for point in self.points)


def nash_list(payoffs: ArrayLike, *, most_boxes: int = 20_000, most_seconds: float | None = None) -> NashList:
    """List the Nash equilibria of a game of any size.

    Parameters
    ----------
    payoffs : shape (n, m1, ..., mn)
    most_boxes : int
        Budget of the search per support.
    most_seconds : float, optional
        Time after which what has not been looked at is listed as undecided.

    Examples
    --------
    >>> hunt = nash_list([[[2, 2], [0, 3]], [[2, 0], [2, 3]]])
    >>> [(point.profile[0].round(3).tolist(), point.strict) for point in hunt.points], hunt.complete
    ([([1.0, 0.0], True), ([0.0, 1.0], True), ([0.333, 0.667], False)], True)
    """
    tensor = payoff_array(payoffs)
    if all(size == 2 for size in tensor.shape[1:]) and len(tensor) <= MOST_PLAYERS:
        return nash_of(equilibria(tensor, most_boxes=most_boxes, most_seconds=most_seconds))
    found = general_equilibria(tensor, what="nash", most_boxes=most_boxes, most_seconds=most_seconds)
    sets = found.nash_subsets or found.components
    return NashList(
        points=tuple(
            NashPoint(p.profile, p.pure, p.payoffs, p.is_strict_nash, bool(p.ties), p.regret, p.verified)
            for p in found.nash
        ),
        sets=tuple(
            NashSet(s.low, s.high, s.representative, s.vertices, s.is_nash, s.dimension, s.dimension_proved)
            for s in sets
            if s.is_nash is not False
        ),
        undecided=tuple(NashSet(u.low, u.high, None, None, None, None, False) for u in found.undecided),
        complete=found.complete,
        status=found.status,
        method=found.method,
    )


def supports(payoffs: PayoffTensor) -> int:
    """Sets of strategies in use that a search for all Nash equilibria goes through."""
    return math.prod(2**size - 1 for size in payoffs.shape[1:])


def pure_nash_list(payoffs: ArrayLike) -> NashList:
    """List the pure Nash equilibria; all mixed profiles are one undecided box, so the list is not complete.

    Examples
    --------
    >>> hunt = pure_nash_list([[[2, 2], [0, 3]], [[2, 0], [2, 3]]])
    >>> [point.pure for point in hunt.points], hunt.complete
    ([(0, 0), (1, 1)], False)
    """
    tensor = payoff_array(payoffs)
    stays, strict = np.ones(tensor.shape[1:], dtype=bool), np.ones(tensor.shape[1:], dtype=bool)
    for player, cells in enumerate(tensor):
        slack = ROUNDING_OF_PAYOFFS * float(np.abs(cells).max())
        best = cells >= cells.max(axis=player, keepdims=True) - slack
        stays &= best
        strict &= best & (best.sum(axis=player, keepdims=True) == 1)
    points = []
    for cell in np.argwhere(stays):
        pure = tuple(int(s) for s in cell)
        profile = tuple(np.eye(size)[s] for s, size in zip(pure, tensor.shape[1:], strict=True))
        own = np.array([cells[pure] for cells in tensor])
        gains = [cells[(*pure[:i], slice(None), *pure[i + 1 :])].max() - own[i] for i, cells in enumerate(tensor)]
        regret = max(0.0, float(max(gains)))
        points.append(NashPoint(profile, pure, own, bool(strict[pure]), not strict[pure], regret, regret == 0.0))
    low = tuple(np.zeros(size) for size in tensor.shape[1:])
    high = tuple(np.ones(size) for size in tensor.shape[1:])
    rest = NashSet(low, high, None, None, None, None, False)
    return NashList(tuple(points), (), (rest,), False, "budget", "pure profiles only")


def nash_of(found: Equilibria) -> NashList:
    """Nash equilibria among the rest points of a game of two strategies each."""
    return NashList(
        points=tuple(
            NashPoint(mixed(p.shares), p.pure, p.payoffs, p.is_strict_nash, bool(p.ties), p.regret, p.verified)
            for p in found.nash
        ),
        sets=tuple(
            NashSet(*_ends(c.low, c.high), mixed(c.representative), None, c.is_nash, c.dimension, c.dimension_proved)
            for c in found.components
            if c.is_nash is not False
        ),
        undecided=tuple(NashSet(*_ends(u.low, u.high), None, None, None, None, False) for u in found.undecided),
        complete=found.complete,
        status=found.status,
        method=found.method,
    )


def mixed(shares: Floats) -> MixedProfile:
    """Probabilities of both strategies of every player from the shares of index 1."""
    return tuple(np.array([1.0 - x, x]) for x in shares)


def _ends(low: Floats, high: Floats) -> tuple[MixedProfile, MixedProfile]:
    pairs = list(zip(low, high, strict=True))
    return tuple(np.array([1.0 - b, a]) for a, b in pairs), tuple(np.array([1.0 - a, b]) for a, b in pairs)
