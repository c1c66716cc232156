"""What becomes of a path under any protocol: settled with proof, at rest, cycling, or what else is known.

Capture proves that a path settles; it holds for every protocol but logit and mutation. Under best response the proof
is that no other reply ever catches up. Everything else is read from the numbers and not proved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numba
import numpy as np

from solvers.arrays import Floats, Integers
from solvers.attractors import Profile
from solvers.compiled import kernel
from solvers.dynamics.best_response_fate import (
    CLOSES_IN,
    CYCLES,
    HETEROCLINIC,
    RESTS,
    SETTLES,
    SPENT,
    UNDECIDED,
    follow_best_response,
)
from solvers.dynamics.fate import Fate
from solvers.dynamics.field_in_lanes import uses_log_odds
from solvers.dynamics.motion import Motion, motion
from solvers.dynamics.population_game import PopulationGame
from solvers.dynamics.profiles import MixedProfile, by_population, flat_profiles
from solvers.dynamics.protocol_events import add_peaks, add_visits, arrival_part, depth, growth, leader, least_lead
from solvers.dynamics.protocol_lanes import DRIVEN_BACK, REST
from solvers.dynamics.protocol_paths import initial_states, write_shares
from solvers.dynamics.protocol_steps import advance, begin, calm, commit, dense, room_for
from solvers.dynamics.protocols import BEST_RESPONSE, LOGIT, PROJECTION, Protocol
from solvers.dynamics.returns import FLIPS, LONGEST_CYCLE, PEAKS, period, room
from solvers.dynamics.rounds import ROUNDS, begin_round, closes_in, widen_round
from solvers.dynamics.steps import STAGES, UNSETTLED
from solvers.dynamics.strict_boxes import StrictBoxes, strict_boxes
from solvers.dynamics.velocity import strategy_payoffs, velocity
from solvers.errors import SolverInputError

ARRIVED = 0.95
_SHORTEST_ROUND = 1e-6  # units of time; with noise as small as rounding, logit choice flickers faster than that
_FATES = (
    Fate.UNDECIDED,
    Fate.SETTLED,
    Fate.AT_REST,
    Fate.CYCLING,
    Fate.HETEROCLINIC,
    Fate.CLOSING_IN,
    Fate.SLIDING,
    Fate.OUT_OF_BUDGET,
)


@dataclass(frozen=True, slots=True, eq=False)
class ProtocolFates:
    """Fates of paths; times are in the unit of payoffs and speeds.

    Attributes
    ----------
    fate : one per path; only ``Fate.SETTLED`` is proved
    target : strict equilibrium per path, None unless settled
    time : shape (paths,), when the fate was known
    profiles : per population an array [path, strategy], the last point followed; under best response the limit of a
        path that converges
    velocity : shape (paths,), largest change of a share per unit of time there
    regret : shape (paths,), largest gain of any population from a best reply there
    period : shape (paths,), NaN unless cycling
    cycle : pure profiles in the order of the visits, beginning with the largest; empty unless heteroclinic
    ratio : shape (paths,), of successive return times; NaN unless heteroclinic
    arrival : shape (paths,), when every population first gave its strategy of the goal the share ``level``; NaN if
        that was not seen, or no goal was given
    """

    fate: tuple[Fate, ...]
    target: tuple[Profile | None, ...]
    time: Floats
    profiles: tuple[Floats, ...]
    velocity: Floats
    regret: Floats
    period: Floats
    cycle: tuple[tuple[Profile, ...], ...]
    ratio: Floats
    arrival: Floats


def _captured_by(motion: Motion, share: Floats, targets: Integers, widths: Floats) -> int:
    """Number of the target whose proved neighbourhood holds the point, or ``UNSETTLED``."""
    for b in range(targets.shape[0]):
        inside = True
        for i in range(motion.sizes.shape[0]):
            others = 0.0  # not one less the share: that would lose what is left of a small width
            for k in range(motion.offsets[i], motion.offsets[i + 1]):
                if k - motion.offsets[i] != targets[b, i]:
                    others += share[k]
            if others > widths[b]:
                inside = False
                break
        if inside:
            return b
    return UNSETTLED


captured_by = kernel(_captured_by)


def _resting(motion: Motion, state: Floats, slope: Floats, change: Floats) -> bool:
    """Whether no share moves, and no rare strategy grows that may grow."""
    in_log_odds = uses_log_odds(motion.code)
    for i in range(motion.sizes.shape[0]):
        first, last = motion.offsets[i], motion.offsets[i + 1]
        best = leader(state, first, last)
        for k in range(first, last):
            if abs(change[k]) > REST * motion.pace[i]:
                return False
            grows = slope[k] - slope[best] > DRIVEN_BACK * motion.pace[i]
            if in_log_odds and grows and state[k] > -np.inf:
                return False
    return True


resting = kernel(_resting)


def _rose_and_fell(before: Floats, after: Floats) -> bool:
    for k in range(before.shape[0]):  # noqa: SIM110  # compiled code takes no generators
        if before[k] > 0.0 >= after[k]:
            return True
    return False


rose_and_fell = kernel(_rose_and_fell)


def _first_change(before: Floats, after: Floats) -> int:
    for k in range(before.shape[0]):
        if before[k] != after[k]:
            return k
    return -1


first_change = kernel(_first_change)


def _led_by_others(motion: Motion, state: Floats, new: Floats) -> bool:
    for i in range(motion.sizes.shape[0]):
        first, last = motion.offsets[i], motion.offsets[i + 1]
        if leader(state, first, last) != leader(new, first, last):
            return True
    return False


led_by_others = kernel(_led_by_others)


def _follow_path(motion: Motion, state: Floats, targets: Integers, widths: Floats, goal: Integers, level: float,
                 horizon: float, most_steps: int, tolerance: float, settled: float, numbers: Floats,
                 cycle: Integers) -> tuple[int, int]:  # fmt: skip
    """Follow one path, in place, until its fate is known and, where it leads to the goal, until it has arrived.

    Writes time, period, arrival and ratio into ``numbers`` and the codes of a heteroclinic cycle into ``cycle``.
    Returns the fate, and the target or the length of the cycle.
    """
    n, size = motion.sizes.shape[0], state.shape[0]
    path = room_for(motion)
    peaks, visits, parts = np.zeros((PEAKS, 2 + size)), np.zeros((FLIPS, 3)), np.zeros(n)
    before, after, out, share = np.zeros(size), np.zeros(size), np.zeros(size), np.zeros(size)
    low, high, sizes, rounds, section = np.zeros(size), np.zeros(size), np.zeros(ROUNDS), 0, -1
    h = begin(motion, state, path)
    logarithms = uses_log_odds(motion.code)
    t, deep, n_peaks, n_visits = 0.0, 0.0, 0, 0
    fate, detail = UNDECIDED, 0
    write_shares(motion, state, share)
    growth(motion, state, path.slopes[0], path, before)
    seeking = least_lead(motion, share, goal) < level
    if not seeking and least_lead(motion, share, goal) <= 1.0:
        numbers[2] = 0.0
    for _ in range(most_steps):
        if fate == UNDECIDED:
            numbers[0] = t
            found = captured_by(motion, share, targets, widths)
            if found != UNSETTLED:
                fate, detail = SETTLES, found
            elif resting(motion, state, path.slopes[0], before):
                return RESTS, 0
        if t >= horizon:
            return fate, detail
        if fate == SETTLES and (not seeking or least_lead_of(motion, targets, detail, goal) < level):
            return fate, detail
        h = min(h, horizon - t)
        part, factor = advance(motion, state, h, tolerance, path)
        longest = np.inf
        if part > 0.0:
            if part == 1.0:
                growth(motion, path.new, path.slopes[STAGES], path, after)
            write_shares(motion, path.new, share)
            peaked = fate == UNDECIDED and part == 1.0 and rose_and_fell(before, after)
            moved = fate == UNDECIDED and logarithms and led_by_others(motion, state, path.new)
            arrives = seeking and least_lead(motion, share, goal) >= level
            if (peaked or moved or arrives) and motion.code != PROJECTION:
                dense(motion, state, h, path)
            if arrives:
                numbers[2] = t + h * arrival_part(motion, state, goal, level, path)
                seeking = False
            if peaked:
                n_peaks, numbers[1] = add_peaks(motion, state, t, h, before, after, peaks, n_peaks, path, out)
            length = 0
            if moved:
                n_visits, deep, length, numbers[3] = add_visits(motion, state, t, h, deep, visits, n_visits, parts,
                                                                settled, path)  # fmt: skip
            t += part * h
            for k in range(size):
                before[k] = path.moving[k]
            longest = calm(motion, state, path)
            commit(motion, state, part, path)
            write_shares(motion, state, share)
            turn = first_change(before, path.moving) if part < 1.0 else -1
            if turn >= 0:  # projection turns at the border: these moments are sections of a periodic path too
                row = room(peaks, n_peaks)
                peaks[row, 0], peaks[row, 1] = size + turn, t
                for k in range(size):
                    peaks[row, 2 + k] = share[k]
                n_peaks = row + 1
                numbers[1] = period(peaks, n_peaks)
            growth(motion, state, path.slopes[0], path, before)
            widen_round(share, low, high)
            if fate == UNDECIDED and (peaked or turn >= 0):
                if section < 0:
                    section = peaks[n_peaks - 1, 0]
                    begin_round(share, low, high)
                elif section == peaks[n_peaks - 1, 0]:
                    rounds += 1
                    if closes_in(low, high, sizes, rounds):
                        numbers[0] = t
                        for k in range(size):
                            state[k] = low[k]
                        return CLOSES_IN, 0
                    begin_round(share, low, high)
            if logarithms:
                deep = max(deep, depth(motion, state))
            if motion.code == LOGIT and numbers[1] < _SHORTEST_ROUND:
                numbers[1] = 0.0
            if fate == UNDECIDED and numbers[1] > 0.0:
                numbers[0] = t
                return CYCLES, 0
            if length > 0:
                numbers[0] = t
                for k in range(length):
                    cycle[k] = int(visits[n_visits - 1 - length + k, 0])
                return HETEROCLINIC, length
        h = min(h * factor, longest)
    return (fate if fate == SETTLES else SPENT), detail


def _least_lead_of(motion: Motion, targets: Integers, which: int, goal: Integers) -> float:
    """1 if the target is the goal for all populations that have one, else 0."""
    for i in range(motion.sizes.shape[0]):
        if goal[i] >= 0 and goal[i] != targets[which, i]:
            return 0.0
    return 1.0


least_lead_of = kernel(_least_lead_of)
follow_path = kernel(_follow_path)


def _follow_paths(motion: Motion, states: Floats, targets: Integers, widths: Floats, goal: Integers, level: float,
                  horizon: float, most_steps: int, tolerance: float, settled: float, fate: Integers,
                  detail: Integers, numbers: Floats, cycle: Integers) -> None:  # fmt: skip
    for p in numba.prange(states.shape[0]):
        fate[p], detail[p] = follow_path(motion, states[p], targets, widths, goal, level, horizon, most_steps,
                                         tolerance, settled, numbers[p], cycle[p])  # fmt: skip


follow_paths = kernel(_follow_paths, parallel=True)


def protocol_fates(
    game: PopulationGame,
    starts: MixedProfile,
    protocol: Protocol,
    *,
    goal: Sequence[int | None] | None = None,
    level: float = ARRIVED,
    horizon: float = 1e9,
    most_steps: int = 20_000,
    tolerance: float = 1e-9,
    settled: float = 1e-4,
    boxes: StrictBoxes | None = None,
) -> ProtocolFates:
    """Tell what becomes of paths under a protocol.

    Parameters
    ----------
    starts : mixed profiles with one leading axis for the paths, see ``profiles.flat_profiles``; the border is allowed
    goal : pure strategy per population, None for populations that do not matter; its time of arrival is reported
    level : share of every strategy of the goal from which on a path has arrived, above 1/2 and below 1
    horizon : longest time, in units of about 1 over the largest velocity
    most_steps : steps per path (for best response: switches) after which it is given up
    tolerance : error per step in shares, or in log-odds relative to max(1, log-odds)
    settled : largest part by which the ratio of a heteroclinic path may still change from round to round
    boxes : ``strict_boxes(game)`` if it is known already

    Examples
    --------
    Smith's protocol turns matching pennies inwards, ever more slowly (Hofbauer and Sandholm 2009):

    >>> from solvers.dynamics.population_game import population_game
    >>> from solvers.dynamics.protocols import protocol
    >>> pennies = population_game([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    >>> result = protocol_fates(pennies, [[0.9, 0.5]], protocol("smith"))
    >>> result.fate[0].name, result.profiles[0].round(2).tolist()
    ('CLOSING_IN', [[0.5, 0.5]])
    """
    if not 0.5 < level < 1.0:
        raise SolverInputError("protocol.level", value=level)
    flat = flat_profiles(game, starts)
    if flat.ndim != 2:
        raise SolverInputError("profile.paths", shape=flat.shape)
    prepared, unit = motion(game, protocol)
    known = boxes or strict_boxes(game)
    targets, widths = known.profiles, known.widths
    if not protocol.properties.monotone:
        targets, widths = targets[:0], widths[:0]
    wanted = np.array([-1 if g is None else g for g in goal or (None,) * game.players], dtype=np.int64)
    count = len(flat)
    kind, detail = np.zeros(count, np.int64), np.zeros(count, np.int64)
    numbers, codes = np.zeros((count, 4)), np.zeros((count, LONGEST_CYCLE), np.int64)
    numbers[:, 2] = np.nan
    ends = flat
    if count and protocol.code == BEST_RESPONSE:
        follow_best_response(prepared, flat, wanted, level, horizon, most_steps, numbers, kind)
    elif count:
        states = initial_states(protocol, flat)
        follow_paths(prepared, states, targets, widths, wanted, level, horizon, most_steps, tolerance, settled, kind,
                     detail, numbers, codes)  # fmt: skip
        ends = shares_of_states(protocol, game, states)
        ends[kind == CLOSES_IN] = states[kind == CLOSES_IN]
    # Middles of rounds are kept as shares, whose sums are not quite 1.
    ends = np.concatenate([part / part.sum(axis=-1, keepdims=True) for part in by_population(game, ends)], axis=-1)
    parts = by_population(game, ends)
    return ProtocolFates(
        fate=tuple(_FATES[k] for k in kind),
        target=tuple(_target(protocol, targets, detail[p], parts, p) if kind[p] == SETTLES else None
                     for p in range(count)),
        time=numbers[:, 0] / unit,
        profiles=parts,
        velocity=np.max([np.abs(v).max(axis=-1) for v in velocity(game, parts, protocol)], axis=0),
        regret=largest_regret(game, parts),
        period=np.where(kind == CYCLES, numbers[:, 1], np.nan) / unit,
        cycle=tuple(_cycle(codes[p, : detail[p]], game.sizes) if kind[p] == HETEROCLINIC else ()
                    for p in range(count)),
        ratio=np.where(kind == HETEROCLINIC, numbers[:, 3], np.nan),
        arrival=numbers[:, 2] / unit,
    )  # fmt: skip


def shares_of_states(protocol: Protocol, game: PopulationGame, states: Floats) -> Floats:
    """Flat profiles of states of ``field``."""
    if not uses_log_odds(protocol.code):
        return states
    found = np.empty_like(states)
    for first, last in zip(game.offsets[:-1], game.offsets[1:], strict=True):
        odds = np.exp(states[:, first:last] - states[:, first:last].max(axis=-1, keepdims=True))
        found[:, first:last] = odds / odds.sum(axis=-1, keepdims=True)
    return found


def largest_regret(game: PopulationGame, parts: tuple[Floats, ...]) -> Floats:
    """Largest gain of any population from a best reply; shape of the leading axes, in units of payoff."""
    payoffs = strategy_payoffs(game, parts)
    each = [pi.max(axis=-1) - (x * pi).sum(axis=-1) for x, pi in zip(parts, payoffs, strict=True)]
    largest: Floats = np.maximum(np.max(each, axis=0), 0.0)
    return largest


def _target(protocol: Protocol, targets: Integers, which: int, parts: tuple[Floats, ...], path: int) -> Profile:
    if protocol.code == BEST_RESPONSE:
        return tuple(int(part[path].argmax()) for part in parts)
    return tuple(int(s) for s in targets[which])


def _cycle(codes: Integers, sizes: tuple[int, ...]) -> tuple[Profile, ...]:
    """Profiles of a cycle in the order of the visits, the largest first."""
    profiles = []
    for code in codes.tolist():
        digits = []
        for size in sizes:
            code, digit = divmod(code, size)
            digits.append(digit)
        profiles.append(tuple(digits))
    first = profiles.index(max(profiles))
    return tuple(profiles[first:] + profiles[:first])
