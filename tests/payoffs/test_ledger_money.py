"""What a ledger tells beside payoffs: public money, burden and welfare, expected figures, terms of an advantage."""

import numpy as np
import pytest

from payoffs.errors import PageError
from payoffs.ledger import mixed_weights, profile_weights


def test_money_follows_the_cash_of_public_parties_and_the_fund(demo):
    ledger = demo.ledger(s=0.5, ell=0.25)
    money = ledger.money(profile_weights([1.0, 1.0]))
    # grant 1.5; levy 2.5 into the fund, 1.25 back to the firm; drag .25 is burden though it goes outside
    assert (money.outlay, money.revenue, money.burden) == (1.5 + 1.25, 2.5, 2.5 + 0.25)
    assert (money.net_cost, money.fund_balance) == (0.25, 1.25)
    # Welfare leaves out the esteem of 3; what stays in the fund is nobody's payoff.
    assert money.welfare == pytest.approx(8.125 - 3.0 - 0.25 - 2.5 + 1.25)
    assert money.outlay_per_matched == pytest.approx(2.75 / 0.8125)
    assert np.isnan(ledger.money(profile_weights([0.0, 1.0])).outlay_per_matched)


def test_expected_figures_weigh_the_profiles(demo):
    ledger = demo.ledger(s=np.array([0.0, 0.5]), ell=0.25)
    shares = np.array([0.3, 0.8])
    flows = {flow.entry.id: flow.amount for flow in ledger.flows(profile_weights(shares))}
    np.testing.assert_allclose(flows["grant"], [0.0, 0.3 * 0.8 * 1.5])
    np.testing.assert_allclose(flows["levy"], [0.8 * 2.5] * 2)
    np.testing.assert_allclose(ledger.measure("matched", profile_weights(shares)), [0.3 * 0.75, 0.3 * (0.75 + 0.05)])
    np.testing.assert_allclose(ledger.money(profile_weights(shares)).revenue, [2.0, 2.0])


def test_weights_of_a_mixed_profile_are_products(demo):
    np.testing.assert_allclose(mixed_weights([[0.2, 0.8], [0.1, 0.3, 0.6]]), np.outer([0.2, 0.8], [0.1, 0.3, 0.6]))
    shares = np.array([[0.2, 0.7], [1.0, 0.0]])
    assert profile_weights(shares)[1].tolist() == [[0.0, 0.0], [1.0, 0.0]]
    np.testing.assert_allclose(profile_weights(shares)[0], np.outer([0.8, 0.2], [0.3, 0.7]))


@pytest.mark.parametrize("weights", [np.ones((2, 2)), np.array([[2.0, -1.0], [0.0, 0.0]]), np.full((2, 2), np.nan)])
def test_weights_that_are_no_probabilities_are_refused(demo, weights):
    with pytest.raises(PageError, match="sum to 1"):
        demo.ledger().money(weights)


def test_decomposition_adds_up_to_the_advantage_and_is_sorted(demo):
    ledger = demo.ledger(s=0.5, ell=0.25)
    terms = ledger.advantage_terms("firm", "01")
    assert [entry.id for entry, _ in terms] == ["output", "training", "grant", "return"]
    assert sum(value for _, value in terms) == pytest.approx(ledger.tensor[0, 1, 1] - ledger.tensor[0, 0, 1])
    batched = demo.ledger(s=np.array([0.0, 0.5]), ell=0.25)
    total = sum(value for _, value in batched.advantage_terms("state", "10"))
    np.testing.assert_allclose(total, batched.tensor[:, 1, 1, 1] - batched.tensor[:, 1, 1, 0])


def test_unknown_party_account_measure_and_profile_get_a_suggestion(demo):
    ledger = demo.ledger()
    with pytest.raises(PageError, match='Did you mean "firm"'):
        ledger.advantage_terms("frim", "11")
    with pytest.raises(PageError, match='Did you mean "outside"'):
        ledger.account("outsid")
    with pytest.raises(PageError, match='Did you mean "matched"'):
        ledger.measure("match", profile_weights([0.5, 0.5]))
    with pytest.raises(PageError, match='"13" is no profile'):
        demo.payoff("firm", "13")
