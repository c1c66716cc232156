"""Replicator paths against closed forms and SciPy, and capture against paths that start where it claims a proof."""

import itertools

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from solvers.dynamics.capture import capture_width
from solvers.dynamics.integrate import UNSETTLED, follow_to_capture, velocity
from solvers.errors import SolverInputError
from solvers.expected import payoff_advantages
from solvers.pure import corner_values, pure_profiles


def brute_force_advantage(payoffs, shares, player):
    """Sum over all pure profiles of the others, written without any array trick."""
    n = len(shares)
    total = 0.0
    for profile in itertools.product((0, 1), repeat=n):
        if profile[player]:
            continue
        weight = 1.0
        for j in range(n):
            if j != player:
                weight *= shares[j] if profile[j] else 1.0 - shares[j]
        with_one = list(profile)
        with_one[player] = 1
        total += weight * (payoffs[(player, *with_one)] - payoffs[(player, *profile)])
    return total


def scipy_path(payoffs, start, until):
    """The replicator equation in shares, not log-odds, by an implicit method of SciPy."""

    def field(_, x):
        return [x[i] * (1 - x[i]) * brute_force_advantage(payoffs, x, i) for i in range(len(x))]

    return solve_ivp(field, (0.0, until), start, method="LSODA", rtol=1e-10, atol=1e-13).y[:, -1]


@pytest.mark.parametrize("players", [1, 2, 3, 4, 5])
def test_velocity_is_the_advantage_summed_over_all_profiles(players):
    rng = np.random.default_rng(players)
    payoffs = rng.normal(size=(players, *(2,) * players))
    x = rng.uniform(0.05, 0.95, players)
    out, share = np.empty(players), np.empty(players)
    for run in (velocity, velocity.py_func):
        run(corner_values(payoff_advantages(payoffs)), np.ones(players), np.log(x / (1 - x)), out,
            np.empty(1 << players), share)  # fmt: skip
        wanted = [brute_force_advantage(payoffs, x, i) for i in range(players)]
        np.testing.assert_allclose(out, wanted, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(share, x, rtol=1e-14)


def test_a_constant_gain_grows_logistically():
    # dx/dt = c x (1 - x): log-odds grow at the rate c. One party with gain c; nothing else moves.
    advantages = payoff_advantages(np.array([[0.0, 0.25]]))
    ends = follow_to_capture(advantages, np.array([[0.001], [0.5]]), horizon=1e6)
    assert ends.outcome.tolist() == [0, 0]
    # Captured at share >= 1 - 0.999 of the box: at once, since the gain is positive everywhere.
    assert ends.time[1] == 0.0


@pytest.mark.parametrize("seed", range(4))
def test_paths_agree_with_scipy_in_shares(seed):
    rng = np.random.default_rng(seed)
    payoffs = rng.normal(size=(4, 2, 2, 2, 2))
    start = rng.uniform(0.2, 0.8, (3, 4))
    advantages = payoff_advantages(payoffs)
    # A cap on the time before capture: compare where both are after that time.
    ends = follow_to_capture(advantages, start, horizon=6.0 * np.abs(corner_values(advantages)).max())
    for k in range(3):
        wanted = scipy_path(payoffs, start[k], float(ends.time[k]))
        np.testing.assert_allclose(ends.shares[k], wanted, atol=1e-6)


def test_matching_pennies_conserves_its_product():
    # With payoffs +-1 the product x(1-x)y(1-y) is constant along every path.
    row = np.array([[1.0, -1.0], [-1.0, 1.0]])
    advantages = payoff_advantages(np.stack([row, -row]))
    start = np.array([[0.3, 0.6], [0.1, 0.2], [0.5, 0.9]])
    # Largest advantage 2, so 2,000 units of the solver are 1,000 of time.
    ends = follow_to_capture(advantages, start, horizon=2000.0, most_steps=200_000, tolerance=1e-12)
    assert (ends.outcome == UNSETTLED).all()
    np.testing.assert_allclose(ends.time, 1000.0)
    x, y = ends.shares.T
    product = x * (1 - x) * y * (1 - y)
    x, y = start.T
    np.testing.assert_allclose(product, x * (1 - x) * y * (1 - y), atol=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_every_path_from_a_capture_box_ends_in_its_corner(seed):
    rng = np.random.default_rng(100 + seed)
    payoffs = rng.normal(size=(3, 2, 2, 2))
    pure = pure_profiles(payoffs, tie_tolerance=1e-10)
    checked = 0
    for profile in np.ndindex(2, 2, 2):
        width = capture_width(pure.advantages, profile)
        assert (width > 0.0) == bool(pure.strict[profile])
        if width == 0.0:
            continue
        corner = np.array(profile, dtype=float)
        inward = np.where(corner == 1.0, -1.0, 1.0)
        for part in rng.uniform(0.02, 0.98, (5, 3)):
            end = scipy_path(payoffs, corner + inward * width * part, 400.0)
            np.testing.assert_allclose(end, corner, atol=1e-3)
            checked += 1
    assert checked or not pure.strict.any()


def test_a_capture_box_cannot_be_widened_where_an_advantage_vanishes():
    # Stag hunt, indifferent at 2/3: (1,1) captures shares above 2/3 and (0,0) those below.
    hunt = payoff_advantages(np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]]))
    assert capture_width(hunt, (1, 1)) == pytest.approx(1 / 3, abs=1e-9)
    assert capture_width(hunt, (0, 0)) == pytest.approx(2 / 3, abs=1e-9)
    assert capture_width(hunt, (0, 1)) == 0.0


def test_shares_stay_inside_for_extreme_starts_and_scales():
    rng = np.random.default_rng(3)
    for scale in (1e-12, 1.0, 1e12):
        payoffs = scale * rng.normal(size=(4, 2, 2, 2, 2))
        start = np.array([[1e-300, 0.5, 1 - 1e-16, 0.3], [0.5, 1e-12, 0.5, 1 - 1e-12]])
        ends = follow_to_capture(payoff_advantages(payoffs), start)
        assert np.isfinite(ends.shares).all()
        assert ((ends.shares >= 0.0) & (ends.shares <= 1.0)).all()
        assert np.isfinite(ends.time).all()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"starts": np.array([[0.0, 0.5]])}, "start has the share 0.0"),
        ({"starts": np.array([[0.5, 1.0]])}, "start has the share 1.0"),
        ({"starts": np.array([0.5, 0.5])}, "give one share per player"),
        ({"starts": np.array([[np.nan, 0.5]])}, "start has the share nan"),
        ({"starts": np.array([[0.5, 0.5]]), "speeds": np.array([1.0, 0.0])}, "speed is 0.0"),
        ({"starts": np.array([[0.5, 0.5]]), "speeds": np.array([np.inf, 1.0])}, "speed is inf"),
    ],
)
def test_bad_starts_and_speeds_are_refused(arguments, words):
    with pytest.raises(SolverInputError, match=words):
        follow_to_capture(payoff_advantages(np.zeros((2, 2, 2))), **arguments)
