"""What is claimed of a case, as something that holds or fails at every parameter point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gamebook.sweeps.response_words import NO, OPEN, YES
from gamebook.sweeps.verdicts import PointVerdicts

Answers = NDArray[np.int8]
"""1 yes, 0 no, -1 open, for every point."""
Kind = Literal["certain", "stable_only", "unstable", "sinks", "stable"]
KINDS: tuple[Kind, ...] = ("certain", "stable_only", "unstable", "sinks", "stable")


@dataclass(frozen=True, slots=True)
class Claim:
    """A verdict that holds or fails.

    Attributes
    ----------
    kind : ``certain``: coordination is the only sink; ``stable_only``: it is stable, and not the only sink;
        ``unstable``: somebody leaves it; ``stable``: nobody does; ``sinks``: the sinks are those of the case itself
    sinks : sink components of the case as sets of profiles, by their lowest bit
    """

    kind: Kind
    sinks: tuple[int, ...]

    def holds(self, found: PointVerdicts) -> Answers:
        """Whether the claim holds at every point: 1 yes, 0 no, -1 open (ties, or out of range)."""
        if self.kind == "certain":
            return found.certain
        if self.kind == "stable":
            return found.stable
        if self.kind == "unstable":
            return np.where(found.stable == OPEN, OPEN, YES - found.stable)
        if self.kind == "sinks":
            return self._same_sinks(found)
        both = np.where((found.stable == YES) & (found.certain == NO), YES, NO)
        refuted = (found.stable == NO) | (found.certain == YES)
        is_open = ~refuted & ((found.stable == OPEN) | (found.certain == OPEN))
        return np.where(is_open, OPEN, both)

    def _same_sinks(self, found: PointVerdicts) -> Answers:
        counts = np.diff(found.sink_offsets)
        same = counts == len(self.sinks)
        rows = np.flatnonzero(same)
        table = found.sinks[found.sink_offsets[rows][:, None] + np.arange(len(self.sinks))]
        same[rows] = (table == np.array(self.sinks, dtype=np.uint64)).all(axis=1)
        return np.where(found.decided, np.where(same, YES, NO), OPEN)


def claim_of(found: PointVerdicts, kind: Kind | None = None) -> Claim | None:
    """What the verdict at the first point claims; None if ties leave it open there.

    Parameters
    ----------
    found : verdicts, the first of them that of the case itself
    kind : what to claim instead
    """
    sinks = tuple(found.sinks[: found.sink_offsets[1]].tolist())
    if kind is not None:
        return Claim(kind, sinks)
    stable, certain = found.stable[0], found.certain[0]
    if found.coordination is None:
        return Claim("sinks", sinks) if found.decided[0] else None
    if certain == YES:
        return Claim("certain", sinks)
    if stable == NO:
        return Claim("unstable", sinks)
    return Claim("stable_only", sinks) if stable == YES and certain == NO else None


def conjunction(one: Answers, other: Answers) -> Answers:
    """Whether both hold: no where either is refuted, open where that is not settled.

    Examples
    --------
    >>> conjunction(np.array([1, 1, 0, -1], np.int8), np.array([1, -1, -1, 0], np.int8)).tolist()
    [1, -1, 0, 0]
    """
    refuted, proved = (one == NO) | (other == NO), (one == YES) & (other == YES)
    return np.where(refuted, NO, np.where(proved, YES, OPEN))
