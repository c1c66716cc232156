"""The zero surface of a function on the unit cube, as triangles that end exactly at the faces of the cube."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np

from solvers.arrays import Floats

CELLS = 16
# Six tetrahedra around the main diagonal of a cube; neighbouring cubes cut their common face alike.
TETRAHEDRA = np.array(
    [
        np.cumsum([np.zeros(3, int), *(np.eye(3, dtype=int)[axis] for axis in order)], axis=0)
        for order in itertools.permutations(range(3))
    ]
)


def zero_surface(function: Callable[[Floats], Floats], cells: int = CELLS) -> Floats:
    """Triangles of the surface on which a function is zero, by marching tetrahedra.

    Parameters
    ----------
    function : of points, shape (..., 3), to values, shape (...)
    cells : per edge of the cube; within each tetrahedron the function is taken as linear

    Returns
    -------
    shape (triangles, 3 corners, 3 coordinates); empty if the function has one sign throughout

    Examples
    --------
    >>> triangles = zero_surface(lambda p: p[..., 0] - 0.25, cells=4)
    >>> bool(np.allclose(triangles[..., 0], 0.25))
    True
    """
    axis = np.linspace(0.0, 1.0, cells + 1)
    values = function(np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1))
    values = np.where(values == 0.0, 1e-15, values)  # a node is on one side, so that no triangle is cut twice
    origins = np.stack(np.meshgrid(*[np.arange(cells)] * 3, indexing="ij"), axis=-1).reshape(-1, 1, 1, 3)
    nodes = (origins + TETRAHEDRA[None]).reshape(-1, 4, 3)
    at = values[nodes[..., 0], nodes[..., 1], nodes[..., 2]]
    crossed = ((at > 0).any(axis=1)) & ((at < 0).any(axis=1))
    return _cut(nodes[crossed] / cells, at[crossed])


def _cut(corners: Floats, values: Floats) -> Floats:
    """Cut tetrahedra, shape (k, 4, 3), where the linear function with those values, (k, 4), is zero."""
    order = np.argsort(values, axis=1)
    corners = np.take_along_axis(corners, order[..., None], axis=1)
    values = np.take_along_axis(values, order, axis=1)
    below = (values < 0).sum(axis=1)

    def between(some: Floats, i: int, j: int) -> Floats:
        low, high = values[some, i], values[some, j]
        part = (low / (low - high))[:, None]
        found: Floats = corners[some, i] * (1.0 - part) + corners[some, j] * part
        return found

    found = [np.zeros((0, 3, 3))]
    for count, (a, b, c, d) in {1: (0, 1, 2, 3), 3: (3, 0, 1, 2)}.items():
        some = below == count
        found.append(np.stack([between(some, a, b), between(some, a, c), between(some, a, d)], axis=1))
    some = below == 2  # two corners on either side: a quadrilateral
    p, q, r, s = (between(some, i, j) for i, j in ((0, 2), (0, 3), (1, 3), (1, 2)))
    found += [np.stack([p, q, r], axis=1), np.stack([p, r, s], axis=1)]
    return np.concatenate(found)
