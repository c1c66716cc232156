"""Basins of attraction: known shares, honest intervals, and outcomes that are not equilibria."""

import numba
import numpy as np
import pytest

import gamebook
from solvers.basins import CLASSIFIED, basins, interval
from solvers.errors import SolverInputError
from solvers.expected import payoff_advantages
from solvers.outcomes import ReplicatorOutcomes
from solvers.pure import pure_profiles


def rng():
    return np.random.default_rng(7)


def coordination_game(players):
    """Everyone is paid 1 when all agree: by symmetry each of the two agreements attracts half of all starts."""
    payoffs = np.zeros((players, *(2,) * players))
    for player in range(players):
        payoffs[(player, *(0,) * players)] = payoffs[(player, *(1,) * players)] = 1.0
    return payoffs


def six_cycle_game():
    """(g, f, w) circle through six profiles while p = 0; at 1111 everybody loses by leaving."""
    cycle = [(1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1)]
    gain = np.zeros((4, 2, 2, 2, 2))
    for p in (0, 1):
        for here, there in zip(cycle, cycle[1:] + cycle[:1], strict=True):
            mover = next(i for i in range(3) if here[i] != there[i])
            cell = [slice(None) if i == mover else here[i] for i in range(3)]
            gain[(mover, *cell, p)] = 1.0 if there[mover] else -1.0
        for mover in range(3):
            for others, value in (((0, 0), 1.0), ((1, 1), 1.0 if p else -1.0)):
                cell = list(others)
                cell.insert(mover, slice(None))
                gain[(mover, *cell, p)] = value
    gain[3] = -1.0
    gain[3, 1, 1, 1] = 1.0
    payoffs = np.zeros_like(gain)
    for i in range(4):
        cells = [slice(None)] * 4
        cells[i] = 1
        payoffs[(i, *cells)] = gain[(i, *cells)]
    return payoffs


@pytest.mark.parametrize("players", [2, 3, 4])
def test_two_mirror_images_share_the_starts_equally(players):
    result = basins(payoff_advantages(coordination_game(players)), rng=rng())
    for profile in ((0,) * players, (1,) * players):
        share = result.outcomes[profile]
        assert share.low <= 0.5 <= share.high
        assert share.high - share.low < 0.05
    assert sum(s.share for s in result.outcomes.values()) + result.unsettled.share == pytest.approx(1.0)


def matching_pennies():
    row = np.array([[1.0, -1.0], [-1.0, 1.0]])
    return payoff_advantages(np.stack([row, -row]))


def test_cycles_are_unsettled_and_called_cycles():
    result = basins(matching_pennies(), rng=rng())
    assert result.outcomes == {}
    # That nothing is captured is proved: there is no strict equilibrium. The rest is seen on a sample.
    assert (result.unsettled.share, result.unsettled.low) == (1.0, 1.0)
    assert (result.cycling.share, result.heteroclinic.share, result.undecided.share) == (1.0, 0.0, 0.0)
    assert 0.98 < result.cycling.low < 1.0
    assert result.samples == 8 * CLASSIFIED
    assert "no strict equilibrium exists" in result.method


def test_heteroclinic_paths_are_told_from_cycles_and_from_those_that_settle():
    result = basins(payoff_advantages(six_cycle_game()), rng=rng(), samples=64)
    parts = [result.at_rest, result.cycling, result.heteroclinic, result.undecided]
    assert sum(part.share for part in parts) == pytest.approx(result.unsettled.share, abs=1e-12)
    assert result.heteroclinic.share == pytest.approx(result.unsettled.share, abs=1e-12)
    # No more is claimed than the classified sample of 8 x 32 allows, of the starts that nothing captured.
    bound = 1.0 - 0.025 ** (1.0 / (8 * CLASSIFIED))
    assert result.cycling.high == pytest.approx(result.unsettled.high * bound, rel=1e-9)
    assert result.heteroclinic.low == pytest.approx(result.unsettled.low * (1.0 - bound), rel=1e-9)
    assert 0.05 < result.outcomes[(1, 1, 1, 1)].share < 0.2
    assert len(result.cycles) == 1
    assert len(result.cycles[0]) == 6
    assert all(profile[3] == 0 for profile in result.cycles[0])


def test_starts_on_a_continuum_of_rest_points_are_at_rest():
    # Nobody's payoff depends on anything: every point is a rest point.
    result = basins(np.zeros((2, 2, 2)), rng=rng())
    assert (result.at_rest.share, result.unsettled.share) == (1.0, 1.0)


def test_where_everything_settles_nothing_else_is_claimed_beyond_the_sample():
    result = basins(payoff_advantages(coordination_game(2)), rng=rng())
    for part in (result.at_rest, result.cycling, result.heteroclinic, result.undecided):
        assert part.share == 0.0
        assert 0.0 < part.high < 0.01
    assert result.cycles == ()


def test_a_dominant_profile_attracts_everything_but_is_not_claimed_beyond_the_sample():
    payoffs = np.zeros((2, 2, 2))
    payoffs[0, 1], payoffs[1, :, 1] = 1.0, 1.0
    share = basins(payoff_advantages(payoffs), rng=rng(), samples=64).outcomes[(1, 1)]
    assert (share.share, share.high) == (1.0, 1.0)
    assert 0.99 < share.low < 1.0


def test_interval_is_students_t_over_the_sets():
    # Eight sets with mean 0.5 and standard deviation 0.1: half-width 2.365 * 0.1 / sqrt(8), Student's table.
    values = 0.5 + 0.1 * np.array([1, -1, 1, -1, 1, -1, 1, -1]) * np.sqrt(7 / 8)
    found = interval(values, 4096)
    assert found.high - found.share == pytest.approx(2.3646 * 0.1 / np.sqrt(8), rel=1e-4)


def test_the_same_generator_state_gives_the_same_bits():
    advantages = payoff_advantages(coordination_game(3))
    first, again = basins(advantages, rng=rng()), basins(advantages, rng=rng())
    assert first.outcomes == again.outcomes


@pytest.mark.parametrize(("sets", "samples"), [(7, 512), (8, 1)])
def test_too_few_sets_or_starts_are_refused(sets, samples):
    with pytest.raises(SolverInputError, match="at least 8 sets"):
        basins(payoff_advantages(coordination_game(2)), rng=rng(), sets=sets, samples=samples)


def test_a_wanted_width_is_reached_by_every_interval_or_said_not_to_be():
    advantages = payoff_advantages(coordination_game(4))
    result = basins(advantages, rng=rng(), width=0.01)
    assert result.reached
    assert max(share.width for share in result.outcomes.values()) <= 0.01
    assert result.samples > 8 * 512
    for profile in ((0,) * 4, (1,) * 4):
        assert result.outcomes[profile].low <= 0.5 <= result.outcomes[profile].high
    short = basins(advantages, rng=rng(), width=0.001, most_starts=8 * 1024)
    assert (short.reached, short.samples) == (False, 8 * 1024)
    assert sum(short.counts.values()) == short.samples


def test_narrower_intervals_cover_the_known_share_as_often_as_they_claim():
    # Doubling until the interval is narrow favours intervals that happen to be narrow: it must not cost much.
    advantages = payoff_advantages(coordination_game(2))
    hits = 0
    for seed in range(60):
        share = basins(advantages, rng=np.random.default_rng(seed), samples=64, width=0.02).outcomes[(1, 1)]
        hits += share.low <= 0.5 <= share.high
    assert hits >= 60 * 0.95 - 3 * np.sqrt(60 * 0.95 * 0.05)


def test_more_unsettled_paths_are_classified_until_their_shares_are_narrow():
    result = basins(matching_pennies(), rng=rng(), width=0.01)
    assert result.cycling.low >= 0.99
    assert result.samples > 8 * CLASSIFIED
    assert sum(result.classified.values()) == result.samples
    assert f"{result.samples:,} were classified" in result.method


def test_starts_can_be_drawn_from_a_box():
    # Symmetric coordination: below the corner (0.5, 0.8) all above x + y = 1 goes to 11, a triangle of 0.3 * 0.3 / 2.
    low, high = np.array([0.1, 0.2]), np.array([0.5, 0.8])
    result = basins(payoff_advantages(coordination_game(2)), rng=rng(), low=low, high=high, width=0.005)
    share = result.outcomes[(1, 1)]
    assert share.low <= 0.045 / 0.24 <= share.high
    assert "uniform on a box" in result.method


def test_speeds_move_the_border_but_the_whole_cube_stays_divided_in_half_by_symmetry():
    finder = ReplicatorOutcomes(payoff_advantages(coordination_game(2)), np.array([1.0, 50.0]))
    result = basins(finder, rng=rng(), width=0.01)
    assert result.outcomes[(1, 1)].low <= 0.5 <= result.outcomes[(1, 1)].high
    # The second population follows the first at once: (0.45, 0.7) goes to 00, at equal speeds to 11.
    settled = finder.settle(np.array([[0.45, 0.7]]))
    assert finder.outcomes[settled[0]].profile == (0, 0)


@pytest.mark.parametrize(("scenario", "share"), [("order_only", 0.273), ("tax_only", 0.760)])
def test_basins_of_coordination_are_the_known_ones(scenario, share):
    payoffs = np.asarray(gamebook.load(scenario).tensor())
    result = basins(pure_profiles(payoffs, tie_tolerance=1e-10).advantages, rng=rng(), width=0.01)
    assert result.outcomes[(1, 1, 1, 1)].share == pytest.approx(share, abs=0.01)
    assert result.reached


def test_the_number_of_threads_does_not_change_a_bit():
    advantages = payoff_advantages(coordination_game(3))
    threads = numba.get_num_threads()
    try:
        found = []
        for count in {1, threads}:
            numba.set_num_threads(count)
            found.append(basins(advantages, rng=rng(), width=0.02))
    finally:
        numba.set_num_threads(threads)
    assert all(each.outcomes == found[0].outcomes and each.samples == found[0].samples for each in found)


@pytest.mark.parametrize(
    ("change", "words"),
    [({"width": 0.0}, "width of the intervals is 0.0"), ({"low": np.array([0.5, 0.9]), "high": np.array([0.6, 0.8])},
     "no lower corner"), ({"low": np.array([-0.1, 0.0])}, "shares must lie"), ({"high": np.ones(3)}, "shares have")],
)  # fmt: skip
def test_impossible_samples_are_refused(change, words):
    with pytest.raises(SolverInputError, match=words):
        basins(payoff_advantages(coordination_game(2)), rng=rng(), **change)


def test_sets_that_agree_exactly_still_leave_room_for_one_start():
    found = interval(np.full(8, 0.25), 4096)
    assert (found.low, found.high) == (0.25 - 1 / 4096, 0.25 + 1 / 4096)
