"""Time the batch integrator against SciPy on the same paths, within one run, and print a Markdown table.

The paths are those of the scenario ``order_only`` from uniform random starts, until they have settled. SciPy solves
all of them in one call of its DOP853, stacked into one vector, as is usual; its right-hand side is vectorised over
the starts by hand. It gets the equation twice: in shares, as the model states it, and in log-odds, which this project
uses and which suits SciPy better too.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

from measuring import machine, table

import gamebook
from solvers.dynamics.integrate import follow_log_odds
from solvers.dynamics.problem import from_log_odds, log_odds, replicator
from solvers.pure import pure_profiles

Floats = NDArray[np.float64]
SCENARIO = "order_only"
HORIZON = 40.0  # in units of time of the game; every path has settled to 1e-6 long before
TOLERANCE = 1e-8
AGREEMENT = 1e-6
TARGET = 15.0
SHORTEST = 0.3  # seconds of one timing


def advantage_function(advantages: Floats) -> Callable[[Floats], Floats]:
    """Advantages of all parties at shares (n, starts), one multiplication per corner and start."""
    n = advantages.ndim - 1
    tables = [np.take(advantages[i], 0, axis=i)[..., None] for i in range(n)]

    def advantage(x: Floats) -> Floats:
        out = np.empty_like(x)
        for i in range(n):
            cells = tables[i]
            for j in range(n):
                if j != i:
                    cells = cells[0] + x[j] * (cells[1] - cells[0])
            out[i] = cells
        return out

    return advantage


class Contest:
    """The game, its starts, and every way to follow them; each returns shares of shape (starts, n)."""

    def __init__(self, starts: int) -> None:
        tensor = np.asarray(gamebook.load(SCENARIO).tensor())
        self.advantages = pure_profiles(tensor, tie_tolerance=1e-10).advantages
        self.advantage = advantage_function(self.advantages)
        self.starts = np.random.default_rng(0).uniform(size=(starts, self.advantages.ndim - 1))

    def scipy_in_shares(self) -> Floats:
        """SciPy, dx/dt = x (1 - x) D(x)."""

        def field(_: float, flat: Floats) -> Floats:
            x = flat.reshape(self.starts.shape[::-1])
            return np.asarray((x * (1.0 - x) * self.advantage(x)).ravel())

        return self._scipy(field, self.starts)

    def scipy_in_log_odds(self) -> Floats:
        """SciPy, dz/dt = D(x(z))."""

        def field(_: float, flat: Floats) -> Floats:
            z = flat.reshape(self.starts.shape[::-1])
            return self.advantage(1.0 / (1.0 + np.exp(-z))).ravel()

        return from_log_odds(self._scipy(field, np.log(self.starts / (1.0 - self.starts))))

    def _scipy(self, field: Callable[[float, Floats], Floats], start: Floats) -> Floats:
        done = solve_ivp(
            field, (0.0, HORIZON), start.T.ravel(), method="DOP853", rtol=TOLERANCE, atol=TOLERANCE, t_eval=[HORIZON]
        )
        return np.asarray(done.y[:, -1].reshape(start.shape[::-1]).T)

    def to_capture(self) -> Floats:
        """Ours: every path until its end is proved."""
        game = replicator(self.advantages)
        z = log_odds(self.starts, self.starts.shape[1])
        outcome, _ = follow_log_odds(game, z, horizon=HORIZON * game.unit, most_steps=100_000, tolerance=TOLERANCE)
        if (outcome < 0).any():
            raise SystemExit("a path was not captured within the horizon")
        return np.array(game.targets, dtype=np.float64)[outcome]

    def to_horizon(self) -> Floats:
        """Ours without capture: every path to the horizon."""
        game = replicator(self.advantages)
        game = dataclasses.replace(game, targets=(), reach=np.empty(0))
        z = log_odds(self.starts, self.starts.shape[1])
        follow_log_odds(game, z, horizon=HORIZON * game.unit, most_steps=100_000, tolerance=TOLERANCE)
        return from_log_odds(z)


def time_of(way: Callable[[], Floats]) -> float:
    """Seconds of one call, averaged over as many as fit into ``SHORTEST``; a single short call times the waking up."""
    began, calls = time.perf_counter(), 0
    while True:
        way()
        calls += 1
        spent = time.perf_counter() - began
        if spent >= SHORTEST:
            return spent / calls


def main(arguments: Sequence[str]) -> int:
    """Run the contest and print the table; 1 if the end states disagree."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="1,000 starts and 3 rounds instead of 10,000 and 5")
    quick = parser.parse_args(arguments).quick
    starts, rounds = (1_000, 3) if quick else (10_000, 5)
    contest = Contest(starts)
    ways = {
        "SciPy DOP853, all starts stacked, in shares": contest.scipy_in_shares,
        "SciPy DOP853, all starts stacked, in log-odds": contest.scipy_in_log_odds,
        "gamebook, to the horizon without capture": contest.to_horizon,
        "gamebook, to capture": contest.to_capture,
    }
    ends = {name: way() for name, way in ways.items()}  # compiles, and fills the caches
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            seconds[name].append(time_of(way))
    names = list(ways)
    worst = max(float(np.abs(end - ends[names[0]]).max()) for end in ends.values())
    print(report(names, seconds, ends, starts, rounds))  # noqa: T201
    return 0 if worst <= AGREEMENT else 1


def report(names: list[str], seconds: dict[str, list[float]], ends: dict[str, Floats], starts: int, rounds: int) -> str:
    """The table, with what it was made with."""
    rows = []
    for name in names:
        ratios = [
            f"{statistics.median(a / b for a, b in zip(seconds[other], seconds[name], strict=True)):.1f}"
            for other in names[:2]
        ]
        difference = float(np.abs(ends[name] - ends[names[0]]).max())
        rows.append([name, f"{statistics.median(seconds[name]):.4f}", *ratios, f"{difference:.0e}"])
    last = statistics.median(a / b for a, b in zip(seconds[names[0]], seconds[names[-1]], strict=True))
    header = (
        "method", "seconds", "faster than SciPy in shares", "than SciPy in log-odds", "largest difference of an end",
    )  # fmt: skip
    lines = [
        f"{starts:,} starts of {SCENARIO}, followed for {HORIZON:g} units of time at relative tolerance {TOLERANCE:g}; "
        f"median of {rounds} rounds.",
        f"{machine('numpy', 'scipy', 'numba')}.",
        "",
        *table(header, rows),
        "",
        f"Target: {TARGET:g} times faster than SciPy in shares; measured {last:.1f}.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
