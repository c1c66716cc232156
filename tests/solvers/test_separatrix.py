"""The nearest border of a basin between its bounds, and maps of basins."""

import numpy as np
import pytest

import gamebook
from solvers.basin_maps import basin_map
from solvers.errors import SolverInputError
from solvers.expected import payoff_advantages
from solvers.outcomes import ReplicatorOutcomes
from solvers.pure import pure_profiles
from solvers.separatrix import nearest_border

STATUS_QUO = np.array([0.5, 0.2, 0.3, 0.2])
AGREE = payoff_advantages(np.array([[[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]]))


def scenario(name):
    return pure_profiles(np.asarray(gamebook.load(name).tensor()), tie_tolerance=1e-10).advantages


@pytest.mark.parametrize("start", [(0.2, 0.3), (0.05, 0.55), (0.9, 0.4)])
def test_the_distance_to_a_straight_border_is_the_perpendicular(start):
    # Symmetric coordination: the separatrix is the line x + y = 1.
    border = nearest_border(ReplicatorOutcomes(AGREE), np.array(start), surveyed=32)
    exact = abs(sum(start) - 1.0) / np.sqrt(2.0)
    assert border.distance == pytest.approx(exact, abs=1e-8)
    assert 0.9 * exact <= border.at_least <= border.distance
    assert border.confirmed
    sign = 1.0 if sum(start) < 1.0 else -1.0
    np.testing.assert_allclose(border.change, sign * exact / np.sqrt(2.0), atol=1e-4)


def test_a_curved_border_is_found_where_a_fine_fan_of_directions_finds_it():
    # One party needs 98 % of the other: the border is curved and lies close to the border of the square.
    payoffs = np.zeros((2, 2, 2))
    payoffs[0, 1] = [-1.0, 1.0]
    payoffs[1, :, 1] = [-98.0, 2.0]
    finder, start = ReplicatorOutcomes(payoff_advantages(payoffs)), np.array([0.9, 0.3])
    border = nearest_border(finder, start, surveyed=32)
    assert border.confirmed
    angle = np.linspace(0.0, 2.0 * np.pi, 200, endpoint=False)
    fan = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    lengths = np.linspace(0.0, 0.2, 200)[1:]
    points = start + lengths[:, None, None] * fan
    inside = ((points > 0.0) & (points < 1.0)).all(axis=2)
    away = inside & (finder.settle(np.clip(points, 1e-9, 1 - 1e-9).reshape(-1, 2)).reshape(inside.shape) != 0)
    first = np.where(away.any(axis=1))[0][0]
    assert lengths[first - 1] - 1e-3 < border.distance <= lengths[first]
    assert 0.0 < border.at_least <= border.distance


def test_no_start_nearer_than_the_lower_bound_leads_elsewhere_and_none_much_nearer_than_the_upper():
    finder = ReplicatorOutcomes(scenario("tax_only"))
    border = nearest_border(finder, STATUS_QUO, surveyed=64, most_boxes=1000)
    assert border.confirmed
    assert border.beyond.profile == (1, 1, 1, 1)
    assert 0.5 * border.distance < border.at_least < border.distance
    rng = np.random.default_rng(0)
    steps = rng.normal(size=(40_000, 4))
    steps *= (border.distance * rng.random(40_000) ** 0.25 / np.linalg.norm(steps, axis=1))[:, None]
    starts = STATUS_QUO + steps
    inside = ((starts > 0.0) & (starts < 1.0)).all(axis=1)
    ends = finder.captured(starts[inside])
    away = np.linalg.norm(steps[inside], axis=1)[ends != ends[0]] if (ends != ends[0]).any() else np.array([1.0])
    assert away.min() > border.distance - 1e-6


def test_the_nearest_point_does_not_depend_on_where_the_search_begins():
    finder = ReplicatorOutcomes(scenario("subsidy_only"))
    few, many = (nearest_border(finder, STATUS_QUO, surveyed=count, most_boxes=0) for count in (8, 128))
    assert few.directions < many.directions
    assert few.distance == pytest.approx(many.distance, abs=1e-6)
    np.testing.assert_allclose(few.change, many.change, atol=1e-3)


def test_a_basin_without_a_border_is_enclosed_as_a_whole():
    border = nearest_border(ReplicatorOutcomes(scenario("package")), STATUS_QUO, surveyed=32)
    assert (border.distance, border.point, border.beyond, border.everywhere) == (None, None, None, True)
    assert border.at_least == pytest.approx(np.linalg.norm([0.5, 0.8, 0.7, 0.8]))


def test_one_population_alone_has_its_border_at_the_ends():
    border = nearest_border(ReplicatorOutcomes(payoff_advantages(np.array([[0.0, 1.0]]))), np.array([0.4]))
    assert border.everywhere


@pytest.mark.parametrize("scale", [1e-12, 1e12])
@pytest.mark.parametrize("start", [(1e-300, 0.5), (1.0 - 1e-16, 1e-16)])
def test_extreme_starts_and_payoffs_end_with_finite_numbers(scale, start):
    border = nearest_border(ReplicatorOutcomes(scale * AGREE), np.array(start), surveyed=32, most_boxes=50)
    assert np.isfinite(border.at_least)
    assert border.distance is None or np.isfinite(border.distance)
    result = basin_map(ReplicatorOutcomes(scale * AGREE), ([0], [1]), np.array(start), cells=(5, 5))
    assert np.isfinite(result.time[result.code != len(result.outcomes)]).any()


@pytest.mark.parametrize("start", [(0.0, 0.5), (0.5, 1.0), (0.5, 0.5, 0.5)])
def test_states_on_the_border_are_refused(start):
    with pytest.raises(SolverInputError, match=r"paths start inside|shares have shape"):
        nearest_border(ReplicatorOutcomes(AGREE), np.array(start))


def test_a_map_shows_each_basin_on_its_side_of_the_border():
    result = basin_map(ReplicatorOutcomes(AGREE), ([1], [0]), np.array([0.5, 0.5]), cells=(20, 31))
    assert [outcome.profile for outcome in result.outcomes] == [(0, 0), (1, 1)]
    total = result.across[None, :] + result.up[:, None]
    off = np.abs(total - 1.0) > 1e-9
    np.testing.assert_array_equal(result.code[off], (total > 1.0)[off])
    assert result.share(result.outcomes[1]) == pytest.approx(0.5, abs=0.02)


def test_times_on_a_map_are_those_of_the_closed_form():
    # Constant gains: each share is logistic; settled once both are beyond 0.95.
    payoffs = np.zeros((2, 2, 2))
    payoffs[0, 1], payoffs[1, :, 1] = 0.5, 2.0
    finder = ReplicatorOutcomes(payoff_advantages(payoffs), np.array([1.0, 0.1]))
    result = basin_map(finder, ([0], [1]), np.array([0.5, 0.5]), cells=(7, 5))
    shares = ((result.across, 0.5), (result.up, 0.2))
    first, second = ((np.log(19.0) - np.log(x / (1 - x))) / rate for x, rate in shares)
    exact = np.maximum(0.0, np.maximum(first[None, :], second[:, None]))
    np.testing.assert_allclose(result.time, exact, rtol=1e-6)


def test_starts_that_settle_nowhere_have_no_time():
    pennies = payoff_advantages(np.array([[[1.0, -1.0], [-1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]]))
    result = basin_map(ReplicatorOutcomes(pennies), ([0], [1]), np.array([0.5, 0.5]), cells=(4, 4))
    assert {outcome.fate.name for outcome in result.outcomes} == {"CYCLING"}
    assert np.isnan(result.time).all()


@pytest.mark.parametrize(
    ("axes", "cells", "words"),
    [(([0], [0]), (5, 5), "none may be on both"), (([0], [2]), (5, 5), "some of 2 populations"),
     (([0], []), (5, 5), "each must name"), (([0], [1]), (0, 5), "cells"),
     (([0], [1]), (2000, 2000), "at most 1,000,000")],
)  # fmt: skip
def test_impossible_maps_are_refused(axes, cells, words):
    with pytest.raises(SolverInputError, match=words):
        basin_map(ReplicatorOutcomes(AGREE), axes, np.array([0.5, 0.5]), cells=cells)


def test_populations_on_one_axis_of_a_map_move_together():
    # Unanimity of three: with all shares equal on the diagonal of the cube the border is at 1/2.
    payoffs = np.zeros((3, 2, 2, 2))
    payoffs[:, 0, 0, 0] = payoffs[:, 1, 1, 1] = 1.0
    finder = ReplicatorOutcomes(payoff_advantages(payoffs))
    result = basin_map(finder, ([0, 2], [1]), np.full(3, 0.5), cells=(6, 6))
    for k in range(6):
        start = np.array([[result.across[k], result.up[k], result.across[k]]])
        assert finder.outcomes[finder.settle(start)[0]] == result.outcomes[result.code[k, k]]
        assert result.outcomes[result.code[k, k]].profile == ((1, 1, 1) if k >= 3 else (0, 0, 0))
