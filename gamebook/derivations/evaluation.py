"""Values of formulas at points: exact in fractions, or many points at once in float64; never by generated code."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import sympy
from numpy.typing import NDArray

Value: TypeAlias = Fraction | NDArray[np.float64] | float
Values: TypeAlias = Mapping[sympy.Symbol, Value]


class InexactError(ValueError):
    """A formula whose value at a rational point is no rational number, such as exp(1)."""


def fraction(number: sympy.Rational) -> Fraction:
    """Return a sympy number as a fraction."""
    return Fraction(int(number.p), int(number.q))


def rational(number: Fraction | int) -> sympy.Rational:
    """Return a fraction as a sympy number."""
    value = Fraction(number)
    return sympy.Rational(value.numerator, value.denominator)


def evaluate(formula: sympy.Expr, values: Values, known: dict[sympy.Expr, Value] | None = None) -> Value:
    """Return the value of a formula: a fraction if all values are fractions, else floats that broadcast.

    Parameters
    ----------
    values : for every symbol
    known : values of parts found so far; pass the same dictionary to share them between formulas

    Raises
    ------
    InexactError
        for fractions, where the value is irrational

    Examples
    --------
    >>> x, y = sympy.symbols("x y")
    >>> evaluate(sympy.Min(x, 3) * y**2, {x: Fraction(5), y: Fraction(1, 2)})
    Fraction(3, 4)
    """
    known = {} if known is None else known
    if formula in known:
        return known[formula]
    if formula.is_Symbol:
        result = values[formula]
    elif formula.is_Rational:
        result = fraction(formula)
    else:
        result = _operation(formula, values, known)
    known[formula] = result
    return result


def _operation(formula: sympy.Expr, values: Values, known: dict[sympy.Expr, Value]) -> Value:
    if isinstance(formula, sympy.Piecewise):
        return _choice(formula, values, known)
    below = [evaluate(part, values, known) for part in formula.args]
    if isinstance(formula, sympy.Add):
        return _total(below)
    if isinstance(formula, sympy.Mul):
        return _product(below)
    if isinstance(formula, sympy.Pow):
        return _power(below[0], formula.exp)
    if isinstance(formula, sympy.Min | sympy.Max):
        return _extreme(below, least=isinstance(formula, sympy.Min))
    for kind, function in ((sympy.exp, np.exp), (sympy.log, np.log)):
        if isinstance(formula, kind):
            return _inexact(function, below[0])
    raise InexactError(str(formula.func))


def _total(parts: Iterable[Value]) -> Value:
    total: Value = Fraction(0)
    for part in parts:
        total = _joined(operator.add, total, part)
    return total


def _product(parts: Iterable[Value]) -> Value:
    total: Value = Fraction(1)
    for part in parts:
        total = _joined(operator.mul, total, part)
    return total


def _joined(operation: Callable[[Any, Any], Any], left: Value, right: Value) -> Value:
    """A fraction meets an array as a float: numpy would make an array of objects of the two."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        result: Value = operation(left, right)
        return result
    floats = [float(side) if isinstance(side, Fraction) else side for side in (left, right)]
    return np.asarray(operation(*floats), dtype=np.float64)


def _power(base: Value, exponent: sympy.Expr) -> Value:
    power = fraction(exponent)
    if isinstance(base, Fraction):
        if power.denominator != 1:
            return _root(base, power)
        if base == 0 and power < 0:
            raise InexactError("division by zero")
        return base**power.numerator
    with np.errstate(all="ignore"):
        return np.asarray(base, dtype=np.float64) ** float(power)


def _root(base: Fraction, power: Fraction) -> Fraction:
    """Return a root where it is rational."""
    degree = power.denominator
    ends = [round(abs(part) ** (1 / degree)) for part in (base.numerator, base.denominator)]
    root = Fraction(ends[0], ends[1] or 1)
    if base < 0 or root**degree != base:
        raise InexactError(f"{base}**{power}")
    return root**power.numerator


def _extreme(parts: list[Value], *, least: bool) -> Value:
    if all(isinstance(part, Fraction) for part in parts):
        return min(parts) if least else max(parts)
    pick = np.minimum if least else np.maximum
    result = np.asarray(parts[0], dtype=np.float64)
    for part in parts[1:]:
        result = pick(result, np.asarray(part, dtype=np.float64))
    return result


def _inexact(function: np.ufunc, argument: Value) -> Value:
    if isinstance(argument, Fraction):
        raise InexactError(function.__name__)
    with np.errstate(all="ignore"):
        return np.asarray(function(argument), dtype=np.float64)


def _choice(formula: sympy.Piecewise, values: Values, known: dict[sympy.Expr, Value]) -> Value:
    exact = all(isinstance(values[symbol], Fraction) for symbol in formula.free_symbols)
    if exact:
        point = {symbol: rational(values[symbol]) for symbol in formula.free_symbols}  # type: ignore[arg-type]
        for part, test in formula.args:
            if test.subs(point) == sympy.true:
                return evaluate(part, values, known)
        return Fraction(0)
    result: Value = math.nan
    for part, test in reversed(formula.args):
        truth = _truth(test, values, known)
        value = evaluate(part, values, known)
        result = np.where(truth, np.asarray(value, dtype=np.float64), np.asarray(result, dtype=np.float64))
    return result


def _truth(test: sympy.logic.boolalg.Boolean, values: Values, known: dict[sympy.Expr, Value]) -> NDArray[np.bool_]:
    if test in (sympy.true, sympy.false):
        return np.asarray(test == sympy.true)
    if isinstance(test, sympy.And | sympy.Or):
        combine = np.logical_and if isinstance(test, sympy.And) else np.logical_or
        parts = [_truth(part, values, known) for part in test.args]
        result = parts[0]
        for part in parts[1:]:
            result = combine(result, part)
        return result
    if isinstance(test, sympy.Not):
        return np.logical_not(_truth(test.args[0], values, known))
    left, right = (np.asarray(evaluate(side, values, known), dtype=np.float64) for side in test.args)
    compare = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal, "==": np.equal}
    return np.asarray(compare.get(test.rel_op, np.not_equal)(left, right))
