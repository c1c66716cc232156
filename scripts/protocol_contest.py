"""The contest of every revision protocol with SciPy: the same game, starts, end time and tolerance.

SciPy gets the equations in shares with right-hand sides in array form: one call of ``solve_ivp`` for all starts
stacked into one state, by DOP853 (the method of this project) and by RK45 (SciPy's default), and a loop with one call
per start. Nothing here is shared with the solvers but the definition of Maynard Smith's shift.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from functools import partial

import numba
import numpy as np
from measuring import rounds_of
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

import gamebook
from solvers.dynamics.field_in_lanes import uses_log_odds
from solvers.dynamics.motion import motion
from solvers.dynamics.population_game import population_game
from solvers.dynamics.problem import from_log_odds
from solvers.dynamics.profiles import flat_profiles
from solvers.dynamics.protocol_ends import CHUNKS_PER_THREAD, lane_states
from solvers.dynamics.protocol_lanes import follow_protocol_all
from solvers.dynamics.protocol_paths import protocol_paths
from solvers.dynamics.protocols import BEST_RESPONSE, protocol
from solvers.dynamics.velocity import payoff_shift

Floats = NDArray[np.float64]
SCENARIO = "order_only"
TOLERANCE, EXACT = 1e-8, 1e-6
METHODS = ("DOP853", "RK45")
LOOP_TARGET, STACKED_TARGET = 50.0, 15.0
SHORTEST = 0.3  # seconds of one timing of ours


@dataclass(frozen=True)
class Setting:
    """What a protocol is timed with.

    Attributes
    ----------
    until : end time, in the unit of the game: most paths have come most of their way by then, few have ended
    parameters : of the protocol
    stacked : part of the starts that SciPy's stacked call gets; where velocities jump, each start of a stack slows
        all others down, and a larger one would take minutes
    """

    until: float
    parameters: dict[str, float]
    stacked: float = 1.0


SETTINGS = {
    "replicator": Setting(4.0, {}),
    "maynard-smith": Setting(40.0, {}),
    "logit": Setting(10.0, {"noise": 1.0}),
    "smith": Setting(4.0, {}),
    "bnn": Setting(4.0, {}),
    "best-response": Setting(4.0, {}, 0.02),
    "projection": Setting(0.5, {}, 0.02),
    "mutation": Setting(4.0, {"mutation": 0.05}),
}


class Equations:
    """Velocities of the shares of index 1, at shares of shape (n, starts)."""

    def __init__(self, tensor: Floats, name: str) -> None:
        self.name, self.n = name, tensor.shape[0]
        own = [np.moveaxis(tensor[i], i, 0) for i in range(self.n)]
        self.base = [rows[0] for rows in own]
        self.gains = [rows[1] - rows[0] for rows in own]
        self.shift = payoff_shift(population_game(tensor))[:, None]
        self.parameters = SETTINGS[name].parameters

    def expected(self, tables: list[Floats], x: Floats) -> Floats:
        """One table per population, contracted at the others' shares; one multiplication per corner and start."""
        out = np.empty_like(x)
        for i, table in enumerate(tables):
            cells = table[..., None]
            for j in range(self.n):
                if j != i:
                    cells = cells[0] + x[j] * (cells[1] - cells[0])
            out[i] = cells
        return out

    def __call__(self, _: float, flat: Floats) -> Floats:
        """Right-hand side of ``solve_ivp``."""
        x = flat.reshape(self.n, -1)
        gain = self.expected(self.gains, x)
        return np.asarray(self.velocity(x, gain)).ravel()

    def velocity(self, x: Floats, gain: Floats) -> Floats:
        """Velocity at shares where the gains are these."""
        if self.name == "replicator":
            return x * (1.0 - x) * gain
        if self.name == "mutation":
            return x * (1.0 - x) * gain + self.parameters["mutation"] * (0.5 - x)
        if self.name == "maynard-smith":
            return x * (1.0 - x) * gain / (self.expected(self.base, x) + self.shift + x * gain)
        if self.name == "logit":
            return 1.0 / (1.0 + np.exp(-gain / self.parameters["noise"])) - x
        if self.name == "smith":
            return np.where(gain > 0.0, 1.0 - x, x) * gain
        if self.name == "bnn":
            left = np.where(gain > 0.0, 1.0 - x, x)
            return left * left * gain
        if self.name == "best-response":
            return (gain > 0.0) - x
        held = ((x <= 0.0) & (gain < 0.0)) | ((x >= 1.0) & (gain > 0.0))
        return np.where(held, 0.0, 0.5 * gain)


class Contest:
    """One protocol, its starts, and every way to follow them; each returns shares of shape (starts, n)."""

    def __init__(self, name: str, starts: int) -> None:
        tensor = np.asarray(gamebook.load(SCENARIO).tensor(), dtype=np.float64)
        self.setting = SETTINGS[name]
        self.protocol = protocol(name, **self.setting.parameters)
        self.game = population_game(tensor)
        self.field = Equations(tensor, name)
        self.starts = np.random.default_rng(0).uniform(size=(starts, tensor.shape[0]))

    def ours(self, tolerance: float = TOLERANCE) -> Floats:
        """All starts at once, to the end time."""
        until = self.setting.until
        if self.protocol.code == BEST_RESPONSE:
            return protocol_paths(self.game, self.starts, np.array([until]), self.protocol).shares[:, 0]
        prepared, unit = motion(self.game, self.protocol)
        count, n = self.starts.shape
        states = lane_states(self.game, flat_profiles(self.game, self.starts), self.protocol)
        outcome, time = np.empty(count, np.int64), np.empty(count)
        chunk = -(-count // (CHUNKS_PER_THREAD * numba.get_num_threads()))
        follow_protocol_all(prepared, states, np.zeros((0, n), np.int64), np.zeros(0), until * unit, 1_000_000,
                            tolerance, chunk, outcome, time)  # fmt: skip
        return from_log_odds(states) if uses_log_odds(self.protocol.code) else states

    def scipy(self, starts: Floats, method: str) -> Floats:
        """One call of SciPy for all these starts."""
        until = self.setting.until
        done = solve_ivp(self.field, (0.0, until), starts.T.ravel(), method=method, rtol=TOLERANCE, atol=TOLERANCE,
                         t_eval=[until])  # fmt: skip
        return np.asarray(done.y[:, -1].reshape(starts.shape[::-1]).T)


@dataclass(frozen=True)
class Stacked:
    """A stacked call of SciPy: how many times ours is faster, by the clock and per processor, and how exact it is."""

    method: str
    ratio: float
    per_processor: float
    error: float


@dataclass(frozen=True)
class Result:
    """What came out for one protocol.

    Attributes
    ----------
    rate : starts per second
    error : largest difference of a share at the end from a run with a tolerance of 1e-12
    loop : how many times faster than a loop of SciPy's calls
    stacked : one per method
    """

    name: str
    rate: float
    error: float
    loop: float
    stacked: tuple[Stacked, ...]

    @property
    def judged(self) -> Stacked:
        """The fastest stacked call that is as exact as promised; where none is, that by the same method as ours."""
        good = [one for one in self.stacked if one.error <= EXACT]
        return min(good, key=lambda one: one.ratio) if good else self.stacked[0]


def contest(name: str, *, starts: int, looped: int, rounds: int) -> Result:
    """Time one protocol; every round times all ways one after the other, ratios are taken within rounds."""
    one = Contest(name, starts)
    exact = one.ours(1e-12)
    stack = one.starts[: max(20, int(starts * one.setting.stacked))]
    calls = max(1, int(SHORTEST / rounds_of(one.ours, 2).wall[-1]))
    ours, loops = [], []
    others: dict[str, list[tuple[float, float]]] = {method: [] for method in METHODS}
    errors = {method: float(np.abs(one.scipy(stack, method) - exact[: len(stack)]).max()) for method in METHODS}

    def several() -> None:
        for _ in range(calls):
            one.ours()

    for _ in range(rounds):
        mine = rounds_of(several, 1)
        wall, work = mine.median / calls / starts, mine.work / calls / starts
        ours.append(wall)
        for method in METHODS:
            theirs = rounds_of(partial(one.scipy, stack, method), 1)
            others[method].append((theirs.median / len(stack) / wall, theirs.work / len(stack) / work))
        loop = rounds_of(lambda: [one.scipy(start[None], METHODS[0]) for start in one.starts[:looped]], 1)
        loops.append(loop.median / looped / wall)
    stacked = tuple(
        Stacked(
            method,
            statistics.median(wall for wall, _ in others[method]),
            statistics.median(work for _, work in others[method]),
            errors[method],
        )
        for method in METHODS
    )
    error = float(np.abs(one.ours() - exact).max())
    return Result(name, 1.0 / statistics.median(ours), error, statistics.median(loops), stacked)
