"""Bernstein coefficients on boxes, compiled: restriction, slopes at the centre, values at a point.

A system of functions on k variables is an array ``coefficients[function, c]``, the coefficients of every function in
C order, with common ``degrees[variable]``; every degree is at least 1. On a box with centre c and half-width h,
``t = (x - c) / h`` runs over [-1, 1].
"""

from __future__ import annotations

from functools import lru_cache
from math import comb
from typing import NamedTuple

import numpy as np

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel


class Grid(NamedTuple):
    """What the kernels need to know of the degrees, as plain arrays.

    Attributes
    ----------
    degrees, strides : shape (k,), of each variable's axis in a flattened table
    nodes : shape (k, size), the place of each coefficient along each variable in t: from -1 to 1 in equal steps,
        which are the coefficients of the function t itself
    slopes : shape (k, size), weights of the derivative with respect to t at the centre
    """

    degrees: Integers
    strides: Integers
    nodes: Floats
    slopes: Floats


@lru_cache(maxsize=64)
def grid(degrees: tuple[int, ...]) -> Grid:
    """Return the grid of coefficients of functions with these degrees, all at least 1."""
    shape = tuple(degree + 1 for degree in degrees)
    size = int(np.prod(shape))
    strides = np.array([int(np.prod(shape[j + 1 :])) for j in range(len(shape))], dtype=np.int64)
    index = np.indices(shape).reshape(len(shape), size)
    nodes = 2.0 * index / np.array(degrees)[:, None] - 1.0
    weights = [np.array([comb(d, m) for m in range(d + 1)]) / 2.0**d for d in degrees]
    changes = [-d / 2.0**d * np.diff([0, *(comb(d - 1, m) for m in range(d)), 0]) for d in degrees]
    slopes = np.ones((len(shape), size))
    for j in range(len(shape)):
        for other in range(len(shape)):
            slopes[j] *= (changes if other == j else weights)[other][index[other]]
    return Grid(np.array(degrees, dtype=np.int64), strides, nodes, slopes)


def _restrict(
    coefficients: Floats, degrees: Integers, strides: Integers, low: Floats, high: Floats, out: Floats
) -> None:
    """Write the coefficients on the box [low, high] into ``out[function, c]``.

    The coefficient m of a line is what de Casteljau's rule gives with m steps to the upper end and the others to the
    lower one: the polar form. It divides by nothing, so boxes may be tiny, touch the border or reach beyond it.
    """
    size = coefficients.shape[1]
    longest = 1
    for j in range(degrees.shape[0]):
        longest = max(longest, degrees[j] + 1)
    line, work = np.empty(longest), np.empty(longest)
    for f in range(coefficients.shape[0]):
        for c in range(size):
            out[f, c] = coefficients[f, c]
        for j in range(degrees.shape[0]):
            degree, stride = degrees[j], strides[j]
            for first in range(size):
                if (first // stride) % (degree + 1) != 0:
                    continue
                for m in range(degree + 1):
                    line[m] = out[f, first + m * stride]
                for m in range(degree + 1):
                    for r in range(degree + 1):
                        work[r] = line[r]
                    for step in range(degree):
                        x = low[j] if step < degree - m else high[j]
                        for r in range(degree - step):
                            work[r] += x * (work[r + 1] - work[r])
                    out[f, first + m * stride] = work[0]


restrict = kernel(_restrict)


def _values_and_slopes(
    coefficients: Floats,
    degrees: Integers,
    strides: Integers,
    point: Floats,
    values: Floats,
    matrix: Floats,
) -> None:
    """Write f(point) into ``values`` and d f / d x_j into ``matrix[f, j]``, by de Casteljau's rule."""
    size, variables = coefficients.shape[1], degrees.shape[0]
    work = np.empty(size)
    for f in range(coefficients.shape[0]):
        for slope in range(-1, variables):
            for c in range(size):
                work[c] = coefficients[f, c]
            for j in range(variables):
                degree, stride = degrees[j], strides[j]
                # Once a variable is contracted only coefficients with index 0 along it are used.
                for step in range(degree):
                    differ = j == slope and step == degree - 1
                    for c in range(size):
                        place = (c // stride) % (degree + 1)
                        if place < degree - step:
                            rise = work[c + stride] - work[c]
                            work[c] = degree * rise if differ else work[c] + point[j] * rise
            if slope < 0:
                values[f] = work[0]
            else:
                matrix[f, slope] = work[0]


values_and_slopes = kernel(_values_and_slopes)
