"""Shares from log-odds for many paths in lockstep: an exponential that runs in vectors.

Arrays of the lanes are flat: the ``LANES`` numbers of one population (or table cell) after those of the one before. To
enter a loop costs as much as dozens of its rounds, so a formula that treats all populations alike is one long loop.

Two habits keep loops in the form that compilers turn into vector instructions. Places are unsigned, ``row(i) + c``: a
signed one might be negative and count from the end. And loops read all they need before they choose.
"""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel

LANES = 64
"""Paths in lockstep: enough for long loops, few enough for all that a step needs to stay in the nearest memory."""
COLUMNS = np.uint64(LANES)
"""The same number, unsigned."""

_LOG2_E = 1.0 / math.log(2.0)
_LN2_HIGH = math.floor(math.log(2.0) * 2.0**20) / 2.0**20  # the first bits of log 2: small multiples are exact
_LN2_LOW = float(Decimal(2).ln() - Decimal(_LN2_HIGH))  # the rest of it
_TO_WHOLE = 1.5 * 2.0**52  # adding this rounds to a whole number, which then stands in the lowest bits
_FARTHEST = 700.0  # exp(-700) is still a normal number; log-odds beyond it make no difference to any payoff
# Pade's approximant of order 6: exp(r) = (even + odd) / (even - odd), to 2e-19 on [-log(2)/2, log(2)/2].
_EVEN_1, _EVEN_2, _EVEN_3 = 5.0 / 44.0, 1.0 / 792.0, 1.0 / 665280.0
_ODD_0, _ODD_1, _ODD_2 = 1.0 / 2.0, 1.0 / 66.0, 1.0 / 15840.0


def _row(i: int) -> np.uint64:
    """Where the numbers of population i begin."""
    return np.uint64(i) * COLUMNS


row = kernel(_row)


def _quotient_in_lanes(z: Floats, above: Floats, below: Floats, power: Floats, bits: Integers) -> None:
    """Write two numbers whose quotient is exp(-abs(z)), right to a few units in the last place.

    The library's exponential is one call per number. This one is a rational function on [-log(2)/2, log(2)/2], scaled
    by a power of two. Who needs a sigmoid divides only once.

    Parameters
    ----------
    z, above, below, power : shape (n * LANES,); the last three may be longer
    bits : the memory of ``power`` seen as whole numbers
    """
    for c in range(z.shape[0]):
        far = -min(abs(z[c]), _FARTHEST)
        shifted = far * _LOG2_E + _TO_WHOLE
        power[c] = shifted
        whole = shifted - _TO_WHOLE
        r = (far - whole * _LN2_HIGH) - whole * _LN2_LOW
        s = r * r
        even = 1.0 + s * (_EVEN_1 + s * (_EVEN_2 + s * _EVEN_3))
        odd = r * (_ODD_0 + s * (_ODD_1 + s * _ODD_2))
        above[c] = even + odd
        below[c] = even - odd
    for c in range(z.shape[0]):
        bits[c] = (bits[c] << 52) + (1023 << 52)
    for c in range(z.shape[0]):
        above[c] *= power[c]


quotient_in_lanes = kernel(_quotient_in_lanes, fastmath={"contract"}, ieee=True)


def _odds_in_lanes(z: Floats, odds: Floats, share: Floats, power: Floats, bits: Integers) -> None:
    """Write exp(-abs(z)), the odds of the rarer strategy, and 1 / (1 + exp(-z)), the share of index 1."""
    quotient_in_lanes(z, odds, share, power, bits)
    for c in range(z.shape[0]):
        high, low = odds[c], share[c]
        odds[c] = high / low
        share[c] = (low if z[c] >= 0.0 else high) / (high + low)


odds_in_lanes = kernel(_odds_in_lanes, ieee=True)


def _sigmoid_in_lanes(z: Floats, share: Floats, room: Floats, power: Floats, bits: Integers) -> None:
    """Write 1 / (1 + exp(-z)), right to a few units in the last place at both ends."""
    quotient_in_lanes(z, share, room, power, bits)
    for c in range(z.shape[0]):
        high, low = share[c], room[c]
        share[c] = (low if z[c] >= 0.0 else high) / (high + low)


sigmoid_in_lanes = kernel(_sigmoid_in_lanes, ieee=True)
