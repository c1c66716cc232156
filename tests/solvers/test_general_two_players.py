"""Two players with any number of strategies, against rational arithmetic that tries everything."""

import os
import time

import numpy as np
import pytest

from solvers.general.equilibria import general_equilibria
from tests.oracles import bimatrix
from tests.oracles import brute_force_general as brute
from tests.oracles.general_results import check_every_claim, distance, holds, lists, nearest

SECONDS = 10.0
"""Longest that a small game and the check of its answer may keep a processor busy."""


def random_game(rng, number, least, most):
    """In turn: normal, whole-numbered, and with payoffs of very different size between players."""
    shape = (2, *rng.integers(least, most + 1, size=2))
    if number % 3 == 0:
        return rng.integers(-9, 10, size=shape).astype(float)
    game = rng.normal(size=shape)
    return game if number % 3 == 1 else game * 10.0 ** rng.uniform(-6, 6, size=(2, 1, 1))


def floats(profile):
    return [np.array([float(x) for x in own]) for own in profile]


def compare_nash_equilibria(payoffs):
    """All extreme equilibria are listed; a regular game's are listed one to one and proved."""
    extreme = [floats(pair) for pair in bimatrix.extreme_equilibria(payoffs)]
    for what in ("nash", "rest"):
        result = general_equilibria(payoffs, what=what)
        assert result.complete
        for profile in extreme:
            assert lists(result, profile, slack=1e-12)
        if not result.nash_subsets:
            assert len(result.nash) == len(extreme)
            for profile in extreme:
                assert distance(nearest(result.nash, profile).profile, profile) < 1e-15
        for item in result.nash_subsets:
            for x in item.vertices[0]:
                for y in item.vertices[1]:
                    assert min(distance([x, y], profile) for profile in extreme) < 1e-14
    return result


def compare_rest_points(payoffs, result):
    """Mixed rest points are the oracle's one to one, unless the oracle refuses the game."""
    try:
        exact = [[np.array([int(v.p) / int(v.q) for v in own]) for own in p] for p in bimatrix.rest_points(payoffs)]
    except bimatrix.Degenerate:
        return False
    mixed = [point for point in result.rest_points if point.pure is None]
    assert len(mixed) == len(exact)
    assert not result.components
    for profile in exact:
        point = nearest(mixed, profile)
        assert distance(point.profile, profile) <= point.radius
        assert point.verified
    return True


def run(games, rng, least, most):
    regular = 0
    for number in range(games):
        payoffs = random_game(rng, number, least, most)
        result = compare_nash_equilibria(payoffs)
        regular += compare_rest_points(payoffs, result)
        if number % 10 == 0:
            check_every_claim(result, rng=rng)
    return regular


def test_45_games_from_2x2_to_4x4_are_those_of_vertex_enumeration():
    assert run(45, np.random.default_rng(0), 2, 4) > 25


@pytest.mark.slow
def test_500_games_from_3x3_to_5x5_are_those_of_vertex_enumeration():
    assert run(500, np.random.default_rng(1), 3, 5) > 300


def degenerate_game(rng, number, least=2, most=3):
    """Payoffs of -1, 0 and 1; then one strategy twice, a column of zeros, a player who never matters, few values."""
    shape = (2, *rng.integers(least, most + 1, size=2))
    payoffs = rng.integers(-1, 2, size=shape).astype(float)
    kind = number % 5
    if kind == 1:
        axis = int(rng.integers(1, 3))
        twice = np.take(payoffs, [int(rng.integers(payoffs.shape[axis]))], axis=axis)
        payoffs = np.concatenate([payoffs, twice], axis=axis)
    elif kind == 2:
        payoffs[:, :, int(rng.integers(shape[2]))] = 0.0
    elif kind == 3:
        payoffs[int(rng.integers(2))] = float(rng.integers(-1, 2))
    elif kind == 4:
        payoffs *= rng.uniform(size=shape) < 0.4
    return payoffs


def check_degenerate(payoffs, rng, *, with_nash=True):
    """Every pure and every extreme equilibrium lies in a returned point or component, and every claim holds."""
    extreme = [floats(pair) for pair in bimatrix.extreme_equilibria(payoffs)]
    for what in ("rest", "nash") if with_nash else ("rest",):
        result = general_equilibria(payoffs, what=what)
        assert result.complete
        assert {p.pure for p in result.nash if p.pure is not None} == brute.pure_equilibria(payoffs)
        for profile in extreme:
            assert lists(result, profile)
            # Also within what is said to be Nash, and nothing said not to be Nash holds it inside.
            assert any(distance(p.profile, profile) < 1e-12 for p in result.nash) or any(
                holds(item, profile) for item in result.nash_subsets
            )
        for item in result.nash_subsets:
            for x in item.vertices[0]:
                for y in item.vertices[1]:
                    assert brute.regret(payoffs, [x, y]) < 1e-12
        check_every_claim(result, rng=rng)


def test_150_games_of_minus_one_zero_and_one_lose_no_equilibrium():
    rng = np.random.default_rng(2)
    for number in range(150):
        check_degenerate(degenerate_game(rng, number), rng)


@pytest.mark.slow
def test_more_games_of_minus_one_zero_and_one_lose_no_equilibrium_and_none_hangs():
    for number in range(int(os.environ.get("GAMEBOOK_TEST_GAMES", "2000"))):
        started = time.process_time()
        check_degenerate(degenerate_game(np.random.default_rng([3, number]), number), np.random.default_rng(number))
        assert time.process_time() - started < SECONDS, number


def test_strategies_that_are_twice_the_same_share_their_weight_in_every_way():
    wins = np.array([[0.0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    doubled = np.concatenate([wins, wins[:1]], axis=0)
    result = general_equilibria([doubled, -doubled])
    (line,) = [item for item in result.components if len(item.support[0]) == 4 and len(item.support[1]) == 3]
    assert line.dimension == 1
    assert line.dimension_proved
    assert line.is_nash
    assert np.allclose(line.low[0], [0, 1 / 3, 1 / 3, 0])
    assert np.allclose(line.high[0], [1 / 3] * 4)
    assert np.allclose(line.representative[0], [1 / 6, 1 / 3, 1 / 3, 1 / 6])
    assert len(result.nash_subsets) == 1


def test_a_game_without_stakes_is_one_component():
    for sizes in ((3, 4), (2, 5), (1, 3)):
        result = general_equilibria(np.zeros((2, *sizes)))
        (item,) = result.components
        assert item.support == tuple(tuple(range(m)) for m in sizes)
        assert item.dimension == sum(sizes) - 2
        assert item.is_nash
        assert result.complete
        (subset,) = result.nash_subsets
        assert subset.dimension == item.dimension
        assert len(result.rest_points) == sizes[0] * sizes[1]


def test_a_single_equilibrium_within_a_segment_of_rest_points_is_listed():
    payoffs = np.array([[[1.0, 0, 0], [-1, -1, 0]], [[-1, 1, 0], [1, -1, 0]]])
    result = general_equilibria(payoffs)
    (segment,) = result.components
    assert segment.is_nash is None
    (subset,) = result.nash_subsets
    assert subset.dimension == 0
    assert subset.representative[0].tolist() == [0.5, 0.5]


def test_components_say_where_only_a_part_of_them_is_nash():
    # The second player never cares; the first prefers its first strategy while the second plays 0 with 1/4 or more.
    payoffs = np.array([[[3.0, -1.0, -1.0], [0.0, 0.0, 0.0]], np.zeros((2, 3))])
    result = general_equilibria(payoffs)
    by_support = {item.support: item for item in result.components}
    assert by_support[((0,), (0, 1, 2))].is_nash is None
    assert by_support[((1,), (0, 1, 2))].is_nash is None
    assert by_support[((0, 1), (0, 1, 2))].is_nash is True
    assert by_support[((0, 1), (0, 1, 2))].dimension == 2
    assert {item.dimension for item in result.nash_subsets} == {2}
    assert len(result.nash_subsets) == 3


@pytest.mark.parametrize("levels", [4, 7])
@pytest.mark.parametrize("unit", [1.0, 0.1, 0.7, 1 / 3])
def test_decimals_and_thirds_are_meant_exactly(levels, unit):
    # Payoffs are affine in the other's effort, in decimals and sevenths that floats do not hold: continua all the same.
    efforts = np.arange(levels) / (levels - 1)
    own, other = np.meshgrid(efforts, efforts, indexing="ij")
    payoffs = unit * np.stack([own * (0.7 * other - 0.3), other * (0.3 - 0.7 * own)])
    result = general_equilibria(payoffs)
    assert result.complete
    (inner,) = [item for item in result.components if all(len(used) == levels for used in item.support)]
    assert inner.dimension == 2 * (levels - 2)
    assert inner.is_nash
    for corner in inner.vertices[0]:
        assert corner @ efforts == pytest.approx(3 / 7, abs=1e-15)
    assert not [point for point in result.rest_points if point.pure is None]
    assert len(result.nash_subsets) == 1


def test_games_up_to_10x10_are_solved_for_nash_equilibria_exactly():
    rng = np.random.default_rng(5)
    for size in (7, 10):
        payoffs = rng.normal(size=(2, size, size))
        result = general_equilibria(payoffs, what="nash")
        assert result.complete
        assert len(result.nash) % 2 == 1
        for point in result.nash:
            assert point.verified
            assert brute.regret(payoffs, point.profile) < 1e-13


def test_a_game_beyond_the_budget_lists_what_is_left_and_its_pure_equilibria():
    payoffs = np.random.default_rng(6).normal(size=(2, 12, 12))
    result = general_equilibria(payoffs, what="rest", most_boxes=50)
    assert result.status == "budget"
    assert not result.complete
    assert result.undecided
    assert {p.pure for p in result.nash if p.pure is not None} == brute.pure_equilibria(payoffs)
