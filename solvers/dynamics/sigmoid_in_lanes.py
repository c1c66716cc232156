"""Shares from log-odds for many paths in lockstep: an exponential that runs in vectors."""

from __future__ import annotations

import math
from decimal import Decimal

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel

LANES = 128
"""Paths in lockstep: columns of the arrays of the lanes."""

_LOG2_E = 1.0 / math.log(2.0)
_LN2_HIGH = math.floor(math.log(2.0) * 2.0**20) / 2.0**20  # the first bits of log 2: small multiples are exact
_LN2_LOW = float(Decimal(2).ln() - Decimal(_LN2_HIGH))  # the rest of it
_TO_WHOLE = 1.5 * 2.0**52  # adding this rounds to a whole number, which then stands in the lowest bits
_FARTHEST = 700.0  # exp(-700) is still a normal number; log-odds beyond it make no difference to any payoff
_T2, _T3, _T4, _T5, _T6, _T7 = (1.0 / math.factorial(k) for k in range(2, 8))
_T8, _T9, _T10, _T11, _T12, _T13 = (1.0 / math.factorial(k) for k in range(8, 14))


def _odds_in_lanes(z: Floats, odds: Floats, power: Floats, bits: Integers) -> None:
    """Write exp(-abs(z)), right to a few units in the last place.

    The library's exponential is one call per number. This one is a Taylor polynomial on [-log(2)/2, log(2)/2], scaled
    by a power of two.

    Parameters
    ----------
    z, odds, power : shape (n, LANES)
    bits : the memory of ``power`` seen as whole numbers
    """
    for i in range(z.shape[0]):
        for c in range(LANES):
            power[i, c] = -min(abs(z[i, c]), _FARTHEST) * _LOG2_E + _TO_WHOLE
        for c in range(LANES):
            whole = power[i, c] - _TO_WHOLE
            r = (-min(abs(z[i, c]), _FARTHEST) - whole * _LN2_HIGH) - whole * _LN2_LOW
            high = _T8 + r * (_T9 + r * (_T10 + r * (_T11 + r * (_T12 + r * _T13))))
            low = _T4 + r * (_T5 + r * (_T6 + r * (_T7 + r * high)))
            odds[i, c] = 1.0 + r * (1.0 + r * (_T2 + r * (_T3 + r * low)))
        for c in range(LANES):
            bits[i, c] = (bits[i, c] << 52) + (1023 << 52)
        for c in range(LANES):
            odds[i, c] *= power[i, c]


odds_in_lanes = kernel(_odds_in_lanes)


def _sigmoid_in_lanes(z: Floats, share: Floats, power: Floats, bits: Integers) -> None:
    """Write 1 / (1 + exp(-z)), right to a few units in the last place at both ends."""
    odds_in_lanes(z, share, power, bits)
    for i in range(z.shape[0]):
        for c in range(LANES):
            odds = share[i, c]
            share[i, c] = (1.0 if z[i, c] >= 0.0 else odds) / (1.0 + odds)


sigmoid_in_lanes = kernel(_sigmoid_in_lanes)
