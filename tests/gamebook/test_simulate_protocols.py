"""``simulate`` under revision protocols: against SciPy, its ends, what is refused, and results that repeat."""

import json

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import gamebook
from gamebook.errors import InputError
from gamebook.problem import array_problem
from gamebook.protocol_run import ProtocolRun
from gamebook.repeat import repeat
from gamebook.revision import chosen_protocol
from gamebook.simulation import Simulation
from solvers.errors import SolverInputError

PENNIES = [[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]]
HUNT = [[[2, 2], [0, 3]], [[2, 0], [2, 3]]]
RATE = 0.1


def gains(x):
    """Payoff of index 1 less that of index 0 in the stag hunt."""
    return 3.0 * x[::-1] - 2.0


def smith(_, x):
    d = gains(x)
    return RATE * ((1 - x) * np.maximum(d, 0) - x * np.maximum(-d, 0))


def bnn(_, x):
    d = gains(x)
    up, down = np.maximum((1 - x) * d, 0), np.maximum(-x * d, 0)
    return RATE * (up - x * (up + down))


def maynard_smith(_, x):
    # Payoffs of the hunt begin at 0, so their range, 3, is added to the mean.
    other = x[::-1]
    mean = (1 - x) * 2 + x * 3 * other + 3
    return RATE * x * (1 - x) * gains(x) / mean


def projection(_, x):
    slope = RATE * gains(x) / 2
    return np.where(((x <= 0) & (slope < 0)) | ((x >= 1) & (slope > 0)), 0.0, slope)


def logit(_, x):
    return RATE * (1 / (1 + np.exp(-gains(x) / 0.5)) - x)


def mutation(_, x):
    return RATE * (x * (1 - x) * gains(x) + 0.2 * (0.5 - x))


@pytest.mark.parametrize(
    ("options", "velocity"),
    [
        ({"protocol": "smith"}, smith),
        ({"protocol": "bnn"}, bnn),
        ({"protocol": "maynard-smith"}, maynard_smith),
        ({"protocol": "projection"}, projection),
        ({"protocol": "logit", "noise": 0.5}, logit),
        ({"protocol": "mutation", "mutation": 0.2}, mutation),
    ],
)
def test_shares_over_the_years_agree_with_scipy(options, velocity):
    paths = gamebook.simulate(HUNT, starts=[[0.3, 0.8], [0.65, 0.7]], years=40, points=9, **options)
    for shares in paths.shares:
        told = solve_ivp(
            velocity, (0, 40), shares[0], t_eval=paths.times, rtol=1e-11, atol=1e-13, method="DOP853", max_step=0.5
        )
        assert np.abs(shares - told.y.T).max() < 1e-6


def test_speeds_are_factors_on_the_revision_rate():
    slow = gamebook.simulate(HUNT, starts=[[0.3, 0.8]], years=40, protocol="smith", speeds={"x_1": 0.5, "x_2": 0.5})
    usual = gamebook.simulate(HUNT, starts=[[0.3, 0.8]], years=20, protocol="smith")
    assert slow.shares == pytest.approx(usual.shares, abs=1e-8)


def test_the_replicator_by_name_gives_the_bits_of_the_default():
    case = gamebook.load("package")
    assert gamebook.simulate(case, protocol="replicator").to_json() == gamebook.simulate(case).to_json()


def test_logit_rests_at_the_quantal_response_and_names_the_profile_nearby():
    (end,) = gamebook.simulate(gamebook.load("package"), protocol="logit", noise=1.0, points=2).ends
    assert (end.status, end.proved, end.profile, end.near, end.attracts) == ("at rest", False, None, "1111", True)
    assert end.distance < 1e-8
    # Every share is the logit choice at these payoffs: the definition of a quantal response equilibrium.
    tensor = gamebook.load("package").tensor()
    for i, x in enumerate(end.shares):
        others = tensor[i]
        for j in reversed(range(4)):
            weights = [1 - end.shares[j], end.shares[j]]
            others = np.moveaxis(others, j, 0) if j == i else np.tensordot(others, weights, axes=(j + (j < i) * 0, 0))
            if j == i:
                others = np.moveaxis(others, 0, j)
        assert x == pytest.approx(1 / (1 + np.exp(-(others[1] - others[0]))), abs=1e-7)


def test_a_saddle_is_not_called_attracting():
    problem = array_problem(HUNT, None, None)
    run = ProtocolRun(problem, chosen_protocol("logit", noise=0.1), RATE, np.ones(2))
    found = run.check(np.array([0.69, 0.69]))
    assert found.attracts is False
    assert found.shares == pytest.approx(1 / (1 + np.exp(-gains(found.shares) / 0.1)), abs=1e-3)


@pytest.mark.parametrize(
    ("options", "status", "near"),
    [
        ({"protocol": "logit", "noise": 0.1}, "at rest", "~~"),
        ({"protocol": "smith"}, "closing in", "~~"),
        ({"protocol": "projection"}, "cycling", None),
    ],
)
def test_matching_pennies_end_as_the_protocol_has_it(options, status, near):
    (end,) = gamebook.simulate(PENNIES, starts=[[0.9, 0.5]], **options).ends
    assert (end.status, end.near) == (status, near)


def test_a_cycle_under_noise_has_the_period_that_scipy_finds():
    case = gamebook.load("poaching_oversized")
    paths = gamebook.simulate(case, protocol="mutation", mutation=0.1, years=2000, points=40001)
    (end,) = paths.ends
    assert end.status == "cycling"
    late = paths.shares[0, 20000:, 1]
    peaks = np.flatnonzero((late[1:-1] > late[:-2]) & (late[1:-1] >= late[2:]))
    assert np.diff(peaks).mean() * 0.05 == pytest.approx(end.period, rel=1e-3)


def test_unused_strategies_are_taken_up_only_by_protocols_that_do():
    start = {"x_F": 0.0}
    paths = gamebook.simulate(gamebook.load("package"), protocol="smith", start=start, points=2)
    assert paths.ends[0].profile == "1111"
    with pytest.raises(InputError, match="strictly between 0 and 1"):
        gamebook.simulate(gamebook.load("package"), protocol="maynard-smith", start=start)


def test_a_revision_rate_of_zero_moves_nothing():
    paths = gamebook.simulate(HUNT, starts=[[0.0, 0.8]], protocol="smith", revision_rate=0.0, points=3)
    assert paths.shares[0].tolist() == [[0.0, 0.8]] * 3


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"protocol": "smiht"}, InputError, "Did you mean smith"),
        ({"protocol": "logit"}, SolverInputError, "needs a noise"),
        ({"protocol": "smith", "noise": 1.0}, SolverInputError, "has no noise"),
        ({"noise": 1.0}, SolverInputError, "replicator has no noise"),
        ({"protocol": "logit", "noise": 0.0}, SolverInputError, "must be positive"),
        ({"protocol": "mutation", "mutation": float("nan")}, SolverInputError, "must be positive"),
        ({"protocol": "logit", "noise": 1.0, "mutation": 1.0}, SolverInputError, "has no mutation"),
    ],
)
def test_what_a_protocol_does_not_have_is_refused(options, error, words):
    with pytest.raises(error, match=words):
        gamebook.simulate(HUNT, **options)


def test_a_stored_result_repeats_bit_for_bit(tmp_path):
    file = tmp_path / "logit.json"
    options = {"values": {"eps": 0.3}, "protocol": "logit", "noise": 1.0, "points": 3}
    stored = gamebook.simulate(gamebook.load("package"), **options).to_json()
    file.write_text(json.dumps(stored), encoding="utf-8")
    assert stored["protocol"] == {"name": "logit", "noise": 1.0}
    assert stored["paths"][0]["end"]["near"] == "1111"
    assert repeat(file).verdict == "identical"


def test_what_is_not_known_is_null_and_a_dash(monkeypatch):
    """A path whose steps run out is known up to then, and nothing is made up beyond."""
    from gamebook import protocol_run

    real = protocol_run.protocol_paths
    monkeypatch.setattr(protocol_run, "protocol_paths", lambda *given: real(*given, most_steps=12))
    paths = gamebook.simulate(gamebook.load("package"), protocol="smith", years=400, points=11)
    assert isinstance(paths, Simulation)
    assert not paths.is_whole
    data = json.loads(json.dumps(paths.to_json(), allow_nan=False))
    path = data["paths"][0]
    assert path["shares"][-1] == [None] * 4
    assert path["mean_dynamic_mismatch"] is None
    assert 0.0 < path["known_until"] < 400.0
    report = paths.report()
    assert "The path is known up to year" in report
    assert "nan" not in report


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_reports_and_captions_name_the_protocol_and_its_parameter(lang):
    from gamebook.figures.simulation import simulation_sheet

    for starts in ({}, {"grid_count": 2}):
        paths = gamebook.simulate(gamebook.load("package"), protocol="logit", noise=0.5, points=5, **starts)
        report, caption = paths.report(lang), simulation_sheet(paths, lang=lang).caption
        for words in (report, caption):
            assert "logit" in words
            assert "0.5" in words
        assert max(map(len, report.splitlines())) <= 80
