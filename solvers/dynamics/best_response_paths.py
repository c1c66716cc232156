"""Paths of the best-response flow recorded at given times."""

from __future__ import annotations

import numba
import numpy as np

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.dynamics.best_response import (
    choose_replies,
    move_along,
    next_switch,
    replies_for,
    slowest_rate,
)
from solvers.dynamics.motion import Motion

FOLLOWED, SLIDES, SPENT = 0, 1, 2
SWITCHES = 64
"""Switches that are looked at together: if so many take hardly any time, the path slides along indifference."""
_HARDLY = 1e-6  # of a unit of time, when a path is recorded


def _record_replies(motion: Motion, x: Floats, times: Floats, most_switches: int, out: Floats) -> tuple[float, int]:
    """Follow one path, in place, and write its shares at the times; returns how far it came, and how it ended."""
    replies, slowest = replies_for(motion), slowest_rate(motion)
    recent = np.full(SWITCHES, -np.inf)
    t, written = 0.0, 0
    for k in range(x.shape[0]):
        replies.target[k] = x[k]
    for switch in range(most_switches):
        if not choose_replies(motion, x, replies):
            return t, SLIDES
        part, which = next_switch(motion, replies)
        end = np.inf if which == -1 else t - np.log1p(-part) / slowest
        while written < times.shape[0] and times[written] <= end:
            move_along(motion, x, times[written] - t, replies, out[written])
            written += 1
        if written == times.shape[0]:
            return float(times[written - 1]), FOLLOWED
        move_along(motion, x, end - t, replies, x)
        t = end
        if t - recent[switch % SWITCHES] < _HARDLY:
            return t, SLIDES
        recent[switch % SWITCHES] = t
    return t, SPENT


record_replies = kernel(_record_replies)


def _record_best_response(motion: Motion, states: Floats, times: Floats, most_switches: int, out: Floats,
                          reached: Floats, status: Integers) -> None:  # fmt: skip
    for p in numba.prange(states.shape[0]):
        reached[p], status[p] = record_replies(motion, states[p], times, most_switches, out[p])


record_best_response = kernel(_record_best_response, parallel=True)
