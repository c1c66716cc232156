"""Paths of games whose payoffs depend on shares, through the larger game of copies, against SciPy and theory."""

import numpy as np
import pytest

from solvers.basins import basins
from solvers.dynamics.fate import Fate, fates
from solvers.dynamics.trajectories import trajectories
from solvers.errors import SolverInputError
from solvers.expected import payoff_advantages
from solvers.share_dependent.copies import ShareOutcomes, copies, share_fates, share_trajectories
from solvers.share_dependent.equilibria import share_equilibria
from solvers.share_dependent.mixed_basins import mixed_basins
from solvers.stability import Stability
from tests.oracles import share_games
from tests.solvers.test_share_dependent import advantages_of, inspection, path, single


@pytest.mark.parametrize("degrees", [(0, 1), (2, 1), (3, 0, 1), (1, 1, 0, 0)])
def test_recorded_paths_are_those_of_scipy(degrees):
    rng = np.random.default_rng(1)
    payoffs = share_games.random_game(rng, degrees)
    starts = rng.uniform(0.1, 0.9, size=(3, len(degrees)))
    found = share_trajectories(copies(advantages_of(payoffs)), starts, np.array([0.0, 2.0, 6.0]))
    for start, shares in zip(starts, found, strict=True):
        assert np.allclose(shares[-1], path(payoffs, start, 6.0)[:, -1], rtol=0, atol=1e-6)


def test_copies_of_one_population_stay_together_to_the_bit():
    rng = np.random.default_rng(2)
    large = copies(advantages_of(share_games.random_game(rng, (3, 2))))
    shares = trajectories(large.advantages, large.spread(rng.random((5, 2))), np.linspace(0.0, 20.0, 7))
    assert len(large.owner) > 2
    for k, owner in enumerate(large.owner):
        assert np.array_equal(shares[..., k], shares[..., large.first[owner]])


def test_without_dependence_paths_are_those_of_the_share_independent_game_to_the_bit():
    rng = np.random.default_rng(3)
    payoffs = rng.normal(size=(3, 2, 2, 2))
    starts = rng.random((6, 3))
    large = copies(advantages_of(payoffs))
    ours, theirs = share_fates(large, starts), fates(payoff_advantages(payoffs), starts)
    assert ours.fate == theirs.fate
    assert ours.target == theirs.target
    assert np.array_equal(ours.shares, theirs.shares)
    speeds, times = np.array([1.0, 0.2, 3.0]), np.array([1.0, 2.0])
    plain = trajectories(payoff_advantages(payoffs), starts, times, speeds=speeds)
    assert np.array_equal(share_trajectories(large, starts, times, speeds=speeds), plain)


def test_path_comes_to_rest_where_a_mixed_rest_point_attracts():
    payoffs = inspection(np.array([25.0, 0.0]))
    large = copies(advantages_of(payoffs))
    found = share_fates(large, np.array([[0.5, 0.5], [0.05, 0.95]]))
    assert found.fate == (Fate.AT_REST, Fate.AT_REST)
    assert np.allclose(found.shares, [0.4, 0.8], rtol=0, atol=1e-6)
    (sink,) = [point for point in share_equilibria(payoffs).sinks if point.pure is None]
    (basin,) = mixed_basins(large, [sink.shares], rng=np.random.default_rng(0))
    assert basin.share == 1.0
    assert basin.low > 0.99
    sampled = basins(ShareOutcomes(large), rng=np.random.default_rng(0))
    assert sampled.outcomes == {}
    assert sampled.at_rest.share == 1.0


def test_basins_of_mixed_and_pure_sinks_have_the_lengths_of_their_intervals():
    # One population, D = (x - .2)(.6 - x)(x - .9): sinks at 0, .6 and 1? Signs: sink where D falls through 0.
    powers = np.polynomial.polynomial.polyfromroots([0.2, 0.6, 0.9])
    from math import comb

    table = np.array([sum(powers[m] * comb(k, m) / comb(3, m) for m in range(4)) for k in range(4)])
    payoffs = single(table)  # sinks at 0, .6 and 1, borders at .2 and .9
    large = copies(advantages_of(payoffs))
    sampled = basins(ShareOutcomes(large), rng=np.random.default_rng(0))
    for profile, length in (((0,), 0.2), ((1,), 0.1)):
        assert sampled.outcomes[profile].low - 0.002 <= length <= sampled.outcomes[profile].high + 0.002
    assert sampled.at_rest.share == pytest.approx(0.7, abs=0.005)
    sinks = [point.shares for point in share_equilibria(payoffs).sinks if point.pure is None]
    (middle,) = mixed_basins(large, sinks, rng=np.random.default_rng(0), samples=256)
    assert middle.low - 0.005 <= 0.7 <= middle.high + 0.005


def test_capture_is_proved_only_where_everything_ends_there():
    rng = np.random.default_rng(5)
    seen = 0
    while seen < 4:
        payoffs = share_games.random_game(rng, (1, 2))
        large = copies(advantages_of(payoffs))
        starts = rng.random((6, 2))
        found = share_fates(large, starts)
        strict = {p.pure for p in share_equilibria(payoffs).rest_points if p.is_strict_nash}
        for start, fate, target in zip(starts, found.fate, found.target, strict=True):
            if fate is Fate.SETTLED:
                seen += 1
                assert target in strict
                assert np.allclose(path(payoffs, start, 300.0)[:, -1], target, rtol=0, atol=1e-2)


def test_enclosed_boxes_hold_only_starts_with_that_end():
    payoffs = single([-1.0, 2.0])  # D = 3x - 1: border at 1/3
    finder = ShareOutcomes(copies(advantages_of(payoffs)))
    codes = finder.enclosed(np.array([[0.0], [0.4], [0.3]]) + 1e-9, np.array([[0.3], [0.9], [0.4]]))
    ends = [finder.outcomes[code].profile if code >= 0 else None for code in codes]
    assert ends == [(0,), (1,), None]


def test_stability_at_rest_agrees_with_where_paths_go():
    rng, checked = np.random.default_rng(6), 0
    while checked < 6:
        payoffs = share_games.random_game(rng, (1, 1))
        large = copies(advantages_of(payoffs))
        for point in share_equilibria(payoffs).rest_points:
            if len(point.mixing) == 2 and point.stability in (Stability.SINK, Stability.SADDLE, Stability.SOURCE):
                near = np.clip(point.shares + rng.normal(size=(8, 2)) * 1e-3, 1e-6, 1 - 1e-6)
                end = share_trajectories(large, near, np.array([2000.0]))[:, -1]
                back = np.abs(end - point.shares).max(axis=1) < 1e-4
                assert back.all() if point.stability is Stability.SINK else not back.all()
                checked += 1


def test_too_many_copies_are_refused():
    payoffs = share_games.random_game(np.random.default_rng(7), (3, 3, 3, 3))
    advantages = advantages_of(payoffs)
    copies(advantages)
    with pytest.raises(SolverInputError) as refusal:
        copies(advantages_of(share_games.random_game(np.random.default_rng(7), (12, 4))))
    assert refusal.value.code == "dependence.copies"
