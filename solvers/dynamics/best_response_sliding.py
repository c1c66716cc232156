"""The best-response flow along indifference.

Where several strategies of a population stay equally good because other ones would at once become worse, no single
best reply holds for any time. The path then moves towards the one mixture of them, in every such population, that
keeps them equally good: Filippov's solution. With gains g and velocity v = rate (b - x), the weights b solve the
linear equations d/dt (g_k - g_r) = 0 for all strategies k that are as good as the first of them, r. A strategy whose
weight would be negative falls behind and is dropped. Where the equations have not exactly one solution the path is
not unique, and the caller says so.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.dynamics.best_response import Replies
from solvers.dynamics.field import gains_at
from solvers.dynamics.motion import Motion

REACHED, LEFT, RESTED, NOT_UNIQUE, ARRIVED = range(5)
"""Why a slide ends: its time is up, indifference is over, nothing moves, no unique way on, the goal is reached."""
TIED, ALIKE = 1e-9, 1e-5
"""Scaled gains this close count as equal where no replies fit together, and where ever faster switches made them so."""
STILL = 1e-10
"""Largest velocity at rest."""
_FARTHEST = 1e-3  # a share that would have to move by more is left where it is
_REACH = 1.0 / 32.0  # of the differences that give slopes of gains: exact up to degree 4
_SINGULAR = 1e-9
_NEGATIVE = -1e-10
_LAST_BIT = 1e-9  # events are found to this part of a unit of time
_TOLERANCE = 1e-10
_LONGEST, _SHORT = 0.25, 1e-3
_MOST_STEPS = 100_000


class Slide(NamedTuple):
    """What one slide works on; all but the matrix are flat profiles.

    Attributes
    ----------
    tied : 1 for the strategies that are kept equally good, and for the best of every other population
    weight : what the path moves towards
    """

    tied: Floats
    dropped: Floats
    weight: Floats
    speed: Floats
    drift: Floats
    column: Floats
    point: Floats
    direction: Floats
    middle: Floats
    new: Floats
    whole: Floats
    slopes: Floats
    matrix: Floats
    right: Floats
    unknown: Integers
    first: Integers


def _slide_for(motion: Motion) -> Slide:
    """Arrays for one path."""
    total, n = motion.offsets[motion.sizes.shape[0]], motion.sizes.shape[0]
    wide = np.zeros((11, total))
    return Slide(
        wide[0], wide[1], wide[2], wide[3], wide[4], wide[5], wide[6], wide[7], wide[8],
        wide[9], wide[10],
        np.zeros((4, total)), np.zeros((total, total)), np.zeros(total), np.zeros(total, np.int64),
        np.zeros(n, np.int64),
    )  # fmt: skip


slide_for = kernel(_slide_for)


def _gain_drift(motion: Motion, x: Floats, v: Floats, out: Floats, point: Floats, replies: Replies) -> None:
    """Write how fast the gains change along v."""
    for k in range(x.shape[0]):
        out[k] = 0.0
    for side in (-2.0, -1.0, 1.0, 2.0):
        for k in range(x.shape[0]):
            point[k] = x[k] + side * _REACH * v[k]
        gains_at(motion, point, replies.gain, replies.base, replies.work, replies.weight)
        part = (8.0 if abs(side) == 1.0 else -1.0) * (1.0 if side > 0.0 else -1.0) / (12.0 * _REACH)
        for k in range(x.shape[0]):
            out[k] += part * replies.gain[k]


gain_drift = kernel(_gain_drift)


def _solved(matrix: Floats, right: Floats, size: int) -> bool:
    """Solve a small linear system in place (Gauss with pivots); False if it is singular."""
    for c in range(size):
        best = c
        for r in range(c + 1, size):
            if abs(matrix[r, c]) > abs(matrix[best, c]):
                best = r
        if not abs(matrix[best, c]) > _SINGULAR:
            return False
        for k in range(size):
            matrix[c, k], matrix[best, k] = matrix[best, k], matrix[c, k]
        right[c], right[best] = right[best], right[c]
        for r in range(size):
            if r != c:
                part = matrix[r, c] / matrix[c, c]
                for k in range(c, size):
                    matrix[r, k] -= part * matrix[c, k]
                right[r] -= part * right[c]
    for c in range(size):
        right[c] /= matrix[c, c]
    return True


solved = kernel(_solved)


def _list_unknowns(motion: Motion, slide: Slide) -> int:
    """Number the tied strategies but the first of each population; returns how many there are."""
    count = 0
    for i in range(motion.sizes.shape[0]):
        slide.first[i] = -1
        for k in range(motion.offsets[i], motion.offsets[i + 1]):
            if slide.tied[k] > 0.0 and slide.first[i] < 0:
                slide.first[i] = k
            elif slide.tied[k] > 0.0:
                slide.unknown[count] = k
                count += 1
    return count


list_unknowns = kernel(_list_unknowns)


def _population_of(motion: Motion, k: int) -> int:
    i = 0
    while motion.offsets[i + 1] <= k:
        i += 1
    return i


population_of = kernel(_population_of)


def _write_matrix(motion: Motion, x: Floats, count: int, replies: Replies, slide: Slide) -> None:
    """What flows from the first tied strategy of a population to each other one do to the leads over the first."""
    for u in range(count):
        k = slide.unknown[u]
        j = population_of(motion, k)
        for c in range(x.shape[0]):
            slide.direction[c] = 0.0
        slide.direction[k], slide.direction[slide.first[j]] = 1.0, -1.0
        gain_drift(motion, x, slide.direction, slide.column, slide.point, replies)
        for r in range(count):
            row = slide.unknown[r]
            slide.matrix[r, u] = slide.column[row] - slide.column[slide.first[population_of(motion, row)]]


write_matrix = kernel(_write_matrix)


def _write_speed(motion: Motion, x: Floats, slide: Slide, out: Floats) -> None:
    for i in range(motion.sizes.shape[0]):
        for k in range(motion.offsets[i], motion.offsets[i + 1]):
            out[k] = motion.rates[i] * (slide.weight[k] - x[k])


write_speed = kernel(_write_speed)


def _slide_speed(motion: Motion, x: Floats, replies: Replies, slide: Slide, out: Floats) -> bool:
    """Write the velocity that keeps the tied strategies equally good; False if there is not exactly one."""
    count = list_unknowns(motion, slide)
    write_matrix(motion, x, count, replies, slide)
    for k in range(x.shape[0]):
        slide.weight[k] = 0.0
    for i in range(motion.sizes.shape[0]):
        slide.weight[slide.first[i]] = 1.0
    write_speed(motion, x, slide, out)
    gain_drift(motion, x, out, slide.drift, slide.point, replies)
    for r in range(count):
        row = slide.unknown[r]
        slide.right[r] = slide.drift[slide.first[population_of(motion, row)]] - slide.drift[row]
    if not solved(slide.matrix, slide.right, count):
        return False
    for r in range(count):
        k = slide.unknown[r]
        i = population_of(motion, k)
        slide.weight[k] = slide.right[r] / motion.rates[i]
        slide.weight[slide.first[i]] -= slide.weight[k]
    write_speed(motion, x, slide, out)
    return True


slide_speed = kernel(_slide_speed)


def _choose_tied(motion: Motion, x: Floats, replies: Replies, slide: Slide) -> bool:
    """Drop tied strategies until all weights are positive; False if what is dropped would not fall behind."""
    for k in range(x.shape[0]):
        slide.dropped[k] = 0.0
    for _ in range(x.shape[0]):
        if not slide_speed(motion, x, replies, slide, slide.speed):
            return False
        worst = 0
        for k in range(1, x.shape[0]):
            if slide.weight[k] < slide.weight[worst]:
                worst = k
        if slide.weight[worst] >= _NEGATIVE:
            gain_drift(motion, x, slide.speed, slide.drift, slide.point, replies)
            for k in range(x.shape[0]):
                lead = slide.drift[k] - slide.drift[slide.first[population_of(motion, k)]]
                if slide.dropped[k] > 0.0 and lead > _SINGULAR:
                    return False
            return True
        slide.tied[worst], slide.dropped[worst] = 0.0, 1.0
    return False


choose_tied = kernel(_choose_tied)


def _make_equal(motion: Motion, x: Floats, replies: Replies, slide: Slide) -> None:
    """Move a point by what little it takes to make the tied strategies equally good (one step of Newton's method)."""
    count = list_unknowns(motion, slide)
    write_matrix(motion, x, count, replies, slide)
    gains_at(motion, x, replies.gain, replies.base, replies.work, replies.weight)
    for r in range(count):
        row = slide.unknown[r]
        slide.right[r] = replies.gain[slide.first[population_of(motion, row)]] - replies.gain[row]
    if not solved(slide.matrix, slide.right, count):
        return
    for r in range(count):
        k = slide.unknown[r]
        if abs(slide.right[r]) > _FARTHEST:
            return
        x[k] += slide.right[r]
        x[slide.first[population_of(motion, k)]] -= slide.right[r]
    for i in range(motion.sizes.shape[0]):
        total = 0.0
        for k in range(motion.offsets[i], motion.offsets[i + 1]):
            x[k] = max(0.0, x[k])
            total += x[k]
        for k in range(motion.offsets[i], motion.offsets[i + 1]):
            x[k] /= total


make_equal = kernel(_make_equal)


def _runge_kutta(motion: Motion, x: Floats, h: float, replies: Replies, slide: Slide, out: Floats) -> bool:
    """One step of the classical method, the tied strategies kept."""
    slopes = slide.slopes
    for s in range(4):
        part = 0.0 if s == 0 else h if s == 3 else 0.5 * h
        for k in range(x.shape[0]):
            out[k] = x[k] + (part * slopes[s - 1, k] if s > 0 else 0.0)
        if not slide_speed(motion, out, replies, slide, slopes[s]):
            return False
    for k in range(x.shape[0]):
        out[k] = x[k] + h / 6.0 * (slopes[0, k] + 2.0 * (slopes[1, k] + slopes[2, k]) + slopes[3, k])
    return True


runge_kutta = kernel(_runge_kutta)


def _tie(motion: Motion, x: Floats, within: float, replies: Replies, slide: Slide) -> bool:
    """Tie the strategies whose gains differ from the best by so little; False if there is no unique way to slide."""
    gains_at(motion, x, replies.gain, replies.base, replies.work, replies.weight)
    for i in range(motion.sizes.shape[0]):
        top = -np.inf
        for k in range(motion.offsets[i], motion.offsets[i + 1]):
            top = max(top, replies.gain[k])
        for k in range(motion.offsets[i], motion.offsets[i + 1]):
            slide.tied[k] = 1.0 if replies.gain[k] >= top - within else 0.0
    make_equal(motion, x, replies, slide)
    return choose_tied(motion, x, replies, slide)


tie = kernel(_tie)


def _step_of_slide(motion: Motion, x: Floats, h: float, replies: Replies, slide: Slide) -> float:
    """Write the point a step later into ``slide.new``; returns the error of the step, infinite if it fails."""
    if not runge_kutta(motion, x, h, replies, slide, slide.whole):
        return np.inf
    if not runge_kutta(motion, x, 0.5 * h, replies, slide, slide.middle):
        return np.inf
    if not runge_kutta(motion, slide.middle, 0.5 * h, replies, slide, slide.new):
        return np.inf
    error = 0.0
    for k in range(x.shape[0]):
        error = max(error, abs(slide.new[k] - slide.whole[k]) / 15.0)
    return error


step_of_slide = kernel(_step_of_slide)


def _catches_up(motion: Motion, replies: Replies, slide: Slide) -> int:
    """An untied strategy that earns more than the tied ones at ``slide.new``, or -1."""
    gains_at(motion, slide.new, replies.gain, replies.base, replies.work, replies.weight)
    for i in range(motion.sizes.shape[0]):
        for k in range(motion.offsets[i], motion.offsets[i + 1]):
            if slide.tied[k] == 0.0 and replies.gain[k] > replies.gain[slide.first[i]] + TIED:
                return k
    return -1


catches_up = kernel(_catches_up)


def _share_of_goal(motion: Motion, x: Floats, goal: Integers) -> float:
    """Smallest share that a population gives its strategy of the goal; 2 if none has one."""
    least = 2.0
    for i in range(motion.sizes.shape[0]):
        if goal[i] >= 0:
            least = min(least, x[motion.offsets[i] + goal[i]])
    return least


share_of_goal = kernel(_share_of_goal)


def _overtakes(motion: Motion, x: Floats, rival: int, replies: Replies, slide: Slide) -> bool:
    """Let a rival take the place of the one best reply that it has caught up with, if it goes on to lead; else tie it.

    Returns whether it took the place. The velocity is chosen anew then.
    """
    i = population_of(motion, rival)
    old, ties = slide.first[i], 0.0
    for k in range(motion.offsets[i], motion.offsets[i + 1]):
        ties += slide.tied[k]
    slide.whole[:] = slide.tied
    slide.tied[rival] = 1.0
    if ties == 1.0:
        slide.tied[old] = 0.0
        if choose_tied(motion, x, replies, slide) and slide.drift[rival] >= slide.drift[old]:
            return True
        slide.tied[:] = slide.whole
        slide.tied[rival] = 1.0
    return False


overtakes = kernel(_overtakes)


def _slide_along(motion: Motion, x: Floats, t: float, end: float, goal: Integers, level: float, replies: Replies,
                 slide: Slide) -> tuple[float, int]:  # fmt: skip
    """Follow a path that has been tied, in place, to the end or to what happens first; returns when, and what."""
    h = _SHORT
    seeking = share_of_goal(motion, x, goal) < level
    for _ in range(_MOST_STEPS):
        fastest, ties = 0.0, list_unknowns(motion, slide)
        for k in range(x.shape[0]):
            fastest = max(fastest, abs(slide.speed[k]))
        if ties == 0:
            return t, LEFT
        if fastest <= STILL:
            return t, RESTED
        if t >= end:
            return t, REACHED
        last = h >= end - t
        h = min(h, end - t)
        error = step_of_slide(motion, x, h, replies, slide)
        if not error <= _TOLERANCE:
            h *= 0.5
            if h < _LAST_BIT * _SHORT:
                return t, NOT_UNIQUE
            continue
        falls = not slide_speed(motion, slide.new, replies, slide, slide.slopes[0])
        for k in range(x.shape[0]):
            falls = falls or slide.weight[k] < _NEGATIVE
        rival = catches_up(motion, replies, slide)
        arrives = seeking and share_of_goal(motion, slide.new, goal) >= level
        if (falls or rival >= 0 or arrives) and h > _LAST_BIT:
            h *= 0.5
            continue
        for k in range(x.shape[0]):
            x[k] = slide.new[k]
        t = end if last else t + h
        if rival >= 0 and overtakes(motion, x, rival, replies, slide):
            h = _SHORT
            continue
        make_equal(motion, x, replies, slide)
        if not choose_tied(motion, x, replies, slide):
            return t, NOT_UNIQUE
        if arrives:
            return t, ARRIVED
        longer = min(4.0, 0.9 * (_TOLERANCE / max(error, 1e-30)) ** 0.2)
        h = _SHORT if falls or rival >= 0 else min(_LONGEST, h * longer)
    return t, NOT_UNIQUE


slide_along = kernel(_slide_along)
