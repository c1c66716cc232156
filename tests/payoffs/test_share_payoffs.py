"""Payoffs that depend on shares: hand-checked cells, the exact twin, ranges at all shares, refusals, populations.

The demo game's firm trains at `cost`; tools multiply it, or match quality, by functions of the share of firms that do.
"""

import itertools

import numpy as np
import pytest
import sympy

from payoffs import bernstein
from payoffs.errors import PageError
from payoffs.ledger import profile_weights
from payoffs.share_ranges import outside
from payoffs.share_tensor import ShareTensor
from tests.payoffs.demo_game import DEMO, cells_page, load, refusal_of


def tool(*factors, extra=""):
    lines = "\n".join(factors)
    return f'[instrument]\nid = "waves"\n[parameters.eps]\ndefault = 0\n{extra}\n[share_factors]\n{lines}\n'


@pytest.fixture(scope="module")
def package(scenarios):
    return scenarios["package"]


def advantage(tensor, shares, player, profile):
    table = tensor.at(shares)[player]
    high, low = list(profile), list(profile)
    high[player], low[player] = 1, 0
    return table[tuple(high)] - table[tuple(low)]


def test_tapered_firm_subsidy_at_package_pays_what_the_ledger_says(package, training):
    # s_F*(C_F + T_c) = .2*9 = 1.8 of the firm's advantage of 6.474 at 1111, and of the government's loss.
    tensor = training.share_tensor(**package.values, theta_F=0.5)
    assert tensor.degrees == (0, 1, 0, 0)
    for x_F in (0.0, 0.4, 1.0):
        shares = [1.0, x_F, 1.0, 1.0]
        assert advantage(tensor, shares, 1, (1, 1, 1, 1)) == pytest.approx(6.474 - 1.8 * 0.5 * x_F, abs=6e-4)
        assert advantage(tensor, shares, 0, (1, 1, 1, 1)) == pytest.approx(2.821 + 1.8 * 0.5 * x_F, abs=6e-4)


def test_tapered_tax_and_subsidy_at_package_add_up(package, training):
    # t_S*A = .3*4.5 = 1.35 is saved by training; the tax goes to the fund, of which the firm gets .4 back if it trains.
    plain = training.share_tensor(**package.values).at([1.0, 1.0, 1.0, 1.0])
    both = training.share_tensor(**package.values, theta_S=1.0, theta_W=0.5)
    at_half = both.at([1.0, 0.5, 0.5, 1.0])
    # A free rider at 1011 pays half the tax; every worker who trains gets 1.5*(1 - .25) from the government.
    assert at_half[1, 1, 0, 1, 1] - plain[1, 1, 0, 1, 1] == pytest.approx(1.35 / 2)
    assert at_half[0, 1, 1, 1, 1] - plain[0, 1, 1, 1, 1] == pytest.approx(1.5 * 0.25)
    # The worker loses the taper and her earmark .4 of the tax that is no longer paid, at 1011 only.
    assert at_half[2, 1, 1, 1, 1] - plain[2, 1, 1, 1, 1] == pytest.approx(-1.5 * 0.25)
    assert at_half[2, 1, 0, 1, 1] - plain[2, 1, 0, 1, 1] == pytest.approx(-1.5 * 0.25 - 0.4 * 1.35 / 2)


def test_poaching_externality_at_full_training_is_the_game_without_it(training):
    tensor = training.share_tensor(eps=0.4)
    assert np.allclose(tensor.at([0.3, 1.0, 0.2, 0.6]), training.tensor(), rtol=0, atol=1e-13)
    # Where nobody trains a trainer loses 1.4 times as many, and a poacher finds .6 times as many.
    expected = training.tensor(tau=0.22 * 1.4, phi=0.32 * 0.6)
    assert np.allclose(tensor.at([0.3, 0.0, 0.2, 0.6]), expected, rtol=0, atol=1e-13)


@pytest.mark.parametrize("on", [{"theta_F": 0.5, "theta_P": 1.0, "eps": 0.3}, {"theta_Q": 0.7, "theta_E": 1.0}])
def test_coefficients_agree_with_the_exact_formulas(training, scenarios, on):
    values = {**scenarios["seeds_mix"].values, **on}
    tensor, rng = training.share_tensor(**values), np.random.default_rng(3)
    every = {**training.defaults(), **values}
    for profile in ("1111", "1011", "0110"):
        for player, party in enumerate(training.parties):
            formula = training.payoff(party.id, profile, **every)
            assert formula.free_symbols <= {sympy.Symbol(f"x_{s}", real=True) for s in "GFWP"}
            for _ in range(3):
                x = rng.random(4)
                at = {sympy.Symbol(f"x_{s}", real=True): value for s, value in zip("GFWP", x, strict=True)}
                cell = tensor.at(x)[(player, *map(int, profile))]
                assert cell == pytest.approx(float(formula.subs(at)), abs=1e-11)


def test_ledger_at_a_state_is_what_the_payoffs_there_are_made_of(package, training):
    values = {**package.values, "theta_F": 0.5, "theta_S": 1.0, "eps": 0.2}
    x = np.array([[0.3, 0.6, 0.2, 0.9], [0.5, 0.2, 0.3, 0.2]])
    ledger = training.share_ledger(**values).at(x)
    for k in range(2):
        frozen = training.tensor(
            **{
                **package.values,
                "s_F": 0.2 * (1 - 0.5 * x[k, 1]),
                "t_S": 0.3 * (1 - x[k, 1]),
                "tau": 0.22 * (1 + 0.2 * (1 - x[k, 1])),
                "phi": 0.32 * (1 - 0.2 * (1 - x[k, 1])),
            }
        )
        assert np.allclose(ledger.tensor[k], frozen, rtol=0, atol=1e-12)
    accounts = sum(ledger.account(party.id) for party in training.parties)
    assert np.allclose(accounts, ledger.tensor.sum(axis=1), rtol=0, atol=1e-12)
    money = ledger.money(profile_weights(x))
    assert money.outlay.shape == (2,)
    grants = next(flow for flow in ledger.flows(profile_weights(x)) if flow.entry.id == "firm_subsidy")
    assert grants.amount == pytest.approx([0.3 * 0.6 * 0.2 * 1.8 * (1 - 0.5 * 0.6), 0.5 * 0.2 * 0.3 * 1.8 * 0.9])


def test_strength_zero_gives_the_bits_of_the_game_without_and_no_axes(package, training):
    for values in ({}, dict(package.values), {**package.values, "theta_E": 0.9}):
        tensor = training.share_tensor(**values)
        assert not tensor.depends
        assert tensor.payoffs.shape == (4, 2, 2, 2, 2)
        plain = {name: value for name, value in values.items() if name != "theta_E"}
        assert tensor.payoffs.tobytes() == training.tensor(**plain).tobytes()
    mixed = training.share_tensor(**package.values, theta_F=[0.0, 0.5])
    assert mixed.payoffs.shape == (2, 4, 2, 2, 2, 2, 1, 2, 1, 1)
    for b in range(2):
        assert mixed.payoffs[0, ..., 0, b, 0, 0].tobytes() == training.tensor(**package.values).tobytes()


def test_batch_of_strengths_is_the_strengths_one_by_one(package, training):
    eps, theta = np.array([[0.0], [0.3]]), np.array([0.1, 0.5, 1.0])
    batch = training.share_tensor(**package.values, eps=eps, theta_F=theta)
    assert batch.payoffs.shape[:2] == (2, 3)
    for i, j in itertools.product(range(2), range(3)):
        one = training.share_tensor(**package.values, eps=eps[i, 0], theta_F=theta[j]).raised(batch.degrees)
        assert one.payoffs.tobytes() == batch.payoffs[i, j].tobytes()


def test_range_is_checked_at_all_shares_and_named_with_them(training):
    with pytest.raises(PageError) as refusal:
        training.share_tensor(eps=1.0, tau=0.6)
    assert "tau_eff is 1.2 at profile 0000 where x_F = 0; it must lie in [0, 1] at all shares" in str(refusal.value)
    assert "x_F = 0" in refusal.value.text("zh")
    training.share_tensor(eps=1.0, tau=0.5)  # 1 at most: allowed


def test_range_between_the_corners_is_found_or_proved():
    # x(1 - x) reaches .25 inside although both ends are 0; its Bernstein coefficients reach .5.
    humped = bernstein.SharePolynomial({(): np.float64(0.0), (0,): np.float64(1.0), (0, 0): np.float64(-1.0)})
    assert outside(humped, -1e-9, 0.26) is None
    found = outside(humped, -1e-9, 0.24)
    assert found.shares[0] == pytest.approx(0.5, abs=0.12)
    assert 0.24 < found.value <= 0.25


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        ('cost = "1/(1 + eps*x_F)"', "a division by something that depends on a share"),
        ('cost = "exp(-eps*x_F)"', "exp of a share in exp(-eps*x_F)"),
        ('cost = "(1 + x_F)**0.5"', "a power that is not whole"),
        ('cost = "min(x_F, 0.5)"', "a minimum that some shares decide otherwise"),
        ('cost = "1 if x_F > 0.5 else eps"', "a condition in 1 if x_F > 0.5 else eps"),
        ('cost = "(1 - eps*x_F)**9"', "cost is of degree 9 in a share; at most 8"),
    ],
)
def test_what_is_no_polynomial_in_shares_is_refused_naming_the_formula(factor, words):
    game = load(DEMO, tool(factor.replace("cost", "C")))
    game.tensor()  # not in force
    with pytest.raises(PageError) as refusal:
        game.share_tensor(eps=0.5)
    assert words.replace("cost", "C") in str(refusal.value)
    assert "C" in refusal.value.text("zh")


def test_minimum_that_no_share_can_change_is_a_polynomial():
    game = load(DEMO, tool('C = "max(1 - 0.5*eps*x_F, 0.25)"'))
    plain = load(DEMO, tool('C = "1 - 0.5*eps*x_F"'))
    assert np.array_equal(game.share_tensor(eps=1.0).payoffs, plain.share_tensor(eps=1.0).payoffs)


def test_share_factors_may_use_derived_quantities_but_not_in_a_circle():
    factor = 'C = "1 - eps*m*x_F"'
    game = load(DEMO, tool(factor))
    x = np.array([0.4, 0.7])
    m = game.ledger().derived["m"]
    cost = 4 * (1 - 0.5 * m * 0.4)
    frozen = [[game.tensor(C=cost[s, t])[:, s, t] for t in (0, 1)] for s in (0, 1)]
    assert np.allclose(game.share_tensor(eps=0.5).at(x), np.moveaxis(np.array(frozen), -1, 0), rtol=0, atol=1e-12)
    circle = refusal_of(DEMO.replace("m = ", 'm = "C" #', 1), tool(factor))
    assert "C -> m -> C" in circle or "m -> C -> m" in circle


def test_cells_take_share_factors_and_nothing_else():
    page = cells_page((2, 2), lambda s: ["a*2", "3 - a"] if s == (1, 0) else [0, 1])
    game = load(page, tool('a = "1 - eps*x_p1"'))
    tensor = game.share_tensor(eps=0.5)
    assert tensor.degrees == (0, 1)
    assert tensor.at([0.2, 0.6])[:, 1, 0] == pytest.approx([4 * 0.7, 3 - 2 * 0.7])
    assert game.share_tensor().payoffs.tobytes() == game.tensor().tobytes()
    assert str(game.payoff("p0", "10", eps=0.5, a=2)) in ("4 - 2*x_p1", "4*(1 - x_p1/2)")
    assert "can only multiply parameters" in refusal_of(page, '[instrument]\nid = "x"\n[terms]\nm = "1"\n')


def test_bounds_of_a_parameter_hold_after_its_factor():
    page = cells_page((2, 2), lambda s: ["a", 0]).replace("a = 2", "a = { default = 2, bounds = [0, 3] }")
    game = load(page, tool('a = "1 + eps*(1 - x_p1)"'))
    assert game.share_tensor(eps=0.5).payoffs.max() == 3.0
    with pytest.raises(PageError, match=r"a is 4 at profile 00 where x_p1 = 0; it must lie in \[0, 3\]"):
        game.share_tensor(eps=1.0)


def test_party_with_three_strategies_has_no_share_tensor():
    game = load(cells_page((2, 3), lambda s: ["a", 0]), tool('a = "1 + eps*(1 - x_p0)"'))
    with pytest.raises(PageError, match='the party "p1" has 3 strategies'):
        game.share_tensor(eps=0.5)


def test_raising_degrees_changes_no_value():
    rng = np.random.default_rng(5)
    tensor = ShareTensor(rng.normal(size=(2, 2, 2, 3, 2)), (2, 1))
    higher = tensor.raised((4, 3))
    assert higher.degrees == (4, 3)
    for x in rng.random((5, 2)):
        assert np.allclose(higher.at(x), tensor.at(x), rtol=0, atol=1e-14)


def test_party_share_is_the_weighted_mean_of_its_populations():
    rng = np.random.default_rng(6)
    tensor = ShareTensor(rng.normal(size=(2, 2, 2, 4, 3)), (3, 2))
    weights = [[0.2, 0.5, 0.3], [1.0]]
    table = tensor.in_populations(weights)
    assert table.shape == (2, 2, 2, 4, 4, 4, 3)
    for y in rng.random((5, 4)):
        x = [float(np.dot(weights[0], y[:3])), y[3]]
        assert np.allclose(bernstein.values_at(table, y, 4), tensor.at(x), rtol=0, atol=1e-13)
    constant = ShareTensor(np.full((1, 2, 3), 0.1), (2,)).in_populations([[0.25, 0.75]])
    assert (constant == 0.1).all()
