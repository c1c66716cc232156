"""Facts that the default calibration must show, from an independent computation of the model (tolerance 0.001).

The table states, per scenario, the evolutionarily stable profiles, the sink components of the response graph, the
share of starts that reach coordination (in percent, within 2 points) and where the path from the status quo ends.
"""

import json

import numpy as np
import pytest

import gamebook
from gamebook.analysis import solve

FACTS = {
    # name: (ESS, sinks or the number of profiles of the only sink, basin of 1111 in %, end from the status quo)
    "no_tools": ({"1000", "1111"}, {("1000",), ("1111",)}, 19, "1000"),
    "subsidy_only": ({"1000", "1111"}, {("1000",), ("1111",)}, 59, "1000"),
    "tax_only": ({"1000", "1111"}, {("1000",), ("1111",)}, 76, "1000"),
    "levy_only": ({"1000", "1111"}, {("1000",), ("1111",)}, 38, "1000"),
    "worker_subsidy_only": ({"1000", "1111"}, {("1000",), ("1111",)}, 21, "1000"),
    "platform_only": ({"1000", "1111"}, {("1000",), ("1111",)}, 30, "1000"),
    "order_only": ({"1000", "1111"}, {("1000",), ("1111",)}, 27, "1000"),
    "package": ({"1111"}, {("1111",)}, 100, "1111"),
    "oversized": ({"0111"}, {("0111",)}, 0, "0111"),
    "poaching": ({"1000"}, {("1000",)}, 0, "1000"),
    "poaching_package": ({"1010"}, {("1010",)}, 0, "1010"),
    "poaching_oversized": (set(), 10, 0, None),
    "seeds_mix": ({"1111"}, {("1111",)}, 100, "1111"),
}


@pytest.fixture(scope="module")
def solutions():
    return {name: solve(gamebook.load(name)) for name in FACTS}


@pytest.mark.parametrize("name", FACTS)
def test_stable_profiles_and_sinks_are_those_of_the_model(solutions, name):
    ess, sinks, _, _ = FACTS[name]
    solution = solutions[name]
    assert {solution.full_name(point.pure) for point in solution.ess} == ess
    if isinstance(sinks, int):
        assert [len(sink) for sink in solution.sink_components] == [sinks]
    else:
        assert set(solution.sink_components) == sinks
    assert solution.all_verified


@pytest.mark.parametrize("name", FACTS)
def test_basin_of_coordination_and_end_of_the_status_quo(solutions, name):
    _, _, percent, end = FACTS[name]
    solution = solutions[name]
    assert solution.coordination.basin.share == pytest.approx(percent / 100, abs=0.02)
    assert (None if solution.end is None else solution.full_name(solution.end)) == end
    assert solution.coordination.reached is (end == "1111")


def test_the_oversized_mix_is_left_to_the_others_and_they_keep_it(solutions):
    solution = solutions["oversized"]
    assert solution.basins.outcomes[(0, 1, 1, 1)].share == 1.0
    assert solution.coordination.survives_exit is True
    assert [(b.profile, solution.parties[b.party].id) for b in solution.blockers if b.leaves] == [
        ("1111", "government")
    ]


def test_policy_cost_and_match_quality(solutions):
    assert solutions["package"].policy_cost == pytest.approx(6.981, abs=1e-3)
    goal = {name: solutions[name].states[-1] for name in ("package",)}
    assert goal["package"].profile == "1111"
    matched = {name: next(s for s in solutions[name].states if s.profile == "1111").measures["matched"]
               for name in ("no_tools", "package")}  # fmt: skip
    assert matched["no_tools"] == pytest.approx(0.5905, abs=5e-5)
    assert matched["package"] == pytest.approx(0.6167, abs=5e-5)


def test_three_strengths_of_the_verdict_differ_where_they_should(solutions):
    verdicts = {name: solution.coordination for name, solution in solutions.items()}
    assert (verdicts["no_tools"].stable, verdicts["no_tools"].likely, verdicts["no_tools"].certain) == (
        True, False, False,
    )  # fmt: skip
    assert (verdicts["package"].stable, verdicts["package"].likely, verdicts["package"].certain) == (True, True, True)
    assert (verdicts["poaching"].stable, verdicts["poaching"].likely, verdicts["poaching"].certain) == (
        False, False, False,
    )  # fmt: skip
    # Nothing ends at a profile that is not Nash: the share is proved to be zero, not sampled.
    assert verdicts["poaching"].basin.high == 0.0


def test_terms_of_every_blocker_add_up_to_its_gain_largest_first(solutions):
    checked = 0
    for solution in solutions.values():
        for blocker in solution.blockers:
            amounts = [amount for _, amount in blocker.terms]
            assert sum(amounts) == pytest.approx(blocker.gain, abs=1e-9)
            assert blocker.gain <= 0.0
            assert [abs(a) for a in amounts] == sorted((abs(a) for a in amounts), reverse=True)
            checked += 1
    assert checked > 20


def test_who_stays_in_the_trap_without_tools(solutions):
    stays = {(solutions["no_tools"].parties[b.party].id, round(b.gain, 3)) for b in solutions["no_tools"].blockers}
    assert stays == {("firm", -5.75), ("worker", -4.72), ("provider", -2.5)}


def test_incidence_of_each_state_sums_to_zero_over_all_accounts(solutions):
    for solution in solutions.values():
        for state in solution.states:
            net = {}
            for flow in state.flows:
                net[flow.entry.payer] = net.get(flow.entry.payer, 0.0) - float(flow.amount)
                net[flow.entry.receiver] = net.get(flow.entry.receiver, 0.0) + float(flow.amount)
            assert sum(net.values()) == pytest.approx(0.0, abs=1e-9)
            for party, payoff in zip(solution.parties, state.payoffs, strict=True):
                assert net.get(party.id, 0.0) == pytest.approx(payoff, abs=1e-9)


def test_committed_government_is_the_conditional_game_of_the_others():
    full = solve(gamebook.load("oversized"))
    committed = solve(gamebook.load("oversized"), given={"x_G": 1.0})
    assert [committed.full_name(point.pure) for point in committed.ess] == ["1111"]
    assert committed.coordination.certain is True
    assert committed.coordination.survives_exit is None
    # The rest points with x_G = 1 of the full game are exactly those of the conditional game.
    ours = sorted(tuple(np.round(committed.full_shares(p.shares), 9)) for p in committed.rest_points)
    theirs = sorted(tuple(np.round(p.shares, 9)) for p in full.rest_points if p.shares[0] == 1.0)
    assert ours == theirs


def test_a_share_fixed_in_between_gives_the_mean_of_both_games():
    case = gamebook.load("package")
    half = solve(case, given={"x_G": 0.5})
    tensor = case.tensor()
    mean = 0.5 * (tensor[1:, 0] + tensor[1:, 1])
    np.testing.assert_allclose(half.equilibria.payoffs, mean, rtol=1e-14)
    assert half.full_name((1, 1, 1)) == "~111"


def test_same_seed_same_bytes_and_another_seed_moves_only_the_samples():
    first, again, other = (json.dumps(solve(gamebook.load("no_tools"), seed=s).to_json()) for s in (0, 0, 1))
    assert first == again
    assert first != other
    a, b = json.loads(first), json.loads(other)
    assert a["rest_points"] == b["rest_points"]
    low, high = a["coordination"]["basin"]["low"], a["coordination"]["basin"]["high"]
    assert low - 0.01 < b["coordination"]["basin"]["share"] < high + 0.01


def test_terms_add_up_where_a_share_is_fixed_in_between():
    solution = solve(gamebook.load("poaching_package"), given={"x_G": 0.3, "x_P": 0.6})
    assert solution.blockers
    for blocker in solution.blockers:
        assert blocker.profile[0] == blocker.profile[3] == "~"
        assert sum(amount for _, amount in blocker.terms) == pytest.approx(blocker.gain, abs=1e-9)
