"""Random games of three to five parties against Newton's method from many starts: nothing missed, nothing false."""

import numpy as np
import pytest

from solvers.batches.equilibria import batch_equilibria
from tests.oracles import brute_force, newton
from tests.oracles.seeds import generator

pytestmark = pytest.mark.usefixtures("compiled")

BLOCK = 40


def random_games(count, players, rng):
    """In turn normal, heavy-tailed, whole-numbered, and normal with units that differ between players."""
    shape = (count, players, *(2,) * players)
    games = rng.normal(size=shape)
    games[1::4] = rng.standard_t(1.5, size=shape)[1::4]
    games[2::4] = rng.integers(-(10**7), 10**7, size=shape)[2::4]
    units = 10.0 ** rng.uniform(-9, 9, size=(count, players, *(1,) * players))
    games[3::4] *= units[3::4]
    return games


def measure(count, players, rng):
    """Compare blocks of games; returns mixed rest points of the solver, and those that Newton's method found too."""
    ours = theirs = 0
    for first in range(0, count, BLOCK):
        games = random_games(min(BLOCK, count - first), players, rng)
        found, nash = batch_equilibria(games, what="rest"), batch_equilibria(games, what="nash")
        assert found.complete.all()
        assert found.verified.all()
        assert not found.component_counts.any()
        for number, roots in enumerate(newton.rest_points(games, rng)):
            view = found.game_view(number)
            mixed = int(found_mixing(view.shares).sum())
            assert len(view.shares) == 2**players + mixed
            for root in roots:
                distance = np.abs(view.shares - root).max(axis=1)
                assert distance.min() < 1e-8, f"missed: {root.tolist()} of {games[number].tolist()}"
            check_every_claim(games[number], view)
            assert nash.game_view(number).shares.tobytes() == view.shares[view.nash].tobytes()
            assert len(nash.game_view(number).shares) % 2 == 1  # Wilson 1971, for regular games
            ours, theirs = ours + mixed, theirs + len(roots)
    return ours, theirs


def found_mixing(shares):
    return ((shares > 0.0) & (shares < 1.0)).any(axis=1)


def check_every_claim(game, view):
    """Nothing listed is false: shares do not move, and a Nash equilibrium is one where nobody has regret."""
    scales = brute_force.scales(game)
    for shares, is_nash, radius in zip(view.shares, view.nash, view.radius, strict=True):
        table = brute_force.strategy_payoffs(game, shares)
        gain = (table[:, 1] - table[:, 0]) / scales
        mixes = (shares > 0.0) & (shares < 1.0)
        assert (np.abs(gain[mixes]) < 1e-9).all()
        regret = np.maximum(gain * (1.0 - shares), -gain * shares).max()
        assert (regret < 1e-9) == is_nash
        assert radius < 1e-6


@pytest.mark.parametrize(("players", "count"), [(3, 24), (4, 16), (5, 6)])
def test_some_random_games_have_the_rest_points_of_newtons_method(players, count):
    ours, theirs = measure(count, players, generator(f"multistart {players}"))
    assert theirs > 0.97 * ours  # the oracle is no toy: it finds nearly all by itself


@pytest.mark.slow
@pytest.mark.parametrize(("players", "count"), [(3, 334), (4, 333), (5, 333)])
def test_1000_random_games_have_the_rest_points_of_newtons_method(players, count):
    ours, theirs = measure(count, players, generator(f"multistart, full {players}"))
    assert theirs > 0.97 * ours


def test_the_oracle_finds_the_44_totally_mixed_equilibria_of_a_derangement_game():
    # D_i(x) = product over j != i of (x_j - zero[i][j]): one root per derangement (McKelvey and McLennan 1997).
    rng = generator("derangements")
    zeros = rng.uniform(0.1, 0.9, size=(5, 5))
    game = np.zeros((5, *(2,) * 5))
    for profile in np.ndindex(*(2,) * 5):
        for i in range(5):
            game[(i, *profile)] = profile[i] * np.prod([profile[j] - zeros[i, j] for j in range(5) if j != i])
    tables = newton.advantages_on(game[None], (0, 1, 2, 3, 4), {})
    roots = [root for _ in range(8) for root in newton.roots_inside(tables, rng)[0]]
    assert len({tuple(np.round(root, 6)) for root in roots}) == 44
    assert sum(found_mixing(batch_equilibria(game, what="nash").shares)) >= 44
