"""Find all equilibria of many games, here and with other programs, in one run, and print Markdown tables.

What is measured: which equilibria each program lists, misses and makes up; games per second; peak memory; pure
equilibria as a share of the memory's bandwidth. Every case runs in a process of its own. Gambit is looked for in the
running Python, or in the one that --peer-python names. Takes two to three minutes; --quick a few seconds.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from equilibria_cases import (  # noqa: E402
    GAME_BYTES,
    SIZES,
    Floats,
    Profile,
    random_games,
    regret,
    run,
    square_games,
    two_player_profiles,
    two_strategy_profiles,
)
from equilibria_tables import Listed, Phrase, Speed, Target, document, write_into  # noqa: E402
from measuring import load, machine, separately  # noqa: E402

from solvers.batches.equilibria import processors  # noqa: E402

ROUNDS, QUICK_ROUNDS = 5, 3
SAME_PLACE = 1e-6
NO_REGRET = 1e-6
RATIO, POLICIES, PURE, SINGLE = 100.0, 100_000.0, 2_000_000.0, 0.002
COUNTS = {  # games of each case, and of a quick run
    "nash": (20_000, 500),
    "nash on one thread": (20_000, 500),
    "rest": (20_000, 500),
    "policies": (100_000, 2_000),
    "policies, half the rates off": (100_000, 2_000),
    "ties": (20_000, 500),
    "pure": (1_000_000, 20_000),
    "single": (200, 20),
}
BANDWIDTH = (256, 8)  # MiB per array
COMPARED = (200, 10)
PAIRS = (20, 3)
PAIR_PEERS = (
    "support enumeration", "vertex enumeration", "enummixed_solve", "enummixed_solve, rational", "lcp_solve",
)  # fmt: skip


class Benchmark:
    """One run: asks every program, and keeps what it measured."""

    def __init__(self, *, quick: bool, peer_python: str) -> None:
        self.quick, self.peer_python = quick, peer_python
        self.rounds = QUICK_ROUNDS if quick else ROUNDS
        self.sizes = SIZES[:1] if quick else SIZES
        self.versions: dict[str, str] = {}
        self.absent: list[str] = []
        self.listed: list[Listed] = []
        self.speeds: list[Speed] = []
        self.steps, self.total = 0, 1 + len(COUNTS) + 1 + len(self.sizes)

    def run(self) -> None:
        """Measure everything."""
        self.compare_four_players()
        for case in COUNTS:
            self.own_batch(case)
        self.progress("memory bandwidth")
        self.bandwidth = self.case("bandwidth", BANDWIDTH[self.quick])
        for size in self.sizes:
            self.compare_pairs(size)

    def progress(self, what: str) -> None:
        """Say on stderr what comes next."""
        self.steps += 1
        print(f"[{self.steps}/{self.total}] {what}", file=sys.stderr, flush=True)  # noqa: T201

    def case(self, name: str, count: int) -> dict[str, Any]:
        """Run one of our cases in a process of its own; a quick run saves itself the start of one."""
        if self.quick:
            return {key: value for key, value in run(name, count, self.rounds).items() if key != "memory"}
        return separately(str(HERE / "equilibria_cases.py"), name, str(count), str(self.rounds))

    def peer(self, method: str, games: Floats) -> dict[str, Any] | None:
        """Run another program on the games in a process of its own; None if it is not installed."""
        python = sys.executable if "enumeration" in method else self.peer_python
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "games.npy")
            np.save(file, games)
            found = separately(str(HERE / "benchmark_peers.py"), method, file, str(self.rounds), python=python)
        if found["version"] is None:
            if found["package"] not in self.absent:
                self.absent.append(found["package"])
            return None
        self.versions[found["package"]] = found["version"]
        return found

    def compare_four_players(self) -> None:
        """Which equilibria of 2x2x2x2 games each program lists, and how fast the peer is."""
        count = COMPARED[self.quick]
        self.progress(f"completeness: {count} random 2x2x2x2 games")
        games = random_games(count)
        answers = {"gamebook": two_strategy_profiles(games)}
        found = self.peer("enumpoly_solve", games)
        if found is not None:
            answers["enumpoly_solve"] = found["profiles"]
            self.add_peer(("nash", {}), "enumpoly_solve", count, found, 1.0)
        self.listed += differences(("games.random", {"count": count}), games, answers)

    def own_batch(self, case: str) -> None:
        """One of our cases on 2x2x2x2 games."""
        count = COUNTS[case][self.quick]
        self.progress(f"{case}: {count:,} games")
        found = self.case(case, count)
        name = case.removesuffix(" on one thread")
        threads = 1 if case != name or case == "single" else processors()
        fields = {"slowest": f"{found['slowest'] * 1e3:.2f}"} if case == "single" else {}
        wall, median = found["wall"], statistics.median(found["wall"])
        peers = [one for one in self.speeds if one.what[0] == name and one.program != "gamebook"]
        ratio = found["games"] / median / peers[0].rate if peers else None
        self.speeds.append(
            Speed(
                (name, fields), "gamebook", threads, found["games"], wall, median,
                statistics.median(found["processor"]), ratio, found.get("memory"),
            )
        )  # fmt: skip

    def compare_pairs(self, size: int) -> None:
        """Two-player games of one size: exact here, and with nashpy and Gambit."""
        count = PAIRS[self.quick]
        self.progress(f"{count} random {size}x{size} games")
        games, what = square_games(count, size), ("pairs", {"size": size})
        answers = {"gamebook": two_player_profiles(games)}
        found = self.case(f"pairs {size}", count)
        own = count / statistics.median(found["wall"])
        self.add_peer(what, "gamebook", count, found, 1.0)
        for method in PAIR_PEERS:
            peer = self.peer(method, games)
            if peer is not None:
                name = f"nashpy, {method}" if peer["package"] == "nashpy" else method
                answers[name] = peer["profiles"]
                self.add_peer(what, name, count, peer, count / statistics.median(peer["wall"]) / own)
        self.listed += differences(("games.pairs", {"count": count, "size": size}), games, answers)

    def add_peer(self, what: Phrase, program: str, count: int, found: Mapping[str, Any], ratio: float) -> None:
        """Keep the times of a program that uses one thread."""
        wall, work = found["wall"], statistics.median(found["processor"])
        memory = found.get("memory")
        self.speeds.append(Speed(what, program, 1, count, wall, statistics.median(wall), work, ratio, memory))

    def speed(self, what: str) -> Speed:
        """Our line on something, with the most threads."""
        lines = [one for one in self.speeds if one.what[0] == what and one.program == "gamebook"]
        return max(lines, key=lambda one: one.threads)

    def targets(self) -> list[Target]:
        """What was to be reached in speed; a quick run is too short to say."""
        if self.quick:
            return []
        nash, single, policies, pure = (self.speed(what) for what in ("nash", "single", "policies", "pure"))
        peers = [one for one in self.speeds if one.what[0] == "nash" and one.program != "gamebook"]
        worked = nash.rate_by_work / peers[0].rate_by_work if peers else None
        return [
            Target("target.ratio", nash.ratio, worked, RATIO, lambda ratio: f"{ratio:,.0f}"),
            Target("target.policies", policies.rate, policies.rate_by_work, POLICIES, lambda rate: f"{rate:,.0f}"),
            Target("target.pure", pure.rate, pure.rate_by_work, PURE, lambda rate: f"{rate:,.0f}"),
            Target("target.single", -single.median, -single.processor, -SINGLE, lambda less: f"{-less * 1e3:.2f} ms"),
        ]

    def report(self, lang: str, before: float | None, after: float | None) -> str:
        """Everything as Markdown."""
        rates = {name: rate / 1e9 for name, rate in self.bandwidth.items()}
        pure = self.speed("pure").rate * GAME_BYTES / 1e9
        return document(
            lang,
            made={
                "rounds": self.rounds,
                "machine": machine("numpy", "numba"),
                "before": "?" if before is None else f"{before:.2f}",
                "after": "?" if after is None else f"{after:.2f}",
            },
            versions=[f"{package} {version}" for package, version in self.versions.items()],
            absent=self.absent,
            quick=self.quick,
            listed=self.listed,
            speeds=self.speeds,
            bandwidth={name: f"{rate:.1f}" for name, rate in rates.items()}
            | {
                "threads": processors(),
                "bytes": GAME_BYTES,
                "rate": f"{pure:.2g}",
                "share": f"{pure / max(rates.values()):.0%}",
            },
            complete=next((one.missed, one.false) for one in self.listed if one.program == "gamebook"),
            targets=self.targets(),
        )


def differences(games: Phrase, payoffs: Floats, answers: Mapping[str, list[list[Profile]]]) -> list[Listed]:
    """What each program misses of all that is an equilibrium, and what it lists that is none."""
    rows = {name: [0, 0, 0, 0] for name in answers}  # listed, missed, in games, false
    for number, game in enumerate(payoffs):
        known: list[Floats] = []
        mine: dict[str, list[Floats]] = {}
        for name, answer in answers.items():
            rows[name][0] += len(answer[number])
            true = [profile for profile in answer[number] if regret(game, profile) <= NO_REGRET]
            rows[name][3] += len(answer[number]) - len(true)
            mine[name] = [np.concatenate([np.asarray(own) for own in profile]) for profile in true]
            known += [point for point in mine[name] if not _is_in(point, known)]
        for name, points in mine.items():
            missed = sum(not _is_in(point, points) for point in known)
            rows[name][1] += missed
            rows[name][2] += missed > 0
    return [Listed(games, name, *row) for name, row in rows.items()]


def _is_in(point: Floats, points: Sequence[Floats]) -> bool:
    return any(float(np.abs(point - other).max()) <= SAME_PLACE for other in points)


def main(arguments: Sequence[str]) -> int:
    """Run, print the tables, and write them into the documents if asked; 1 if an equilibrium is missed or false."""
    parser = argparse.ArgumentParser(prog="scripts/benchmark", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few games and rounds, to see that it runs")
    parser.add_argument("--peer-python", default=sys.executable, metavar="PATH", help="a Python that has pygambit")
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="language of what is printed")
    parser.add_argument(
        "--write", nargs="?", const=str(HERE.parent / "docs" / "reference"), metavar="FOLDER",
        help="also write the results into benchmarks.md and benchmarks.zh.md of this folder (default docs/reference)",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    if shutil.which(options.peer_python) is None:
        parser.error(f"--peer-python {options.peer_python}: no such program")
    benchmark = Benchmark(quick=options.quick, peer_python=options.peer_python)
    before = load()
    benchmark.run()
    after = load()
    print(benchmark.report(options.lang, before, after))  # noqa: T201
    if options.write:
        for lang, name in (("en", "benchmarks.md"), ("zh", "benchmarks.zh.md")):
            write_into(Path(options.write) / name, benchmark.report(lang, before, after))
    return 0 if all(not one.missed and not one.false for one in benchmark.listed if one.program == "gamebook") else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
