"""Time sweeps of the built-in game end to end, from the pages to the finished store, and set a loop beside them.

Each run is a process of its own: it loads the book, proves the payoffs, solves every point and writes the store; its
peak memory is the process's. The loop calls Gambit's enumpoly_solve on one point after the other; it is timed on a few
points spread over the same grid and multiplied up, and it only finds Nash equilibria, not all rest points.
Gambit is looked for in the running Python, or in the one that --peer-python names.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

from measuring import load, machine, peak_memory, separately, table

HERE = Path(__file__).resolve().parent
SCENARIO = "no_tools"
PEER = "enumpoly_solve"
PEER_POINTS = 24
ROUNDS = 3
MOST_MEMORY = 2048.0
"""MiB."""


@dataclass(frozen=True)
class Case:
    """A sweep to be timed.

    Attributes
    ----------
    name : in the table
    counts : values on the axes s_F and t_S
    measures : names or groups; None for all that cost little
    target : seconds allowed on two cores; None if none were promised
    """

    name: str
    counts: tuple[int, int]
    measures: str | None
    target: float | None

    @property
    def points(self) -> int:
        """How many there are."""
        return self.counts[0] * self.counts[1]

    @property
    def over(self) -> list[str]:
        """The axes as on the command line."""
        return [f"s_F=0:1:{self.counts[0]}", f"t_S=0:1:{self.counts[1]}"]


FULL = (
    Case("all rest points, verdict, payoffs, money", (1000, 1000), None, 40.0),
    Case("pure equilibria, sinks, verdict", (4000, 2500), "pure", 90.0),
)
QUICK = (
    Case("all rest points, verdict, payoffs, money", (200, 200), None, None),
    Case("pure equilibria, sinks, verdict", (400, 500), "pure", None),
)


def sweep_once(over: Sequence[str], measures: str | None, workers: int | None) -> dict[str, float]:
    """Run a sweep into a store of its own and say what it took."""
    began = time.perf_counter()
    import gamebook
    from gamebook.sweeps.store import Store

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "store"
        wanted = None if measures is None else [measures]
        gamebook.sweep(gamebook.load(SCENARIO), list(over), measures=wanted, out=out, workers=workers)
        seconds = time.perf_counter() - began
        if Store.reading(out).checksum() is None:
            raise SystemExit("the store is not complete")
        size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    return {"seconds": seconds, "memory": peak_memory(), "bytes": float(size)}


def peer_seconds(case: Case, python: str) -> tuple[float, str] | None:
    """Seconds that Gambit takes per point, on average over a few, and its version; None if it is not installed."""
    import gamebook

    s_f, t_s = (np.linspace(0.0, 1.0, count) for count in case.counts)
    places = np.linspace(0, case.points - 1, PEER_POINTS).round().astype(int)
    rows, columns = np.unravel_index(places, case.counts)
    games = gamebook.load(SCENARIO).tensor(s_F=s_f[rows], t_S=t_s[columns])
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "games.npy")
        np.save(file, games)
        found: dict[str, Any] = separately(str(HERE / "benchmark_peers.py"), PEER, file, "1", python=python)
    if found["version"] is None:
        return None
    return statistics.median(found["wall"]) / PEER_POINTS, f"{found['package']} {found['version']}"


def main(arguments: Sequence[str]) -> int:
    """Run all cases and print a table; 1 if a case misses what was promised."""
    parser = argparse.ArgumentParser(prog="scripts/benchmark-sweep", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sweeps once, to see that it runs")
    parser.add_argument("--peer-python", default=sys.executable, metavar="PATH", help="a Python that has pygambit")
    parser.add_argument("--workers", type=int, help="threads; as many as there are processors if left out")
    parser.add_argument("--once", nargs=3, metavar=("S_F", "T_S", "MEASURES"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.once is not None:
        measures = None if options.once[2] == "-" else options.once[2]
        print(json.dumps(sweep_once(options.once[:2], measures, options.workers)))  # noqa: T201
        return 0
    cases, rounds = (QUICK, 1) if options.quick else (FULL, ROUNDS)
    before = load()
    separately(__file__, "--once", "s_F=0:1:3", "t_S=0:1:3", "-")  # compiles what is not yet compiled
    rows, missed, notes = [], False, []
    for case in cases:
        more = [] if options.workers is None else ["--workers", str(options.workers)]
        runs = [separately(__file__, *more, "--once", *case.over, case.measures or "-") for _ in range(rounds)]
        seconds = statistics.median(run["seconds"] for run in runs)
        memory = max(run["memory"] for run in runs)
        missed |= case.target is not None and (seconds > case.target or memory > MOST_MEMORY)
        loop = peer_seconds(case, options.peer_python)
        rows.append(
            [
                case.name, f"{case.points:,}", f"{seconds:.1f}", "-" if case.target is None else f"{case.target:.0f}",
                f"{case.points / seconds:,.0f}", f"{memory:,.0f}", f"{runs[0]['bytes'] / 1e6:,.0f}",
                "-" if loop is None else f"{loop[0] * case.points / 3600.0:,.1f}",
            ]
        )  # fmt: skip
        if loop is None:
            notes.append("Gambit was not found; name a Python that has pygambit with --peer-python.")
        else:
            notes.append(
                f"Gambit's loop, {case.points:,} points: {loop[0]:.3f} s per point over {PEER_POINTS} points with "
                f"{loop[1]}, multiplied up, on one core; {loop[0] * case.points / seconds:,.0f} times as long."
            )
    header = ["sweep", "points", "s", "allowed", "points/s", "MiB", "store MB", "Gambit in a loop, h"]
    print("\n".join(table(header, rows)))  # noqa: T201
    print("\n" + "\n".join(dict.fromkeys(notes)))  # noqa: T201
    versions = machine("numpy", "numba", "zarr")
    print(f"\nMedian of {rounds}; {versions}; load {before or 0:.1f} before, {load() or 0:.1f} after.")  # noqa: T201
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
