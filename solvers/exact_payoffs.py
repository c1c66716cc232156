"""Payoffs as integers over a common denominator, so that signs of sums are certain."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solvers.mixed_profiles import payoff_array
from solvers.pure import ROUNDING_OF_PAYOFFS

Exact: TypeAlias = NDArray[np.object_]  # Python integers: no rounding, no overflow


@dataclass(frozen=True, slots=True, eq=False)
class ExactPayoffs:
    """Payoffs as integers, without rounding.

    Attributes
    ----------
    cells : per player an array (m1, ..., mn) of Python integers; times ``units`` they are the payoffs
    units : per player
    slack : per player, in those integers: differences up to it may be what rounding left of a tie. 0 where the
        payoffs were given as integers or fractions
    """

    cells: tuple[Exact, ...]
    units: tuple[Fraction, ...]
    slack: tuple[int, ...]


def exact_payoffs(payoffs: ArrayLike) -> ExactPayoffs:
    """Return payoffs as integers over a common denominator per player.

    Parameters
    ----------
    payoffs : shape (n, m1, ..., mn). Floats stand for the exact binary numbers that they are, and carry a slack for the
        rounding with which they were computed; integers and ``Fraction`` objects carry none.

    Examples
    --------
    >>> exact = exact_payoffs(np.array([[Fraction(1, 3), Fraction(1, 2)]], dtype=object))
    >>> exact.cells[0].tolist(), exact.units, exact.slack
    ([2, 3], (Fraction(1, 6),), (0,))
    """
    given = np.asarray(payoffs)
    payoff_array(given)
    rounded = given.dtype.kind == "f" or (given.dtype.kind == "O" and any(isinstance(v, float) for v in given.flat))
    cells, units, slack = [], [], []
    for table in given:
        flat = [Fraction(value) for value in table.ravel().tolist()]
        denominator = math.lcm(*(value.denominator for value in flat))
        whole = [value.numerator * (denominator // value.denominator) for value in flat]
        array = np.empty(table.size, dtype=object)
        array[:] = whole
        cells.append(array.reshape(table.shape))
        units.append(Fraction(1, denominator))
        largest = max(abs(value) for value in whole)
        slack.append(int(largest * Fraction(ROUNDING_OF_PAYOFFS)) if rounded else 0)
    return ExactPayoffs(tuple(cells), tuple(units), tuple(slack))
