"""Velocities of the revision protocols: formulas, the properties that theory states, and Jacobians."""

import numpy as np
import pytest

from solvers.dynamics.jacobian import velocity_jacobian
from solvers.dynamics.population_game import population_game
from solvers.dynamics.profiles import by_population, flat_profiles
from solvers.dynamics.protocols import protocol, protocol_names
from solvers.dynamics.velocity import payoff_shift, strategy_payoffs, velocity
from solvers.errors import SolverInputError
from tests.oracles.revision_protocols import PARAMETERS, bernstein_payoffs_at, velocity_at

SIZES = [(2, 2, 2), (3, 4), (2, 3, 2), (1, 3)]
MOVING = [name for name in protocol_names() if name not in PARAMETERS]
NASH_STATIONARY = ["smith", "bnn", "best-response", "projection"]


def protocol_of(name):
    return protocol(name, **PARAMETERS.get(name, {}))


def random_game(seed, sizes):
    rng = np.random.default_rng(seed)
    payoffs = rng.normal(size=(len(sizes), *sizes))
    speeds = rng.uniform(0.5, 2.0, len(sizes))
    return rng, payoffs, population_game(payoffs, speeds)


def random_profile(rng, sizes, *, border=False):
    profile = [rng.dirichlet(np.ones(m)) for m in sizes]
    if border:
        for x in profile:
            x[rng.integers(len(x))] = 0.0 if len(x) > 1 else 1.0
            x /= x.sum()
    return profile


def regret(game, profile):
    pairs = zip(profile, strategy_payoffs(game, profile), strict=True)
    return max(pi.max() - x @ pi for x, pi in pairs)


@pytest.mark.parametrize("name", protocol_names())
@pytest.mark.parametrize("sizes", SIZES)
def test_velocity_is_that_of_the_literature(name, sizes):
    rng, payoffs, game = random_game(1, sizes)
    chosen = protocol_of(name)
    for border in (False, True):
        profile = random_profile(rng, sizes, border=border)
        wanted = velocity_at(
            payoffs, profile, name, speeds=game.speeds, shifts=payoff_shift(game), parameter=chosen.parameter
        )
        found = np.concatenate(velocity(game, profile, chosen))
        np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("name", protocol_names())
def test_velocity_with_payoffs_that_depend_on_shares(name):
    rng = np.random.default_rng(2)
    payoffs = rng.normal(size=(3, 2, 2, 2, 3, 1, 2))
    game, chosen = population_game(payoffs), protocol_of(name)
    profile = random_profile(rng, (2, 2, 2))
    shifts = payoff_shift(game)
    wanted = velocity_at(
        payoffs, profile, name, speeds=np.ones(3), shifts=shifts, parameter=chosen.parameter, at=bernstein_payoffs_at
    )
    np.testing.assert_allclose(np.concatenate(velocity(game, profile, chosen)), wanted, rtol=1e-12, atol=1e-13)
    # Maynard Smith's mean payoff is positive everywhere, so that the velocity is defined.
    for x in rng.dirichlet(np.ones(2), size=(20, 3)):
        assert all(min(pi) + shift > 0.0 for pi, shift in zip(bernstein_payoffs_at(payoffs, x), shifts, strict=True))


@pytest.mark.parametrize("name", protocol_names())
def test_many_profiles_at_once_are_each_by_itself(name):
    rng, _, game = random_game(3, (2, 3))
    many = [rng.dirichlet(np.ones(m), size=(4, 5)) for m in (2, 3)]
    together = velocity(game, many, protocol_of(name))
    alone = velocity(game, [x[2, 3] for x in many], protocol_of(name))
    for all_at_once, one in zip(together, alone, strict=True):
        np.testing.assert_allclose(all_at_once[2, 3], one, rtol=1e-14)


@pytest.mark.parametrize("name", MOVING)
@pytest.mark.parametrize("sizes", SIZES)
def test_every_population_that_moves_moves_towards_better_payoffs(name, sizes):
    assert protocol_of(name).properties.positive_correlation
    for seed in range(20):
        rng, _, game = random_game(seed, sizes)
        profile = random_profile(rng, sizes, border=seed % 2 == 1)
        for v, pi in zip(velocity(game, profile, protocol_of(name)), strategy_payoffs(game, profile), strict=True):
            assert abs(v.sum()) < 1e-12
            if np.abs(v).max() > 1e-9:
                assert v @ pi > 0.0


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_noise_and_mutation_are_not_positively_correlated_and_say_so(name):
    assert not protocol_of(name).properties.positive_correlation
    dominated = population_game([[0.0, 1.0]])
    # Nearly all at the better strategy: choice at random brings some back.
    assert velocity(dominated, [0.9999], protocol_of(name))[0] @ [0.0, 1.0] < 0.0


@pytest.mark.parametrize("name", protocol_names())
def test_faces_are_invariant_exactly_where_the_protocol_says_so(name):
    rng, _, game = random_game(5, (3, 3))
    kept = []
    for _ in range(40):
        profile = random_profile(rng, (3, 3), border=True)
        for x, v in zip(profile, velocity(game, profile, protocol_of(name)), strict=True):
            assert (v[x == 0.0] >= 0.0).all()
            kept.append((v[x == 0.0] == 0.0).all())
    assert all(kept) == protocol_of(name).properties.faces_invariant


@pytest.mark.parametrize("name", MOVING)
def test_nash_equilibria_rest_and_innovative_protocols_rest_nowhere_else(name):
    hunt = population_game([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])
    chosen = protocol_of(name)
    for equilibrium in ([0.0, 0.0], [1.0, 1.0], [2 / 3, 2 / 3]):
        assert np.abs(np.concatenate(velocity(hunt, equilibrium, chosen))).max() < 1e-12
    moves = np.abs(np.concatenate(velocity(hunt, [0.0, 1.0], chosen))).max()
    assert (moves > 0.1) == chosen.properties.nash_stationary == chosen.properties.innovative


@pytest.mark.parametrize("name", NASH_STATIONARY)
@pytest.mark.parametrize("sizes", [(2, 2, 2), (3, 3), (3, 2, 3)])
def test_velocity_vanishes_exactly_as_regret_does(name, sizes):
    for seed in range(15):
        rng, _, game = random_game(seed, sizes)
        for profile in (random_profile(rng, sizes), random_profile(rng, sizes, border=True)):
            moves = np.abs(np.concatenate(velocity(game, profile, protocol_of(name)))).max()
            assert (moves > 1e-9) == (regret(game, profile) > 1e-9)
        for pure in np.ndindex(*sizes):
            vertex = [np.eye(m)[s] for m, s in zip(sizes, pure, strict=True)]
            moves = np.abs(np.concatenate(velocity(game, vertex, protocol_of(name)))).max()
            assert (moves > 1e-12) == (regret(game, vertex) > 1e-12)


@pytest.mark.parametrize("name", protocol_names())
def test_payoffs_that_do_not_depend_on_the_own_strategy_change_nothing(name):
    rng, payoffs, game = random_game(7, (3, 2))
    profile = random_profile(rng, (3, 2))
    more = payoffs.copy()
    more[0] += rng.normal(size=(1, 2))
    more[1] += rng.normal(size=(3, 1))
    other = population_game(more, game.speeds)
    chosen = protocol_of(name)
    for v, w in zip(velocity(game, profile, chosen), velocity(other, profile, chosen), strict=True):
        if name == "maynard-smith":  # divides by the mean payoff: other speed, same direction
            np.testing.assert_allclose(v / np.abs(v).max(), w / np.abs(w).max(), rtol=1e-9)
        else:
            np.testing.assert_allclose(v, w, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", protocol_names())
def test_doubled_payoffs_double_the_velocity_or_leave_it(name):
    rng, payoffs, game = random_game(8, (2, 3))
    profile = random_profile(rng, (2, 3))
    double = {parameter: 2.0 * value for parameter, value in PARAMETERS.get(name, {}).items()}
    before = velocity(game, profile, protocol_of(name))
    after = velocity(population_game(2.0 * payoffs, game.speeds), profile, protocol(name, **double))
    factor = 2.0 if protocol_of(name).properties.payoff_paced else 1.0
    for v, w in zip(before, after, strict=True):
        np.testing.assert_allclose(factor * v, w, rtol=1e-12)


def test_relabelled_strategies_have_relabelled_velocities():
    rng, payoffs, game = random_game(9, (3, 4))
    profile = random_profile(rng, (3, 4))
    turned = population_game(payoffs[:, ::-1][:, :, [2, 0, 3, 1]], game.speeds)
    for name in protocol_names():
        one, two = velocity(game, profile, protocol_of(name))
        first, second = velocity(turned, [profile[0][::-1], profile[1][[2, 0, 3, 1]]], protocol_of(name))
        np.testing.assert_allclose(first, one[::-1], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(second, two[[2, 0, 3, 1]], rtol=1e-9, atol=1e-12)


# Jacobians.


@pytest.mark.parametrize("name", protocol_names())
@pytest.mark.parametrize("sizes", [(2, 2, 2), (3, 4), "share-dependent"])
def test_jacobian_is_the_limit_of_differences(name, sizes):
    rng = np.random.default_rng(11)
    if sizes == "share-dependent":
        sizes, payoffs = (2, 2, 2), rng.normal(size=(3, 2, 2, 2, 3, 1, 2))
    else:
        payoffs = rng.normal(size=(len(sizes), *sizes))
    game = population_game(payoffs, rng.uniform(0.5, 2.0, len(sizes)))
    chosen = protocol_of(name)
    x = flat_profiles(game, random_profile(rng, sizes))
    matrix = velocity_jacobian(game, by_population(game, x), chosen).matrix
    for i, size in enumerate(sizes):
        for k in range(1, size):
            move = np.zeros(len(x))
            move[game.offsets[i] + k], move[game.offsets[i]] = 1e-6, -1e-6
            ahead, behind = (
                np.concatenate(velocity(game, by_population(game, x + side * move), chosen)) for side in (1, -1)
            )
            np.testing.assert_allclose(matrix @ move * 1e6, (ahead - behind) / 2e-6, atol=2e-8)


def test_jacobian_of_the_replicator_in_matching_pennies_turns():
    pennies = population_game([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    centre = velocity_jacobian(pennies, [0.5, 0.5], protocol()).in_shares
    np.testing.assert_allclose(np.sort_complex(np.linalg.eigvals(centre)), [-1j, 1j], atol=1e-15)


def test_where_there_is_no_jacobian_the_reason_is_given_in_both_languages():
    pennies = population_game([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    for name in ("smith", "bnn", "best-response"):
        found = velocity_jacobian(pennies, [0.5, 0.5], protocol(name))
        assert found.matrix is None
        assert found.why_not("en") != found.why_not("zh") != ""
    assert velocity_jacobian(pennies, [0.0, 0.5], protocol("projection")).reason == "jacobian.border"
    assert velocity_jacobian(pennies, [0.3, 0.5], protocol("replicator")).why_not() == ""


def test_bnn_has_a_jacobian_at_a_strict_equilibrium_and_it_is_zero():
    # Nearby x' = -x^2 |D|: the approach is slower than exponential.
    hunt = population_game([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])
    np.testing.assert_allclose(velocity_jacobian(hunt, [0.0, 0.0], protocol("bnn")).in_shares, 0.0, atol=1e-15)


# Refusals.


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: protocol("smoth"), "no protocol smoth"),
        (lambda: protocol("logit"), "needs a noise"),
        (lambda: protocol("mutation", mutation=0.0), "must be positive"),
        (lambda: protocol("logit", noise=float("nan")), "must be positive"),
        (lambda: protocol("smith", noise=0.1), "has no noise"),
        (lambda: population_game([[1.0, 2.0], [3.0, 4.0]]), "one strategy axis per population"),
        (lambda: population_game(np.zeros((2, 3, 2, 2, 2))), "populations of two strategies"),
        (lambda: population_game([[0.0, np.inf]]), "must be finite"),
        (lambda: population_game([[0.0, 1e200]]), "larger unit"),
        (lambda: population_game([[0.0, 1.0]], [0.0]), "above 0"),
        (lambda: population_game([[0.0, 1.0]], [1001.0]), "at most 1000"),
        (lambda: population_game([[0.0, 1.0]], [1.0, 1.0]), "one speed per player"),
        (lambda: velocity(population_game([[0.0, 1.0]]), [1.5], protocol()), r"must lie in \[0, 1\]"),
        (lambda: velocity(population_game([[0.0, 1.0]]), [[0.5, 0.4]], protocol()), "sum to 1"),
        (lambda: velocity(population_game([[0.0, 1.0, 2.0]]), [0.5], protocol()), "one share per strategy"),
    ],
)
def test_bad_input_is_refused(make, words):
    with pytest.raises(SolverInputError, match=words):
        make()


def test_the_shift_of_maynard_smith_is_what_it_says():
    game = population_game([[[1.0, -1.0], [-1.0, 1.0]], [[1.0, 2.0], [3.0, 4.0]]])
    np.testing.assert_allclose(payoff_shift(game), [3.0, 0.0])
