"""One-factor flips: where a direct search finds them, on both sides, and none that is nearer."""

from __future__ import annotations

import numpy as np
import pytest

import gamebook
from gamebook.book import Case
from gamebook.robustness.one_factor import one_factor
from gamebook.robustness.robustness import robust
from gamebook.sweeps.verdicts import point_judge
from payoffs.game import load_game
from payoffs.pages import parse_page


@pytest.fixture(scope="module")
def package():
    return robust(gamebook.load("package"), draws=128)


def certain(**values):
    return gamebook.solve(gamebook.load("package"), values=values).coordination.certain


def test_the_nearest_change_is_where_the_margin_of_the_party_is_used_up(package):
    factors = {factor.symbol: factor for factor in package.factors}
    # Advantages at 1111: 2.821 for the government, 2.945 for the provider; A_G and R enter them one to one.
    assert factors["A_G"].down.fails_at == pytest.approx(6.5 - 2.8209784, abs=1e-6)
    assert factors["R"].down.fails_at == pytest.approx(6.2 - 2.945, abs=1e-3)
    assert factors["A_G"].up is None
    assert factors["A_G"].exact
    assert not factors["C_F"].exact  # the tax credit takes the smaller of two amounts
    assert factors["e_F"].high == pytest.approx(0.4)  # earmarks sum to at most 1


def test_both_sides_of_a_change_are_what_solve_says_there(package):
    for factor in package.factors:
        for flip in (factor.down, factor.up):
            if flip is None:
                continue
            assert abs(flip.fails_at - flip.holds_at) <= 4e-15 * max(abs(flip.fails_at), abs(factor.value))
    nearest = package.factors[0]
    assert nearest.symbol == "V"
    assert certain(V=nearest.down.holds_at)
    assert not certain(V=nearest.down.fails_at)


def test_a_fine_scan_finds_no_change_nearer_than_those_reported(package):
    case = gamebook.load("package")
    for factor in package.factors[::4]:
        judge = point_judge(case, [factor.symbol])
        low = factor.low if factor.down is None else factor.down.holds_at
        high = factor.high if factor.up is None else factor.up.holds_at
        inside = np.linspace(low, high, 101)[1:-1]
        assert (judge.at(inside[:, None]).certain == 1).all(), factor.symbol


def test_a_change_within_documented_evidence_is_flagged(package):
    flagged = {factor.symbol for factor in package.factors if factor.in_evidence}
    assert flagged == {"s_F"}  # the government leaves at a subsidy within the documented 25 to 100 %
    assert "s_F*" in package.report()


def alone(amount):
    """A game of one firm that trains if the amount is positive."""
    page = parse_page(
        f"""
        [game]
        id = "hill"
        coordination = "1"
        [[parties]]
        id = "firm"
        indicator = "f"
        strategies = [{{ id = "no" }}, {{ id = "train" }}]
        [parameters]
        a = {{ default = 0.5, bounds = [0, 1] }}
        b = {{ default = 1, bounds = [0, 10] }}
        [[entries]]
        id = "gain"
        payer = "outside"
        receiver = "firm"
        amount = "{amount}"
        when = "f"
        """
    )
    return {factor.symbol: factor for factor in robust(Case.of(load_game(page)), draws=64).factors}


def test_a_verdict_that_changes_twice_along_a_curve_is_seen_on_both_sides():
    found = alone("b*a*(1 - a) - 0.21")
    assert found["a"].down.fails_at == pytest.approx(0.3)
    assert found["a"].up.fails_at == pytest.approx(0.7)
    assert found["b"].down.fails_at == pytest.approx(0.84)
    assert found["b"].up is None


@pytest.mark.parametrize(
    ("amount", "exact"), [("b*(a - 0.61)*(a - 0.613)", True), ("b*max(0.61 - a, a - 0.613)", False)]
)
def test_a_verdict_that_fails_in_a_narrow_window_only_is_not_missed(amount, exact):
    factor = alone(amount)["a"]
    assert factor.exact is exact
    assert factor.up.fails_at == pytest.approx(0.61)
    assert factor.down is None


def test_factors_come_nearest_first_and_cover_what_can_vary(package):
    distances = [factor.distance for factor in package.factors]
    assert distances == sorted(distances)
    symbols = {factor.symbol for factor in package.factors}
    assert {"irr", "s_F", "c_I", "V"} <= symbols
    assert "b_tau" not in symbols  # of an instrument that is not in force


def test_nothing_is_found_where_nothing_changes():
    case = gamebook.load("package")
    judge = point_judge(case, ["X"])
    from gamebook.robustness.claim import Claim

    (factor,) = one_factor(judge, Claim("certain", ()), case.game.defaults(), case.game.parameters)
    assert factor.down is None and factor.up is None  # noqa: PT018
