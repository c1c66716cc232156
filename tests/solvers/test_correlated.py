"""Correlated and coarse correlated equilibria: published examples, theorems, and brute force over all disobedience."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.correlated import correlated_equilibrium, violation
from solvers.equilibria import equilibria
from solvers.errors import SolverInputError
from tests.oracles.disobedience import gains_from_disobeying, gains_from_opting_out, independent

SETTINGS = settings(derandomize=True, deadline=None, max_examples=25, database=None)
SHAPES = st.sampled_from([(2, 2), (3, 3), (2, 4), (2, 2, 2), (3, 2, 2), (2, 2, 2, 2)])
seeds = st.integers(0, 2**32 - 1)


def random_game(seed, shape):
    return np.random.default_rng(seed).normal(size=(len(shape), *shape))


# Aumann (1974, 1987), chicken: strategy 0 is the meek one.
CHICKEN = np.array([[[6.0, 2.0], [7.0, 0.0]], [[6.0, 7.0], [2.0, 0.0]]])


def test_best_mediation_of_chicken_is_aumanns():
    best = correlated_equilibrium(CHICKEN)
    assert best.verified
    assert best.value == pytest.approx(10.5, abs=1e-12)
    np.testing.assert_allclose(best.payoffs, [5.25, 5.25], atol=1e-12)
    np.testing.assert_allclose(best.distribution, [[0.5, 0.25], [0.25, 0.0]], atol=1e-12)


def test_aumanns_even_device_pays_five_each_and_is_an_equilibrium():
    device = np.array([[1, 1], [1, 0]]) / 3.0
    assert violation(CHICKEN, device) < 1e-15
    assert (CHICKEN * device).sum(axis=(1, 2)) == pytest.approx([5.0, 5.0])


def test_a_traffic_light_is_an_equilibrium_and_the_best_for_two_drivers():
    # Wait or go: going alone is worth 1, a crash costs 10, waiting costs nothing.
    roads = np.array([[[0.0, 0.0], [1.0, -10.0]], [[0.0, 1.0], [0.0, -10.0]]])
    assert violation(roads, [[0.0, 0.5], [0.5, 0.0]]) == 0.0
    assert correlated_equilibrium(roads).value == pytest.approx(1.0, abs=1e-12)
    # The worst is the mixed equilibrium, in which waiting and going are worth nothing.
    assert correlated_equilibrium(roads, sense="worst").value == pytest.approx(0.0, abs=1e-9)


def test_coarse_mediation_can_beat_every_correlated_equilibrium():
    # A game in the manner of Moulin and Vial (1978): the diagonal with equal chances is coarse, not correlated.
    rows = np.array([[3.0, 1.0, 4.0], [1.0, 5.0, 0.0], [1.0, 0.0, 2.0]])
    columns = np.array([[3.0, 1.0, 1.0], [4.0, 2.0, 0.0], [1.0, 0.0, 5.0]])
    game = np.stack([rows, columns])
    diagonal = np.eye(3) / 3.0
    assert max(gains_from_opting_out(game, diagonal)) <= 0.0
    assert violation(game, diagonal, coarse=True) == 0.0
    assert violation(game, diagonal) == pytest.approx(max(gains_from_disobeying(game, diagonal)))
    assert violation(game, diagonal) > 0.5
    coarse, correlated = correlated_equilibrium(game, coarse=True), correlated_equilibrium(game)
    assert coarse.verified
    assert correlated.verified
    assert coarse.value >= 20.0 / 3.0 - 1e-9
    assert coarse.value > correlated.value + 0.1


@SETTINGS
@given(seeds, SHAPES)
def test_no_disobedience_pays_in_what_is_returned_and_its_bound_holds(seed, shape):
    game = random_game(seed, shape)
    best, coarse = correlated_equilibrium(game), correlated_equilibrium(game, coarse=True)
    assert best.verified
    assert coarse.verified
    assert max(gains_from_disobeying(game, best.distribution)) < 1e-9
    assert max(gains_from_opting_out(game, coarse.distribution)) < 1e-9
    assert coarse.value >= best.value - 1e-9
    assert best.bound >= best.value - 1e-9


@SETTINGS
@given(seeds, st.sampled_from([(2, 2), (2, 2, 2), (2, 2, 2, 2)]))
def test_every_nash_equilibrium_is_correlated_and_lies_between_worst_and_best(seed, shape):
    game = random_game(seed, shape)
    objective = np.random.default_rng(seed + 1).normal(size=shape)
    best, worst = (correlated_equilibrium(game, objective, sense=sense) for sense in ("best", "worst"))
    for point in equilibria(game).nash:
        weights = independent([(1.0 - x, x) for x in point.shares])
        assert violation(game, weights) < 1e-9
        assert worst.bound - 1e-9 <= (objective * weights).sum() <= best.bound + 1e-9


@SETTINGS
@given(seeds, SHAPES)
def test_equilibria_mix_into_equilibria(seed, shape):
    game, rng = random_game(seed, shape), np.random.default_rng(seed + 1)
    ends = [correlated_equilibrium(game, rng.normal(size=shape)).distribution for _ in range(2)]
    assert violation(game, 0.3 * ends[0] + 0.7 * ends[1]) < 1e-9


@SETTINGS
@given(seeds, SHAPES)
def test_nobody_beats_the_bound_that_the_prices_give(seed, shape):
    # Weak duality by hand: objective + priced incentives, cell by cell, is at most the bound.
    game = random_game(seed, shape)
    best = correlated_equilibrium(game)
    worth = game.sum(axis=0).copy()
    prices = iter(best.prices)
    for player, size in enumerate(shape):
        for other in range(size):
            for told in range(size):
                if told != other:
                    price = next(prices)
                    assert price >= 0.0
                    losses = np.take(game[player], told, axis=player) - np.take(game[player], other, axis=player)
                    np.moveaxis(worth, player, 0)[told] += price * losses
    assert worth.max() <= best.bound + 1e-9


def test_units_change_nothing_but_the_unit():
    game = random_game(3, (3, 3))
    scaled = game * np.array([1e9, 1e-9])[:, None, None]
    objective = np.arange(9.0).reshape(3, 3)
    one, other = correlated_equilibrium(game, objective), correlated_equilibrium(scaled, objective)
    assert other.verified
    assert other.value == pytest.approx(one.value, abs=1e-9)
    assert correlated_equilibrium(game, 1e9 * objective).value == pytest.approx(1e9 * one.value, rel=1e-9)


def test_a_player_with_one_strategy_and_a_player_alone_are_games_too():
    assert correlated_equilibrium([[1.0, 5.0, 3.0]]).value == 5.0
    assert correlated_equilibrium(np.ones((2, 1, 1))).verified


def test_ten_players_are_no_trouble():
    best = correlated_equilibrium(random_game(1, (2,) * 10))
    assert best.verified


@pytest.mark.parametrize(
    ("payoffs", "objective"),
    [([[[1, 2]], [[3, 4]]], [1.0, 2.0]), ([[[1, 2]], [[3, 4]]], [[np.nan, 1.0]]), ([[1, np.inf]], None)],
)
def test_what_makes_no_sense_is_refused(payoffs, objective):
    with pytest.raises(SolverInputError):
        correlated_equilibrium(payoffs, objective)
