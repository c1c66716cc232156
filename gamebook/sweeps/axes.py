"""Axes of a sweep: which symbols vary, and over which values; everything wrong with them is said at once.

s_F=0:1:101          101 evenly spaced values, both ends included
phi=log:0.01:1:21    21 values with a constant ratio
t_S=0,0.25,1         these values
x_F=0.05:0.95:19     a share of the status quo
bundle:s_F+c_F=0:1:11    0 to 100 % of what the target sets for these symbols
weight:small=0.1:0.9:9   weight of a segment or region; the others of its kind share the rest as they did
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from gamebook.errors import InputError
from payoffs.parameters import Parameter
from solvers.arrays import Floats

BUNDLE = "bundle:"
WEIGHT = "weight:"
LOG = "log:"
MOST_VALUES = 10_000_000
"""Values on one axis."""


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """One axis of a sweep.

    Attributes
    ----------
    name : as it was written; also the name of the dimension in the store
    kind : what varies: a parameter, a share of the status quo, the strength of a bundle of parameters, or the weight
        of a segment or region
    symbols : the parameter, the share, the parameters of the bundle, or what the weights that change belong to
    values : shape (count,), read-only
    """

    name: str
    kind: Literal["parameter", "start", "bundle", "weight"]
    symbols: tuple[str, ...]
    values: Floats


@dataclass(frozen=True, slots=True)
class AxisSpace:
    """What may vary.

    Attributes
    ----------
    parameters : of the game
    shares : of its status quo
    values : that a target sets, for bundles
    weights : segment or region -> the party it is a part of, or "regions"
    """

    parameters: Mapping[str, Parameter]
    shares: tuple[str, ...]
    values: Mapping[str, float]
    weights: Mapping[str, str] = field(default_factory=dict)


class Faults:
    """Several messages as one text."""

    def __init__(self, errors: Sequence[InputError]) -> None:
        self.errors = tuple(errors)

    def in_language(self, lang: str) -> str:
        """Join the messages, one per line."""
        return "\n  ".join(error.text(lang) for error in self.errors)


SizeCheck = Callable[[int], InputError | None]
"""Says what is wrong with a number of points, if anything is."""


def read_axes(texts: Sequence[str], space: AxisSpace, *, size: SizeCheck | None = None) -> tuple[Axis, ...]:
    """Read axes as written on the command line or a scenario page.

    Parameters
    ----------
    size : says whether there are too many points, so that this is told with everything else that is wrong

    Raises
    ------
    InputError
        One message with everything that is wrong.

    Examples
    --------
    >>> rate = Parameter("s_F", 0.0, 0.0, 1.0, "share", None, "s_F", None, "assumption")
    >>> [axis.values.tolist() for axis in read_axes(["s_F=0:1:3"], AxisSpace({"s_F": rate}, (), {}))]
    [[0.0, 0.5, 1.0]]
    """
    given: list[tuple[str, Floats]] = []
    faults: list[InputError] = []
    for written in texts:
        name, equals, values = (part.strip() for part in written.partition("="))
        if not equals or not name or not values:
            faults.append(InputError("sweep.axis", value=written))
            continue
        try:
            given.append((name, _read_values(name, values)))
        except InputError as error:
            faults.append(error)
    return _axes(given, space, faults, size)


def make_axes(
    given: Mapping[str, ArrayLike], space: AxisSpace, *, size: SizeCheck | None = None
) -> tuple[Axis, ...]:
    """Make axes from arrays, with the same checks."""
    read: list[tuple[str, Floats]] = []
    faults: list[InputError] = []
    for name, values in given.items():
        array = np.array(values, dtype=np.float64, ndmin=1)
        if array.ndim > 1:
            faults.append(InputError("sweep.array", name=name, shape=array.shape))
        else:
            read.append((name, array))
    return _axes(read, space, faults, size)


def points(axes: Sequence[Axis]) -> int:
    """Number of policy points, exact however many there are."""
    return math.prod(len(axis.values) for axis in axes)


def _axes(
    given: Sequence[tuple[str, Floats]], space: AxisSpace, faults: list[InputError], size: SizeCheck | None
) -> tuple[Axis, ...]:
    axes: list[Axis] = []
    taken: dict[str, str] = {}
    for name, values in given:
        found, wrong = _axis(name, values, space)
        faults += wrong
        if found is None:
            continue
        for symbol in found.symbols:
            if symbol in taken:
                faults.append(InputError("sweep.twice", symbol=symbol, first=taken[symbol], second=name))
            taken[symbol] = name
        axes.append(found)
    if not given and not faults:
        faults.append(InputError("sweep.no_axes"))
    too_large = None if size is None else size(math.prod(len(values) for _, values in given))
    if too_large is not None:
        faults.append(too_large)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise InputError("sweep.faults", faults=Faults(faults), count=len(faults))
    return tuple(axes)


def _axis(name: str, values: Floats, space: AxisSpace) -> tuple[Axis | None, list[InputError]]:
    faults = _value_faults(name, values)
    values.flags.writeable = False
    if name.startswith(BUNDLE):
        symbols = tuple(part.strip() for part in name[len(BUNDLE) :].split("+"))
        faults += _bundle_faults(name, symbols, values, space)
        return Axis(name, "bundle", symbols, values), faults
    if name.startswith(WEIGHT):
        part = name[len(WEIGHT) :].strip()
        if part not in space.weights:
            known = ", ".join(space.weights) or "-"
            return None, [*faults, InputError("sweep.weight", near=(part, space.weights), name=part, known=known)]
        return Axis(name, "weight", (f"{WEIGHT}{space.weights[part]}",), values), faults + _inside(name, values, faults)
    if name in space.shares:
        return Axis(name, "start", (name,), values), faults + _inside(name, values, faults)
    if name not in space.parameters:
        return None, [*faults, _unknown(name, space)]
    fault = None if faults else space.parameters[name].array_fault(values)
    if fault is not None:
        parameter = space.parameters[name]
        inside = (values >= parameter.low) & (values <= parameter.high)
        faults.append(
            InputError(
                "sweep.bounds", name=name, value=_first(values, inside), low=f"{parameter.low:g}",
                high=f"{parameter.high:g}",
            )
        )  # fmt: skip
    return Axis(name, "parameter", (name,), values), faults


def _inside(name: str, values: Floats, faults: Sequence[InputError]) -> list[InputError]:
    """Say so if a share or weight is not strictly between 0 and 1."""
    inside = (values > 0.0) & (values < 1.0)
    return [] if faults or inside.all() else [InputError("sweep.share", name=name, value=_first(values, inside))]


def _unknown(name: str, space: AxisSpace) -> InputError:
    return InputError("sweep.unknown", near=(name, (*space.parameters, *space.shares)), name=name)


def _bundle_faults(name: str, symbols: Sequence[str], values: Floats, space: AxisSpace) -> list[InputError]:
    """A bundle scales what the target sets; at every strength all values must stay within their bounds."""
    faults = []
    if len(set(symbols)) < len(symbols):
        faults.append(InputError("sweep.bundle_twice", name=name))
    for symbol in symbols:
        parameter = space.parameters.get(symbol)
        if parameter is None:
            faults.append(_unknown(symbol, space))
            continue
        full = space.values.get(symbol, parameter.default)
        if full == 0.0:
            faults.append(InputError("sweep.bundle_zero", name=name, symbol=symbol))
        scaled = full * values
        inside = (scaled >= parameter.low) & (scaled <= parameter.high)
        if np.isfinite(values).all() and not inside.all():
            faults.append(
                InputError(
                    "sweep.bundle_bounds", name=name, symbol=symbol, value=_first(scaled, inside),
                    low=f"{parameter.low:g}", high=f"{parameter.high:g}",
                )
            )  # fmt: skip
    return faults


def _value_faults(name: str, values: Floats) -> list[InputError]:
    if not len(values):
        return [InputError("sweep.empty", name=name)]
    if not np.isfinite(values).all():
        return [InputError("sweep.not_finite", name=name, value=_first(values, np.isfinite(values)))]
    ordered, counts = np.unique(values, return_counts=True)
    if (counts > 1).any():
        return [InputError("sweep.duplicate", name=name, value=float(ordered[counts > 1][0]))]
    return []


def _first(values: Floats, good: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
    return float(values[~good][0])


def _read_values(name: str, written: str) -> Floats:
    logarithmic = written.startswith(LOG)
    body = written[len(LOG) :] if logarithmic else written
    if ":" in body:
        return _spaced(name, body.split(":"), logarithmic)
    if logarithmic:
        raise InputError("sweep.range", name=name, value=written)
    return np.array([_number(name, part) for part in body.split(",")])


def _spaced(name: str, parts: Sequence[str], logarithmic: bool) -> Floats:
    if len(parts) != 3:
        raise InputError("sweep.range", name=name, value=":".join(parts))
    low, high = _number(name, parts[0]), _number(name, parts[1])
    try:
        count = int(parts[2])
    except ValueError as error:
        raise InputError("sweep.count", name=name, value=parts[2], most=MOST_VALUES) from error
    if not 1 <= count <= MOST_VALUES:
        raise InputError("sweep.count", name=name, value=count, most=MOST_VALUES)
    if not (math.isfinite(low) and math.isfinite(high)):
        raise InputError("sweep.not_finite", name=name, value=low if not math.isfinite(low) else high)
    if low > high:
        raise InputError("sweep.reversed", name=name, low=low, high=high, count=count)
    if (low == high) != (count == 1):
        raise InputError("sweep.one_value", name=name, low=low, high=high, count=count)
    if not logarithmic:
        return np.linspace(low, high, count)
    if low <= 0.0:
        raise InputError("sweep.log", name=name, value=low)
    spaced = np.geomspace(low, high, count)
    spaced[0], spaced[-1] = low, high
    return spaced


def _number(name: str, written: str) -> float:
    try:
        return float(written)
    except ValueError as error:
        raise InputError("sweep.number", name=name, value=written.strip()) from error
