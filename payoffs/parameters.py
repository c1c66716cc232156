"""Parameters of a game and the check of the values given for them."""

from __future__ import annotations

import math
import numbers
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payoffs.errors import Fault, did_you_mean
from payoffs.texts import Text
from payoffs.units import UNITS


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that a policy or an assumption sets.

    Attributes
    ----------
    symbol, name, unit, latex : how it is written
    default, low, high : its value if nobody sets one, and its bounds (may be infinite), in `unit`
    source, confidence : where the default comes from, in words, and what it is: "datum", "policy document" or
        "assumption"
    instrument : id of the instrument it belongs to; None for the base game
    evidence : range that documented values span, in `unit`; None if there are none. `source` says whose they are
    uncertain : whether it is a fact of the world that is not known exactly, rather than a choice of policy
    """

    symbol: str
    default: float
    low: float
    high: float
    unit: str
    name: Text
    latex: str
    source: Text
    confidence: str
    instrument: str | None = None
    evidence: tuple[float, float] | None = None
    uncertain: bool = True

    def value_fault(self, value: object) -> Fault | None:
        """Return what is wrong with a single value, or None."""
        number = real_number(value)
        if number is None:
            return Fault("value.type", {"symbol": self.symbol, "value": value})
        if not math.isfinite(number):
            return Fault("value.not_finite", {"symbol": self.symbol, "value": number})
        return None if self.low <= number <= self.high else self._outside(number)

    def array_fault(self, values: NDArray[np.float64]) -> Fault | None:
        """Return what is wrong with the first bad element of an array, or None."""
        good = (values >= self.low) & (values <= self.high) & np.isfinite(values)
        if good.all():
            return None
        index = tuple(int(i) for i in np.argwhere(~good)[0])
        value = float(values[index])
        fault = self._outside(value) if math.isfinite(value) else self.value_fault(value)
        return fault and Fault("value.at_index", {"index": str(list(index)), "fault": fault.message()})

    def _outside(self, value: float) -> Fault:
        fields = {"symbol": self.symbol, "value": value, "low": self.low, "high": self.high}
        if not self.unit:
            return Fault("value.bounds_plain", fields)
        unit = Text(self.unit, UNITS[self.unit]) if self.unit in UNITS else self.unit
        return Fault("value.bounds", {**fields, "unit": unit})


def real_number(value: object) -> float | None:
    """Return a Python, numpy or exact number as a float; None for truth values, texts and everything else."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Real):
        return None
    try:
        return float(value)
    except OverflowError:
        return math.inf


def value_faults(parameters: Mapping[str, Parameter], values: Mapping[str, object]) -> list[Fault]:
    """Return everything that is wrong with single values given by symbol."""
    faults = []
    for symbol, value in values.items():
        fault = parameters[symbol].value_fault(value) if symbol in parameters else unknown(symbol, parameters)
        if fault:
            faults.append(fault)
    return faults


def unknown(symbol: str, known: Collection[str]) -> Fault:
    """Return the fault of a value for a parameter that the game does not have."""
    return Fault("value.unknown", {"symbol": symbol, "hint": did_you_mean(str(symbol), known)})


def checked_array(parameter: Parameter, value: object) -> NDArray[np.float64] | Fault:
    """Return a number, list or array of numbers as a float64 array, or what is wrong with it."""
    number = real_number(value)
    if number is not None:
        return parameter.value_fault(value) or np.asarray(number, dtype=np.float64)
    if not isinstance(value, np.ndarray | list | tuple) and not hasattr(value, "__array__"):
        return Fault("value.type", {"symbol": parameter.symbol, "value": value})
    try:
        array = np.asarray(value)
    except ValueError:  # lists of different lengths
        return Fault("value.type", {"symbol": parameter.symbol, "value": value})
    hidden_truth = isinstance(value, list | tuple) and any(
        isinstance(item, bool | np.bool_) for item in np.asarray(value, dtype=object).flat
    )
    if array.dtype.kind not in "iuf" or hidden_truth:
        return Fault("value.type", {"symbol": parameter.symbol, "value": value})
    floats = array.astype(np.float64)
    return parameter.array_fault(floats) or floats
