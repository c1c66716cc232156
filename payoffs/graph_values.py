"""What each operation of a formula graph does to float64 arrays, to the bits of :mod:`payoffs.formula_values`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from payoffs.formula_graph import Operation
from payoffs.formula_values import Floats, choose, compare, join, power

Floating: TypeAlias = NDArray[np.float64]

# These write into an array that is given, so that a block of points needs no new memory.
UFUNCS: dict[str, np.ufunc] = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": np.divide,
    "negative": np.negative,
    "min": np.minimum,
    "max": np.maximum,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
}


def operate(operation: Operation, operands: Sequence[Floats], out: Floating) -> None:
    """Write the result of an operation into `out`; floating-point errors are as `numpy.errstate` says."""
    ufunc = UFUNCS.get(operation.kind)
    if ufunc is not None:
        ufunc(*operands, out=out)
    else:
        np.copyto(out, _OTHERS.get(operation.kind, _compare)(operation, operands))


def without_infinities(values: Floating) -> None:
    """Replace what is not finite by NaN, so that it cannot turn into a finite number again."""
    np.copyto(values, np.nan, where=~np.isfinite(values))


def _power(operation: Operation, operands: Sequence[Floats]) -> Floats:
    if not isinstance(operation.data, Fraction):
        raise TypeError("a power without an exponent")
    return power(operands[0], operation.data)


def _compare(operation: Operation, operands: Sequence[Floats]) -> Floats:
    return compare(operation.kind, *operands)


_OTHERS: dict[str, Callable[[Operation, Sequence[Floats]], Floats]] = {
    "power": _power,
    "choose": lambda _, operands: choose(*operands),
    "and": lambda _, operands: join(operands, decisive=0.0),
    "or": lambda _, operands: join(operands, decisive=1.0),
    "not": lambda _, operands: np.subtract(1.0, operands[0]),
}
