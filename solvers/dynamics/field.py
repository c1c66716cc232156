"""Velocities of every protocol at one point, for any number of populations and strategies.

The state is flat: the numbers of population i stand at ``offsets[i]`` to ``offsets[i + 1]``. For protocols that leave
faces invariant, and for mutation, they are logarithms of shares up to a constant per population, so that no share can
become negative and an unused strategy (minus infinity) stays unused to the last bit; for the others, the shares.
"""

from __future__ import annotations

import numpy as np

from solvers.arrays import Floats
from solvers.compiled import kernel
from solvers.dynamics.field_in_lanes import uses_log_odds
from solvers.dynamics.motion import Motion
from solvers.dynamics.protocols import BNN, LOGIT, MAYNARD_SMITH, MUTATION, PROJECTION, SMITH

LEAST_SHARE = 1e-300
"""Below this a share has no inverse worth speaking of."""


def _shares_of(code: int, state: Floats, first: int, last: int, share: Floats) -> None:
    """Write the shares of one population; shares that a step carried outside are read as on the border."""
    if uses_log_odds(code):
        top = -np.inf
        for k in range(first, last):
            top = max(top, state[k])
        for k in range(first, last):
            share[k] = np.exp(state[k] - top)
    else:
        for k in range(first, last):
            share[k] = max(0.0, state[k])
    total = 0.0
    for k in range(first, last):
        total += share[k]
    for k in range(first, last):
        # A step so long that no number is left has no shares either; the error control refuses it.
        share[k] = share[k] / total if total > 0.0 else 1.0 / (last - first)


shares_of = kernel(_shares_of)


def _contracted_at(tables: Floats, place: int, i: int, motion: Motion, share: Floats, work: Floats,
                   weight: Floats) -> float:  # fmt: skip
    """Value of one table of population i at the shares; ``weight`` is room for the longest axis."""
    lengths, offsets = motion.lengths, motion.offsets
    fresh = True
    for j in range(lengths.shape[0] - 1, -1, -1):
        length = lengths[i, j]
        if length == 1:
            continue
        if motion.dependent == 1:
            x = share[offsets[j] + 1]
            weight[0] = 1.0
            for d in range(1, length):
                weight[d] = 0.0
                for b in range(d, 0, -1):
                    weight[b] = weight[b] * (1.0 - x) + weight[b - 1] * x
                weight[0] *= 1.0 - x
        else:
            for b in range(length):
                weight[b] = share[offsets[j] + b]
        # All axes after this one are folded: what is left is as if this were the last axis.
        size = 1
        for a in range(j):
            size *= lengths[i, a]
        for r in range(size):
            total = 0.0
            for b in range(length):
                total += weight[b] * (tables[place + r * length + b] if fresh else work[r * length + b])
            work[r] = total
        fresh = False
    return float(tables[place] if fresh else work[0])


contracted_at = kernel(_contracted_at)


def _gains_at(motion: Motion, share: Floats, gain: Floats, base: Floats, work: Floats, weight: Floats) -> None:
    """Write what each strategy earns more than strategy 0, and for Maynard Smith what strategy 0 earns."""
    offsets, places, tables = motion.offsets, motion.places, motion.tables
    for i in range(offsets.shape[0] - 1):
        size = (places[i + 1] - places[i]) // (offsets[i + 1] - offsets[i])
        gain[offsets[i]] = 0.0
        if motion.code == MAYNARD_SMITH:
            base[i] = contracted_at(tables, places[i], i, motion, share, work, weight)
        for k in range(1, offsets[i + 1] - offsets[i]):
            gain[offsets[i] + k] = contracted_at(tables, places[i] + k * size, i, motion, share, work, weight)


gains_at = kernel(_gains_at)


def _choose_moving(gain: Floats, share: Floats, first: int, last: int, moving: Floats) -> None:
    """Mark with 1 the strategies whose shares move under projection: those in use, and the best of the others.

    An unused strategy joins, the best first, as long as it earns more than the average of those that move.
    """
    total, count = 0.0, 0
    for k in range(first, last):
        moving[k] = 1.0 if share[k] > 0.0 else 0.0
        if moving[k] > 0.0:
            total += gain[k]
            count += 1
    for _ in range(last - first):
        best = -1
        for k in range(first, last):
            if moving[k] == 0.0 and (best < 0 or gain[k] > gain[best]):
                best = k
        if best < 0 or gain[best] * count <= total:
            return
        moving[best] = 1.0
        total += gain[best]
        count += 1


choose_moving = kernel(_choose_moving)


def _logit_at(rate: float, sharpness: float, gain: Floats, share: Floats, first: int, last: int, out: Floats) -> None:
    top, total = gain[first], 0.0
    for k in range(first, last):
        top = max(top, gain[k])
    for k in range(first, last):
        out[k] = np.exp(sharpness * (gain[k] - top))
        total += out[k]
    for k in range(first, last):
        out[k] = rate * (out[k] / total - share[k])


logit_at = kernel(_logit_at)


def _smith_at(rate: float, gain: Floats, share: Floats, first: int, last: int, out: Floats) -> None:
    for k in range(first, last):
        out[k] = 0.0
    for k in range(first, last):
        for j in range(first, k):  # one flow per pair: what one strategy loses the other gains, to the last bit
            lead = gain[k] - gain[j]
            flow = rate * lead * (share[j] if lead > 0.0 else share[k])
            out[k] += flow
            out[j] -= flow


smith_at = kernel(_smith_at)


def _field_at(motion: Motion, state: Floats, moving: Floats, out: Floats, gain: Floats, share: Floats, base: Floats,
              work: Floats, weight: Floats) -> None:  # fmt: skip
    """Write the velocity of the state, the gains and the shares.

    Parameters
    ----------
    moving : 1 for the strategies whose shares move; only projection reads it
    base, work, weight : room
    """
    code, offsets, rates, drifts = motion.code, motion.offsets, motion.rates, motion.drift
    for i in range(rates.shape[0]):
        shares_of(code, state, offsets[i], offsets[i + 1], share)
    gains_at(motion, share, gain, base, work, weight)
    for i in range(rates.shape[0]):
        first, last, rate = offsets[i], offsets[i + 1], rates[i]
        mean = 0.0
        for k in range(first, last):
            mean += share[k] * gain[k]
        if code == LOGIT:
            logit_at(rate, drifts[i], gain, share, first, last, out)
        elif code == SMITH:
            smith_at(rate, gain, share, first, last, out)
        elif code == BNN:
            total = 0.0
            for k in range(first, last):
                out[k] = max(0.0, gain[k] - mean)
                total += out[k]
            for k in range(first, last):
                out[k] = rate * (out[k] - share[k] * total)
        elif code == PROJECTION:
            total, count = 0.0, 0.0
            for k in range(first, last):
                total += moving[k] * gain[k]
                count += moving[k]
            for k in range(first, last):
                out[k] = rate * moving[k] * (gain[k] - total / count)
        elif code == MUTATION:
            even = drifts[i] / (last - first)
            for k in range(first, last):
                # A trial step may leave a share of exactly 0; the error it makes then shortens the step.
                out[k] = rate * gain[k] + even / max(share[k], LEAST_SHARE)
        elif code == MAYNARD_SMITH:
            for k in range(first, last):
                out[k] = rate * gain[k] / (base[i] + mean)
        else:
            for k in range(first, last):
                out[k] = rate * gain[k]


field_at = kernel(_field_at)


def _share_velocity_at(motion: Motion, slope: Floats, share: Floats, out: Floats) -> None:
    """Write the velocity of the shares, given that of the state."""
    offsets = motion.offsets
    for i in range(offsets.shape[0] - 1):
        mean = 0.0
        if uses_log_odds(motion.code):
            for k in range(offsets[i], offsets[i + 1]):
                mean += share[k] * slope[k] if share[k] > 0.0 else 0.0
        for k in range(offsets[i], offsets[i + 1]):
            out[k] = share[k] * (slope[k] - mean) if uses_log_odds(motion.code) else slope[k]


share_velocity_at = kernel(_share_velocity_at)
