"""Populations of parties with payments that depend on the parties' shares, against games with the shares held."""

import numpy as np
import pytest

from payoffs import bernstein
from payoffs.accounts import Accounts
from payoffs.segments import matches
from payoffs.share_accounts import share_books, share_payoffs

ON = {"theta_F": 0.5, "theta_S": 1.0, "theta_W": 0.3, "eps": 0.1}
SPLIT = ["package", "worker_tiers", "firm_size", "two_regions"]


def found_of(training, scenarios, name):
    scenario = scenarios[name]
    return matches(training, scenario.segments, scenario.regions), {**scenarios["package"].values, **ON}


def party_shares(found, x):
    """Weighted means, by hand."""
    return [
        sum(p.weight * share for p, share in zip(found.populations, x, strict=True) if p.party == party)
        for party in range(4)
    ]


def held(training, found, values, x):
    """The books with every rate as it is at the shares: nothing depends on them any more."""
    _, x_F, x_W, _ = party_shares(found, x)
    fixed = {
        **values,
        "s_F": values["s_F"] * (1 - 0.5 * x_F),
        "s_W": values["s_W"] * (1 - 0.3 * x_W),
        "t_S": values["t_S"] * (1 - x_F),
        "theta_F": 0.0, "theta_S": 0.0, "theta_W": 0.0, "eps": 0.0,
    }  # fmt: skip
    turnover, found_by_poachers = 1 + 0.1 * (1 - x_F), 1 - 0.1 * (1 - x_F)
    parameters = found.parameters(training, fixed) if found.values else fixed
    parameters["tau"] = np.asarray(parameters.get("tau", 0.22)) * turnover
    parameters["phi"] = np.asarray(parameters.get("phi", 0.32)) * found_by_poachers
    ledger = training.ledger(**parameters)
    if ledger.tensor.ndim == 5:
        from dataclasses import replace

        ledger = replace(
            ledger,
            amounts=ledger.amounts[None],
            measures={name: value[None] for name, value in ledger.measures.items()},
            tensor=ledger.tensor[None],
        )
    return ledger


@pytest.mark.parametrize("name", SPLIT)
def test_payoffs_of_populations_are_those_with_the_party_shares_held(training, scenarios, name):
    found, values = found_of(training, scenarios, name)
    tensor = share_payoffs(found, training, **values)
    count = len(found.populations)
    assert tensor.payoffs.shape[: 1 + count] == (count,) + (2,) * count
    for x in np.random.default_rng(1).random((3, count)):
        expected = found.joined(held(training, found, values, x).tensor)
        assert np.allclose(tensor.at(x), expected, rtol=0, atol=1e-11)


@pytest.mark.parametrize("name", SPLIT)
def test_money_measures_and_terms_are_those_with_the_party_shares_held(training, scenarios, name):
    found, values = found_of(training, scenarios, name)
    books = share_books(found, training, **values)
    states = np.random.default_rng(2).random((2, len(found.populations)))
    together = books.money(states)
    for k, x in enumerate(states):
        plain = Accounts(held(training, found, values, x), found)
        money = plain.money(x)
        for figure in ("outlay", "revenue", "burden", "fund_balance", "welfare", "outlay_per_matched"):
            assert getattr(books.money(x), figure) == pytest.approx(getattr(money, figure), abs=1e-11)
            assert getattr(together, figure)[k] == pytest.approx(getattr(money, figure), abs=1e-11)
        assert books.measure("matched", x) == pytest.approx(plain.measure("matched", x), abs=1e-12)
        terms = {entry.id: amount for entry, amount in plain.advantage_terms(1, x)}
        for entry, amount in books.advantage_terms(1, x):
            assert amount == pytest.approx(terms[entry.id], abs=1e-11)


@pytest.mark.parametrize("name", ["package", "firm_size"])
def test_coefficients_of_money_and_measures_give_their_values_at_any_state(training, scenarios, name):
    found, values = found_of(training, scenarios, name)
    books, count = share_books(found, training, **values), len(found.populations)
    measures, money = books.coefficients()
    for x in np.random.default_rng(3).random((2, count)):
        weights = 1.0
        for share in x:
            weights = np.multiply.outer(weights, [1 - share, share])
        for table, value in (
            (money["outlay"], books.money(x).outlay),
            (money["welfare"], books.money(x).welfare),
            (measures["matched"], books.measure("matched", x)),
        ):
            at_profiles = bernstein.values_at(table, x, count)
            assert float((weights * at_profiles).sum()) == pytest.approx(float(value), abs=1e-11)


def test_without_dependence_payoffs_have_the_bits_of_the_share_independent_game(training, scenarios):
    for name in SPLIT:
        scenario = scenarios[name]
        found = matches(training, scenario.segments, scenario.regions)
        tensor = share_payoffs(found, training, **scenario.values)
        assert not tensor.depends
        assert tensor.payoffs.tobytes() == found.payoffs(training, **scenario.values).tobytes()
