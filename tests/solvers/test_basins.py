"""Basins of attraction: known shares, honest intervals, and outcomes that are not equilibria."""

import numpy as np
import pytest

from solvers.basins import basins, interval
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


@pytest.mark.parametrize("players", [2, 3, 4])
def test_two_mirror_images_share_the_starts_equally(players):
    result = basins(payoff_advantages(coordination_game(players)), rng=rng())
    for profile in ((0,) * players, (1,) * players):
        share = result.outcomes[profile]
        assert share.low <= 0.5 <= share.high
        assert share.high - share.low < 0.05
    assert sum(s.share for s in result.outcomes.values()) + result.unsettled.share == pytest.approx(1.0)


def test_cycles_are_unsettled_and_are_not_followed_when_nothing_can_capture():
    row = np.array([[1.0, -1.0], [-1.0, 1.0]])
    result = basins(payoff_advantages(np.stack([row, -row])), rng=rng())
    assert result.outcomes == {}
    assert result.unsettled.share == 1.0
    assert result.samples == 0
    assert "none was followed" in result.method


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
