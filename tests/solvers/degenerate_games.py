"""Games written as advantages, and what must hold of the answer to any game: the right one, or 'not decided'.

`game(f, g, ...)` pays player i nothing for index 0 and f_i(profile) for index 1, where f_i must not use the player's
own entry. Functions affine in each entry are then their own mixed extension.
"""

import time

import numpy as np

from solvers.equilibria import equilibria
from tests.oracles import brute_force

SECONDS = 2.0
"""Longest that any of these games may keep a processor busy once the kernels are compiled."""


def game(*advantages):
    n = len(advantages)
    payoffs = np.zeros((n, *(2,) * n))
    for profile in np.ndindex(*(2,) * n):
        for player, function in enumerate(advantages):
            if profile[player] == 1:
                payoffs[(player, *profile)] = function(profile)
    return payoffs


def solved(payoffs):
    """Solve in time, and check what must hold for any answer at all."""
    started = time.process_time()
    result = equilibria(payoffs)
    assert time.process_time() - started < SECONDS
    payoffs = np.asarray(payoffs, dtype=np.float64)
    scales = brute_force.scales(payoffs)
    for point in result.rest_points:
        off = np.abs(brute_force.velocity(payoffs, point.shares))
        size = np.abs(payoffs).reshape(len(payoffs), -1).max(axis=1)
        if point.verified:
            assert (off <= 1e-9 * scales + 1e-14 * size).all()
    for component in result.components:
        off = np.abs(brute_force.velocity(payoffs, component.representative))
        assert (off <= 1e-9 * np.maximum(scales, scales.max() * 1e-6)).all()
    assert result.complete == (result.status == "complete")
    if result.undecided or not all(component.dimension_proved for component in result.components):
        assert not result.complete
    assert {point.pure for point in result.rest_points} >= set(brute_force.profiles(len(payoffs)))
    return result


def covered(result, shares, *, slack=1e-8):
    """Whether a rest point is listed: as a point, in a component, or in a box left undecided."""
    shares = np.asarray(shares, dtype=np.float64)
    if any(np.abs(point.shares - shares).max() <= slack for point in result.rest_points):
        return True
    boxes = (*result.components, *result.undecided)
    return any((box.low - slack <= shares).all() and (shares <= box.high + slack).all() for box in boxes)


def isolated(result):
    return [point.shares for point in result.rest_points if point.mixing and point.verified]
