"""Velocities of every protocol in two-strategy games, for many paths in lockstep.

Arrays of the lanes have a row per population (or table cell) and a column per lane. They are indexed, never sliced, in
inner loops: a slice counts a reference, which costs as much as a row of sums.

The state is what suits the protocol: log-odds for those that leave faces invariant and for mutation, where shares
near the border decide what happens later; shares of index 1 for the others, which leave the border at once. The
protocol is chosen outside all loops over lanes.
"""

from __future__ import annotations

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.dynamics.motion import Motion
from solvers.dynamics.protocols import BNN, LOGIT, MAYNARD_SMITH, MUTATION, PROJECTION, REPLICATOR, SMITH
from solvers.dynamics.sigmoid_in_lanes import LANES, odds_in_lanes, sigmoid_in_lanes


def _uses_log_odds(code: int) -> bool:
    """Whether paths of the protocol are followed in log-odds."""
    return code in (REPLICATOR, MAYNARD_SMITH, MUTATION)


uses_log_odds = kernel(_uses_log_odds)


def _fold_in_lanes(tables: Floats, place: int, lengths: Integers, strides: Integers, multi: Integers, i: int,
                   share: Floats, work: Floats, out: Floats) -> None:  # fmt: skip
    """Write a table of population i, contracted at the shares of every lane, into row i of ``out``.

    Axes of length 2 are straight lines between two values; longer ones are Bernstein forms, by de Casteljau.

    Parameters
    ----------
    place : where the table begins
    lengths, strides : shape (n, n), of the axes of every population's tables
    multi : shape (n,), 1 where every axis but the own has length 2
    """
    n = lengths.shape[0]
    # The first axes read the table, the others what is left in ``work``. With payoffs that do not depend on shares
    # and four populations or more, three axes are folded at once: memory is what passes cost.
    j, fresh = 0, True
    if multi[i] == 1 and n > 3:
        a, b, d = (0 if i > 0 else 1), (1 if i > 1 else 2), (2 if i > 2 else 3)
        size, j, fresh = strides[i, d], d + 1, False
        for k in range(size):
            p = place + k
            t0, t1, t2, t3 = tables[p], tables[p + size], tables[p + 2 * size], tables[p + 3 * size]
            t4, t5, t6, t7 = tables[p + 4 * size], tables[p + 5 * size], tables[p + 6 * size], tables[p + 7 * size]
            for c in range(LANES):
                x, y = share[a, c], share[b, c]
                one, two = t0 + x * (t4 - t0), t1 + x * (t5 - t1)
                one += y * (t2 + x * (t6 - t2) - one)
                two += y * (t3 + x * (t7 - t3) - two)
                work[k, c] = one + share[d, c] * (two - one)
    while j < n:
        size, level = strides[i, j], lengths[i, j] - 1
        if fresh and level == 1 and j + 1 < n and lengths[i, j + 1] == 2:  # two axes at once: half the passes
            size = strides[i, j + 1]
            for k in range(size):
                p = place + k
                low, rise, across = tables[p], tables[p + 2 * size] - tables[p], tables[p + size] - tables[p]
                both = (tables[p + 3 * size] - tables[p + 2 * size]) - across
                for c in range(LANES):
                    work[k, c] = (low + share[j, c] * rise) + share[j + 1, c] * (across + share[j, c] * both)
            j, level, fresh = j + 1, 0, False
        elif fresh and level > 0:
            for k in range(level * size):
                low, rise = tables[place + k], tables[place + k + size] - tables[place + k]
                for c in range(LANES):
                    work[k, c] = low + share[j, c] * rise
            level, fresh = level - 1, False
        while level > 0:
            for k in range(level * size):
                for c in range(LANES):
                    work[k, c] += share[j, c] * (work[k + size, c] - work[k, c])
            level -= 1
        j += 1
    if fresh:
        for c in range(LANES):
            out[i, c] = tables[place]
    else:
        for c in range(LANES):
            out[i, c] = work[0, c]


fold_in_lanes = kernel(_fold_in_lanes)


def _lane_shares(code: int, state: Floats, share: Floats, odds: Floats, power: Floats, bits: Integers) -> None:
    """Write the shares at the state of every lane; for mutation also the odds of the rarer strategy, exactly."""
    n = state.shape[0]
    if code == MUTATION:
        odds_in_lanes(state, odds, power, bits)
        for i in range(n):
            for c in range(LANES):
                share[i, c] = (1.0 if state[i, c] >= 0.0 else odds[i, c]) / (1.0 + odds[i, c])
    elif uses_log_odds(code):
        sigmoid_in_lanes(state, share, power, bits)
    elif code == PROJECTION:
        for i in range(n):
            for c in range(LANES):
                share[i, c] = state[i, c]
    else:
        for i in range(n):
            for c in range(LANES):
                share[i, c] = min(1.0, max(0.0, state[i, c]))


lane_shares = kernel(_lane_shares)


def _field_in_lanes(motion: Motion, state: Floats, side: Floats, out: Floats, gain: Floats, share: Floats,
                    work: Floats, power: Floats, bits: Integers) -> None:  # fmt: skip
    """Write the velocity of the state of every lane into ``out`` and the gain of index 1 into ``gain``.

    Parameters
    ----------
    state : shape (n, LANES), log-odds or shares; shares are read as if they lay in [0, 1], except under projection
    side : which smooth piece of the velocity holds, see ``turns_in_lanes``
    share, work, power, bits : room; ``bits`` is the memory of ``power`` seen as whole numbers
    """
    code, rates, drifts, tables, places = motion.code, motion.rates, motion.drift, motion.tables, motion.places
    lengths, strides, multi = motion.lengths, motion.strides, motion.multi
    n = rates.shape[0]
    lane_shares(code, state, share, out, power, bits)
    for i in range(n):
        place = places[i] + (places[i + 1] - places[i]) // 2  # that of strategy 1 comes second
        fold_in_lanes(tables, place, lengths, strides, multi, i, share, work, gain)
    if code == LOGIT:
        for i in range(n):
            sharpness = drifts[i]
            for c in range(LANES):
                work[i, c] = sharpness * gain[i, c]
        sigmoid_in_lanes(work[:n], out, power, bits)
    elif code == MAYNARD_SMITH:
        for i in range(n):
            fold_in_lanes(tables, places[i], lengths, strides, multi, i, share, work, out)
    for i in range(n):
        rate = rates[i]
        if code == REPLICATOR:
            for c in range(LANES):
                out[i, c] = rate * gain[i, c]
        elif code == MAYNARD_SMITH:
            for c in range(LANES):
                out[i, c] = rate * gain[i, c] / (out[i, c] + share[i, c] * gain[i, c])
        elif code == MUTATION:
            drift = 0.5 * drifts[i]
            for c in range(LANES):
                away = 1.0 / out[i, c] - out[i, c]
                out[i, c] = rate * gain[i, c] + drift * (-away if state[i, c] >= 0.0 else away)
        elif code == LOGIT:
            for c in range(LANES):
                out[i, c] = rate * (out[i, c] - share[i, c])
        elif code == SMITH:
            for c in range(LANES):
                out[i, c] = rate * gain[i, c] * (1.0 - share[i, c] if side[i, c] > 0.0 else share[i, c])
        elif code == BNN:
            for c in range(LANES):
                left = 1.0 - share[i, c] if side[i, c] > 0.0 else share[i, c]
                out[i, c] = rate * gain[i, c] * left * left
        else:
            for c in range(LANES):
                out[i, c] = 0.5 * rate * gain[i, c] * side[i, c]


field_in_lanes = kernel(_field_in_lanes)
