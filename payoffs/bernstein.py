"""Bernstein coefficients of polynomials in shares: how payoffs that depend on shares travel.

A polynomial of degree d in a share x has d + 1 coefficients c_0, ..., c_d: it is the sum of c_k times
B_k(x) = C(d, k) x**k (1 - x)**(d - k). It lies between the smallest and the largest coefficient on [0, 1]; c_0 and
c_d are its values at the ends. With several shares there is one axis of coefficients per share, the last axes of an
array.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from math import comb, factorial, prod

import numpy as np
from numpy.typing import NDArray

from payoffs.formula_values import Floats
from payoffs.share_polynomials import Monomial, SharePolynomial, ShareValue, terms_of

Coefficients = NDArray[np.float64]


def coefficients_of(value: ShareValue, degrees: Sequence[int]) -> Coefficients:
    """Return the coefficients of a value in the shares: its own axes, then one of length degree + 1 per party.

    A value that does not depend on a share has the same coefficients along its axis, to the bit.

    Examples
    --------
    >>> from payoffs.share_polynomials import SharePolynomial
    >>> square = SharePolynomial({(0, 0): np.float64(1.0)})
    >>> coefficients_of(square, [3]).round(3).tolist()
    [0.0, 0.0, 0.333, 1.0]
    """
    terms = terms_of(value)
    shape = np.broadcast_shapes(*(np.shape(each) for each in terms.values()))
    lengths = tuple(degree + 1 for degree in degrees)
    total = np.zeros((*shape, *lengths))
    total += np.asarray(terms.get((), 0.0)).reshape(*np.shape(terms.get((), 0.0)), *(1,) * len(lengths))
    for monomial, each in terms.items():
        if monomial:
            total += np.asarray(each).reshape(*np.shape(each), *(1,) * len(lengths)) * _of_monomial(monomial, degrees)
    return total


def _of_monomial(monomial: Monomial, degrees: Sequence[int]) -> Coefficients:
    """Coefficients of a product of powers: along one axis x**m has C(k, m) / C(d, m)."""
    table = np.ones(())
    for position, degree in enumerate(degrees):
        power = monomial.count(position)
        along = [comb(k, power) / comb(degree, power) for k in range(degree + 1)]
        table = np.multiply.outer(table, np.array(along))
    return table


def share_range(value: ShareValue) -> tuple[Floats, Floats]:
    """Return bounds that hold at all shares in [0, 1]: the smallest and the largest coefficient."""
    terms = terms_of(value)
    positions = sorted({position for monomial in terms for position in monomial})
    if not positions:
        constant = terms.get((), np.float64(0.0))
        return constant, constant
    renamed: Mapping[Monomial, Floats] = {
        tuple(positions.index(position) for position in monomial): each for monomial, each in terms.items()
    }
    table = coefficients_of(SharePolynomial(renamed), _degrees(renamed, len(positions)))
    axes = tuple(range(-len(positions), 0))
    return table.min(axis=axes), table.max(axis=axes)


def _degrees(terms: Mapping[Monomial, Floats], count: int) -> list[int]:
    return [max(monomial.count(position) for monomial in terms) for position in range(count)]


def raised(coefficients: Coefficients, degrees: Sequence[int], wanted: Sequence[int]) -> Coefficients:
    """Return the same polynomials with higher degrees; the last axes belong to the shares.

    Examples
    --------
    >>> raised(np.array([0.0, 1.0]), [1], [3]).round(3).tolist()
    [0.0, 0.333, 0.667, 1.0]
    """
    table = coefficients
    for position, (degree, higher) in enumerate(zip(degrees, wanted, strict=True)):
        axis = table.ndim - len(degrees) + position
        for each in range(degree, higher):
            table = _raised_by_one(table, axis, each)
    return table


def _raised_by_one(table: Coefficients, axis: int, degree: int) -> Coefficients:
    before = np.take(table, [0, *range(degree + 1)], axis=axis)
    after = np.take(table, [*range(degree + 1), degree], axis=axis)
    part = (np.arange(degree + 2) / (degree + 1)).reshape([-1 if each == axis else 1 for each in range(table.ndim)])
    # c_k + part * (c_(k-1) - c_k): what is constant stays so to the bit.
    result: Coefficients = np.where(part == 1.0, before, after + part * (before - after))
    return result


def values_at(coefficients: Coefficients, shares: NDArray[np.float64], parties: int) -> NDArray[np.float64]:
    """Return the polynomials at given shares, by de Casteljau's rule.

    Parameters
    ----------
    coefficients : shape (..., b1, ..., bn)
    shares : shape (..., n), leading axes broadcasting with those of the coefficients
    """
    table = coefficients
    for position in reversed(range(parties)):
        x = shares[..., position].reshape(*shares.shape[:-1], *(1,) * (position + 1))
        while table.shape[-1] > 1:
            table = table[..., :-1] + x * (table[..., 1:] - table[..., :-1])
        table = table[..., 0]
    return table


def in_populations(coefficients: Coefficients, weights: Sequence[Sequence[float]]) -> Coefficients:
    """Return the coefficients in the shares of populations, of which the parties' shares are weighted means.

    Parameters
    ----------
    coefficients : shape (..., b1, ..., bn), one axis per party
    weights : for each party the weights of its populations, summing to 1

    Returns
    -------
    shape (..., one axis per population), populations in the order of the parties. The degree in each population is
    that of its party.

    Examples
    --------
    x**2 with x the mean of two shares: at (1, 0) it is a quarter.

    >>> table = in_populations(np.array([0.0, 0.0, 1.0]), [[0.5, 0.5]])
    >>> float(table[0, 0]), float(table[2, 0]), float(table[2, 2])
    (0.0, 0.25, 1.0)
    """
    table = coefficients
    for position, each in enumerate(weights):
        axis, count = table.ndim - (len(weights) - position), len(each)
        first = np.take(table, 0, axis=axis)
        change = np.moveaxis(table, axis, -1) - first[..., None]
        spread = np.tensordot(change, _composition(table.shape[axis] - 1, each), 1)
        spread = np.moveaxis(spread, list(range(-count, 0)), list(range(axis, axis + count)))
        # From the first coefficient on: what is constant stays so to the bit.
        table = np.expand_dims(first, tuple(range(axis, axis + count))) + spread
    return table


def _composition(degree: int, weights: Sequence[float]) -> NDArray[np.float64]:
    """Coefficients of B_k(w_1 y_1 + ... + w_K y_K) in y_1, ..., y_K, for each k: shape (degree + 1,) * (K + 1)."""
    lengths = (degree + 1,) * len(weights)
    by_power = np.zeros((degree + 1, *lengths))
    for chosen in itertools.product(range(degree + 1), repeat=len(weights)):
        total = sum(chosen)
        if total <= degree:
            count = factorial(total) // prod(factorial(each) for each in chosen)
            weight = prod(w**each for w, each in zip(weights, chosen, strict=True))
            monomial = tuple(itertools.chain(*([j] * each for j, each in enumerate(chosen))))
            by_power[total] += count * weight * _of_monomial(monomial, [degree] * len(weights))
    result: NDArray[np.float64] = np.tensordot(_in_powers(degree), by_power, 1)
    return result


def _in_powers(degree: int) -> NDArray[np.float64]:
    """Matrix [k, m]: what B_k contributes to x**m."""
    matrix = np.zeros((degree + 1, degree + 1))
    for k in range(degree + 1):
        for m in range(k, degree + 1):
            matrix[k, m] = (-1) ** (m - k) * comb(degree, m) * comb(m, k)
    return matrix
