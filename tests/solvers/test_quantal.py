"""Logit quantal response: a published estimate, an oracle by root finding, limits, turning points and pitchforks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import root

from solvers.errors import SolverInputError
from solvers.quantal import Special, quantal_response
from tests.oracles import brute_force

SETTINGS = settings(derandomize=True, deadline=None, max_examples=15, database=None)
seeds = st.integers(0, 2**32 - 1)


def random_game(seed, shape):
    return np.random.default_rng(seed).normal(size=(len(shape), *shape))


TURNS_BACK = 1  # seed of a game whose branch turns back in lambda


def logit_response(game, profile, precision):
    """The definition, by summing over all profiles."""
    answer = []
    for player, size in enumerate(game.shape[1:]):
        values = np.zeros(size)
        for cell in np.ndindex(game.shape[1:]):
            chance = np.prod([profile[i][s] for i, s in enumerate(cell) if i != player])
            values[cell[player]] += chance * game[(player, *cell)]
        weights = np.exp(precision * (values - values.max()))
        answer.append(weights / weights.sum())
    return answer


# Ochs (1995), asymmetric matching pennies, in the money of McKelvey and Palfrey (1995).
OCHS = np.array([[[1.1141, 0.0], [0.0, 0.2785]], [[0.0, 1.1141], [1.1141, 0.0]]])


def test_the_estimate_of_mckelvey_and_palfrey_comes_back():
    # They fit lambda to 128 plays of which 52.7 % were up and 36.6 % left. logit_estimate of pygambit 17.0.0b2, run on
    # these data, gives 1.845610 and (0.615651, 0.383291).
    grid = np.linspace(1.84, 1.85, 201)
    chosen = quantal_response(OCHS, precisions=grid).chosen
    up = np.array([points[0].profile[0][0] for _, points in chosen])
    left = np.array([points[0].profile[1][0] for _, points in chosen])
    fit = 0.527 * np.log(up) + 0.473 * np.log(1 - up) + 0.366 * np.log(left) + 0.634 * np.log(1 - left)
    best = int(fit.argmax())
    assert grid[best] == pytest.approx(1.845610, abs=5e-5)
    assert up[best] == pytest.approx(0.615651, abs=1e-5)
    assert left[best] == pytest.approx(0.383291, abs=1e-5)


def test_own_payoffs_matter_where_nash_says_that_they_do_not():
    branch = quantal_response(OCHS)
    assert branch.verified
    np.testing.assert_allclose(branch.limit[0], [0.5, 0.5], atol=1e-12)
    np.testing.assert_allclose(branch.limit[1], [0.2, 0.8], atol=1e-4)
    assert max(point.profile[0][0] for point in branch.points) > 0.6


@SETTINGS
@given(seeds, st.sampled_from([(2, 2), (3, 3), (2, 2, 2), (3, 2, 4), (2, 2, 2, 2)]))
def test_branch_starts_at_the_centre_solves_the_equations_and_ends_at_a_nash_equilibrium(seed, shape):
    game = random_game(seed, shape)
    wanted = [0.3, 1.0, 3.0]
    branch = quantal_response(game, precisions=wanted)
    for mixed in branch.points[0].profile:
        assert (mixed == 1.0 / mixed.size).all()
    for precision, points in branch.chosen:
        assert points
        for point in points:
            for mixed, answer in zip(point.profile, logit_response(game, point.profile, precision), strict=True):
                np.testing.assert_allclose(mixed, answer, atol=1e-10)
            assert point.residual < 1e-10
    assert branch.verified
    assert branch.limit_regret <= 1e-9 * branch.unit
    assert branch.end.regret < 1e-4 * branch.unit
    # Points of the branch are close enough together to be followed by eye.
    assert all(np.isfinite(point.precision) for point in branch.points)


@SETTINGS
@given(seeds)
def test_root_finding_at_the_same_lambda_gives_the_same_point(seed):
    game = random_game(seed, (2, 2, 2))
    precision = 0.8
    point = quantal_response(game, precisions=[precision]).chosen[0][1][0]

    def error(shares):
        profile = [np.array([1 - x, x]) for x in shares]
        return [answer[1] - x for answer, x in zip(logit_response(game, profile, precision), shares, strict=True)]

    # For so small a lambda the equations contract, so there is one solution only.
    found = root(error, [0.5, 0.5, 0.5], tol=1e-13)
    np.testing.assert_allclose([mixed[1] for mixed in point.profile], found.x, atol=1e-9)


def test_stag_hunt_selects_the_risk_dominant_equilibrium():
    hunt = np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])
    assert [mixed.tolist() for mixed in quantal_response(hunt).limit] == [[1.0, 0.0], [1.0, 0.0]]


def test_symmetric_coordination_breaks_its_symmetry_at_a_known_lambda():
    # x = 1/(1 + exp(-lambda (2x - 1))) has slope lambda/2 at 1/2: the pitchfork is at lambda = 2.
    game = np.array([np.eye(2), np.eye(2)])
    branch = quantal_response(game)
    (point,) = branch.bifurcations
    assert point.precision == pytest.approx(2.0, abs=1e-6)
    assert point.rank_drop == 1
    np.testing.assert_allclose(branch.limit[0], [0.5, 0.5], atol=1e-12)


@pytest.mark.parametrize("strategies", [3, 4])
def test_a_bifurcation_in_several_directions_at_once_is_not_missed(strategies):
    # All strategies alike: m - 1 eigenvalues vanish together at lambda = m, and the determinant need not change sign.
    branch = quantal_response(np.array([np.eye(strategies)] * 2))
    (point,) = branch.bifurcations
    assert point.precision == pytest.approx(strategies, abs=1e-6)
    assert point.rank_drop == strategies - 1


@pytest.mark.parametrize("nudge", [1e-3, 1e-5, 1e-7])
def test_a_slightly_broken_symmetry_bends_the_branch_instead(nudge):
    game = np.array([np.eye(2), np.eye(2)])
    game[0, 0, 0] += nudge
    branch = quantal_response(game)
    assert branch.verified
    assert branch.bifurcations == ()
    assert [mixed.tolist() for mixed in branch.limit] == [[1.0, 0.0], [1.0, 0.0]]


def test_turning_points_are_found_and_every_point_at_one_lambda_is_listed():
    game = random_game(TURNS_BACK, (3, 3))
    turns = [point for point in quantal_response(game).special if point.kind is Special.TURNING]
    assert len(turns) % 2 == 0
    between = 0.5 * (turns[0].precision + turns[1].precision)
    points = quantal_response(game, precisions=[between]).chosen[0][1]
    assert len(points) >= 3
    for point in points:
        for mixed, answer in zip(point.profile, logit_response(game, point.profile, between), strict=True):
            np.testing.assert_allclose(mixed, answer, atol=1e-9)


def test_lambda_is_per_unit_of_payoff():
    game = random_game(5, (3, 3))
    one = quantal_response(game, precisions=[2.0]).chosen[0][1][0]
    other = quantal_response(1e6 * game, precisions=[2e-6]).chosen[0][1][0]
    for a, b in zip(one.profile, other.profile, strict=True):
        np.testing.assert_allclose(a, b, atol=1e-12)
    assert other.regret == pytest.approx(1e6 * one.regret, rel=1e-9)


def test_a_game_where_nothing_matters_stays_at_the_centre():
    branch = quantal_response(np.zeros((2, 2, 3)))
    assert branch.status == "complete"
    assert branch.end.profile[1].tolist() == pytest.approx([1 / 3] * 3)


def test_a_budget_ends_the_branch_and_says_so():
    branch = quantal_response(random_game(1, (2, 2)), most_steps=3)
    assert branch.status == "budget"
    assert not branch.verified
    assert len(branch.points) <= 4


def test_limits_of_two_strategy_games_are_nash_equilibria_by_brute_force():
    for seed in range(10):
        game = random_game(seed, (2, 2, 2))
        limit = quantal_response(game).limit
        assert brute_force.regret(game, [mixed[1] for mixed in limit]) < 1e-12


@pytest.mark.parametrize("value", [-1.0, np.nan, np.inf])
def test_a_lambda_that_makes_no_sense_is_refused(value):
    with pytest.raises(SolverInputError, match="lambda"):
        quantal_response(OCHS, precisions=[value])
