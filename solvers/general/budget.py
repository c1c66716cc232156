"""How much work a search may do, in boxes or in seconds; what a time allowed can be asked for again as boxes.

Exact linear work counts in steps (a pair of supports, a vertex), subdivision in boxes; ``STEPS_PER_BOX`` steps are
worth a box. When the time is up, the limit is set to what has been used, so that the same limit in boxes ends a later
search at the very same point.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from solvers.arrays import Integers

STEPS_PER_BOX = 25


class BudgetSpent(Exception):  # noqa: N818 - the name of the finding, not of a failure
    """The budget is used up."""


class Budget:
    """Work that is left.

    Parameters
    ----------
    most_boxes : whole number, at least 1
    most_seconds : time from now on; None for no limit

    Examples
    --------
    >>> budget = Budget(most_boxes=2)
    >>> budget.spend(30)
    >>> budget.boxes, budget.boxes_left
    (2, 0)
    """

    def __init__(self, most_boxes: int, most_seconds: float | None = None) -> None:
        self._limit = most_boxes * STEPS_PER_BOX
        self._used = 0
        self._deadline = None if most_seconds is None else time.monotonic() + most_seconds

    @property
    def boxes(self) -> int:
        """Boxes used, steps included; as a limit they end another search where this one is."""
        return min(self._limit, -(-self._used // STEPS_PER_BOX) * STEPS_PER_BOX) // STEPS_PER_BOX

    @property
    def boxes_left(self) -> int:
        """Boxes that may still be examined."""
        self._look_at_the_clock()
        return max(0, self._limit - self._used) // STEPS_PER_BOX

    def spend(self, steps: int = 1) -> None:
        """Count steps.

        Raises
        ------
        BudgetSpent
            If they go beyond the limit.
        """
        self._used += steps
        self._look_at_the_clock()
        if self._used > self._limit:
            raise BudgetSpent

    def spend_boxes(self, boxes: int) -> None:
        """Count boxes that were examined."""
        self._used += boxes * STEPS_PER_BOX

    def _look_at_the_clock(self) -> None:
        if self._deadline is not None and time.monotonic() > self._deadline:
            self._limit = min(self._limit, -(-self._used // STEPS_PER_BOX) * STEPS_PER_BOX)
            self._deadline = None

    @contextmanager
    def stop(self) -> Iterator[Integers]:
        """Hand out an array of one number that turns from 0 to 1 when the time is up, for a kernel to look at."""
        flag = np.zeros(1, np.int64)
        if self._deadline is None:
            yield flag
            return
        timer = threading.Timer(max(0.0, self._deadline - time.monotonic()), flag.__setitem__, (0, 1))
        timer.daemon = True
        timer.start()
        try:
            yield flag
        finally:
            timer.cancel()
