"""Polynomial payoffs at many points: one matrix product of the points' monomials with the matrix of coefficients.

Monomials are built one multiplication at a time from monomials already there. The product is formed in pieces of the
same shape whatever the number of points, so that the bits of a result do not depend on how points are cut into chunks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from payoffs.graph_values import Floating
from payoffs.polynomials import Exponents, Polynomial, exponents

# Points and payoffs per matrix product. OpenBLAS sets threads of its own to work on products of more than 64**3
# multiplications; they would get into each other's way, since several blocks of points are worked on at once.
ROWS = COLUMNS = 64
UNIT_ROUNDOFF = 2.0**-53


class PolynomialTensor:
    """Polynomials in the same parameters, ready to be evaluated.

    Parameters
    ----------
    polynomials : one per payoff
    count : number of parameters that vary
    constants : float64 values to use for the constant terms in place of the rounded exact ones

    Attributes
    ----------
    exponents : those of each monomial; the first is the constant. Monomials that are only needed to build others
        are among them
    coefficients : shape (monomials, payoffs), each the exact one rounded once, but for given constant terms
    constant_errors : per payoff, how far the constant term is from the exact one

    Examples
    --------
    >>> tensor = PolynomialTensor([{0: Fraction(1, 2), 1: Fraction(3), 257: Fraction(2)}], 2)  # 1/2 + 3x + 2xy
    >>> tensor.exponents
    ((0, 0), (1, 0), (1, 1))
    >>> out = np.empty((2, 1))
    >>> tensor.fill(np.array([[0.0, 1.0], [0.0, 2.0]]), out, tensor.memory(2))
    >>> out.ravel()
    array([0.5, 7.5])
    """

    def __init__(
        self, polynomials: Sequence[Polynomial], count: int, constants: NDArray[np.float64] | None = None
    ) -> None:
        used = {exponents(monomial, count) for polynomial in polynomials for monomial in polynomial}
        self.exponents, factors = _factored(used, count)
        row = {powers: index for index, powers in enumerate(self.exponents)}
        # Rows of the monomials or, for single parameters, of the points, counted from -1 downwards.
        self._steps = [tuple(-1 - each.index(1) if sum(each) == 1 else row[each] for each in pair) for pair in factors]
        self.coefficients = np.zeros((len(self.exponents), len(polynomials)))
        for column, polynomial in enumerate(polynomials):
            for monomial, factor in polynomial.items():
                self.coefficients[row[exponents(monomial, count)], column] = float(factor)
        exact = [Fraction(polynomial.get(0, 0)) for polynomial in polynomials]
        if constants is not None:
            self.coefficients[0] = constants
        pairs = zip(self.coefficients[0], exact, strict=True)
        self.constant_errors = np.array([abs(float(Fraction(float(value)) - wanted)) for value, wanted in pairs])

    @property
    def degree(self) -> int:
        """The largest degree of a monomial in all parameters together."""
        return max(sum(powers) for powers in self.exponents)

    def memory(self, points: int) -> Floating:
        """Return working memory for :meth:`fill` with up to so many points."""
        memory = np.zeros((len(self.exponents), -(-points // ROWS) * ROWS))
        memory[0] = 1.0
        return memory

    def fill(self, points: NDArray[np.float64], out: NDArray[np.float64], memory: Floating) -> None:
        """Write the payoffs at the points.

        Parameters
        ----------
        points : shape (parameters that vary, points)
        out : shape (points, payoffs), C-contiguous
        memory : what :meth:`memory` returned for at least so many points
        """
        count = points.shape[1]
        self._multiply(points, memory[:, :count])
        padded = -(-count // ROWS) * ROWS  # what stands beyond the points is left from before, and thrown away
        pieces = memory[:, :padded].reshape(len(memory), -1, ROWS).transpose(1, 2, 0)
        whole = out if padded == count else np.empty((padded, out.shape[1]))
        products = whole.reshape(-1, ROWS, out.shape[1])
        for first in range(0, out.shape[1], COLUMNS):
            columns = slice(first, first + COLUMNS)
            np.matmul(pieces, self.coefficients[:, columns], out=products[:, :, columns])
        if padded != count:
            out[:] = whole[:count]

    def _multiply(self, points: NDArray[np.float64], memory: NDArray[np.float64]) -> None:
        for target, factors in enumerate(self._steps, 1):
            first, second = (memory[row] if row >= 0 else points[-1 - row] for row in factors)
            np.multiply(first, second, out=memory[target])

    def error_bound(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how far each payoff can be from its exact value at each point: shape (points, payoffs).

        With K monomials of degree up to d and unit roundoff u = 2^-53, each term passes through at most n = K + 2d + 2
        roundings: of its decimal inputs, of its monomial, of its coefficient, of the product and of K sums. So the
        error is at most n*u/(1 - n*u) times the sum of the terms' sizes, and the error of a constant term that was
        given. Exact means: the inputs are the decimals that the floats are written as.
        """
        powers = np.ones((len(self.exponents), points.shape[1]))
        self._multiply(np.abs(points), powers)
        sizes = powers.T @ np.abs(self.coefficients)
        roundings = (len(self.exponents) + 2 * self.degree + 4) * UNIT_ROUNDOFF  # 2 more for this computation itself
        bound: NDArray[np.float64] = roundings / (1 - roundings) * sizes
        bound += self.constant_errors * (1 + 4 * UNIT_ROUNDOFF)
        return bound


def _factored(used: set[Exponents], count: int) -> tuple[tuple[Exponents, ...], list[tuple[Exponents, Exponents]]]:
    """Return the monomials, lower degrees first, and for each but the first, 1, two others of which it is the product.

    Single parameters need not be among the monomials to be factors. A monomial that is no such product brings one more
    monomial with it: itself without one of its parameters.
    """
    one = (0,) * count
    singles = [tuple(int(place == other) for other in range(count)) for place in range(count)]
    factors: dict[Exponents, tuple[Exponents, Exponents]] = {}
    waiting = sorted(used - {one}, key=_order, reverse=True)
    while waiting:
        powers = waiting[-1]
        pair = _pair(powers, singles, factors) if powers not in factors else factors[powers]
        if pair is None:
            waiting.append(_without_one(powers))
        else:
            factors[waiting.pop()] = pair
    monomials = (one, *sorted(factors, key=_order))
    return monomials, [factors[powers] for powers in monomials[1:]]


def _order(powers: Exponents) -> tuple[int, Exponents]:
    return sum(powers), tuple(-power for power in powers)


def _pair(
    powers: Exponents, singles: Sequence[Exponents], known: Mapping[Exponents, object]
) -> tuple[Exponents, Exponents] | None:
    if powers in singles:
        return (0,) * len(powers), powers
    for factor in (*singles, *known):
        rest = tuple(whole - part for whole, part in zip(powers, factor, strict=True))
        if min(rest) >= 0 and (rest in singles or rest in known):
            return rest, factor
    return None


def _without_one(powers: Exponents) -> Exponents:
    last = max(place for place, power in enumerate(powers) if power)
    return (*powers[:last], powers[last] - 1, *powers[last + 1 :])
