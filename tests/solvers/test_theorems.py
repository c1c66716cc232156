"""Theorems as properties of random games without symmetry: each must hold for whatever the solver returns."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.equilibria import equilibria
from tests.oracles import brute_force

SETTINGS = settings(derandomize=True, deadline=None, max_examples=60, database=None)

seeds = st.integers(0, 2**32 - 1)
players = st.integers(2, 4)


def random_payoffs(seed: int, n: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(n, *(2,) * n))


def ordered(result):
    """Rest points in an order that does not depend on rounding: by support, then pure choices, then shares."""
    return sorted(result.rest_points, key=lambda p: (p.mixing, tuple(np.round(p.shares, 7).tolist())))


def assert_same_points(left, right, *, tolerance=1e-9):
    first, second = ordered(left), ordered(right)
    assert len(first) == len(second)
    for one, other in zip(first, second, strict=True):
        assert one.mixing == other.mixing
        assert np.abs(one.shares - other.shares).max() < tolerance
        assert one.is_nash == other.is_nash
        assert one.is_strict_nash == other.is_strict_nash
        assert one.is_evolutionarily_stable == other.is_evolutionarily_stable
        assert one.stability == other.stability


@SETTINGS
@given(seeds, players)
def test_mixed_rest_point_is_never_a_sink(seed, n):
    for point in equilibria(random_payoffs(seed, n)).rest_points:
        if point.mixing:
            assert point.stability.value not in {"sink", "source"}  # their block has zero trace
            assert not point.is_evolutionarily_stable
            assert not point.is_strict_nash


@SETTINGS
@given(seeds, players)
def test_strict_equilibria_are_exactly_the_sinks(seed, n):
    payoffs = random_payoffs(seed, n)
    result = equilibria(payoffs)
    strict = {
        profile
        for profile in brute_force.profiles(n)
        if all(brute_force.deviation_gain(payoffs, profile, i) < 0 for i in range(n))
    }
    assert {point.pure for point in result.rest_points if point.stability.value == "sink"} == strict
    assert {point.pure for point in result.rest_points if point.is_strict_nash} == strict
    assert {point.pure for point in result.ess} == strict


@SETTINGS
@given(seeds, players)
def test_units_and_origins_of_payoffs_change_no_point_and_no_class(seed, n):
    payoffs = random_payoffs(seed, n)
    rng = np.random.default_rng(seed + 1)
    unit = 10.0 ** rng.uniform(-6, 6, size=(n, *(1,) * n))
    origin = rng.normal(size=unit.shape)
    changed = unit * (payoffs + origin)
    assert_same_points(equilibria(payoffs), equilibria(changed))


@SETTINGS
@given(seeds, players)
def test_payoffs_that_the_own_strategy_cannot_change_change_nothing(seed, n):
    payoffs = random_payoffs(seed, n)
    extra = random_payoffs(seed + 1, n)
    changed = payoffs.copy()
    for player in range(n):
        changed[player] += np.take(extra[player], [0], axis=player)
    assert_same_points(equilibria(payoffs), equilibria(changed))


@SETTINGS
@given(seeds, players, st.randoms(use_true_random=False))
def test_new_names_for_players_permute_the_results(seed, n, random):
    payoffs = random_payoffs(seed, n)
    order = random.sample(range(n), n)  # the new player k is the old player order[k]
    renamed = equilibria(np.transpose(payoffs[order], [0, *(1 + old for old in order)]))
    original = equilibria(payoffs)
    assert len(original.rest_points) == len(renamed.rest_points)
    for point in original.rest_points:
        twin = min(renamed.rest_points, key=lambda p: float(np.abs(p.shares - point.shares[order]).max()))
        assert np.abs(twin.shares - point.shares[order]).max() < 1e-9
        assert sorted(order[k] for k in twin.mixing) == list(point.mixing)
        assert (twin.is_nash, twin.is_strict_nash, twin.stability) == (
            point.is_nash,
            point.is_strict_nash,
            point.stability,
        )
        assert np.allclose(twin.advantages, point.advantages[order], rtol=0, atol=1e-9)
    assert {frozenset(tuple(s[i] for i in order) for s in sink) for sink in original.sink_components} == {
        frozenset(sink) for sink in renamed.sink_components
    }
    assert {"".join(face[i] for i in order) for face in original.closed_faces} == set(renamed.closed_faces)


@SETTINGS
@given(seeds, players, st.integers(0, 15))
def test_new_names_for_strategies_reflect_the_results(seed, n, which):
    payoffs = random_payoffs(seed, n)
    flipped = [i for i in range(n) if which >> i & 1]
    renamed = equilibria(np.flip(payoffs, axis=[i + 1 for i in flipped]))
    original = equilibria(payoffs)
    assert len(original.rest_points) == len(renamed.rest_points)
    for point in original.rest_points:
        shares = point.shares.copy()
        shares[flipped] = 1.0 - shares[flipped]
        twin = min(renamed.rest_points, key=lambda p: float(np.abs(p.shares - shares).max()))
        assert np.abs(twin.shares - shares).max() < 1e-9
        assert (twin.mixing, twin.is_nash, twin.stability) == (point.mixing, point.is_nash, point.stability)
        assert np.allclose(np.sort_complex(twin.eigenvalues), np.sort_complex(point.eigenvalues), rtol=0, atol=1e-7)


@SETTINGS
@given(seeds, st.integers(1, 5))
def test_eigenvalues_at_a_pure_profile_are_the_gains_from_deviating(seed, n):
    payoffs = random_payoffs(seed, n)
    result = equilibria(payoffs)
    vertices = [point for point in result.rest_points if point.pure is not None]
    assert len(vertices) == 2**n
    for point in vertices:
        gains = [brute_force.deviation_gain(payoffs, point.pure, i) for i in range(n)]
        assert np.allclose(point.eigenvalues, gains, rtol=1e-12, atol=1e-14)
        assert point.margin == pytest.approx(-max(gains), rel=1e-12)
        assert point.regret == pytest.approx(max(0.0, *gains), rel=1e-12, abs=1e-14)


@SETTINGS
@given(seeds, players)
def test_mixing_players_have_a_block_of_zero_trace(seed, n):
    for point in equilibria(random_payoffs(seed, n)).rest_points:
        pure = [i for i in range(n) if i not in point.mixing]
        inner = [value for i, value in enumerate(point.eigenvalues) if i in point.mixing]
        scale = np.abs(point.eigenvalues).max()
        assert abs(sum(inner)) < 1e-9 * scale
        transversal = (1 - 2 * point.shares[pure]) * point.advantages[pure]
        assert np.allclose(point.eigenvalues[pure], transversal, rtol=1e-12, atol=1e-12 * scale)


@SETTINGS
@given(seeds, players)
def test_eigenvalues_are_those_of_a_jacobian_by_differences(seed, n):
    payoffs = random_payoffs(seed, n)
    for point in equilibria(payoffs).rest_points:
        # Characteristic polynomials: eigenvalues that nearly coincide are too sensitive to compare one by one.
        expected = np.poly(brute_force.difference_jacobian(payoffs, point.shares))
        assert np.allclose(np.poly(point.eigenvalues), expected, rtol=0, atol=1e-6 * (1 + np.abs(expected).max()))


@SETTINGS
@given(seeds, players)
def test_a_rest_point_is_nash_exactly_when_nobody_has_regret(seed, n):
    payoffs = random_payoffs(seed, n)
    for point in equilibria(payoffs).rest_points:
        regret = brute_force.regret(payoffs, point.shares)
        assert np.abs(brute_force.velocity(payoffs, point.shares)).max() < 1e-12
        assert point.is_nash == (regret < 1e-9)
        assert point.regret == pytest.approx(regret, abs=1e-12)


@SETTINGS
@given(seeds, st.integers(1, 4))
def test_equilibria_are_odd_in_number_and_their_indices_sum_to_one(seed, n):
    # The index of a regular equilibrium is the sign of det(-J) of the replicator field (Ritzberger 1994); the field
    # points inward of a neighbourhood of the cube after a deformation, so the indices sum to +1.
    payoffs = random_payoffs(seed, n)
    nash = equilibria(payoffs).nash
    assert len(nash) % 2 == 1
    index = 0
    for point in nash:
        determinant = np.linalg.det(-brute_force.difference_jacobian(payoffs, point.shares))
        assert abs(determinant) > 1e-12
        index += int(np.sign(determinant))
    assert index == 1


@SETTINGS
@given(seeds, st.integers(1, 4))
def test_sink_components_and_closed_faces_follow_from_their_definitions(seed, n):
    payoffs = random_payoffs(seed, n)
    result = equilibria(payoffs)
    sinks = {frozenset("".join(map(str, profile)) for profile in sink) for sink in result.sink_components}
    assert sinks == brute_force.sink_components(payoffs)
    assert set(result.closed_faces) == brute_force.closed_faces(payoffs)


@SETTINGS
@given(seeds, st.integers(1, 4))
def test_small_whole_payoffs_with_many_ties_keep_every_pure_equilibrium(seed, n):
    payoffs = np.random.default_rng(seed).integers(-1, 2, size=(n, *(2,) * n)).astype(float)
    result = equilibria(payoffs)
    assert {point.pure for point in result.nash if point.pure is not None} == set(brute_force.pure_equilibria(payoffs))
    for point in result.rest_points:
        if point.pure is not None:
            gains = [brute_force.deviation_gain(payoffs, point.pure, i) for i in range(n)]
            assert point.ties == tuple(i for i in range(n) if gains[i] == 0)
            assert point.is_strict_nash == (max(gains) < 0)
    sinks = {frozenset("".join(map(str, profile)) for profile in sink) for sink in result.sink_components}
    assert sinks == brute_force.sink_components(payoffs)
    assert set(result.closed_faces) == brute_force.closed_faces(payoffs)


@SETTINGS
@given(seeds, st.integers(2, 4))
def test_no_rest_point_of_a_game_with_ties_is_lost_or_made_up(seed, n):
    # On a coarse grid of exact rest points, each lies in what the solver lists; and everything listed is one.
    payoffs = np.random.default_rng(seed).integers(-1, 2, size=(n, *(2,) * n)).astype(float)
    result = equilibria(payoffs)
    for point in result.rest_points:
        assert np.abs(brute_force.velocity(payoffs, point.shares)).max() < 1e-12
    boxes = [(point.shares - 1e-9, point.shares + 1e-9) for point in result.rest_points]
    boxes += [(item.low - 1e-9, item.high + 1e-9) for item in (*result.components, *result.undecided)]
    lows, highs = np.array([low for low, _ in boxes]), np.array([high for _, high in boxes])
    for shares in itertools.product((0.0, 0.25, 0.5, 0.75, 1.0), repeat=n):
        if not brute_force.velocity(payoffs, shares).any():
            assert ((lows <= shares) & (highs >= shares)).all(axis=1).any()


@SETTINGS
@given(seeds, st.integers(1, 4))
def test_components_are_rest_points_throughout_and_say_whether_they_are_equilibria(seed, n):
    rng = np.random.default_rng(seed)
    shape = (n, *(2,) * n)
    payoffs = rng.integers(-1, 2, size=shape) * (rng.uniform(size=shape) < 0.6).astype(float)
    for component in equilibria(payoffs).components:
        assert np.abs(brute_force.velocity(payoffs, component.representative)).max() < 1e-9
        width = component.high - component.low
        if component.boxes:  # the extent is the hull of a curved set
            assert (width > 1e-6).sum() >= component.dimension
            continue
        assert (width > 1e-6).sum() == component.dimension
        regrets = []
        for _ in range(8):
            shares = component.low + width * rng.uniform(0.001, 0.999, size=n)
            assert np.abs(brute_force.velocity(payoffs, shares)).max() < 1e-9
            regrets.append(brute_force.regret(payoffs, shares))
        if component.is_nash is True:
            assert max(regrets) < 1e-9
        if component.is_nash is False:
            assert min(regrets) > 1e-9
