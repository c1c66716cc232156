"""What is no game of two strategies, no tolerance or no budget is refused by name; a small budget is admitted."""

import math

import numpy as np
import pytest

from solvers.equilibria import equilibria
from tests.solvers.degenerate_games import covered, solved

pytestmark = pytest.mark.usefixtures("compiled")


@pytest.mark.parametrize(
    ("payoffs", "words"),
    [
        (np.full((2, 2, 2), math.nan), ["nan", "finite", "player 0"]),
        (np.where(np.arange(8).reshape(2, 2, 2) == 6, math.inf, 0.0), ["inf", "finite", "player 1", "10"]),
        (np.zeros((2, 2, 2), dtype=complex), ["complex", "real"]),
        (np.array([[["a", "b"], ["c", "d"]]] * 2), ["real"]),
        ([[[1, 2], [3]], [[1, 2], [3, 4]]], ["rectangular"]),
        (np.zeros((2, 2, 2), dtype=object), ["object", "real"]),
        (np.zeros((3, 2, 2)), ["(3, 2, 2)"]),
        (np.zeros((2, 2)), ["(2, 2)"]),
        (np.zeros((2, 3, 3)), ["(3, 3)", "two"]),
        (np.zeros((2, 1, 2)), ["(1, 2)", "two"]),
        (np.zeros(()), ["()"]),
        (np.zeros((0,)), ["(0,)"]),
        (0.0, ["()"]),
        ([], ["(0,)"]),
        (None, ["real"]),
        (np.zeros((11, *(2,) * 11)), ["11", "10"]),
        (np.full((2, 2, 2), 1e200), ["1e+200"]),
    ],
)
def test_what_is_not_a_game_of_two_strategies_is_refused_by_name(payoffs, words):
    with pytest.raises(ValueError, match=r"\S") as caught:
        equilibria(payoffs)
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize("tolerance", [-1e-9, 0.5, math.nan, math.inf])
def test_a_tolerance_out_of_range_is_refused(tolerance):
    with pytest.raises(ValueError, match="tolerance"):
        equilibria(np.zeros((2, 2, 2)), tie_tolerance=tolerance)


@pytest.mark.parametrize("budget", [0, -5, True, 2.5])
def test_a_budget_that_is_no_positive_whole_number_is_refused(budget):
    with pytest.raises(ValueError, match="boxes"):
        equilibria(np.zeros((2, 2, 2)), most_boxes=budget)


def test_a_budget_too_small_is_admitted_and_nothing_is_lost():
    payoffs = np.random.default_rng(0).normal(size=(5, 2, 2, 2, 2, 2))
    full = solved(payoffs)
    starved = solved_with_budget(payoffs, 1)
    assert not starved.complete
    assert starved.status == "budget"
    for point in full.rest_points:
        assert covered(starved, point.shares)


def solved_with_budget(payoffs, boxes):
    return equilibria(payoffs, most_boxes=boxes)
