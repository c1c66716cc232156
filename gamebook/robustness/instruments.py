"""Which instruments a verdict needs: each left out in turn, and the smallest sets that are enough."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gamebook.book import Case
from gamebook.robustness.claim import Claim
from gamebook.sweeps.verdicts import point_judge
from payoffs.instruments import Instrument
from solvers.arrays import Booleans
from solvers.attractors import Profile
from solvers.batches.results import profiles_of

MOST_SETS = 65_536
"""Sets that are tried: every subset of up to 16 instruments; of more, those up to a size."""


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """The case without one instrument, or with no other.

    Attributes
    ----------
    instrument : its id
    holds : whether the verdict still holds without it; None if ties or ranges leave it open
    sinks : sink components without it, as profiles of the free populations
    alone : whether it alone is enough for the verdict; None likewise
    """

    instrument: str
    holds: bool | None
    sinks: tuple[tuple[Profile, ...], ...]
    alone: bool | None


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    """What the verdict needs.

    Attributes
    ----------
    left_out : every instrument in force that can be turned off
    enough : sets of instruments that give the verdict while none of their subsets does, smallest first
    tried, sufficient : number of sets that were tried, and that give the verdict
    largest : size of the largest set tried; all subsets were tried if it is the number of instruments
    """

    left_out: tuple[LeftOut, ...]
    enough: tuple[tuple[str, ...], ...]
    tried: int
    sufficient: int
    largest: int

    @property
    def all_tried(self) -> bool:
        """Whether every subset was tried."""
        return self.largest == len(self.left_out)


def needs(
    case: Case,
    claim: Claim,
    *,
    settings: Mapping[str, float],
    in_force: Sequence[str],
    values: Mapping[str, float] | None,
    given: Mapping[str, float] | None,
) -> Needs | None:
    """Turn instruments off, one and several at a time; None if none is in force that can be.

    Parameters
    ----------
    settings : value of every parameter; in_force : ids of the instruments
    values, given : what the case was stated with
    """
    tools = [tool for tool in case.game.instruments if tool.id in in_force and _is_on(tool, settings)]
    if not tools:
        return None
    switches = [symbol for tool in tools for symbol in tool.switches]
    judge = point_judge(case, switches, values=values, given=given)
    largest = _largest(len(tools))
    sets = _sets(len(tools), largest)
    owner = np.array([i for i, tool in enumerate(tools) for _ in tool.switches])
    full = np.array([settings[symbol] for symbol in switches])
    found = judge.at(np.where(sets[:, owner], full, 0.0))
    holds = claim.holds(found)
    size = sets.sum(axis=1)
    left_out = []
    for i, tool in enumerate(tools):
        without = int(np.flatnonzero((size == len(tools) - 1) & ~sets[:, i])[0])
        alone = int(np.flatnonzero((size == 1) & sets[:, i])[0])
        words = found.sinks[found.sink_offsets[without] : found.sink_offsets[without + 1]].tolist()
        sinks = tuple(tuple(profiles_of(word, found.players)) for word in words)
        left_out.append(LeftOut(tool.id, _answer(holds[without]), sinks, _answer(holds[alone])))
    enough = _minimal(sets[(holds == 1) & (size <= largest)])
    return Needs(
        left_out=tuple(left_out),
        enough=tuple(tuple(tool.id for tool, on in zip(tools, row, strict=True) if on) for row in enough),
        tried=len(sets),
        sufficient=int((holds == 1).sum()),
        largest=largest,
    )


def _is_on(tool: Instrument, settings: Mapping[str, float]) -> bool:
    return any(settings[symbol] != 0.0 for symbol in tool.switches)


def _answer(value: np.int8) -> bool | None:
    return None if value < 0 else bool(value)


def _largest(count: int) -> int:
    """Largest size of which all subsets, and all smaller ones, are few enough.

    Examples
    --------
    >>> _largest(7), _largest(16), _largest(20)
    (7, 16, 6)
    """
    total = 0
    for size in range(count + 1):
        total += math.comb(count, size)
        if total > MOST_SETS:
            return size - 1
    return count


def _sets(count: int, largest: int) -> Booleans:
    """Subsets to try, shape (sets, instruments), each once: those up to a size, and those that lack one or none."""
    chosen = [few for size in range(largest + 1) for few in itertools.combinations(range(count), size)]
    sets = np.zeros((len(chosen), count), dtype=np.bool_)
    rows = np.repeat(np.arange(len(chosen)), [len(few) for few in chosen])
    sets[rows, np.fromiter(itertools.chain.from_iterable(chosen), dtype=np.int64, count=len(rows))] = True
    if largest >= count:
        return sets
    nearly = ~np.eye(count + 1, count, dtype=np.bool_)
    return np.concatenate([sets, nearly[nearly.sum(axis=1) > largest]])


def _minimal(sets: Booleans) -> Booleans:
    """Those of the sets that contain no other of them, smallest first."""
    kept: list[int] = []
    order = np.argsort(sets.sum(axis=1), kind="stable")
    for row in order.tolist():
        if not any((sets[row] | ~sets[other]).all() for other in kept):
            kept.append(row)
    return sets[kept]
