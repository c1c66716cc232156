"""Velocities of every protocol in two-strategy games, for many paths in lockstep.

Arrays of the lanes are those of ``sigmoid_in_lanes``. They are indexed, never sliced, in inner loops: a slice counts a
reference, which costs as much as a row of sums.

The state is what suits the protocol: log-odds for those that leave faces invariant and for mutation, where shares
near the border decide what happens later; shares of index 1 for the others, which leave the border at once. The
protocol is chosen outside all loops over lanes.
"""

from __future__ import annotations

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.dynamics.protocols import BNN, LOGIT, MAYNARD_SMITH, MUTATION, PROJECTION, REPLICATOR, SMITH
from solvers.dynamics.sigmoid_in_lanes import COLUMNS, odds_in_lanes, row, sigmoid_in_lanes


def _uses_log_odds(code: int) -> bool:
    """Whether paths of the protocol are followed in log-odds."""
    return code in (REPLICATOR, MAYNARD_SMITH, MUTATION)


uses_log_odds = kernel(_uses_log_odds)


def _fold_in_lanes(tables: Floats, places: Integers, which: int, lengths: Integers, strides: Integers,
                   multi: Integers, share: Floats, work: Floats, out: Floats) -> None:  # fmt: skip
    """Write one table of every population, contracted at the shares of every lane.

    Axes of length 2 are straight lines between two values; longer ones are Bernstein forms, by de Casteljau.

    Parameters
    ----------
    places : shape (n + 1,), where each population's tables begin
    which : 0 for the tables of strategy 0, 1 for those of strategy 1
    lengths, strides : shape (n, n), of the axes of every population's tables
    multi : shape (n,), 1 where every axis but the own has length 2
    """
    for i in range(lengths.shape[0]):
        place = places[i] + which * (places[i + 1] - places[i]) // 2
        if multi[i] == 1 and lengths.shape[0] == 4:
            a, b, d = row(0 if i > 0 else 1), row(1 if i > 1 else 2), row(2 if i > 2 else 3)
            o = row(i)
            t0, t1, t2, t3 = tables[place], tables[place + 1], tables[place + 2], tables[place + 3]
            r0, r1 = tables[place + 4] - t0, tables[place + 5] - t1
            r2, r3 = tables[place + 6] - t2, tables[place + 7] - t3
            for c in range(COLUMNS):
                x, y = share[a + c], share[b + c]
                one, two = t0 + x * r0, t1 + x * r1
                one += y * ((t2 + x * r2) - one)
                two += y * ((t3 + x * r3) - two)
                out[o + c] = one + share[d + c] * (two - one)
        else:
            fold_table(tables, place, lengths, strides, multi, i, share, work, out)


def _fold_table(tables: Floats, place: int, lengths: Integers, strides: Integers, multi: Integers, i: int,
                share: Floats, work: Floats, out: Floats) -> None:  # fmt: skip
    """Contract the table of population i that begins at ``place``, whatever its axes."""
    n, o = lengths.shape[0], row(i)
    # The first axes read the table, the others what is left in ``work``. Where payoffs do not depend on shares, the
    # first two or three axes are folded at once: memory is what passes cost.
    j, fresh = 0, True
    if multi[i] == 1 and n > 3:
        a, b, d = (0 if i > 0 else 1), (1 if i > 1 else 2), (2 if i > 2 else 3)
        size, j, fresh = strides[i, d], d + 1, False
        first, second, last = row(a), row(b), row(d)
        for k in range(size):
            p = place + k
            t0, t1, t2, t3 = tables[p], tables[p + size], tables[p + 2 * size], tables[p + 3 * size]
            r0, r1 = tables[p + 4 * size] - t0, tables[p + 5 * size] - t1
            r2, r3 = tables[p + 6 * size] - t2, tables[p + 7 * size] - t3
            to = row(k)
            for c in range(COLUMNS):
                x, y = share[first + c], share[second + c]
                one, two = t0 + x * r0, t1 + x * r1
                one += y * ((t2 + x * r2) - one)
                two += y * ((t3 + x * r3) - two)
                work[to + c] = one + share[last + c] * (two - one)
    while j < n:
        size, level, here = strides[i, j], lengths[i, j] - 1, row(j)
        if fresh and level == 1 and j + 1 < n and lengths[i, j + 1] == 2:  # two axes at once: half the passes
            size = strides[i, j + 1]
            after = row(j + 1)
            for k in range(size):
                p, to = place + k, row(k)
                low, rise, across = tables[p], tables[p + 2 * size] - tables[p], tables[p + size] - tables[p]
                both = (tables[p + 3 * size] - tables[p + 2 * size]) - across
                for c in range(COLUMNS):
                    work[to + c] = (low + share[here + c] * rise) + share[after + c] * (across + share[here + c] * both)
            j, level, fresh = j + 1, 0, False
        elif fresh and level > 0:
            for k in range(level * size):
                low, rise, to = tables[place + k], tables[place + k + size] - tables[place + k], row(k)
                for c in range(COLUMNS):
                    work[to + c] = low + share[here + c] * rise
            level, fresh = level - 1, False
        while level > 0:
            for k in range(level * size):
                to, other = row(k), row(k + size)
                for c in range(COLUMNS):
                    work[to + c] += share[here + c] * (work[other + c] - work[to + c])
            level -= 1
        j += 1
    if fresh:
        for c in range(COLUMNS):
            out[o + c] = tables[place]
    else:
        for c in range(COLUMNS):
            out[o + c] = work[c]


fold_table = kernel(_fold_table, fastmath={"contract"})
fold_in_lanes = kernel(_fold_in_lanes, fastmath={"contract"})


def _lane_shares(code: int, state: Floats, share: Floats, odds: Floats, power: Floats, bits: Integers) -> None:
    """Write the shares at the state of every lane; for mutation also the odds of the rarer strategy, exactly."""
    if code == MUTATION:
        odds_in_lanes(state, odds, share, power, bits)
        return
    if uses_log_odds(code):
        sigmoid_in_lanes(state, share, odds, power, bits)
        return
    if code == PROJECTION:
        for c in range(state.shape[0]):
            share[c] = state[c]
    else:
        for c in range(state.shape[0]):
            share[c] = min(1.0, max(0.0, state[c]))


lane_shares = kernel(_lane_shares)


def _field_in_lanes(code: int, tables: Floats, places: Integers, lengths: Integers, strides: Integers,
                    multi: Integers, drifts: Floats, rate: Floats, state: Floats, side: Floats, out: Floats,
                    gain: Floats, share: Floats, work: Floats, spare: Floats, power: Floats,
                    bits: Integers) -> None:  # fmt: skip
    """Write the velocity of the state of every lane into ``out`` and the gain of index 1 into ``gain``.

    The arrays of the motion come one by one: to take one out of a tuple counts a reference, at every stage.

    Parameters
    ----------
    code, tables, places, lengths, strides, multi, drifts : see ``motion``
    rate : rates of the populations, one number per element of the state
    state : shape (n * LANES,), log-odds or shares; shares are read as if they lay in [0, 1], except under projection
    side : which smooth piece of the velocity holds, see ``turns_in_lanes``
    share, work, spare, power, bits : room; ``bits`` is the memory of ``power`` seen as whole numbers
    """
    size = state.shape[0]
    lane_shares(code, state, share, out, power, bits)
    fold_in_lanes(tables, places, 1, lengths, strides, multi, share, work, gain)
    if code == MAYNARD_SMITH:
        fold_in_lanes(tables, places, 0, lengths, strides, multi, share, work, out)
        for c in range(size):
            out[c] = rate[c] * gain[c] / (out[c] + share[c] * gain[c])
    elif code == LOGIT:
        for i in range(places.shape[0] - 1):
            o, sharpness = row(i), drifts[i]
            for c in range(COLUMNS):
                spare[o + c] = sharpness * gain[o + c]
        sigmoid_in_lanes(spare, out, work, power, bits)
        for c in range(size):
            out[c] = rate[c] * (out[c] - share[c])
    elif code == SMITH:
        for c in range(size):
            x = share[c]
            out[c] = rate[c] * gain[c] * (1.0 - x if side[c] > 0.0 else x)
    elif code == BNN:
        for c in range(size):
            x = share[c]
            left = 1.0 - x if side[c] > 0.0 else x
            out[c] = rate[c] * gain[c] * left * left
    elif code == PROJECTION:
        for c in range(size):
            out[c] = 0.5 * rate[c] * gain[c] * side[c]
    elif code == MUTATION:
        for i in range(places.shape[0] - 1):
            o, drift = row(i), 0.5 * drifts[i]
            for c in range(COLUMNS):
                away = 1.0 / out[o + c] - out[o + c]
                out[o + c] = rate[o + c] * gain[o + c] + drift * (-away if state[o + c] >= 0.0 else away)
    else:
        for c in range(size):
            out[c] = rate[c] * gain[c]


field_in_lanes = kernel(_field_in_lanes, fastmath={"contract"}, ieee=True)
