"""How large a sweep is and how long it takes, before it is run."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from gamebook.errors import InputError
from gamebook.sweeps.definition import Sweep
from gamebook.sweeps.layout import Block
from payoffs.texts import Text

MOST_POINTS = 10**12
"""More are refused: they would take months and fill a computing centre."""
USUAL_BYTES = 350
"""Of a point of the built-in game with all measures that cost little, before compression."""
USUAL_RATE = 80_000
"""Of its points per second on two cores; docs/explanation says where the figure comes from."""
MOST_MEMORY = 4 * 2**30
"""Bytes of a result that is kept in memory."""
TRIED_POINTS = 512
"""Points that are worked out to tell the time of the others."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Size and time of a sweep.

    Attributes
    ----------
    points, blocks : how many
    bytes : of the arrays before compression, those of any number of rows per point as in the points that were tried
    seconds : as the points that were tried took, shared by the workers
    tried : how many these were
    """

    points: int
    blocks: int
    bytes: int
    seconds: float
    tried: int


def estimate(stated: Sweep, workers: int) -> Estimate:
    """Work out a few points, spread over the sweep, and tell from them how large it is and how long it takes."""
    layout = stated.layout
    tried = 8 if stated.depth == "paths" else TRIED_POINTS
    starts = np.unique(np.linspace(0, max(0, layout.points - 1), min(8, layout.points)).astype(np.int64))
    each = max(1, tried // len(starts))
    sizes, seconds, count = 0, 0.0, 0
    stated.compute(Block(0, 0, 1, ()))  # compiles, or loads, what is compiled
    for start in starts.tolist():
        block = Block(0, start, min(start + each, layout.points), ())
        began = time.perf_counter()
        arrays, ragged = stated.compute(block)
        seconds += time.perf_counter() - began
        sizes += sum(values.nbytes for values in (*arrays.values(), *ragged.values()))
        count += block.points
    return Estimate(
        points=layout.points,
        blocks=layout.count,
        bytes=layout.points * sizes // count,
        seconds=seconds / count * layout.points / max(1, min(workers, layout.count)),
        tried=count,
    )


def size_fault(points: int) -> InputError | None:
    """Refuse a sweep that nobody can want, with how large it would be and how long it would take."""
    if points <= MOST_POINTS:
        return None
    return InputError(
        "sweep.too_large", points=f"{points:,}", most=f"{MOST_POINTS:,}", size=size_text(points * USUAL_BYTES),
        time=time_text(points / USUAL_RATE),
    )  # fmt: skip


def check_memory(stated: Sweep) -> None:
    """Refuse to keep a result in memory that does not fit.

    Raises
    ------
    InputError
        The message says to give it a folder.
    """
    each = sum(
        np.dtype(column.dtype).itemsize * int(np.prod([size for _, size in column.inner])) for column in stated.columns
    )
    total = stated.layout.points * each
    if total > MOST_MEMORY:
        raise InputError("sweep.memory", size=size_text(total), most=size_text(MOST_MEMORY))


def size_text(count: float) -> str:
    """Return a number of bytes in a unit that suits it.

    Examples
    --------
    >>> size_text(3.5e14), size_text(12)
    ('350.0 TB', '12 B')
    """
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if count < 1000 or unit == "TB":
            return f"{count:.0f} B" if unit == "B" else f"{count:,.1f} {unit}"
        count /= 1000
    raise AssertionError


def time_text(seconds: float) -> Text:
    """Return a time in a unit that suits it, in both languages.

    Examples
    --------
    >>> time_text(90.0).en, time_text(1e7).zh
    ('2 minutes', '116 天')
    """
    for least, unit, en, zh in (
        (2 * 86400.0, 86400.0, "days", "天"), (2 * 3600.0, 3600.0, "hours", "小时"), (60.0, 60.0, "minutes", "分钟"),
    ):  # fmt: skip
        if seconds >= least:
            return Text(f"{seconds / unit:,.0f} {en}", f"{seconds / unit:,.0f} {zh}")
    shown = f"{seconds:.0f}" if seconds >= 1 else "<1"
    return Text(f"{shown} s", f"{shown} 秒")
