"""Rest points of a two-strategy game by Newton's method from random starts: a subset, found without any bookkeeping.

Used where elimination gets too large (five players). It may miss rest points and proves nothing; a solver that
promises all of them must list every one that turns up here.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import root

Floats = NDArray[np.float64]


def advantages(payoffs: Floats, shares: Floats) -> Floats:
    """D_i at `shares`, by a plain sum over all pure profiles of the others."""
    n = len(shares)
    weights = [np.array([1.0 - share, share]) for share in shares]
    result = np.empty(n)
    for player in range(n):
        table = np.diff(payoffs[player], axis=player)
        for other in range(n):
            factor = np.ones(1) if other == player else weights[other]
            table = table * factor.reshape([-1 if axis == other else 1 for axis in range(n)])
        result[player] = table.sum()
    return result


def slopes(payoffs: Floats, shares: Floats) -> Floats:
    """[i, j]: derivative of D_i by x_j, exact because D_i is affine in each share."""
    n = len(shares)
    matrix = np.empty((n, n))
    for j in range(n):
        low, high = shares.copy(), shares.copy()
        low[j], high[j] = 0.0, 1.0
        matrix[:, j] = advantages(payoffs, high) - advantages(payoffs, low)
    return matrix


def some_rest_points(payoffs: Floats, *, rng: np.random.Generator, starts: int = 4) -> list[Floats]:
    """Regular rest points with at least two mixing players, in no particular order; `starts` per face."""
    n = len(payoffs)
    found: list[Floats] = []
    for size in range(2, n + 1):
        for mixing in itertools.combinations(range(n), size):
            pure = [player for player in range(n) if player not in mixing]
            for corner in itertools.product((0.0, 1.0), repeat=len(pure)):
                shares = np.zeros(n)
                shares[pure] = corner
                found += on_face(payoffs, shares, list(mixing), rng=rng, starts=starts)
    return found


def on_face(
    payoffs: Floats, shares: Floats, mixing: list[int], *, rng: np.random.Generator, starts: int
) -> list[Floats]:
    """Regular solutions strictly inside one face."""

    def complete(inner: Floats) -> Floats:
        point = shares.copy()
        point[mixing] = inner
        return point

    scale = max(float(np.abs(np.diff(own, axis=player)).max()) for player, own in enumerate(payoffs))
    found: list[Floats] = []
    for start in rng.uniform(size=(starts, len(mixing))):
        answer = root(
            lambda inner: advantages(payoffs, complete(inner))[mixing],
            start,
            jac=lambda inner: slopes(payoffs, complete(inner))[np.ix_(mixing, mixing)],
            tol=1e-14,
        )
        inner = answer.x
        if not np.all((inner > 1e-6) & (inner < 1 - 1e-6)):
            continue
        matrix = slopes(payoffs, complete(inner))[np.ix_(mixing, mixing)]
        regular = np.linalg.svd(matrix, compute_uv=False)[-1] > 1e-6 * scale
        exact = np.abs(advantages(payoffs, complete(inner))[mixing]).max() < 1e-12 * scale
        fresh = all(np.abs(complete(inner) - other).max() > 1e-8 for other in found)
        if regular and exact and fresh:
            found.append(complete(inner))
    return found
