"""What becomes of a path: settled with proof, at rest, cycling, heteroclinic, or undecided within the budget.

Paths are followed one by one, on all cores. Only ``settled`` is proved. A path is at rest when every share moves more
slowly than ``REST`` times its fastest possible growth rate and none at its border is driven back; it is cycling or
heteroclinic when ``returns`` finds its rounds to repeat or to grow.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

import numba
import numpy as np

from solvers.arrays import Advantages, Booleans, Floats, Integers, Shares
from solvers.attractors import Profile
from solvers.compiled import kernel
from solvers.dynamics.events import add_flips, add_peaks, arrival_part, decided, lead, something_happens
from solvers.dynamics.problem import Replicator, from_log_odds, log_odds, replicator
from solvers.dynamics.returns import FLIPS, LONGEST_CYCLE, PEAKS
from solvers.dynamics.steps import (
    EXTRA_STAGES,
    STAGES,
    TERMS,
    UNSETTLED,
    captured,
    first_step,
    interpolant,
    step_factor,
    try_step,
    velocity,
)

REST = 1e-9
"""Largest change of a share at rest per unit of time, the unit being 1 over its largest speed times advantage."""
DRIVEN_BACK = 1e-6
"""Largest part of that advantage that may drive a share at rest away from its border."""
ARRIVED = float(np.log(19.0))
"""Log-odds of 0.95."""


class Fate(enum.Enum):
    """What is known of where a path goes."""

    SETTLED = "captured by a strict equilibrium, proved"
    AT_REST = "nothing moves any more: a continuum of rest points or a weak equilibrium, not proved"
    CYCLING = "rounds repeat, not proved"
    HETEROCLINIC = "rounds from corner to corner grow by a settled ratio, not proved"
    CLOSING_IN = "ever smaller rounds close in on a rest point, too slowly to wait for, not proved"
    SLIDING = "several populations stay indifferent, and there is not exactly one way to do so: known up to then"
    UNDECIDED = "none of these within the budget"
    OUT_OF_BUDGET = "the number of steps was used up before anything was known"


_UNDECIDED, _SETTLED, _AT_REST, _CYCLING, _HETEROCLINIC = range(5)
_FATES = (Fate.UNDECIDED, Fate.SETTLED, Fate.AT_REST, Fate.CYCLING, Fate.HETEROCLINIC)


@dataclass(frozen=True, slots=True, eq=False)
class Fates:
    """Fates of paths; times are in the time unit of the advantages.

    Attributes
    ----------
    fate : one per path
    target : strict equilibrium per path, None unless settled
    time : shape (paths,), when the fate was known
    shares : shape (paths, n), last state followed
    velocity : shape (paths,), largest change of a share per unit of time there
    period : shape (paths,), NaN unless cycling
    cycle : pure profiles in the order of the visits, beginning with the largest; empty unless heteroclinic
    ratio : shape (paths,), of successive return times; NaN unless heteroclinic
    arrival : shape (paths,), when every share was first beyond ``level`` on its side of the goal; NaN if that was
        not seen, or no goal was given
    """

    fate: tuple[Fate, ...]
    target: tuple[Profile | None, ...]
    time: Floats
    shares: Shares
    velocity: Floats
    period: Floats
    cycle: tuple[tuple[Profile, ...], ...]
    ratio: Floats
    arrival: Floats


def _is_at_rest(tables: Floats, z: Floats, slope: Floats) -> bool:
    for i in range(z.shape[0]):
        fastest = 0.0
        for c in range(tables.shape[1]):
            fastest = max(fastest, abs(tables[i, c]))
        odds = np.exp(-abs(z[i]))
        back = -slope[i] if z[i] >= 0.0 else slope[i]
        if abs(slope[i]) * odds / (1.0 + odds) ** 2 > REST * fastest or back > DRIVEN_BACK * fastest:
            return False
    return True


is_at_rest = kernel(_is_at_rest)


def _end_near(z: Floats, targets: Integers, k: int, level: float) -> bool:
    """Whether every share is beyond the level on the side of a target."""
    for i in range(z.shape[0]):  # noqa: SIM110  # compiled code takes no generators
        if (z[i] if targets[k, i] == 1 else -z[i]) < level:
            return False
    return True


end_near = kernel(_end_near)


def _follow_fate(tables: Floats, z: Floats, targets: Integers, reach: Floats, goal: Floats,
                 level: float, horizon: float, most_steps: int, tolerance: float, settled: float,
                 numbers: Floats, cycle: Integers) -> tuple[int, int]:  # fmt: skip
    """Follow one path, in place, until its fate is known and, where it leads to the goal, until it has arrived.

    Writes time, period, ratio and arrival into ``numbers`` and the codes of a heteroclinic cycle into ``cycle``.
    Returns the fate, and the target or the length of the cycle.
    """
    n = z.shape[0]
    slopes, terms = np.zeros((STAGES + 1 + EXTRA_STAGES, n)), np.zeros((TERMS, n))
    new, share, point, out, parts = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n)
    work = np.zeros(tables.shape[1])
    peaks, visits = np.zeros((PEAKS, 2 + n)), np.zeros((FLIPS, 3))
    velocity(tables, z, slopes[0], work, share)
    h = first_step(slopes[0])
    t, deep = 0.0, decided(z)
    n_peaks, n_visits = 0, 0
    fate, detail = _UNDECIDED, 0
    seeking = lead(z, goal) < level
    if not seeking and lead(z, goal) < np.inf:
        numbers[3] = 0.0
    for _ in range(most_steps):
        if fate == _UNDECIDED:
            k = captured(z, targets, reach)
            numbers[0] = t
            if k != UNSETTLED:
                fate, detail = _SETTLED, k
            elif is_at_rest(tables, z, slopes[0]):
                fate = _AT_REST
                break
        if t >= horizon or (fate == _SETTLED and (not seeking or end_near(z, targets, detail, level))):
            break
        h = min(h, horizon - t)
        error = try_step(tables, z, h, slopes, new, work, share, tolerance)
        if error <= 1.0:
            happens = fate == _UNDECIDED and something_happens(z, new, slopes)
            arrives = seeking and lead(new, goal) >= level
            if happens or arrives:
                interpolant(tables, z, new, h, slopes, point, work, share, terms)
            if arrives:
                numbers[3] = t + h * arrival_part(z, terms, goal, level, point)
                seeking = False
            if happens:
                n_peaks, numbers[1] = add_peaks(tables, z, terms, slopes, t, h, peaks, n_peaks, point, out,
                                                work, share)  # fmt: skip
                n_visits, deep, length, numbers[2] = add_flips(z, new, terms, t, h, deep, visits, n_visits, parts,
                                                               point, settled)  # fmt: skip
            t += h
            for i in range(n):
                z[i] = new[i]
                slopes[0, i] = slopes[STAGES, i]
            deep = max(deep, decided(z))
            if happens and (numbers[1] > 0.0 or numbers[2] > 0.0):
                numbers[0] = t
                if numbers[1] > 0.0:
                    return _CYCLING, 0
                for k in range(length):
                    cycle[k] = int(visits[n_visits - 1 - length + k, 0])
                return _HETEROCLINIC, length
        h *= step_factor(error)
    return fate, detail


follow_fate = kernel(_follow_fate)


def _follow_fates(tables: Floats, z: Floats, targets: Integers, reach: Floats, goal: Floats,
                  level: float, horizon: float, most_steps: int, tolerance: float, settled: float, fate: Integers,
                  detail: Integers, numbers: Floats, cycle: Integers) -> None:  # fmt: skip
    for p in numba.prange(z.shape[0]):
        fate[p], detail[p] = follow_fate(
            tables, z[p], targets, reach, goal, level, horizon, most_steps, tolerance, settled, numbers[p], cycle[p]
        )


follow_fates = kernel(_follow_fates, parallel=True)


def _resting(tables: Floats, z: Floats, found: Booleans) -> None:
    n = z.shape[1]
    for p in numba.prange(z.shape[0]):
        slope, share, work = np.zeros(n), np.zeros(n), np.zeros(tables.shape[1])
        velocity(tables, z[p], slope, work, share)
        found[p] = is_at_rest(tables, z[p], slope)


resting = kernel(_resting, parallel=True)


def at_rest_in_log_odds(game: Replicator, z: Floats) -> Booleans:
    """Whether each of many points is at rest where it stands; a path from there would leave it by rounding alone.

    Examples
    --------
    >>> from solvers.expected import payoff_advantages
    >>> pennies = np.array([[[1.0, -1.0], [-1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]])
    >>> at_rest_in_log_odds(replicator(payoff_advantages(pennies)), np.array([[0.0, 0.0], [0.1, 0.0]])).tolist()
    [True, False]
    """
    found = np.zeros(len(z), dtype=np.bool_)
    if len(z):
        resting(game.tables, z, found)
    return found


def fates(
    advantages: Advantages,
    starts: Shares,
    *,
    speeds: Floats | None = None,
    goal: Sequence[int | None] | None = None,
    level: float = ARRIVED,
    horizon: float = 1e9,
    most_steps: int = 20_000,
    tolerance: float = 1e-9,
    settled: float = 1e-4,
) -> Fates:
    """Tell what becomes of replicator paths.

    Parameters
    ----------
    advantages : shape (n, 2, ..., 2), payoff of index 1 minus index 0 at the pure profiles, ties exactly 0
    starts : shape (paths, n), inside (0, 1)
    speeds : shape (n,), positive; default 1
    goal : pure strategy per player, None for players that do not matter; its time of arrival is reported
    level : log-odds of every share on its side of the goal from which on a path has arrived; default 0.95
    horizon : longest time, in units of 1 over the largest advantage times speed
    most_steps : steps per path before it is given up as undecided
    tolerance : error per step in log-odds, relative to max(1, |z|)
    settled : largest part by which the ratio of a heteroclinic path may still change from round to round

    Raises
    ------
    SolverInputError
        If a start lies on or outside the border, or a speed is not positive.

    Examples
    --------
    >>> from solvers.expected import payoff_advantages
    >>> pennies = np.array([[[1.0, -1.0], [-1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]])
    >>> result = fates(payoff_advantages(pennies), np.array([[0.51, 0.5], [0.5, 0.5]]))
    >>> [fate.name for fate in result.fate], round(float(result.period[0] / (2 * np.pi)), 3)
    (['CYCLING', 'AT_REST'], 1.0)
    """
    n = advantages.ndim - 1
    z = log_odds(starts, n)
    game = replicator(advantages, speeds)
    sides = np.zeros(n) if goal is None else np.array([0.0 if s is None else 2.0 * s - 1.0 for s in goal])
    return fates_in_log_odds(
        game, z, goal=sides, level=level, horizon=horizon, most_steps=most_steps, tolerance=tolerance, settled=settled
    )


def fates_in_log_odds(
    game: Replicator,
    z: Floats,
    *,
    goal: Floats,
    level: float,
    horizon: float,
    most_steps: int,
    tolerance: float,
    settled: float,
) -> Fates:
    """Tell the same of paths in log-odds, which are moved in place; ``goal`` is -1, 0 or 1 per player."""
    count, n = z.shape
    kind, detail = np.empty(count, np.int64), np.empty(count, np.int64)
    numbers, codes = np.zeros((count, 4)), np.zeros((count, LONGEST_CYCLE), np.int64)
    numbers[:, 3] = np.nan
    if count > 0:  # without a path nothing needs to be compiled
        follow_fates(game.tables, z, game.target_array, game.reach, goal, level, horizon, most_steps,
                     tolerance, settled, kind, detail, numbers, codes)  # fmt: skip
    return Fates(
        fate=tuple(_FATES[k] for k in kind),
        target=tuple(game.targets[d] if k == _SETTLED else None for k, d in zip(kind, detail, strict=True)),
        time=numbers[:, 0] / game.unit,
        shares=from_log_odds(z),
        velocity=share_velocity(game, z) * game.unit,
        period=np.where(kind == _CYCLING, numbers[:, 1], np.nan) / game.unit,
        cycle=tuple(
            _cycle(codes[p, : detail[p]], n) if kind[p] == _HETEROCLINIC else () for p in range(count)
        ),
        ratio=np.where(kind == _HETEROCLINIC, numbers[:, 2], np.nan),
        arrival=numbers[:, 3] / game.unit,
    )  # fmt: skip


def _cycle(codes: Integers, players: int) -> tuple[Profile, ...]:
    """Profiles of a cycle in the order of the visits, the largest first."""
    profiles = [tuple(int(code >> i) & 1 for i in range(players)) for code in codes]
    first = profiles.index(max(profiles))
    return tuple(profiles[first:] + profiles[:first])


def share_velocity(game: Replicator, z: Floats) -> Floats:
    """Largest change of a share per scaled unit of time at each of many points in log-odds."""
    n = z.shape[1]
    out, work, share, largest = np.empty(n), np.empty(game.tables.shape[1]), np.empty(n), np.empty(len(z))
    for p, point in enumerate(z):
        velocity(game.tables, point, out, work, share)
        odds = np.exp(-np.abs(point))
        largest[p] = np.max(np.abs(out) * odds / (1.0 + odds) ** 2)
    return largest
