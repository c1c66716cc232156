"""Time the payoffs of the built-in game at a million policy points, and print a Markdown table.

Every case runs in a process of its own, so that its peak memory is its own. In it the same random points go through a
plan, in chunks and in one piece, and through Game.tensor in pieces of 50,000; the results are compared.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

from measuring import machine, peak_memory, rounds_of, separately, table

import gamebook
from payoffs.fast_tensor import TensorPlan, plan
from payoffs.game import Game

TARGET = 2.0  # seconds for a million points on two cores
ROUNDS = 5
PIECE = 50_000  # points in one call of Game.tensor: a million at once would need several GB
PACKAGE = ("s_F", "c_F", "s_W", "s_P", "I_p", "t_S", "ell", "e_F", "e_W", "e_P")
EARMARKS = PACKAGE[7:]
CASES = {
    "a subsidy and a tax": ("s_F", "t_S"),
    "eight tools of the package": PACKAGE[:8],
    "all ten of the package": PACKAGE,
    "three that move match quality": ("I_p", "O_t", "H_c"),
    "five of which three count twice": ("a_p", "e_t", "k_f", "I_p", "H_c"),
    "through the minimum of the tax credit": ("c_F", "C_F"),
    "all 32 base parameters": (),
}


def points_of(game: Game, varied: Sequence[str], count: int) -> NDArray[np.float64]:
    """Uniform points within the bounds, earmarks up to a third each, so that none is refused."""
    low = np.array([game.parameters[symbol].low for symbol in varied])
    high = np.array([1 / 3 if symbol in EARMARKS else game.parameters[symbol].high for symbol in varied])
    points = np.random.default_rng(0).random((count, len(varied)))
    points *= high - low  # in place, or this would be the peak of the memory
    points += low
    return points


def in_chunks(ready: TensorPlan, points: NDArray[np.float64]) -> None:
    """Go through all points in chunks, keeping none."""
    for _, piece in ready.chunks(points):
        del piece


def run_case(name: str, count: int) -> dict[str, object]:
    """Time one case."""
    scenario = gamebook.load("package")
    game = scenario.game
    base = [symbol for symbol, parameter in game.parameters.items() if parameter.instrument is None]
    varied = CASES[name] or tuple(base)
    fixed = {symbol: value for symbol, value in scenario.values.items() if symbol not in varied}
    ready = plan(game, varied, **fixed)
    points = points_of(game, varied, count)
    in_chunks(ready, points[:5000])  # whatever the first call has to load
    planning = rounds_of(lambda: plan(game, varied, **fixed), ROUNDS).median
    before = peak_memory()
    chunked = rounds_of(lambda: in_chunks(ready, points), ROUNDS).median
    memory = peak_memory() - before
    whole = rounds_of(lambda: ready.tensor(points), ROUNDS).median
    one_thread = rounds_of(lambda: ready.tensor(points, threads=1), 3).median
    expressions = rounds_of(lambda: ready.as_expressions().tensor(points), 3).median
    reference, difference = 0.0, 0.0
    computed = ready.tensor(points)
    for start in range(0, count, PIECE):
        part = slice(start, start + PIECE)
        began = time.perf_counter()
        tensor = game.tensor(**fixed, **{symbol: points[part, place] for place, symbol in enumerate(varied)})
        reference += time.perf_counter() - began
        difference = max(difference, float(np.abs(tensor - computed[part]).max() / np.abs(tensor).max()))
    return {
        "kind": ready.kind,
        "monomials": len(ready.monomials) if ready.kind == "polynomial" else None,
        "varied": len(varied),
        "planning": planning,
        "chunked": chunked,
        "memory": memory,
        "whole": whole,
        "one_thread": one_thread,
        "expressions": expressions,
        "reference": reference,
        "difference": difference,
    }


def report(results: dict[str, dict[str, object]], count: int) -> str:
    """The table, with what it was made with."""
    rows = []
    for name, each in results.items():
        number = {key: float(str(value)) for key, value in each.items() if isinstance(value, int | float)}
        by = f"{each['monomials']} monomials" if each["monomials"] else "expressions"
        rows.append(
            [
                f"{name} ({each['varied']})",
                by,
                f"{number['planning']:.2f}",
                f"{number['chunked']:.2f}",
                f"{count / number['chunked']:,.0f}",
                f"{number['memory']:.0f}",
                f"{number['whole']:.2f}",
                f"{number['one_thread']:.2f}",
                f"{number['expressions']:.2f}",
                f"{number['reference']:.1f}",
                f"{number['reference'] / number['chunked']:.0f}",
                f"{number['difference']:.0e}",
            ]
        )
    header = (
        "what varies", "by", "plan, s", "in chunks, s", "points/s", "memory, MiB", "in one piece, s", "one thread, s",
        "as expressions, s", "Game.tensor, s", "ratio", "largest difference",
    )  # fmt: skip
    lines = [
        f"{count:,} points of the built-in game; median of {ROUNDS} rounds; chunks of 64 MiB.",
        f"{machine('numpy')}.",
        "",
        *table(header, rows, texts=2),
    ]
    slowest = max(float(str(each["chunked"])) for each in results.values()) * 1e6 / count
    lines += ["", f"Target: a million points in {TARGET:g} s on two cores; the slowest case takes {slowest:.2f} s."]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Run all cases and print the table, or one case and print its numbers; 1 if the results disagree."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--points", type=int, default=1_000_000, help="how many points (default 1,000,000)")
    parser.add_argument("--case", choices=CASES, help="one case only, as JSON")
    options = parser.parse_args(arguments)
    if options.case:
        print(json.dumps(run_case(options.case, options.points)))  # noqa: T201
        return 0
    script = os.path.abspath(__file__)
    results = {name: separately(script, "--case", name, "--points", str(options.points)) for name in CASES}
    print(report(results, options.points))  # noqa: T201
    return 0 if all(float(str(each["difference"])) <= 1e-12 for each in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
