"""Solve games with another program and say how long it took; runs in whatever Python has that program.

    python benchmark_peers.py METHOD games.npy ROUNDS       # prints JSON

Needs numpy and the program, and nothing of this project, so that the project's own environment need not hold it.
Games are made before the clock runs: only the solving is timed.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from importlib import metadata
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

from measuring import peak_memory, rounds_of

Profile = list[list[float]]
Way = tuple[Callable[[NDArray[np.float64]], Any], Callable[[Any], list[Any]], Callable[[Any, Any], Profile]]
"""How a program takes payoffs, solves what it took, and says what it found in it."""


def gambit(name: str, **options: object) -> Way:
    """How Gambit's ``name`` takes a game, solves it and says what it found."""
    module = importlib.import_module("pygambit")
    solve = getattr(module.nash, name)

    def profile(found: Any, game: Any) -> Profile:  # noqa: ANN401
        return [[float(share) for _, share in found[player]] for player in game.players]

    return lambda payoffs: module.StrategicGame.from_arrays(*payoffs), lambda g: solve(g, **options).equilibria, profile


def nashpy(name: str) -> Way:
    """How nashpy's ``name`` does."""
    module = importlib.import_module("nashpy")
    return (
        lambda payoffs: module.Game(*payoffs),
        lambda game: list(getattr(game, name)()),
        lambda found, _: [[float(share) for share in own] for own in found],
    )


METHODS: dict[str, tuple[str, Callable[[], Way]]] = {
    "enumpoly_solve": ("pygambit", lambda: gambit("enumpoly_solve")),
    "enummixed_solve": ("pygambit", lambda: gambit("enummixed_solve", rational=False)),
    "enummixed_solve, rational": ("pygambit", lambda: gambit("enummixed_solve", rational=True)),
    "lcp_solve": ("pygambit", lambda: gambit("lcp_solve", rational=False)),
    "support enumeration": ("nashpy", lambda: nashpy("support_enumeration")),
    "vertex enumeration": ("nashpy", lambda: nashpy("vertex_enumeration")),
}
"""By name: the package, and how it is used."""


def main(arguments: Sequence[str]) -> int:
    """Solve the games several times and print times, equilibria and peak memory; without the package, only that."""
    method, file, rounds = arguments
    package, prepare = METHODS[method]
    try:
        version = metadata.version(package)
        take, solve, profile = prepare()
    except ImportError:
        print(json.dumps({"package": package, "version": None}))  # noqa: T201
        return 0
    games = [take(payoffs) for payoffs in np.load(file)]
    answers: list[list[Any]] = []

    def work() -> None:
        answers[:] = [solve(game) for game in games]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on degenerate games, which random ones are not
        solve(games[0])
        before = peak_memory()
        times = rounds_of(work, int(rounds))
    found = {
        "package": package,
        "version": version,
        "wall": times.wall,
        "processor": times.processor,
        "memory": peak_memory() - before,
        "profiles": [[profile(point, game) for point in points] for game, points in zip(games, answers, strict=True)],
    }
    print(json.dumps(found))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
