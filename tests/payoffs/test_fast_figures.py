"""Figures of money at many points: those of the ledger, at every profile, beside unchanged payoffs."""

import numpy as np
import pytest

from payoffs.errors import PageError
from payoffs.fast_tensor import plan, plan_with_figures
from payoffs.money_rules import FIGURES
from tests.payoffs.points import EXPRESSIONS, POLYNOMIAL, allowed, columns, package_without


@pytest.mark.parametrize("varied", POLYNOMIAL + EXPRESSIONS, ids=" ".join)
def test_figures_are_those_of_the_ledger_at_every_profile(training, varied):
    fixed = package_without(varied)
    points = allowed(training, varied, 60, **fixed)
    names = (*FIGURES, *training.measures)
    payoffs, figures = plan_with_figures(training, varied, names, fixed).with_figures(points)
    alone = plan(training, varied, **fixed).tensor(points)
    assert payoffs == pytest.approx(alone, rel=1e-13, abs=1e-12)  # one may be a matrix product, the other not
    ledger = training.ledger(**fixed, **columns(points, varied))
    for number, profile in enumerate(np.eye(16).reshape(16, 2, 2, 2, 2)):
        money = ledger.money(profile)
        for place, name in enumerate(names):
            wanted = getattr(money, name) if name in FIGURES else ledger.measure(name, profile)
            assert figures[:, place].reshape(-1, 16)[:, number] == pytest.approx(wanted, rel=1e-12, abs=1e-11), name


def test_the_budget_of_the_package_at_coordination(training):
    # Outlay 9.025, revenue 1.6 and burden 1.76 kCNY per worker and year, by an independent computation.
    fixed = package_without(["s_F"])
    _, figures = plan_with_figures(training, ["s_F"], ["outlay", "revenue", "burden"], fixed).with_figures([[0.2]])
    assert figures[0, :, 1, 1, 1, 1].round(3).tolist() == [9.025, 1.6, 1.76]


def test_an_unknown_figure_is_refused_with_a_suggestion(training):
    with pytest.raises(PageError, match=r'called "outlays".*outlay'):
        plan_with_figures(training, ["s_F"], ["outlays"], {})
