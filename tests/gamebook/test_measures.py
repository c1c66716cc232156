"""Measures at any state and along paths: states on request, costs over the years, gains, gaps between segments."""

import json
import re

import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp
from scipy.special import expit, logit

import gamebook
from gamebook.cli import run
from gamebook.errors import InputError
from payoffs.ledger import profile_weights

PARTIES = ("government", "firm", "worker", "provider")


@pytest.fixture(scope="module")
def package():
    return gamebook.solve(gamebook.load("package"), at=[{"x_G": 1, "x_F": 0.4}, "1011", {"x_P": 0.0}])


def asked(solution):
    return [state for state in solution.states if state.role == "asked"]


def test_any_state_is_worked_out_on_request(package):
    first, second, third = asked(package)
    assert first.shares.tolist() == [1.0, 0.4, 0.3, 0.2]  # what is not said is the status quo's
    assert (second.profile, third.shares.tolist()) == ("1011", [0.5, 0.2, 0.3, 0.0])
    ledger = gamebook.load("package").game.ledger(**package.parameters)
    weights = profile_weights(first.shares)
    assert first.money.outlay == pytest.approx(ledger.money(weights).outlay, abs=1e-12)
    payoffs = (ledger.tensor * weights).reshape(4, -1).sum(axis=1)
    assert first.payoffs == pytest.approx(payoffs, abs=1e-12)
    low, high = first.shares.copy(), first.shares.copy()
    low[1], high[1] = 0.0, 1.0
    gain = (ledger.tensor[1] * (profile_weights(high) - profile_weights(low))).sum()
    assert first.advantages[1] == pytest.approx(gain, abs=1e-12)


def test_mismatch_splits_into_under_skilled_and_type(package):
    for state in package.states:
        assert state.mismatch == pytest.approx(state.measures["under_skilled"] + state.measures["type_mismatch"])
        assert state.measures["over_skilled"] <= state.measures["matched"] + 1e-15


def test_what_each_party_gains_by_the_policy_is_measured_where_the_status_quo_leads(package):
    without = gamebook.solve(gamebook.load("no_tools"))
    assert package.gains.ends == ("1111", "1000")
    now, before = package.payoffs_at(np.ones(4)), without.payoffs_at(np.array([1.0, 0, 0, 0]))
    assert package.gains.by_party == pytest.approx(np.subtract(now, before))
    assert package.gains.least == min(np.subtract(now, before))
    assert PARTIES[package.gains.loser] == "provider"
    assert without.gains is None


def test_gains_compare_with_the_same_base_game_and_the_same_fixed_shares():
    # With fiercer poaching on both sides, and the government held at 1 on both sides.
    changed = gamebook.solve(gamebook.load("package"), values={"phi": 0.4}, given={"x_G": 1.0})
    base = gamebook.solve(gamebook.load("no_tools"), values={"phi": 0.4}, given={"x_G": 1.0})
    assert changed.gains.ends[1] == base.full_name(base.end)
    expected = np.subtract(changed.payoffs_at(np.array(changed.end)), base.payoffs_at(np.array(base.end)))
    assert changed.gains.by_party == pytest.approx(expected)


def test_gains_are_open_where_a_path_settles_nowhere():
    solution = gamebook.solve(gamebook.load("poaching_oversized"))
    assert (solution.gains.ends[0], solution.gains.by_party, solution.gains.least) == (None, None, None)
    assert "open, one of the two paths" in solution.report("en")


def test_gains_of_split_parties_are_weighted_means():
    solution = gamebook.solve(gamebook.load("worker_tiers"))
    end = np.array([1.0, 1, 1, 1, 0, 1])
    now = gamebook.solve(gamebook.load("worker_tiers")).payoffs_at(end)
    workers = 0.3 * now[2] + 0.5 * now[3] + 0.2 * now[4]
    bare = dict.fromkeys(("s_F", "c_F", "s_W", "s_P", "I_p", "t_S", "ell", "e_F", "e_W", "e_P"), 0.0)
    before = gamebook.solve(gamebook.load("worker_tiers"), values=bare)
    assert solution.gains.ends == ("1|1|110|1", before.full_name(before.end))
    least = before.payoffs_at(np.array(before.end))
    assert solution.gains.by_party[2] == pytest.approx(workers - (0.3 * least[2] + 0.5 * least[3] + 0.2 * least[4]))


def test_the_cost_along_the_path_is_the_discounted_integral_of_outlay_and_burden(package):
    tensor = gamebook.load("package").tensor()
    ledger = gamebook.load("package").game.ledger(**package.parameters)

    def velocity(_, odds):
        x, gains = expit(odds), []
        for i in range(4):
            low, high = x.copy(), x.copy()
            low[i], high[i] = 0.0, 1.0
            gains.append((tensor[i] * (profile_weights(high) - profile_weights(low))).sum())
        return 0.1 * np.array(gains)

    start = logit([0.5, 0.2, 0.3, 0.2])
    path = solve_ivp(velocity, (0, 50), start, method="DOP853", rtol=1e-10, atol=1e-12, dense_output=True)

    def cost(t):
        money = ledger.money(profile_weights(expit(path.sol(t))))
        return money.outlay + money.burden

    total = quad(lambda t: cost(t) * np.exp(-0.05 * t), 0, 50, epsabs=1e-9, limit=400)[0]
    assert package.path_cost.total == pytest.approx(total, rel=1e-8)
    assert package.path_cost.mean == pytest.approx(total * 0.05 / (1 - np.exp(-2.5)), rel=1e-8)
    paths = gamebook.simulate(gamebook.load("package"), discount=0.05)
    assert paths.discounted["cost"][0] == pytest.approx(total, rel=1e-8)
    assert paths.discounted["cost"][0] == paths.discounted["outlay"][0] + paths.discounted["burden"][0]


def test_discounting_at_nothing_is_the_plain_sum_and_more_of_it_costs_less():
    plain = gamebook.simulate(gamebook.load("package"), discount=0.0, points=2001)
    trapezes = np.trapezoid(plain.money["outlay"][0], plain.times)
    assert plain.discounted["outlay"][0] == pytest.approx(trapezes, rel=1e-5)
    totals = [gamebook.solve(gamebook.load("no_tools"), discount=rate).path_cost.total for rate in (0.0, 0.03, 1.0)]
    assert totals == sorted(totals, reverse=True)
    for function in (gamebook.solve, gamebook.simulate):
        with pytest.raises(InputError, match="--discount 5"):
            function(gamebook.load("package"), discount=5.0)


def test_the_number_of_points_does_not_change_the_cost():
    few, many = (gamebook.simulate(gamebook.load("two_regions"), points=n).discounted["cost"][0] for n in (2, 101))
    assert few == pytest.approx(many, rel=1e-9)


def test_the_gap_between_segments_is_the_largest_difference_within_a_party():
    solution = gamebook.solve(gamebook.load("worker_tiers"), at=["1|1|110|1"])
    state = asked(solution)[0]
    tiers = state.payoffs[2:5]
    assert state.gap == max(tiers) - min(tiers)
    paths = gamebook.simulate(gamebook.load("two_regions"), points=3)
    assert paths.segment_gap.shape == (1, 3)
    here = paths.payoffs[0, 1]
    assert paths.segment_gap[0, 1] == pytest.approx(max(abs(here[i] - here[i + 3]) for i in (1, 2, 3)))
    assert "segment_gap" in paths.columns()
    assert next(iter(paths.rows()))["segment_gap"] == paths.segment_gap[0, 0]
    assert gamebook.simulate(gamebook.load("package"), points=2).segment_gap is None


def said(capsys, *arguments):
    assert run([*arguments, "--quiet"]) == 0
    return capsys.readouterr().out


def test_states_and_costs_from_the_command_line(capsys):
    options = ("--at", "x_G=1,x_F=0.4", "--at", "1011", "--discount", "0", "--json", "-")
    found = json.loads(said(capsys, "solve", "package", *options))
    states = [state for state in found["states"] if state["role"] == "asked"]
    assert states[0]["shares"] == [1.0, 0.4, 0.3, 0.2]
    assert len(states[1]["advantages"]) == 4
    assert found["path_cost"]["discount"] == 0.0
    assert found["gains"]["party"] == "provider"
    report = said(capsys, "solve", "package", "--at", "x_W=0.9", "--lang", "zh")
    assert "指定的状态" in report
    assert "路径成本" in report


def test_totals_of_a_path_for_a_headcount(capsys):
    one = said(capsys, "simulate", "package", "--lang", "en")
    assert re.search(r"public outlay +1\.758 +9\.024 +113\.986", one)
    total = said(capsys, "simulate", "package", "--headcount", "1e6", "--unit", "yi", "--lang", "en")
    assert re.search(r"public outlay +17\.58 +90\.24 +1,139\.86", total)
    assert "outlay per matched" not in total
    assert run(["simulate", "stag-hunt", "--headcount", "5", "--lang", "en"]) == 2
    assert "need a game with a ledger" in capsys.readouterr().err


def test_a_result_with_asked_states_and_a_discount_can_be_repeated(desk, capsys):
    said(capsys, "solve", "firm_size", "--at", "x_F_small=0", "--discount", "0.08", "--json", "a.json")
    said(capsys, "simulate", "package", "--discount", "0.08", "--points", "3", "--json", "b.json")
    for name in ("a.json", "b.json"):
        assert "bit for bit" in said(capsys, "rerun", name, "--lang", "en")


@pytest.mark.parametrize(
    ("at", "words"),
    [("x_Q=1", "there is no share x_Q"), ("x_G=1.5", "x_G"), ("11", "11"), ("x_G=", "x_G")],
)
def test_states_that_do_not_exist_are_refused(at, words, capsys):
    assert run(["solve", "package", "--at", at, "--lang", "en"]) == 2
    assert words in capsys.readouterr().err
