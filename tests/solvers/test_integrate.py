"""Replicator paths against closed forms and SciPy, and capture against paths that start where it claims a proof."""

import itertools

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from solvers.dynamics.capture import capture_width
from solvers.dynamics.integrate import UNSETTLED, follow_to_capture
from solvers.dynamics.lanes import LANES, follow_in_lanes, shares_in_lanes, velocity_in_lanes
from solvers.dynamics.problem import log_odds, replicator
from solvers.dynamics.steps import velocity
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
    speeds = rng.uniform(0.5, 2.0, players)
    game = replicator(payoff_advantages(payoffs), speeds)
    wanted = [speeds[i] * brute_force_advantage(payoffs, x, i) / game.unit for i in range(players)]
    z = np.log(x / (1 - x))
    out, share = np.empty(players), np.empty(players)
    for run in (velocity, velocity.py_func):
        run(game.tables, z, out, np.empty(game.tables.shape[1]), share)
        np.testing.assert_allclose(out, wanted, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(share, x, rtol=1e-14)


@pytest.mark.parametrize("players", [1, 2, 3, 4, 5])
def test_every_lane_has_the_velocity_of_its_own_path(players):
    rng = np.random.default_rng(10 + players)
    game = replicator(payoff_advantages(rng.normal(size=(players, *(2,) * players))))
    z = rng.normal(scale=3.0, size=(players, LANES))
    cells = game.tables.shape[1]
    for run in (velocity_in_lanes, velocity_in_lanes.py_func):
        power = np.zeros(players * LANES)
        lanes, share = np.zeros(players * LANES), np.zeros(players * LANES)
        run(game.tables, z.ravel(), lanes, share, np.zeros(cells * LANES), power, power.view(np.int64))
        for k in range(0, LANES, 7):
            out, x = np.empty(players), np.empty(players)
            velocity(game.tables, z[:, k].copy(), out, np.empty(cells), x)
            np.testing.assert_allclose(lanes.reshape(players, LANES)[:, k], out, rtol=1e-13, atol=1e-14)
            np.testing.assert_allclose(share.reshape(players, LANES)[:, k], x, rtol=1e-15)


def test_shares_in_lanes_are_right_to_the_last_places_everywhere():
    z = np.concatenate([np.linspace(-690.0, 690.0, 20_001), [0.0, -0.0, 1e-300, 1e300, -1e300, 5e5]])
    share, power = np.empty_like(z), np.empty_like(z)
    shares_in_lanes(z, share, power, power.view(np.int64))
    odds = np.exp(-np.abs(z))
    wanted = np.where(z >= 0, 1.0, odds) / (1.0 + odds)
    near = np.abs(z) < 690.0
    np.testing.assert_allclose(share[near], wanted[near], rtol=2e-15)
    assert share[-3:].tolist() == [1.0, share[-2], 1.0]
    assert 0.0 <= share[-2] < 1e-300


def test_one_path_more_or_less_changes_no_bit_of_the_others():
    rng = np.random.default_rng(4)
    advantages = payoff_advantages(rng.normal(size=(4, 2, 2, 2, 2)))
    starts = rng.uniform(size=(700, 4))
    together = follow_to_capture(advantages, starts)
    for some in (slice(0, 1), slice(3, 90), slice(650, 700)):
        alone = follow_to_capture(advantages, starts[some])
        assert (alone.shares == together.shares[some]).all()
        assert (alone.time == together.time[some]).all()
        assert (alone.outcome == together.outcome[some]).all()


def test_lanes_say_the_same_uncompiled():
    hunt = payoff_advantages(np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]]))
    game = replicator(hunt)
    starts = log_odds(np.array([[0.5, 0.8], [0.9, 0.3], [0.99, 0.99]]), 2)
    ends = []
    for run in (follow_in_lanes, follow_in_lanes.py_func):
        z, outcome, time = starts.copy(), np.zeros(3, np.int64), np.zeros(3)
        run(game.tables, z, game.target_array, game.reach, 1e6, 3, 1e-8, outcome, time)
        ends.append((outcome.tolist(), time, z))
    assert ends[0][0] == ends[1][0]
    np.testing.assert_allclose(ends[0][1], ends[1][1], rtol=1e-10)
    np.testing.assert_allclose(ends[0][2], ends[1][2], rtol=1e-10)


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
