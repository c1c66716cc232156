"""Polynomials in the parties' shares whose coefficients are arrays over points and profiles.

Formulas that use shares are worked out with these instead of numbers. A value that does not depend on shares stays
an array and passes through the same operations as without shares, so a rate of zero leaves no trace in any bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from payoffs.formula_values import Floats

Monomial: TypeAlias = tuple[int, ...]
"""The positions of the parties whose shares are multiplied, sorted, with repetitions; () is the constant."""


@dataclass(frozen=True, slots=True, eq=False)
class SharePolynomial:
    """A polynomial in the shares.

    Attributes
    ----------
    terms : coefficient of each monomial; arrays that broadcast together

    Examples
    --------
    >>> x = SharePolynomial({(0,): np.float64(1.0)})
    >>> product = multiply(subtract(np.float64(1.0), x), x)
    >>> {monomial: float(value) for monomial, value in product.terms.items()}
    {(0,): 1.0, (0, 0): -1.0}
    """

    terms: Mapping[Monomial, Floats]

    @property
    def shares(self) -> frozenset[int]:
        """Positions of the parties whose shares occur."""
        return frozenset(position for monomial in self.terms for position in monomial)

    def degree(self, position: int) -> int:
        """Largest power of one share."""
        return max((monomial.count(position) for monomial in self.terms), default=0)


ShareValue: TypeAlias = Floats | SharePolynomial


def terms_of(value: ShareValue) -> Mapping[Monomial, Floats]:
    """Return the coefficients of a value; an array is a constant."""
    return value.terms if isinstance(value, SharePolynomial) else {(): value}


def add(left: ShareValue, right: ShareValue) -> ShareValue:
    """Return the sum."""
    return _joined(left, right, np.add)


def subtract(left: ShareValue, right: ShareValue) -> ShareValue:
    """Return the difference."""
    return _joined(left, right, np.subtract)


def _joined(left: ShareValue, right: ShareValue, operation: np.ufunc) -> ShareValue:
    if not isinstance(left, SharePolynomial) and not isinstance(right, SharePolynomial):
        return _array(operation(left, right))
    one, other = terms_of(left), terms_of(right)
    zero = np.float64(0.0)
    return SharePolynomial(
        {
            monomial: one[monomial] if monomial not in other else operation(one.get(monomial, zero), other[monomial])
            for monomial in dict.fromkeys((*one, *other))
        }
    )


def multiply(left: ShareValue, right: ShareValue) -> ShareValue:
    """Return the product."""
    if not isinstance(left, SharePolynomial) and not isinstance(right, SharePolynomial):
        return _array(np.multiply(left, right))
    terms: dict[Monomial, Floats] = {}
    for one, factor in terms_of(left).items():
        for other, times in terms_of(right).items():
            monomial = tuple(sorted((*one, *other)))
            value = np.multiply(factor, times)
            terms[monomial] = np.add(terms[monomial], value) if monomial in terms else value
    return SharePolynomial(terms)


def divide(left: ShareValue, right: Floats) -> ShareValue:
    """Return the quotient by a number without shares."""
    if not isinstance(left, SharePolynomial):
        return _array(np.divide(left, right))
    return SharePolynomial({monomial: np.divide(value, right) for monomial, value in left.terms.items()})


def negative(value: ShareValue) -> ShareValue:
    """Return the value with its sign changed."""
    if not isinstance(value, SharePolynomial):
        return _array(np.negative(value))
    return SharePolynomial({monomial: np.negative(each) for monomial, each in value.terms.items()})


def whole_power(base: SharePolynomial, exponent: int) -> ShareValue:
    """Return a power with a whole exponent of at least 0."""
    result: ShareValue = np.float64(1.0)
    for _ in range(exponent):
        result = multiply(result, base)
    return result


def without_zeros(value: ShareValue) -> ShareValue:
    """Drop the monomials whose coefficients are zero everywhere; an array if no share is left.

    A taper on a subsidy that is not paid does not make payoffs depend on shares.
    """
    if not isinstance(value, SharePolynomial):
        return value
    terms = {monomial: each for monomial, each in value.terms.items() if not monomial or np.any(each != 0)}
    if set(terms) <= {()}:
        return terms.get((), np.float64(0.0))
    return SharePolynomial(terms)


def is_finite(value: ShareValue) -> NDArray[np.bool_]:
    """Return where all coefficients are finite, broadcast together."""
    finite = np.asarray(True)
    for each in terms_of(value).values():
        finite = finite & np.isfinite(each)
    return finite


def at_shares(value: ShareValue, shares: NDArray[np.float64]) -> Floats:
    """Return the value where the shares are numbers.

    Parameters
    ----------
    shares : shape (party, ...), whose entries broadcast with the coefficients
    """
    total: Floats | None = None
    for monomial, each in terms_of(value).items():
        term = each
        for position in monomial:
            term = np.multiply(term, shares[position])
        total = term if total is None else np.add(total, term)
    return np.float64(0.0) if total is None else total


def _array(values: Floats) -> Floats:
    return values
