"""Does a path come back? Rounds that repeat (cycling) and rounds that grow by a settling ratio (heteroclinic).

Both tests read short records of one path, kept in order of time: the moments at which some share stops growing and
begins to fall (the natural sections of a periodic path: it passes each once or a few times per round), and the
moments at which some share crosses 1/2, after each of which another pure profile is the nearest.
"""

from __future__ import annotations

from solvers.arrays import Floats
from solvers.compiled import kernel

PEAKS = 64
"""How many of the latest peaks of shares are kept."""
FLIPS = 160
"""How many of the latest changes of the nearest pure profile are kept."""
LONGEST_CYCLE = 32
"""Most pure profiles in a heteroclinic cycle that is recognised."""
SAME_PLACE = 1e-5
"""A round is repeated if it ends this close to its start, as a part of its own size, and takes as long as the last."""
LEAST_RATIO = 1.001
CLOSE = 3.0
"""Log-odds of every share, beyond which a point lies in the neighbourhood of a pure profile (0.95)."""


def _room(record: Floats, kept: int) -> int:
    """Number of the first free row of a record; a full one drops the older half of its rows first."""
    size = record.shape[0]
    if kept < size:
        return kept
    half = size // 2
    for k in range(half, size):
        for c in range(record.shape[1]):
            record[k - half, c] = record[k, c]
    return int(size - half)


room = kernel(_room)


def _distance(peaks: Floats, a: int, b: int) -> float:
    """Largest difference of a share between two peaks."""
    largest = 0.0
    for i in range(2, peaks.shape[1]):
        largest = max(largest, abs(peaks[a, i] - peaks[b, i]))
    return largest


distance = kernel(_distance)


def _period(peaks: Floats, kept: int) -> float:
    """Period if the latest peak repeats an earlier one, and that one another before it; else 0.

    Parameters
    ----------
    peaks : one row per peak: whose share it is, when, and all shares at that moment
    kept : number of peaks on record
    """
    last = kept - 1
    size = 0.0
    first = -1
    for j in range(last - 1, -1, -1):
        apart = distance(peaks, last, j)
        size = max(size, apart)
        if peaks[j, 0] != peaks[last, 0] or apart > SAME_PLACE * size:
            continue
        if first < 0:
            first = j
            continue
        one, two = peaks[last, 1] - peaks[first, 1], peaks[first, 1] - peaks[j, 1]
        if abs(one - two) <= SAME_PLACE * one:
            return float(0.5 * (one + two))
        if two > (1.0 + SAME_PLACE) * one:
            return 0.0
    return 0.0


period = kernel(_period)


def _growing_cycle(visits: Floats, kept: int, settled: float) -> tuple[int, float]:
    """Length and ratio if the latest visits go round a cycle of pure profiles ever more slowly; else (0, 0).

    Each return time is the last one times a ratio plus a constant, so the ratio is taken between their differences:
    it settles within a few rounds.

    Parameters
    ----------
    visits : one row per visit: nearest pure profile, since when, and how deep in its corner the path came, in
        log-odds of the least decided share; the last visit has only begun
    kept : number of visits on record
    settled : largest part by which the ratio may still change from round to round
    """
    last = kept - 1
    for length in range(4, min(LONGEST_CYCLE, last // 4) + 1):
        repeated = True
        for k in range(last, last - 3 * length - 1, -1):
            shallow = last > k >= last - 2 * length and visits[k, 2] < CLOSE
            if visits[k, 0] != visits[k - length, 0] or shallow:
                repeated = False
                break
        if not repeated:
            continue
        one = visits[last, 1] - visits[last - length, 1]
        two = visits[last - length, 1] - visits[last - 2 * length, 1]
        three = visits[last - 2 * length, 1] - visits[last - 3 * length, 1]
        four = visits[last - 3 * length, 1] - visits[last - 4 * length, 1]
        if not (one > LEAST_RATIO * two and two > LEAST_RATIO * three and three > LEAST_RATIO * four):
            return 0, 0.0
        ratio, before = (one - two) / (two - three), (two - three) / (three - four)
        if ratio > LEAST_RATIO and abs(ratio - before) <= settled * ratio:
            return length, float(ratio)
        return 0, 0.0
    return 0, 0.0


growing_cycle = kernel(_growing_cycle)
