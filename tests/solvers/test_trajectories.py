"""Recorded paths and fates against closed forms, theory and SciPy."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import gamebook
from solvers.dynamics.events import add_peaks
from solvers.dynamics.fate import Fate, fates, follow_fate
from solvers.dynamics.problem import log_odds, replicator
from solvers.dynamics.returns import growing_cycle, period, room
from solvers.dynamics.steps import between, interpolant, step_factor, try_step, velocity
from solvers.dynamics.trajectories import end_after_fixed_steps, record, trajectories
from solvers.errors import SolverInputError
from solvers.expected import advantage, payoff_advantages
from solvers.pure import pure_profiles


def matching_pennies():
    row = np.array([[1.0, -1.0], [-1.0, 1.0]])
    return payoff_advantages(np.stack([row, -row]))


def scenario(name):
    return pure_profiles(np.asarray(gamebook.load(name).tensor()), tie_tolerance=1e-10).advantages


def scipy_paths(advantages, start, times, speeds=1.0):
    """The equation in shares with the tensor contracted by another function of the project, by SciPy."""

    def field(_, x):
        return speeds * x * (1 - x) * advantage(advantages, x)

    span = (0.0, times[-1])
    return solve_ivp(field, span, start, t_eval=times, method="DOP853", rtol=1e-11, atol=1e-13).y.T


def test_matching_pennies_conserves_its_product_at_every_recorded_time():
    start = np.array([[0.3, 0.6], [0.1, 0.2], [0.5, 0.9], [0.49, 0.5]])
    times = np.linspace(0.0, 1000.0, 501)
    x, y = np.moveaxis(trajectories(matching_pennies(), start, times, tolerance=1e-12), -1, 0)
    product = x * (1 - x) * y * (1 - y)
    np.testing.assert_allclose(product, np.broadcast_to(product[:, :1], product.shape), rtol=0.0, atol=1e-9)
    assert np.ptp(x[0]) > 0.3  # it does move


def test_constant_gains_grow_logistically():
    # Each party gains c whatever the others do: its odds grow by exp(c t).
    gains, speeds = np.array([0.25, -1.5, 4.0]), np.array([1.0, 0.5, 2.0])
    payoffs = np.zeros((3, 2, 2, 2))
    payoffs[0, 1], payoffs[1, :, 1], payoffs[2, :, :, 1] = gains
    times = np.array([0.0, 0.1, 0.75, 1.0, 2.5, 7.0])
    start = np.array([0.01, 0.6, 0.3])
    found = trajectories(payoff_advantages(payoffs), start[None], times, speeds=speeds)[0]
    odds = start / (1 - start) * np.exp(gains * speeds * times[:, None])
    np.testing.assert_allclose(found, odds / (1 + odds), rtol=1e-11)


def test_halving_the_step_divides_the_error_by_two_to_the_eighth():
    game, start = matching_pennies(), np.array([0.3, 0.6])
    exact = end_after_fixed_steps(game, start, duration=1.0, steps=300)
    errors = [np.abs(end_after_fixed_steps(game, start, duration=1.0, steps=k) - exact).max() for k in (1, 2, 4, 8)]
    assert errors[-1] > 1e-15  # still above rounding
    np.testing.assert_allclose(np.log2(np.array(errors[:-1]) / errors[1:]), 8.0, atol=0.7)


def test_the_interpolant_loses_one_order_and_meets_both_ends():
    rng = np.random.default_rng(6)
    game = replicator(payoff_advantages(rng.normal(size=(3, 2, 2, 2))))
    z = log_odds(np.array([[0.3, 0.6, 0.45]]), 3)[0]

    def middle_error(h):
        slopes, terms = np.zeros((16, 3)), np.zeros((7, 3))
        new, share, work, point, middle = np.zeros(3), np.zeros(3), np.zeros(4), np.zeros(3), np.zeros(3)
        velocity(game.tables, z, slopes[0], work, share)
        try_step(game.tables, z, h, slopes, new, work, share, 1e-9)
        interpolant(game.tables, z, new, h, slopes, point, work, share, terms)
        for part, end in ((0.0, z), (1.0, new)):
            between(z, terms, part, middle)
            np.testing.assert_allclose(middle, end, atol=1e-14)
        between(z, terms, 0.3, middle)
        exact = np.empty((1, 3))
        record(game.tables, z.copy(), np.array([0.3 * h]), 10_000, 1e-15, exact)
        return np.abs(middle - exact[0]).max()

    # The error of one step of a method of order 7 falls with the eighth power of its length.
    assert np.log2(middle_error(4.0) / middle_error(2.0)) == pytest.approx(8.0, abs=1.0)


@pytest.mark.parametrize("seed", range(3))
def test_recorded_paths_agree_with_scipy(seed):
    rng = np.random.default_rng(seed)
    game = payoff_advantages(rng.normal(size=(4, 2, 2, 2, 2)))
    start, speeds = rng.uniform(0.1, 0.9, (5, 4)), rng.uniform(0.3, 3.0, 4)
    times = np.sort(rng.uniform(0.0, 12.0, 40))
    found = trajectories(game, start, times, speeds=speeds)
    for k in range(5):
        np.testing.assert_allclose(found[k], scipy_paths(game, start[k], times, speeds), atol=1e-8)


def test_oversized_incentives_under_poaching_circle_ever_more_slowly():
    start = 1.0 / (1.0 + np.exp(-np.array([[0.1, 0.2, -0.3, 0.4]])))
    result = fates(scenario("poaching_oversized"), start)
    assert result.fate == (Fate.HETEROCLINIC,)
    names = ["".join(map(str, profile)) for profile in result.cycle[0]]
    assert names == ["1111", "0111", "0011", "0010", "1010", "1110"]
    assert result.ratio[0] == pytest.approx(2.584, abs=0.01)


def test_unit_gains_around_six_corners_grow_by_the_golden_ratio_at_each():
    # (1,0,0) -> (1,1,0) -> (0,1,0) -> (0,1,1) -> (0,0,1) -> (1,0,1) ->: at each corner one share leaves at the rate 1
    # and the one that left before it still falls at the rate 1, so times spent follow Fibonacci's rule.
    gain = np.zeros((3, 2, 2, 2))
    cycle = [(1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1)]
    for here, there in zip(cycle, cycle[1:] + cycle[:1], strict=True):
        mover = next(i for i in range(3) if here[i] != there[i])
        cell = [slice(None) if i == mover else here[i] for i in range(3)]
        gain[(mover, *cell)] = 1.0 if there[mover] else -1.0
    for mover in range(3):
        for others, value in (((0, 0), 1.0), ((1, 1), -1.0)):
            cell = list(others)
            cell.insert(mover, slice(None))
            gain[(mover, *cell)] = value
    result = fates(gain, np.array([[0.3, 0.6, 0.2], [0.9, 0.2, 0.3]]))
    assert result.fate == (Fate.HETEROCLINIC,) * 2
    np.testing.assert_allclose(result.ratio, ((1 + np.sqrt(5)) / 2) ** 6, rtol=2e-4)
    assert result.cycle[0] == ((1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1), (1, 0, 0))


@pytest.mark.parametrize("seed", range(5))
def test_two_parties_that_chase_each_other_go_in_closed_rounds_whatever_the_payoffs(seed):
    # Hofbauer and Sigmund 1998: in 2 x 2 games with a cyclic response graph every inner path is closed.
    a, b, c, d = np.random.default_rng(seed).uniform(0.2, 3.0, 4)
    payoffs = np.zeros((2, 2, 2))
    payoffs[0, 1], payoffs[1, :, 1] = [a, -b], [-c, d]
    result = fates(payoff_advantages(payoffs), np.array([[0.3, 0.4], [0.05, 0.9]]))
    assert result.fate == (Fate.CYCLING,) * 2


def test_period_near_the_centre_of_matching_pennies():
    # Payoffs +-1: the centre has eigenvalues +-i, hence small rounds take 2 pi.
    result = fates(matching_pennies(), np.array([[0.501, 0.5], [0.5, 0.5003], [0.502, 0.499]]))
    assert result.fate == (Fate.CYCLING,) * 3
    np.testing.assert_allclose(result.period, 2 * np.pi, rtol=1e-5)


def test_period_scales_with_speeds_and_payoffs():
    # omega = sqrt(speed_1 * speed_2) times the payoffs.
    result = fates(7.0 * matching_pennies(), np.array([[0.5005, 0.5]]), speeds=np.array([0.25, 4.0]))
    assert result.period[0] == pytest.approx(2 * np.pi / 7.0, rel=1e-5)


def test_a_large_round_takes_as_long_as_scipy_says():
    game, start = matching_pennies(), np.array([0.05, 0.3])

    def through_start(_, x):
        return x[0] - start[0]

    through_start.direction = float(np.sign(advantage(game, start)[0]))

    def field(_, x):
        return x * (1 - x) * advantage(game, x)

    ran = solve_ivp(field, (0, 100), start, events=through_start, rtol=1e-11, atol=1e-13, method="DOP853")
    crossings = ran.t_events[0][ran.t_events[0] > 1e-6]
    assert fates(game, start[None]).period[0] == pytest.approx(crossings[0], rel=1e-6)


def test_a_cycle_reached_on_a_face_is_a_cycle():
    # Parties 0 and 1 play matching pennies, party 2 has a dominant strategy: the path goes to the face and circles.
    payoffs = np.zeros((3, 2, 2, 2))
    pennies = np.array([[1.0, -1.0], [-1.0, 1.0]])
    payoffs[0], payoffs[1] = pennies[:, :, None], -pennies[:, :, None]
    payoffs[2, :, :, 1] = 0.7
    result = fates(payoff_advantages(payoffs), np.array([[0.7, 0.6, 0.2]]))
    assert result.fate == (Fate.CYCLING,)


def test_two_unrelated_rounds_never_repeat_and_are_undecided():
    # Two games of matching pennies side by side whose periods have no common multiple nearby.
    payoffs = np.zeros((4, 2, 2, 2, 2))
    pennies = np.array([[1.0, -1.0], [-1.0, 1.0]])
    payoffs[0], payoffs[1] = pennies[:, :, None, None], -pennies[:, :, None, None]
    payoffs[2], payoffs[3] = np.sqrt(2.0) * pennies, -np.sqrt(2.0) * pennies
    result = fates(payoff_advantages(payoffs), np.array([[0.6, 0.5, 0.45, 0.6]]), most_steps=2_000)
    assert result.fate == (Fate.UNDECIDED,)
    assert np.isfinite(result.time).all()


def test_starts_at_rest_and_paths_that_come_to_rest():
    # Exactly on the mixed equilibrium; on a continuum; and towards a weak equilibrium, where the pull dies away.
    hunt = payoff_advantages(np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]]))
    weak = payoff_advantages(np.array([[[0.0, 0.0], [0.0, 1.0]], [[0.0, 0.0], [0.0, 1.0]]]))
    assert fates(np.zeros((2, 2, 2)), np.array([[0.2, 0.9]])).fate == (Fate.AT_REST,)
    assert fates(matching_pennies(), np.array([[0.5, 0.5]])).fate == (Fate.AT_REST,)
    assert fates(hunt, np.array([[0.9, 0.9], [0.2, 0.2]])).target == ((1, 1), (0, 0))
    # 11 is strict there, 00 is not: everything goes to 11.
    assert fates(weak, np.array([[0.01, 0.02]])).target == ((1, 1),)
    # Party 0 gains only while party 1 plays 1, which party 1 gives up: party 0 comes to rest in between.
    fading = np.zeros((2, 2, 2))
    fading[0, 1, 1], fading[1, :, 0] = 1.0, 1.0
    result = fates(payoff_advantages(fading), np.array([[0.3, 0.5]]))
    assert result.fate == (Fate.AT_REST,)
    # y' = -y(1-y), (log odds of x)' = y: log-odds grow by the integral of y, log 2 from y = 1/2.
    assert result.shares[0, 0] == pytest.approx(0.6 / (0.6 + 0.7), rel=1e-6)


def test_a_share_held_at_its_border_by_habit_is_not_at_rest_if_it_gains():
    # It starts at 1e-250 and nearly does not move, yet its gain is strict: it must not be called at rest.
    advantages = payoff_advantages(np.array([[0.0, 1.0]]))
    assert fates(advantages, np.array([[1e-250]])).fate == (Fate.SETTLED,)


def test_arrival_is_the_time_at_which_all_shares_pass_the_level():
    gains = np.array([0.5, -2.0])
    payoffs = np.zeros((2, 2, 2))
    payoffs[0, 1], payoffs[1, :, 1] = gains
    start = np.array([[0.1, 0.5], [0.97, 0.01]])
    result = fates(payoff_advantages(payoffs), start, goal=(1, 0))
    # The first share is the last to pass: log 19 = log(1/9) + 0.5 t.
    assert result.arrival[0] == pytest.approx(2.0 * np.log(19.0 * 9.0), rel=1e-9)
    assert result.arrival[1] == 0.0
    assert np.isnan(fates(payoff_advantages(payoffs), start, goal=(0, 0)).arrival[0])
    only_second = fates(payoff_advantages(payoffs), start, goal=(None, 0))
    assert only_second.arrival[0] == pytest.approx(0.5 * np.log(19.0), rel=1e-9)


@pytest.mark.parametrize("scale", [1e-150, 1e-12, 1.0, 1e12, 1e150])
def test_extreme_starts_scales_and_speeds_stay_finite_and_end(scale):
    rng = np.random.default_rng(3)
    game = payoff_advantages(scale * rng.normal(size=(4, 2, 2, 2, 2)))
    start = np.array([[5e-324, 0.5, 1 - 1e-16, 0.3], [0.5, 1e-12, 0.5, 1 - 1e-12]])
    speeds = np.array([1e-3, 1e3, 1.0, 30.0])
    times = np.array([0.0, 1e-3, 1.0, 1e2]) / scale
    found = trajectories(game, start, times, speeds=speeds)
    assert ((found >= 0.0) & (found <= 1.0)).all()
    result = fates(game, start, speeds=speeds, most_steps=2_000)
    for values in (result.shares, result.time, result.velocity):
        assert np.isfinite(values).all()


def test_results_do_not_depend_on_the_unit_of_payoffs():
    game, start = scenario("no_tools"), np.random.default_rng(1).uniform(size=(40, 4))
    plain, scaled = fates(game, start, goal=(1, 1, 1, 1)), fates(1e9 * game, start, goal=(1, 1, 1, 1))
    assert plain.target == scaled.target
    np.testing.assert_allclose(plain.arrival, 1e9 * scaled.arrival, rtol=1e-6)


def test_times_that_cannot_be_reached_are_refused_with_the_time_reached():
    with pytest.raises(SolverInputError, match="more than 50 steps to reach time 1000; it got as far as"):
        trajectories(matching_pennies(), np.array([[0.3, 0.4]]), np.array([1000.0]), most_steps=50)


@pytest.mark.parametrize("times", [[1.0, 1.0], [2.0, 1.0], [-1.0, 0.0], [0.0, np.nan], [np.inf], []])
def test_times_that_do_not_increase_are_refused(times):
    with pytest.raises(SolverInputError, match="times of a path"):
        trajectories(matching_pennies(), np.array([[0.3, 0.4]]), np.array(times))


@pytest.mark.parametrize("speeds", [[1.0], [1.0, 0.0], [1.0, -2.0], [1.0, np.nan], [1e308, 1e308]])
def test_bad_speeds_are_refused(speeds):
    with pytest.raises(SolverInputError, match="speed"):
        trajectories(100.0 * matching_pennies(), np.array([[0.3, 0.4]]), np.array([1.0]), speeds=np.array(speeds))


def test_rejected_and_broken_steps_shrink_and_good_ones_grow():
    for run in (step_factor, step_factor.py_func):
        assert run(0.0) == 8.0
        assert run(np.nan) == run(np.inf) == 0.2
        assert run(1.0) == pytest.approx(0.9)
        assert run(2.0**8) == pytest.approx(0.45)


def test_records_drop_their_older_half_when_full():
    for run in (room, room.py_func):
        rows = np.arange(8.0)[:, None].copy()
        assert run(rows, 5) == 5
        assert run(rows, 8) == 4
        assert rows[:4, 0].tolist() == [4.0, 5.0, 6.0, 7.0]


def test_a_period_needs_two_equal_rounds_through_the_same_place():
    def peaks(times, places):
        return np.array([[0.0, t, x, 0.5] for t, x in zip(times, places, strict=True)])

    for run in (period, period.py_func):
        two_peaks_a_round = peaks([0.0, 0.4, 1.0, 1.4, 2.0], [0.9, 0.7, 0.9, 0.7, 0.9])
        assert run(two_peaks_a_round, 5) == pytest.approx(1.0)
        assert run(two_peaks_a_round, 3) == 0.0
        growing_times = peaks([0.0, 1.0, 3.0, 3.5, 7.0], [0.9, 0.9, 0.9, 0.2, 0.9])
        assert run(growing_times, 5) == 0.0
        drifting = peaks([0.0, 0.5, 1.0, 1.5, 2.0], [0.9, 0.1, 0.901, 0.1, 0.902])
        assert run(drifting, 5) == 0.0


def test_a_growing_cycle_needs_growing_rounds_deep_in_the_corners():
    def visits(ratio, depth, rounds=6, constant=5.0):
        times, t = [], 0.0
        for k in range(rounds):
            length = 10.0 * ratio**k + constant
            times += [t + length * part for part in (0.0, 0.2, 0.5, 0.7)]
            t += length
        return np.array([[code, time, depth] for code, time in zip([3, 1, 0, 2] * rounds, times, strict=True)])

    for run in (growing_cycle, growing_cycle.py_func):
        length, ratio = run(visits(2.5, 4.0), 21, 1e-4)
        assert (length, ratio) == (4, pytest.approx(2.5))
        assert run(visits(1.0, 4.0), 21, 1e-4) == (0, 0.0)
        assert run(visits(2.5, 1.0), 21, 1e-4) == (0, 0.0)
        assert run(visits(2.5, 4.0), 16, 1e-4) == (0, 0.0)


def test_kernels_say_the_same_uncompiled():
    game = replicator(matching_pennies())
    start = log_odds(np.array([[0.505, 0.5]]), 2)[0]
    ends = []
    for run in (follow_fate, follow_fate.py_func):
        numbers, cycle = np.zeros(4), np.zeros(32, np.int64)
        fate = run(game.tables, start.copy(), np.zeros((0, 2), np.int64), np.zeros(0), np.zeros(2), 3.0, 1e9, 400,
                   1e-9, 1e-4, numbers, cycle)  # fmt: skip
        ends.append((fate, numbers[1]))
    assert ends[0][0] == ends[1][0]
    assert ends[0][1] == pytest.approx(ends[1][1], rel=1e-12)
    assert add_peaks.py_func is not add_peaks
    paths = []
    for run in (record, record.py_func):
        out = np.zeros((3, 2))
        run(game.tables, start.copy(), np.array([0.0, 1.0, 2.5]), 1000, 1e-9, out)
        paths.append(out)
    np.testing.assert_allclose(paths[0], paths[1], rtol=1e-12)


@pytest.mark.slow
def test_the_benchmark_runs_agrees_with_scipy_and_is_faster():
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-P", str(root / "scripts" / "benchmark_dynamics.py"), "--quick"],
        env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr  # 1 if an end state differs by more than 1e-6
    assert "numba" in ran.stdout
    assert float(ran.stdout.rstrip(".\n").rpartition(" ")[2]) > 2.0  # a busy machine slows several threads down more


def test_every_protocol_competes_in_the_quick_benchmark(capsys, monkeypatch):
    scripts = Path(__file__).parents[2] / "scripts"
    monkeypatch.syspath_prepend(str(scripts))
    dynamics = importlib.import_module("benchmark_dynamics")
    quick = ["replicator", "logit"]
    for name in quick:  # all of them take long where velocities jump; the slow test runs them
        assert dynamics.main(["--protocol", name, "--quick"]) == 0  # 1 if an end is less exact than promised
        shown = capsys.readouterr()
        assert f"| `{name}` |" in shown.out
        assert f"1/1 {name}" in shown.err
    with pytest.raises(SystemExit):
        dynamics.main(["--protocol", "logit", "--write"])
