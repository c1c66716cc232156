"""The best Nash equilibrium is bracketed from what is listed: points, continua, undecided boxes, pure ones only."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.correlated import correlated_equilibrium
from solvers.mediation import best_nash, expectation
from solvers.nash_list import NashSet, nash_list, pure_nash_list
from tests.oracles.disobedience import independent

SETTINGS = settings(derandomize=True, deadline=None, max_examples=25, database=None)
seeds = st.integers(0, 2**32 - 1)
CHICKEN = np.array([[[6.0, 2.0], [7.0, 0.0]], [[6.0, 7.0], [2.0, 0.0]]])


def test_mediation_of_chicken_is_worth_seven_sixths():
    # Nash equilibria pay 9, 9 and 28/3 in all, Aumann's best device 21/2.
    best = best_nash(CHICKEN.sum(axis=0), nash_list(CHICKEN))
    assert best.exact
    assert correlated_equilibrium(CHICKEN).value - best.high == pytest.approx(10.5 - 28 / 3)


def test_the_best_point_of_a_continuum_counts_not_its_representative():
    # The column player does not care: against its left any row share is an equilibrium only where rows do not lose.
    game = np.array([[[1.0, 1.0], [1.0, 0.0]], [[0.0, 0.0], [0.0, 0.0]]])
    objective = np.array([[0.0, 5.0], [1.0, 9.0]])
    found = nash_list(game)
    assert found.sets
    best = best_nash(objective, found)
    # Row 0 is always a best reply, row 1 only against column 0: the best is row 0 against column 1.
    assert best.low <= 5.0 + 1e-12 <= best.high + 1e-9
    assert best.high <= 9.0


@SETTINGS
@given(seeds)
def test_expectation_is_the_sum_over_profiles(seed):
    rng = np.random.default_rng(seed)
    table = rng.normal(size=(2, 3, 4))
    profile = tuple(rng.dirichlet(np.ones(size)) for size in table.shape)
    assert expectation(table, profile) == pytest.approx((table * independent(profile)).sum(), abs=1e-12)


@SETTINGS
@given(seeds)
def test_no_profile_inside_an_undecided_box_beats_the_bracket(seed):
    rng = np.random.default_rng(seed)
    table = rng.normal(size=(2, 3, 2))
    inside = [[rng.dirichlet(np.ones(size)) for size in table.shape] for _ in range(20)]
    low = tuple(np.min([profile[i] for profile in inside], axis=0) for i in range(3))
    high = tuple(np.max([profile[i] for profile in inside], axis=0) for i in range(3))
    box = NashSet(low, high, None, None, None, None, False)
    found = dataclasses.replace(pure_nash_list(CHICKEN), points=(), undecided=(box,), status="budget")
    best = best_nash(table, found)
    assert best.profile is None
    assert not best.exact
    assert max(expectation(table, tuple(profile)) for profile in inside) <= best.high + 1e-12


def test_nothing_known_is_bounded_by_the_ceiling_only():
    found = dataclasses.replace(nash_list(CHICKEN), status="near ties")
    best = best_nash(CHICKEN.sum(axis=0), found, ceiling=10.5)
    assert (best.high, best.exact) == (10.5, False)


@SETTINGS
@given(seeds, st.sampled_from([(3, 3), (2, 2, 2), (4, 2, 3)]))
def test_pure_equilibria_are_those_of_a_loop_over_profiles(seed, shape):
    game = np.random.default_rng(seed).integers(-2, 3, size=(len(shape), *shape)).astype(float)
    expected = set()
    for profile in np.ndindex(shape):
        deviations = [
            game[(i, *profile[:i], s, *profile[i + 1 :])] <= game[(i, *profile)]
            for i in range(len(shape))
            for s in range(shape[i])
        ]
        if all(deviations):
            expected.add(profile)
    found = pure_nash_list(game)
    assert {point.pure for point in found.points} == expected
    assert all(point.regret == 0.0 and point.verified for point in found.points)
    assert not found.complete


@SETTINGS
@given(seeds)
def test_mediation_is_never_worth_less_than_nothing(seed):
    game = np.random.default_rng(seed).normal(size=(3, 2, 2, 2))
    best = correlated_equilibrium(game)
    assert best_nash(game.sum(axis=0), nash_list(game), ceiling=best.bound).low <= best.value + 1e-9
