"""Published games with more than two strategies, from tests/data/known_general_games.json. Regret first."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from solvers.general.equilibria import general_equilibria
from tests.oracles import brute_force_general as brute
from tests.oracles.general_results import check_every_claim, distance, lists, nearest

FILE = Path(__file__).parents[1] / "data" / "known_general_games.json"
GAMES = {game["id"]: game for game in json.loads(FILE.read_text(encoding="utf-8"))["games"]}
BOTH = pytest.mark.parametrize("what", ["rest", "nash"])


def payoffs_of(game):
    return np.array(game["payoffs"], dtype=float)


def equilibria_of(game):
    return [[np.array([float(Fraction(x)) for x in row]) for row in point] for point in game.get("equilibria", [])]


@pytest.mark.parametrize("name", GAMES)
def test_each_published_equilibrium_has_no_regret(name):
    payoffs = payoffs_of(GAMES[name])
    for profile in equilibria_of(GAMES[name]):
        assert brute.regret(payoffs, profile) < 1e-14 * np.abs(payoffs).max()
    for profile in GAMES[name].get("pure_equilibria", []):
        assert tuple(profile) in brute.pure_equilibria(payoffs)


@BOTH
@pytest.mark.parametrize("name", GAMES)
def test_every_published_equilibrium_is_listed_and_every_claim_holds(name, what):
    game = GAMES[name]
    result = general_equilibria(payoffs_of(game), what=what)
    check_every_claim(result, rng=np.random.default_rng(0))
    assert result.complete
    assert all(point.verified for point in result.rest_points)
    for profile in equilibria_of(game):
        assert lists(result, profile, slack=1e-14)
    pure = {point.pure for point in result.nash if point.pure is not None}
    assert pure == brute.pure_equilibria(payoffs_of(game))
    if "pure_equilibria" in game:
        assert pure == {tuple(profile) for profile in game["pure_equilibria"]}


@BOTH
@pytest.mark.parametrize("name", [name for name, game in GAMES.items() if game.get("lists_all")])
def test_nothing_but_the_published_equilibria_is_listed(name, what):
    result = general_equilibria(payoffs_of(GAMES[name]), what=what)
    known = equilibria_of(GAMES[name])
    assert len(result.nash) == len(known)
    for profile in known:
        assert distance(nearest(result.nash, profile).profile, profile) < 1e-15
    assert not result.nash_subsets


@pytest.mark.parametrize("name", [name for name, game in GAMES.items() if game.get("lists_extreme")])
def test_extreme_equilibria_are_the_ends_of_the_maximal_nash_subsets(name):
    result = general_equilibria(payoffs_of(GAMES[name]), what="nash")
    corners = [
        [np.array(x), np.array(y)] for item in result.nash_subsets for x in item.vertices[0] for y in item.vertices[1]
    ]
    lonely = [point for point in result.nash if not any(distance(point.profile, c) < 1e-12 for c in corners)]
    corners += [list(point.profile) for point in lonely]
    known = equilibria_of(GAMES[name])
    for profile in known:
        assert min(distance(profile, corner) for corner in corners) < 1e-14
    for corner in corners:
        assert min(distance(profile, corner) for profile in known) < 1e-14
    assert all(item.dimension == 1 and item.dimension_proved and item.is_nash for item in result.nash_subsets)


def test_rock_paper_scissors_turns_round_its_only_equilibrium():
    result = general_equilibria(payoffs_of(GAMES["rock_paper_scissors"]))
    (point,) = result.nash
    # Eigenvalues: Hofbauer and Sigmund 1998; two imaginary pairs of size 1/sqrt(3) at payoffs of 1.
    assert np.allclose(point.eigenvalues.real, 0.0, atol=1e-15)
    assert np.allclose(np.abs(point.eigenvalues.imag), 1.0 / np.sqrt(3.0))
    assert point.stability.value == "neutral"
    assert not result.ess
    assert result.closed_faces == (((0, 1, 2), (0, 1, 2)),)


def test_everyone_at_one_effort_is_stable_in_the_minimum_effort_game():
    result = general_equilibria(payoffs_of(GAMES["minimum_effort_3"]))
    assert {point.pure for point in result.ess} == {(0, 0, 0), (1, 1, 1), (2, 2, 2)}
    assert result.sink_components == (((0, 0, 0),), ((1, 1, 1),), ((2, 2, 2),))
    assert result.closed_faces == tuple(((e,), (e,), (e,)) for e in range(3))
