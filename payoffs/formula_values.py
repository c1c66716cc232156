"""The numeric reading of a formula's tree: numpy arrays in, numpy array out, no Python loop over points.

Two passes share the code. The quick pass lets numpy raise on the first overflow, division by zero or invalid
operation; if none occurs, every intermediate number is finite. Otherwise the careful pass runs: each operation
replaces what is not finite by NaN, so that only the branch of a condition that is taken can spoil a result, and
``1/(1/0)`` cannot come back as a quiet zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from payoffs.formula_tree import Call, Choice, Comparison, Name, Negative, Node, Number, Power, Product, Sum, Test

Floats: TypeAlias = NDArray[np.float64] | np.float64
Values: TypeAlias = Mapping[str, Floats]

_COMPARE: dict[str, Callable[[Floats, Floats], Floats]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}
_FUNCTIONS: dict[str, Callable[[Floats], Floats]] = {"exp": np.exp, "log": np.log, "sqrt": np.sqrt}


def evaluate(tree: Node, values: Values) -> Floats:
    """Return the tree's value; NaN exactly where it, or a number on the way to it, is not finite."""
    try:
        with np.errstate(divide="raise", over="raise", invalid="raise", under="ignore"):
            return _number(tree, values, False)
    except FloatingPointError:
        with np.errstate(all="ignore"):
            return _number(tree, values, True)


def _number(node: Node, values: Values, careful: bool) -> Floats:
    match node:
        case Name(name):
            return values[name]
        case Number(_, rounded):
            return rounded
        case Sum(terms):
            result = _sum(terms, values, careful)
        case Product(factors):
            result = _product(factors, values, careful)
        case Negative(operand):
            return np.negative(_number(operand, values, careful))
        case Power(base, exponent):
            result = power(_number(base, values, careful), exponent)
        case Call(function, arguments):
            result = _call(function, [_number(argument, values, careful) for argument in arguments])
        case Choice(test, yes, no):
            return choose(_truth(test, values, careful), _number(yes, values, careful), _number(no, values, careful))
    return _finite_or_nan(result) if careful else result


def _finite_or_nan(result: Floats) -> Floats:
    return np.where(np.isfinite(result), result, np.nan)


def _sum(terms: tuple[tuple[bool, Node], ...], values: Values, careful: bool) -> Floats:
    total = _number(terms[0][1], values, careful)
    for subtracted, term in terms[1:]:
        value = _number(term, values, careful)
        total = np.subtract(total, value) if subtracted else np.add(total, value)
        if careful:
            total = _finite_or_nan(total)
    return total


def _product(factors: tuple[tuple[bool, Node], ...], values: Values, careful: bool) -> Floats:
    total = _number(factors[0][1], values, careful)
    for divides, factor in factors[1:]:
        value = _number(factor, values, careful)
        total = np.divide(total, value) if divides else np.multiply(total, value)
        if careful:
            total = _finite_or_nan(total)
    return total


def power(base: Floats, exponent: Fraction) -> Floats:
    """Return a power; whole ones by multiplication, so that the bits are the same on every machine."""
    if exponent.denominator != 1:
        return np.power(base, float(exponent))
    result: Floats = np.ones_like(base)
    for _ in range(abs(exponent.numerator)):
        result = np.multiply(result, base)
    return np.divide(1.0, result) if exponent < 0 else result


def _call(function: str, arguments: list[Floats]) -> Floats:
    if function in _FUNCTIONS:
        return _FUNCTIONS[function](arguments[0])
    pick = np.minimum if function == "min" else np.maximum
    result = arguments[0]
    for argument in arguments[1:]:
        result = pick(result, argument)
    return result


def choose(truth: Floats, yes: Floats, no: Floats) -> Floats:
    """Return `yes` where the test holds (1), `no` where it does not (0), NaN where it is undefined."""
    return np.where(np.isnan(truth), np.nan, np.where(truth == 1.0, yes, no))


def _truth(test: Test, values: Values, careful: bool) -> Floats:
    """Return 1 where the test holds, 0 where it does not, NaN where that depends on a number that is not finite."""
    if isinstance(test, Comparison):
        return _compare(test, values, careful)
    below = [_truth(inner, values, careful) for inner in test.tests]
    if test.operator == "not":
        return np.subtract(1.0, below[0])
    return join(below, decisive=0.0 if test.operator == "and" else 1.0)


def _compare(test: Comparison, values: Values, careful: bool) -> Floats:
    operands = [_number(operand, values, careful) for operand in test.operands]
    links = [
        compare(operator, left, right)
        for operator, left, right in zip(test.operators, operands, operands[1:], strict=False)
    ]
    return join(links, decisive=0.0)


def compare(operator: str, left: Floats, right: Floats) -> Floats:
    """Return 1 where a comparison holds, 0 where it does not, NaN where a side is."""
    undefined = np.isnan(left) | np.isnan(right)
    return np.where(undefined, np.nan, _COMPARE[operator](left, right))


def join(truths: Sequence[Floats], decisive: float) -> Floats:
    """Join by and (decisive 0) or by or (decisive 1): a decisive part settles the test, whatever the others are."""
    result = truths[0]
    for truth in truths[1:]:
        settled = (result == decisive) | (truth == decisive)
        pick = np.minimum if decisive == 0.0 else np.maximum
        result = np.where(settled, decisive, pick(result, truth))
    return result
