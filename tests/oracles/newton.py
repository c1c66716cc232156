"""Newton's method from many starts on every face of many two-strategy games at once, by plain array arithmetic.

It keeps no books on what was excluded and proves nothing; what it finds is a rest point, what it does not find may
still be one. A solver that promises all rest points must list everything that turns up here.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STARTS = {1: 1, 2: 6, 3: 24, 4: 80, 5: 300}
"""By the number of mixing players; with regular roots at most 1, 2, 9 and 44 exist."""
STEPS = 40
INSIDE = 1e-7
RESIDUAL = 1e-11
REGULAR = 1e-6
SAME = 1e-7


def advantages_on(games: Floats, mixing: tuple[int, ...], corner: dict[int, int]) -> Floats:
    """Advantages of the mixing players over the corners of a face; shape (games, k, 2, ..., 2)."""
    rows = []
    for player in mixing:
        own = games[:, player]
        table = np.take(own, 1, axis=player + 1) - np.take(own, 0, axis=player + 1)
        table = np.stack([table, table], axis=player + 1)  # constant along the own axis
        place = tuple(slice(None) if i in mixing else corner[i] for i in range(games.shape[1]))
        rows.append(table[(slice(None), *place)])
    return np.stack(rows, axis=1)


def at(tables: Floats, shares: Floats) -> Floats:
    """Values of multi-affine functions; ``tables`` (games, k, 2, ..., 2), ``shares`` (games, starts, k)."""
    values = tables[:, None]  # (games, 1, k, 2, ..., 2)
    for a in range(shares.shape[-1] - 1, -1, -1):
        x = shares[..., a].reshape(*shares.shape[:2], *(1,) * (values.ndim - 3))
        values = values[..., 0] * (1.0 - x) + values[..., 1] * x
    return values


def slopes_at(tables: Floats, shares: Floats) -> Floats:
    """Derivatives [games, starts, function, variable], as differences between the ends of each variable."""
    columns = []
    for a in range(shares.shape[-1]):
        low, high = shares.copy(), shares.copy()
        low[..., a], high[..., a] = 0.0, 1.0
        columns.append(at(tables, high) - at(tables, low))
    return np.stack(columns, axis=-1)


def roots_inside(tables: Floats, rng: np.random.Generator) -> list[list[Floats]]:
    """Regular zeros strictly inside the face that Newton's method finds, per game."""
    games, k = tables.shape[:2]
    tables = tables / np.maximum(np.abs(tables).reshape(games, k, -1).max(axis=2), 1e-300).reshape(games, k, *(1,) * k)
    x = rng.uniform(size=(games, STARTS[k], k))
    for _ in range(STEPS):
        slopes = slopes_at(tables, x)
        singular = np.abs(np.linalg.det(slopes)) < 1e-14
        slopes[singular] = np.eye(k)
        step = np.linalg.solve(slopes, at(tables, x)[..., None])[..., 0]
        # Long steps are cut, so that a start near a singular point comes back from it.
        length = np.abs(step).max(axis=-1, keepdims=True)
        x = np.clip(x - step * np.minimum(1.0, 0.5 / np.maximum(length, 1e-300)), -1.0, 2.0)
    smallest = np.linalg.svd(slopes_at(tables, x), compute_uv=False)[..., -1]
    good = ((x > INSIDE) & (x < 1.0 - INSIDE)).all(axis=-1)
    good &= (np.abs(at(tables, x)).max(axis=-1) < RESIDUAL) & (smallest > REGULAR)
    found: list[list[Floats]] = []
    for game in range(games):
        own: list[Floats] = []
        for point in x[game, good[game]]:
            if all(np.abs(point - other).max() > SAME for other in own):
                own.append(point)
        found.append(own)
    return found


def faces(n: int) -> Iterator[tuple[tuple[int, ...], dict[int, int]]]:
    """Mixing players, at least two, and what the others play."""
    for size in range(2, n + 1):
        for mixing in itertools.combinations(range(n), size):
            pure = [player for player in range(n) if player not in mixing]
            for choice in itertools.product((0, 1), repeat=len(pure)):
                yield mixing, dict(zip(pure, choice, strict=True))


def rest_points(games: Floats, rng: np.random.Generator) -> list[list[Floats]]:
    """Regular rest points with at least two mixing players of each game (games, n, 2, ..., 2), as shares."""
    n = games.shape[1]
    found: list[list[Floats]] = [[] for _ in games]
    for mixing, corner in faces(n):
        for own, roots in zip(found, roots_inside(advantages_on(games, mixing, corner), rng), strict=True):
            for root in roots:
                point = np.array([float(corner.get(player, 0)) for player in range(n)])
                point[list(mixing)] = root
                own.append(point)
    return found
