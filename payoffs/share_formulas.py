"""The reading of a formula's tree in which names may be polynomials in the shares.

Parts of a formula without shares are worked out as numbers (:mod:`payoffs.formula_values`), to the same bits. With
shares there are sums, products, whole powers, division by something without shares, and a minimum or maximum that is
decided at all shares; anything else is not a polynomial and is refused by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from payoffs import formula_values
from payoffs.bernstein import share_range
from payoffs.errors import Fault, PageError, message
from payoffs.expressions import Expression
from payoffs.formula_tree import Call, Choice, Name, Negative, Node, Number, Power, Product, Sum, walk
from payoffs.formula_values import Floats
from payoffs.share_polynomials import (
    Monomial,
    SharePolynomial,
    ShareValue,
    add,
    divide,
    multiply,
    negative,
    subtract,
    terms_of,
    whole_power,
)

MOST_DEGREE = 8
"""In one share: beyond, Bernstein coefficients lose digits, and no policy page needs it."""


class NotPolynomialError(Exception):
    """The operation at which a formula stops being a polynomial in the shares."""

    def __init__(self, operation: str) -> None:
        self.operation = operation


def evaluate(formula: Expression, names: Mapping[str, ShareValue], what: str) -> ShareValue:
    """Return the value of a formula.

    Parameters
    ----------
    names : value of every name
    what : what the formula is for, to name it in a message

    Raises
    ------
    PageError
        the formula is not a polynomial in the shares, or of too high a degree in one of them
    """
    try:
        with np.errstate(all="ignore"):
            value = _value(formula.tree, names)
    except NotPolynomialError as error:
        operation = message(f"share_payoffs.operation.{error.operation}")
        fields = {"name": what, "formula": formula.text, "operation": operation}
        raise PageError([Fault("share_payoffs.not_polynomial", fields)]) from None
    checked_degree(value, what)
    return value


def checked_degree(value: ShareValue, what: str) -> None:
    """Refuse a degree above the limit."""
    if isinstance(value, SharePolynomial):
        degree = max((value.degree(position) for position in value.shares), default=0)
        if degree > MOST_DEGREE:
            raise PageError([Fault("share_payoffs.degree", {"name": what, "degree": degree, "most": MOST_DEGREE})])


def _value(node: Node, names: Mapping[str, ShareValue]) -> ShareValue:
    if not _depends(node, names):
        return formula_values.evaluate(node, names)  # type: ignore[arg-type]
    match node:
        case Name(name):
            return names[name]
        case Sum(terms):
            return _sum(terms, names)
        case Product(factors):
            return _product(factors, names)
        case Negative(operand):
            return negative(_value(operand, names))
        case Power(base, exponent):
            value = _value(base, names)
            if exponent.denominator != 1 or exponent < 0 or not isinstance(value, SharePolynomial):
                raise NotPolynomialError("power")
            return whole_power(value, exponent.numerator)
        case Call(("min" | "max") as function, arguments):
            return _extreme(function, [_value(argument, names) for argument in arguments])
        case Call(function):
            raise NotPolynomialError(function)
        case Choice():
            raise NotPolynomialError("choose")
        case Number():
            raise TypeError("a number depends on no share")


def _depends(node: Node, names: Mapping[str, ShareValue]) -> bool:
    return any(isinstance(part, Name) and isinstance(names[part.name], SharePolynomial) for part in walk(node))


def _sum(terms: Sequence[tuple[bool, Node]], names: Mapping[str, ShareValue]) -> ShareValue:
    total = _value(terms[0][1], names)
    for subtracted, term in terms[1:]:
        value = _value(term, names)
        total = subtract(total, value) if subtracted else add(total, value)
    return total


def _product(factors: Sequence[tuple[bool, Node]], names: Mapping[str, ShareValue]) -> ShareValue:
    total = _value(factors[0][1], names)
    for divides, factor in factors[1:]:
        value = _value(factor, names)
        if not divides:
            total = multiply(total, value)
        elif isinstance(value, SharePolynomial):
            raise NotPolynomialError("divide")
        else:
            total = divide(total, value)
    return total


def _extreme(function: str, arguments: Sequence[ShareValue]) -> ShareValue:
    """Return the minimum or maximum, chosen at each point and profile, if no share can change the choice."""
    total = arguments[0]
    for argument in arguments[1:]:
        low, high = share_range(subtract(total, argument))
        first, second = np.asarray(high <= 0), np.asarray(low >= 0)
        if not np.all(first | second):
            raise NotPolynomialError(function)
        total = _chosen(first if function == "min" else second, total, argument)
    return total


def _chosen(first: NDArray[np.bool_], one: ShareValue, other: ShareValue) -> ShareValue:
    here, there = terms_of(one), terms_of(other)
    zero: Floats = np.float64(0.0)
    chosen: dict[Monomial, Floats] = {
        monomial: np.where(first, here.get(monomial, zero), there.get(monomial, zero))
        for monomial in dict.fromkeys((*here, *there))
    }
    return SharePolynomial(chosen)
