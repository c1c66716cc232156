"""Three and more players with more than two strategies: elimination, published bounds, and what must hold of any."""


import numpy as np
import pytest

from solvers.general.equilibria import general_equilibria
from tests.oracles import brute_force_general as brute
from tests.oracles import three_players
from tests.oracles.bimatrix import Degenerate
from tests.oracles.general_results import check_every_claim, distance, nearest

BORDERLINE = 1e-7
"""Games with a share this close to 0 test ties instead."""


def random_game(rng, number, sizes=(3, 3, 3)):
    shape = (len(sizes), *sizes)
    kind = number % 3
    if kind == 0:
        return rng.integers(-2000, 2001, size=shape).astype(float)
    game = rng.normal(size=shape) if kind == 1 else rng.standard_t(1.5, size=shape)
    return game * 10.0 ** rng.uniform(-6, 6, size=(len(sizes), *(1,) * len(sizes)))


def compare(payoffs, points):
    """Assert that the mixed rest points are the oracle's, one to one."""
    result = general_equilibria(payoffs)
    assert result.complete
    assert not result.components
    mixed = [point for point in result.rest_points if point.pure is None]
    assert len(mixed) == len(points)
    left = list(points)
    for point in mixed:
        exact = min(left, key=lambda other: distance(other.profile, point.profile))
        left.remove(exact)
        assert point.verified
        assert point.support == exact.support
        assert distance(point.profile, exact.profile) <= point.radius + 1e-15
        assert point.radius < 1e-6
        assert point.is_nash == (not exact.invaders)
        assert not point.ties
    return result


def measure(games, rng):
    measured = replaced = totally_mixed = number = 0
    while measured < games:
        number += 1
        payoffs = random_game(rng, number)
        try:
            points = three_players.rest_points(payoffs)
        except Degenerate:
            points = []
        if not points or min(min(x for x in own if x) for p in points for own in p.profile) < BORDERLINE:
            replaced += 1
            assert replaced <= games
            continue
        result = compare(payoffs, points)
        assert {p.pure for p in result.nash if p.pure} == brute.pure_equilibria(payoffs)
        nash = general_equilibria(payoffs, what="nash")
        assert nash.complete
        assert len(nash.nash) == len(result.nash)
        for point in nash.nash:
            assert distance(nearest(result.nash, point.profile).profile, point.profile) <= 1e-12
        totally_mixed = max(totally_mixed, sum(min(map(len, p.support)) == 3 for p in points))
        measured += 1
    assert totally_mixed <= 10  # McKelvey and McLennan (1997): the most for three players with three strategies


def test_rest_points_of_6_games_3x3x3_are_those_of_elimination():
    measure(6, np.random.default_rng(0))


@pytest.mark.slow
def test_rest_points_of_50_games_3x3x3_are_those_of_elimination():
    measure(50, np.random.default_rng(1))


def index_of(payoffs, point):
    """Sign of det(-J); over all equilibria of a regular game these sum to 1 (Ritzberger 1994)."""
    scale = np.ptp(payoffs.reshape(len(payoffs), -1), axis=1).reshape(-1, *(1,) * len(payoffs))
    jacobian = brute.tangent_jacobian(payoffs / np.where(scale > 0.0, scale, 1.0), point.profile)
    return int(np.sign(np.linalg.det(-jacobian)))


def four_players(number):
    payoffs = np.random.default_rng([7, number]).normal(size=(4, 3, 3, 3, 3))
    result = general_equilibria(payoffs)
    for point in result.rest_points:
        if point.pure is None:
            assert np.abs(brute.velocity(payoffs, point.profile)).max() < 1e-12
    if result.complete:
        assert sum(index_of(payoffs, point) for point in result.nash) == 1
    else:
        assert result.status in {"budget", "undecided"}
        assert result.undecided
    return result


def test_a_game_3x3x3x3_is_complete_by_the_index_of_its_equilibria():
    assert four_players(0).complete


@pytest.mark.slow
def test_10_games_3x3x3x3_are_complete_by_the_index_of_their_equilibria():
    assert sum(four_players(number).complete for number in range(10)) == 10


def test_a_budget_ends_early_with_what_is_known_and_what_is_open():
    payoffs = np.random.default_rng(8).normal(size=(4, 3, 3, 3, 3))
    whole = general_equilibria(payoffs)
    short = general_equilibria(payoffs, most_boxes=1000)
    assert short.status == "budget"
    assert not short.complete
    found = [point for point in short.rest_points if point.pure is None]
    assert 0 < len(found) < len([point for point in whole.rest_points if point.pure is None])
    for point in whole.rest_points:  # nothing is lost: what is not returned lies in what is listed as open
        if distance(nearest(short.rest_points, point.profile).profile, point.profile) > 1e-9:
            assert any(
                all(
                    ((a - 1e-9 <= x) & (x <= b + 1e-9)).all()
                    for a, x, b in zip(u.low, point.profile, u.high, strict=True)
                )
                for u in short.undecided
            )


def test_a_limit_in_seconds_is_kept_on_a_game_that_needs_hours():
    payoffs = np.random.default_rng(9).normal(size=(5, 4, 4, 4, 4, 4))
    result = general_equilibria(payoffs, what="nash", most_seconds=1.0)  # that this line ends is the test
    assert result.status == "budget"
    assert result.undecided
    assert {point.pure for point in result.nash if point.pure} == brute.pure_equilibria(payoffs)


@pytest.mark.parametrize("sizes", [(3, 3, 3, 3), (9, 9)])
def test_what_a_time_allowed_is_found_again_with_as_many_boxes(sizes):
    payoffs = np.random.default_rng(13).normal(size=(len(sizes), *sizes))
    timed = general_equilibria(payoffs, most_seconds=0.15)
    again = general_equilibria(payoffs, most_boxes=timed.boxes)
    assert timed.status == again.status
    assert [u.support for u in timed.undecided] == [u.support for u in again.undecided]
    assert [p.support for p in timed.rest_points] == [p.support for p in again.rest_points]
    for one, other in zip(timed.rest_points, again.rest_points, strict=True):
        assert distance(one.profile, other.profile) == 0.0


@pytest.mark.parametrize("sizes", [(3, 2, 1), (1, 1), (1,), (4,), (1, 3, 1, 2), (2, 3, 4)])
def test_players_with_one_strategy_and_unequal_numbers_are_taken(sizes):
    rng = np.random.default_rng(10)
    payoffs = rng.normal(size=(len(sizes), *sizes))
    result = general_equilibria(payoffs)
    check_every_claim(result, rng=rng)
    assert result.complete
    assert {p.pure for p in result.rest_points if p.pure is not None} == set(brute.profiles(sizes))
    assert sum(index_of(payoffs, point) for point in result.nash) == 1


def test_a_player_with_one_strategy_changes_nothing_for_the_others():
    rng = np.random.default_rng(11)
    duel = rng.normal(size=(2, 3, 3))
    watched = np.stack([duel[0][..., None], duel[1][..., None], rng.normal(size=(3, 3, 1))])
    one, other = general_equilibria(duel), general_equilibria(watched)
    assert len(one.rest_points) == len(other.rest_points)
    for point in one.rest_points:
        twin = nearest(other.rest_points, [*point.profile, np.ones(1)])
        assert distance(twin.profile[:2], point.profile) < 1e-15
        assert twin.is_nash == point.is_nash


# --- games with ties -------------------------------------------------------------------------------------------------


def test_a_third_player_who_never_cares_may_do_anything():
    wins = np.array([[0.0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    payoffs = np.stack([np.repeat(wins[..., None], 3, -1), np.repeat(-wins[..., None], 3, -1), np.zeros((3, 3, 3))])
    result = general_equilibria(payoffs)
    assert result.complete
    (middle,) = [item for item in result.components if all(len(used) == 3 for used in item.support)]
    assert middle.dimension == 2
    assert middle.dimension_proved
    assert middle.is_nash
    assert np.allclose(middle.low[0], 1 / 3)
    assert np.allclose(middle.high[2], 1.0)
    check_every_claim(result, rng=np.random.default_rng(0))


def test_all_zero_games_are_one_component():
    for sizes in ((3, 2, 3), (2, 2, 2, 3)):
        result = general_equilibria(np.zeros((len(sizes), *sizes)))
        (item,) = result.components
        assert item.dimension == sum(sizes) - len(sizes)
        assert item.is_nash
        assert result.complete


def test_strategies_whose_effect_lies_between_others_leave_a_continuum_of_proved_dimension():
    # Efforts 0, 1/2 and 1; all payoffs are affine in each effort, so only mean efforts count.
    efforts = np.array([0.0, 0.5, 1.0])
    a, b, c = np.meshgrid(efforts, efforts, efforts, indexing="ij")
    payoffs = np.stack([a * (b * c - 0.25), b * (a * c - 0.25), c * (a * b - 0.25)])
    result = general_equilibria(payoffs)
    inner = [item for item in result.components if all(len(used) == 3 for used in item.support)]
    assert [(item.dimension, item.dimension_proved, item.is_nash) for item in inner] == [(3, True, True)]
    for x in inner[0].vertices:
        assert np.allclose(x @ efforts, 0.5)
    assert result.complete


@pytest.mark.parametrize("players", [3, 4])
def test_degenerate_games_end_and_lose_no_equilibrium(players):
    rng = np.random.default_rng(12)
    for _ in range(8 if players == 3 else 2):
        sizes = rng.integers(2, 4, size=players)
        payoffs = rng.integers(-1, 2, size=(players, *sizes)).astype(float)
        for what in ("rest", "nash"):
            result = general_equilibria(payoffs, what=what, most_boxes=2000)
            assert {p.pure for p in result.nash if p.pure is not None} == brute.pure_equilibria(payoffs)
            check_every_claim(result, rng=rng)
