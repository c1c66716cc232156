"""Properties that every game with any number of strategies must show."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.equilibria import equilibria
from solvers.general.equilibria import general_equilibria
from tests.oracles import brute_force_general as brute
from tests.oracles.general_results import distance, nearest

SETTINGS = settings(max_examples=12, deadline=None)
seeds = st.integers(0, 2**32 - 1)
SIZES = [(3, 3), (2, 4), (3, 2, 2), (2, 3, 3)]
sizes_of_games = st.sampled_from(SIZES)


def random_payoffs(seed, sizes):
    return np.random.default_rng(seed).normal(size=(len(sizes), *sizes))


def same(first, second):
    return (first.is_nash, first.is_strict_nash, first.is_evolutionarily_stable, first.stability) == (
        second.is_nash,
        second.is_strict_nash,
        second.is_evolutionarily_stable,
        second.stability,
    )


def assert_same_points(left, right, move, *, tolerance=1e-9):
    """Rest points correspond one to one when `move` takes a profile of the left game to the right one."""
    assert left.complete
    assert right.complete
    assert len(left.rest_points) == len(right.rest_points)
    for point in left.rest_points:
        twin = nearest(right.rest_points, move(point.profile))
        assert distance(twin.profile, move(point.profile)) < tolerance
        assert same(point, twin)


@SETTINGS
@given(seeds, sizes_of_games)
def test_units_and_origins_of_payoffs_change_no_point_and_no_class(seed, sizes):
    payoffs = random_payoffs(seed, sizes)
    rng = np.random.default_rng(seed + 1)
    one = (len(sizes), *(1,) * len(sizes))
    changed = 10.0 ** rng.uniform(-6, 6, size=one) * (payoffs + rng.normal(size=one))
    assert_same_points(general_equilibria(payoffs), general_equilibria(changed), lambda x: x)


@SETTINGS
@given(seeds, sizes_of_games, st.randoms(use_true_random=False))
def test_new_names_for_players_permute_the_results(seed, sizes, random):
    payoffs = random_payoffs(seed, sizes)
    n = len(sizes)
    order = random.sample(range(n), n)  # the new player k is the old player order[k]
    renamed = general_equilibria(np.transpose(payoffs[order], [0, *(1 + old for old in order)]))
    original = general_equilibria(payoffs)
    assert_same_points(original, renamed, lambda x: [x[old] for old in order])
    assert {frozenset(tuple(s[i] for i in order) for s in sink) for sink in original.sink_components} == {
        frozenset(sink) for sink in renamed.sink_components
    }
    assert {tuple(face[i] for i in order) for face in original.closed_faces} == set(renamed.closed_faces)


@SETTINGS
@given(seeds, sizes_of_games, st.randoms(use_true_random=False))
def test_new_names_for_strategies_permute_the_results(seed, sizes, random):
    payoffs = random_payoffs(seed, sizes)
    orders = [random.sample(range(m), m) for m in sizes]  # the new strategy k of i is the old orders[i][k]
    renamed = general_equilibria(payoffs[np.ix_(range(len(sizes)), *orders)])
    original = general_equilibria(payoffs)
    assert_same_points(original, renamed, lambda x: [x[i][order] for i, order in enumerate(orders)])


@SETTINGS
@given(seeds, sizes_of_games)
def test_eigenvalues_are_those_of_a_jacobian_by_differences(seed, sizes):
    payoffs = random_payoffs(seed, sizes)
    for point in general_equilibria(payoffs).rest_points:
        expected = np.poly(brute.tangent_jacobian(payoffs, point.profile))
        assert np.allclose(np.poly(point.eigenvalues), expected, rtol=0, atol=1e-6 * (1 + np.abs(expected).max()))


@SETTINGS
@given(seeds, sizes_of_games)
def test_mixed_rest_points_are_never_sinks_and_strict_equilibria_always_are(seed, sizes):
    payoffs = random_payoffs(seed, sizes)
    result = general_equilibria(payoffs)
    strict = {
        p
        for p in brute.profiles(sizes)
        if all(np.delete(brute.gains(payoffs, p, i), p[i]).max() < 0 for i in range(len(sizes)))
    }
    assert {p.pure for p in result.rest_points if p.stability.value == "sink"} == strict
    assert {p.pure for p in result.ess} == strict
    for point in result.rest_points:
        if point.pure is None:
            assert point.stability.value not in {"sink", "source"}  # their block has zero trace
            assert point.is_evolutionarily_stable is False
        else:
            gains = [np.delete(brute.gains(payoffs, point.pure, i), point.pure[i]) for i in range(len(sizes))]
            assert np.allclose(point.eigenvalues, np.concatenate(gains), rtol=1e-12, atol=1e-14)
            assert point.margin == pytest.approx(-max(g.max() for g in gains), rel=1e-12)


@SETTINGS
@given(seeds, sizes_of_games)
def test_equilibria_are_odd_in_number_and_their_indices_sum_to_one(seed, sizes):
    payoffs = random_payoffs(seed, sizes)
    nash = general_equilibria(payoffs).nash
    assert len(nash) % 2 == 1
    signs = [np.sign(np.linalg.det(-brute.tangent_jacobian(payoffs, point.profile))) for point in nash]
    assert sum(signs) == 1


@SETTINGS
@given(seeds, st.sampled_from([(3, 3), (2, 3, 2), (1, 4), (2, 2, 3)]), st.booleans())
def test_sink_components_and_closed_faces_follow_from_their_definitions(seed, sizes, whole):
    payoffs = random_payoffs(seed, sizes)
    if whole:
        payoffs = np.sign(np.round(payoffs, 0))
    result = general_equilibria(payoffs, what="nash", most_boxes=200)
    assert {frozenset(sink) for sink in result.sink_components} == brute.sink_components(payoffs)
    assert set(result.closed_faces) == brute.closed_faces(payoffs)


@SETTINGS
@given(seeds, st.integers(1, 4), st.booleans())
def test_two_strategy_games_have_the_same_answers_as_their_own_solver(seed, n, whole):
    payoffs = random_payoffs(seed, (2,) * n)
    if whole:
        payoffs = np.random.default_rng(seed).integers(-1, 2, size=payoffs.shape).astype(float)
    own, general = equilibria(payoffs), general_equilibria(payoffs)
    if own.status != general.status:
        # The closed form for three mixing players settles a multiple root on a border that subdivision leaves open.
        assert (own.status, general.status) == ("complete", "undecided")
        assert whole
        for item in general.undecided:
            assert max(float((b - a).max()) for a, b in zip(item.low, item.high, strict=True)) < 1e-6
            assert any(
                all(a[1] - 1e-9 <= x <= b[1] + 1e-9 for a, x, b in zip(item.low, p.shares, item.high, strict=True))
                for p in own.rest_points
                if p.ties
            )
    assert own.sink_components == general.sink_components
    assert set(own.closed_faces) == {digits(face) for face in general.closed_faces}
    assert len(own.rest_points) == len(general.rest_points)
    for point in own.rest_points:
        twin = nearest(general.rest_points, [np.array([1 - x, x]) for x in point.shares])
        assert np.abs([x[1] for x in twin.profile] - point.shares).max() <= 1e-12
        assert same(point, twin)
        assert point.ties == tuple(i for i, _ in twin.ties)
        assert point.margin == twin.margin
        assert np.allclose(point.eigenvalues, twin.eigenvalues, rtol=1e-9, atol=1e-9)
        assert twin.verified or not point.verified
    # In the order of their faces; where a face has two components, in that of their dimensions.
    ours = sorted(own.components, key=lambda item: (item.face, item.dimension, str(item.is_nash)))
    twins = sorted(general.components, key=lambda item: (digits(item.support), item.dimension, str(item.is_nash)))
    assert [(i.face, i.dimension) for i in ours] == [(digits(i.support), i.dimension) for i in twins]
    for item, twin in zip(ours, twins, strict=True):
        if twin.is_nash is None and not twin.dimension_proved and item.dimension_proved:
            # A curve that the general search only encloses; in exact arithmetic the whole of it is judged.
            at_twin = brute.regret(payoffs, twin.representative) <= 1e-9
            assert item.is_nash in (None, at_twin)
        else:
            assert item.is_nash == twin.is_nash


def digits(face):
    return "".join("*" if len(used) > 1 else str(used[0]) for used in face)


@SETTINGS
@given(seeds, sizes_of_games)
def test_strategies_that_are_always_worse_are_never_used_in_equilibrium(seed, sizes):
    payoffs = random_payoffs(seed, sizes)
    worse = np.take(payoffs, [0], axis=1)
    worse[0] -= 1.0  # player 0 gets a strategy that pays it less than its first, whatever the others do
    larger = np.concatenate([payoffs, worse], axis=1)
    one, other = general_equilibria(payoffs, what="nash"), general_equilibria(larger, what="nash")
    assert (0, sizes[0]) in other.dominated
    assert len(one.nash) == len(other.nash)
    for point in one.nash:
        extended = [np.append(point.profile[0], 0.0), *point.profile[1:]]
        assert distance(nearest(other.nash, extended).profile, extended) < 1e-12
    rest = general_equilibria(larger)  # rest points that use it are kept apart
    assert any(point.profile[0][-1] > 0.0 for point in rest.rest_points)
    assert not any(point.profile[0][-1] > 0.0 for point in rest.nash)


# --- arguments that are refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("payoffs", "options", "words"),
    [
        (np.zeros((2, 3)), {}, "shape (2, 3)"),
        (np.zeros((2, 0, 3)), {}, "at least one strategy"),
        ([[[1, 2], [3]], [[1, 2], [3, 4]]], {}, "rectangular"),
        (np.full((2, 2, 3), np.nan), {}, "player 0 at profile 0,0 is nan"),
        (np.full((2, 2, 3), 1e200), {}, "larger unit"),
        (np.zeros((2, 2, 2), dtype=complex), {}, "real numbers"),
        (np.zeros((2, 2000, 2000)), {}, "4,000,000 pure profiles"),
        (np.zeros((2, 2, 2)), {"what": "ness"}, "'ness'"),
        (np.zeros((2, 2, 2)), {"most_boxes": 0}, "at least 1"),
        (np.zeros((2, 2, 2)), {"most_seconds": -1.0}, "positive"),
        (np.zeros((2, 2, 2)), {"tie_tolerance": 0.5}, "[0, 0.01]"),
    ],
)
def test_bad_arguments_are_refused_with_what_is_wrong(payoffs, options, words):
    with pytest.raises(ValueError, match=r".") as caught:
        general_equilibria(payoffs, **options)
    assert words in str(caught.value)


@pytest.mark.parametrize("sizes", [(3, 3), (3, 2, 2)])
@pytest.mark.parametrize(("unit", "origin"), [(1e148, 0.0), (1e-300, 0.0), (1e-12, 0.0), (1.0, 1e9)])
def test_huge_and_tiny_payoffs_have_the_points_of_everyday_ones(sizes, unit, origin):
    payoffs = random_payoffs(3, sizes)
    one, other = general_equilibria(payoffs), general_equilibria(unit * payoffs + origin)
    assert_same_points(one, other, lambda x: x, tolerance=1e-9 if origin == 0.0 else 1e-6)
    assert all(point.verified for point in other.rest_points)


@pytest.mark.parametrize("noise", [1e-15, 1e-14, 1e-9])
def test_ties_with_noise_end_and_keep_every_pure_equilibrium(noise):
    rng = np.random.default_rng(1)
    for _ in range(6):
        sizes = rng.integers(1, 4, size=3)
        payoffs = rng.integers(-1, 2, size=(3, *sizes)) + noise * rng.normal(size=(3, *sizes))
        for what in ("rest", "nash"):
            result = general_equilibria(payoffs, what=what, most_boxes=2000)
            assert {p.pure for p in result.nash if p.pure is not None} >= brute.pure_equilibria(payoffs)


def test_near_ties_are_named():
    payoffs = np.array([[[1.0, 0.0, 3.0], [1.0 + 1e-13, 2.0, 0.0]], [[1.0, 2.0, 0.5], [0.3, 0.1, 2.0]]])
    result = general_equilibria(payoffs)
    assert result.status == "near ties"
    assert not result.complete
    assert general_equilibria(payoffs, tie_tolerance=0.0).complete
