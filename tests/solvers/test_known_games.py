"""Games with known equilibria, from tests/data/known_games.json. Regret first, coordinates second."""

import numpy as np
import pytest

from solvers.equilibria import equilibria
from tests.oracles import brute_force
from tests.oracles.known_games import known_game, known_games

GAMES = [pytest.param(game, id=game["id"]) for game in known_games()]


@pytest.mark.parametrize("game", GAMES)
def test_each_published_equilibrium_has_no_regret(game):
    payoffs = np.array(game["payoffs"])
    for shares in game["pure_equilibria"] + game["mixed_equilibria"]:
        assert brute_force.regret(payoffs, shares) < 1e-14 * np.abs(payoffs).max()


@pytest.mark.parametrize("game", GAMES)
def test_each_equilibrium_of_the_solver_has_no_regret(game):
    payoffs = np.array(game["payoffs"])
    result = equilibria(payoffs)
    for point in result.nash:
        assert brute_force.regret(payoffs, point.shares) < 1e-12 * np.abs(payoffs).max()
        assert point.verified


@pytest.mark.parametrize("game", GAMES)
def test_pure_equilibria_are_the_published_ones(game):
    result = equilibria(np.array(game["payoffs"]))
    pure = sorted(list(point.pure) for point in result.nash if point.pure is not None)
    assert pure == sorted(game["pure_equilibria"])


@pytest.mark.parametrize("game", [game for game in GAMES if game.values[0]["lists_all"]])
def test_mixed_equilibria_are_the_published_ones(game):
    result = equilibria(np.array(game["payoffs"]))
    assert result.complete
    mixed = [point for point in result.nash if point.mixing]
    assert len(mixed) == len(game["mixed_equilibria"])
    for shares in game["mixed_equilibria"]:
        point = min(mixed, key=lambda candidate: float(np.abs(candidate.shares - shares).max()))
        assert np.abs(point.shares - shares).max() < 1e-14


def test_weak_equilibria_of_the_unanimity_game_name_every_tie():
    game = known_game("unanimity_4")
    result = equilibria(np.array(game["payoffs"]))
    for point in result.nash:
        if point.pure is None:
            continue
        agreed = len(set(point.pure)) == 1
        assert point.ties == (() if agreed else (0, 1, 2, 3))
        assert point.is_strict_nash == agreed
        assert point.is_evolutionarily_stable == agreed
    # A player is indifferent unless the other three agree: 2**3 - 2 profiles of the others each.
    assert len(result.ties) == 4 * 6


def test_unanimity_game_has_its_mixed_equilibrium_and_faces_where_nothing_matters():
    game = known_game("unanimity_4")
    result = equilibria(np.array(game["payoffs"]))
    (inner,) = [point for point in result.rest_points if len(point.mixing) == 4]
    assert np.abs(inner.shares - game["mixed_equilibria"][0]).max() < 1e-14
    assert inner.is_nash
    # With one player at 0 and another at 1 the others are indifferent, whatever they do: 12 squares.
    squares = {component.face for component in result.components if component.dimension == 2}
    assert len(squares) == 12
    assert all(sorted(face) == ["*", "*", "0", "1"] for face in squares)
    for component in result.components:
        assert component.dimension_proved
        for corner in np.ndindex(*(2,) * 4):
            shares = np.where(corner, component.high, component.low)
            assert np.abs(brute_force.velocity(result.payoffs, shares)).max() == 0
    # Corners of those squares may stay undecided from the side of the open cube, but nothing else does.
    for box in result.undecided:
        assert (box.high - box.low).max() < 1e-6
        assert any(point.ties and np.abs(point.shares - box.low).max() < 1e-6 for point in result.nash)
    assert result.complete == (not result.undecided)


def test_a_segment_of_equilibria_is_a_component_and_not_two_points():
    game = known_game("nashpy_segment")
    payoffs = np.array(game["payoffs"])
    result = equilibria(payoffs)
    segment = game["segment"]
    (component,) = result.components
    assert component.face == "*0"
    assert component.dimension == 1
    assert component.dimension_proved
    assert component.is_nash is None  # only the part from 5/7 on: below it the second player would deviate
    assert component.low.tolist() == [0.0, 0.0]
    assert component.high.tolist() == [1.0, 0.0]
    assert brute_force.regret(payoffs, [segment["low"] - 1e-3, 0.0]) > 1e-3
    assert brute_force.regret(payoffs, [segment["low"] + 1e-3, 0.0]) == 0
    assert [point.pure for point in result.nash] == [(1, 0)]
    assert result.nash[0].ties == (0,)


def test_players_who_mix_in_anticoordination_play_safe_with_the_known_probability():
    for players in (2, 3, 4, 5):
        for value in (1.5, 2.0, 10.0):
            payoffs = np.zeros((players, *(2,) * players))
            for profile in np.ndindex(*(2,) * players):
                for player in range(players):
                    alone = sum(profile) == profile[player]
                    payoffs[(player, *profile)] = (value if alone else 0.0) if profile[player] else 1.0
            result = equilibria(payoffs)
            assert len(result.nash) == 2**players - 1
            for point in result.nash:
                mixing = len(point.mixing)
                if mixing:
                    share = 1.0 - value ** (-1.0 / (mixing - 1))
                    assert np.abs(point.shares[list(point.mixing)] - share).max() < 1e-14
                    assert point.shares.sum() == pytest.approx(mixing * share)
                else:
                    assert sum(point.pure) == 1
