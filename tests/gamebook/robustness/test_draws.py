"""Joint draws: the figures of an independent computation, honest intervals, and a claim that follows the verdict."""

from __future__ import annotations

import numpy as np
import pytest

import gamebook
from gamebook.problem import case_problem
from gamebook.robustness.claim import Claim, claim_of
from gamebook.robustness.draws import joint_draws, unit_points, unknowns
from gamebook.robustness.first_line import first_line
from gamebook.sweeps.verdicts import judge_payoffs, point_judge


def drawn(name, within, *, per_set=2048, seed=0):
    case = gamebook.load(name)
    problem = case_problem(case, None, None, None)
    symbols = unknowns(case, problem.settings, problem.instruments)
    points = unit_points(per_set, len(symbols), seed=seed)
    return point_judge(case, symbols), joint_draws(case, problem.settings, symbols, points, within=within)


# An independent program drew the same unknowns: docs/explanation/model.md.
@pytest.mark.parametrize(("within", "share"), [(0.1, 0.93), (0.2, 0.74), (0.3, 0.60)])
def test_the_package_keeps_its_verdict_as_often_as_an_independent_program_found(within, share):
    judge, draws = drawn("package", within)
    assert len(draws.symbols) == 32
    assert draws.share(judge.at(draws.values).certain).share.share == pytest.approx(share, abs=0.02)


def test_the_interval_holds_the_share_of_many_more_draws_about_as_often_as_it_says():
    judge, many = drawn("package", 0.2, per_set=2048, seed=99)
    truth = many.share(judge.at(many.values).certain).share.share
    hits = 0
    for seed in range(20):
        _, few = drawn("package", 0.2, per_set=128, seed=seed)
        found = few.share(judge.at(few.values).certain).share
        hits += found.low <= truth <= found.high
    assert hits >= 16  # of 20 at 95 %: fewer has a probability of 3 in 1,000


def test_draws_stay_within_their_part_and_are_cut_at_the_bounds():
    case = gamebook.load("package")
    settings = {**case.game.defaults(), "kappa": 0.9, "V": 100.0}
    draws = joint_draws(case, settings, ["kappa", "V"], unit_points(512, 2), within=0.3)
    kappa, value = draws.values.T
    assert kappa.max() == 1.0
    assert draws.clipped == pytest.approx(0.17 / 0.54, abs=0.01)
    assert value.min() == pytest.approx(70.0, abs=0.1)
    assert value.max() == pytest.approx(130.0, abs=0.1)
    assert np.mean(value) == pytest.approx(100.0, abs=0.1)


def test_the_verdict_of_each_case_is_what_is_claimed_of_it():
    kinds = {
        "package": "certain", "no_tools": "stable_only", "oversized": "unstable", "matching-pennies": "sinks",
    }  # fmt: skip
    for name, kind in kinds.items():
        solution = gamebook.solve(gamebook.load(name))
        assert solution.robustness.claim.kind == kind
        assert solution.to_json()["robustness"]["supported"]


def test_a_claim_holds_exactly_where_the_verdict_is_the_same():
    hunt = np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])
    certain, tied = hunt.copy(), hunt.copy()
    certain[:, 0, 0] = -1.0
    tied[0, 1, 1] = 2.0
    found = judge_payoffs(np.stack([hunt, certain, tied, -hunt]), (1, 1))
    assert claim_of(found).kind == "stable_only"
    assert claim_of(found).holds(found).tolist() == [1, 0, -1, 0]
    assert Claim("certain", ()).holds(found).tolist() == [0, 1, 0, 0]
    assert Claim("unstable", ()).holds(found).tolist() == [0, 0, -1, 1]
    same = claim_of(judge_payoffs(np.stack([hunt]), None))
    assert same.holds(found).tolist() == [1, 0, -1, 0]


def test_where_nothing_can_be_drawn_the_json_says_why_and_the_line_is_left_out():
    reasons = {
        "two_regions": "robust.populations",
        "inspection/inspection_dynamic": "robust.shares",
        "rock-paper-scissors": "robust.strategies",
    }
    for name, code in reasons.items():
        solution = gamebook.solve(gamebook.load(name))
        assert solution.to_json()["robustness"]["supported"] is False
        assert solution.to_json()["robustness"]["code"] == code
        assert "joint draws" not in solution.report()
    solution = gamebook.solve([[[2, 2], [0, 3]], [[2, 0], [2, 3]]])
    assert solution.to_json()["robustness"]["code"] == "robust.array"


def test_policy_choices_are_not_drawn_and_what_an_idle_instrument_does_is_not_either():
    case = gamebook.load("package")
    problem = case_problem(case, None, None, None)
    symbols = unknowns(case, problem.settings, problem.instruments)
    assert "mu_I" in symbols
    assert not {"s_F", "c_I", "mu_O", "irr"} & set(symbols)
    idle = case_problem(case, {"I_p": 0.0}, None, None)
    assert "mu_I" not in unknowns(case, idle.settings, idle.instruments)


def test_the_line_is_the_same_to_the_last_bit_every_time():
    case = gamebook.load("package")
    problem = case_problem(case, None, None, None)
    one, two = (first_line(problem, case, None, None, seed=3) for _ in range(2))
    assert one.holds.share == two.holds.share
    assert first_line(problem, case, None, None, seed=4).holds.share != one.holds.share
