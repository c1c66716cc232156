"""Where paths of the best-response flow go: followed from switch to switch until it is known."""

from __future__ import annotations

import numba
import numpy as np

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.dynamics.best_response import Replies, choose_replies, move_along, next_switch, replies_for, slowest_rate
from solvers.dynamics.best_response_paths import HARDLY, SWITCHES
from solvers.dynamics.best_response_sliding import (
    ALIKE,
    ARRIVED,
    LEFT,
    REACHED,
    RESTED,
    TIED,
    Slide,
    slide_along,
    slide_for,
    tie,
)
from solvers.dynamics.field import gains_at
from solvers.dynamics.motion import Motion
from solvers.dynamics.returns import PEAKS, period, room
from solvers.dynamics.rounds import ROUNDS, begin_round, closes_in, widen_round

UNDECIDED, SETTLES, RESTS, CYCLES, HETEROCLINIC, CLOSES_IN, SLIDES, SPENT = range(8)
"""Codes of fates, in the order of ``protocol_fate``; the flow has no heteroclinic paths."""
GOES_ON = -1
NO_REGRET = 1e-8
"""Scaled gain from a best reply up to which a path that slides has come to rest."""


def _goal_time(motion: Motion, x: Floats, duration: float, goal: Integers, level: float, replies: Replies) -> float:
    """Time within a piece at which every population first gives its strategy of the goal this share; NaN if never."""
    enter, leave = 0.0, duration
    for i in range(motion.sizes.shape[0]):
        if goal[i] < 0:
            continue
        k = motion.offsets[i] + goal[i]
        here, there = x[k], replies.target[k]
        if here < level and there <= level:
            return np.nan
        if here < level:
            enter = max(enter, -np.log((there - level) / (there - here)) / motion.rates[i])
        elif there < level:
            leave = min(leave, -np.log((level - there) / (here - there)) / motion.rates[i])
    return enter if enter <= leave else np.nan


goal_time = kernel(_goal_time)


def _end_of_piece(motion: Motion, x: Floats, replies: Replies) -> int:
    """Fate of a path whose best replies never change again: it converges to them, which is proved.

    Only a strict equilibrium counts as settled: each population has one best reply on all of the way and at its end.
    """
    for i in range(motion.sizes.shape[0]):
        several = 0.0
        for k in range(motion.offsets[i], motion.offsets[i + 1]):
            several += replies.best[k]
        if several != 1.0:
            return RESTS
    return SETTLES


end_of_piece = kernel(_end_of_piece)


def _slides(motion: Motion, x: Floats, gain: Floats) -> int:
    """Fate of a path that cannot be followed along indifference in one way only: at rest if nobody could gain."""
    offsets, regret = motion.offsets, 0.0
    for i in range(offsets.shape[0] - 1):
        top, mean = gain[offsets[i]], 0.0
        for k in range(offsets[i], offsets[i + 1]):
            top = max(top, gain[k])
            mean += x[k] * gain[k]
        regret = max(regret, top - mean)
    return RESTS if regret <= NO_REGRET else SLIDES


slides = kernel(_slides)


def _slide_to_fate(motion: Motion, x: Floats, t: float, within: float, goal: Integers, level: float, horizon: float,
                   numbers: Floats, replies: Replies, slide: Slide) -> tuple[float, int]:  # fmt: skip
    """Follow a path along indifference; returns when it ends and its fate, or ``GOES_ON``."""
    began = t
    ways = tie(motion, x, within, replies, slide)
    while ways:
        t, why = slide_along(motion, x, t, horizon, goal, level, replies, slide)
        if why == RESTED:
            return t, RESTS
        if why == REACHED:
            return t, UNDECIDED
        if why == LEFT and (t > began or within != TIED):
            return t, GOES_ON
        if why != ARRIVED:
            break
        if np.isnan(numbers[2]):
            numbers[2] = t
    gains_at(motion, x, replies.gain, replies.base, replies.work, replies.weight)
    return t, slides(motion, x, replies.gain)


slide_to_fate = kernel(_slide_to_fate)


def _follow_replies(motion: Motion, x: Floats, goal: Integers, level: float, horizon: float, most_switches: int,
                    numbers: Floats) -> int:  # fmt: skip
    """Follow one path, in place, until its fate is known; where it converges, ``x`` becomes the limit.

    Writes time, period and time of arrival at the goal into ``numbers``.
    """
    replies, slide, slowest = replies_for(motion), slide_for(motion), slowest_rate(motion)
    recent = np.full(SWITCHES, -np.inf)
    peaks, kept, t = np.zeros((PEAKS, 2 + x.shape[0])), 0, 0.0
    low, high, sizes, rounds, section = np.zeros(x.shape[0]), np.zeros(x.shape[0]), np.zeros(ROUNDS), 0, -1
    for k in range(x.shape[0]):
        replies.target[k] = x[k]
    for switch in range(most_switches):
        numbers[0] = t
        if not choose_replies(motion, x, replies):
            if slides(motion, x, replies.gain) == RESTS:
                return RESTS
            t, what = slide_to_fate(motion, x, t, TIED, goal, level, horizon, numbers, replies, slide)
            numbers[0] = t
            if what != GOES_ON:
                return what
            for k in range(x.shape[0]):
                replies.target[k] = slide.weight[k]
            continue
        part, which = next_switch(motion, replies)
        duration = -np.log1p(-part) / slowest if which != -1 else np.inf
        if np.isnan(numbers[2]):
            numbers[2] = t + goal_time(motion, x, duration, goal, level, replies)
        if which == -1:
            for k in range(x.shape[0]):
                x[k] = replies.target[k]
            return end_of_piece(motion, x, replies)
        if t + duration >= horizon:
            move_along(motion, x, horizon - t, replies, x)
            numbers[0] = horizon
            return UNDECIDED
        move_along(motion, x, duration, replies, x)
        t += duration
        if t - recent[switch % SWITCHES] < HARDLY:
            t, what = slide_to_fate(motion, x, t, ALIKE, goal, level, horizon, numbers, replies, slide)
            numbers[0] = t
            if what != GOES_ON:
                return what
            for k in range(x.shape[0]):
                replies.target[k] = slide.weight[k]
            recent[:] = -np.inf
            continue
        recent[switch % SWITCHES] = t
        if section < 0:
            section = which
            begin_round(x, low, high)
        widen_round(x, low, high)
        if which == section:
            rounds += 1
            if closes_in(low, high, sizes, rounds):
                for k in range(x.shape[0]):
                    x[k] = low[k]
                numbers[0] = t
                return CLOSES_IN
            begin_round(x, low, high)
        row = room(peaks, kept)
        peaks[row, 0], peaks[row, 1] = which, t
        for k in range(x.shape[0]):
            peaks[row, 2 + k] = x[k]
        kept = row + 1
        numbers[1] = period(peaks, kept)
        if numbers[1] > 0.0:
            numbers[0] = t
            return CYCLES
    return SPENT


follow_replies = kernel(_follow_replies)


def _follow_best_response(motion: Motion, profiles: Floats, goal: Integers, level: float, horizon: float,
                          most_switches: int, numbers: Floats, fate: Integers) -> None:  # fmt: skip
    for p in numba.prange(profiles.shape[0]):
        fate[p] = follow_replies(motion, profiles[p], goal, level, horizon, most_switches, numbers[p])


follow_best_response = kernel(_follow_best_response, parallel=True)
