"""Polynomials on the cube of shares by their Bernstein coefficients, one axis per population.

A polynomial of degree d in a share x has the coefficients c_0, ..., c_d: it is the sum of
c_k C(d, k) x**k (1 - x)**(d - k). On [0, 1] it lies between the smallest and the largest coefficient; c_0 and c_d are
its values at the ends, and a face of the cube keeps the coefficients with these indices.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solvers.arrays import Floats


def value(table: Floats, shares: Floats) -> Floats:
    """Value of a polynomial at one state, by de Casteljau's rule.

    Parameters
    ----------
    table : shape (b1, ..., bn) or (b1, ..., bn, ...), the coefficients; further axes are carried along
    shares : shape (n,)

    Examples
    --------
    >>> float(value(np.array([0.0, 0.0, 1.0]), np.array([0.5])))  # x**2
    0.25
    """
    for x in shares:
        while table.shape[0] > 1:
            table = table[:-1] + x * (table[1:] - table[:-1])
        table = table[0]
    return table


def derivative(table: Floats, axis: int) -> Floats:
    """Coefficients of the derivative with respect to one share; of a constant, zero.

    Examples
    --------
    >>> derivative(np.array([0.0, 0.0, 1.0]), 0)  # 2 x
    array([0., 2.])
    """
    degree = table.shape[axis] - 1
    if degree == 0:
        return np.zeros_like(table)
    slopes: Floats = degree * np.diff(table, axis=axis)
    return slopes


def raised(table: Floats, degrees: Sequence[int]) -> Floats:
    """Write a polynomial with higher degrees; what is constant stays so to the bit.

    Examples
    --------
    >>> raised(np.array([0.0, 1.0]), [2])
    array([0. , 0.5, 1. ])
    """
    for axis, wanted in enumerate(degrees):
        for degree in range(table.shape[axis] - 1, wanted):
            part = np.arange(degree + 2) / (degree + 1)
            before = np.take(table, [0, *range(degree + 1)], axis=axis)
            after = np.take(table, [*range(degree + 1), degree], axis=axis)
            table = _between(after, before, _along(part, axis, table.ndim))
    return table


def mixed(at_zero: Floats, at_one: Floats, axis: int) -> Floats:
    """Coefficients of (1 - x) p + x q for polynomials p, q that may depend on x themselves: one degree more.

    Examples
    --------
    >>> mixed(np.array([1.0, 0.0]), np.array([0.0, 0.0]), 0)  # (1 - x)**2
    array([1., 0., 0.])
    """
    degree = at_zero.shape[axis] - 1
    part = _along(np.arange(degree + 2) / (degree + 1), axis, at_zero.ndim)
    low = np.take(at_zero, [*range(degree + 1), degree], axis=axis)
    high = np.take(at_one, [0, *range(degree + 1)], axis=axis)
    return _between(low, high, part)


def restricted(table: Floats, low: Floats, high: Floats) -> Floats:
    """Coefficients of the polynomial on a box, whose sides become [0, 1]."""
    for axis, (start, end) in enumerate(zip(low, high, strict=True)):
        lines = np.moveaxis(table, axis, 0)
        degree = len(lines) - 1
        rows = []
        for m in range(degree + 1):
            row = lines
            for x in (start,) * (degree - m) + (end,) * m:
                row = row[:-1] + x * (row[1:] - row[:-1])
            rows.append(row[0])
        table = np.moveaxis(np.stack(rows), 0, axis)
    return table


def without_constant_axes(table: Floats) -> Floats:
    """Drop to degree 0 in every share that the coefficients do not depend on, exactly."""
    for axis in range(table.ndim):
        first = np.take(table, [0], axis=axis)
        if table.shape[axis] > 1 and bool((table == first).all()):
            table = first
    return table


def _between(low: Floats, high: Floats, part: Floats) -> Floats:
    """Interpolate: both ends, and what is the same at both, to the bit."""
    return np.where(part == 1.0, high, low + part * (high - low))


def _along(part: Floats, axis: int, axes: int) -> Floats:
    return part.reshape([-1 if each == axis else 1 for each in range(axes)])
