"""The solver lists every rest point: measured against elimination, published counts and games built to have many."""

import itertools
import math
import os
import secrets
from collections import Counter

import numpy as np
import pytest

from solvers.equilibria import equilibria
from tests.oracles import brute_force, elimination, multistart
from tests.oracles.elimination import Degenerate
from tests.oracles.known_games import derangement_game, product_rest_points

BORDERLINE = 1e-7
"""Games with a share this close to 0 or 1, or an advantage of a pure player this close to 0, test ties instead."""

MEASURED_GAMES = 300
REPLACED_AT_MOST = 40


@pytest.fixture(scope="module")
def published_games():
    games = np.random.default_rng(0).normal(size=(200, 4, 2, 2, 2, 2))
    return [equilibria(game) for game in games]


def test_200_random_games_have_the_published_equilibria_by_number_of_mixing_players(published_games):
    by_mixing = Counter(len(point.mixing) for result in published_games for point in result.nash)
    assert by_mixing == {0: 212, 2: 286, 3: 170, 4: 60}
    assert by_mixing.total() == 728


def test_each_random_game_has_an_odd_number_of_equilibria_all_verified(published_games):
    for result in published_games:
        assert len(result.nash) % 2 == 1
        assert all(point.verified for point in result.rest_points)
        assert result.complete
        assert result.status == "complete"
        assert not result.components
        assert not result.undecided


def drawn_seed() -> int:
    return int(os.environ.get("GAMEBOOK_TEST_SEED") or secrets.randbits(63))


def random_game(rng: np.random.Generator, number: int) -> np.ndarray:
    """In turn: normal, whole-numbered, heavy-tailed, and normal with units that differ between players."""
    n = 3 if number % 3 == 0 else 4
    shape = (n, *(2,) * n)
    kind = number % 4
    if kind == 0:
        return rng.normal(size=shape)
    if kind == 1:
        return rng.integers(-2000, 2001, size=shape).astype(np.float64)
    if kind == 2:
        return rng.standard_t(1.5, size=shape)
    return rng.normal(size=shape) * 10.0 ** rng.uniform(-9, 9, size=(n, *(1,) * n))


def is_borderline(game: np.ndarray, points: list[elimination.OraclePoint]) -> bool:
    scales = brute_force.scales(game)
    closest = min(np.abs(np.diff(own, axis=i)).min() / scales[i] for i, own in enumerate(game))
    for point in points:
        shares = np.array(point.shares)
        advantages = np.abs(multistart.advantages(game, shares)) / scales
        for player in range(len(shares)):
            mixes = player in point.mixing
            distance = min(shares[player], 1.0 - shares[player]) if mixes else advantages[player]
            closest = min(closest, distance)
    return bool(closest < BORDERLINE)


def compared(game: np.ndarray, points: list[elimination.OraclePoint]) -> None:
    """Assert that the solver's mixed rest points are the oracle's, one to one."""
    result = equilibria(game)
    assert result.complete
    assert not result.components
    found = [point for point in result.rest_points if point.mixing]
    assert len(result.rest_points) - len(found) == 2 ** len(game)
    assert len(found) == len(points)
    left = list(points)
    for point in found:
        assert point.verified
        exact = min(left, key=lambda other: float(np.abs(point.shares - other.shares).max()))
        left.remove(exact)
        assert point.mixing == exact.mixing
        assert np.abs(point.shares - exact.shares).max() <= point.radius + 1e-15  # a proved enclosure
        assert point.radius < 1e-6
        assert point.is_nash == exact.is_nash
    pure = {point.pure for point in result.nash if not point.mixing}
    assert pure == set(elimination.pure_equilibria(game))


def test_rest_points_are_those_of_exact_elimination_on_300_fresh_games():
    seed = drawn_seed()
    rng = np.random.default_rng(seed)
    measured = replaced = 0
    for number in itertools.count():
        game = random_game(rng, number)
        try:
            points = elimination.rest_points(game)
        except Degenerate:
            points = None
        if points is None or is_borderline(game, points):
            replaced += 1
            assert replaced <= REPLACED_AT_MOST, f"too many games replaced: GAMEBOOK_TEST_SEED={seed}"
            continue
        try:
            compared(game, points)
        except AssertionError as problem:
            raise AssertionError(f"GAMEBOOK_TEST_SEED={seed}, game {number}: {problem}\n{game.tolist()}") from problem
        measured += 1
        if measured == MEASURED_GAMES:
            return


@pytest.mark.parametrize("players", [3, 4, 5])
def test_games_with_the_most_totally_mixed_equilibria_show_all_of_them(players):
    game = derangement_game(players)
    payoffs = np.array(game["payoffs"])
    expected = product_rest_points(game["zeros"])
    result = equilibria(payoffs)
    inner = [point for point in result.nash if len(point.mixing) == players]
    assert len(inner) == game["totally_mixed"]
    assert result.complete
    assert len(result.rest_points) == len(expected)
    for shares in expected:
        distance = [float(np.abs(point.shares - shares).max()) for point in result.rest_points]
        point = result.rest_points[int(np.argmin(distance))]
        assert min(distance) <= point.radius + 1e-15
        assert point.verified
        assert point.is_nash == (brute_force.regret(payoffs, shares) < 1e-12)


def test_nine_equilibria_survive_a_small_change_of_the_payoffs():
    payoffs = np.array(derangement_game(4)["payoffs"])
    payoffs = payoffs + 1e-4 * np.random.default_rng(3).normal(size=payoffs.shape)
    points = elimination.rest_points(payoffs)
    assert sum(len(point.mixing) == 4 for point in points) == 9
    compared(payoffs, points)


def crowded_game(rng: np.random.Generator, number: int) -> np.ndarray:
    """Games with many rest points, some nearly multiple or nearly on a border, yet isolated."""
    noise = 10.0 ** rng.uniform(-8.5, -2.0)
    shape = (4, 2, 2, 2, 2)
    if number % 3 == 0:
        return rng.integers(-1, 2, size=shape) + noise * rng.normal(size=shape)
    zeros = rng.choice([0.25, 0.5, 0.75], size=(4, 4))
    payoffs = noise * rng.normal(size=shape)
    for profile in np.ndindex(*shape[1:]):
        for i in range(4):
            payoffs[(i, *profile)] += profile[i] * math.prod(profile[j] - zeros[i, j] for j in range(4) if j != i)
    return payoffs


def test_nearly_degenerate_games_lose_no_rest_point_and_enclose_each_verified_one():
    complete = 0
    for number in range(110):
        payoffs = crowded_game(np.random.default_rng([5, number]), number)
        exact = elimination.rest_points(payoffs)
        result = equilibria(payoffs)
        assert not result.ties
        found = [point for point in result.rest_points if point.mixing]
        for point in found:
            nearest = min(exact, key=lambda other: float(np.abs(point.shares - other.shares).max()))
            if point.verified:
                assert np.abs(point.shares - nearest.shares).max() <= point.radius + 1e-15, number
                assert (point.mixing, point.is_nash) == (nearest.mixing, nearest.is_nash), number
        open_boxes = (*result.components, *result.undecided)
        for other in exact:
            assert any(np.abs(point.shares - other.shares).max() <= point.radius + 1e-9 for point in found) or any(
                (box.low - 1e-9 <= other.shares).all() and (box.high + 1e-9 >= other.shares).all() for box in open_boxes
            ), number
        if result.complete:
            assert len(found) == len(exact), number
            complete += 1
    assert complete > 85


def test_nothing_that_newton_finds_in_random_five_player_games_is_missing():
    rng = np.random.default_rng(11)
    found = 0
    for _ in range(2):
        payoffs = rng.normal(size=(5, 2, 2, 2, 2, 2))
        result = equilibria(payoffs)
        assert result.complete
        assert len(result.nash) % 2 == 1
        listed = np.array([point.shares for point in result.rest_points])
        for shares in multistart.some_rest_points(payoffs, rng=rng, starts=2):
            assert np.abs(listed - shares).max(axis=1).min() < 1e-9
            found += 1
    assert found >= 40
