"""The shipped game against an independent computation of its payoffs and money, and against its own symbolic twin."""

import random
import tomllib
from fractions import Fraction

import numpy as np
import pytest
import sympy

from payoffs.errors import PageError
from payoffs.game import load_game
from payoffs.ledger import profile_weights

TOLERANCE = 0.001  # of the independent computation

# Each party's gain from index 1 over index 0 (government, firm, worker, provider) at 1000 and at 1111.
ADVANTAGES = {
    "no_tools": ([12, -5.750, -4.720, -2.5], [7.867, 1.332, 9.150, 1.7]),
    "subsidy_only": ([12, -5.750, -4.720, -2.5], [3.367, 5.832, 9.150, 1.7]),
    "tax_only": ([12, -1.250, -4.720, -2.5], [7.867, 5.832, 9.150, 1.7]),
    "levy_only": ([12, -4.790, -3.760, -2.020], [7.867, 2.292, 10.110, 2.180]),
    "worker_subsidy_only": ([12, -5.750, -1.720, -2.5], [4.867, 1.332, 12.150, 1.7]),
    "platform_only": ([11, -5.750, -0.484, -2.5], [7.966, 1.897, 12.135, 1.7]),
    "order_only": ([12, -5.750, -4.720, -2.5], [7.580, 1.799, 10.381, 2.7]),
    "package": ([11.2, -3.760, 1.349, -1.910], [2.821, 6.474, 13.678, 2.945]),
    "oversized": ([11.75, -2.540, 6.376, -0.570], [-8.050, 12.757, 18.095, 6.296]),
    "poaching": ([12, -5.750, -4.720, -2.5], [7.867, -5.562, 9.150, 1.7]),
    "poaching_package": ([11.2, -3.760, 1.349, -1.910], [2.821, -0.842, 13.678, 2.945]),
    "poaching_oversized": ([11.75, -2.540, 6.376, -0.570], [-8.050, 5.336, 18.095, 6.296]),
    "seeds_mix": ([12.970, -1.948, 5.110, -0.516], [2.045, 8.017, 20.335, 4.587]),
}
COORDINATION, STATUS_QUO = profile_weights([1.0] * 4), profile_weights([0.5, 0.2, 0.3, 0.2])


def advantages(tensor, profile):
    gains = []
    for player in range(4):
        one, zero = list(profile), list(profile)
        one[player], zero[player] = 1, 0
        gains.append(tensor[(player, *one)] - tensor[(player, *zero)])
    return gains


@pytest.mark.parametrize("name", ADVANTAGES)
def test_payoff_advantages_agree_with_the_independent_computation(training, scenarios, name):
    tensor = training.tensor(**scenarios[name].values)
    alone, together = ADVANTAGES[name]
    np.testing.assert_allclose(advantages(tensor, (1, 0, 0, 0)), alone, atol=TOLERANCE)
    np.testing.assert_allclose(advantages(tensor, (1, 1, 1, 1)), together, atol=TOLERANCE)


@pytest.mark.parametrize(
    ("name", "outlay", "revenue", "burden", "matched"),
    [
        ("no_tools", 1.5, 0.0, 0.0, 0.5905),
        ("package", 9.025, 1.6, 1.76, 0.6167),
        ("seeds_mix", 10.854, 1.6, 2.210, None),
    ],
)
def test_money_at_coordination_agrees_with_the_independent_computation(
    training, scenarios, name, outlay, revenue, burden, matched
):
    ledger = training.ledger(**scenarios[name].values)
    money = ledger.money(COORDINATION)
    np.testing.assert_allclose([money.outlay, money.revenue, money.burden], [outlay, revenue, burden], atol=TOLERANCE)
    if matched is not None:
        assert ledger.measure("matched", COORDINATION) == pytest.approx(matched, abs=TOLERANCE)
        assert money.outlay_per_matched == pytest.approx(outlay / matched, abs=0.02)


def test_policy_cost_of_the_package(training, scenarios):
    ledger = training.ledger(**scenarios["package"].values)
    figures = [ledger.money(weights) for weights in (STATUS_QUO, COORDINATION)]
    assert sum(money.outlay + money.burden for money in figures) / 2 == pytest.approx(6.981, abs=TOLERANCE)


def test_matched_under_skilled_and_type_mismatch_add_up_to_everybody(training, scenarios):
    ledger = training.ledger(**scenarios["seeds_mix"].values)
    parts = [ledger.measure(name, STATUS_QUO) for name in ("under_skilled", "type_mismatch", "matched")]
    assert sum(parts) == pytest.approx(1.0)


def test_fiscal_totals_agree_with_flows_and_accounts(training, scenarios):
    """The same money along three ways: classified totals, expected flows, accumulated accounts."""
    ledger = training.ledger(**scenarios["seeds_mix"].values)
    money, flows = ledger.money(STATUS_QUO), ledger.flows(STATUS_QUO)
    public = ("government", "fund")
    cash = [flow for flow in flows if flow.entry.cash]
    assert money.net_cost == pytest.approx(
        sum(flow.amount * ((flow.entry.payer in public) - (flow.entry.receiver in public)) for flow in cash)
    )
    assert money.fund_balance == pytest.approx((ledger.account("fund") * STATUS_QUO).sum())
    judged = {flow.entry.id: flow.amount for flow in flows if not flow.entry.welfare}
    assert set(judged) == {"assessment_reward", "accountability_loss"}
    everyone = (ledger.tensor * STATUS_QUO).sum()
    expected = everyone - judged["assessment_reward"] + judged["accountability_loss"]
    assert money.welfare == pytest.approx(expected)


def test_every_profile_of_every_scenario_balances(training, scenarios):
    for scenario in scenarios.values():
        ledger = training.share_ledger(**scenario.values).at([0.4, 0.3, 0.2, 0.7])
        total = ledger.tensor.sum(axis=0) + ledger.account("fund") + ledger.account("outside")
        assert np.abs(total).max() < 1e-12 * np.abs(ledger.amounts).sum()


def dependents(pages, left_out):
    """Pages that cannot be read without the page left out, because they name its parameters."""
    own = set(left_out.content.parameters) | set(left_out.content.derived)
    return [
        page
        for page in pages
        if any(tree.names & own or formula.target in own for formula, tree in page.outline.formulas)
    ]


def test_each_instrument_at_zero_leaves_no_trace_in_the_bits(training_pages, training, scenarios):
    base, pages = training_pages
    values = dict(scenarios["seeds_mix"].values)
    for page in pages:
        gone = dependents(pages, page)
        kept = [other for other in pages if other is not page and other not in gone]
        lost = {symbol for other in [page, *gone] for symbol in other.content.parameters}
        instruments = [tool for tool in training.instruments if tool.id in {page.id, *(other.id for other in gone)}]
        off = {symbol: 0.0 for tool in instruments for symbol in tool.switches}
        without = load_game(base, kept).tensor(**{name: value for name, value in values.items() if name not in lost})
        assert training.tensor(**{**values, **off}).tobytes() == without.tobytes(), page.id


def test_each_instrument_with_entries_or_effects_changes_payoffs_when_on(training):
    """The counterpart of the test above: with a switch on, something moves, so that zero is not zero by accident."""
    support = {"ell": 0.03, "e_F": 0.4, "I_p": 0.5, "e_t": 0.2, "irr": 0.5, "N_t": 10.0}
    for tool in training.instruments:
        if tool.needs_dynamics:
            continue
        others = {symbol: value for symbol, value in support.items() if symbol not in tool.parameters}
        on = {symbol: min(1.0, training.parameters[symbol].high) / 4 for symbol in tool.switches}
        assert not np.array_equal(training.tensor(**others, **on), training.tensor(**others)), tool.id


def random_values(game, seed):
    """Exact values for a third of the parameters, as fractions with few digits within a narrow part of the bounds."""
    draw = random.Random(seed)
    values = {}
    for symbol, parameter in game.parameters.items():
        if draw.random() < 1 / 3 and not any(
            symbol in tool.switches and tool.share_factors for tool in game.instruments
        ):
            low = Fraction(repr(parameter.low))
            width = min(Fraction(repr(parameter.high)) - low, Fraction(repr(max(parameter.default, 0.1))))
            values[symbol] = low + width * Fraction(draw.randrange(1, 40), 40)
    for symbol in ("e_F", "e_W", "e_P", "tau", "dtau", "sigma", "d_0", "d_1"):
        values.pop(symbol, None)
    return values


@pytest.mark.parametrize("seed", range(6))
def test_numeric_payoffs_equal_the_exact_symbolic_ones(training, seed):
    values = random_values(training, seed)
    numbers = {symbol: float(value) for symbol, value in values.items()}
    defaults = {symbol: value for symbol, value in training.defaults().items() if symbol not in values}
    tensor = training.tensor(**numbers)
    draw = random.Random(seed)
    for _ in range(4):
        profile = "".join(draw.choice("01") for _ in range(4))
        party = draw.choice(training.parties)
        exact = training.payoff(party.id, profile, **values, **defaults)
        assert exact.is_Rational
        index = (training.player(party.id), *map(int, profile))
        assert float(exact) == pytest.approx(tensor[index], rel=1e-12, abs=1e-11)


def test_symbolic_advantage_with_free_symbols_agrees_after_substitution(training, scenarios):
    free = ["s_F", "t_S", "V", "phi"]
    values = training.check_values(scenarios["package"].values)
    fixed = {symbol: value for symbol, value in values.items() if symbol not in free}
    formula = training.advantage("firm", "1111", **fixed)
    assert {symbol.name for symbol in formula.free_symbols} == set(free)
    at = {sympy.Symbol(name, real=True): sympy.Rational(repr(values[name])) for name in free}
    assert float(formula.subs(at)) == pytest.approx(6.474, abs=TOLERANCE)
    without = training.advantage("firm", **fixed)
    assert without == formula  # coordination is the default profile


def test_every_shipped_page_gives_every_optional_key(training_pages):
    base, pages = training_pages
    for page in [base, *pages]:
        raw = tomllib.loads(page.text)
        for symbol, table in raw.get("parameters", {}).items():
            missing = {"bounds", "unit", "name", "latex", "source", "confidence"} - set(table)
            assert not missing, f"{page.file} {symbol} {missing}"


def test_turnover_above_one_is_refused_with_the_profile(training):
    with pytest.raises(PageError) as refusal:
        training.tensor(tau=0.99, theta_c=1.0, dtau=0.9)
    assert "tau_eff is 1.89 at profile 1000; it must lie in [0, 1]." in str(refusal.value)
    assert training.range_violations(tau=[0.1, 0.99], theta_c=1.0, dtau=0.9).tolist() == [False, True]


def test_earmarks_above_one_are_refused(training):
    with pytest.raises(PageError, match=r"earmarked is 1\.2"):
        training.tensor(e_F=0.6, e_W=0.6)
    training.tensor(ell=0.01, e_F=0.34, e_W=0.56, e_P=0.1)  # sums to 1 + 2e-16
