"""Games whose payoffs depend on shares with ties, continua and double roots; budgets, and what is refused."""

import numpy as np
import pytest

from solvers.errors import SolverInputError
from solvers.share_dependent.equilibria import share_equilibria
from tests.oracles import share_games
from tests.solvers.test_share_dependent import listed, mixed, single


def test_double_root_on_an_edge_is_listed_as_undecided():
    result = share_equilibria(single([0.25, -0.25, 0.25]))  # (x - 1/2)**2
    assert not result.complete
    assert result.status == "undecided"
    (item,) = result.undecided
    assert item.face == "*"
    assert item.low[0] <= 0.5 <= item.high[0]
    assert item.high[0] - item.low[0] < 1e-3


def test_curve_of_rest_points_is_a_component():
    payoffs = np.zeros((2, 2, 2, 3, 3))
    x = np.array([0.0, 0.5, 1.0])
    line = (x[:, None] + x[None, :] - 1.0) * 2.0
    payoffs[0, 1] = payoffs[1, :, 1] = line  # both advantages are 2 (x + y - 1)
    result = share_equilibria(payoffs)
    assert not result.complete
    along = [item for item in result.components if item.face == "**"]
    assert [item.dimension for item in along] == [1]
    assert abs(along[0].representative.sum() - 1.0) < 1e-9
    assert along[0].is_nash


def test_whole_face_and_free_population_are_components_with_proved_dimension():
    whole = share_equilibria(np.zeros((2, 2, 2, 2, 2)))
    assert [(item.face, item.dimension, item.dimension_proved) for item in whole.components] == [("**", 2, True)]
    assert whole.complete
    # The second population never matters and never cares; the first has D = 1 - 2x.
    payoffs = np.zeros((2, 2, 2, 2, 1))
    payoffs[0, 1] = np.array([1.0, -1.0])[:, None]
    result = share_equilibria(payoffs)
    free = next(item for item in result.components if item.face == "**")
    assert (free.dimension, free.dimension_proved) == (1, True)
    assert np.allclose([free.low[0], free.high[0]], 0.5, rtol=0, atol=1e-9)
    assert result.complete


def test_factor_that_vanishes_on_the_border_hides_no_point_inside():
    # D_1 = x (1/2 - y), D_2 = (1 - y)(x - 2/5): both vanish on whole borders, and at one state inside.
    payoffs = np.zeros((2, 2, 2, 2, 2))
    payoffs[0, 1, 0], payoffs[0, 1, 1] = np.outer([0, 0.5], [1, 1]), np.outer([0, -0.5], [1, 1])
    payoffs[1, 0, 1], payoffs[1, 1, 1] = -0.4 * np.outer([1, 1], [1, 0]), 0.6 * np.outer([1, 1], [1, 0])
    assert np.allclose(share_games.advantages(payoffs, np.array([0.3, 0.2])), [0.3 * 0.3, 0.8 * -0.1])
    result = share_equilibria(payoffs)
    (inside,) = [point for point in result.rest_points if len(point.mixing) == 2]
    assert np.allclose(inside.shares, [0.4, 0.5], rtol=0, atol=1e-14)
    assert not result.undecided


def test_degenerate_games_lose_nothing_that_scipy_finds():
    # Coefficients of -1, 0 and 1: ties, continua and double roots are the rule.
    rng, total = np.random.default_rng(14), 0
    for _ in range(25):
        degrees = tuple(rng.integers(0, 3, size=rng.integers(1, 4)))
        n = len(degrees)
        payoffs = rng.integers(-1, 2, size=(n, *(2,) * n, *(d + 1 for d in degrees))).astype(float)
        result = share_equilibria(payoffs)
        boxes = [(each.low, each.high) for each in (*result.components, *result.undecided)]
        boxes += [(point.shares, point.shares) for point in result.rest_points]
        for shares in share_games.rest_points_from_starts(payoffs, rng, starts=1):
            total += 1
            # SciPy stops where a double root is below its residual, not where its place is known.
            assert any(((low - 2e-5 <= shares) & (shares <= high + 2e-5)).all() for low, high in boxes), shares
    assert total > 25


def test_budgets_end_early_and_list_what_is_left():
    payoffs = share_games.random_game(np.random.default_rng(12), (2, 2, 2))
    full = share_equilibria(payoffs)
    assert full.complete
    for budget in ({"most_boxes": 1}, {"most_seconds": 1e-9}):
        result = share_equilibria(payoffs, **budget)
        assert not result.complete
        assert result.status == "budget"
        for point in mixed(full):
            covered = any(((item.low <= point.shares) & (point.shares <= item.high)).all() for item in result.undecided)
            assert covered or listed(result, point.shares)


@pytest.mark.parametrize(
    ("payoffs", "options", "code"),
    [
        (np.zeros((2, 2, 2, 2)), {}, "dependence.shape"),
        (np.zeros((2, 3, 2, 1, 1)), {}, "payoffs.strategies"),
        (np.zeros((1, 2, 20)), {}, "dependence.degree"),
        (np.full((1, 2, 2), np.nan), {}, "payoffs.finite"),
        (np.full((1, 2, 2), 1e200), {}, "payoffs.size"),
        (np.zeros((1, 2, 2)), {"most_seconds": 0.0}, "budget.seconds"),
        (np.zeros((1, 2, 2)), {"most_boxes": 0}, "budget.range"),
    ],
)
def test_what_cannot_be_worked_with_is_refused(payoffs, options, code):
    with pytest.raises(SolverInputError) as refusal:
        share_equilibria(payoffs, **options)
    assert refusal.value.code == code
    assert refusal.value.text("zh")
