"""Measures of a sweep: numbers per policy point, each with a name, a unit and its meaning in both languages.

    @measure("gap", unit="kCNY per worker and year", title="gap", depth="payoffs", version="1")
    def gap(block: PointBlock) -> Floats:
        return block.payoffs[:, 1, -1] - block.payoffs[:, 1, 0]

registers one of your own; ``gamebook.sweep(..., measures=["gap"])`` stores it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gamebook.errors import InputError
from gamebook.problem import Problem
from gamebook.sweeps.blocks import DEPTHS, Depth, PointBlock, state_names
from gamebook.sweeps.store import Column
from payoffs.texts import Text

Array = NDArray[Any]
Compute = Callable[[PointBlock], Array]
Inner = Callable[[Problem], tuple[tuple[str, tuple[str, ...]], ...]]
"""Dimensions after those of the grid, with the labels along them, for a problem."""


def no_inner(problem: Problem) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """One number per point."""
    return ()


def per_state(problem: Problem) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """One number per state."""
    return (("state", state_names(problem)),)


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """A number, or a few, per policy point.

    Attributes
    ----------
    name : in the store and on the command line
    title, meaning : what it is, in a few words and in a sentence
    unit : of the numbers
    depth : how much must be solved for it
    dtype : of the numbers; ``profiles`` stands for the smallest unsigned type with a bit per pure profile
    inner : dimensions after those of the grid
    compute : from a block of points to shape (points, ...)
    ragged : further arrays with any number of rows per point
    figures : of money, or measures of the game, that it is computed from
    group : on the command line a group stands for all its measures
    costly : left out unless it is named
    blank : stands for a point that is refused, where it is not what ``missing`` says
    own : hash of what its author states, if it is not one of the program's
    """

    name: str
    title: Text
    meaning: Text
    unit: str
    depth: Depth
    dtype: str
    compute: Compute
    inner: Inner = no_inner
    ragged: Callable[[PointBlock], Mapping[str, Array]] | None = None
    figures: tuple[str, ...] = ()
    group: str = ""
    costly: bool = False
    blank: int | None = None
    own: str | None = None

    def column(self, problem: Problem) -> Column:
        """Return the array of the store that holds it."""
        inner = self.inner(problem)
        attributes: dict[str, object] = {
            "units": self.unit,
            "long_name": self.title.en,
            "long_name_zh": self.title.zh,
            "comment": self.meaning.en,
            "comment_zh": self.meaning.zh,
            "labels": {name: list(labels) for name, labels in inner},
        }
        return Column(
            self.name,
            profile_bits(len(problem.free)) if self.dtype == "profiles" else self.dtype,
            tuple((name, len(labels)) for name, labels in inner),
            tuple(attributes.items()),
        )


def profile_bits(players: int) -> str:
    """Name of the smallest unsigned type with a bit per pure profile of so many players of two strategies.

    Examples
    --------
    >>> profile_bits(4), profile_bits(2)
    ('uint16', 'uint8')
    """
    return f"uint{max(8, 1 << players)}"


@dataclass
class _Registry:
    """Measures that users have registered, by name."""

    own: dict[str, Measure] = field(default_factory=dict)


_REGISTERED = _Registry()


def measure(
    name: str,
    *,
    unit: str,
    title: str | Mapping[str, str],
    meaning: str | Mapping[str, str] = "",
    depth: Depth = "rest",
    dtype: str = "float64",
    figures: Sequence[str] = (),
    version: str = "1",
) -> Callable[[Compute], Compute]:
    """Register a measure of your own; the decorated function gets a ``PointBlock`` and returns a number per point.

    Parameters
    ----------
    name : a new one, of letters, digits and underscores
    unit, title, meaning : what the numbers are; title and meaning as one text or as ``{"en": ..., "zh": ...}``
    depth : "payoffs", "pure" or "rest": what must be solved before
    dtype : "float64", "float32", or whole numbers such as "int32"
    figures : money and measures of the game that the function reads from ``block.figures``
    version : change it when the function changes: a store is only continued by a run with the same

    Raises
    ------
    InputError
        If the name is taken or no name, or the type or depth is unknown.

    Examples
    --------
    >>> @measure("rest_of_state", unit="kCNY per worker and year", title="payoff of the state", depth="payoffs")
    ... def rest_of_state(block):
    ...     return block.payoffs[:, 0, -1]
    >>> remove("rest_of_state")
    """
    from gamebook.sweeps.builtin_measures import BUILT_IN

    if not name.isidentifier() or name in BUILT_IN:
        raise InputError("sweep.measure_name", name=name)
    if dtype not in ("float64", "float32", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "bool"):
        raise InputError("sweep.measure_type", name=name, value=dtype)
    if depth not in DEPTHS:
        raise InputError("sweep.measure_depth", name=name, value=depth)
    said = {"unit": unit, "title": title, "meaning": meaning, "depth": depth, "dtype": dtype, "version": version}
    digest = hashlib.sha256(json.dumps([name, said, list(figures)], sort_keys=True).encode()).hexdigest()

    def register(compute: Compute) -> Compute:
        _REGISTERED.own[name] = Measure(
            name, _both(title), _both(meaning), unit, depth, dtype, compute, figures=tuple(figures), own=digest
        )
        return compute

    return register


def remove(name: str) -> None:
    """Forget a measure that was registered."""
    _REGISTERED.own.pop(name, None)


def _both(words: str | Mapping[str, str]) -> Text:
    return Text(words, words) if isinstance(words, str) else Text(words["en"], words.get("zh", words["en"]))


def available(problem: Problem, unit: str, of_game: Mapping[str, tuple[Text, str]]) -> dict[str, Measure]:
    """Measures that exist for a problem, by name.

    Parameters
    ----------
    unit : in which the game counts payoffs
    of_game : title and unit of the measures of the game's page, by id
    """
    from gamebook.sweeps.builtin_measures import measures_for

    return {**measures_for(problem, unit, of_game), **_REGISTERED.own}


def chosen(names: Sequence[str] | None, known: Mapping[str, Measure]) -> tuple[Measure, ...]:
    """Return the measures that names or groups stand for; all that are not costly if none is given.

    Raises
    ------
    InputError
        If there is no such measure; the message names all that there are.
    """
    if names is None:
        return tuple(each for each in known.values() if not each.costly and each.own is None)
    groups = {each.group for each in known.values() if each.group}
    found: dict[str, Measure] = {}
    for name in names:
        if name in known:
            found[name] = known[name]
        elif name in groups:
            found.update({each.name: each for each in known.values() if each.group == name and not each.costly})
        else:
            raise InputError(
                "sweep.measure", near=(name, (*known, *groups)), name=name, known=", ".join((*sorted(groups), *known))
            )
    if not found:
        raise InputError("sweep.no_measures")
    return tuple(found.values())


def depth_of(measures: Sequence[Measure]) -> Depth:
    """How much must be solved for some measures."""
    return max((each.depth for each in measures), key=DEPTHS.index)


def missing(dtype: str) -> object:
    """What stands for a point that is refused: no number, -1, or the empty set."""
    kind = np.dtype(dtype).kind
    return np.nan if kind == "f" else False if kind == "b" else 0 if kind == "u" else -1
