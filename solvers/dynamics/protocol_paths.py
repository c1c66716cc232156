"""Paths under any protocol recorded at given times: all starts at once, on all cores, with a status for each."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numba
import numpy as np

from solvers.arrays import Floats
from solvers.compiled import kernel
from solvers.dynamics.best_response_paths import record_best_response
from solvers.dynamics.field import shares_of
from solvers.dynamics.field_in_lanes import uses_log_odds
from solvers.dynamics.motion import Motion, motion
from solvers.dynamics.population_game import PopulationGame
from solvers.dynamics.profiles import MixedProfile, by_population, flat_profiles
from solvers.dynamics.protocol_steps import advance, begin, calm, commit, dense, room_for
from solvers.dynamics.protocol_stiff import IMPLICIT
from solvers.dynamics.protocols import BEST_RESPONSE, PROJECTION, Protocol
from solvers.dynamics.steps import between
from solvers.dynamics.times import checked_times
from solvers.errors import SolverInputError

MOST_STEPS = 2_000_000


class PathStatus(enum.Enum):
    """Whether a path could be followed to the last time asked for."""

    FOLLOWED = "followed to the last time"
    SLIDING = "several populations stay indifferent, and there is not exactly one way to do so: known up to then"
    OUT_OF_BUDGET = "the number of steps was used up before the last time"


_STATUS = (PathStatus.FOLLOWED, PathStatus.SLIDING, PathStatus.OUT_OF_BUDGET)


@dataclass(frozen=True, slots=True, eq=False)
class ProtocolPaths:
    """Shares along paths.

    Attributes
    ----------
    profiles : per population an array [path, time, strategy]; NaN after the time reached
    status : one per path
    reached : shape (paths,), the last time that the path is known at
    """

    profiles: tuple[Floats, ...]
    status: tuple[PathStatus, ...]
    reached: Floats

    @property
    def shares(self) -> Floats:
        """Shares of index 1, shape (path, time, n); only where all populations have two strategies."""
        if any(part.shape[-1] != 2 for part in self.profiles):
            raise SolverInputError("profile.two", sizes=tuple(part.shape[-1] for part in self.profiles))
        return np.stack([part[..., 1] for part in self.profiles], axis=-1)


def _write_shares(motion: Motion, state: Floats, out: Floats) -> None:
    offsets = motion.offsets
    for i in range(offsets.shape[0] - 1):
        shares_of(motion.code, state, offsets[i], offsets[i + 1], out)


write_shares = kernel(_write_shares)


def _record_path(motion: Motion, state: Floats, times: Floats, most_steps: int, tolerance: float,
                 out: Floats) -> float:  # fmt: skip
    """Follow one path, in place, and write its shares at the times; returns how far it came."""
    room = room_for(motion)
    h = begin(motion, state, room)
    last = times[times.shape[0] - 1]
    t, written = 0.0, 0
    while written < times.shape[0] and times[written] <= 0.0:
        write_shares(motion, state, out[written])
        written += 1
    for _ in range(most_steps):
        if written == times.shape[0]:
            return float(last)
        # Implicit steps end at the times themselves: between their ends they are known less well.
        stop = times[written] if room.mode[IMPLICIT] == 1.0 else last
        h = min(h, stop - t)
        part, factor = advance(motion, state, h, tolerance, room)
        longest = np.inf
        if part > 0.0:
            end = stop if part == 1.0 and h == stop - t else t + part * h
            if times[written] < end and motion.code != PROJECTION:
                dense(motion, state, h, room)
            while written < times.shape[0] and times[written] <= end:
                if times[written] < end:
                    between(state, room.terms, (times[written] - t) / h, room.point)
                    write_shares(motion, room.point, out[written])
                else:
                    write_shares(motion, room.new, out[written])
                written += 1
            t = end
            longest = calm(motion, state, room)
            commit(motion, state, part, room)
        h = min(h * factor, longest)
    return float(last if written == times.shape[0] else t)


record_path = kernel(_record_path)


def _record_paths(motion: Motion, states: Floats, times: Floats, most_steps: int, tolerance: float, out: Floats,
                  reached: Floats) -> None:  # fmt: skip
    for p in numba.prange(states.shape[0]):
        reached[p] = record_path(motion, states[p], times, most_steps, tolerance, out[p])


record_paths = kernel(_record_paths, parallel=True)


def initial_states(protocol: Protocol, flat: Floats) -> Floats:
    """States of ``field`` at flat profiles: logarithms of shares, or shares."""
    if not uses_log_odds(protocol.code):
        return np.array(flat)
    with np.errstate(divide="ignore"):
        states: Floats = np.log(flat)
    return states


def protocol_paths(
    game: PopulationGame,
    starts: MixedProfile,
    times: Floats,
    protocol: Protocol,
    *,
    most_steps: int = MOST_STEPS,
    tolerance: float = 1e-9,
) -> ProtocolPaths:
    """Follow paths under a protocol and record them.

    Parameters
    ----------
    starts : mixed profiles with one leading axis for the paths, see ``profiles.flat_profiles``; the border is allowed
    times : shape (times,), increasing from 0 or later, in the time unit of payoffs and speeds
    most_steps : steps per path (for best response: switches) after which it is given up
    tolerance : error per step in shares, or in log-odds relative to max(1, log-odds)

    Returns
    -------
    ProtocolPaths. Every share lies in [0, 1]; a path that could not be followed to the end says so.

    Examples
    --------
    The logit choice of one population between 0 and 1 with noise 1, by dx/dt = e / (1 + e) - x:

    >>> from solvers.dynamics.population_game import population_game
    >>> from solvers.dynamics.protocols import protocol
    >>> paths = protocol_paths(population_game([[0, 1]]), [[0.0]], np.array([1.0]), protocol("logit", noise=1.0))
    >>> float(paths.shares[0, 0, 0].round(6)), round(float((1 - np.exp(-1.0)) / (1 + np.exp(-1.0))), 6)
    (0.462117, 0.462117)
    """
    moments = checked_times(times)
    flat = flat_profiles(game, starts)
    if flat.ndim != 2:
        raise SolverInputError("profile.paths", shape=flat.shape)
    prepared, unit = motion(game, protocol)
    out = np.full((len(flat), moments.size, flat.shape[1]), np.nan)
    scaled = moments * unit
    reached, status = np.full(len(flat), scaled[-1]), np.zeros(len(flat), dtype=np.int64)
    if len(flat) and protocol.code == BEST_RESPONSE:
        record_best_response(prepared, flat, scaled, most_steps, out, reached, status)
    elif len(flat):
        record_paths(prepared, initial_states(protocol, flat), scaled, most_steps, tolerance, out, reached)
        status = np.where(reached < scaled[-1], _STATUS.index(PathStatus.OUT_OF_BUDGET), 0)
    out.flags.writeable = False
    return ProtocolPaths(by_population(game, out), tuple(_STATUS[k] for k in status), reached / unit)
