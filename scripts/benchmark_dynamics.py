"""Time the batch integrator against SciPy on the same paths, within one run, and print a Markdown table.

The paths are those of the scenario ``order_only`` from uniform random starts, until they have settled. SciPy solves
all of them in one call of its DOP853, stacked into one vector, as is usual; its right-hand side is vectorised over
the starts by hand. It gets the equation twice: in shares, as the model states it, and in log-odds, which this project
uses and which suits SciPy better too.

With ``--protocol`` one or all revision protocols compete instead, see ``protocol_contest``.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

from equilibria_tables import write_into
from measuring import load, machine, table
from protocol_contest import SETTINGS, contest
from protocol_tables import report as protocol_report

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
    """Run a contest and print its table; 1 if the end states disagree."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer starts and rounds: to see that it runs")
    parser.add_argument("--protocol", choices=[*SETTINGS, "all"], help="let this revision protocol compete, or all")
    parser.add_argument("--write", action="store_true", help="with --protocol all: write the table into the documents")
    chosen = parser.parse_args(arguments)
    if chosen.write and chosen.protocol != "all":
        parser.error("--write goes with --protocol all: the documents hold the table of all protocols")
    if chosen.protocol:
        return protocols(list(SETTINGS) if chosen.protocol == "all" else [chosen.protocol], chosen.quick, chosen.write)
    return replicator_alone(chosen.quick)


def protocols(names: list[str], quick: bool, write: bool) -> int:
    """Let protocols compete; 1 if an end of ours is farther from the exact one than promised."""
    starts, looped, rounds = (256, 2, 1) if quick else (10_000, 10, 3)
    before, results = load(), []
    for place, name in enumerate(names, start=1):
        print(f"{place}/{len(names)} {name} ...", file=sys.stderr, flush=True)  # noqa: T201
        results.append(contest(name, starts=starts, looped=looped, rounds=rounds))
    loads = ["?" if value is None else f"{value:.2f}" for value in (before, load())]
    texts = {
        lang: protocol_report(results, lang, starts=starts, rounds=rounds, before=loads[0], after=loads[1])
        for lang in ("en", "zh")
    }
    print(texts["en"])  # noqa: T201
    if write:
        folder = Path(__file__).resolve().parent.parent / "docs" / "reference"
        write_into(folder / "benchmarks-dynamics.md", texts["en"])
        write_into(folder / "benchmarks-dynamics.zh.md", texts["zh"])
    return 0 if all(one.error <= AGREEMENT for one in results) else 1


def replicator_alone(quick: bool) -> int:
    """Let the integrator that is made for the replicator compete, with and without capture."""
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
