"""Critical mass: every switch on a line, what lies on both sides, and what is enclosed by bounding paths."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import gamebook
from solvers.critical_mass import switches_along
from solvers.dynamics.bounding import bounded_end, bounded_ends, bounding_velocity, try_bounding_step
from solvers.dynamics.fate import Fate
from solvers.dynamics.integrate import UNSETTLED
from solvers.dynamics.problem import log_odds, replicator
from solvers.errors import SolverInputError
from solvers.expected import advantage, payoff_advantages
from solvers.outcomes import ReplicatorOutcomes
from solvers.pure import pure_profiles

HUNT = payoff_advantages(np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]]))


def scenario(name):
    return pure_profiles(np.asarray(gamebook.load(name).tensor()), tie_tolerance=1e-10).advantages


def random_game(seed, players):
    return payoff_advantages(np.random.default_rng(seed).normal(size=(players, *(2,) * players)))


def profiles(line):
    return [stretch.outcome.profile for stretch in line.stretches]


@pytest.mark.parametrize(
    ("name", "mass"),
    [("no_tools", 0.6933), ("subsidy_only", 0.4551), ("tax_only", 0.3594), ("platform_only", 0.6126)],
)
def test_critical_mass_on_the_diagonal_is_the_known_one_and_the_only_one(name, mass):
    line = switches_along(ReplicatorOutcomes(scenario(name)), np.zeros(4), np.ones(4))
    (switch,) = line.switches
    assert switch.position == pytest.approx(mass, abs=0.001)
    assert 0.0 < switch.high - switch.low <= 1e-6
    assert (switch.below.profile, switch.above.profile) == ((1, 0, 0, 0), (1, 1, 1, 1))
    assert line.unproved < 1e-5  # all the rest of the diagonal is enclosed
    assert line.status == "complete"


@pytest.mark.parametrize(("name", "end"), [("package", (1, 1, 1, 1)), ("oversized", (0, 1, 1, 1))])
def test_where_one_outcome_attracts_all_there_is_no_switch(name, end):
    line = switches_along(ReplicatorOutcomes(scenario(name)), np.zeros(4), np.ones(4))
    assert (line.switches, profiles(line), line.unproved) == ((), [end], 0.0)


def test_a_heteroclinic_stretch_is_listed_and_nothing_is_claimed_between_its_starts():
    line = switches_along(ReplicatorOutcomes(scenario("poaching_oversized")), np.zeros(4), np.ones(4), points=8)
    (stretch,) = line.stretches
    assert stretch.outcome.fate is Fate.HETEROCLINIC
    assert (stretch.enclosed, line.step) == (0.0, 0.125)
    assert line.unproved == pytest.approx(1.0, abs=1e-6)


def test_a_line_can_leave_a_basin_and_come_back():
    # Found among random games: from 111 into a corner of the basin of 010 and back.
    rng = np.random.default_rng(247)
    game = payoff_advantages(np.round(rng.normal(size=(3, 2, 2, 2)) * 3))
    begin, end = np.array([0.5, 0.8, 0.9]), np.array([0.6, 0.1, 0.2])
    line = switches_along(ReplicatorOutcomes(game), begin, end)
    assert profiles(line) == [(1, 1, 1), (0, 1, 0), (1, 1, 1)]
    assert line.unproved < 1e-4
    for switch in line.switches:
        for position, outcome in ((switch.low - 1e-6, switch.below), (switch.high + 1e-6, switch.above)):
            assert tuple(_end_by_scipy(game, line.shares(position))) == outcome.profile


def _end_by_scipy(game, start):
    def field(_, x):
        return x * (1 - x) * advantage(game, x)

    ran = solve_ivp(field, (0.0, 200.0), start, method="LSODA", rtol=1e-11, atol=1e-14)
    assert np.abs(ran.y[:, -1] - ran.y[:, -1].round()).max() < 0.05
    return ran.y[:, -1].round().astype(int)


def test_the_switch_of_a_single_party_is_where_the_separatrix_is_crossed():
    # Symmetric coordination: the separatrix is the line x + y = 1.
    game = payoff_advantages(np.array([[[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]]))
    line = switches_along(ReplicatorOutcomes(game), np.array([0.0, 0.3]), np.array([1.0, 0.3]))
    (switch,) = line.switches
    assert switch.low - 1e-9 <= 0.7 <= switch.high + 1e-9


def test_a_start_on_the_border_itself_makes_one_switch_not_two():
    # The middle of the line is scanned, lies on the separatrix and rests at the saddle.
    game = payoff_advantages(np.array([[[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]]))
    line = switches_along(ReplicatorOutcomes(game), np.zeros(2), np.ones(2), points=9)
    (switch,) = line.switches
    assert switch.position == pytest.approx(0.5, abs=1e-6)
    assert (switch.below.profile, switch.above.profile) == ((0, 0), (1, 1))


def test_a_line_along_a_separatrix_is_undecided_or_at_rest_not_an_equilibrium():
    chicken = payoff_advantages(np.array([[[0.0, 1.0], [1.0, 0.0]], [[0.0, 1.0], [1.0, 0.0]]]))
    line = switches_along(ReplicatorOutcomes(chicken), np.array([0.1, 0.1]), np.array([0.9, 0.9]), points=20)
    assert all(stretch.outcome.profile is None for stretch in line.stretches)


@pytest.mark.parametrize("players", [2, 3, 4])
def test_every_start_of_an_enclosed_box_goes_where_the_box_goes(players):
    rng = np.random.default_rng(players)
    shown = 0
    for seed in range(12):
        game = random_game(seed, players)
        centre, half = rng.uniform(0.15, 0.85, size=(30, players)), rng.uniform(0.0, 0.12, size=(30, players))
        low, high = centre - half, centre + half
        found = bounded_ends(replicator(game), low, high)
        boxes = np.flatnonzero(found != UNSETTLED)
        shown += len(boxes)
        inside = low[boxes, None] + rng.random((len(boxes), 40, players)) * (high - low)[boxes, None]
        corners = low[boxes, None] + (np.indices((2,) * players).reshape(players, -1).T) * (high - low)[boxes, None]
        starts = np.concatenate([inside, corners], axis=1)
        ends = ReplicatorOutcomes(game).settle(starts.reshape(-1, players)).reshape(starts.shape[:2])
        assert (ends == found[boxes, None]).all()
    assert shown > 30


def test_boxes_across_a_border_and_games_without_strict_equilibria_are_not_enclosed():
    assert bounded_ends(replicator(HUNT), np.array([[0.6, 0.6]]), np.array([[0.7, 0.7]])).tolist() == [UNSETTLED]
    pennies = payoff_advantages(np.array([[[1.0, -1.0], [-1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]]))
    assert bounded_ends(replicator(pennies), np.full((1, 2), 0.9), np.full((1, 2), 0.91)).tolist() == [UNSETTLED]


def test_the_bounding_kernel_says_the_same_uncompiled():
    game = replicator(random_game(5, 3))
    low, high = np.array([[0.2, 0.6, 0.3]]), np.array([[0.21, 0.63, 0.35]])
    z = np.concatenate([log_odds(low, 3), log_odds(high, 3)], axis=1)[0]
    for run in (bounding_velocity, bounding_velocity.py_func):
        out, work, share = np.empty(6), np.empty(4), np.empty(6)
        run(game.tables, z, out, work, share)
        corners = np.stack(np.meshgrid(*np.stack([low[0], high[0]], axis=1), indexing="ij"), axis=-1).reshape(-1, 3)
        at_corners = advantage(random_game(5, 3), corners) / game.unit
        np.testing.assert_allclose(out, np.concatenate([at_corners.min(axis=0), at_corners.max(axis=0)]), atol=1e-12)
    ends = [run(game.tables, z.copy(), game.target_array, game.reach, 200, 1e-9)
            for run in (bounded_end, bounded_end.py_func)]  # fmt: skip
    assert ends[0] == ends[1]
    slopes, new = np.zeros((13, 6)), np.empty(6)
    assert try_bounding_step.py_func(game.tables, z, 0.1, slopes, new, np.empty(4), np.empty(6), 1e-9) >= 0.0


@pytest.mark.parametrize("scale", [1e-12, 1e12, 1e150])
def test_switches_do_not_depend_on_the_unit_of_payoffs(scale):
    plain = switches_along(ReplicatorOutcomes(scenario("no_tools")), np.zeros(4), np.ones(4), points=50)
    other = switches_along(ReplicatorOutcomes(scale * scenario("no_tools")), np.zeros(4), np.ones(4), points=50)
    assert other.switches[0].position == pytest.approx(plain.switches[0].position, abs=2e-6)


def test_a_budget_ends_the_search_with_a_status():
    line = switches_along(ReplicatorOutcomes(HUNT), np.zeros(2), np.ones(2), points=8, most_starts=60)
    assert line.status == "budget"
    assert line.switches[0].high - line.switches[0].low > 1e-6


@pytest.mark.parametrize(
    ("change", "words"),
    [({"points": 2}, "scanned at 2 points"), ({"tolerance": 0.0}, "tolerance of switches is 0.0"),
     ({"begin": np.array([0.5, 1.5])}, "shares must lie in"), ({"begin": np.zeros(3)}, "shares have shape")],
)  # fmt: skip
def test_impossible_lines_are_refused(change, words):
    arguments = {"begin": np.zeros(2), "end": np.ones(2), **change}
    with pytest.raises(SolverInputError, match=words):
        switches_along(ReplicatorOutcomes(HUNT), **arguments)


def test_a_start_at_rest_stays_there_although_rounding_would_carry_it_away():
    finder = ReplicatorOutcomes(HUNT)
    saddle, beside = finder.settle(np.array([[2.0 / 3.0, 2.0 / 3.0], [0.6667, 0.6667]]))
    assert finder.outcomes[saddle].fate is Fate.AT_REST
    assert finder.outcomes[beside].fate is Fate.SETTLED


def test_around_the_middle_of_a_spiral_switches_pile_up_in_a_geometric_row():
    game = pure_profiles(np.asarray(gamebook.load("mckelvey-mclennan").tensor()), tie_tolerance=1e-10).advantages
    line = switches_along(ReplicatorOutcomes(game), np.full(3, 0.5), np.ones(3), points=50)
    positions = np.array([switch.position for switch in line.switches if 1e-4 < switch.position < 0.02])
    ratios = positions[1:] / positions[:-1]
    assert len(ratios) >= 3
    np.testing.assert_allclose(ratios, ratios[0], rtol=0.1)
    ends = [stretch.outcome.profile for stretch in line.stretches if stretch.low > 1e-4]
    assert len(set(ends)) == 3
