"""Protocols at their limits: little noise, indifference, and whatever numbers a user may give."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from solvers.dynamics.fate import Fate
from solvers.dynamics.population_game import population_game
from solvers.dynamics.protocol_ends import protocol_ends
from solvers.dynamics.protocol_fate import protocol_fates
from solvers.dynamics.protocol_paths import PathStatus, protocol_paths
from solvers.dynamics.protocols import protocol, protocol_names

CROWD = np.array([[[0.0, 0.0], [0.5, -0.5]]])
PENNIES = np.array([[[1.0, -1.0], [-1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]])


def linear_game(constant, slopes):
    """Two-strategy populations whose advantages are constant + slopes @ shares, the own share included."""
    n = len(constant)
    payoffs = np.zeros((n, *(2,) * n, *(2,) * n))
    for corner in np.ndindex(*(2,) * n):
        for i in range(n):
            own = [slice(None)] * n
            own[i] = 1
            payoffs[(i, *own, *corner)] = constant[i] + slopes[i] @ corner
    return population_game(payoffs)


# Logit with little noise.


@pytest.mark.parametrize("noise", [1e-1, 1e-2, 1e-3, 1e-4])
def test_logit_with_little_noise_is_followed_as_scipy_s_implicit_method_does(noise):
    # Crowding holds the path at indifference, where its rate of change is 1 / (4 noise).
    times = np.array([0.3, 0.8, 2.0, 5.0])
    paths = protocol_paths(population_game(CROWD), [[0.1]], times, protocol("logit", noise=noise))
    assert paths.status == (PathStatus.FOLLOWED,)

    def field(_, x):
        return 0.5 + 0.5 * np.tanh((0.5 - x) / (2.0 * noise)) - x

    wanted = solve_ivp(field, (0.0, 5.0), [0.1], method="Radau", rtol=1e-11, atol=1e-13, t_eval=times).y[0]
    np.testing.assert_allclose(paths.shares[0, :, 0], wanted, atol=1e-7)


@pytest.mark.parametrize("sizes", [(2, 2), (2, 2, 2), (3, 3)])
@pytest.mark.parametrize("noise", [1e-2, 1e-3])
def test_logit_with_little_noise_comes_to_a_verdict(sizes, noise):
    for seed in range(4):
        rng = np.random.default_rng(seed)
        game = population_game(rng.normal(size=(len(sizes), *sizes)))
        starts = [rng.dirichlet(np.ones(m), size=5) for m in sizes]
        found = protocol_fates(game, starts, protocol("logit", noise=noise))
        assert not {Fate.OUT_OF_BUDGET, Fate.UNDECIDED} & set(found.fate)


def test_implicit_steps_have_the_order_of_their_method():
    # A method of lower order would need many more steps for the tolerance; the error falls with the tolerance.
    game, times = population_game(CROWD), np.array([2.0])
    exact = protocol_paths(game, [[0.1]], times, protocol("logit", noise=1e-3), tolerance=1e-13).shares
    for tolerance in (1e-6, 1e-8, 1e-10):
        for steps in (2_000,):
            found = protocol_paths(game, [[0.1]], times, protocol("logit", noise=1e-3), tolerance=tolerance,
                                   most_steps=steps)  # fmt: skip
            np.testing.assert_allclose(found.shares, exact, atol=30.0 * tolerance)


# Best response along indifference.


def regularised(constant, slopes, start, times, width):
    """Best response whose choice turns gradually within a width of indifference, in small implicit steps of SciPy."""

    def field(_, x):
        return np.clip(0.5 + (constant + slopes @ x) / width, 0.0, 1.0) - x

    options = {"method": "Radau", "rtol": 1e-9, "atol": 1e-11, "max_step": 0.02}
    return solve_ivp(field, (0.0, times[-1]), start, t_eval=times, **options).y.T


@pytest.mark.parametrize("seed", range(6))
def test_best_response_slides_as_its_regularisation_does(seed):
    rng = np.random.default_rng(seed)
    n = 2 + seed % 2
    slopes = 0.6 * rng.normal(size=(n, n))
    slopes[np.diag_indices(n)] = -1.0 - rng.uniform(size=n)  # every population crowds itself
    middle = rng.uniform(0.3, 0.7, n)
    constant, times = -slopes @ middle, np.array([0.2, 0.5, 1.0, 2.0, 6.0])
    game = linear_game(constant, slopes)
    starts = rng.uniform(size=(3, n))
    paths = protocol_paths(game, starts, times, protocol("best-response"))
    for path in range(3):
        assert paths.status[path] is PathStatus.FOLLOWED
        wanted = regularised(constant, slopes, starts[path], times, 1e-6)
        np.testing.assert_allclose(paths.shares[path], wanted, atol=2e-5)
    assert set(protocol_fates(game, starts, protocol("best-response")).fate) == {Fate.AT_REST}


def test_a_population_leaves_indifference_when_it_cannot_keep_it():
    # Population 1 is held at x_1 = 1/2 + (x_2 - 1/2) / 2 by crowding, until population 2, drawn down by population 3,
    # moves too fast for that.
    constant = np.array([0.25, 0.3, 1.0])
    slopes = np.array([[-1.0, 0.5, 0.0], [0.0, 0.0, -0.5], [0.0, 0.0, 0.0]])
    times, start = np.linspace(0.1, 6.0, 13), np.array([0.5, 0.5, 0.0])
    paths = protocol_paths(linear_game(constant, slopes), start[None], times, protocol("best-response"))
    assert paths.status == (PathStatus.FOLLOWED,)
    np.testing.assert_allclose(paths.shares[0], regularised(constant, slopes, start, times, 1e-6), atol=2e-5)


def test_little_noise_and_best_response_agree_along_indifference():
    rng = np.random.default_rng(4)
    slopes = np.array([[-1.0, 0.4], [-0.3, -1.2]])
    game, times = linear_game(-slopes @ [0.4, 0.6], slopes), np.array([0.5, 1.0, 4.0])
    starts = rng.uniform(size=(4, 2))
    exact = protocol_paths(game, starts, times, protocol("best-response")).shares
    noisy = protocol_paths(game, starts, times, protocol("logit", noise=1e-5)).shares
    np.testing.assert_allclose(noisy, exact, atol=3e-4)


def test_where_there_is_no_one_way_to_stay_indifferent_the_path_says_so():
    # Crowding of both populations by their sum alone: x_1 + x_2 = 1 keeps both indifferent in many ways.
    slopes = -np.ones((2, 2))
    game = linear_game(np.ones(2), slopes)
    paths = protocol_paths(game, [[0.1, 0.4]], np.array([0.1, 5.0]), protocol("best-response"))
    assert paths.status == (PathStatus.SLIDING,)
    assert 0.1 < paths.reached[0] < 5.0
    assert np.isfinite(paths.shares[0, 0]).all()
    assert np.isnan(paths.shares[0, 1]).all()


# Whatever numbers.

SIZES = [(2,), (2, 2), (2, 2, 2), (3, 2), (3, 3), "share-dependent"]
CORNERS = [0.0, 1.0, 1e-300, 1.0 - 1e-16, 1e-16, 0.5]


@st.composite
def situations(draw):
    sizes = draw(st.sampled_from(SIZES))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = (2, 2, 2, 3, 2) if sizes == "share-dependent" else (len(sizes), *sizes)
    sizes = (2, 2) if sizes == "share-dependent" else sizes
    base = rng.normal(size=shape) if draw(st.booleans()) else rng.integers(-1, 2, size=shape).astype(float)
    scales = np.array([10.0 ** draw(st.integers(-12, 12)) for _ in sizes])
    speeds = [draw(st.sampled_from([1.0, 1000.0, 1e-3, 1e-12])) for _ in sizes]
    game = population_game(base * scales.reshape(-1, *(1,) * (base.ndim - 1)), speeds)
    name = draw(st.sampled_from(protocol_names()))
    parameter = {"logit": "noise", "mutation": "mutation"}.get(name)
    chosen = protocol(name, **({parameter: 10.0 ** draw(st.integers(-15, 15))} if parameter else {}))
    starts = []
    for m in sizes:
        rows = []
        for _ in range(3):
            x = draw(st.sampled_from(CORNERS))
            rest = np.zeros(m - 1)
            rest[draw(st.integers(0, m - 2))] = 1.0 - x
            rows.append(np.insert(rest, draw(st.integers(0, m - 1)), x))
        starts.append(np.array(rows))
    return game, chosen, starts, 10.0 ** draw(st.integers(-9, 9))


def assert_shares(parts):
    for part in parts:
        assert ((part >= 0.0) & (part <= 1.0)).all()
        np.testing.assert_allclose(part.sum(axis=-1), 1.0, atol=1e-9)


def keeps_its_promises(situation):
    game, chosen, starts, until = situation
    times = np.array([0.0, 0.1 * until, until])
    paths = protocol_paths(game, starts, times, chosen, most_steps=150)
    for path, status in enumerate(paths.status):
        known = times <= paths.reached[path]
        assert known[0]
        assert (status is PathStatus.FOLLOWED) == bool(known.all())
        assert_shares([part[path][known] for part in paths.profiles])
        assert all(np.isnan(part[path][~known]).all() for part in paths.profiles)
    fates = protocol_fates(game, starts, chosen, most_steps=100)
    assert_shares(fates.profiles)
    assert np.isfinite(fates.time).all()
    assert np.isfinite(fates.velocity).all()
    assert (fates.time >= 0.0).all()
    ends = protocol_ends(game, starts, chosen, most_steps=50, classified=0)
    assert_shares(ends.profiles)
    assert np.isfinite(ends.time).all()
    ended = [fate in (Fate.SETTLED, Fate.AT_REST) for fate in ends.fate]
    assert (ends.outcome >= 0).tolist() == ended


QUIET = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=60, **QUIET)
@given(situations())
def test_no_start_scale_speed_or_parameter_breaks_a_promise(situation):
    keeps_its_promises(situation)


@pytest.mark.slow
@settings(max_examples=3000, **QUIET)
@given(situations())
def test_no_start_scale_speed_or_parameter_breaks_a_promise_in_thousands(situation):
    keeps_its_promises(situation)
