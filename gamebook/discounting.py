"""Discounting: how much less money counts the later it is paid."""

from __future__ import annotations

import math

from gamebook.errors import InputError

DISCOUNT, MOST_DISCOUNT = 0.05, 1.0
"""Rate per year, continuous; an assumption."""


def check_discount(rate: float) -> None:
    """Refuse rates outside [0, 1]."""
    if not 0.0 <= rate <= MOST_DISCOUNT:
        raise InputError("input.discount", value=rate, most=f"{MOST_DISCOUNT:g}")


def annuity(rate: float, years: float) -> float:
    """Present value of 1 a year.

    Examples
    --------
    >>> annuity(0.0, 50.0), round(annuity(0.05, 50.0), 3)
    (50.0, 18.358)
    """
    return years if rate == 0.0 else -math.expm1(-rate * years) / rate
