"""Basins of attraction: known shares, honest intervals, and outcomes that are not equilibria."""

import numpy as np
import pytest

from solvers.basins import CLASSIFIED, basins, interval
from solvers.errors import SolverInputError
from solvers.expected import payoff_advantages


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
