"""The games of the equilibrium benchmark, this project's way to solve them, and the memory's bandwidth.

python equilibria_cases.py CASE COUNT ROUNDS        # prints JSON: times, memory, games
"""

from __future__ import annotations

import functools
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

from benchmark_tensors import PACKAGE, points_of
from measuring import Rounds, peak_memory, rounds_of

import gamebook
from payoffs.fast_tensor import plan
from solvers.batches.equilibria import batch_equilibria, processors
from solvers.equilibria import equilibria
from solvers.general.equilibria import general_equilibria

Floats = NDArray[np.float64]
Profile = list[list[float]]
What = Literal["pure", "nash", "rest"]
FOUR = (4, 2, 2, 2, 2)
SIZES = (3, 4, 5)
STREAM_BYTES = 2**20  # of each array of the bandwidth test, times its count; 256 is far beyond any cache
GAME_BYTES = 4 * 2**4 * 8


def random_games(count: int) -> Floats:
    """Normally distributed payoffs of four players of two strategies; the first 200 are those of the tests."""
    return np.random.default_rng(0).normal(size=(count, *FOUR))


def square_games(count: int, size: int) -> Floats:
    """Normally distributed payoffs of two players."""
    return np.random.default_rng(size).normal(size=(count, 2, size, size))


def policies(count: int, *, zeros: bool) -> Floats:
    """The built-in game at random rates of the ten tools of ``package``; ``zeros``: each is off half the time."""
    scenario = gamebook.load("package")
    fixed = {symbol: value for symbol, value in scenario.values.items() if symbol not in PACKAGE}
    points = points_of(scenario.game, PACKAGE, count)
    if zeros:
        points *= np.random.default_rng(1).random(points.shape) < 0.5
    return plan(scenario.game, PACKAGE, **fixed).tensor(points)


def tied_policies(count: int) -> Floats:
    """The game ``green-retrofit`` at random values of its parameters: its tourists are indifferent in most cells."""
    game = gamebook.load("retrofit_tp_15").game
    varied = [symbol for symbol, parameter in game.parameters.items() if parameter.low < parameter.high]
    low = np.array([game.parameters[symbol].low for symbol in varied])
    high = np.array([game.parameters[symbol].high for symbol in varied])
    points = low + (high - low) * np.random.default_rng(0).random((count, len(varied)))
    return plan(game, varied).tensor(points)


def two_strategy_profiles(games: Floats) -> list[list[Profile]]:
    """All Nash equilibria of each game, as a probability per strategy of each player."""
    found = batch_equilibria(games, what="nash")
    views = (found.game_view(number).shares for number in range(len(games)))
    return [[[[1.0 - share, share] for share in point] for point in shares.tolist()] for shares in views]


def two_player_profiles(games: Floats) -> list[list[Profile]]:
    """The same for two players with any number of strategies."""
    found = [general_equilibria(game, what="nash").nash for game in games]
    return [[[own.tolist() for own in point.profile] for point in points] for points in found]


def regret(payoffs: Floats, profile: Profile) -> float:
    """What the player with most to gain by deviating would gain, in parts of that player's range of payoffs."""
    worst = 0.0
    for player, own in enumerate(payoffs):
        for other in reversed(range(len(profile))):
            if other != player:
                own = np.tensordot(own, np.asarray(profile[other]), axes=(other, 0))
        worst = max(worst, float(own.max() - own @ np.asarray(profile[player])) / float(np.ptp(payoffs[player])))
    return worst


def batch_case(games: Floats, what: What, rounds: int, threads: int) -> dict[str, object]:
    """Time a batch."""
    batch_equilibria(games[:64], what=what, chunk=8, threads=threads)  # makes the kernels, and the threads' memory
    before = peak_memory()
    times = rounds_of(lambda: batch_equilibria(games, what=what, threads=threads), rounds)
    return report(times, len(games), peak_memory() - before)


def single_case(games: Floats, rounds: int) -> dict[str, object]:
    """Time ``equilibria`` game by game: every game's median, of which the median is the result; and the slowest."""
    equilibria(games[0])
    before = peak_memory()
    each = [rounds_of(functools.partial(equilibria, game), rounds) for game in games]
    wall, work = statistics.median(one.median for one in each), statistics.median(one.work for one in each)
    found = report(Rounds((wall,), (work,)), 1, peak_memory() - before)
    return found | {"slowest": max(one.median for one in each)}


def pairs_case(games: Floats, rounds: int) -> dict[str, object]:
    """Time exact two-player games."""
    general_equilibria(games[0], what="nash")
    before = peak_memory()
    times = rounds_of(lambda: two_player_profiles(games), rounds)
    return report(times, len(games), peak_memory() - before)


def report(times: Rounds, games: int, memory: float) -> dict[str, object]:
    """What a case prints."""
    return {"wall": times.wall, "processor": times.processor, "games": games, "memory": memory}


def bandwidth(size: int, rounds: int) -> dict[str, float]:
    """Bytes per second between memory and all processors, in the manner of STREAM: the best of some rounds per test.

    ``size`` is that of each array in bytes. As there, only what the program asks for is counted: reading, copying, and
    the sum of two arrays into a third.
    """
    one, two, three = (np.full(size // 8, float(value)) for value in range(3))
    threads = processors()
    cuts = [slice(i * one.size // threads, (i + 1) * one.size // threads) for i in range(threads)]
    tests: dict[str, tuple[int, Callable[[slice], object]]] = {
        "read": (1, lambda cut: np.maximum.reduce(one[cut])),
        "copy": (2, lambda cut: np.copyto(three[cut], one[cut])),
        "add": (3, lambda cut: np.add(one[cut], two[cut], out=three[cut])),
    }
    rates = {}
    with ThreadPoolExecutor(threads) as pool:
        for name, (arrays, work) in tests.items():
            best = 0.0
            for _ in range(rounds + 1):
                began = time.perf_counter()
                list(pool.map(work, cuts))
                best = max(best, arrays * size / (time.perf_counter() - began))
            rates[name] = best
    return rates


BATCHES: dict[str, tuple[What, Callable[[int], Floats]]] = {
    "nash": ("nash", random_games),
    "rest": ("rest", random_games),
    "pure": ("pure", random_games),
    "policies": ("rest", functools.partial(policies, zeros=False)),
    "policies, half the rates off": ("rest", functools.partial(policies, zeros=True)),
    "ties": ("rest", tied_policies),
}
"""Cases of batches: what is asked for, and the games."""


def run(case: str, count: int, rounds: int) -> dict[str, object]:
    """Run one case by name."""
    if case == "bandwidth":
        return dict(bandwidth(count * STREAM_BYTES, rounds))
    if case == "single":
        return single_case(random_games(count), rounds)
    if case.startswith("pairs"):
        return pairs_case(square_games(count, int(case.removeprefix("pairs "))), rounds)
    name = case.removesuffix(" on one thread")
    what, games = BATCHES[name]
    return batch_case(games(count), what, rounds, 1 if case != name else processors())


def main(arguments: Sequence[str]) -> int:
    """Run one case and print its numbers."""
    case, count, rounds = arguments
    print(json.dumps(run(case, int(count), int(rounds))))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
