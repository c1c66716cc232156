"""Six to ten populations: complete where blocks make it possible, else cut short by a budget that says what is open."""

import time

import numpy as np
import pytest

from solvers.equilibria import equilibria
from tests.oracles import brute_force, multistart
from tests.solvers.block_games import block_game, random_blocks
from tests.solvers.degenerate_games import covered

pytestmark = pytest.mark.usefixtures("compiled")


@pytest.mark.parametrize("seed", range(2))
def test_seven_populations_in_two_blocks_are_solved_completely_in_seconds(seed):
    payoffs = random_blocks(np.random.default_rng(seed))
    started = time.process_time()
    result = equilibria(payoffs)
    assert time.process_time() - started < 20
    assert result.complete
    assert len(result.nash) % 2 == 1
    for point in result.rest_points:
        assert point.verified
        assert np.abs(brute_force.velocity(payoffs, point.shares)).max() < 1e-12
        assert (brute_force.regret(payoffs, point.shares) < 1e-12) == point.is_nash
    listed = np.array([point.shares for point in result.rest_points])
    rng = np.random.default_rng(1)
    for mixing in ([0, 1, 2], [1, 2, 4, 5], [0, 1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6], [0, 1, 2, 4, 5]):
        for corner in (0.0, 1.0):
            shares = np.full(7, corner)
            for found in multistart.on_face(payoffs, shares, mixing, rng=rng, starts=3):
                assert np.abs(listed - found).max(axis=1).min() < 1e-9


def test_blocks_without_a_common_stake_have_the_products_of_their_rest_points():
    # The common player prefers index 1 whatever happens, so the rest points are those of each block at x_0 = 1 or 0.
    rng = np.random.default_rng(5)
    blocks = [rng.normal(size=(3, 2, 2, 2)) for _ in range(2)]
    for block in blocks:
        block[0] = np.array([0.0, 1.0])[:, None, None]
    result = equilibria(block_game(blocks))
    assert result.complete
    expected = 0
    for index in (0, 1):
        counts = [len(equilibria(block[1:, index]).rest_points) for block in blocks]
        expected += counts[0] * counts[1]
    assert len(result.rest_points) == expected


def test_a_budget_in_seconds_ends_the_search_and_the_boxes_it_came_to_repeat_it():
    payoffs = np.random.default_rng(0).normal(size=(8, *(2,) * 8))
    started = time.perf_counter()
    short = equilibria(payoffs, most_seconds=0.05)
    assert time.perf_counter() - started < 10
    assert (short.status, short.complete) == ("budget", False)
    again = equilibria(payoffs, most_boxes=short.boxes)
    assert (again.status, again.boxes) == ("budget", short.boxes)
    assert [p.shares.tobytes() for p in again.rest_points] == [p.shares.tobytes() for p in short.rest_points]
    assert [(u.face, u.low.tobytes()) for u in again.undecided] == [(u.face, u.low.tobytes()) for u in short.undecided]
    listed = [point for point in short.rest_points if point.is_nash and not point.mixing]
    assert [point.pure for point in listed] == sorted(
        s for s in brute_force.profiles(8) if brute_force.regret(payoffs, np.array(s, dtype=float)) == 0.0
    )
    rng = np.random.default_rng(2)
    for found in multistart.on_face(payoffs, np.zeros(8), list(range(6)), rng=rng, starts=5):
        assert covered(short, found)


def test_ten_populations_end_with_their_pure_profiles_and_what_is_open():
    payoffs = random_blocks(np.random.default_rng(0), blocks=3)
    started = time.process_time()
    result = equilibria(payoffs, most_boxes=300)
    assert time.process_time() - started < 40
    assert result.status == "budget"
    assert sum(point.pure is not None for point in result.rest_points) == 2**10
    assert result.undecided
    assert result.closed_faces


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_a_budget_of_no_time_is_refused(seconds):
    with pytest.raises(ValueError, match="seconds"):
        equilibria(np.zeros((2, 2, 2)), most_seconds=seconds)
