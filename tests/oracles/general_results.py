"""What any answer of the solver of general games must satisfy, and whether it lists a given profile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from solvers.general.results import GeneralComponent, GeneralEquilibria, GeneralRestPoint
from tests.oracles import brute_force_general as brute

Floats = NDArray[np.float64]


def distance(first: Sequence[Floats], second: Sequence[Floats]) -> float:
    return max(float(np.abs(np.asarray(a) - b).max()) for a, b in zip(first, second, strict=True))


def nearest(points: Iterable[GeneralRestPoint], profile: Sequence[Floats]) -> GeneralRestPoint:
    return min(points, key=lambda point: distance(point.profile, profile))


def holds(component: GeneralComponent, profile: Sequence[Floats], *, slack: float = 1e-9) -> bool:
    """Whether the profile lies in the component: in the hulls of its vertices, or within its extent if it has none."""
    if component.vertices is None:
        bounds = zip(component.low, profile, component.high, strict=True)
        return all(bool(((a - slack <= x) & (x <= b + slack)).all()) for a, x, b in bounds)
    for corners, x in zip(component.vertices, profile, strict=True):
        rows = np.vstack([corners.T, np.ones(len(corners))])
        _, off = nnls(rows, np.append(np.asarray(x, dtype=float), 1.0))
        if off > slack:
            return False
    return True


def lists(result: GeneralEquilibria, profile: Sequence[Floats], *, slack: float = 1e-9) -> bool:
    """Whether the profile is a returned point or lies in a returned component."""
    if any(distance(point.profile, profile) <= slack for point in result.rest_points):
        return True
    return any(holds(item, profile, slack=slack) for item in (*result.components, *result.nash_subsets))


def check_every_claim(result: GeneralEquilibria, *, rng: np.random.Generator) -> None:
    """Points and components are rest points, Nash exactly where they say so, by the plain definitions."""
    payoffs = result.payoffs
    scale = float(np.ptp(payoffs.reshape(len(payoffs), -1), axis=1).max()) or 1.0
    for point in result.rest_points:
        if not point.verified:
            continue
        assert np.abs(brute.velocity(payoffs, point.profile)).max() <= 1e-9 * scale
        regret = brute.regret(payoffs, point.profile)
        assert point.is_nash == (regret <= 1e-10 * scale)
        assert abs(point.regret - regret) <= 1e-10 * scale
        for used, x in zip(point.support, point.profile, strict=True):
            assert tuple(np.flatnonzero(x)) == used
            assert abs(x.sum() - 1.0) < 1e-12
    for item in (*result.components, *result.nash_subsets):
        for profile in inside(item, rng):
            assert np.abs(brute.velocity(payoffs, profile)).max() <= 1e-9 * scale
            regret = brute.regret(payoffs, profile)
            if item.is_nash is True:
                assert regret <= 1e-9 * scale
            elif item.is_nash is False:
                assert regret > 0.0
    assert result.complete == (result.status == "complete")
    if result.undecided or not all(item.dimension_proved for item in result.components):
        assert not result.complete


def inside(item: GeneralComponent, rng: np.random.Generator, count: int = 3) -> list[list[Floats]]:
    """A few profiles inside a component; only its representative if it is not a product of polytopes."""
    if item.vertices is None:
        return [list(item.representative)]
    return [[rng.dirichlet(np.ones(len(v))) @ v for v in item.vertices] for _ in range(count)]
