"""Paths of the best-response flow recorded at given times."""

from __future__ import annotations

import numba
import numpy as np

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.dynamics.best_response import (
    Replies,
    choose_replies,
    move_along,
    next_switch,
    replies_for,
    slowest_rate,
)
from solvers.dynamics.best_response_sliding import (
    ALIKE,
    NOT_UNIQUE,
    REACHED,
    RESTED,
    TIED,
    Slide,
    slide_along,
    slide_for,
    tie,
)
from solvers.dynamics.motion import Motion

FOLLOWED, SLIDES, SPENT = 0, 1, 2
SWITCHES = 64
"""Switches that are looked at together: if so many take hardly any time, the path slides along indifference."""
HARDLY = 1e-6
"""Such a time, in units in which the fastest population revises once."""


def _record_slide(motion: Motion, x: Floats, t: float, written: int, times: Floats, out: Floats, replies: Replies,
                  slide: Slide) -> tuple[float, int, int]:  # fmt: skip
    """Follow a path along indifference and write its shares; returns when it ends, how many are written, and why."""
    nowhere = np.full(motion.sizes.shape[0], -1)
    while written < times.shape[0]:
        t, why = slide_along(motion, x, t, times[written], nowhere, 1.0, replies, slide)
        if why not in (REACHED, RESTED):
            return t, written, why
        last = times.shape[0] if why == RESTED else written + 1
        for w in range(written, last):
            for k in range(x.shape[0]):
                out[w, k] = x[k]
        written = last
    return t, written, REACHED


record_slide = kernel(_record_slide)


def _record_replies(motion: Motion, x: Floats, times: Floats, most_switches: int, out: Floats) -> tuple[float, int]:
    """Follow one path, in place, and write its shares at the times; returns how far it came, and how it ended."""
    replies, slide, slowest = replies_for(motion), slide_for(motion), slowest_rate(motion)
    recent = np.full(SWITCHES, -np.inf)
    t, written = 0.0, 0
    for k in range(x.shape[0]):
        replies.target[k] = x[k]
    for switch in range(most_switches):
        within = TIED
        if choose_replies(motion, x, replies):
            part, which = next_switch(motion, replies)
            end = np.inf if which == -1 else t - np.log1p(-part) / slowest
            while written < times.shape[0] and times[written] <= end:
                move_along(motion, x, times[written] - t, replies, out[written])
                written += 1
            if written == times.shape[0]:
                return float(times[written - 1]), FOLLOWED
            move_along(motion, x, end - t, replies, x)
            t = end
            within = ALIKE if t - recent[switch % SWITCHES] < HARDLY else 0.0
            recent[switch % SWITCHES] = t
        if within > 0.0:
            if not tie(motion, x, within, replies, slide):
                return t, SLIDES
            began = t
            t, written, why = record_slide(motion, x, t, written, times, out, replies, slide)
            if written == times.shape[0]:
                return float(times[written - 1]), FOLLOWED
            if why == NOT_UNIQUE or (t == began and within == TIED):
                return t, SLIDES
            recent[:] = -np.inf
            for k in range(x.shape[0]):
                replies.target[k] = slide.weight[k]
    return t, SPENT


record_replies = kernel(_record_replies)


def _record_best_response(motion: Motion, states: Floats, times: Floats, most_switches: int, out: Floats,
                          reached: Floats, status: Integers) -> None:  # fmt: skip
    for p in numba.prange(states.shape[0]):
        reached[p], status[p] = record_replies(motion, states[p], times, most_switches, out[p])


record_best_response = kernel(_record_best_response, parallel=True)
