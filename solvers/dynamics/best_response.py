"""The best-response flow, piece by piece exactly: straight towards best replies until another reply becomes best.

While the best replies b stay the same, dx/dt = speed (b - x) has the solution x(t) = b + (x(0) - b) exp(-speed t). In
the variables theta_j = 1 - exp(-speed_j t), one per population, every payoff along this piece is a Bernstein form
(multi-affine unless payoffs depend on shares), so the coefficients on a box of theta enclose all payoffs in it.
That finds the *first* time at which another reply catches up, and proves it where none ever does: then the path
converges to b.

Several best replies: people who already play one of them stay, if the replies remain equally good; otherwise the one
that is best a moment later is chosen. Where no such choice is consistent, the path slides along indifference.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.dynamics.field import gains_at
from solvers.dynamics.motion import Motion

TIE = 1e-12
"""Scaled payoffs this close are equally good."""
_A_MOMENT = 1e-9  # part of the way to the best replies, after which ties are looked at again
_PASSES = 6  # rounds in which populations choose in turn
_FINEST = 1e-14
_MOST_BOXES = 4000
_SECANTS = 60


class Replies(NamedTuple):
    """What one path of the best-response flow works on; all profiles are flat.

    Attributes
    ----------
    target : best replies that the path moves towards
    best : 1 for the strategies that are best and remain equally good along the piece, else 0
    reference : shape (n,), one of them per population
    leads : payoffs of every strategy along the piece, Bernstein coefficients in theta, table after table
    begins : shape (strategies + 1,), where each table begins
    counts : shape (n, n), coefficients along each axis
    """

    target: Floats
    best: Floats
    reference: Integers
    leads: Floats
    begins: Integers
    counts: Integers
    gain: Floats
    base: Floats
    work: Floats
    other: Floats
    weight: Floats
    matrix: Floats
    low: Floats
    high: Floats


def _replies_for(motion: Motion) -> Replies:
    """Arrays for one path."""
    n, total = motion.sizes.shape[0], motion.offsets[motion.sizes.shape[0]]
    counts = motion.lengths.copy()
    begins = np.zeros(total + 1, np.int64)
    cells, longest = 1, 2
    for i in range(n):
        size, full = 1, 1
        for j in range(n):
            full *= motion.lengths[i, j]
            longest = max(longest, motion.lengths[i, j])
            if motion.dependent == 0 and j != i:
                counts[i, j] = min(2, motion.lengths[i, j])
            size *= counts[i, j]
        cells = max(cells, full)
        for k in range(motion.offsets[i], motion.offsets[i + 1]):
            begins[k + 1] = begins[k] + size
    return Replies(
        np.zeros(total),
        np.zeros(total),
        np.zeros(n, np.int64),
        np.zeros(begins[total]),
        begins,
        counts,
        np.zeros(total),
        np.zeros(n),
        np.zeros(cells),
        np.zeros(cells),
        np.zeros(longest),
        np.zeros((longest, longest)),
        np.zeros(n),
        np.zeros(n),
    )


replies_for = kernel(_replies_for)


def _on_interval(length: int, a: float, b: float, matrix: Floats) -> None:
    """Matrix from Bernstein coefficients on [0, 1] to those on [a, b]: row k is the blossom at k times b, else a."""
    for k in range(length):
        matrix[k, 0] = 1.0
        for d in range(1, length):
            x = b if d <= k else a
            matrix[k, d] = 0.0
            for c in range(d, 0, -1):
                matrix[k, c] = matrix[k, c] * (1.0 - x) + matrix[k, c - 1] * x
            matrix[k, 0] *= 1.0 - x


on_interval = kernel(_on_interval)


def _along_axis(source: Floats, result: Floats, before: int, length: int, after: int, count: int,
                matrix: Floats) -> None:  # fmt: skip
    """Multiply the middle axis of an array [before, length, after] by a matrix [count, length]."""
    for p in range(before):
        for k in range(count):
            for q in range(after):
                total = 0.0
                for c in range(length):
                    total += matrix[k, c] * source[(p * length + c) * after + q]
                result[(p * count + k) * after + q] = total


along_axis = kernel(_along_axis)


def _write_leads(motion: Motion, x: Floats, i: int, replies: Replies) -> None:
    """Payoffs of population i's strategies less that of strategy 0, from x to the target, as forms in theta."""
    n, offsets, matrix = motion.sizes.shape[0], motion.offsets, replies.matrix
    full = (motion.places[i + 1] - motion.places[i]) // motion.sizes[i]
    for k in range(offsets[i], offsets[i + 1]):
        begin = replies.begins[k]
        if k == offsets[i]:
            for c in range(begin, replies.begins[k + 1]):
                replies.leads[c] = 0.0
            continue
        source, result = replies.work, replies.other
        place = motion.places[i] + (k - offsets[i]) * full
        for c in range(full):
            source[c] = motion.tables[place + c]
        before, after = 1, full
        for j in range(n):
            length, count = motion.lengths[i, j], replies.counts[i, j]
            after //= length
            if length > 1:
                if motion.dependent == 1:
                    on_interval(length, x[offsets[j] + 1], replies.target[offsets[j] + 1], matrix)
                else:
                    for c in range(length):
                        matrix[0, c] = x[offsets[j] + c]
                        matrix[1, c] = replies.target[offsets[j] + c]
                along_axis(source, result, before, length, after, count, matrix)
                source, result = result, source
            before *= count
        for c in range(before):
            replies.leads[begin + c] = source[c]


write_leads = kernel(_write_leads)


def _highest_lead(motion: Motion, i: int, k: int, replies: Replies) -> float:
    """Bound on the lead of strategy k (flat) over the reference on the box of theta; exact if the box is a point."""
    n = motion.sizes.shape[0]
    source, result = replies.work, replies.other
    begin, other = replies.begins[k], replies.begins[replies.reference[i]]
    size = replies.begins[k + 1] - begin
    for c in range(size):
        source[c] = replies.leads[begin + c] - replies.leads[other + c]
    before, after = 1, size
    for j in range(n):
        count = replies.counts[i, j]
        after //= count
        if count > 1:
            on_interval(count, replies.low[j], replies.high[j], replies.matrix)
            along_axis(source, result, before, count, after, count, replies.matrix)
            source, result = result, source
        before *= count
    most = source[0]
    for c in range(1, size):
        most = max(most, source[c])
    return float(most)


highest_lead = kernel(_highest_lead)


def _set_box(motion: Motion, a: float, b: float, slowest: float, replies: Replies) -> None:
    """Box of theta between two parts of the way, told by the slowest population."""
    for j in range(motion.sizes.shape[0]):
        ratio = motion.rates[j] / slowest
        replies.low[j] = a if ratio == 1.0 else 1.0 - (1.0 - a) ** ratio
        replies.high[j] = b if ratio == 1.0 else 1.0 - (1.0 - b) ** ratio


set_box = kernel(_set_box)


def _lead_at(motion: Motion, i: int, k: int, part: float, slowest: float, replies: Replies) -> float:
    set_box(motion, part, part, slowest, replies)
    return highest_lead(motion, i, k, replies)


lead_at = kernel(_lead_at)


def _slowest_rate(motion: Motion) -> float:
    slowest = motion.rates[0]
    for i in range(1, motion.rates.shape[0]):
        slowest = min(slowest, motion.rates[i])
    return float(slowest)


slowest_rate = kernel(_slowest_rate)


def _choose_reply(motion: Motion, x: Floats, i: int, slowest: float, replies: Replies) -> bool:
    """Choose the target of population i, the others' given; returns whether it changed."""
    first, last = motion.offsets[i], motion.offsets[i + 1]
    gain, best = replies.gain, replies.best
    top = gain[first]
    for k in range(first, last):
        top = max(top, gain[k])
    write_leads(motion, x, i, replies)
    reference, leading = -1, 0.0
    for k in range(first, last):
        if gain[k] < top - TIE:
            continue
        if reference < 0:
            reference = k
            replies.reference[i] = k
            continue
        leading = lead_at(motion, i, k, _A_MOMENT, slowest, replies)
        if leading > 0.0:
            reference = k
            replies.reference[i] = k
    total, count = 0.0, 0
    for k in range(first, last):
        best[k] = 0.0
        if gain[k] >= top - TIE:
            same = True
            for c in range(replies.begins[k + 1] - replies.begins[k]):
                apart = replies.leads[replies.begins[k] + c] - replies.leads[replies.begins[reference] + c]
                same = same and abs(apart) <= TIE
            if same:
                best[k] = 1.0
                total += x[k]
                count += 1
    changed = False
    for k in range(first, last):
        aim = best[k] * (x[k] / total if total > 0.0 else 1.0 / count)
        changed = changed or abs(aim - replies.target[k]) > TIE
        replies.target[k] = aim
    return changed


choose_reply = kernel(_choose_reply)


def _choose_replies(motion: Motion, x: Floats, replies: Replies) -> bool:
    """Choose all targets at a point; returns whether the populations' choices fit together."""
    slowest = slowest_rate(motion)
    gains_at(motion, x, replies.gain, replies.base, replies.work, replies.weight)
    for _ in range(_PASSES):
        changed = False
        for i in range(motion.sizes.shape[0]):
            changed = choose_reply(motion, x, i, slowest, replies) or changed
        if not changed:
            return True
    return False


choose_replies = kernel(_choose_replies)


def _root(motion: Motion, i: int, k: int, a: float, b: float, slowest: float, replies: Replies) -> float:
    """Where the lead of a strategy, negative at a and positive at b, vanishes (Illinois method)."""
    f, g = lead_at(motion, i, k, a, slowest, replies), lead_at(motion, i, k, b, slowest, replies)
    side = 0
    for _ in range(_SECANTS):
        c = b - g * (b - a) / (g - f)
        value = lead_at(motion, i, k, c, slowest, replies)
        if value > 0.0:
            b, g = c, value
            f *= 0.5 if side == 1 else 1.0
            side = 1
        else:
            a, f = c, value
            g *= 0.5 if side == -1 else 1.0
            side = -1
        if abs(value) <= 1e-16 or b - a <= _FINEST:
            break
    return b


root = kernel(_root)


def _next_switch(motion: Motion, replies: Replies) -> tuple[float, int]:
    """Part of the way (of the slowest population) at which another reply catches up, and which; (1, -1) if none does.

    Strategies that are just as good at the beginning have been found to fall behind at once; their lead is looked at
    from a moment later on.
    """
    n, slowest = motion.sizes.shape[0], slowest_rate(motion)
    a, width = 0.0, 1.0
    for _ in range(_MOST_BOXES):
        b = min(1.0, a + width)
        open_one, open_two, population = -1, -1, 0
        for i in range(n):
            for k in range(motion.offsets[i], motion.offsets[i + 1]):
                if replies.best[k] > 0.0 or open_two >= 0:
                    continue
                from_here = a
                if a == 0.0 and replies.gain[k] >= replies.gain[replies.reference[i]] - TIE:
                    from_here = min(_A_MOMENT, 0.5 * b)
                set_box(motion, from_here, b, slowest, replies)
                if highest_lead(motion, i, k, replies) >= 0.0:
                    open_one, open_two, population = k, open_one, i
        if open_one < 0:
            if b >= 1.0:
                return 1.0, -1
            a, width = b, 2.0 * width
            continue
        if width <= _FINEST:
            return b, open_one
        if open_two < 0 and a > 0.0 and width < 0.25:
            ends = lead_at(motion, population, open_one, b, slowest, replies)
            if ends > 0.0 > lead_at(motion, population, open_one, a, slowest, replies):
                c = root(motion, population, open_one, a, b, slowest, replies)
                short = max(a, c - 1e-3 * (c - a))
                set_box(motion, a, short, slowest, replies)
                if highest_lead(motion, population, open_one, replies) < 0.0:
                    set_box(motion, short, c - min(1e-10, 0.5 * (c - short)), slowest, replies)
                    if highest_lead(motion, population, open_one, replies) < 0.0:
                        return c, open_one
        width *= 0.5
    return a, -2


next_switch = kernel(_next_switch)


def _move_along(motion: Motion, x: Floats, duration: float, replies: Replies, out: Floats) -> None:
    """Write the point of the piece that begins at x, after some time."""
    offsets = motion.offsets
    for i in range(offsets.shape[0] - 1):
        left = np.exp(-motion.rates[i] * duration)
        for k in range(offsets[i], offsets[i + 1]):
            out[k] = replies.target[k] * (1.0 - left) + x[k] * left


move_along = kernel(_move_along)
